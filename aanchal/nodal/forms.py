"""Forms of calls and returns."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core import forms as core_forms
from aanchal.core.forms import DayInput
from aanchal.nodal import queries, rules, words
from aanchal.nodal.models import Head
from aanchal.nodal.terms import PeriodKind
from aanchal.places.models import Place


class Says(core_forms.Says):
    def fault(self, code, refused):
        return words.fault(code, refused.told)


class CallForm(Says):
    period = forms.ChoiceField(label=_("Kind of period"), choices=PeriodKind)
    starts_on = forms.DateField(label=_("First day of the period"), widget=DayInput)
    due_on = forms.DateField(label=_("Returns are due on"), widget=DayInput)


class WordsForm(Says):
    words = forms.CharField(label=_("Question or answer"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ExplainForm(Says):
    words = forms.CharField(label=_("Why it is right"), max_length=300)


class AmendForm(Says):
    reason = forms.CharField(label=_("What was wrong, and how it is known"), max_length=300)


class NoteForm(Says):
    words = forms.CharField(label=_("What you think of it"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    action = forms.CharField(label=_("What is to be done"), max_length=300, required=False)
    due_on = forms.DateField(label=_("By which day"), widget=DayInput, required=False)


class DoneForm(Says):
    words = forms.CharField(label=_("What was done"), max_length=300)


class SheetForm(Says):
    sheet = forms.FileField(label=_("Filled sheet (.xlsx, at most 2 MB)"))


class PlaceForm(forms.Form):
    """Which part of the State the grid shows."""

    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, districts: Sequence[Place], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [("", _("The whole State")), *((place.pk, place.local_name) for place in districts)]


class Count(forms.CharField):
    """A count as it is typed: digits, with or without commas. Empty says nothing, 0 says none."""

    SAID = {
        "letters": _("Letters where a number belongs. Write the count in digits, 0 if there was none."),
        "formula": _("A formula. Write the number itself."),
        "negative": _("Below zero. A count is 0 or more."),
        "not_whole": _("Not a whole number. Persons and cases are counted whole."),
        "too_large": _("Too large to be a count."),
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 9})
        super().__init__(required=False, max_length=30, widget=widget, **kwargs)

    def clean(self, value):
        count, wrong = rules.count_of(super().clean(value))
        if wrong:
            raise forms.ValidationError(self.SAID[wrong])
        return count


class Grid(Says):
    """Every head of an edition, in its groups."""

    def __init__(self, heads: Sequence[Head], told: Mapping[str, int], *args, **kwargs):
        super().__init__(*args, initial={key: str(n) for key, n in told.items()}, **kwargs)
        self.groups: list[tuple[str, list]] = []
        for head in heads:
            self.fields[head.key] = Count(label=head.title, help_text=head.says)
            title = queries.group_title(head.group)
            if not self.groups or self.groups[-1][0] != title:
                self.groups.append((title, []))
            self.groups[-1][1].append(self[head.key])
