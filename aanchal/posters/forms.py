"""Forms of missing-person notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core.codes import NotACode, normalise
from aanchal.core.forms import DayInput
from aanchal.matching.terms import LANGUAGES
from aanchal.people.terms import Sex
from aanchal.posters import queries, rules, terms, words
from aanchal.posters.actions import Agreed, Told

ANY = [("", _("Any"))]
NOT_SAID = [("", _("Not shown"))]
SPOKEN = list(LANGUAGES.items())


class Says(forms.Form):
    """A form that can say what an action refused."""

    def refuse(self, refused: rules.Refused) -> None:
        for field, key in refused.faults:
            self.add_error(field if field in self.fields else None, words.REFUSALS[key])


class AgreedForm(Says):
    """The consent to this notice, as the paper says it."""

    giver = forms.ChoiceField(label=_("Who of the family agreed to this notice"), choices=terms.Giver)
    giver_name = forms.CharField(label=_("Name of who agreed (kept closed, never shown)"), max_length=80)
    written = forms.ChoiceField(label=_("In writing"), choices=terms.Written)
    language = forms.ChoiceField(label=_("In which language it was read out and signed"), choices=SPOKEN)
    given_on = forms.DateField(label=_("On which day"), widget=DayInput)

    def agreed(self) -> Agreed:
        told = self.cleaned_data
        return Agreed(told["giver"], told["giver_name"], told["written"], told["language"], told["given_on"])


class ProposeForm(AgreedForm):
    """What is shown, what was asked before, and who agreed."""

    shows_name = forms.BooleanField(label=_("Show the first name, because the family wants it"), required=False)
    height = forms.ChoiceField(label=_("Height"), choices=NOT_SAID + terms.Height.choices, required=False)
    build = forms.ChoiceField(label=_("Build"), choices=NOT_SAID + terms.Build.choices, required=False)
    features = forms.MultipleChoiceField(
        label=_("What can be seen"), choices=terms.Feature, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(label=_("Languages spoken"), choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple)
    clothes = forms.CharField(
        label=_("Clothes when last seen"), max_length=rules.CLOTHES, required=False,
        help_text=_("A few words. No name, no number, no place."),
    )  # fmt: skip
    check_sexual = forms.ChoiceField(label=terms.Check.SEXUAL.label, choices=terms.Answer, initial=terms.Answer.UNKNOWN)
    check_marriage = forms.ChoiceField(label=terms.Check.MARRIAGE.label, choices=terms.Answer, initial=terms.Answer.UNKNOWN)
    check_home = forms.ChoiceField(label=terms.Check.HOME.label, choices=terms.Answer, initial=terms.Answer.UNKNOWN)
    check_own_will = forms.ChoiceField(label=terms.Check.OWN_WILL.label, choices=terms.Answer, initial=terms.Answer.UNKNOWN)
    field_order = [
        "check_sexual", "check_marriage", "check_home", "check_own_will", "giver", "giver_name", "written", "language", "given_on",
        "shows_name", "height", "build", "features", "languages", "clothes",
    ]  # fmt: skip

    def checks(self) -> dict[str, str]:
        return {check: self.cleaned_data[f"check_{check.lower()}"] for check in terms.Check.values}

    def told(self) -> Told:
        told = self.cleaned_data
        return Told(
            shows_name=told["shows_name"], languages=tuple(told["languages"]), height=told["height"], build=told["build"],
            features=tuple(told["features"]), clothes=told["clothes"],
        )  # fmt: skip


class WordsForm(Says):
    words = forms.CharField(label=_("Why it goes back"), max_length=300)


class SeenForm(Says):
    """From anyone, without a name."""

    number = forms.CharField(label=_("Number of the notice"), max_length=12)
    seen = forms.CharField(label=_("Where and when, and with whom"), max_length=rules.WORDS, widget=forms.Textarea(attrs={"rows": 3}))
    phone = forms.CharField(
        label=_("Your telephone, if the officer may call you"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_number(self) -> str:
        try:
            return normalise(self.cleaned_data["number"])
        except NotACode:
            raise forms.ValidationError(words.REFUSALS["no_number"]) from None


class OpenForm(forms.Form):
    """Which notices everyone asks for: a State at least. Whatever is not in its lists finds nothing."""

    state = forms.ChoiceField(label=_("State or Union Territory"))
    district = forms.ChoiceField(label=_("District"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=ANY + [one for one in Sex.choices if one[0] != Sex.UNKNOWN], required=False)
    age = forms.ChoiceField(label=_("Age"), choices=ANY + terms.Age.choices, required=False)

    def __init__(self, data):
        super().__init__(data or None)
        state = data.get("state", "")
        self.fields["state"].choices = [("", _("Choose a State")), *((str(one.lgd_code), one.local_name) for one in queries.states())]
        here = queries.districts(int(state)) if state.isascii() and state.isdigit() and len(state) < 10 else []
        self.fields["district"].choices = ANY + [(str(one.lgd_code), one.local_name) for one in here]

    def wanted(self) -> queries.Wanted | None:
        """What is asked for, or nothing."""
        if not self.is_bound or not self.is_valid():
            return None
        told = self.cleaned_data
        district = int(told["district"]) if told["district"] else None
        return queries.Wanted(int(told["state"]), district, told["sex"], told["age"])
