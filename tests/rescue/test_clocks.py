from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.notices.models import Notice
from aanchal.rescue import actions, clocks, prosecuting, queries, rules
from aanchal.rescue.models import Deadline
from aanchal.tracking.models import StatutoryClock
from tests.factories import DAY, NOON
from tests.rescue.builders import LATER, go_to, make_accused, make_fir, rescue


def care(rescued, kind, *, by, hours=1, journey=0, **more):
    at = LATER + timedelta(hours=hours)
    details = actions.CareDetails(care=kind, at=at, journey_hours=journey, **more)
    return actions.record_care(rescued=rescued, details=details, at=at, by=by)


def clocks_of(about):
    return {one.key: one for one in Deadline.objects.filter(rescued=about.pk) | Deadline.objects.filter(fir=about.pk)}


def test_a_child_is_before_the_committee_within_24_hours(girl):
    rescued, by = girl
    with acting(by):
        clock = clocks_of(rescued)["rescue-cwc"]
        assert clock.due_at == rescued.rescued_at + timedelta(hours=24)
        care(rescued, "CWC", by=by, hours=20)
        stopped = clocks_of(rescued)["rescue-cwc"]
        assert stopped.stopped_at < stopped.due_at


@pytest.mark.parametrize(("journey", "is_late"), [(0, True), (5, True), (6, False), (10, False)])
def test_the_journey_is_not_counted(girl, journey, is_late):
    rescued, by = girl
    with acting(by):
        care(rescued, "CWC", by=by, hours=30, journey=journey)
        clock = clocks_of(rescued)["rescue-cwc"]
        assert (clock.stopped_at > clock.due_at) is is_late


def test_no_journey_takes_longer_than_all_the_time_until_then(girl):
    rescued, by = girl
    with acting(by), pytest.raises(rules.NotPossible, match="^journey$"):
        care(rescued, "CWC", by=by, hours=30, journey=31)
    with acting(by):
        care(rescued, "CWC", by=by, hours=30, journey=30)


def test_no_committee_for_who_is_proved_an_adult_and_again_for_who_is_proved_a_child(running, people):
    by = people.officer
    with acting(by):
        rescued = rescue(running, by=by, years=30, age_basis="DOCUMENTED")
        assert "rescue-cwc" not in clocks_of(rescued)
        actions.prove_age(rescued=rescued, years=16, basis="MEDICAL", at=LATER, by=by)
        assert clocks_of(rescued)["rescue-cwc"].began_at == rescued.rescued_at
        with pytest.raises(rules.NotPossible, match="proof"):
            actions.prove_age(rescued=rescued, years=19, basis="STATED", at=LATER, by=by)


def test_bonded_labour_has_its_certificate_its_relief_and_its_compensation(running, people):
    by = people.officer
    with acting(by):
        rescued = rescue(running, by=by, exploitation="BONDED_LABOUR", years=30, age_basis="DOCUMENTED")
        assert set(clocks_of(rescued)) == {"release-certificate", "compensation-applied"}
        care(rescued, "RELEASED", by=by, number="RC 4")
        assert clocks_of(rescued)["release-certificate"].stopped_at
        assert clocks_of(rescued)["bonded-relief"].began_at == LATER + timedelta(hours=1)
        care(rescued, "RELIEF", by=by, hours=3, amount_paise=30_000_00)
        care(rescued, "APPLIED", by=by, hours=4)
        assert clocks_of(rescued)["compensation-awarded"].stopped_at is None


def test_it_is_written_down_once_and_not_before_she_was_free(girl):
    rescued, by = girl
    with acting(by):
        care(rescued, "MEDICAL", by=by)
        with pytest.raises(rules.NotPossible, match="care_twice"):
            care(rescued, "MEDICAL", by=by)
        with pytest.raises(rules.NotPossible, match="before_rescue"):
            care(rescued, "CWC", by=by, hours=-1)


def test_what_is_not_read_at_its_source_says_so(district):
    with acting(SYSTEM):
        marks = dict(StatutoryClock.objects.filter(key__in=["rescue-cwc", "release-certificate"]).values_list("key", "mark"))
    assert marks == {"rescue-cwc": "READ", "release-certificate": "UNVERIFIED"}


def test_the_charge_sheet_is_due_ninety_days_after_the_first_arrest(unit, people):
    by = people.officer
    with acting(by):
        fir = make_fir(unit, by=by)
        accused = make_accused(by=by, fir=fir)
        assert clocks_of(fir) == {}
        prosecuting.move_accused(accused=accused, state="ARRESTED", on=DAY, at=NOON, by=by)
        assert (clocks_of(fir)["charge-sheet"].due_at - NOON).days == 90
        go_to(fir, "CHARGE_SHEETED", by=by)
        assert clocks_of(fir)["charge-sheet"].stopped_at


def test_the_trial_of_what_was_done_to_a_child_has_a_year(running, unit, people):
    by = people.officer
    with acting(by):
        rescue(running, by=by)
        fir = make_fir(unit, by=by, operation=running)
        go_to(fir, "CHARGE_SHEETED", "COGNIZANCE", by=by)
        assert "child-trial" in clocks_of(fir)


def test_what_is_due_first_stands_first_and_nothing_of_the_next_district(girl, people):
    _rescued, by = girl
    with acting(by):
        found = list(queries.running_clocks(by, until=NOON + timedelta(days=400)))
        assert [one.key for one in found] == ["rescue-cwc", "compensation-applied"]
    with acting(people.stranger):
        assert not queries.running_clocks(people.stranger, until=NOON + timedelta(days=400)).exists()
        assert not Deadline.objects.exists()


def test_who_serves_in_the_unit_is_told_once_when_a_clock_is_over(girl, people):
    rescued, _by = girl
    late = rescued.rescued_at + timedelta(hours=25)
    with acting(SYSTEM):
        assert clocks.pass_late(at=late, by=SYSTEM) == 1
        assert clocks.pass_late(at=late, by=SYSTEM) == 0
        [one] = Deadline.objects.filter(passed_at=late)
        told = set(Notice.objects.filter(about=one.pk).values_list("user", flat=True))
    assert one.key == "rescue-cwc"
    assert told == {people.head.pk, people.officer.pk}


def test_nobody_is_told_of_a_clock_that_was_stopped(girl):
    rescued, by = girl
    with acting(by):
        care(rescued, "CWC", by=by)
    with acting(SYSTEM):
        assert clocks.pass_late(at=rescued.rescued_at + timedelta(hours=25), by=SYSTEM) == 0
