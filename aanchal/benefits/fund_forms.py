"""What is said on the pages of funds: norms, money that came, requests, meetings, repayments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.benefits.forms import PAISE, Rupees, Says
from aanchal.benefits.terms import CboKind, FundKind
from aanchal.risk.forms import Day


class Percent(forms.DecimalField):
    """Per cent as a person writes it, hundredths of it as they are kept."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"min_value": 0, "max_value": 5, "max_digits": 4, "decimal_places": 2} | kwargs))

    def clean(self, value):
        told = super().clean(value)
        return None if told is None else int(told * PAISE)


class NormForm(Says):
    """How a state lends one fund, from a day on."""

    effective_from = Day(label=_("Holds from"))
    kept_by = forms.MultipleChoiceField(label=_("Who may keep it"), choices=CboKind, widget=forms.CheckboxSelectMultiple)
    largest_paise = Rupees(label=_("At most to a family, in rupees"))
    months = forms.IntegerField(label=_("Months at most"), min_value=1, max_value=60)
    interest_bp = Percent(label=_("Interest a month, in per cent"))
    may_grant = forms.BooleanField(label=_("May be given as a grant"), required=False)
    per_member_paise = Rupees(label=_("For the fund, by member, in rupees"), min_value=0)
    source = forms.CharField(label=_("Where it is written: order, number, date"), max_length=300)
    is_unverified = forms.BooleanField(label=_("Not verified at a source"), required=False)


class OpenFundForm(Says):
    cbo = forms.ChoiceField(label=_("Which organisation keeps it?"))
    kind = forms.ChoiceField(label=_("Which fund?"), choices=FundKind)
    on = Day(label=_("Opened on"))

    def __init__(self, cbos, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cbo"].choices = [(str(one.pk), f"{one.name} ({one.get_kind_display()})") for one in cbos]


class ReceiveForm(Says):
    IDS = "receive_%s"
    amount_paise = Rupees(label=_("Amount in rupees"))
    on = Day(label=_("On which day?"))
    note = forms.CharField(label=_("From whom"), max_length=200, required=False)
    is_sure = forms.BooleanField(label=_("The amount is right"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.data.get("is_sure"):
            self.fields["is_sure"].widget = forms.HiddenInput()

    def refuse(self, refused) -> None:
        super().refuse(refused)
        if ("amount_paise", "very_much") in refused.faults:
            self.fields["is_sure"].widget = forms.CheckboxInput()


class RequestForm(Says):
    code = forms.CharField(label=_("Code of the family"), max_length=20)
    amount_paise = Rupees(label=_("How much, in rupees?"))
    months = forms.IntegerField(label=_("To be paid back in months"), min_value=1, max_value=60)
    purpose = forms.CharField(label=_("For what?"), max_length=200, help_text=_("No names, no phone numbers."))
    is_grant = forms.BooleanField(label=_("As a grant that is not paid back"), required=False)
    on = Day(label=_("Asked on"))


class SanctionForm(Says):
    amount_paise = Rupees(label=_("How much was sanctioned, in rupees?"))
    met_on = Day(label=_("Day of the meeting"))
    present = forms.IntegerField(label=_("How many were present?"), min_value=1, max_value=2_000)
    minutes = forms.CharField(
        label=_("What was decided"), max_length=500, help_text=_("No names, no phone numbers."), widget=forms.Textarea(attrs={"rows": 2})
    )


class MeetingForm(Says):
    met_on = Day(label=_("Day of the meeting"))
    present = forms.IntegerField(label=_("How many were present?"), min_value=1, max_value=2_000)
    minutes = forms.CharField(label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DayForm(Says):
    on = Day(label=_("On which day?"))


class RepayForm(Says):
    amount_paise = Rupees(label=_("How much was paid, in rupees?"))
    on = Day(label=_("On which day?"))


class ReverseForm(Says):
    note = forms.CharField(label=_("What was wrong?"), max_length=200)
