"""Forms of rounds, nominations, the panel, the decision and citations."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.awards import rules, terms, words
from aanchal.awards.actions import Case, Plan
from aanchal.core.forms import DayInput
from aanchal.library.models import Document

MOST_LINES = 8


class Says(forms.Form):
    """A form that can say what an action refused."""

    def refuse(self, refused) -> None:
        for field, code in refused.faults:
            self.add_error(field if field in self.fields else None, words.FAULTS[code])


class RoundForm(Says):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    category = forms.ChoiceField(label=_("Category"), choices=terms.Category)
    opens_on = forms.DateField(label=_("Nominations open on"), widget=DayInput)
    closes_on = forms.DateField(label=_("Nominations close at the end of"), widget=DayInput)
    most_awards = forms.IntegerField(label=_("Awards at most"), min_value=1, max_value=20, initial=1)
    least_scores = forms.IntegerField(
        label=_("Scores that a nominee needs"), min_value=rules.LEAST_SCORES, max_value=15, initial=3,
        help_text=_("From so many members of the panel without an interest."),
    )  # fmt: skip

    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class LinesField(forms.CharField):
    """One criterion on each line: 30 | English | Hindi."""

    widget = forms.Textarea(attrs={"rows": 6})

    def clean(self, value):
        said = [[part.strip() for part in line.split("|")] for line in super().clean(value).splitlines() if line.strip()]
        if len(said) > MOST_LINES:
            raise forms.ValidationError(_("At most %(most)s criteria.") % {"most": MOST_LINES})
        return [self._line(parts) for parts in said]

    @staticmethod
    def _line(parts: list[str]) -> dict:
        if len(parts) != 3 or not parts[0].isascii() or not parts[0].isdigit() or len(parts[0]) > 3 or not parts[1] or not parts[2]:
            raise forms.ValidationError(_("“%(line)s” is not weight | English | Hindi.") % {"line": " | ".join(parts)})
        return {"weight": int(parts[0]), "titles": {"en": parts[1], "hi": parts[2]}}


class CriteriaForm(Says):
    category = forms.ChoiceField(label=_("Category"), choices=terms.Category)
    lines = LinesField(
        label=_("Criteria"), max_length=2_000, help_text=_("One on each line: points | in English | in Hindi, such as: 30 | … | …")
    )  # fmt: skip
    source = forms.CharField(label=_("By which order"), max_length=200)


class SearchForm(forms.Form):
    words = forms.CharField(label=_("Name in the directory"), max_length=100, required=False)


class NominationForm(Says):
    nominee = forms.ChoiceField(label=_("Nominee"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("What was done, and what came of it"), max_length=3_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Numbers and days. No survivor and no family is named."),
    )  # fmt: skip
    evidence = forms.CharField(label=_("What shows it"), max_length=3_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.CharField(label=_("Document of the library"), max_length=80, required=False, help_text=_("Its number."))

    def __init__(self, lines, *arguments, **more):
        super().__init__(*arguments, **more)
        self.fields["nominee"].choices = [(str(one.id), f"{one.name} · {one.kind_name} · {one.place.local_name}") for one in lines]

    def clean_document(self):
        said = self.cleaned_data["document"].strip()
        found = Document.objects.filter(number=said).order_by("-pk").first() if said else None
        if said and found is None:
            raise forms.ValidationError(_("The library has no document of this number that you may read."))
        return found

    def chosen(self) -> UUID:
        return UUID(self.cleaned_data["nominee"])

    def case(self) -> Case:
        return Case(**{name: self.cleaned_data[name] for name in ("reasons", "evidence", "document")})


class WithdrawForm(Says):
    words = forms.CharField(label=_("Why it is withdrawn"), max_length=300)


class ConsentForm(Says):
    words = forms.CharField(label=_("How the officer said so"), max_length=300, help_text=_("The signed paper and its number."))


class AppointForm(Says):
    user = forms.ChoiceField(label=_("Member of the panel"))

    def __init__(self, users, *arguments, **more):
        super().__init__(*arguments, **more)
        self.users = {str(one.pk): one for one in users}
        self.fields["user"].choices = [(pk, f"{one.name} ({one.username})") for pk, one in self.users.items()]

    def chosen(self):
        return self.users[self.cleaned_data["user"]]


class InterestForm(Says):
    words = forms.CharField(label=_("What interest you have"), max_length=300)


class ScoreForm(Says):
    """One number for each criterion of the round."""

    def __init__(self, criteria, *arguments, **more):
        super().__init__(*arguments, **more)
        for key, title, weight in criteria.told:
            label = _("%(title)s (weight %(weight)s)") % {"title": title, "weight": weight}
            self.fields[key] = forms.IntegerField(label=label, min_value=0, max_value=rules.MOST_POINTS)


class DecisionForm(Says):
    chosen = forms.MultipleChoiceField(label=_("Who is honoured"), required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label=_("Reasons"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when nobody is honoured, and when one who is level or higher is passed over."),
    )  # fmt: skip

    def __init__(self, told, *arguments, **more):
        super().__init__(*arguments, **more)
        self.fields["chosen"].choices = [(str(one.nomination.pk), one.nomination.name) for one in told if one.ranked.rank is not None]

    def ids(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["chosen"]]


class CitationForm(Says):
    citation_en = forms.CharField(label=_("Citation in English"), max_length=1_500, widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}))
    citation_hi = forms.CharField(label=_("Citation in Hindi"), max_length=1_500, widget=forms.Textarea(attrs={"rows": 4, "lang": "hi"}))


class RevokeForm(Says):
    why = forms.CharField(label=_("Why it is taken back"), max_length=300)
