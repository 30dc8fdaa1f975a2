"""A month's figures: made from counts, the same twice, seen by who may, and every number opens a list of that many lines."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.policy import day_in_india
from aanchal.insight import actions, rules
from aanchal.insight.models import Attention, Counted, Figure
from aanchal.places.terms import Level
from tests.factories import make_place
from tests.insight.builders import AT, computed, counted
from tests.insight.following import rows_of_all
from tests.portal.builders import AT_RISK, families
from tests.registers.builders import make_entry, someone

MARCH = date(2026, 3, 1)
THIS_MONTH = rules.month_of(day_in_india(timezone.now()))
PEOPLE = [3, 20, 4, 30, 0, 0]


@pytest.fixture
def lines(india):
    """Fourteen migrants of two villages in March, eleven of the first; one in another month; a family at risk."""
    for n in range(14):
        village = india["east village 1" if n < 11 else "east village 2"]
        make_entry(village, on=date(2026, 3, 1 + n), who=someone(name=f"Asha {n}", years=12 if n < 2 else 30))
    make_entry(india["east village 1"], on=date(2026, 2, 2), who=someone(name="Meena"))


def figure(code: str, place, month=MARCH) -> tuple[int, int | None]:
    found = Figure.objects.get(definition__code=code, place=place, month=month)
    return found.numerator, found.denominator


def test_it_counts_a_month_from_the_village_to_the_nation(acting, india, lines):
    computed(MARCH)
    with acting(SYSTEM):
        for name in ("east block", "east", "state", "nation"):
            row = Counted.objects.get(measure="migrations", place=india[name], month=MARCH)
            assert (row.n, row.female_child, row.female_adult) == (14, 2, 12), name
            assert figure("TRK02", india[name])[1] == 14
        assert not Counted.objects.filter(measure="migrations", place=india["west"]).exists()


def test_the_same_counts_give_the_same_digest(india, lines):
    first, second = computed(MARCH), computed(MARCH)
    assert first.sha256 == second.sha256
    make_entry(india["east village 1"], on=date(2026, 3, 20), who=someone(name="Late"))
    assert computed(MARCH).sha256 != first.sha256


def test_a_figure_keeps_the_version_of_its_definition(acting, india, lines, monkeypatch, tmp_path):
    computed(MARCH)
    from tests.insight.test_definitions import written

    monkeypatch.setattr(actions, "SHIPPED", written(tmp_path, counts=["forces", "forces_met"], version=2))
    with acting(SYSTEM):
        before = set(Figure.objects.filter(month=MARCH).values_list("definition_id", flat=True))
        actions.load_definitions(by=SYSTEM)
        assert set(Figure.objects.filter(month=MARCH).values_list("definition_id", flat=True)) == before


def test_what_stands_is_not_guessed_for_a_month_long_past(acting, india, village_with_families):
    computed(MARCH, timezone.now())
    computed(THIS_MONTH, timezone.now())
    with acting(SYSTEM):
        assert not Counted.objects.filter(measure="families_at_risk", month=MARCH).exists()
        assert figure("PRV10", india["east"], THIS_MONTH) == (3, 3)


@pytest.fixture
def village_with_families(india):
    return families(india["east village 1"], AT_RISK, 3)


def test_every_number_of_a_block_opens_a_list_of_that_many_lines(india, lines, posted, village_with_families):
    """Each link of the page, followed, leads to a list whose number of rows is the number that was pressed"""
    for month in (MARCH, THIS_MONTH):
        computed(month, timezone.now())
    officer = posted("block_officer", "east block")
    assert rows_of_all(officer, [india["east block"]], (MARCH, THIS_MONTH)) >= {"migrations", "families_at_risk", "families"}


def test_it_shows_why_it_cannot_compute_the_others(india, lines, posted, signed_in):
    computed(MARCH)
    page = signed_in(posted("national_analyst", "nation")).get(f"/insight/{india['nation'].pk}/").content.decode()
    assert "the survey does not ask for income" in page
    assert "LIV07" in page


def test_small_numbers_are_kept_from_who_may_only_count(acting, india, posted, lines):
    """In the database too: the row is not there."""
    analyst = posted("national_analyst", "nation")
    counted(MARCH, "missing", {india["east"]: [0, 4, 0, 0, 0, 0], india["west"]: [0, 12, 0, 0, 0, 0]})
    with acting(analyst):
        assert set(Counted.objects.filter(measure="missing").values_list("place__name", flat=True)) == {"west", "state", "India"}
    with acting(posted("district_manager", "east")):
        assert Counted.objects.get(measure="missing").n == 4


def test_a_stranger_sees_no_figure(acting, india, lines, posted, signed_in):
    computed(MARCH)
    stranger = posted("district_manager", "far")
    client = signed_in(stranger)
    for name in ("east", "east block", "state", "nation"):
        assert client.get(f"/insight/{india[name].pk}/").status_code == 404
    assert client.get(f"/insight/{india['far'].pk}/").status_code == 200
    with acting(stranger), connection.cursor() as cursor:
        for table in ("insight_counted", "insight_figure", "insight_attention"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE place_id <> ALL (%s)", [_places_of(india, "far")])
            assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM insight_heldtable")
        assert cursor.fetchone() == (0,)


def _places_of(india, district: str) -> list[int]:
    return [place.pk for name, place in india.items() if name.startswith(district) and "state" not in name]


def test_nobody_but_the_program_writes_a_figure(acting, posted, india, lines):
    from django.db import DatabaseError, transaction

    computed(MARCH)
    analyst = posted("national_analyst", "nation")
    with acting(analyst), pytest.raises(DatabaseError), transaction.atomic():
        Counted.objects.create(place=india["east"], place_no=india["east"].place_no, level="DISTRICT", month=MARCH, measure="firs", n=900)
    with acting(analyst):
        assert Counted.objects.filter(month=MARCH).delete()[0] == 0


def test_a_target_is_set_by_who_may_and_shown_as_missed(india, lines, posted, signed_in):
    computed(MARCH)
    client = signed_in(posted("state_expert", "state"))
    path = f"/insight/{india['state'].pk}/"
    assert client.post(f"{path}target/?month=2026-03", {"code": "TRK02", "value": "101"}).status_code == 422
    assert client.post(f"{path}target/?month=2026-03", {"code": "TRK02", "value": "90"}).status_code == 302
    assert "90" in client.get(path).content.decode()
    other = signed_in(posted("district_manager", "east"))
    assert other.post(f"/insight/{india['east'].pk}/target/", {"code": "TRK02", "value": "90"}).status_code == 404


def test_who_is_silent_is_named_first(acting, india, posted, signed_in, lines):
    computed(MARCH)
    with acting(SYSTEM):
        assert Attention.objects.get(place=india["west"], month=MARCH).reasons == ["ALL:SILENT"]
    page = signed_in(posted("state_expert", "state")).get(f"/insight/{india['state'].pk}/").content.decode()
    assert "Silent is not the same as safe" in page


def test_the_page_asks_the_same_number_of_questions_however_many_places(acting, india, posted, signed_in, lines):
    computed(MARCH)
    client = signed_in(posted("state_expert", "state"))
    path = f"/insight/{india['state'].pk}/"
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    with acting(SYSTEM):
        for n in range(8):
            make_place(Level.DISTRICT, india["state"], f"new {n}")
    computed(MARCH, AT)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few) < 30
