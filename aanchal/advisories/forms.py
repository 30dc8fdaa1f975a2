"""Forms of advisories, directions and answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.advisories import terms, words
from aanchal.library import words as library_words
from aanchal.places.models import Place
from aanchal.places.terms import Level

MOST_PLACES = 60
NAMED = (Level.STATE, Level.DISTRICT, Level.BLOCK)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class Says(forms.Form):
    """A form that can say what an action refused."""

    def refuse(self, refused) -> None:
        for field, code in refused.faults:
            self.add_error(field if field in self.fields else None, words.FAULTS.get(code) or library_words.FAULTS[code])


class AdvisoryForm(Says):
    number = forms.CharField(label=_("Number"), max_length=80)
    title = forms.CharField(label=_("Title"), max_length=300)
    dated_on = forms.DateField(label=_("Dated"), widget=DayInput)


class CodesField(forms.CharField):
    """LGD codes of states, districts or blocks, such as 603/district; Place rows of them."""

    def clean(self, value):
        said = [one for one in (super().clean(value) or "").replace(",", " ").split() if one]
        if len(said) > MOST_PLACES:
            raise forms.ValidationError(_("At most %(most)s places are named.") % {"most": MOST_PLACES})
        return [self._place(one) for one in said]

    @staticmethod
    def _place(one: str) -> Place:
        code, _slash, level = one.partition("/")
        found = None
        if code.isascii() and code.isdigit() and len(code) < 15 and (not level or level.upper() in NAMED):
            levels = [level.upper()] if level else [Level.DISTRICT]
            found = Place.objects.filter(lgd_code=int(code), level__in=levels, part_of=None).first()
        if found is None:
            raise forms.ValidationError(
                _("%(code)s is no district. Of a state or block write its level: 20/state, 603/block.") % {"code": one}
            )
        return found


class DirectionForm(Says):
    words = forms.CharField(label=_("What must be done"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.ChoiceField(label=_("Who must act"), choices=terms.Unit)
    places = CodesField(
        label=_("Only in these places"), required=False, max_length=1_000,
        help_text=_("LGD codes of districts; of others with their level: 20/state, 603/block. Empty: everywhere the advisory reaches."),
    )  # fmt: skip
    due_on = forms.DateField(label=_("By which day"), widget=DayInput)
    evidence = forms.ChoiceField(label=_("What shows it"), choices=terms.Evidence)
    asked = forms.CharField(label=_("Evidence of what"), max_length=300, required=False)


class WithdrawForm(Says):
    words = forms.CharField(label=_("Why it holds no more"), max_length=300)


class AnswerForm(Says):
    words = forms.CharField(
        label=_("What was done"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Numbers and days, no name of a person."),
    )
    file = forms.FileField(label=_("File that shows it"), required=False, help_text=_("PDF, DOCX, JPEG, PNG or plain text, at most 10 MB."))


class DecideForm(Says):
    words = forms.CharField(
        label=_("Words to the unit"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to send it back."),
    )
