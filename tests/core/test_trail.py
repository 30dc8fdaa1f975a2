"""Each line of the trail names who really acted, and stays."""

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import trail
from aanchal.core.models import Trail, TrailHead


@pytest.fixture
def village(india):
    return india["east village 1"]


def give_up(village) -> None:
    trail.write("tests.line", about=village, n="given up")
    raise LookupError


def lines(verb: str = "tests.line") -> list[Trail]:
    with acting(SYSTEM):
        return list(Trail.objects.filter(verb=verb).order_by("shard", "seq"))


def test_it_refuses_a_line_when_nobody_acts(village):
    with pytest.raises(trail.NobodyActing, match=r"tests\.line"):
        trail.write("tests.line", about=village)


def test_it_refuses_a_visitors_line(village):
    with pytest.raises(DatabaseError, match="nobody is acting"), acting(AnonymousUser()):
        trail.write("tests.line", about=village)
    assert lines() == []


def test_it_writes_who_did_what_to_which_record_and_where(village, crp):
    with acting(crp):
        trail.write("tests.line", about=village, on=date(2026, 4, 1), codes=["K7M2QX"], pk=(pk := uuid4()), nothing=None)
    [line] = lines()
    assert (line.actor, line.verb, line.about, line.about_id) == (crp.pk, "tests.line", "places.Place", str(village.pk))
    assert line.place_no == village.place_no
    assert line.detail == {"on": "2026-04-01", "codes": ["K7M2QX"], "pk": str(pk), "nothing": None}
    assert str(line).endswith(" tests.line")


def test_it_takes_the_place_it_is_told(village, india, crp):
    elsewhere = india["west village 1"].place_no
    with acting(crp):
        trail.write("tests.line", about=village, place_no=elsewhere)
        trail.write("tests.line", about=village, place_no=0)
    assert [line.place_no for line in lines()] == [elsewhere, 0]


def test_it_has_no_place_when_the_record_has_none(crp):
    with acting(crp):
        trail.write("tests.line", about=crp)
    assert [line.place_no for line in lines()] == [None]


def test_it_names_the_acting_user_even_inside_another(village, crp, officer):
    with acting(crp):
        trail.write("tests.line", about=village, n=1)
        with acting(officer):
            trail.write("tests.line", about=village, n=2)
            with acting(SYSTEM):
                trail.write("tests.line", about=village, n=3)
        trail.write("tests.line", about=village, n=4)
    actors = {line.detail["n"]: line.actor for line in lines()}
    assert actors == {1: crp.pk, 2: officer.pk, 3: None, 4: crp.pk}


def test_it_names_nobody_for_the_installation(village):
    with acting(SYSTEM):
        trail.write("tests.line", about=village)
    assert [line.actor for line in lines()] == [None]


def test_it_keeps_no_line_of_what_was_given_up(village, crp):
    with acting(crp):
        with pytest.raises(LookupError), acting(crp):
            give_up(village)
        trail.write("tests.line", about=village, n="kept")
    assert [line.detail["n"] for line in lines()] == ["kept"]


def test_it_forgets_the_lines_of_a_block_that_raised(village, crp):
    with pytest.raises(LookupError), acting(crp):
        give_up(village)
    with acting(crp):
        pass
    assert lines() == []
    with pytest.raises(trail.NobodyActing):
        trail.write("tests.line", about=village)


def test_it_numbers_the_lines_one_after_the_other(village, crp):
    for n in range(3):
        with acting(crp):
            trail.write("tests.line", about=village, n=n)
    written = lines()
    assert [line.detail["n"] for line in written] == [0, 1, 2]
    assert [line.seq - written[0].seq for line in written] == [0, 1, 2]
    assert (written[-1].shard, written[-1].seq) in {(head["shard"], head["seq"]) for head in trail.heads()}
    assert str(TrailHead.objects.get(shard=written[-1].shard)) == f"shard {written[-1].shard} at {written[-1].seq}"


def test_it_is_whole_by_itself_and_by_its_anchors(village, crp):
    with acting(crp):
        trail.write("tests.line", about=village, said='"quoted" \\ और')
    with acting(SYSTEM):
        assert trail.faults() == []
        assert trail.faults(trail.heads()) == []
        wrong = [head | {"mac": "00"} for head in trail.heads() if head["seq"]]
        assert wrong
        assert trail.faults(wrong) == [(head["shard"], head["seq"], "differs from the anchor outside") for head in wrong]


CHANGES = ["UPDATE core_trail SET verb = ''", "DELETE FROM core_trail", "TRUNCATE core_trail", "INSERT INTO core_trail (shard) VALUES (0)"]


@pytest.mark.parametrize("change", [*CHANGES, "UPDATE core_trailhead SET seq = 0", "SELECT * FROM core_secret"])
@pytest.mark.parametrize("by_system", [True, False])
def test_it_can_only_be_appended_to(village, crp, change, by_system):
    with acting(crp):
        trail.write("tests.line", about=village)
    with acting(SYSTEM if by_system else crp), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(change)
        assert Trail.objects.filter(verb="tests.line").exists() is by_system
    assert [line.verb for line in lines()] == ["tests.line"]


def test_it_is_read_by_whoever_may_read_it_there(village, crp, officer, stranger):
    with acting(crp):
        trail.write("tests.line", about=village)
    for user, seen in ((officer, 1), (crp, 0), (stranger, 0), (AnonymousUser(), 0)):
        with acting(user):
            assert Trail.objects.filter(verb="tests.line").count() == seen
