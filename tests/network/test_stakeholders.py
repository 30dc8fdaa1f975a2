import pytest
from django.db import connection

from aanchal.access.acting import acting
from aanchal.core.likeness import name_key
from aanchal.network import directory, joining, stakeholders
from aanchal.network.models import Change, Pair, Stakeholder
from aanchal.network.rules import Refused, parent_fits
from aanchal.network.stakeholders import Details
from aanchal.network.terms import CATEGORY, KINDS, PEOPLE, PUBLIC_KINDS, StakeholderKind
from tests.factories import NOON
from tests.network.builders import entered


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ujala Mahila Samiti", "UJALA  samity"),
        ("Shakti Foundation", "Sakti Foundation"),
        ("Pragati Sewa", "Sewa Pragati"),
        ("Jyoti Khelkud", "Jioti Kelkud"),
        ("उजाला समूह", "समूह उजाला"),
    ],
)
def test_names_that_are_said_alike_have_one_key(one, other):
    assert name_key(one) == name_key(other) != ""


def test_names_of_others_have_another():
    assert len({name_key(name) for name in ("Ujala", "Jagriti", "Sneh Kendra", "उजाला", "Club 12", "Club 13")}) == 6


def test_every_kind_has_one_category_and_a_home_is_never_public():
    assert set(CATEGORY) == set(StakeholderKind.values)
    assert sum(len(kinds) for kinds in KINDS.values()) == len(StakeholderKind.values)
    assert "HOME" not in PUBLIC_KINDS
    assert not set(PUBLIC_KINDS) & set(PEOPLE)


@pytest.mark.parametrize(
    ("kind", "above", "fits"),
    [("SHG", "VO", True), ("SHG", "CLF", True), ("VO", "SHG", False), ("CLF", "CLF", False), ("CRP", "VO", True), ("CRP", "CRP", False)],
)
def test_a_group_belongs_to_the_federation_above_it(kind, above, fits):
    assert parent_fits(kind, above) is fits


def test_what_stood_before_a_correction_is_kept(india, runner):
    row = entered(india["east"], runner, phone="112 000")
    with acting(runner):
        stakeholders.correct(row=row, details=Details(kind="VO", name="Ujala", phone="113 000"), at=NOON, by=runner)
        row.refresh_from_db()
        change = Change.objects.get()
    assert (row.name, row.version, change.before["phone"], change.before["name"]) == ("Ujala", 2, "112 000", "Ujala VO")


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (Details(kind="HOME", name="Ashray", is_public=True), "not_public"),
        (Details(kind="VO", name=" "), "empty"),
        (Details(kind="VO", name="x", trained_on=NOON.date().replace(year=2099)), "in_the_future"),
    ],
)
def test_it_refuses_what_cannot_be(india, runner, details, code):
    with acting(runner), pytest.raises(Refused, match=code):
        stakeholders.record(place=india["east"], details=details, at=NOON, by=runner)


def test_two_that_are_one_are_joined_and_taken_apart_with_both_histories(india, runner):
    one = entered(india["east"], runner, name="Ujala VO")
    other = entered(india["east"], runner, name="Ujaala V.O.", phone="112")
    child = entered(india["east"], runner, "SHG", "Asha", parent=other)
    with acting(runner):
        assert directory.alike(one) == [other]
        assert directory.doubles() == [tuple(sorted((one.pk, other.pk)))]
        pair = joining.join(stays=one, away=other, at=NOON, by=runner)
        one.refresh_from_db()
        assert (one.phone, list(one.children.all()), directory.doubles()) == ("112", [child], [])
        assert {change.stakeholder_id for change in joining.histories(one)} == {one.pk, other.pk}
        joining.undo(pair=pair, at=NOON, by=runner)
        for row in (one, other, child):
            row.refresh_from_db()
        assert (one.phone, other.standing, child.parent_id) == ("", "LIVE", other.pk)
        with pytest.raises(Refused, match="decided_already"):
            joining.undo(pair=pair, at=NOON, by=runner)


def test_two_that_are_kept_apart_are_not_asked_about_again(india, runner):
    one, other = (entered(india["east"], runner, name="Asha") for _ in range(2))
    with acting(runner):
        joining.keep_apart(one=other, other=one, at=NOON, by=runner)
        assert directory.alike(one) == directory.alike(other) == directory.doubles() == []


def test_only_two_of_one_kind_are_joined(india, runner):
    one, other = entered(india["east"], runner, "VO", "Asha"), entered(india["east"], runner, "CLF", "Asha")
    with acting(runner), pytest.raises(Refused, match="not_alike"):
        joining.join(stays=one, away=other, at=NOON, by=runner)


