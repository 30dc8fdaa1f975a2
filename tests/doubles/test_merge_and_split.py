"""A merge counts two records once and keeps what both say; a split gives back exactly what was."""

import json
from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.doubles import actions
from aanchal.doubles.models import Double
from aanchal.doubles.rules import NotPossible
from aanchal.field import entities
from aanchal.people import merging
from aanchal.people.models import Consent, FieldChange, Household, Identity, Membership, Merger, Person
from aanchal.people.queries import household_of, members_of
from aanchal.registers.actions import AlreadyRecorded
from aanchal.registers.models import Entry
from aanchal.registers.queries import open_flags
from aanchal.registers.terms import Register
from aanchal.risk import queries as risk
from aanchal.risk.models import Assessment, Survey
from tests.doubles.builders import LATER, LEFT, MIGRATION, MISSING, WENT, family, line, person
from tests.factories import make_posting

KEPT = (Household, Person, Membership, Identity, Consent, FieldChange, Survey)
TELLING = {"holds", "merged_into_id"}


def merge(twice, *, stays=None, members=None):
    with acting(twice.officer):
        kept = (stays or twice.one).pk
        return actions.decide(double=twice.double, answer="SAME", stays=kept, members=members, at=LATER, by=twice.officer)


def split(twice):
    with acting(twice.officer):
        return actions.split(double=twice.double, at=LATER, by=twice.officer)


def rows(model) -> list[dict]:
    manager = getattr(model, "every", model.objects)
    return [{key: _plain(value) for key, value in row.items()} for row in manager.order_by("pk").values()]


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def everything(*, but=frozenset()) -> dict:
    """All that is kept of families and registers, and all that is read from it."""
    with acting(SYSTEM):
        told = {model.__name__: [{key: row[key] for key in row if key not in but} for row in rows(model)] for model in KEPT}
        told["lines"] = [{key: row[key] for key in row if key not in but} for row in rows(Entry)]
        return told


def seen(user, village) -> dict:
    """What people see: lists, entity lists, counts, bands."""
    with acting(user):
        return {
            "families": {one.pk: [row.person_id for row in members_of(one)] for one in Household.objects.order_by("pk")},
            "flags": {one.pk: open_flags(one) for one in Household.objects.order_by("pk")},
            "bands": {one.household_id: (one.band, one.points, one.observed) for one in risk.families()},
            "lines": sorted(str(pk) for pk in Entry.objects.filter(stands=True).values_list("pk", flat=True)),
            "phone": entities.versions(user),
        }


def test_one_record_stays_and_the_other_points_to_it(twice):
    merge(twice)
    with acting(SYSTEM):
        away = Household.every.get(pk=twice.other.pk)
        assert away.merged_into_id == twice.one.pk
        assert Household.objects.get(pk=twice.one.pk).holds == [twice.other.pk]
        assert not Household.objects.filter(pk=twice.other.pk).exists()
        assert Merger.objects.get(household=away).merged_by == twice.officer


def test_everyone_of_both_belongs_to_the_family_once(twice):
    merge(twice)
    with acting(SYSTEM):
        members = members_of(Household.objects.get(pk=twice.one.pk))
        assert len(members) == 4  # two told twice, two told once
        assert all(household_of(one.person).pk == twice.one.pk for one in members)


def test_nothing_that_was_told_is_changed(twice):
    line(person(twice.one, 1), household=twice.one)
    line(person(twice.other, 1), Register.MISSING, household=twice.other)
    before = everything(but=TELLING | {"stands"})
    merge(twice)
    assert everything(but=TELLING | {"stands"}) == before


def test_the_family_is_assessed_from_what_both_told(twice):
    line(person(twice.other, 1), Register.MISSING, household=twice.other)
    merge(twice)
    with acting(SYSTEM):
        family = Household.objects.get(pk=twice.one.pk)
        _survey, told, _disputed = risk.facts_of(family)
        assert (told["debt_months"], told["member_missing"]) == (12, True)
        assert not Assessment.objects.filter(household=twice.other, is_current=True).exists()
        assert Assessment.objects.get(household=family, is_current=True).is_urgent


def test_it_counts_once(twice, india):
    village = twice.village
    with acting(SYSTEM):
        reader = make_posting("district_manager", india["east"])
    with acting(reader):
        before = households(village)
    merge(twice)
    with acting(reader):
        assert households(village) == before - 1
        assert sum(risk_tally(village).values()) == before - 1


def households(village) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT households FROM portal_counts(ARRAY[1], ARRAY[%s], ARRAY[%s])", [village.place_no, village.last_no])
        return cursor.fetchone()[0]


def risk_tally(village) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT risk_tally(%s, %s, 'household-1')->'bands'", [village.place_no, village.last_no])
        told = cursor.fetchone()[0]
    return json.loads(told) if isinstance(told, str) else told


