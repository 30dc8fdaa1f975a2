"""Reads of the index and of what it said."""

import time
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import yaml
from django.db.models import Case, F, IntegerField, QuerySet, When
from django.db.models.functions import Cast, Coalesce

from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.registers import queries as registers
from aanchal.risk import rules
from aanchal.risk.definition import Definition
from aanchal.risk.models import Assessment, IndexDefinition, Survey, VillageAssessment
from aanchal.risk.terms import AT_RISK_BANDS, Subject

SHIPPED = Path(__file__).parent / "definitions"
KEPT_SECONDS = 60


def shipped_definitions() -> list[dict]:
    """The definitions of this version of the program, as their files say them."""
    return [yaml.safe_load(path.read_text()) for path in sorted(SHIPPED.glob("*.yaml"))]


def definition_in_force(subject: Subject, on: date) -> Definition:
    """The version whose time has come; the first one for a day before any. The list of versions is read again at most once a minute."""
    versions = _versions(subject, int(time.monotonic()) // KEPT_SECONDS)
    return definition(next((version for since, version in reversed(versions) if since <= on), versions[0][1]))


@lru_cache(maxsize=8)
def definition(version: str) -> Definition:
    """A version by its name: what explains an old assessment."""
    return rules.load(IndexDefinition.objects.get(version=version).content)


@lru_cache(maxsize=2)
def _versions(subject: Subject, _minute: int) -> list[tuple[date, str]]:
    return list(IndexDefinition.objects.filter(subject=subject).order_by("effective_from").values_list("effective_from", "version"))


def facts_of(household: Household) -> tuple[Survey | None, dict]:
    """What the index reads of a family: its latest survey, and what the registers say since."""
    survey = household.surveys.order_by("-told_on", "-pk").first()
    facts = dict(survey.facts) if survey else {}
    for fact, holds in registers.open_flags(household).items():
        if holds:
            facts[fact] = True
    return survey, facts


def households_after(place: Place, pk: UUID | None) -> QuerySet[Household]:
    """The families of a place in the order of their ids, from one on; a block that lies in two districts is one place."""
    found = Household.objects.filter(registers.inside(place)).order_by("pk")
    return found.filter(pk__gt=pk) if pk else found


def facts_of_many(households: Iterable[Household]) -> dict[UUID, tuple[Survey | None, dict]]:
    """`facts_of` for many families in two questions."""
    pks = [household.pk for household in households]
    surveys = Survey.objects.filter(household__in=pks).order_by("household", "-told_on", "-pk").distinct("household")
    latest = {survey.household_id: survey for survey in surveys}
    told = {pk: (latest.get(pk), dict(latest[pk].facts) if pk in latest else {}) for pk in pks}
    for pk, flags in registers.open_flags_of(pks).items():
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


def visit_first(assessments: QuerySet[Assessment], *, openly: bool = False) -> QuerySet[Assessment]:
    """Urgent first, then the higher share of points, then the longest unvisited (rules.visit_order said in SQL).

    `openly`: what was told in private moves nobody up, for lists that are shown around.
    """
    total = Cast("definition__content__total_points", IntegerField())
    share = F("points") * 1.0 / Case(When(is_complete=True, then=F("observed")), default=total)
    urgent = F("is_urgent") if openly else Coalesce("grounds__is_urgent", "is_urgent")
    return assessments.annotate(share=share).order_by(urgent.desc(), F("share").desc(), "household__visited_on", "household__code")


def village_assessment(place) -> VillageAssessment | None:
    return VillageAssessment.objects.filter(place=place, is_current=True).select_related("definition").first()
