"""Narrowing the list of families. Every field is a part of the list's address."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core import codes
from aanchal.core.forms import DayInput
from aanchal.risk.definition import Definition
from aanchal.risk.editing import cutoffs
from aanchal.risk.families import ON_THE_REGISTER, SURVEYED, Filters
from aanchal.risk.loading import MOST_POINTS
from aanchal.risk.reading import words
from aanchal.risk.rules import Refused
from aanchal.risk.terms import Band, Disputer, MeetingRole

FAULTS = {
    "beyond_the_limit": _("Farther from the state's points than the state allows."),
    "by_the_same_person": _("Another person than who drafted it must approve it."),
    "disputed_already": _("This answer is disputed already: it waits for the visit."),
    "drafted_already": _("A draft of this index is open: finish it first."),
    "in_the_future": _("This day has not come yet."),
    "in_the_past": _("This day is over."),
    "length": _("This is empty or too long."),
    "not_a_state": _("Only a state has a version of its own."),
    "not_a_village": _("Only a village signs points of its own."),
    "not_of_the_index": _("Choose what is disputed."),
    "not_of_the_vo": _("Members of the VO must have been there."),
    "not_previewed": _("The preview is still being counted. Try again in a moment."),
    "not_surveyed": _("This family was not surveyed yet."),
    "not_these_indicators": _("The state's index has changed: look at its points again."),
    "out_of_range": _("This number cannot be."),
    "personal_number": _("Leave out phone numbers and other long numbers."),
    "taken": _("Another version begins on this day."),
    "total": _("The points must add up to the same total as the state's."),
}


class Narrow(forms.Form):
    band = forms.ChoiceField(
        required=False, choices=[("", ""), (ON_THE_REGISTER, ""), (SURVEYED, _("Surveyed")), *Band.choices], widget=forms.HiddenInput
    )  # fmt: skip
    urgent = forms.ChoiceField(required=False, choices=[("", ""), ("1", "")], widget=forms.HiddenInput)
    need = forms.ChoiceField(label=_("Needs"), required=False)
    complete = forms.ChoiceField(
        label=_("Answers"), required=False, choices=[("", _("All")), ("yes", _("Complete")), ("no", _("Incomplete"))]
    )  # fmt: skip
    q = forms.CharField(label=_("Household code"), required=False, max_length=20)

    def __init__(self, needs: list[tuple[str, str]], data):
        super().__init__(data)
        self.fields["need"].choices = [("", _("All")), *needs]

    def clean_q(self) -> str:
        typed = self.cleaned_data["q"]
        try:
            return codes.normalise(typed) if typed.strip() else ""
        except codes.NotACode:
            raise forms.ValidationError(_("A household code has six letters and digits, such as K7M-2QX.")) from None

    def filters(self) -> Filters:
        told = self.cleaned_data
        return Filters(
            band=told["band"],
            is_urgent=told["urgent"] == "1",
            need=told["need"],
            is_complete={"yes": True, "no": False}.get(told["complete"]),
            code=told["q"],
        )

    def in_words(self) -> list[str]:
        """What narrows the list now."""
        return [str(dict(self.fields[name].choices).get(value, value)) for name, value in self.cleaned_data.items() if value]


class Day(forms.DateField):
    widget = DayInput


class Told(forms.Form):
    """A form that can say what an action refused."""

    def refuse(self, refused: Refused) -> None:
        for field, code in refused.faults:
            self.add_error(field if field in self.fields else None, FAULTS[code])


class _Whole(forms.IntegerField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"min_value": 1, "max_value": MOST_POINTS} | kwargs))


class EditForm(Told):
    """The numbers of a definition, by the names of `risk.editing`."""

    def __init__(self, content: dict, index: Definition, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["effective_from"] = Day(label=_("Holds from"))
        for one in content["indicators"]:
            self.fields[f"points_{one['key']}"] = _Whole(label=_("Points"), initial=one["points"])
        for one in cutoffs(content):
            self.fields[one.name] = forms.DecimalField(label=one.fact, initial=one.value, min_value=0, max_digits=12)
        for key, one in (content.get("parameters") or {}).items():
            self.fields[f"parameter_{key}"] = forms.DecimalField(label=one["unit"], initial=one["value"], min_value=0, max_digits=12)
        for one in index.bands:
            self.fields[f"band_{one.key}"] = _Whole(label=words(one.title), initial=one.starts_at, min_value=0)
        self.fields["village_limit"] = _Whole(label=_("A village may move each indicator by"), initial=index.village_limit, min_value=0)
        self.fields["source"] = forms.CharField(label=_("Source of a changed reference value"), max_length=200, required=False)

    def values(self) -> dict:
        """Whole numbers as whole numbers, others as they are written."""
        told = {key: value for key, value in self.cleaned_data.items() if key != "effective_from"}
        return {key: _plain(value) for key, value in told.items()}


class SignForm(Told):
    """A village's points and the meeting that signed them."""

    effective_from = Day(label=_("Holds from"))
    met_on = Day(label=_("Day of the meeting"))
    present = forms.IntegerField(label=_("How many were present?"), min_value=1, max_value=2_000)
    roles = forms.MultipleChoiceField(label=_("Who was present?"), choices=MeetingRole, widget=forms.CheckboxSelectMultiple)
    minutes = forms.CharField(
        label=_("Minutes: what was said and decided"),
        help_text=_("No names of families or persons, no phone numbers."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    signed = forms.BooleanField(label=_("I sign this for the Village Organisation, as the meeting decided."))

    def __init__(self, index: Definition, current: dict[str, int], *args, **kwargs):
        super().__init__(*args, **kwargs)
        for one in index.indicators:
            low, high = max(1, one.points - index.village_limit), one.points + index.village_limit
            self.fields[f"points_{one.key}"] = _Whole(label=words(one.reason), initial=current[one.key], min_value=low, max_value=high)
        self.index = index

    def points(self) -> dict[str, int]:
        return {one.key: self.cleaned_data[f"points_{one.key}"] for one in self.index.indicators}


class DisputeForm(Told):
    indicator = forms.ChoiceField(label=_("What is not as it was written?"))
    disputed_by = forms.ChoiceField(label=_("Who disputes it?"), choices=Disputer)
    why = forms.CharField(
        label=_("Why?"), help_text=_("No names, no phone numbers."), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, index: Definition, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [
            (words(dimension.title), [(one.key, words(one.reason)) for one in index.indicators if one.dimension == dimension.key])
            for dimension in index.dimensions
        ]
        self.fields["indicator"].choices = [("", _("Choose")), *groups]


def _plain(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    return value
