"""Places of help, danger and calamity: what may stand on the map, and how it leaves it again."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.db import DatabaseError, connection, transaction

from aanchal.access.acting import SYSTEM
from aanchal.core.models import Trail
from aanchal.places.terms import Level
from aanchal.villages import actions, pictures, queries, rules
from aanchal.villages.facts import SafetyPointRecorded
from aanchal.villages.models import SafetyPoint
from aanchal.villages.projection import Point
from aanchal.villages.terms import PointKind, PointType, WithdrawReason
from tests.factories import DAY, NOON, make_place
from tests.villages.build import make_point, well

FORM = yaml.safe_load(Path("aanchal/field/forms/safety_point.yaml").read_text())
PERSONAL = ["98765 43210", "+91-98765-43210", "call 9876543210 at night", "९८७६५ ४३२१०", "౯౮౭౬౫౪౩౨౧౦", "1234 5678 9012", "040 2345 6789"]
HARMLESS = ["Childline 1098", "NH 65, km 122", "since 2019", "police 112 or 181", "ward 4/2 near 3 wells", "15100", "गाँव का कुआँ"]


def test_it_knows_the_kinds_and_types_the_form_offers():
    offered = {point_type: choice["kind"] for point_type, choice in FORM["choices"]["type"].items()}
    assert offered == rules.KIND_OF
    assert tuple(FORM["choices"]["kind"]) == tuple(PointKind)
    assert set(PointType) == set(offered) == set(queries.ICONS)


def test_it_has_no_type_for_the_home_of_a_family():
    assert not [point_type for point_type in PointType if {"HOME", "HOUSE", "SURVIVOR"} & set(point_type.split("_"))]


@pytest.mark.parametrize("text", PERSONAL)
def test_it_refuses_a_number_of_a_person_in_any_script(text):
    assert rules.holds_a_number_of_a_person(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_it_lets_helplines_roads_and_years_stand(text):
    assert not rules.holds_a_number_of_a_person(text)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"type": "POLICE"}, ("type", "not_of_this_kind")),
        ({"type": "SURVIVOR_HOME"}, ("type", "not_of_this_kind")),
        ({"name": " x "}, ("name", "length")),
        ({"name": "x" * 81}, ("name", "length")),
        ({"name": "Agent 98765 43210"}, ("name", "personal_number")),
        ({"note": "Ask at 98765 43210"}, ("note", "personal_number")),
        ({"note": "x" * 1001}, ("note", "length")),
        ({"longitude": 180.5}, ("location", "out_of_range")),
        ({"latitude": float("nan")}, ("location", "out_of_range")),
    ],
)
def test_it_refuses_what_may_not_stand_on_a_map(india, crp, acting, changed, fault):
    with acting(crp), pytest.raises(actions.Refused) as refusal:
        actions.record_safety_point(details=well(**changed), place=india["east village 1"], told_on=DAY, at=NOON, by=crp)
    assert refusal.value.faults == (fault,)


def test_it_is_announced_and_on_the_trail_without_its_name(india, crp, officer, acting, announced):
    point = make_point(india["east village 1"], by=crp)
    assert announced == [SafetyPointRecorded(point=point, by=crp)]
    with acting(officer):
        line = Trail.objects.get(about_id=str(point.pk))
    assert line.detail == {"kind": "DANGER", "type": "WATER_TOILET"}


def test_it_leaves_the_map_and_not_the_records(india, crp, acting):
    village = india["east village 1"]
    point = make_point(village, by=crp)
    with acting(crp):
        actions.withdraw_safety_point(point=point, reason="GONE", at=NOON, by=crp)
        assert list(queries.standing_points(village)) == []
        assert list(queries.withdrawn_points(village)) == [point]
        kept = SafetyPoint.objects.get()
        assert (kept.withdrawn_at, kept.withdrawn_by, kept.withdraw_reason) == (NOON, crp, WithdrawReason.GONE)


def test_it_comes_back_where_it_was(india, crp, acting):
    village = india["east village 1"]
    point = make_point(village, by=crp)
    with acting(crp):
        actions.withdraw_safety_point(point=point, reason="MISTAKE", at=NOON, by=crp)
        actions.restore_safety_point(point=point, by=crp)
        back = queries.standing_points(village).get()
    assert (back.withdrawn_at, back.withdraw_reason, back.longitude) == (None, "", 80.1)


def test_it_tells_the_second_of_two_who_press_at_once(india, crp, acting):
    point = make_point(india["east village 1"], by=crp)
    with acting(crp):
        seen_by_another = SafetyPoint.objects.get()
        actions.withdraw_safety_point(point=point, reason="GONE", at=NOON, by=crp)
        with pytest.raises(rules.NotPossible):
            actions.withdraw_safety_point(point=seen_by_another, reason="DOUBLE", at=NOON + timedelta(1), by=crp)
        assert SafetyPoint.objects.get().withdraw_reason == "GONE"
        actions.restore_safety_point(point=point, by=crp)
        with pytest.raises(rules.NotPossible):
            actions.restore_safety_point(point=point, by=crp)


@pytest.mark.parametrize("told", ["name = 'Other'", "longitude = 0", "place_no = 1", "note = 'x'", "told_on = '2020-01-01'"])
def test_it_is_closed_to_a_change_of_what_was_told(india, crp, acting, told):
    make_point(india["east village 1"], by=crp)
    with acting(crp), connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        cursor.execute(f"UPDATE villages_safetypoint SET {told}")


def test_it_gives_the_map_its_marks(india, crp, acting):
    village = india["east village 1"]
    danger, help_place = make_point(village), make_point(village, kind="HELP", type="POLICE", name="Outpost", latitude=10.3)
    make_point(village, kind="CALAMITY", type="FLOOD", name="Low fields")
    gone = make_point(village, name="Old bar", type="LIQUOR_SHOP")
    with acting(SYSTEM):
        make_place(Level.HAMLET, village, "Upper hamlet")
    with acting(crp):
        actions.withdraw_safety_point(point=gone, reason="GONE", at=NOON, by=crp)
        marks = queries.map_points(village)
    assert marks.danger == (pictures.Place(str(danger.pk), "Old well", "droplets", Point(80.1, 10.2), is_danger=True),)
    assert marks.help == (pictures.Place(str(help_place.pk), "Outpost", "shield", Point(80.1, 10.3)),)
    assert marks.calamity == (pictures.Area("Low fields", (Point(80.1, 10.2),)),)
    assert [hamlet.name for hamlet in marks.hamlets] == ["Upper hamlet"]
    assert marks.places == marks.danger + marks.help


def test_it_draws_every_type_with_an_icon_that_exists():
    marks = [pictures.Place(code, code, icon, Point(80 + i / 1000, 10)) for i, (code, icon) in enumerate(queries.ICONS.items())]
    assert pictures.MapPicture(title="All", words={}, places=marks).drawing.count('class="place help-place"') == len(PointType)


def test_it_shows_a_stranger_nothing_and_takes_nothing_from_her(india, stranger, acting):
    village = india["east village 1"]
    point = make_point(village)
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM villages_safetypoint")
        assert cursor.fetchone() == (0,)
        assert queries.map_points(village).danger == ()
        with pytest.raises(rules.NotPossible):
            actions.withdraw_safety_point(point=point, reason="GONE", at=NOON, by=stranger)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            actions.record_safety_point(details=well(), place=village, told_on=DAY, at=NOON, by=stranger)
