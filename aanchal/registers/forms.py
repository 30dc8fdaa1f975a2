"""Narrowing a register, finding a name in it, and correcting a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core import codes
from aanchal.core.forms import DayInput
from aanchal.people.queries import household_by_code
from aanchal.people.terms import Sex
from aanchal.registers import columns, queries
from aanchal.registers.actions import Changes
from aanchal.registers.columns import Column, Kind
from aanchal.registers.models import Entry
from aanchal.registers.queries import Filters

ANY = ("", _("All"))
STRUCK = ("struck", _("Struck: entered by mistake"))


class Narrow(forms.Form):
    """Every field is a part of the list's address."""

    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput)
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[ANY, *Sex.choices])
    minor = forms.ChoiceField(label=_("Age"), required=False, choices=[ANY, ("yes", _("Under 18"))])
    open = forms.ChoiceField(label=_("Open"), required=False, choices=[ANY, ("yes", _("Still open")), ("no", _("Closed")), STRUCK])
    code = forms.CharField(label=_("Household code"), required=False, max_length=20)

    def __init__(self, register: str, data):
        super().__init__(data)
        self.register = register
        for column in columns.coded(register):
            self.fields[column.key] = forms.ChoiceField(label=column.label, required=False, choices=[ANY, *_choices(column)])

    def clean_code(self) -> str:
        return _code(self.cleaned_data["code"])

    def filters(self) -> Filters:
        told = self.cleaned_data
        return Filters(
            since=told["since"],
            until=told["until"],
            sex=told["sex"],
            is_minor=told["minor"] == "yes",
            is_open={"yes": True, "no": False}.get(told["open"]),
            is_struck=told["open"] == STRUCK[0],
            household_code=told["code"],
            answers={column.key: told[column.key] for column in columns.coded(self.register)},
        )

    def in_words(self) -> list[str]:
        """What narrows the list now, for the head of a printed page."""
        chosen = ((self.fields[name], value) for name, value in self.cleaned_data.items() if value)
        return [f"{field.label}: {dict(getattr(field, 'choices', ())).get(value, value)}" for field, value in chosen]


class Find(forms.Form):
    """A name is sent in the body of a request, never in an address."""

    name = forms.CharField(label=_("Name"), min_length=2, max_length=80)


class Reason(forms.Form):
    reason = forms.CharField(
        label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Kept with the line, closed like a name.")
    )


class Correction(forms.Form):
    """What is coded stands filled in. What was written of persons stays closed: an empty field keeps it."""

    happened_on = forms.DateField(label=_("Date"), widget=DayInput)
    household_code = forms.CharField(label=_("Household code"), required=False, max_length=20)

    def __init__(self, entry: Entry, data=None):
        super().__init__(data, initial=_initial(entry))
        self.entry = entry
        self.columns = [column for column in columns.of(entry.register) if column.kind is not Kind.STATE]
        for column in self.columns:
            self.fields[column.key] = _field(column)
        self.fields["reason"] = forms.CharField(
            label=_("Why is the line changed?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Kept with the line, closed like a name."),
        )  # fmt: skip

    def clean_household_code(self):
        typed = _code(self.cleaned_data["household_code"])
        household = household_by_code(typed, self.entry.place) if typed else None
        if typed and household is None:
            raise forms.ValidationError(_("No family of this village has this code."))
        return household

    def changes(self) -> Changes:
        told = self.cleaned_data
        return Changes(
            happened_on=told["happened_on"],
            household=told["household_code"],
            details={column.key: told[column.key] for column in self.columns if not column.is_sealed},
            texts={column.key: told[column.key] for column in self.columns if column.is_sealed and told[column.key]},
        )


def _initial(entry: Entry) -> dict:
    code = entry.household.shown_code if entry.household else ""
    return {**entry.details, "happened_on": entry.happened_on, "household_code": code}


def _field(column: Column) -> forms.Field:
    more = {"label": column.label, "required": column.is_required}
    match column.kind:
        case Kind.CODE:
            return forms.ChoiceField(choices=[("", "–"), *column.codes.choices], **more)
        case Kind.CODES:
            return forms.MultipleChoiceField(choices=column.codes.choices, widget=forms.CheckboxSelectMultiple, **more)
        case Kind.DATE:
            return forms.DateField(widget=DayInput, **more)
        case Kind.INTEGER:
            return forms.IntegerField(min_value=column.least, max_value=column.most, **more)
        case _:
            return forms.CharField(max_length=1000, help_text=_("Leave empty to keep what was written."), **more)


def _choices(column: Column) -> list[tuple]:
    if column.kind is Kind.STATE:
        return [(str(state.lgd_code), state.local_name) for state in queries.states()]
    return column.codes.choices


def _code(typed: str) -> str:
    try:
        return codes.normalise(typed) if typed.strip() else ""
    except codes.NotACode:
        raise forms.ValidationError(_("A household code has six letters and digits, such as K7M-2QX.")) from None
