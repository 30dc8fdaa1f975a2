"""The counts the database gives are those of the rows, for who may count there and for nobody else."""

import random

import pytest
from django.db import ProgrammingError, connection

from aanchal.access.acting import SYSTEM, acting
from aanchal.people.terms import SocialCategory
from aanchal.risk import actions, counts, rules
from aanchal.risk.measures import Tally
from aanchal.risk.measures import tally as tally_of
from aanchal.risk.models import Assessment
from tests.factories import DAY, NOON
from tests.risk.builders import HOUSEHOLD
from tests.risk.world import CALM, family

NUMBERS = {"debt_months": 120, "food_short_months": 12, "mgnregs_days": 366}


def any_facts(rng):
    """Facts like those of some family, with gaps; some families answer little, some hold much."""
    gap, holds = rng.choice([0, 0.1, 0.6]), rng.choice([0.1, 0.4, 0.8])
    told = {key: rng.randint(0, NUMBERS[key]) if key in NUMBERS else rng.random() < holds for key in CALM}
    return {key: None if rng.random() < gap else value for key, value in told.items()}


@pytest.fixture
def world(village, india):
    """Families of any kind in four villages: [(village, category, facts)]."""
    rng = random.Random(20261)
    places = [india[name] for name in ("east village 1", "east village 2", "west village 1", "far village 1")]
    told = [(rng.choice(places), rng.choice(SocialCategory.values), any_facts(rng)) for _ in range(60)]
    for place, category, facts in told:
        family(place, facts, social_category=category)
    return told


def same(one: Tally, other: Tally) -> bool:
    return _without_zeros(one) == _without_zeros(other)


def _without_zeros(counted: Tally):
    maps = (counted.observed, counted.bands, counted.raw, counted.censored)
    return counted.version, counted.urgent, [{key: n for key, n in each.items() if n} for each in maps]


def expected(world, within, category=None):
    chosen = [facts for place, held, facts in world if place.place_no in within.interval and category in (None, held)]
    return tally_of(HOUSEHOLD, [rules.assess(HOUSEHOLD, facts) for facts in chosen])


@pytest.mark.parametrize("name", ["nation", "state", "east", "east block", "east village 1", "west village 2", "far village 1"])
def test_it_counts_what_the_rows_say(world, india, posted, name):
    with acting(posted("national_analyst", "nation")):
        assert same(counts.tally(india[name], DAY), expected(world, india[name]))


def test_it_counts_many_places_as_each(world, india, posted):
    villages = [place for name, place in india.items() if "village" in name]
    with acting(posted("national_analyst", "nation")):
        found = counts.tallies(villages, DAY)
    assert all(same(found[place.pk], expected(world, place)) for place in villages)


@pytest.mark.parametrize("category", SocialCategory.values)
def test_it_counts_each_social_category(world, india, posted, category):
    with acting(posted("national_analyst", "nation")):
        assert same(counts.tally_by_category(india["state"], DAY)[category], expected(world, india["state"], category))


def test_it_adds_up_over_categories_and_over_places(world, india, posted):
    with acting(posted("national_analyst", "nation")):
        whole = counts.tally(india["nation"], DAY)
        for parts in (counts.tallies([india["state"], india["far state"]], DAY), counts.tally_by_category(india["nation"], DAY)):
            assert same(whole, sum(parts.values(), Tally(whole.version)))


def test_it_takes_away_what_it_added(world, india, posted):
    with acting(posted("national_analyst", "nation")):
        whole, part = counts.tally(india["nation"], DAY), counts.tally(india["state"], DAY)
    assert same(whole - part, expected(world, india["far state"]))


@pytest.mark.parametrize(
    ("role", "held", "asked"),
    [
        ("gender_crp", "east village 1", "east village 2"),
        ("gender_crp", "east village 1", "east block"),
        ("block_officer", "east block", "west village 1"),
        ("state_expert", "state", "far village 1"),
        ("state_expert", "state", "nation"),
    ],
)
def test_it_refuses_a_place_outside_the_readers_scope(world, india, posted, role, held, asked):
    with pytest.raises(ProgrammingError, match="not yours"), acting(posted(role, held)):
        counts.tally(india[asked], DAY)


def test_it_refuses_a_range_that_reaches_over_the_edge(world, india, posted):
    place = india["east village 1"]
    with pytest.raises(ProgrammingError, match="not yours"), acting(posted("gender_crp", "east village 1")), connection.cursor() as cursor:
        cursor.execute("SELECT risk_tally(%s, %s, 'household-1')", [place.place_no, place.last_no + 1])


def test_it_refuses_who_may_not_count_at_all(world, india, posted):
    with pytest.raises(ProgrammingError, match="not yours"), acting(posted("administrator", "nation")):
        counts.tally(india["east village 1"], DAY)


def test_it_gives_an_analyst_counts_and_no_row(world, india, posted):
    with acting(posted("national_analyst", "nation")):
        assert counts.tally(india["nation"], DAY).households == 60
        assert not Assessment.objects.exists()
        with connection.cursor() as cursor:
            for table in ("risk_assessment", "risk_grounds", "risk_survey", "people_household", "people_person", "people_membership"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)


def test_it_counts_only_the_current_assessment(village, india, posted):
    found = family(village, CALM)
    with acting(SYSTEM):
        actions.assess_household(household=found.household, on=DAY, at=NOON, by=SYSTEM)
        assert counts.tally(village, DAY).households == 1
