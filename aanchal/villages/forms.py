"""What a leader or worker fills in on the village's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.villages.rules import POINT_TYPES, Refused
from aanchal.villages.terms import Doer, DropReason, PointKind, PointType, WithdrawReason

FAULTS = {
    "personal_number": _("Leave out phone numbers and other long numbers: this page is read by many."),
    "in_the_future": _("This day has not come yet."),
    "too_long_ago": _("This day is more than two years ago: look at the year."),
    "length": _("This is too short or too long."),
    "out_of_range": _("This is not a position on the earth."),
    "actions_done": _("Actions of this roadmap are done: say of each that it is to be done again, first."),
    "not_of_this_kind": _("Choose what is there."),
}


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Told(forms.Form):
    """A form that can say what an action refused."""

    def refuse(self, refused: Refused) -> None:
        for field, code in refused.faults:
            self.add_error(field if field in self.fields else None, FAULTS[code])


class PointForm(Told):
    type = forms.ChoiceField(label=_("What is there?"))
    name = forms.CharField(
        label=_("What do people call this place?"), help_text=_("Not a person's name, no phone number."), min_length=2, max_length=80
    )
    latitude = forms.FloatField(label=_("Latitude"), help_text=_("As the phone shows it at the place, such as 17.4065."))
    longitude = forms.FloatField(label=_("Longitude"))
    note = forms.CharField(
        label=_("What should others know?"),
        help_text=_("For example, at what time it is dangerous. No names."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    told_on = Day(label=_("Told on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [(PointKind(kind).label, [(t, PointType(t).label) for t in types]) for kind, types in POINT_TYPES.items()]
        self.fields["type"].choices = [("", _("Choose")), *groups]

    def refuse(self, refused: Refused) -> None:
        super().refuse(Refused(("latitude", code) if field == "location" else (field, code) for field, code in refused.faults))


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why?"), choices=WithdrawReason)


class AdoptForm(Told):
    adopted_on = Day(label=_("Adopted on"))
    meeting = forms.CharField(label=_("In which meeting?"), max_length=120, initial=_("Meeting of the Village Organisation"))
    village_organisation = forms.CharField(label=_("Name of the Village Organisation"), max_length=120)


class StrikeForm(Told):
    why = forms.CharField(label=_("Why"), max_length=200, help_text=_("No names. It stays readable beside the line."))


class CorrectAdoptionForm(AdoptForm, StrikeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_correct_%s", **kwargs)
        self.order_fields(AdoptForm.base_fields)


class ActionForm(Told):
    title = forms.CharField(label=_("What is to be done?"), help_text=_("No names, no phone numbers."), max_length=200)
    who = forms.ChoiceField(label=_("Who does it?"), choices=Doer)
    due_on = Day(label=_("By when?"))


class CompleteForm(Told):
    done_on = Day(label=_("Done on"))
    note = forms.CharField(
        label=_("How did it go?"), help_text=_("No names."), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DropForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why is it dropped?"), choices=DropReason)
