from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.tracking import actions, clock, departing, queries, rules
from aanchal.tracking.models import Alert, CheckIn, Journey
from tests.factories import DAY, NOON, member
from tests.registers.builders import DETAILS, TEXTS, make_entry, someone


def check_in(journey, by, *, on=DAY, at=NOON, answer="WELL", **more):
    with acting(by):
        return actions.record_check_in(journey=journey, way="CALL", answer=answer, on=on, at=at, by=by, **more)


def test_it_begins_with_a_line_of_the_migration_register(away, crp):
    assert (away.state, away.interval_days, away.is_child) == ("IN_TOUCH", 7, False)
    assert away.due_on == DAY + timedelta(days=7)
    with acting(crp):
        assert list(queries.journeys(crp)) == [away]


def test_it_does_not_begin_with_a_daily_way_to_work(village):
    entry = make_entry(village, details=DETAILS["MIGRATION"] | {"migration_type": "DAILY_COMMUTE"})
    with acting(SYSTEM):
        assert not Journey.objects.filter(entry=entry).exists()


def test_it_counts_the_next_days_from_when_she_was_heard_of(away, crp):
    check_in(away, crp, on=DAY + timedelta(days=3), at=NOON + timedelta(days=5))
    with acting(crp):
        away.refresh_from_db()
    assert (away.heard_on, away.due_on) == (DAY + timedelta(days=3), DAY + timedelta(days=10))


def test_it_keeps_the_day_when_nobody_answered(away, crp):
    check_in(away, crp, answer="NO_ANSWER")
    with acting(crp):
        away.refresh_from_db()
        assert (away.heard_on, away.due_on, CheckIn.objects.count()) == (None, DAY + timedelta(days=7), 1)


def test_it_raises_an_alert_at_once_when_she_is_in_trouble(away, workers):
    check_in(away, workers.crp, answer="TROUBLE", note="Kalu keeps her phone")
    with acting(workers.officer):
        alert = Alert.objects.get()
        [step] = queries.history(alert)
        assert (alert.kind, alert.step, step.told) == ("TROUBLE", "CRP", [workers.crp.pk])
        assert CheckIn.objects.get().sealed
        assert b"Kalu" not in bytes(CheckIn.objects.get().sealed)


@pytest.mark.parametrize(("days", "reason"), [(-2, "before_departure"), (1, "future")])
def test_it_refuses_a_day_before_she_left_or_after_today(away, crp, days, reason):
    with pytest.raises(rules.NotPossible, match=reason):
        check_in(away, crp, on=DAY + timedelta(days=days))


def test_it_refuses_a_check_in_of_a_journey_that_is_over(away, crp):
    with acting(crp):
        actions.end(journey=away, event="CAME_HOME", on=DAY, at=NOON, by=crp)
    with pytest.raises(rules.NotPossible, match="over"):
        check_in(away, crp)


def test_it_writes_her_return_into_the_register(away, crp):
    with acting(crp):
        actions.end(journey=away, event="CAME_HOME", on=DAY, at=NOON, by=crp)
        line = Entry.objects.get(corrects=away.entry_id)
        away.refresh_from_db()
    assert (line.is_open, line.details["returned_on"], away.entry_id, away.state) == (False, DAY.isoformat(), line.pk, "HOME")


def test_it_ends_when_the_line_is_closed_and_goes_on_when_that_was_wrong(away, crp):
    with acting(crp):
        line = registers.correct_entry(
            entry=away.entry, changes=registers.Changes(details={"returned_on": DAY.isoformat()}), reason="home", at=NOON, by=crp
        )
        away.refresh_from_db()
        assert away.state == "HOME"
        registers.correct_entry(entry=line, changes=registers.Changes(details={"returned_on": ""}), reason="not she", at=NOON, by=crp)
        away.refresh_from_db()
        assert (away.state, away.closed_at) == ("IN_TOUCH", None)


def test_it_stays_ended_when_the_line_is_corrected_otherwise(away, crp):
    with acting(crp):
        actions.end(journey=away, event="SETTLED", on=DAY, at=NOON, by=crp)
        registers.correct_entry(entry=away.entry, changes=registers.Changes(details={"companion": "ALONE"}), reason="x", at=NOON, by=crp)
        away.refresh_from_db()
        assert away.state == "SETTLED"


def test_it_refuses_a_second_open_journey_and_names_the_first(away, crp):
    with acting(crp), pytest.raises(actions.AlreadyAway) as refused:
        actions.open_journey(entry=away.entry, at=NOON, by=crp)
    assert refused.value.journey == away


def test_it_never_ends_touch_with_a_child_who_does_not_want_it(village, crp):
    entry = make_entry(village, who=someone(years=16))
    with acting(crp):
        journey = Journey.objects.get(entry=entry)
        with pytest.raises(rules.NotPossible, match="child"):
            actions.end(journey=journey, event="SETTLED", on=DAY, at=NOON, by=crp)


def departure(**more):
    details = DETAILS["MIGRATION"]
    return departing.Departure(
        person=member("Asha before", years=25), leaves_on=DAY + timedelta(days=10), details=details, texts=TEXTS["MIGRATION"], **more
    )


def test_it_registers_before_she_leaves_and_refuses_a_check_in_until_then(village, crp):
    with acting(crp):
        journey = departing.register(departure=departure(code_word="neem"), place=village, at=NOON, by=crp)
    assert journey.due_on == DAY + timedelta(days=17)
    with acting(crp):
        assert actions.open_contacts(journey=journey, reason="TEST", by=crp).code_word == "neem"
        assert not queries.due(crp, DAY + timedelta(days=9)).exists()
    with pytest.raises(rules.NotPossible, match="before_departure"):
        check_in(journey, crp, on=DAY)
    with acting(SYSTEM):
        assert clock.run(at=NOON + timedelta(days=17), by=SYSTEM).is_idle


def test_it_refuses_to_register_her_twice(village, crp):
    with acting(crp):
        departing.register(departure=departure(), place=village, at=NOON, by=crp)
        with pytest.raises(actions.AlreadyAway):
            departing.register(departure=departure(), place=village, at=NOON, by=crp)


def test_it_opens_journeys_of_lines_from_before_once(village, monkeypatch):
    from aanchal.core import facts

    monkeypatch.setattr(facts, "_flow", {})
    make_entry(village)
    with acting(SYSTEM):
        assert (actions.open_what_stands(at=NOON, by=SYSTEM), actions.open_what_stands(at=NOON, by=SYSTEM)) == (1, 0)
