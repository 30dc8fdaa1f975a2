"""Forms of deciding about two records, and about someone who may have come back."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core.forms import DayInput
from aanchal.doubles import terms


class PairForm(forms.Form):
    """The answer; and, if they are the same, which record stays and which members are the same people."""

    answer = forms.ChoiceField(label=_("Are the two the same?"), choices=terms.Answer, widget=forms.RadioSelect)
    stays = forms.ChoiceField(
        label=_("If they are the same: which record stays?"), required=False, widget=forms.RadioSelect,
        help_text=_("The other one points to it. All that either says is kept and shown together, and they can be split again."),
    )  # fmt: skip

    def __init__(self, records: list[tuple[str, str]], members: list[tuple[str, str]], data=None):
        super().__init__(data, initial={"members": [value for value, _label in members]})
        self.fields["stays"].choices = records
        if members:
            self.fields["members"] = forms.MultipleChoiceField(
                label=_("If they are the same: these are the same people"), required=False, choices=members,
                widget=forms.CheckboxSelectMultiple, help_text=_("Take the tick away from two who are not the same person."),
            )  # fmt: skip

    def clean(self):
        told = super().clean()
        if told.get("answer") == terms.Answer.SAME and not told.get("stays"):
            self.add_error("stays", terms.REFUSALS["stays"])
        return told

    def told(self) -> dict:
        """What the action asks for."""
        stays, members = self.cleaned_data["stays"], self.cleaned_data.get("members", [])
        pairs = [tuple(UUID(pk) for pk in value.split(":")) for value in members]
        return {"answer": self.cleaned_data["answer"], "stays": UUID(stays) if stays else None, "members": pairs}


class ReturnForm(forms.Form):
    """What the visit found."""

    answer = forms.ChoiceField(
        label=_("You visited. Is this person back?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes, at home: close the line")), ("no", _("No, not at home"))],
    )  # fmt: skip
    on = forms.DateField(label=_("Home since"), required=False, widget=DayInput, help_text=_("Only if the answer is yes."))

    def clean(self):
        told = super().clean()
        if told.get("answer") == "yes" and not told.get("on") and "on" not in self.errors:
            self.add_error("on", _("Write since which day the person is home."))
        return told