def test_a_phone_is_told_to_drop_the_record_that_points_to_another(twice, crp):
    merge(twice)
    with acting(crp):
        may_hold = entities.versions(crp)
        assert str(twice.other.pk) not in may_hold["households"]
        assert len([one for one in entities.households(crp, is_read=False).splitlines() if str(twice.other.pk).encode() in one]) == 0
        assert entities.standing("households.csv", [twice.one.pk, twice.other.pk], crp) == {twice.one.pk}
        away = [one.person_id for one in Membership.objects.filter(household=twice.other, person__merged_into__isnull=False)]
        assert away
        assert not may_hold["persons"].keys() & {str(pk) for pk in away}
        assert not entities.standing("persons.csv", away, crp)


def test_a_line_that_both_told_stands_once(twice):
    kept = line(person(twice.one, 1), household=twice.one)
    again = line(person(twice.other, 1), household=twice.other)
    merge(twice)
    with acting(SYSTEM):
        assert list(Entry.objects.filter(stands=True)) == [kept]
    split(twice)
    with acting(SYSTEM):
        assert set(Entry.objects.filter(stands=True)) == {kept, again}


def test_a_second_line_is_not_recorded_for_who_has_an_open_one_under_the_other_record(twice):
    line(person(twice.other, 1), household=twice.other)
    merge(twice)
    with acting(SYSTEM):
        survivor = Person.objects.get(pk=person(twice.one, 1).pk)
    with pytest.raises(AlreadyRecorded):
        line(survivor, household=twice.one, on=WENT + timedelta(days=3))


def test_a_split_is_said_and_the_pair_waits_again(twice):
    merge(twice)
    split(twice)
    with acting(SYSTEM):
        double = Double.objects.get()
        assert (double.standing, double.merger) == ("UNSURE", None)
        assert [one.said for one in double.verdicts.order_by("at", "pk")] == ["SAME", "SPLIT"]
        merger = Merger.objects.get(household=twice.other)
        assert (merger.split_at, merger.split_by) == (LATER, twice.officer)
        verbs = set(Trail.objects.filter(about_id=str(twice.other.pk)).values_list("verb", flat=True))
        assert {"people.household.merged", "people.household.split"} <= verbs


def test_it_is_merged_again_after_a_split(twice):
    merge(twice)
    split(twice)
    assert merge(twice, stays=twice.other).standing == "MERGED"
    with acting(SYSTEM):
        assert Household.objects.get(pk=twice.other.pk).holds == [twice.one.pk]


def test_a_split_twice_is_refused(twice):
    merge(twice)
    split(twice)
    with pytest.raises(NotPossible, match="split"):
        split(twice)


def test_members_of_a_merged_family_do_not_split_alone(twice):
    merge(twice)
    with acting(twice.officer), pytest.raises(merging.CannotSplit, match="part_of_family"), transaction.atomic():
        merging.split(merger=Merger.objects.filter(person__isnull=False).first(), at=LATER, by=twice.officer)


def test_what_was_merged_first_is_split_last(twice):
    third = family(twice.village, (("Phulmati", "FEMALE", 41, "SELF", "Budhram"),))
    first = merge(twice)
    with acting(twice.officer):
        second = merging.merge_households(stays=third, away=twice.one, members=[], at=LATER, by=twice.officer)
        assert Household.every.get(pk=third.pk).holds == [twice.one.pk, twice.other.pk]
        with pytest.raises(NotPossible, match="merged_since"), transaction.atomic():
            actions.split(double=first, at=LATER, by=twice.officer)
        merging.split(merger=second, at=LATER, by=twice.officer)
        actions.split(double=first, at=LATER, by=twice.officer)
        assert not Household.every.exclude(holds=[]).exists()


LINES = {Register.MIGRATION: MIGRATION, Register.MISSING: MISSING, Register.LEFT: LEFT}
told_of = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), st.sampled_from(sorted(LINES)), st.integers(0, 30)), max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(told=told_of, keeps_first=st.booleans(), members=st.sets(st.integers(0, 1)))
def test_merge_then_split_gives_back_exactly_what_was(twice, told, keeps_first, members):
    """Whatever lines the registers hold, whichever record stays, and whoever pairs; a refusal leaves everything as it was too."""
    with transaction.atomic():
        for side, nth, register, days in told:
            record(twice, side, nth, register, WENT + timedelta(days=days))
        pairs = [tuple(UUID(pk) for pk in twice.double.members[one][:2]) for one in members]
        before, shown = everything(), seen(twice.officer, twice.village)
        with suppress(NotPossible):
            merge(twice, stays=twice.one if keeps_first else twice.other, members=pairs)
            split(twice)
        assert everything() == before
        assert seen(twice.officer, twice.village) == shown
        transaction.set_rollback(True)


def record(twice, side: int, nth: int, register: str, on: date) -> None:
    household = (twice.one, twice.other)[side]
    with suppress(AlreadyRecorded), transaction.atomic():
        line(person(household, nth), register, household=household, on=on)
