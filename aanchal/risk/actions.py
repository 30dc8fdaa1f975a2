"""Every change to what is known of a family's risk."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.people import actions as people
from aanchal.people.actions import HouseholdDetails
from aanchal.people.changes import Merge, Source
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.risk import appeals, queries, rules
from aanchal.risk.definition import Definition
from aanchal.risk.facts import SurveyRecorded
from aanchal.risk.models import Assessment, Grounds, IndexDefinition, Survey, VillageAssessment
from aanchal.risk.terms import Band, Subject


@dataclass(frozen=True)
class Rescored:
    """One batch of families assessed again: how many were looked at and changed, and who went from which band to which."""

    last: UUID | None
    seen: int
    changed: int
    moved: Counter[tuple[str, str]]


@action
def load_definitions(*, by) -> list[str]:
    """Keep each definition this program ships, once; a version already kept is not touched. Returns the new versions."""
    new = []
    for content in queries.shipped_definitions():
        loaded = rules.load(content)
        if not IndexDefinition.objects.filter(version=loaded.version).exists():
            row = IndexDefinition.objects.create(
                version=loaded.version, subject=loaded.key.upper(), effective_from=loaded.effective_from, content=_plain(content)
            )
            trail.write("risk.definition.loaded", about=row)
            new.append(loaded.version)
    return new


@action
def record_survey(
    *, details: HouseholdDetails, told: dict, place, visited_on: date, submission_id=None, seconds: int | None = None, at: datetime, by,
    source: Source | None = None,
) -> Survey:
    """A family as it was surveyed: household, members, and the facts the index reads (`rules.facts_of_survey`).

    Surveyed again, what was told is merged with what others changed meanwhile; `source` says what the worker had before her.
    """
    source = source or Source(by, visited_on, at, submission_id)
    household = people.record_household(details=details, place=place, visited_on=visited_on, at=at, by=by, source=source)
    if household.merge:
        told = _merged(household, household.merge, told)
        household.merge.write()
    return _survey(household, told, visited_on, submission_id, seconds=seconds, at=at, by=by)


@action
def record_follow_up(
    *, household: Household, told: dict, visited_on: date, submission_id: UUID | None, at: datetime, by, source: Source | None = None
) -> Survey:
    """A family visited again: what was asked anew is merged with what others changed meanwhile, the rest stays as it was told.

    The caller holds the family's row locked (`people.queries.locked`).
    """
    merge = Merge(household, source or Source(by, visited_on, at, submission_id), is_late=visited_on < household.visited_on)
    facts_now = _merged(household, merge, told)
    people.note_visit(household=household, on=visited_on, merge=merge, by=by)
    merge.write()
    return _survey(household, facts_now, visited_on, submission_id, at=at, by=by)


def _merged(household: Household, merge: Merge, told: dict) -> dict:
    """All that is known of a family once a visit is merged into it."""
    standing = queries.newest_facts(household)
    return standing | {fact: merge.take(fact, value, standing.get(fact)) for fact, value in told.items()}


def _survey(
    household: Household, told: dict, on: date, submission_id: UUID | None, *, seconds: int | None = None, at: datetime, by
) -> Survey:
    survey = new(
        Survey, household=household, place_no=household.place_no, facts=told, told_on=on, submission_id=submission_id, seconds=seconds,
    )
    insert(survey)
    facts.announce(SurveyRecorded(survey=survey, at=at, by=by, is_first=household.is_new))
    return survey


@action
def assess_first(*, survey: Survey, at: datetime, by) -> Assessment:
    """Assess a family of whom nothing was known before: its survey is all there is."""
    return _assess(survey.household, survey, survey.facts, on=survey.told_on, at=at)


@action
def assess_household(*, household: Household, on: date, at: datetime, by) -> Assessment:
    """Assess a family again from its latest survey and the registers; the earlier assessment stays in its history."""
    survey, told, is_disputed = queries.facts_of(household)
    Assessment.objects.filter(household=household, is_current=True).update(is_current=False)
    if survey and is_disputed:
        appeals.settle(household=household, survey=survey, at=at, by=by)
    return _assess(household, survey, told, on=on, at=at)


@action
def set_aside(*, household: Household, by) -> None:
    """A family that another record tells is counted by that one: its own assessment is history."""
    Assessment.objects.filter(household=household, is_current=True).update(is_current=False)
    trail.write("risk.household.set_aside", about=household)


@action
def rescore_place(*, place: Place, after: UUID | None = None, most: int, on: date, at: datetime, by, is_trial: bool = False) -> Rescored:
    """Assess families of a place again by the definition in force: `most` of them, those after a household.

    Only what a family's facts or a new version say otherwise is written, so that stopping and starting again does nothing twice.
    """
    households = list(queries.households_after(place, after)[:most])
    told = queries.facts_of_many(households)
    current = queries.current_of(households)
    found = {one.pk: _reading(one, told[one.pk][0], told[one.pk][1], on=on, at=at) for one in households}
    changed = [one for one in households if not _stands(current.get(one.pk), *found[one.pk])]
    bands = [(_band(current.get(one.pk)), found[one.pk][0].band) for one in changed]
    if changed and not is_trial:
        Assessment.objects.filter(household__in=changed, is_current=True).update(is_current=False)
        insert(*(found[one.pk][0] for one in changed))
        insert(*(found[one.pk][1] for one in changed))
        for one in changed:
            _note(found[one.pk][0])
    moved = Counter((before, now) for before, now in bands if before != now)
    return Rescored(last=households[-1].pk if households else None, seen=len(households), changed=len(changed), moved=moved)


@action
def assess_village(*, situation, at: datetime, by) -> VillageAssessment:
    """Read a village's situation analysis with the village index in force."""
    index = queries.definition_in_force(Subject.VILLAGE, day_in_india(at), situation)
    result = rules.assess(index, rules.facts_of_village(situation.facts))
    VillageAssessment.objects.filter(place=situation.place, is_current=True).update(is_current=False)
    assessment = VillageAssessment(
        place=situation.place,
        place_no=situation.place_no,
        definition_id=index.version,
        situation=situation,
        points=result.points,
        observed=result.observed_points,
        band=result.band,
        is_complete=result.is_complete,
        deprived=list(result.deprived),
        unknown=list(result.unknown),
        assessed_at=at,
    )
    insert(assessment)
    trail.write("risk.village.assessed", about=assessment, band=result.band, points=result.points)
    return assessment


