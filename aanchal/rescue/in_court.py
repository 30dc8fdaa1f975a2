"""What the register of rescue tells a court of an FIR: number, sections, steps, hearings. Nobody's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day, moment
from aanchal.rescue import law
from aanchal.rescue.models import Fir


@dataclass(frozen=True)
class InCourt:
    heading: str
    facts: list[tuple[str, str]]
    steps: list[tuple[str, ...]]
    hearings: list[tuple[str, ...]]

    def draw(self, paper: Paper) -> None:
        paper.facts(self.facts)
        paper.heading(_("How it went"), level=3)
        paper.table([_("Day"), _("What"), _("Number")], self.steps)
        paper.heading(_("Hearings"), level=3)
        if self.hearings:
            paper.table([_("Day in court"), _("For"), _("What became of it"), _("Witnesses heard")], self.hearings, numbers=[3])
        else:
            paper.paragraph(_("No hearing yet."))


def told(fir: Fir) -> InCourt:
    steps = [(day(one.on), one.get_stage_display(), one.number) for one in sorted(fir.steps.all(), key=lambda one: (one.on, one.at))]
    hearings = [
        (day(one.on), one.get_purpose_display(), one.get_held_display(), str(one.witnesses or "–"))
        for one in sorted(fir.hearings.all(), key=lambda one: one.on)
    ]
    registered = (day(fir.registered_on), _("FIR registered"), fir.shown_number)
    return InCourt(_("FIR %(number)s") % {"number": fir.shown_number}, [*_facts(fir)], [registered, *steps], hearings)


def drawn(fir: Fir, *, at: datetime, by) -> Paper:
    """The FIR alone, for a court or for the case of someone rescued."""
    one = told(fir)
    paper = Paper(one.heading, get_language(), made_at=at, foot=f"{one.heading} · {fir.station}")
    paper.facts([(_("Printed on"), f"{moment(at)}, {by.name}")])
    one.draw(paper)
    paper.signature(_("Signed"))
    return paper


def _facts(fir: Fir) -> Iterator[tuple[str, str]]:
    known = law.sections()
    yield _("Police station"), f"{fir.station}, {fir.place.local_name}" + (f" ({_('Zero FIR')})" if fir.is_zero else "")
    if fir.offence_on:
        yield _("Day of the offence"), day(fir.offence_on)
    sections = sorted(fir.sections.all(), key=lambda one: (one.added_on, one.code))
    yield _("Sections of law"), "\n".join(f"{one.code} {known[one.code].local_text}" for one in sections if one.dropped_on is None)
    if dropped := [f"{one.code} ({day(one.dropped_on)})" for one in sections if one.dropped_on]:
        yield _("No longer charged"), ", ".join(dropped)
    yield _("Stage"), fir.get_stage_display()
    if fir.court or fir.court_number:
        yield _("Court"), " · ".join(filter(None, (fir.court, fir.court_number)))
