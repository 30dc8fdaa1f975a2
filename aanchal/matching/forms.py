"""Forms of finding someone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core.forms import DayInput
from aanchal.matching import terms
from aanchal.matching.actions import TEXTS, FoundDetails
from aanchal.matching.models import FoundPerson
from aanchal.people.terms import Sex
from aanchal.places.queries import by_name

LONGEST = 120


def _text(label, required=False):
    return forms.CharField(label=label, max_length=LONGEST, required=required)


class FoundForm(forms.Form):
    """Someone rescued, found or seen. Everything but the kind, the day and the sex may be unknown."""

    kind = forms.ChoiceField(label=_("What happened"), choices=terms.FoundKind)
    found_on = forms.DateField(label=_("On which day"), widget=DayInput)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex)
    years = forms.IntegerField(label=_("Age in years, also when it is a guess"), min_value=0, max_value=110, required=False)
    name = _text(_("Name, in any script, as it was said"))
    alias = _text(_("Name used at home"))
    father = _text(_("Father's or husband's name"))
    mother = _text(_("Mother's name"))
    home = forms.CharField(label=_("State, district or block she comes from"), max_length=LONGEST, required=False)
    village = _text(_("Village"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=list(terms.LANGUAGES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    height_cm = forms.IntegerField(label=_("Height in centimetres"), min_value=30, max_value=230, required=False)
    marks = _text(_("Marks on the body: what, and where"))
    remarks = forms.CharField(label=_("Anything else"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_home(self):
        """A place of the directory by its name in any language; the largest of that name."""
        written = self.cleaned_data["home"].strip()
        if not written:
            return None
        if found := by_name(written):
            return found
        raise forms.ValidationError(_("No single state, district or block has this name. Leave it empty, or write the state."))

    def details(self) -> FoundDetails:
        told = dict(self.cleaned_data)
        texts = {key: told.pop(key) for key in TEXTS}
        return FoundDetails(**{**told, "languages": tuple(told["languages"])}, texts=texts)


class CorrectionForm(FoundForm):
    """What is coded stands filled in; words stay closed until they are written anew."""

    place = forms.CharField(label=_("Where: state, district or block"), max_length=LONGEST)
    reason = forms.CharField(
        label=_("Why is it changed?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept with what stood before, closed like a name."),
    )  # fmt: skip

    def __init__(self, found: FoundPerson, data=None):
        coded = {key: getattr(found, key) for key in ("kind", "sex", "years", "languages", "height_cm")}
        home = found.home.name if found.home else ""
        super().__init__(data, initial={**coded, "found_on": found.found_on.isoformat(), "home": home, "place": found.place.name})
        self.order_fields(["kind", "found_on", "place"])
        self.found = found
        for key in TEXTS:
            self.fields[key].help_text = _("Leave empty to keep what was written; write - to take it away.")

    def clean_home(self):
        """The place that stands there, also where another bears its name."""
        if self.found.home and self.cleaned_data["home"].strip() == self.found.home.name:
            return self.found.home
        return super().clean_home()

    def clean_place(self):
        """As `clean_home`: where she was recorded is not left by accident."""
        written = self.cleaned_data["place"].strip()
        if written == self.found.place.name:
            return self.found.place
        if found := by_name(written):
            return found
        raise forms.ValidationError(_("No single state, district or block has this name."))

    def details(self) -> FoundDetails:
        told = dict(self.cleaned_data)
        for key in ("reason", "place"):
            told.pop(key)
        written = {key: told.pop(key).strip() for key in TEXTS}
        texts = {key: "" if text == "-" else text for key, text in written.items() if text}
        return FoundDetails(**{**told, "languages": tuple(told["languages"])}, texts=texts)


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept with what stood before, closed like a name."),
    )  # fmt: skip


class ModelForm(forms.Form):
    answer = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")])


class DecisionForm(forms.Form):
    answer = forms.ChoiceField(label=_("Is it the same person?"), choices=terms.Answer, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(label=_("Because of"), choices=terms.Reason, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name, in any script"), max_length=LONGEST, min_length=2)
