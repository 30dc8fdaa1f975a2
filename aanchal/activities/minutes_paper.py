"""A meeting on paper: its notice, who was there, its minutes with their corrigenda, what was decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day


def drawn(told: Mapping[str, Any], *, at: datetime) -> Paper:
    """`told` is what the page says of it: one, attendance, minutes, points and, where a later meeting closed some, closed_here."""
    one = told["one"]
    paper = Paper(one.title, get_language(), made_at=at, foot=f"{one.title}, {day(one.on)}")
    kind = f"{one.get_kind_display()}, {one.task_force.title}" if one.task_force else one.get_kind_display()
    paper.facts([
        (_("Kind"), kind), (_("Place"), f"{one.place.local_name}, {one.venue}"), (_("Day"), f"{day(one.on)}, {one.starts_at:%H:%M}"),
        (_("Standing"), one.get_state_display()),
    ])  # fmt: skip
    paper.heading(_("Agenda"))
    _words(paper, one.agenda)
    if seats := [(each.office, _("There") if each.was_there else _("Not there")) for each in told["attendance"]]:
        paper.heading(_("Who was there"))
        paper.facts(seats)
    for each in told["minutes"]:
        paper.heading(pgettext("meeting", "Minutes") if each.nth == 1 else _("Corrigendum"))
        _words(paper, each.words)
        if each.file_kind:
            paper.paragraph(_("Minutes are kept as a file."))
    if points := [(each.decision, each.office, day(each.due_on), each.get_state_display()) for each in told["points"]]:
        paper.heading(_("What was decided"))
        paper.table([_("What was decided"), _("Office"), _("By when"), _("Standing")], points)
    if closed := [(each.decision, each.office, each.evidence, each.get_state_display()) for each in told.get("closed_here", ())]:
        paper.heading(_("What was closed here"))
        paper.table([_("What was decided"), _("Office"), _("What shows it"), _("Standing")], closed)
    paper.signature(_("Signature"))
    return paper


def _words(paper: Paper, text: str) -> None:
    for line in text.splitlines():
        if line.strip():
            paper.paragraph(line.strip())
