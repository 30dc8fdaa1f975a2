"""Her own record to take along: without her name and without a word that tells what it is; of counselling the days only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day


def drawn(told: dict[str, Any], *, at: datetime) -> Paper:
    """`told` is what her record's page tells (rehab.views.own)."""
    paper = Paper(_("What is kept"), get_language(), made_at=at, foot=told["code"])
    paper.paragraph(f"{told['code']} · {day(at)}")
    for heading, lines in _parts(told):
        shown = [line for line in lines if line]
        if shown:
            paper.heading(heading)
        for line in shown:
            paper.paragraph(line)
    return paper


def _parts(told: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield _("Is she ready?"), [told["course"], *(_gate(*gate) for gate in told["gates"])]
    yield _("What she learns"), [_learns(one, trade) for one, trade in told["courses"]]
    yield _("Benefits"), [f"{title} · {one.get_state_display()} · {day(one.moved_on)}" for one, title in told["benefits"]]
    yield _("Counselling"), [f"{day(one.on)} · {one.get_kind_display()} · {one.counsellor.name}" for one in told["sessions"]]
    yield _("Way home"), [_way(told["back"]), *map(_visit, told["visits"])]
    yield _("Leading others"), [f"{', '.join(map(str, told['fields']))} · {day(told['link'].chose_on)}"] if told["link"] else []
    yield _("What she agreed to"), [
        f"{one.get_purpose_display()} · {_('until %(day)s') % {'day': day(one.until)}}" for one in told["consents"]
    ]  # fmt: skip
    yield _("To keep this record"), [str(told["held"])]
    yield _("What she asked to change"), [line for one, words in told["corrections"] for line in _asked(one, words)]


def _gate(label: str, is_open: bool, at) -> str:
    return f"{label}: {_('yes') if is_open else _('not yet')}" + (f" · {day(at)}" if at else "")


def _learns(one, trade) -> str:
    what = f"{one.get_kind_display()}: {trade}" if trade else one.get_kind_display()
    return f"{what} · {one.get_state_display()} · {day(one.moved_on)}"


def _way(back) -> str:
    return f"{back.get_to_display()} · {back.get_state_display()} · {back.get_wish_display()}" if back else ""


def _visit(one) -> str:
    return f"{day(one.done_on)} · {one.get_how_display()}" if one.done_on else _("by %(day)s") % {"day": day(one.due_on)}


def _asked(one, words: dict[str, Any]) -> list[str]:
    return [words.get("words", ""), f"{day(one.asked_at)} · {one.get_state_display()}", words.get("answer", "")]
