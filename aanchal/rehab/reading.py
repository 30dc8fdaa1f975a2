"""What was written beside the gates, of her way home and of visits: sealed words of a case in their order, each reading on the trail."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from aanchal.cases.models import Case
from aanchal.cases.pseudonyms import without_old
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.rehab import catalogue


@dataclass(frozen=True)
class Written:
    """One sealed note: of which day, beside what, by whom (of a way home several have written: nobody is named)."""

    on: date
    label: str
    words: str
    who: Any


@action
def read(*, case: Case, language: str, by) -> list[Written]:
    """The newest first. Notes of counselling are not among them: they are for two (docs/adr/0039)."""
    trail.write("rehab.words.read", about=case)
    found = [*_of_gates(case), *_of_the_way_home(case), *_of_repatriation(case, language)]
    plain = without_old(case)
    return sorted((replace(one, words=plain(one.words)) for one in found if one.words), key=lambda one: one.on, reverse=True)


def _of_gates(case: Case) -> Iterator[Written]:
    for one in case.gate_decisions.select_related("by").order_by("at", "pk"):
        yield Written(one.on, one.get_gate_display(), one.told().get("note", ""), one.by)


def _of_the_way_home(case: Case) -> Iterator[Written]:
    for back in case.returns.order_by("planned_at", "pk"):
        found_on = back.assessed_on or back.wish_on or back.cwc_order_on
        if found_on:
            yield Written(found_on, back.get_to_display(), back.told().get("note", ""), None)
    for visit in case.follow_ups.exclude(done_on=None).select_related("by").order_by("done_on", "pk"):
        yield Written(visit.done_on, visit.get_how_display(), visit.told().get("note", ""), visit.by)


def _of_repatriation(case: Case, language: str) -> Iterator[Written]:
    labels = {key: step.texts[language] for key, step in catalogue.steps().items()}
    for step in case.repatriation_steps.select_related("by").order_by("on", "pk"):
        yield Written(step.on, labels.get(step.key, step.key), step.told().get("number", ""), step.by)
