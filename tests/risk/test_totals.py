"""Running totals equal a recount of the families, whatever happened to them and in whichever order."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.people.models import Household
from aanchal.people.terms import SocialCategory
from aanchal.risk import actions, counts, tasks, totals
from aanchal.risk.measures import Tally
from aanchal.risk.models import Assessment, IndexDefinition, Survey, Total, TotalChange
from tests.factories import DAY, NOON
from tests.risk.builders import HOUSEHOLD
from tests.risk.test_tally import any_facts, same
from tests.risk.world import SEVERE, family

VILLAGES = ("east village 1", "east village 2", "west village 1", "far village 1")
WIDE = ("east block", "west block", "east", "state", "far state", "nation")
ANOTHER = "household-another"


@pytest.fixture
def another(village):
    """A second version of the index, that a family can be under."""
    row = IndexDefinition.objects.get(version=HOUSEHOLD.version)
    with acting(SYSTEM):
        IndexDefinition.objects.create(
            version=ANOTHER, subject=row.subject, effective_from=row.effective_from + timedelta(days=900), content=row.content
        )
    return ANOTHER


def survey(rng, india):
    family(india[rng.choice(VILLAGES)], any_facts(rng), social_category=rng.choice(SocialCategory.values))


def revisit(rng, india):
    household = some(rng, Household)
    if household:
        Survey.objects.create(household=household, place_no=household.place_no, facts=any_facts(rng), told_on=DAY)
        Household.objects.filter(pk=household.pk).update(social_category=rng.choice(SocialCategory.values))
        actions.assess_household(household=household, on=DAY, at=NOON, by=SYSTEM)


def recategorise(rng, india):
    if household := some(rng, Household):
        Household.objects.filter(pk=household.pk).update(social_category=rng.choice(SocialCategory.values))


def rescore(rng, india):
    for household in Household.objects.all():
        if rng.random() < 0.5:
            Survey.objects.create(household=household, place_no=household.place_no, facts=any_facts(rng), told_on=DAY)
    actions.rescore_place(place=india[rng.choice(("nation", "east", "east village 1"))], most=100, on=DAY, at=NOON, by=SYSTEM)


def move(rng, india):
    if household := some(rng, Household):
        place = india[rng.choice(VILLAGES)]
        Household.objects.filter(pk=household.pk).update(place=place, place_no=place.place_no)
        Assessment.objects.filter(household=household).update(place_no=place.place_no)


def under_another_version(rng, india):
    if assessment := some(rng, Assessment):
        Assessment.objects.filter(pk=assessment.pk).update(definition_id=rng.choice((ANOTHER, HOUSEHOLD.version)))


def forget(rng, india):
    """No longer read as the family's state by anything: an assessment without a follower."""
    if assessment := some(rng, Assessment):
        Assessment.objects.filter(pk=assessment.pk).update(is_current=False)


def fold(rng, india):
    totals.fold(rng.choice((1, 2, 5, 100)))


STEPS = (survey, revisit, recategorise, rescore, move, under_another_version, forget, fold)


def some(rng, model):
    found = list(model.objects.order_by("pk"))
    return rng.choice(found) if found else None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=10), seed=st.integers(0, 2**32))
def test_it_is_what_a_recount_says_after_any_course_of_events(another, india, steps, seed):
    rng = random.Random(seed)
    with transaction.atomic():
        survey(rng, india)
        for step in steps:
            with acting(SYSTEM):
                step(rng, india)
                check(india, rng.choice(WIDE), rng.choice((None, *SocialCategory.values)))
        transaction.set_rollback(True)


def check(india, name, category):
    place = india[name]
    assert totals.checked().figures == 0
    if category is None:
        assert same(counts.tally(place, DAY, HOUSEHOLD), recounted(place))
        assert counts.scores(place, HOUSEHOLD) == scores(place)
    else:
        assert same(counts.tally_by_category(place, DAY)[category], recounted(place, category))


def rows_of(place, category=None):
    found = Assessment.objects.filter(is_current=True, definition_id=HOUSEHOLD.version, place_no__range=(place.place_no, place.last_no))
    if category:
        found = found.filter(household__social_category=category)
    return list(found.select_related("grounds"))


def recounted(place, category=None) -> Tally:
    observed, bands, raw, censored, urgent = Counter(), Counter(), Counter(), Counter(), 0
    for row in rows_of(place, category):
        observed[row.observed] += 1
        bands[row.band] += 1
        urgent += row.grounds.is_urgent
        raw.update(row.grounds.deprived)
        if row.band in HOUSEHOLD.poor_bands:
            censored.update((key, row.observed) for key in row.grounds.deprived)
    return Tally(HOUSEHOLD.version, observed, bands, urgent, raw, censored)


def scores(place):
    return dict(Counter((row.points, row.observed) for row in rows_of(place)))


def test_folding_changes_no_figure(village, india):
    for n in range(5):
        family(india[VILLAGES[n % 4]], SEVERE if n % 2 else {})
    with acting(SYSTEM):
        before = counts.tally(india["nation"], DAY), counts.tally(india["state"], DAY)
        assert TotalChange.objects.count() == 5
        tasks.fold_totals()
        assert TotalChange.objects.count() == 0
        assert same(before[0], counts.tally(india["nation"], DAY))
        assert same(before[1], counts.tally(india["state"], DAY))


def test_a_long_queue_is_folded_in_several_transactions(village, india, monkeypatch):
    monkeypatch.setattr(tasks, "A_FOLD", 2)
    deferred = []
    monkeypatch.setattr(tasks.fold_totals, "defer", lambda: deferred.append(1))
    for _ in range(3):
        family(village)
    tasks.fold_totals()
    assert deferred == [1]
    tasks.fold_totals()
    assert deferred == [1]


def test_an_assessment_that_stands_adds_nothing(village):
    found = family(village)
    with acting(SYSTEM):
        actions.rescore_place(place=village, most=10, on=DAY, at=NOON, by=SYSTEM)
        found.household.save(force_update=True)
        assert TotalChange.objects.count() == 1


def test_a_recount_begins_anew(village, india):
    family(village, SEVERE)
    family(india["far village 1"])
    with acting(SYSTEM):
        before = counts.tally(india["nation"], DAY)
        totals.recount()
        assert (TotalChange.objects.count(), Total.objects.exists()) == (0, True)
        assert same(counts.tally(india["nation"], DAY), before)
        assert totals.checked() == totals.Checked(0, 0, 0)


@pytest.mark.parametrize("table", ["risk_total", "risk_totalchange"])
@pytest.mark.parametrize(("role", "place"), [
    ("gender_crp", "east village 2"), ("block_officer", "west block"), ("state_expert", "far state"),
    ("national_analyst", "nation"), ("administrator", "nation"),
])
def test_it_shows_no_row_to_a_stranger(village, india, posted, table, role, place):
    family(village, SEVERE)
    family(village, SEVERE)
    totals.fold(1)
    with acting(posted(role, place)), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("statement", [
    "INSERT INTO risk_totalchange (place_no, version, category, points, observed, band, is_urgent, deprived, families)"
    " VALUES (1, 'x', 'SC', 0, 0, 'SEVERE', false, '{}', 1000)",
    "UPDATE risk_total SET families = 0",
    "DELETE FROM risk_total",
    "DELETE FROM risk_totalchange",
    "TRUNCATE risk_totalchange",
    "SELECT * FROM risk_lines(0, 288230376151711743, 'household-2026-1', NULL)",
    "SELECT * FROM risk_totals_counted()",
])
def test_the_application_itself_cannot_write_totals_or_read_past_the_gate(village, statement):
    family(village, SEVERE)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(statement)
