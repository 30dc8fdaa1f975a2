"""What changed after the pilot: from ranks, beginnings and figures to a page in plain words; a stranger sees none of it."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection

from aanchal.access.acting import SYSTEM
from aanchal.access.acting import acting as acts
from aanchal.insight import changing, rules
from aanchal.insight.models import Comparison, Computation, Definition, Figure
from aanchal.pilots import actions as pilots
from aanchal.places.terms import Level
from aanchal.selection import actions as selection
from tests.factories import NOON, make_place
from tests.insight.builders import AT
from tests.selection.builders import make_run, make_series, record

pytestmark = pytest.mark.django_db
BEGAN, LAST = date(2026, 1, 1), date(2026, 6, 1)
CODE, SIDES = "TRK02", 4


@pytest.fixture
def pilot(india, posted):
    """A pilot in the district of four blocks that was ranked first; another of twelve blocks was not chosen."""
    with acts(SYSTEM):
        chosen, other = (make_place(Level.DISTRICT, india["state"], name) for name in ("chosen", "other"))
        own = [make_place(Level.BLOCK, chosen, f"pilot {n}") for n in range(SIDES)]
        beside = [make_place(Level.BLOCK, other, f"beside {n}") for n in range(3 * SIDES)]
    expert, analyst = posted("state_expert", "state"), posted("national_analyst", "nation")
    run = make_run(expert, india["state"], make_series("need", {chosen: 9.0, other: 5.0}))
    record(expert, chosen, "INTENSIVE_DISTRICT")
    with acts(expert):
        selection.choose(run=run, chosen=[(chosen.pk, "First")], by=expert)
        selection.submit(run=run, note="", at=NOON, by=expert)
    with acts(analyst):
        selection.decide(run=run, approved=True, note="In order", at=NOON, by=analyst)
    officer = posted("programme_officer", "state")
    with acts(officer):
        pilots.begin(state=india["state"], title="P", starts_on=BEGAN, ends_on=date(2027, 1, 1), runs=[run], at=NOON, by=officer)
    return SimpleNamespace(own=own, beside=beside, expert=expert)


def tell(pilot, more: int = 0, months: int = 12, code: str = CODE) -> None:
    """Of two hundred in each block and month: a hundred before, and since the beginning ten more everywhere and `more` in the pilot's."""
    with acts(SYSTEM):
        one = Definition.objects.filter(code=code).latest("version")
        since = [rules.month_after(LAST, -n) for n in range(months)]
        Computation.objects.bulk_create(Computation(month=month, at=AT, counted=1, figures=1, sha256="0") for month in since)
        Figure.objects.bulk_create(
            Figure(
                place=block, place_no=block.place_no, level="BLOCK", month=month, definition=one, is_typical=one.is_typical,
                denominator=200,
                numerator=100 + n % 5 + (month >= BEGAN) * (10 + n % 3 + (more if block in pilot.own else 0)),
            )
            for month in since for n, block in enumerate((*pilot.own, *pilot.beside))
        )  # fmt: skip


def compared() -> dict[str, Comparison]:
    with acts(SYSTEM):
        return {one.place.level: one for one in changing.compare(month=LAST, at=AT, by=SYSTEM)}


def test_a_change_in_the_pilots_blocks_is_found(pilot):
    tell(pilot, more=30)
    [told] = compared()["STATE"].changes
    assert (told["code"], told["verdict"], told["sets"], told["blocks"]) == (CODE, "BETTER", 4, 16)
    assert told["low"] < 15 < told["high"]
    assert told["high"] - told["low"] < 3


def test_a_typical_value_is_compared_in_its_own_unit(pilot, india, signed_in):
    """A hundred days in each block and month, ten more since the beginning, and in the pilot's blocks thirty fewer."""
    tell(pilot, more=-30, code="ENT02")
    [told] = compared()["STATE"].changes
    assert (told["code"], told["unit"], told["verdict"]) == ("ENT02", "DAYS", "BETTER")
    assert told["low"] < -30 < told["high"]
    page = signed_in(pilot.expert).get(f"/insight/{india['state'].pk}/changed/").content.decode()
    assert "days more than those beside them" in page


def test_where_all_blocks_changed_alike_nothing_is_claimed(pilot):
    tell(pilot)
    [told] = compared()["STATE"].changes
    assert told["verdict"] == "ALIKE"


def test_those_beside_were_ranked_and_not_chosen_and_stand_beside_one_only(pilot):
    tell(pilot)
    found = compared()["STATE"].sets
    assert {one["pilot"] for one in found} == {one.pk for one in pilot.own}
    beside = [key for one in found for key, _rank in one["beside"]]
    assert sorted(beside) == sorted(one.pk for one in pilot.beside)
    assert {one["rank"] for one in found} == {1}


def test_the_nation_has_the_sets_of_every_state_and_the_same_twice(pilot):
    tell(pilot, more=30)
    first, again = compared(), compared()
    assert first["NATION"].sets == first["STATE"].sets
    assert first["NATION"].sha256 == again["NATION"].sha256
    with acts(SYSTEM):
        assert Comparison.objects.count() == 2


def test_three_months_are_needed_on_either_side(pilot):
    tell(pilot, more=30, months=8)
    assert compared()["STATE"].changes == []


def test_the_page_says_it_in_words_and_shows_the_blocks(pilot, india, signed_in):
    tell(pilot, more=30)
    compared()
    page = signed_in(pilot.expert).get(f"/insight/{india['state'].pk}/changed/").content.decode()
    assert "Better than chance explains" in page
    assert "Chance does not explain it" in page
    assert "pilot 0" in page
    assert "beside 11" in page
    assert f"/insight/{india['state'].pk}/changed/" in signed_in(pilot.expert).get(f"/insight/{india['state'].pk}/").content.decode()


def test_without_a_pilot_the_page_says_what_it_needs(india, posted, signed_in):
    client = signed_in(posted("state_expert", "state"))
    assert "There is nothing to compare yet" in client.get(f"/insight/{india['state'].pk}/changed/").content.decode()
    assert signed_in(posted("district_manager", "east")).get(f"/insight/{india['east'].pk}/changed/").status_code == 404


def test_a_stranger_sees_no_comparison_and_nobody_writes_one(acting, pilot, india, posted, signed_in):
    tell(pilot)
    compared()
    stranger = posted("state_expert", "far state")
    assert signed_in(stranger).get(f"/insight/{india['state'].pk}/changed/").status_code == 404
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM insight_comparison")
        assert cursor.fetchone() == (0,)
    with acting(pilot.expert):
        assert Comparison.objects.count() == 1
        assert Comparison.objects.all().delete()[0] == 0
