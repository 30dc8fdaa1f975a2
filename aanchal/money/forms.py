"""Forms of budgets and bookings."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core import forms as core_forms
from aanchal.core.forms import DayInput
from aanchal.money import rules, words
from aanchal.money.models import CostHead
from aanchal.money.rules import Slot
from aanchal.money.terms import Scope
from aanchal.places.models import Place

PAISE = 100


def day(label, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


class Rupees(forms.DecimalField):
    """Rupees as a person writes them, paise as they are kept: never a float."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"min_value": Decimal("0.01"), "max_digits": 13, "decimal_places": 2} | kwargs))

    def clean(self, value):
        told = super().clean(value)
        return None if told is None else int(told * PAISE)


class Says(core_forms.Says):
    FAULTS = words.FAULTS


class OfHeads(Says):
    """Asks for a head and a district of the state."""

    SLOTS = (("head", "district"),)

    def __init__(self, heads: dict[str, CostHead], districts: list[Place], *args, **kwargs):
        super().__init__(*args, **kwargs)
        for head, district in self.SLOTS:
            self.fields[head].choices = [(key, f"{one.number}. {one.title}") for key, one in heads.items()]
            self.fields[district].choices = [("", _("The state itself")), *((one.pk, one.local_name) for one in districts)]

    def slot(self, head: str = "head", district: str = "district") -> Slot:
        chosen = self.cleaned_data[district]
        return Slot(self.cleaned_data[head], int(chosen) if chosen else None)


class BudgetForm(Says):
    title = forms.CharField(label=_("Title"), max_length=120)
    year = forms.TypedChoiceField(label=_("Financial year"), coerce=int)

    def __init__(self, this_year: int, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, rules.name_of_year(_april(year))) for year in (this_year, this_year + 1, this_year - 1)]


class PlanForm(OfHeads):
    head = forms.ChoiceField(label=_("Head"))
    district = forms.ChoiceField(label=_("District"), required=False)
    quarter = forms.TypedChoiceField(label=_("Quarter"), coerce=int, choices=tuple(enumerate(words.QUARTERS, 1)))
    quantity = forms.IntegerField(label=_("How many"), min_value=0, max_value=1_000_000, help_text=_("0 takes the line out."))
    unit_paise = Rupees(label=_("Rupees for one"))
    justification = forms.CharField(
        label=_("Why it costs so much"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Asked where there is no norm, or above it."),
    )  # fmt: skip


class ReleaseForm(Says):
    amount_paise = Rupees(label=_("Amount in rupees"))
    number = forms.CharField(label=_("Number of the sanction order"), max_length=60)
    on = day(_("Received on"))


class CommitForm(OfHeads):
    head = forms.ChoiceField(label=_("Head"))
    district = forms.ChoiceField(label=_("District"), required=False)
    purpose = forms.CharField(label=_("For what"), max_length=200)
    number = forms.CharField(label=_("Number of the order"), max_length=60)
    amount_paise = Rupees(label=_("Amount in rupees"))
    on = day(_("On which day"))


class SpendForm(Says):
    amount_paise = Rupees(label=_("Amount in rupees"))
    number = forms.CharField(label=_("Voucher number"), max_length=60)
    on = day(_("Paid on"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class AdvanceForm(Says):
    given_to = forms.CharField(label=_("To which office or organisation"), max_length=120)
    amount_paise = Rupees(label=_("Amount in rupees"))
    on = day(_("Given on"))


class GiveBackForm(Says):
    amount_paise = Rupees(label=_("Amount in rupees"))
    on = day(_("On which day"))


class MoveForm(OfHeads):
    from_head = forms.ChoiceField(label=_("From the head"))
    from_district = forms.ChoiceField(label=_("of"), required=False)
    to_head = forms.ChoiceField(label=_("To the head"))
    to_district = forms.ChoiceField(label=_("for"), required=False)
    amount_paise = Rupees(label=_("Amount in rupees"))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    SLOTS = (("from_head", "from_district"), ("to_head", "to_district"))


class CertificateForm(Says):
    number = forms.CharField(label=_("Number of the certificate"), max_length=60)
    from_on = day(_("From"))
    until_on = day(_("Until"))
    amount_paise = Rupees(label=_("Used, in rupees"))


class ProcurementForm(Says):
    scope = forms.ChoiceField(label=_("For which services"), choices=Scope)
    practice = forms.CharField(label=_("How they are procured"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    effective_from = day(_("From which day"))
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("The circular or order that says so."))


class FileForm(Says):
    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, at most 1 MB. The first line names the columns."))
    is_trial = forms.BooleanField(label=_("Only look at it: write nothing"), required=False, initial=True)


class NoteForm(Says):
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class NormForm(Says):
    norm_paise = Rupees(label=_("Norm in rupees"))
    effective_from = day(_("From which day"))
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("The circular or order that says so."))


def _april(year: int) -> date:
    return date(year, 4, 1)
