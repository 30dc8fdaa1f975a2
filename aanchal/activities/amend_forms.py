"""Forms that correct what was noted of the campaign, or strike it out: as it was told, with why it changes."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.activities.forms import PAISE, EventForm, QuestionForm, RecallForm, Says
from aanchal.activities.models import CampaignEvent, Question, Recall
from aanchal.activities.terms import BANDS, REACH


class WhyForm(Says):
    why = forms.CharField(label=_("Why"), max_length=200, help_text=_("No names. It stays readable beside the line."))


class StrikeForm(WhyForm):
    IDS = "id_strike_%s"


class Corrected(WhyForm):
    """Filled with what stands; why it changes is asked last."""

    def __init__(self, line: CampaignEvent | Question | Recall, *args, **kwargs):
        stands = {name: getattr(line, name) for name in self.base_fields if hasattr(line, name)}
        super().__init__(*args, initial=stands, **kwargs)
        self.order_fields([name for name in self.fields if name != "why"])


class CorrectEventForm(Corrected, EventForm):
    def __init__(self, line: CampaignEvent, *args, **kwargs):
        """Of an event that was told without the ages of children none are asked."""
        super().__init__(line, *args, **kwargs)
        self.initial["cost_paise"] = Decimal(line.cost_paise) / PAISE
        for child, bands in BANDS.items():
            if getattr(line, bands[0][0]) is None:
                self.fields[child] = forms.IntegerField(label=dict(REACH)[child], min_value=0, max_value=100_000)
                self.initial[child] = getattr(line, child)
                self.order_fields([child if name == bands[0][0] else name for name in self.fields if name != child])
                for band, _label in bands:
                    del self.fields[band]


class CorrectQuestionForm(Corrected, QuestionForm):
    pass


class CorrectRecallForm(Corrected, RecallForm):
    pass