@action
def open_private(*, assessment: Assessment, by) -> None:
    """What a family told in private is shown to someone whose task needs it: noted, as the reading of a name is."""
    trail.write("risk.reasons.opened", about=assessment.household)


@action
def open_moved(*, place: Place, families: int, by) -> None:
    """Which families a what-if would list or drop is shown by code: as chosen weights can tell a reason, it is noted like one."""
    trail.write("risk.what_if.opened", about=place, families=families)


@action
def note_export(*, place: Place, rows: int, kind: str, by) -> None:
    """The at-risk register of a place was taken out as a file."""
    trail.write("risk.register.exported", about=place, rows=rows, kind=kind)


def _assess(household: Household, survey: Survey | None, told: dict, *, on: date, at: datetime) -> Assessment:
    assessment, grounds = _reading(household, survey, told, on=on, at=at)
    insert(assessment)
    insert(grounds)
    _note(assessment)
    return assessment


def _reading(household: Household, survey: Survey | None, told: dict, *, on: date, at: datetime) -> tuple[Assessment, Grounds]:
    """What the index in force on the day of the reading says, and the village's own points beside it."""
    index = queries.definition_in_force(Subject.HOUSEHOLD, day_in_india(at), household)
    result = rules.assess(index, told)
    assessment = new(
        Assessment,
        household=household,
        place_no=household.place_no,
        definition_id=index.version,
        survey=survey,
        points=result.points,
        observed=result.observed_points,
        band=result.band,
        is_complete=result.is_complete,
        is_urgent=_openly_urgent(index, result.overrides),
        needs=_needs(index, result.deprived),
        assessed_on=on,
        assessed_at=at,
    )
    if own := queries.own_index(household.place_id, day_in_india(at), index):
        score = rules.score_of(own.definition, result.deprived, result.unknown)
        assessment.own_id, assessment.own_points = own.pk, score.points
        assessment.own_observed, assessment.own_band = score.observed_points, score.band
    grounds = new(
        Grounds,
        assessment=assessment,
        place_no=household.place_no,
        deprived=list(result.deprived),
        unknown=list(result.unknown),
        overrides=list(result.overrides),
        is_urgent=bool(result.overrides),
    )
    return assessment, grounds


def _note(assessment: Assessment) -> None:
    trail.write(
        "risk.household.assessed", about=assessment, band=assessment.band, points=assessment.points, version=assessment.definition_id
    )


_SAID = ("definition_id", "points", "observed", "band", "is_complete", "own_id", "own_points", "own_observed", "own_band")


def _stands(current: Assessment | None, now: Assessment, why: Grounds) -> bool:
    """The current assessment says the same by the same version and the same points: there is nothing to write."""
    if current is None or any(getattr(current, name) != getattr(now, name) for name in _SAID):
        return False
    then = current.grounds
    return (then.deprived, then.unknown, then.overrides) == (why.deprived, why.unknown, why.overrides)


def _band(assessment: Assessment | None) -> str:
    return assessment.band if assessment else Band.UNKNOWN


def _needs(index: Definition, deprived: tuple[str, ...]) -> list[str]:
    """What a family needs help with, as a village leader may know it: dimensions, and nothing told in private."""
    return list(dict.fromkeys(i.dimension for i in index.indicators if i.key in deprived and not i.is_private))


def _openly_urgent(index: Definition, overrides: tuple[str, ...]) -> bool:
    return any(o.key in overrides and not o.is_private for o in index.overrides)


def _plain(content: dict) -> dict:
    """Dates as text, for the JSON column."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in content.items()}
