"""Setting a target; drafting, deciding a release; asking for a review; a table of one's own; a story."""

from datetime import date
from decimal import Decimal
from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core.forms import DayInput
from aanchal.insight import releasing
from aanchal.insight.terms import Breakdown, Domain, Span
from aanchal.insight.words import MEASURES

MOST_INDICATORS = 12
BACK = (1, 3, 6, 12, 24)


class TargetForm(forms.Form):
    code = forms.ChoiceField(label=_("Indicator"))
    value = forms.DecimalField(label=_("Target by 31 March"), min_value=Decimal(0), max_digits=12, decimal_places=1)

    def __init__(self, definitions, data=None):
        super().__init__(data)
        self.units = {one.code: one.unit for one in definitions}
        self.fields["code"].choices = [(one.code, f"{one.code} {one.title}") for one in definitions]

    def clean(self):
        told = super().clean()
        if self.units.get(told.get("code")) == "PERCENT" and told.get("value", 0) > 100:
            self.add_error("value", _("This indicator counts of every 100: write 100 or less."))
        return told


class DraftForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    starts_on = forms.TypedChoiceField(label=_("Quarter"), coerce=lambda text: text)
    measures = forms.MultipleChoiceField(label=_("Tables"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, quarters, data=None):
        super().__init__(data)
        self.fields["starts_on"].choices = [(first.isoformat(), said) for first, said in quarters]
        self.fields["measures"].choices = [(key, MEASURES[key]) for key in releasing.PUBLIC]


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ReviewForm(forms.Form):
    period = forms.ChoiceField(label=_("Month, quarter or year"))

    def __init__(self, periods, data=None):
        """`periods`: span -> (first day, what it is called)."""
        super().__init__(data)
        self.fields["period"].choices = [
            (Span(span).label, [(f"{span} {first.isoformat()}", said) for first, said in told]) for span, told in periods.items()
        ]

    def asked(self) -> dict:
        span, first = self.cleaned_data["period"].split()
        return {"span": span, "month": date.fromisoformat(first)}


class TableForm(forms.Form):
    """Sent by GET: a table has an address."""

    indicators = forms.MultipleChoiceField(label=_("Indicators"), widget=forms.CheckboxSelectMultiple)
    level = forms.ChoiceField(label=_("Places"), required=False)
    last = forms.ChoiceField(label=_("Up to"), required=False)
    months = forms.TypedChoiceField(label=_("So many months"), coerce=int, choices=[(n, str(n)) for n in BACK])
    span = forms.ChoiceField(label=_("One line for each"), choices=Span.choices)
    breakdown = forms.ChoiceField(label=_("Broken down by"), choices=Breakdown.choices)

    def __init__(self, definitions, levels, months, data=None):
        super().__init__(data)
        by_domain = groupby(definitions, key=lambda one: one.code[:3])
        told = {domain: [(one.code, f"{one.title} ({one.code})") for one in group] for domain, group in by_domain}
        self.fields["indicators"].choices = [(Domain(key).label, told[key]) for key in Domain if key in told]
        self.fields["level"].choices = levels
        self.fields["last"].choices = [("", _("The newest month")), *months]

    def clean_indicators(self):
        chosen = self.cleaned_data["indicators"]
        if len(chosen) > MOST_INDICATORS:
            raise forms.ValidationError(_("A table holds %(n)s indicators at most: leave some out.") % {"n": MOST_INDICATORS})
        return chosen


class KeepForm(forms.Form):
    title = forms.CharField(label=_("Name of the table"), max_length=80)
    is_shared = forms.BooleanField(label=_("Others who count in this place may use it"), required=False)


class StoryForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("No name of a family, a survivor or an accused, here or below."))
    first = forms.DateField(label=_("From"), widget=DayInput)
    last = forms.DateField(label=_("Until"), widget=DayInput)
    text = forms.CharField(label=_("What was done, and what came of it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    lesson = forms.CharField(label=_("What others can learn from it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    photo = forms.FileField(
        label=_("Photo without faces"), required=False, help_text=_("What the phone wrote into it (place, day, camera) is taken out."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    photo_words = forms.CharField(label=_("What the photo shows"), max_length=200, required=False)
    has_no_face = forms.BooleanField(
        label=_("No face and nothing that tells who it is can be seen in the photo"), required=False,
        help_text=_("Needed where there is a photo."),
    )  # fmt: skip


class DecideStoryForm(forms.Form):
    nobody_recognised = forms.BooleanField(
        label=_("No survivor, family or accused can be recognised in the words or the photo"), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
