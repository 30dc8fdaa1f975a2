"""Whatever happens in whatever order: no alert is lost, no clock begins twice, no journey is both open and closed."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.tracking import actions, alerting, clock, queries, rules, searches
from aanchal.tracking.models import Alert, AlertStep, Deadline, Journey, Search
from tests.factories import DAY, NOON

JOURNEY = st.sampled_from(["well", "trouble", "silence", "clock", "home", "settled", "reopen", "snooze", "up", "close", "merge"])
SEARCH = st.sampled_from(["fir", "traced", "restored", "back", "clock", "close"])
ANY_ORDER = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Back(Exception):
    pass


def tried(change):
    """A refusal changes nothing."""
    try:
        with transaction.atomic():
            change()
    except (rules.NotPossible, actions.AlreadyAway, registers.AlreadyCorrected, registers.AlreadyRecorded):
        pass


def in_any_order(events, one, check):
    """Each example in a savepoint that is taken back."""
    with pytest.raises(Back), acting(SYSTEM):  # noqa: PT012 - the whole example is what is taken back
        for nth, event in enumerate(events):
            tried(lambda event=event, nth=nth: one(event, NOON + timedelta(days=5 * (nth + 1))))
            check()
        raise Back


def do_to_journey(pk, event, at):
    live = list(Alert.objects.filter(state__in=rules.ALERT_LIVE).order_by("pk"))
    journey, alert = Journey.objects.get(pk=pk), live[at.toordinal() % len(live)] if live else None
    line = Entry.objects.filter(stands=True).get(pk=journey.entry_id)
    by = SYSTEM
    match event:
        case "well" | "trouble" | "silence":
            answer = {"well": "WELL", "trouble": "TROUBLE", "silence": "NO_ANSWER"}[event]
            actions.record_check_in(journey=journey, way="CALL", answer=answer, on=at.date(), at=at, by=by)
        case "clock":
            clock.run(at=at, by=by)
        case "home" | "settled":
            actions.end(journey=journey, event="CAME_HOME" if event == "home" else "SETTLED", on=at.date(), at=at, by=by)
        case "reopen":
            registers.correct_entry(entry=line, changes=registers.Changes(details={"returned_on": ""}), reason="x", at=at, by=by)
        case "snooze" if alert:
            alerting.snooze(alert=alert, until=(at + timedelta(days=2)).date(), reason="NO_NETWORK", at=at, by=by)
        case "up" if alert:
            alerting.hand_up(alert=alert, reason="DANGER", at=at, by=by)
        case "close" if alert:
            outcomes = rules.OUTCOMES[alert.kind]
            actions.close_alert(alert=alert, outcome=outcomes[at.toordinal() // 5 % len(outcomes)], at=at, by=by)
        case "merge" if len(live) > 1:
            alerting.merge(alert=alert, into=next(one for one in live if one != alert), at=at, by=by)


def nothing_is_lost():
    for journey in Journey.objects.all():
        assert journey.is_open == (journey.closed_at is None)
        if journey.state == "SILENT":
            mine = Alert.objects.filter(journey=journey)
            carried = mine.filter(state__in=rules.ALERT_LIVE) | Alert.objects.filter(merged__journey=journey, state__in=rules.ALERT_LIVE)
            assert carried.exists(), "a missed check-in that nobody looks into"
    for alert in Alert.objects.filter(state="MERGED").select_related("merged_into"):
        into = alert.merged_into
        assert into.state != "MERGED"
        assert into.is_live or into.outcome in rules.OUTCOMES[alert.kind] or queries.is_settled(alert), "joined, and forgotten with it"
    live = Alert.objects.filter(state__in=rules.ALERT_LIVE).values("subject", "kind").annotate(n=Count("pk"))
    assert all(row["n"] == 1 for row in live)
    raised = dict(AlertStep.objects.filter(happening="RAISED").values_list("alert").annotate(n=Count("pk")))
    assert raised == dict.fromkeys(Alert.objects.values_list("pk", flat=True), 1)
    closed = dict(AlertStep.objects.filter(happening="CLOSED").values_list("alert").annotate(n=Count("pk")))
    assert closed == dict.fromkeys(Alert.objects.filter(state="CLOSED").values_list("pk", flat=True), 1)


@ANY_ORDER
@given(events=st.lists(st.tuples(st.sampled_from([0, 1]), JOURNEY), max_size=14))
def test_no_alert_is_lost_and_no_journey_is_open_and_closed(mother_and_daughter, events):
    in_any_order(events, lambda event, at: do_to_journey(mother_and_daughter[event[0]], event[1], at), nothing_is_lost)


def do_to_search(pk, event, at):
    search = Search.objects.get(pk=pk)
    state = {"fir": "FIR", "traced": "TRACED", "restored": "RESTORED"}.get(event)
    if state:
        searches.move(search=search, state=state, on=at.date(), number="7", at=at, by=SYSTEM)
    elif event == "back":
        changes = registers.Changes(details={"missing_status": "REPORTED_VILLAGE", "traced_on": "", "fir_on": ""})
        registers.correct_entry(entry=Entry.objects.get(pk=search.entry_id), changes=changes, reason="x", at=at, by=SYSTEM)
    elif event == "clock":
        clock.run(at=at, by=SYSTEM)
    else:
        searches.close(search=search, outcome="NOT_MISSING", at=at, by=SYSTEM)


@ANY_ORDER
@given(events=st.lists(SEARCH, max_size=12))
def test_no_clock_of_the_law_begins_twice(child_missing, events):
    seen = {}

    def check():
        for one in Deadline.objects.all():
            began = seen.setdefault((one.search_id, one.key), one.began_at)
            assert (one.began_at, one.due_at > one.began_at) == (began, True)
        search = Search.objects.get(pk=child_missing.pk)
        is_looked_for = Alert.objects.filter(kind="MISSING", search=search, state__in=rules.ALERT_LIVE).exists()
        assert is_looked_for == (search.state in rules.LOOKED_FOR)

    in_any_order(events, lambda event, at: do_to_search(child_missing.pk, event, at), check)
    assert connection.is_usable()
    assert DAY


@given(state=st.sampled_from(list(rules.JOURNEY)), events=st.lists(st.sampled_from(list(rules.JourneyEvent)), max_size=20))
def test_a_journey_is_always_in_a_state_of_its_table(state, events):
    for event in events:
        try:
            state = rules.journey_after(state, event)
        except rules.NotPossible:
            continue
        assert state in rules.JOURNEY


def test_every_open_state_of_an_alert_leads_to_closed():
    for state in rules.ALERT_LIVE:
        assert rules.alert_after(state, rules.AlertEvent.CLOSE) == "CLOSED"
    assert not rules.ALERT["CLOSED"]
    assert rules.ALERT["MERGED"] == {"PART": "OPEN"}
