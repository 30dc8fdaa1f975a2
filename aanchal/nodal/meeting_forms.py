"""Forms of the meetings with the nodal officers of the States."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.activities.forms import NoticeForm, Says, day, lines
from aanchal.activities.models import Meeting
from aanchal.activities.terms import PointState
from aanchal.core.templatetags.aanchal import day as shown_day
from aanchal.places.models import Place


class OfStates(Says):
    """Asks which States, among those it is given."""

    def __init__(self, states: Iterable[Place], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(place.pk): place for place in states}
        self.fields["states"].choices = [(pk, place.local_name) for pk, place in self.known.items()]

    def states(self) -> list[Place]:
        return [self.known[pk] for pk in self.cleaned_data["states"]]


def which(label, **more) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **more)


class ConveneForm(OfStates, NoticeForm):
    states = which(_("States that are called"))


class HeldForm(OfStates):
    states = which(_("States that were represented"), required=False)
    others = lines(_("Others who came"), 2, required=False, help_text=_("One office a line."))

    def other_offices(self) -> list[str]:
        return [line.strip()[:120] for line in self.cleaned_data["others"].splitlines() if line.strip()]


class DecidedForm(OfStates):
    decision = forms.CharField(label=_("What was decided"), max_length=300)
    due_on = day(_("By when"))
    states = which(_("States that act"))


class AnswerForm(Says):
    words = lines(_("What the State has done"), 3, max_length=1000)


class AtMeeting(Says):
    """At which of the later meetings."""

    def __init__(self, meetings: Iterable[Meeting], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.meetings = {str(one.pk): one for one in meetings}
        self.fields["meeting"] = forms.ChoiceField(
            label=_("At which meeting"), choices=[(pk, f"{shown_day(one.on)} · {one.title}") for pk, one in self.meetings.items()]
        )
        self.order_fields(["meeting"])

    def told(self) -> dict:
        return self.cleaned_data | {"meeting": self.meetings[self.cleaned_data["meeting"]]}


class CloseForm(AtMeeting):
    to = forms.ChoiceField(label=_("What became of it"), choices=PointState.choices[1:])
    evidence = lines(_("What shows it"), 2, max_length=500)


class CarryForm(AtMeeting):
    words = lines(_("What is still to be done"), 2, max_length=1000)
    due_on = day(_("New day"))
