"""Forms of the directory and of centres."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.access import policy
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.core.forms import DayInput, choose
from aanchal.network import terms
from aanchal.network.actions import Hours
from aanchal.network.models import Listing
from aanchal.places.models import Place


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class Check(forms.Form):
    """What the public asks. In the body of a request: what someone asks about stays out of addresses and logs."""

    words = forms.CharField(label=_("Name of the employer, agency or contractor, or the licence number"), min_length=2, max_length=120)


class AboutWork(forms.Form):
    """A trade, and nothing of who asks."""

    trade = forms.ChoiceField(label=_("What kind of work"), choices=terms.Trade)


class ListingForm(forms.Form):
    name = forms.CharField(label=_("Name of the business or agency"), max_length=120)
    kind = choose(_("Kind"), terms.ListingKind.choices)
    trade = choose(_("Work"), terms.Trade.choices)
    works_in = forms.CharField(label=_("Address"), max_length=160)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    licence_kind = choose(_("Licence"), terms.LicenceKind.choices)
    licence_no = forms.CharField(label=_("Licence number"), max_length=60, required=False)
    licence_until = forms.DateField(label=_("Licence holds until"), widget=DayInput, required=False)

    def ask_whether_another(self) -> None:
        """Something of this name or licence is there already: nobody is entered twice without being asked."""
        self.fields["is_another"] = forms.BooleanField(label=_("It is another one than those above"), required=False)
        self.add_error(None, _("This may be in the directory already. If it is another one, say so below and save again."))

    def clean(self) -> dict:
        told = super().clean() or self.cleaned_data
        if told.get("licence_kind") != terms.LicenceKind.NONE and not told.get("licence_no"):
            self.add_error("licence_no", _("Write the number of the licence, or choose that none was shown."))
        return told


class VisitForm(forms.Form):
    outcome = choose(_("What was found"), terms.VisitOutcome.choices)
    on = forms.DateField(label=_("On which day"), widget=DayInput)


class RenewForm(forms.Form):
    licence_no = forms.CharField(label=_("Licence number"), max_length=60)
    licence_until = forms.DateField(label=_("Licence holds until"), widget=DayInput)


class ComplaintForm(forms.Form):
    topic = choose(_("What it is about"), terms.ComplaintTopic.choices)
    words = forms.CharField(
        label=_("What was said"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is sealed. Do not write who complains."),
    )  # fmt: skip


class SettleForm(forms.Form):
    """Found to be true, or not: nothing else ends a complaint."""

    state = forms.ChoiceField(choices=[one for one in terms.ComplaintState.choices if one[0] != terms.ComplaintState.OPEN])


class HoursForm(forms.Form):
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    days = forms.MultipleChoiceField(label=_("Open on"), choices=terms.Weekday, widget=forms.CheckboxSelectMultiple)
    opens = forms.TimeField(label=_("Opens at"), widget=Clock)
    closes = forms.TimeField(label=_("Closes at"), widget=Clock)

    def clean(self) -> dict:
        told = super().clean() or self.cleaned_data
        if told.get("opens") and told.get("closes") and told["closes"] <= told["opens"]:
            self.add_error("closes", _("It closes before it opens."))
        return told

    def hours(self) -> Hours:
        return Hours(days=tuple(self.cleaned_data["days"]), opens=self.cleaned_data["opens"], closes=self.cleaned_data["closes"])


class CentreForm(HoursForm):
    name = forms.CharField(label=_("Name of the centre"), max_length=120)
    address = forms.CharField(label=_("Where it is"), max_length=200)
    field_order = ("place", "name", "address", "phone", "days", "opens", "closes")

    def __init__(self, places: list[Place], data=None):
        super().__init__(data)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"] = forms.ChoiceField(label=_("Place"), choices=[(pk, place.local_name) for pk, place in self.places.items()])
        self.order_fields(self.field_order)

    def place(self) -> Place:
        return self.places[self.cleaned_data["place"]]


class StaffForm(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=60)
    capacity = choose(_("Works as"), terms.Capacity.choices)
    chose_on = forms.DateField(label=_("A survivor leader: the day on which she chose to"), widget=DayInput, required=False)

    def clean_username(self) -> User:
        found = User.objects.filter(username__iexact=self.cleaned_data["username"].strip(), is_active=True).first()
        if found is None or not policy.holds(found, Permission.CENTRE_WORK):
            raise forms.ValidationError(_("Nobody of this name works at centres. Ask the administrator for the posting first."))
        return found


class EnquiryForm(forms.Form):
    on = forms.DateField(label=_("On which day"), widget=DayInput)
    asker = choose(_("Who asked"), terms.Asker.choices)
    topic = choose(_("About what"), terms.EnquiryTopic.choices)
    trade = forms.ChoiceField(label=_("What kind of work"), choices=[("", "–"), *terms.Trade.choices], required=False)
    advice = forms.MultipleChoiceField(label=_("What was advised"), choices=terms.Advice, widget=forms.CheckboxSelectMultiple)

    def told(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("asker", "topic", "trade", "advice")}


def known(listing: Listing) -> dict:
    return {name: getattr(listing, name) for name in ListingForm.base_fields}


def known_licence(listing: Listing) -> dict:
    return {"licence_no": listing.licence_no, "licence_until": listing.licence_until}
