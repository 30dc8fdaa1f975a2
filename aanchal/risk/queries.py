"""Reads of the index and of what it said."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, When
from django.db.models.functions import Cast, Coalesce

from aanchal.core.yaml_files import read_yaml
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.registers import queries as registers
from aanchal.risk import rules
from aanchal.risk.definition import Definition
from aanchal.risk.models import Appeal, Assessment, IndexDefinition, OwnPoints, Survey, VillageAssessment
from aanchal.risk.terms import AT_RISK_BANDS, AppealState, Subject

SHIPPED = Path(__file__).parent / "definitions"
KEPT_SECONDS = 60


@cache
def shipped_definitions() -> list[dict]:
    """The definitions of this version of the program, as their files say them."""
    return [read_yaml(path) for path in sorted(SHIPPED.glob("*.yaml"))]


@dataclass(frozen=True)
class Version:
    """A version by its name, and where it holds: a state's numbers, or everywhere."""

    since: date
    version: str
    first: int | None
    last: int | None

    def holds_at(self, place) -> bool:
        return self.first is not None and place is not None and self.first <= place.place_no <= (self.last or 0)


@dataclass(frozen=True)
class Own:
    """The points a village signed, as an index of its own over the state's."""

    pk: UUID
    definition: Definition


def definition_in_force(subject: Subject, on: date, place=None, *, at_once: bool = False) -> Definition:
    """The version whose time has come: the state's own where `place` (anything with a place_no) lies, else the nation's.

    The first one for a day before any. The list of versions is read again once a minute, or `at_once`.
    """
    versions = _of_subject(subject) if at_once else _versions(subject, _minute())
    own = [one for one in versions if one.holds_at(place) and one.since <= on]
    nations = [one for one in versions if one.first is None]
    begun = own or [one for one in nations if one.since <= on]
    return definition(begun[-1].version if begun else nations[0].version)


def newest_definition(subject: Subject = Subject.HOUSEHOLD) -> Definition:
    """The nation's latest version, for the words and kinds of facts."""
    return definition_in_force(subject, date.max)


def own_index(village: int, on: date, index: Definition, *, at_once: bool = False) -> Own | None:
    """A village's own points for this version, where it signed some that hold on a day. Read again once a minute, or `at_once`.

    Points signed for another version lapse with it: the meeting weighed those questions, not these.
    """
    signed = _signed() if at_once else _own_points(_minute())
    begun = [one for one in signed.get(village, ()) if one["since"] <= on.isoformat()]
    if not begun or begun[-1]["definition"] != index.version or begun[-1]["points"] == index.points_of:
        return None
    return Own(UUID(begun[-1]["id"]), _adjusted(index.version, tuple(sorted(begun[-1]["points"].items()))))


def weighed_by(found: Assessment) -> Definition:
    """The index by which the families of this village are ordered: its own points where the assessment has them."""
    if found.own_id is None:
        return definition(found.definition_id)
    points = OwnPoints.objects.values_list("points", flat=True).get(pk=found.own_id)
    return _adjusted(found.definition_id, tuple(sorted(points.items())))


def forget() -> None:
    """After a version was approved or points were signed, so that this process knows at once."""
    for kept in (_versions, _own_points, definition, _adjusted):
        kept.cache_clear()


@lru_cache(maxsize=64)
def definition(version: str) -> Definition:
    """A version by its name: what explains an old assessment."""
    return rules.load(IndexDefinition.objects.get(version=version).content)


@lru_cache(maxsize=1_000)
def _adjusted(version: str, points: tuple[tuple[str, int], ...]) -> Definition:
    return rules.adjusted(definition(version), dict(points))


def _minute() -> int:
    return int(time.monotonic()) // KEPT_SECONDS


@lru_cache(maxsize=4)
def _versions(subject: Subject, _minute: int) -> list[Version]:
    return _of_subject(subject)


def _of_subject(subject: Subject) -> list[Version]:
    found = IndexDefinition.objects.filter(subject=subject).order_by("effective_from", "version")
    return [Version(*row) for row in found.values_list("effective_from", "version", "place__place_no", "place__last_no")]


@lru_cache(maxsize=2)
def _own_points(_minute: int) -> dict[int, list[dict]]:
    return _signed()


