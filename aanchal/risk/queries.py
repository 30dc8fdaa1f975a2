"""Reads of the index and of what it said."""

import time
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from django.db.models import F, QuerySet

from aanchal.people.models import Household
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
    """The version whose time has come, read again at most once a minute."""
    return _in_force(subject, on, int(time.monotonic()) // KEPT_SECONDS)


@lru_cache(maxsize=8)
def definition(version: str) -> Definition:
    """A version by its name: what explains an old assessment."""
    return rules.load(IndexDefinition.objects.get(version=version).content)


@lru_cache(maxsize=8)
def _in_force(subject: Subject, on: date, _minute: int) -> Definition:
    rows = IndexDefinition.objects.filter(subject=subject)
    row = rows.filter(effective_from__lte=on).order_by("-effective_from").first() or rows.order_by("effective_from").first()
    return definition(row.version)


def facts_of(household: Household) -> tuple[Survey | None, dict]:
    """What the index reads of a family: its latest survey, and what the registers say since."""
    survey = household.surveys.order_by("-told_on", "-pk").first()
    facts = dict(survey.facts) if survey else {}
    for fact, holds in registers.open_flags(household).items():
        if holds:
            facts[fact] = True
    return survey, facts


def current(household: Household) -> Assessment | None:
    return household.assessments.filter(is_current=True).first()


def families(places=None) -> QuerySet[Assessment]:
    """Every family's current assessment, with its household; narrow it with `policy.visible` and a place."""
    return Assessment.objects.filter(is_current=True).select_related("household", "household__place")


def at_risk(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """The at-risk register: the bands from the cutoff up, and families with something urgent whatever their score."""
    return assessments.filter(band__in=AT_RISK_BANDS) | assessments.filter(is_urgent=True)


def visit_first(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Urgent first, then the higher share of points, then the longest unvisited (rules.visit_order said in SQL)."""
    return assessments.annotate(share=F("points") * 1.0 / F("observed")).order_by(
        F("grounds__is_urgent").desc(nulls_last=True), F("is_urgent").desc(), F("share").desc(nulls_last=True), "household__visited_on", "household__code"
    )


def village_assessment(place) -> VillageAssessment | None:
    return VillageAssessment.objects.filter(place=place, is_current=True).select_related("definition").first()
