"""Narrowing the list of families. Every field is a part of the list's address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core import codes
from aanchal.risk.families import ON_THE_REGISTER, SURVEYED, Filters
from aanchal.risk.terms import Band


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