def _signed() -> dict[int, list[dict]]:
    """Every village's signed points, through a gate: the same for whoever acts first in this process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT risk_own_points()")
        told = cursor.fetchone()[0]
    found: dict[int, list[dict]] = {}
    for one in json.loads(told) if isinstance(told, str) else told:
        found.setdefault(one["place"], []).append(one)
    return found


def facts_of(household: Household) -> tuple[Survey | None, dict, bool]:
    """What the index reads of a family: its latest survey, what that and the registers say since, and whether an answer is disputed."""
    disputed = Appeal.objects.filter(household=OuterRef("household"), state=AppealState.OPEN)
    survey = household.surveys.annotate(has_appeal=Exists(disputed)).order_by("-pk").first()
    facts = _joined(household) if household.holds else dict(survey.facts) if survey else {}
    for fact, holds in registers.open_flags(household).items():
        if holds:
            facts[fact] = True
    return survey, facts, bool(survey and survey.has_appeal)


def newest_facts(household: Household) -> dict:
    """What a family has told so far: each survey holds all of it, merged when it came."""
    if household.holds:
        return _joined(household)
    survey = household.surveys.order_by("-pk").first()
    return dict(survey.facts) if survey else {}


def _joined(household: Household) -> dict:
    """What a family told by several records: the newest answer stands, an older one where the newer does not know."""
    newest = Survey.objects.filter(household__in=household.records).order_by("household", "-pk").distinct("household")
    facts: dict = {}
    for survey in sorted(newest, key=lambda one: one.pk):
        facts |= {fact: value for fact, value in survey.facts.items() if value is not None or fact not in facts}
    return facts


def households_after(place: Place, pk: UUID | None) -> QuerySet[Household]:
    """The families of a place in the order of their ids, from one on; a block that lies in two districts is one place."""
    found = Household.objects.filter(registers.inside(place)).order_by("pk")
    return found.filter(pk__gt=pk) if pk else found


def facts_of_many(households: Iterable[Household]) -> dict[UUID, tuple[Survey | None, dict]]:
    """`facts_of` for many families in two questions."""
    households = list(households)
    pks = [household.pk for household in households]
    surveys = Survey.objects.filter(household__in=pks).order_by("household", "-pk").distinct("household")
    latest = {survey.household_id: survey for survey in surveys}
    told = {pk: (latest.get(pk), dict(latest[pk].facts) if pk in latest else {}) for pk in pks}
    told |= {one.pk: (latest.get(one.pk), _joined(one)) for one in households if one.holds}
    for pk, flags in registers.open_flags_of(households).items():
        told[pk][1].update({fact: True for fact, holds in flags.items() if holds})
    return told


def current_of(households: Iterable[Household]) -> dict[UUID, Assessment]:
    """The current assessment of many families, with its grounds."""
    found = Assessment.objects.filter(household__in=[one.pk for one in households], is_current=True)
    return {assessment.household_id: assessment for assessment in found.select_related("grounds")}


def current(household: Household) -> Assessment | None:
    return household.assessments.filter(is_current=True).first()


def families(places=None) -> QuerySet[Assessment]:
    """Every family's current assessment, with its household; narrow it with `policy.visible` and a place."""
    return Assessment.objects.filter(is_current=True).select_related("household", "household__place")


def at_risk(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """The at-risk register: the bands from the cutoff up, and families with something urgent whatever their score."""
    return assessments.filter(band__in=AT_RISK_BANDS) | assessments.filter(is_urgent=True)


def visit_first(assessments: QuerySet[Assessment], *, openly: bool = False, is_own: bool = False) -> QuerySet[Assessment]:
    """Urgent first, then the higher share of points, then the longest unvisited (rules.visit_order said in SQL).

    `openly`: what was told in private moves nobody up, for lists that are shown around. `is_own`: by the village's own points.
    """
    total = Cast("definition__content__total_points", IntegerField())
    points, observed = (Coalesce("own_points", "points"), Coalesce("own_observed", "observed")) if is_own else (F("points"), F("observed"))
    share = points * 1.0 / Case(When(is_complete=True, then=observed), default=total)
    urgent = F("is_urgent") if openly else Coalesce("grounds__is_urgent", "is_urgent")
    return assessments.annotate(share=share).order_by(urgent.desc(), F("share").desc(), "household__visited_on", "household__code")


def village_assessment(place) -> VillageAssessment | None:
    return VillageAssessment.objects.filter(place=place, is_current=True).select_related("definition").first()


def open_appeals(place: Place) -> QuerySet[Appeal]:
    """Answers to be asked again, the longest waiting first; narrow it with `policy.visible`."""
    found = Appeal.objects.filter(registers.inside(place), state=AppealState.OPEN)
    return found.select_related("household", "household__place").order_by("raised_on", "pk")


def appeals_of(household: Household) -> QuerySet[Appeal]:
    """Every disputed answer of a family, the newest first."""
    return household.appeals.select_related("survey", "settled_by", "raised_by").order_by("-raised_at", "-pk")


def places_with_something_new(on: date) -> list[tuple[int, str]]:
    """Where a version or a village's points begin to hold on a day or began the day before."""
    days = (on - timedelta(days=1), on)
    versions = IndexDefinition.objects.filter(effective_from__in=days, place__isnull=False).values_list("place", "subject")
    signed = OwnPoints.objects.filter(effective_from__in=days).values_list("place", flat=True).distinct()
    return [*versions, *((place, str(Subject.HOUSEHOLD)) for place in signed)]
