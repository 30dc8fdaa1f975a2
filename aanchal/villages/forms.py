"""What a leader or worker fills in on the village's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core.forms import DayInput
from aanchal.villages.demanding import MOST
from aanchal.villages.models import PlanDemand
from aanchal.villages.rules import POINT_TYPES, Refused, plan_years, shown_year
from aanchal.villages.terms import Demand, Doer, DropReason, PointKind, PointType, WithdrawReason

FAULTS = {
    "personal_number": _("Leave out phone numbers and other long numbers: this page is read by many."),
    "in_the_future": _("This day has not come yet."),
    "too_long_ago": _("This day is more than two years ago: look at the year."),
    "length": _("This is too short or too long."),
    "out_of_range": _("This is not a position on the earth."),
    "actions_done": _("Actions of this roadmap are done: say of each that it is to be done again, first."),
    "not_of_this_kind": _("Choose what is there."),
    "not_of_this_plan": _("The plan of a year is made in the year before it or in that year."),
    "out_of_numbers": _("Between 1 and 20,000."),
    "answered": _("The panchayat has answered this: the number asked for cannot be changed any more."),
    "more_than_asked": _("More than asked for it."),
    "more_than_taken": _("More than were taken into the plan."),
    "before_it_was_given": _("This is before the day on which it was given to the Gram Sabha."),
    "before_it_was_taken": _("This is before the day on which the panchayat took it."),
    "day_is_missing": _("Tell both the number and the day."),
}


class Day(forms.DateField):
    widget = DayInput


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


class DemandForm(Told):
    year = forms.TypedChoiceField(label=_("Plan of the year"), coerce=int)
    kind = forms.ChoiceField(label=_("What do they ask for?"), choices=Demand)
    families = forms.IntegerField(label=_("How many families at risk ask for it?"), min_value=1, max_value=MOST)
    given_on = Day(label=_("Given to the Gram Sabha on"))

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        now, following = plan_years(today)
        self.fields["year"].choices = [(year, shown_year(year)) for year in (following, now, now - 1)]


class AnswerForm(Told):
    demand = forms.ModelChoiceField(label=_("Which demand?"), queryset=PlanDemand.objects.none(), empty_label=None)
    taken = forms.IntegerField(label=_("For how many families did the panchayat take it into its plan?"), min_value=0, max_value=MOST)
    taken_on = Day(label=_("Decided on"))
    reached = forms.IntegerField(label=_("To how many families has it come?"), min_value=0, max_value=MOST, required=False)
    reached_on = Day(label=_("Known on"), required=False)

    def __init__(self, *args, demands, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["demand"].queryset = demands
        self.fields["demand"].label_from_instance = lambda one: f"{one.get_kind_display()}, {one.shown_year}"
