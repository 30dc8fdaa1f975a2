"""What a reviewer fills in to decide between two answers."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from aanchal.access.policy import day_in_india
from aanchal.field import field_words
from aanchal.people.rules import Age, age_as_told
from aanchal.people.terms import Choice
from aanchal.villages.rules import holds_a_number_of_a_person

NOTE = 300
TRUTHS = (("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known")))
LEFT = "LEFT"
OLDEST = 115


class Settle(forms.Form):
    """`shown` is the version of the family that stood on her page."""

    choice = forms.ChoiceField(label=_("What is right?"), choices=Choice, widget=forms.RadioSelect)
    note = forms.CharField(label=_("How you know"), help_text=_("Whom you asked. No names."), max_length=NOTE)
    shown = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given, field: str, at, **more):
        super().__init__(*given, **more)
        self.of, self.at = field, at
        if field == "position":
            self.fields["choice"].choices = [one for one in Choice.choices if one[0] != Choice.ANOTHER]
            return
        self.fields["value"] = answer(field)
        self.order_fields(["shown", "choice", "value", "note"])

    def clean_note(self) -> str:
        note = self.cleaned_data["note"]
        if holds_a_number_of_a_person(note):
            raise forms.ValidationError(_("Leave out phone numbers and other long numbers."))
        return note

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("choice") == Choice.ANOTHER and told.get("value") in (None, "") and "value" not in self.errors:
            self.add_error("value", _("Write the right answer."))
        return told

    @property
    def value(self) -> Any:
        """As it is kept."""
        told = self.cleaned_data.get("value")
        if told in (None, ""):
            return None
        fact = field_words.fact_of(self.of)
        if fact and not fact.is_number:
            return {"yes": True, "no": False, "unknown": None}[told]
        if self.of == "age":
            return age_as_told(Age(basis="STATED", years=told, told_on=day_in_india(self.at)))
        return None if told == LEFT else told


def answer(field: str) -> forms.Field:
    """The control for another value of a field; read only when “neither” was chosen."""
    told: dict[str, Any] = {"label": _("The right answer, if neither"), "required": False}
    fact = field_words.fact_of(field)
    if fact:
        if fact.is_number:
            return forms.IntegerField(min_value=0, max_value=fact.highest, **told)
        return forms.ChoiceField(choices=(("", "–"), *TRUTHS), **told)
    if field in field_words.CHOSEN:
        more = [(LEFT, _("Not a member of the family"))] if field == "relation" else []
        return forms.ChoiceField(choices=[("", "–"), *field_words.choices(field), *more], **told)
    if field == "age":
        return forms.IntegerField(min_value=0, max_value=OLDEST, **told)
    checks = [RegexValidator(r"^\d{10}$", _("Write the 10 digits of the number."))] if field == "phone" else []
    return forms.CharField(max_length=80, validators=checks, **told)
