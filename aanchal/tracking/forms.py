"""Forms of keeping touch."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core.forms import Apart, DayInput, choose
from aanchal.tracking import rules, terms

LONGEST_NOTE = 300
NOTE = _("It may name people: it is sealed.")


def _note():
    return forms.CharField(
        label=_("Note"), help_text=NOTE, max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CheckInForm(forms.Form):
    way = choose(_("How"), terms.Way.choices)
    answer = choose(_("How are they"), terms.Answer.choices)
    on = forms.DateField(label=_("On which day"), widget=DayInput)
    note = _note()


class EndForm(Apart):
    IDS = "end_%s"
    on = forms.DateField(label=_("Came home on"), widget=DayInput)


class SnoozeForm(Apart):
    IDS = "snooze_%s"
    until = forms.DateField(label=_("Until"), widget=DayInput)
    reason = choose(_("Because"), terms.SnoozeReason.choices)


class HandUpForm(Apart):
    IDS = "up_%s"
    reason = choose(_("Because"), terms.HandUpReason.choices)


class CloseForm(forms.Form):
    """The outcomes that this kind of alert knows; for a child those of adults are not offered, nor a judgement to who stands below."""

    outcome = forms.ChoiceField(label=_("Outcome"))
    note = _note()

    def __init__(self, alert, data=None, *, may_answer: bool = True):
        super().__init__(data)
        known = rules.OUTCOMES[alert.kind] if may_answer else rules.from_below(alert.kind)
        known = [one for one in known if not (alert.is_child and one in rules.ADULTS_ONLY)]
        self.fields["outcome"].choices = [("", _("Choose")), *((one, terms.Outcome(one).label) for one in known)]


class MoveForm(forms.Form):
    """How far a search has come; the number where there is one."""

    state = forms.ChoiceField(label=_("What has happened"))
    on = forms.DateField(label=_("On which day"), widget=DayInput)
    number = forms.CharField(label=_("Number of the GD entry or FIR"), max_length=40, required=False)

    def __init__(self, search, data=None, **more):
        super().__init__(data, **more)
        after = [one for one in rules.SEARCH[search.state] if one != terms.SearchState.CLOSED]
        self.fields["state"].choices = [(one, terms.SearchState(one).label) for one in after]


class CloseSearchForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"))

    def __init__(self, search, data=None):
        super().__init__(data)
        own_choice = {terms.SearchOutcome.OWN_CHOICE} if search.is_child else set()
        known = [one for one in terms.SearchOutcome if one not in {terms.SearchOutcome.MISTAKE, *own_choice}]
        self.fields["outcome"].choices = [("", _("Choose")), *((one, one.label) for one in known)]


class ClockForm(forms.Form):
    """Another time or a better source for a clock of the law, from a day on."""

    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=24 * 365 * 2)
    law = forms.CharField(label=_("What the law says"), max_length=200)
    source = forms.CharField(label=_("Where it is written: law, section or order"), max_length=300)
    mark = forms.ChoiceField(label=_("How sure"), choices=terms.Mark)
    effective_from = forms.DateField(label=_("Holds from"), widget=DayInput)
