"""What is filled in on the pages of the selection."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from aanchal.places.models import IndicatorSeries
from aanchal.selection import actions
from aanchal.selection.actions import Chosen
from aanchal.selection.terms import Standing

LONG_NUMBER = re.compile(r"(?:\d[\s-]?){8}")
EQUAL = 10
REFUSALS = {
    "no_places": _("The directory has no such places here."),
    "not_of_this_level": _("This does not go with places of this kind."),
    "no_indicators": _("Choose from one to twelve indicators."),
    "incident_in_score": _("Reported incidents never enter a score: they are shown beside it."),
    "no_weight": _("At least one indicator must weigh more than nought."),
    "not_ranked_here": _("This place is not in this ranking."),
    "no_source": _("Say how this is known."),
    "against_the_framework": _("The framework stands against this choice: see what is marked below."),
    "reason_missing": _("Write the reason for each place that is marked below."),
    "own_submission": _("Another person has to decide: you made or submitted this one."),
    "no_reason": _("Write why it goes back."),
    "not_in_this_state": _("Somebody else has changed this meanwhile. Look at it again."),
}


def without_numbers(said: str) -> None:
    """No phone number, no Aadhaar number: what is written here is read by many."""
    if LONG_NUMBER.search(said):
        raise ValidationError(_("Leave out phone numbers and other long numbers: this page is read by many."))


def line(label, length: int, *, help_text="", required: bool = True, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=length, help_text=help_text, required=required, widget=widget, validators=[without_numbers]
    )


class Told(forms.Form):
    """A form that can say what an action refused."""

    def refuse(self, refused: actions.Refused) -> None:
        self.add_error(None, REFUSALS[refused.code])


class RunForm(Told):
    """A new run: its name, and for each series whether it counts, which way is worse, and its weight."""

    title = line(_("Name of this ranking"), 120, help_text=_("For example, the year and what it is for."))

    def __init__(self, *args, series: list[IndicatorSeries], **kwargs):
        super().__init__(*args, **kwargs)
        self.series = series
        for one in series:
            self.fields[f"use_{one.pk}"] = forms.BooleanField(required=False, label=one.local_title)
            self.fields[f"worse_{one.pk}"] = forms.ChoiceField(
                required=False, label=_("Which is worse?"), choices=[("MORE", _("More is worse")), ("LESS", _("Less is worse"))],
                initial="MORE" if one.more_is_worse else "LESS",
            )  # fmt: skip
            self.fields[f"weight_{one.pk}"] = forms.IntegerField(
                required=False, label=_("Weight"), min_value=0, max_value=100, initial=EQUAL
            )

    @property
    def rows(self) -> list[dict]:
        return [
            {"series": one, "use": self[f"use_{one.pk}"], "worse": self[f"worse_{one.pk}"], "weight": self[f"weight_{one.pk}"]}
            for one in self.series
        ]

    @property
    def chosen(self) -> list[Chosen]:
        return [self._chosen(one) for one in self.series if self.cleaned_data[f"use_{one.pk}"]]

    def _chosen(self, series: IndicatorSeries) -> Chosen:
        """What is left open is as the series suggests, and weighs as much as the others."""
        worse, weight = (self.cleaned_data[f"{asked}_{series.pk}"] for asked in ("worse", "weight"))
        return Chosen(series, worse == "MORE" if worse else series.more_is_worse, EQUAL if weight is None else float(weight))


class ChoiceForm(Told):
    why = line(_("Why this place?"), 500, required=False, rows=2, help_text=_("Needed when something is marked for this place."))


class StandingForm(Told):
    standing = forms.ChoiceField(label=_("What is it?"))
    holds = forms.ChoiceField(label=_("Does it hold?"), choices=[("YES", _("Yes")), ("NO", _("No longer, or never did"))])
    source = line(_("How is this known?"), 200, help_text=_("For example, the order or the list. No person's name."))

    def __init__(self, *args, level: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["standing"].choices = [(one.value, one.label) for one in Standing if actions.LEVEL_OF[one] == level]


class KeepForm(Told):
    title = line(_("Name of this scenario"), 120)


class SubmitForm(Told):
    note = line(_("What should the person who approves know?"), 500, required=False, rows=2)


class DecideForm(Told):
    decision = forms.ChoiceField(
        label=_("Your decision"), choices=[("APPROVE", _("Approve")), ("RETURN", _("Return"))], widget=forms.RadioSelect
    )
    note = line(_("Why?"), 500, required=False, rows=2, help_text=_("Needed when it goes back."))
