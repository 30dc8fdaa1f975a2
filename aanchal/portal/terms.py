"""The words of the portal: what is counted, and the forms a phone sends."""

from django.utils.translation import gettext_lazy as _

MEASURES = {
    "households": _("Families recorded"),
    "surveyed": _("Families surveyed"),
    "at_risk": _("At risk"),
    "severe": _("Severe risk"),
    "urgent": _("Act today"),
    "migration": _("Migration"),
    "marriage": _("Marriage"),
    "missing": _("Missing"),
    "left": _("Women and girls who left"),
    "flagged": _("Submissions to review"),
    "overdue": _("Roadmap actions overdue"),
}
REGISTERS = ("migration", "marriage", "missing", "left")
REGISTER_ICONS = {"migration": "bus", "marriage": "gem", "missing": "user-search", "left": "door-open"}
FORMS = {
    "household_survey": _("Family survey"),
    "village_situation": _("Village situation"),
    "safety_point": _("Safety map point"),
    "migration_entry": _("Migration entry"),
    "marriage_entry": _("Marriage entry"),
    "missing_entry": _("Missing person report"),
    "departure_entry": _("Woman or girl who left"),
    "follow_up": _("Follow-up visit"),
    "check_in": _("Check-in"),
}


def form_title(form_id: str) -> str:
    return str(FORMS.get(form_id, form_id))