def test_what_others_belong_to_is_not_closed(india, runner):
    vo = entered(india["east"], runner)
    shg = entered(india["east"], runner, "SHG", "Asha", parent=vo)
    with acting(runner):
        with pytest.raises(Refused, match="has_children"):
            stakeholders.close(row=vo, at=NOON, by=runner)
        stakeholders.close(row=shg, at=NOON, by=runner)
        stakeholders.close(row=vo, at=NOON, by=runner)
        stakeholders.reopen(row=vo, at=NOON, by=runner)
        assert set(directory.stakeholders(runner)) == {vo}


def test_another_district_sees_and_changes_nothing_by_raw_sql(india, runner, next_door):
    entered(india["east"], runner, "CRP", "Planted Sunita", phone="98 12")
    with acting(next_door), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM network_stakeholder")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE network_stakeholder SET name = 'x'")
        assert cursor.rowcount == 0
        assert not Stakeholder.objects.exists()
        assert not Pair.objects.exists()


def test_everyone_sees_the_public_offices_and_nothing_else(india, runner, next_door, client):
    entered(india["east"], runner, "CWC", "Committee of the east", is_public=True, phone="1098")
    entered(india["east"], runner, "HOME", "Ashray home")
    entered(india["east"], runner, "CRP", "Planted Sunita")
    page = client.get(f"/network/offices/?place={india['east'].pk}").content.decode()
    assert "Committee of the east" in page
    assert "Ashray" not in page
    assert "Planted" not in page
    assert "Committee" not in client.get(f"/network/offices/?place={india['west'].pk}").content.decode()
    for asked in ("x", "9" * 30, "", str(india["east village 1"].pk)):
        assert client.get(f"/network/offices/?place={asked}").status_code == 200


def test_it_counts_by_place_and_category(india, runner, manager):
    entered(india["state"], runner, "HELPLINE", "181")
    entered(india["east"], runner, "CWC", "Committee")
    entered(india["east block"], runner, "CLF", "Federation")
    entered(india["east village 1"], runner)
    entered(india["west"], runner, "NGO", "Disha")
    with acting(runner):
        told = {row.place.name: row.whole for row in directory.by_place(runner, india["state"])}
        assert told == {"state": 1, "east": 3, "west": 1}
        below = {row.place.name: row.by_category for row in directory.by_place(runner, india["east"])}
        assert {name: (n["CBO"], n["LEGAL"]) for name, n in below.items()} == {"east": (0, 1), "east block": (2, 0)}
    with acting(manager):
        assert {row.place.name: row.whole for row in directory.by_place(manager, india["state"])} == {"state": 0, "east": 3}


@pytest.mark.parametrize("words", ["ujaala", "UJALA", "R/12", "98765"])
def test_it_is_found_however_it_is_spelt(india, runner, words):
    row = entered(india["east"], runner, name="Ujala Samiti", registration_no="R/12", phone="98765")
    entered(india["east"], runner, name="Jagriti")
    with acting(runner):
        assert list(directory.found(runner, words=words)) == [row]


def test_who_passed_a_training_is_shown_as_trained(india, runner, crp):
    row = entered(india["east"], runner, "CRP", "A worker", user=crp)
    with acting(runner):
        assert stakeholders.note_trained(users=[crp], on=NOON.date(), at=NOON, by=runner) == 1
        assert stakeholders.note_trained(users=[crp], on=NOON.date(), at=NOON, by=runner) == 0
        row.refresh_from_db()
    assert row.trained_on == NOON.date()


def test_a_person_in_two_districts_is_offered_to_who_sees_both_and_taken_apart_only_there(india, runner, next_door):
    told = {"kind": "RESOURCE_PERSON", "name": "Asha Rani"}
    one, other = entered(india["east"], runner, **told), entered(india["west"], runner, **told)
    homes = (("east", "1"), ("west", "1"), ("west", "2"))
    workers = [entered(india[name], runner, "CRP", "Sunita Devi", phone=phone) for name, phone in homes]
    entered(india["east"], runner, "VO", "Ujala"), entered(india["west"], runner, "VO", "Ujala")
    with acting(runner):
        pairs = {tuple(sorted(row.pk for row in pair)) for pair in ((one, other), workers[:2], workers[1:])}
        assert set(directory.doubles()) == pairs
        assert (directory.alike(one), directory.alike(workers[0])) == ([other], [workers[1]])
        pair = joining.join(stays=one, away=other, at=NOON, by=runner)
    with acting(next_door):
        assert (directory.doubles(), Pair.objects.filter(pk=pair.pk).exists()) == ([tuple(sorted(row.pk for row in workers[1:]))], False)
    with acting(runner):
        joining.undo(pair=pair, at=NOON, by=runner)
        assert set(directory.doubles()) == pairs
