from datetime import timedelta

import pytest
import yaml

from aanchal.access.acting import SYSTEM, acting
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.tracking import alerting, clock, queries, rules, searches, statutory
from aanchal.tracking.models import Alert, Deadline, Search, StatutoryClock
from tests.factories import DAY, NOON
from tests.registers.builders import make_entry, someone


def move(search, by, state, *, at, on=None, number=""):
    with acting(by):
        return searches.move(search=search, state=state, on=on or at.date(), number=number, at=at, by=by)


def clocks_of(search):
    with acting(SYSTEM):
        return {one.key: one for one in search.deadlines.all()}


def test_it_begins_with_a_line_of_the_missing_register_its_clocks_and_an_alert(child_missing, workers):
    assert (child_missing.state, child_missing.is_child) == ("REPORTED", True)
    assert set(clocks_of(child_missing)) == {"fir-child", "fir-month"}
    with acting(workers.crp):
        assert Alert.objects.get().kind == "MISSING"


def test_it_runs_the_clocks_of_adults_for_an_adult_and_none_of_children(village):
    entry = make_entry(village, "MISSING", who=someone(years=30))
    with acting(SYSTEM):
        search = Search.objects.get(entry=entry)
        assert set(Deadline.objects.filter(search=search).values_list("key", flat=True)) == {"gd-adult", "fir-adult"}
        assert Deadline.objects.get(search=search, key="gd-adult").stopped_at


def test_it_writes_what_the_police_did_into_the_register_and_stops_the_clocks(child_missing, workers, later):
    search = move(child_missing, workers.officer, "FIR", at=later(hours=5), number="112/2026")
    assert search.state == "FIR"
    running = clocks_of(search)
    assert running["fir-child"].stopped_at
    assert running["fir-month"].stopped_at
    assert running["ahtu-4-months"].due_at - running["ahtu-4-months"].began_at == timedelta(hours=2880)
    with acting(workers.officer):
        line = Entry.objects.get(pk=search.entry_id)
    assert (line.details["missing_status"], line.details["fir_on"]) == ("FIR_REGISTERED", DAY.isoformat())


def test_it_asks_for_the_number(child_missing, workers):
    with pytest.raises(rules.NotPossible, match="number"):
        move(child_missing, workers.officer, "FIR", at=NOON)


def test_it_refuses_what_cannot_follow(child_missing, workers, later):
    search = move(child_missing, workers.officer, "TRACED", at=later(hours=5))
    with pytest.raises(rules.NotPossible, match="search"):
        move(search, workers.officer, "GD_ENTRY", at=later(hours=6), number="4")


def test_it_raises_an_alert_with_the_block_officer_when_a_duty_is_late(child_missing, workers, later):
    with acting(SYSTEM):
        done = clock.run(at=later(hours=25), by=SYSTEM)
        alert = Alert.objects.get(kind="DEADLINE")
    assert (done.passed, alert.step) == (1, "BLOCK")
    move(child_missing, workers.officer, "FIR", at=later(hours=26), number="112/2026")
    with acting(SYSTEM):
        alert.refresh_from_db()
        assert (alert.state, alert.outcome) == ("CLOSED", "DUTY_DONE")
        assert clock.run(at=later(hours=26), by=SYSTEM).passed == 0


def test_it_leads_from_found_to_restored_to_an_outcome(child_missing, workers, later):
    search = move(child_missing, workers.officer, "TRACED", at=later(hours=5))
    with acting(workers.officer):
        assert Alert.objects.get(kind="MISSING").outcome == "TRACED"
    assert "cwc-24-hours" in clocks_of(search)
    search = move(search, workers.officer, "RESTORED", at=later(hours=9))
    assert clocks_of(search)["cwc-24-hours"].stopped_at
    with acting(workers.officer):
        closed = searches.close(search=search, outcome="WITH_FAMILY", at=later(days=2), by=workers.officer)
    assert (closed.state, closed.outcome) == ("CLOSED", "WITH_FAMILY")


def test_it_follows_a_register_that_says_it_was_not_she(child_missing, workers, later):
    search = move(child_missing, workers.officer, "TRACED", at=later(hours=5))
    with acting(workers.officer):
        line = Entry.objects.get(pk=search.entry_id)
        changes = registers.Changes(details={"missing_status": "REPORTED_VILLAGE", "traced_on": ""})
        registers.correct_entry(entry=line, changes=changes, reason="not she", at=later(hours=6), by=workers.officer)
        assert Search.objects.get().state == "REPORTED"
        assert Alert.objects.filter(kind="MISSING", state="OPEN").count() == 1


def test_it_begins_no_clock_twice(child_missing, workers, later):
    search = move(child_missing, workers.officer, "TRACED", at=later(hours=5))
    first = clocks_of(search)["cwc-24-hours"].began_at
    with acting(workers.officer):
        line = Entry.objects.get(pk=search.entry_id)
        for details in (
            {"missing_status": "REPORTED_VILLAGE", "traced_on": ""},
            {"missing_status": "TRACED", "traced_on": DAY.isoformat()},
        ):
            line = registers.correct_entry(
                entry=line, changes=registers.Changes(details=details), reason="x", at=later(hours=7), by=workers.officer
            )
    assert clocks_of(search)["cwc-24-hours"].began_at == first


def test_it_never_says_of_a_child_that_it_was_her_own_choice(child_missing, workers, later):
    with acting(workers.officer), pytest.raises(rules.NotPossible, match="child"):
        searches.close(search=child_missing, outcome="OWN_CHOICE", at=later(hours=5), by=workers.officer)


def test_it_reads_a_changed_clock_from_its_day_on(village):
    with acting(SYSTEM):
        one = StatutoryClock.objects.get(key="ahtu-4-months")
        told = {"hours": 3000, "law": one.law, "source": "MHA", "mark": "READ"}
        statutory.change(clock=one, **told, effective_from=DAY, by=SYSTEM)
        found = {clock.key: clock.hours for day in (DAY - timedelta(days=1), DAY) for clock in queries.clocks(day) if clock.key == one.key}
        before = {clock.key: clock.hours for clock in queries.clocks(DAY - timedelta(days=1))}
    assert (before["ahtu-4-months"], found["ahtu-4-months"]) == (2880, 3000)


def test_every_shipped_clock_names_its_source_and_its_mark(village):
    of_searches = {told["key"] for told in yaml.safe_load(statutory.SHIPPED.read_text(encoding="utf-8"))}
    with acting(SYSTEM):
        for one in StatutoryClock.objects.all():
            assert one.source
            assert one.law
            assert one.mark in ("READ", "UNVERIFIED")
            assert set(one.texts) == {"en", "hi", "te"}
            if one.key in of_searches:
                assert (one.mark == "UNVERIFIED") == (one.key.startswith("ahtu") or one.adult_only)


def test_a_search_is_not_let_go_of_below_where_its_alert_stands(child_missing, workers, later):
    at = later(hours=5)
    with acting(workers.crp):
        alert = alerting.hand_up(alert=Alert.objects.get(), reason="DANGER", at=at, by=workers.crp)
        with pytest.raises(rules.NotPossible, match="above"):
            searches.close(search=child_missing, outcome="NOT_MISSING", at=at, by=workers.crp)
        assert Alert.objects.get(pk=alert.pk).is_live
    with acting(workers.officer):
        assert searches.close(search=child_missing, outcome="NOT_MISSING", at=at, by=workers.officer).state == "CLOSED"
