"""Forms of courses that others give, and of who is enrolled in them."""

from decimal import Decimal
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.activities import terms
from aanchal.activities.forms import PAISE, AtPlace, Says, day
from aanchal.activities.models import Participant


class CourseForm(AtPlace):
    provider = forms.CharField(label=_("Who gives it"), max_length=120, help_text=_("Such as IGNOU."))
    code = forms.CharField(label=_("Code of the course"), max_length=30)
    title = forms.CharField(label=_("Title"), max_length=160)
    session = forms.CharField(label=_("Session"), max_length=40, help_text=_("Such as January 2026."))
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))
    eligibility = forms.CharField(label=_("Who may take it"), max_length=300)
    fee = forms.DecimalField(label=_("Fee in rupees"), min_value=0, max_digits=9, decimal_places=2, initial=0)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=100_000)

    def told(self) -> dict:
        names = ("provider", "code", "title", "session", "starts_on", "ends_on", "eligibility", "seats")
        told = {name: self.cleaned_data[name] for name in names}
        return told | {"fee_paise": int(self.cleaned_data["fee"] * Decimal(PAISE))}


class SearchForm(forms.Form):
    words = forms.CharField(label=_("Name, or the number of the office"), max_length=120, required=False)


class EnrolForm(Says):
    participant = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    enrolled_on = day(_("Enrolled on"))

    def __init__(self, people: list[Participant], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participant"].choices = [(str(one.pk), f"{one.name} · {one.post} · {one.place.local_name}") for one in people]

    def chosen(self) -> UUID:
        return UUID(self.cleaned_data["participant"])


class CompletedForm(Says):
    ended_on = day(_("Completed on"))
    result = forms.CharField(label=_("Result"), max_length=40, help_text=_("In the words of who gives the course."))
    certificate_no = forms.CharField(label=_("Number of the certificate"), max_length=40, required=False)


class DroppedForm(Says):
    ended_on = day(_("Left the course on"))
    why = forms.ChoiceField(label=_("Why"), choices=terms.WhyLeft)
