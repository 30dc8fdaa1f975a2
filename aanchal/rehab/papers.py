"""Papers of those who help others: what a counsellor was trained for, and what a resource person did and was paid."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day, number
from aanchal.rehab.models import Engagement


def counsellor_drawn(told: dict[str, Any], *, at: datetime) -> Paper:
    """`told` is what her page tells (rehab.views.counselling)."""
    one = told["one"]
    paper = Paper(_("Community counsellor"), get_language(), made_at=at)
    paper.facts([
        (_("Name"), one.user.name), (_("Place"), one.place.local_name), (_("Level"), str(told["level"])),
        (_("Recruited"), " · ".join(filter(None, (day(one.recruited_on), one.organisation)))), (_("Supervisor"), one.supervisor.name),
        (_("Agency or institution"), f"{one.agency.name} · {day(one.agency_since)}" if one.agency else "–"),
    ])  # fmt: skip
    paper.heading(_("Hours of training"))
    paper.table([_("Training"), _("Hours")], [(str(label), number(n)) for label, n in told["by_module"]])
    paper.paragraph(_("The hours are a proposal, not read in a norm."), small=True)
    paper.signature(_("Signed"))
    return paper


def done_drawn(told: dict[str, Any], done: Sequence[Engagement], *, at: datetime) -> Paper:
    """`told` is what the page of a resource person tells. Her name stays sealed: who hands it to her writes it."""
    one = told["one"]
    paper = Paper(_("Resource person"), get_language(), made_at=at)
    paper.facts([(_("Name"), "……………………………………"), (_("Place"), one.place.local_name), (_("Helps with"), ", ".join(map(str, told["fields"])))])
    paper.heading(_("What was done"))
    rows = [(day(each.on), each.get_field_display(), number(each.hours), f"₹ {number(each.rupees, 2)}", _paid(each)) for each in done]
    paper.table([_("Day"), _("What for"), _("Hours"), _("Honorarium"), _("Paid")], rows)
    paper.signature(_("Signed"))
    return paper


def _paid(one: Engagement) -> str:
    return day(one.paid_on) if one.paid_on else "–"
