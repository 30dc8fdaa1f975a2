"""The list of a training to sign on paper, and who trained whom."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.activities.cascade import Node
from aanchal.activities.models import Module
from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day

STEP = "– "
"""Before who was trained by the one above."""


def sheet(told: Mapping[str, Any], *, at: datetime) -> Paper:
    """`told` is what the page says of it: one, days, attendees, trainers and empty, a line for who comes besides."""
    one = told["one"]
    paper = Paper(_("Attendance"), get_language(), made_at=at, foot=f"{one.title}, {day(one.starts_on)}", landscape=True)
    when = day(one.starts_on) if one.days == 1 else f"{day(one.starts_on)} – {day(one.ends_on)}"
    trainers = ", ".join(each.participant.name for each in told["trainers"])
    paper.facts([
        (_("Training"), one.title), (_("Module"), one.module.title), (_("Place"), f"{one.place.local_name}, {one.venue}"),
        (_("Day"), when), (_("Who trains"), trainers or "–"),
    ])  # fmt: skip
    people = [(each.participant.name, each.participant.post) for each in told["attendees"]]
    blank = [""] * (len(told["days"]) + 2)
    rows = [(str(nth), *who, *blank) for nth, who in enumerate(people, start=1)] + [("", "", "", *blank) for _nth in told["empty"]]
    signed = [f"{day(on)} {_('Signature')}" for on in told["days"]]
    paper.table([_("No."), _("Name"), _("Post"), *signed, _("Test before"), _("Test after")], rows)
    paper.signature(_("Signature of who leads the training"))
    return paper


def tree(nodes: Iterable[Node], module: Module | None, *, on: date, at: datetime) -> Paper:
    paper = Paper(_("Who trained whom"), get_language(), made_at=at)
    paper.facts([(_("Module"), module.title if module else "–"), (_("Day"), day(on))])
    rows = list(_lines(nodes))
    if rows:
        paper.table([_("Name"), _("Post"), _("Place"), _("Has trained")], rows, numbers=[3])
    else:
        paper.paragraph(_("No master trainer of this module yet."))
    return paper


def _lines(nodes: Iterable[Node], depth: int = 0) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        yield STEP * depth + node.person.name, node.person.post, node.person.place.local_name, str(node.trained)
        yield from _lines(node.below, depth + 1)
