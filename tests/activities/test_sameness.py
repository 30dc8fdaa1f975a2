"""A person whom two districts entered is found by who records for both, counted once, and taken apart again."""

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import counts, queries, rules, sameness, training
from aanchal.activities.models import Participant, Sameness
from tests.activities.builders import DAY, NOW, known, master, trained
from tests.activities.test_campaign import refused

OFFICER = {"audience": "POLICE", "post": "Inspector", "rank": "INSPECTOR", "sex": "MALE"}


@pytest.fixture
def two(india, officer):
    """An inspector trained in one district and, moved, in the next."""
    trainer = master(india["state"], officer)
    told = {"audience": "POLICE", "module_key": "basics"}
    people = [known(india[name], officer, written, **OFFICER) for name, written in (("east", "Ravi Kumar"), ("west", "RAVI  Kumaar"))]
    for name, one in zip(("east", "west"), people, strict=True):
        trained(india[name], officer, trainer, [one], audience=told["audience"])
    return people


def officers() -> int:
    with connection.cursor() as cursor, acting(SYSTEM):
        cursor.execute("SELECT coalesce(sum(n), 0) FROM activities_trained_officers()")
        return int(cursor.fetchone()[0])


def test_one_officer_in_two_districts_is_counted_once_and_again_as_two_when_it_is_taken_back(india, officer, two):
    one, other = two
    with acting(officer):
        target = training.set_target(place=india["state"], module_key="basics", people=9, by_on=DAY, of_officers=True, at=NOW, by=officer)
        assert [{row.pk for row in pair} for pair in sameness.alike(officer)] == [{one.pk, other.pk}]
        assert (queries.told_of(target, DAY).people, counts.outcomes(india["state"], DAY, DAY)["trained"], officers()) == (2, 2, 2)
        said = sameness.say_same(stays=one, away=other, at=NOW, by=officer)
        assert (queries.told_of(target, DAY).people, counts.outcomes(india["state"], DAY, DAY)["trained"], officers()) == (1, 1, 1)
        assert dict(queries.parts_of(target))["sex"][1][1] == 1
        assert (sameness.alike(officer), list(queries.same_person(one)), list(counts.officers_trained(DAY))) == ([], [other], [one])
        assert counts.outcomes(india["west"], DAY, DAY)["trained"] == 1
        with refused("decided_already"):
            sameness.say_same(stays=other, away=one, at=NOW, by=officer)
        sameness.take_back(said=said, at=NOW, by=officer)
        with refused("decided_already"):
            sameness.take_back(said=said, at=NOW, by=officer)
        assert (queries.told_of(target, DAY).people, len(sameness.alike(officer))) == (2, 1)


def test_three_records_of_one_person_are_taken_apart_as_they_were_put_together(india, officer, two):
    one, other = two
    third = known(india["state"], officer, "Ravi Kumar", **OFFICER)
    with acting(officer):
        sameness.say_same(stays=one, away=other, at=NOW, by=officer)
        said = sameness.say_same(stays=third, away=one, at=NOW, by=officer)
        assert set(Participant.objects.filter(same_as=third)) == {one, other}
        sameness.take_back(said=said, at=NOW, by=officer)
        assert list(Participant.objects.exclude(same_as=None).values_list("pk", "same_as")) == [(other.pk, one.pk)]


def test_two_people_are_not_asked_about_again(officer, two):
    with acting(officer):
        sameness.say_two(one=two[1], other=two[0], at=NOW, by=officer)
        assert (sameness.alike(officer), sameness.joined(officer).count()) == ([], 0)


def test_who_works_in_one_of_the_districts_sees_no_pair_and_says_nothing(district_officer, officer, two):
    with acting(district_officer):
        assert sameness.alike(district_officer) == []
        with refused("decided_already"):
            sameness.say_same(stays=two[0], away=two[1], at=NOW, by=district_officer)
        with pytest.raises(Error), transaction.atomic():
            Participant.objects.filter(pk=two[0].pk).update(same_as=two[1])
    with acting(officer):
        said = sameness.say_same(stays=two[0], away=two[1], at=NOW, by=officer)
    with acting(district_officer):
        assert not Sameness.objects.filter(pk=said.pk).exists()


@pytest.mark.parametrize(
    ("told", "alike"),
    [
        ({}, True), ({"place": 2}, True), ({"place": 2, "is_officer": False}, False), ({"rank": "CONSTABLE"}, False), ({"rank": ""}, True),
        ({"audience": "JUDGE"}, False), ({"audience": "JUDGE", "office_no": "7"}, True), ({"user": 2}, False),
    ],
)  # fmt: skip
def test_what_makes_two_look_like_one(told, alike):
    one = {"place": 1, "audience": "POLICE", "is_officer": True, "post": "x", "rank": "INSPECTOR", "office_no": "7", "user": 1}
    one["is_officer"] = told.get("is_officer", True)
    other = one | {"office_no": "", "user": None} | told
    assert rules.may_be_one(rules.Entered(**one), rules.Entered(**other)) is alike


def test_the_pages_say_one_or_two_and_take_it_back(officer, stranger, two, enter):
    client, page = enter(officer), "/activities/people/alike/"
    assert "RAVI  Kumaar" in client.get(page).content.decode()
    pair = {"one": two[1].pk, "other": two[0].pk}
    assert client.post(page, pair | {"what": "names"}).status_code == 404
    assert client.post(page, {"one": two[0].pk, "other": two[0].pk, "what": "same"}).status_code == 404
    assert client.post(page, pair | {"what": "same"}).status_code == 302
    with acting(officer):
        said = Sameness.objects.get()
    assert (said.stays_id, said.away_id) == (two[1].pk, two[0].pk)
    assert "counted once" in client.get(f"/activities/people/{two[0].pk}/").content.decode()
    client.post(f"/activities/people/same/{said.pk}/undo/")
    assert client.post(page, pair | {"what": "two"}).status_code == 302
    assert "No two people look alike" in client.get(page).content.decode()
    client = enter(stranger)
    assert client.post(page, pair | {"what": "same"}).status_code == 404
    assert client.post(f"/activities/people/same/{said.pk}/undo/").status_code == 404
