"""Forms of advisories, directions and answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.advisories import terms, words
from aanchal.core import forms as core_forms
from aanchal.core.forms import DayInput
from aanchal.library import words as library_words
from aanchal.places.models import Place
from aanchal.places.queries import alike, within
from aanchal.places.terms import Level

MOST_PLACES, MOST_ALIKE = 60, 12
NAMED = (Level.STATE, Level.DISTRICT, Level.BLOCK)


class Says(core_forms.Says):
    FAULTS = library_words.FAULTS | words.FAULTS


class AdvisoryForm(Says):
    number = forms.CharField(label=_("Number"), max_length=80)
    title = forms.CharField(label=_("Title"), max_length=300)
    dated_on = forms.DateField(label=_("Dated"), widget=DayInput)


class DirectionForm(Says):
    words = forms.CharField(label=_("What must be done"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.ChoiceField(label=_("Who must act"), choices=terms.Unit)
    places = forms.CharField(
        label=_("Only in these places"), required=False, max_length=1_000,
        help_text=_("Names of States, districts or blocks, with commas between them. Empty: everywhere the advisory reaches."),
    )  # fmt: skip
    chosen = forms.MultipleChoiceField(label=_("Which of these"), required=False, widget=forms.CheckboxSelectMultiple)
    due_on = forms.DateField(label=_("By which day"), widget=DayInput)
    evidence = forms.ChoiceField(label=_("What shows it"), choices=terms.Evidence)
    asked = forms.CharField(label=_("Evidence of what"), max_length=300, required=False)

    def __init__(self, reach: Place, *args, **kwargs):
        """`reach` is the place of the advisory: no other is found."""
        super().__init__(*args, **kwargs)
        self.reach = reach
        self.offered = self.fields.pop("chosen")

    def clean_places(self) -> list[Place]:
        """Those that are meant. Where several fit a name the form asks which, and takes what was ticked."""
        told = [one for part in self.cleaned_data["places"].split(",") if (one := " ".join(part.split()))]
        if len(told) > MOST_PLACES:
            raise forms.ValidationError(_("At most %(most)s places are named.") % {"most": MOST_PLACES})
        found = [self._fitting(one) for one in told]
        ticked = set(self.data.getlist(self.add_prefix("chosen")))
        meant = [fits if len(fits) == 1 else [one for one in fits if str(one.pk) in ticked] for fits in found]
        self._offer([one for fits in found if len(fits) > 1 for one in fits])
        if not all(meant):
            raise forms.ValidationError(_("More than one place fits. Tick those that you mean."))
        return list({one.pk: one for fits in meant for one in fits}.values())

    def _fitting(self, said: str) -> list[Place]:
        """By name, or by LGD code (of a district unless a level is written: 20/state). Raises ValidationError for none and for too many."""
        name, _slash, level = (one.strip() for one in said.partition("/"))
        levels = [level.upper()] if level.upper() in NAMED else NAMED
        if name.isascii() and name.isdigit() and len(name) < 15:
            coded = Place.objects.filter(lgd_code=int(name), level=levels[0] if level else Level.DISTRICT, part_of=None)
            found = list(coded.filter(within(self.reach))[:1])
        else:
            found = alike(name, self.reach, levels, MOST_ALIKE)
        if not found:
            raise forms.ValidationError(_("%(name)s: there is no State, district or block of this name here.") % {"name": said})
        if len(found) > MOST_ALIKE:
            raise forms.ValidationError(_("More than %(most)s places fit %(name)s. Write more of it.") % {"most": MOST_ALIKE, "name": said})
        return found

    def _offer(self, found: list[Place]) -> None:
        if not found:
            return
        self.fields = self.fields | {"chosen": self.offered}  # another dictionary: Django walks over the one before
        self.offered.choices = [(str(one.pk), " · ".join(_parts_of(one))) for one in found]
        self.order_fields(self.base_fields)


def _parts_of(place: Place) -> list[str]:
    """What tells it from another of its name."""
    above = [one.local_name for one in (place.district, place.state) if one and one.pk != place.pk]
    return [place.local_name, str(place.get_level_display()), *above]


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
