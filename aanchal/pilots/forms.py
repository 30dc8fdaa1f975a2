"""Forms of a pilot."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core import forms as core_forms
from aanchal.core.forms import DayInput
from aanchal.pilots import words
from aanchal.pilots.terms import Measure
from aanchal.selection.models import SelectionRun


def day(label, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


class Says(core_forms.Says):
    FAULTS = words.FAULTS


class PilotForm(Says):
    title = forms.CharField(label=_("Title"), max_length=120)
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))
    runs = forms.MultipleChoiceField(label=_("Approved selections"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, runs: Iterable[SelectionRun], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.approved = {str(one.pk): one for one in runs}
        self.fields["runs"].choices = [(pk, f"{one.title} ({len(one.chosen)})") for pk, one in self.approved.items()]

    def told(self) -> dict:
        return self.cleaned_data | {"runs": [self.approved[pk] for pk in self.cleaned_data["runs"]]}


class WidenForm(Says):
    """One more approved selection."""

    runs = forms.ChoiceField(label=_("Approved selection"))

    def __init__(self, runs: Iterable[SelectionRun], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.approved = {str(one.pk): one for one in runs}
        self.fields["runs"].choices = [(pk, f"{one.title} ({len(one.chosen)})") for pk, one in self.approved.items()]

    def chosen(self) -> SelectionRun:
        return self.approved[self.cleaned_data["runs"]]


class AimForm(Says):
    measure = forms.ChoiceField(label=_("Measured by"), choices=Measure)
    words = forms.CharField(label=_("Target"), max_length=160)
    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=100_000_000)
    unit = forms.CharField(label=_("Unit"), max_length=40, help_text=_("People, villages, registers."))
    by_on = day(_("By when"))


class PhaseForm(Says):
    title = forms.CharField(label=_("Phase"), max_length=120)
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))


class StrategyForm(Says):
    file = forms.FileField(label=_("Strategy document"), help_text=_("PDF, JPEG or PNG, at most 3 MB."))


class ReachedForm(Says):
    reached = forms.IntegerField(label=_("How many by today"), min_value=0, max_value=100_000_000)
