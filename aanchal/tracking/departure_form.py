"""The form of a safe migration centre, filled before someone leaves."""

from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core import codes
from aanchal.core.forms import DayInput, OneRow, choose
from aanchal.people.actions import PersonDetails
from aanchal.people.queries import household_by_code
from aanchal.people.rules import Age
from aanchal.people.terms import Sex
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers import columns
from aanchal.registers.terms import Companion, MigrationMode, MigrationReason, MigrationType, Register, YesNoDontKnow
from aanchal.tracking.departing import AHEAD, Departure

MOST_VILLAGES = 300
TEXTS = ("phone_2", "agent_name", "agent_licence", "employer_name", "destination_state", "destination_district", "destination_address")
ASKED = ("migration_type", "migration_reason", "migration_mode", "companion", "employer_verified")


def _text(label, required=False, longest=120):
    return forms.CharField(label=label, max_length=longest, required=required)


class Telephone(forms.RegexField):
    def __init__(self, **more):
        said = _("A phone number has 3 to 15 digits, with blanks, + or - between them.")
        more |= {"required": False, "max_length": 20, "error_messages": {"invalid": said}}
        super().__init__(r"^[0-9+][0-9 -]{1,18}[0-9]$", **more)


class DepartureForm(forms.Form):
    village = OneRow(label=_("Village"), queryset=Place.objects.none())
    household_code = _text(_("Household code"), longest=20)
    name = _text(_("Name"), required=True)
    guardian_name = _text(_("Name of father, mother or husband"), required=True)
    sex = choose(_("Sex"), Sex.choices)
    years = forms.IntegerField(label=_("Age in years"), min_value=0, max_value=110)
    phone = Telephone(label=_("Mobile number"))
    phone_2 = Telephone(label=_("Second phone number"), help_text=_("Of a companion, the employer or the family at home."))
    leaves_on = forms.DateField(label=_("Leaves on"), widget=DayInput, help_text=_("Up to 60 days ahead."))
    migration_type = choose(_("How they go"), [one for one in MigrationType.choices if one[0] != "DAILY_COMMUTE"])
    migration_reason = choose(_("Reason"), MigrationReason.choices)
    migration_mode = choose(_("Through whom"), MigrationMode.choices)
    companion = choose(_("Who goes along"), Companion.choices)
    agent_name = _text(_("Agent, contractor or agency"))
    agent_licence = _text(_("Licence number of the agent or agency"), longest=60)
    employer_name = _text(_("Employer or workplace"))
    employer_verified = choose(_("Employer or address checked"), YesNoDontKnow.choices)
    destination_state = _text(_("State gone to"))
    destination_district = _text(_("District or city"))
    destination_address = _text(_("Address there"))
    expected_return_on = forms.DateField(label=_("Should be back on"), widget=DayInput, required=False)
    check_in_interval_days = forms.IntegerField(label=_("Days between calls"), min_value=1, max_value=90, initial=15)
    code_word = _text(_("Code word"), longest=40)
    consent = forms.BooleanField(label=_("She or he agrees that this is written down and that we call"))

    def __init__(self, user, today: date, data=None):
        super().__init__(data)
        self.today = today
        villages = policy.visible(user, Permission.ENTRY_RECORD, Place.objects.filter(level=Level.VILLAGE)).order_by("name", "pk")
        self.fields["village"].queryset = Place.objects.filter(pk__in=list(villages.values_list("pk", flat=True)[:MOST_VILLAGES])).order_by(
            "name", "pk"
        )
        if villages.count() == 1:
            self.fields["village"].initial = villages[0].pk
        self.fields["code_word"].help_text = _("Said on the phone, it means: I am not free to speak. It is sealed.")

    def clean_leaves_on(self) -> date:
        leaves_on = self.cleaned_data["leaves_on"]
        if leaves_on - self.today > AHEAD:
            raise forms.ValidationError(_("That is more than 60 days ahead. Register it nearer to the day."))
        return leaves_on

    def clean(self) -> dict:
        told = super().clean() or self.cleaned_data
        written, village = told.get("household_code"), told.get("village")
        told["household"] = None
        if (back := told.get("expected_return_on")) and (leaves := told.get("leaves_on")) and back < leaves:
            self.add_error("expected_return_on", _("That day lies before the day of leaving. Write a later day, or leave it empty."))
        if written and village:
            try:
                told["household"] = household_by_code(codes.normalise(written), village)
            except codes.NotACode:
                told["household"] = None
            if told["household"] is None:
                self.add_error("household_code", _("No family of this village has this code. Leave it empty if it is not known."))
        return told

    def departure(self) -> Departure:
        told = self.cleaned_data
        details = {key: told[key] for key in (*ASKED, "check_in_interval_days")}
        if told["expected_return_on"]:
            details["expected_return_on"] = told["expected_return_on"].isoformat()
        known = columns.keyed(Register.MIGRATION)
        person = PersonDetails(
            id=uuid4(), name=told["name"], guardian_name=told["guardian_name"], sex=told["sex"], phone=told["phone"],
            age=Age(basis="STATED", years=told["years"], told_on=self.today),
        )  # fmt: skip
        return Departure(
            person=person, leaves_on=told["leaves_on"], details=details, household=told["household"], code_word=told["code_word"],
            texts={key: told[key] for key in TEXTS if key in known and told[key]},
        )  # fmt: skip
