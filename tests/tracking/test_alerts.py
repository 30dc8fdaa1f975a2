from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.tracking import actions, alerting, clock, queries, rules
from aanchal.tracking.models import Alert, Journey
from aanchal.tracking.terms import AlertKind
from tests.factories import DAY, NOON, make_posting
from tests.registers.builders import make_entry, someone


@pytest.fixture
def missed(away, workers, later):
    with acting(SYSTEM):
        clock.run(at=later(days=8), by=SYSTEM)
        return Alert.objects.select_related("journey", "place").get()


def test_it_is_closed_only_with_an_outcome_its_kind_knows(missed, workers, later):
    with acting(workers.crp):
        with pytest.raises(rules.NotPossible, match="outcome"):
            actions.close_alert(alert=missed, outcome="VERIFIED", at=later(days=8), by=workers.crp)
        actions.close_alert(alert=missed, outcome="HEARD_SAFE", at=later(days=8), by=workers.crp)
        with pytest.raises(rules.NotPossible, match="over"):
            actions.close_alert(alert=missed, outcome="HEARD_SAFE", at=later(days=8), by=workers.crp)
        journey = Journey.objects.get()
    assert (journey.state, journey.heard_on) == ("IN_TOUCH", DAY + timedelta(days=8))


def test_it_is_closed_as_missing_only_when_the_register_says_so(missed, workers, village, later):
    told = {"alert": missed, "outcome": "REPORTED_MISSING", "at": later(days=8)}
    with acting(workers.officer), pytest.raises(rules.NotPossible, match="report_first"):
        actions.close_alert(**told, by=workers.officer)
    with acting(SYSTEM):
        person = Alert.objects.select_related("person").get(pk=missed.pk).person
    make_entry(village, "MISSING", person=person, on=DAY)
    with acting(workers.officer):
        actions.close_alert(**told, by=workers.officer)
        assert Journey.objects.get().state == "MISSING"


def test_it_never_repeats_itself(missed, workers, later):
    with acting(workers.crp):
        again = alerting.raise_alert(kind=AlertKind.MISSED_CHECK_IN, about=missed.journey, at=later(days=9), by=workers.crp)
    assert again == missed


@pytest.mark.parametrize(("days", "reason"), [(0, "snooze_past"), (15, "snooze_long")])
def test_it_is_put_off_only_to_a_day_that_is_near(missed, workers, later, days, reason):
    until = (later(days=8) + timedelta(days=days)).date()
    with acting(workers.crp), pytest.raises(rules.NotPossible, match=reason):
        alerting.snooze(alert=missed, until=until, reason="NO_NETWORK", at=later(days=8), by=workers.crp)


def put_off(alert, day, by, later):
    at = later(days=day)
    with acting(by):
        alerting.snooze(alert=alert, until=(at + timedelta(days=1)).date(), reason="TRAVELLING", at=at, by=by)


def test_it_is_put_off_once_on_a_step_so_that_it_climbs(missed, workers, later):
    put_off(missed, 8, workers.crp, later)
    with acting(SYSTEM):
        clock.run(at=later(days=9), by=SYSTEM)
    with pytest.raises(rules.NotPossible, match="snooze_again"):
        put_off(missed, 9, workers.crp, later)
    with acting(SYSTEM):
        clock.run(at=later(days=12), by=SYSTEM)
    put_off(missed, 12, workers.vo, later)
    with acting(SYSTEM):
        assert (Alert.objects.get().step, Alert.objects.get().state) == ("VO", "SNOOZED")


def test_on_the_last_step_it_may_be_put_off_again(missed, workers, later):
    with acting(workers.crp):
        for _step in range(3):
            alerting.hand_up(alert=missed, reason="DANGER", at=later(days=8), by=workers.crp)
    for day in (8, 10):
        put_off(missed, day, workers.ahtu, later)
        with acting(SYSTEM):
            clock.run(at=later(days=day + 1), by=SYSTEM)
    with acting(SYSTEM):
        assert Alert.objects.get().state == "OPEN"


def test_it_is_put_off_only_by_who_answers_there_or_above(missed, workers, later):
    with acting(workers.crp):
        alerting.hand_up(alert=missed, reason="DANGER", at=later(days=8), by=workers.crp)
    with pytest.raises(rules.NotPossible, match="above"):
        put_off(missed, 8, workers.crp, later)
    put_off(missed, 8, workers.officer, later)


def test_from_below_it_ends_by_what_was_seen_and_not_by_a_judgement(missed, workers, later):
    at = later(days=8)
    with acting(workers.crp):
        alerting.hand_up(alert=missed, reason="DANGER", at=at, by=workers.crp)
        for outcome in ("OWN_WISH", "HELP_GIVEN"):
            with pytest.raises(rules.NotPossible, match="above"):
                actions.close_alert(alert=missed, outcome=outcome, at=at, by=workers.crp)
        actions.close_alert(alert=missed, outcome="HEARD_SAFE", at=at, by=workers.crp)


def test_who_answers_in_the_next_block_does_not_answer_here(missed, workers, india, later):
    with acting(SYSTEM):
        elsewhere = make_posting("block_officer", india["west block"])
        assert queries.may_answer(workers.officer, missed, on=DAY)
        assert not queries.may_answer(elsewhere, missed, on=DAY)


def test_it_is_handed_up_with_a_reason_and_tells_who_is_there_now(missed, workers, later):
    with acting(workers.crp):
        for _step in range(3):
            alerting.hand_up(alert=missed, reason="DANGER", at=later(days=8), by=workers.crp)
        with pytest.raises(rules.NotPossible, match="top"):
            alerting.hand_up(alert=missed, reason="DANGER", at=later(days=8), by=workers.crp)
        steps = queries.history(missed)[1:]
    assert [(step.step, step.by, step.told) for step in steps] == [
        ("VO", workers.crp, [workers.vo.pk]),
        ("BLOCK", workers.crp, [workers.officer.pk]),
        ("AHTU", workers.crp, [workers.ahtu.pk]),
    ]


def test_it_is_joined_with_another_of_the_family_and_answered_with_it(workers, mother_and_daughter, later):
    with acting(SYSTEM):
        clock.run(at=later(days=8), by=SYSTEM)
        one, other = Alert.objects.order_by("pk")
    with acting(workers.crp):
        alerting.merge(alert=one, into=other, at=later(days=8), by=workers.crp)
        assert list(queries.alerts(workers.crp)) == [other]
        actions.close_alert(alert=other, outcome="HEARD_SAFE", at=later(days=8), by=workers.crp)
        assert set(Journey.objects.values_list("state", flat=True)) == {"IN_TOUCH"}


def test_joining_puts_nothing_off(workers, mother_and_daughter, later):
    at = later(days=8)
    with acting(SYSTEM):
        clock.run(at=at, by=SYSTEM)
        one, other = Alert.objects.order_by("pk")
    put_off(other, 8, workers.crp, later)
    with acting(workers.crp):
        due = Alert.objects.get(pk=one.pk).step_due_at
        alerting.merge(alert=one, into=other, at=at, by=workers.crp)
        assert Alert.objects.values_list("state", "step_due_at", "snoozed_until").get(pk=other.pk) == ("OPEN", due, None)


def test_what_stands_higher_is_not_joined_from_below(workers, mother_and_daughter, later):
    at = later(days=8)
    with acting(SYSTEM):
        clock.run(at=at, by=SYSTEM)
        one, other = Alert.objects.select_related("place").order_by("pk")
    with acting(workers.crp):
        alerting.hand_up(alert=one, reason="DANGER", at=at, by=workers.crp)
        with pytest.raises(rules.NotPossible, match="above"):
            alerting.merge(alert=one, into=other, at=at, by=workers.crp)
        assert alerting.merge(alert=other, into=one, at=at, by=workers.crp) == one


def test_of_two_joined_the_faster_is_followed(missed, workers, later):
    at = later(days=8)
    with acting(workers.crp):
        trouble = alerting.raise_alert(kind="TROUBLE", about=missed.journey, at=at, by=workers.crp)
        assert alerting.merge(alert=trouble, into=missed, at=at, by=workers.crp) == trouble
        assert list(queries.alerts(workers.crp)) == [trouble]


def test_joined_it_stands_by_itself_again_when_only_the_other_was_heard_of(workers, mother_and_daughter, later):
    with acting(SYSTEM):
        clock.run(at=later(days=8), by=SYSTEM)
    with acting(workers.crp):
        mother, daughter = (Journey.objects.get(pk=pk) for pk in mother_and_daughter)
        hers, other = (Alert.objects.get(journey=one) for one in (mother, daughter))
        alerting.merge(alert=other, into=hers, at=later(days=8), by=workers.crp)
        actions.record_check_in(journey=mother, way="CALL", answer="WELL", on=later(days=8).date(), at=later(days=8), by=workers.crp)
        assert list(queries.alerts(workers.crp)) == [other]
        assert [step.happening for step in queries.history(other)] == ["RAISED", "MERGED", "PARTED"]
        assert queries.history(other)[-1].told == [workers.crp.pk]


def test_who_is_in_trouble_is_not_forgotten_when_a_message_says_well(missed, workers, later):
    told = {"journey": missed.journey, "way": "MESSAGE", "on": later(days=8).date(), "at": later(days=8), "by": workers.crp}
    with acting(workers.crp):
        trouble = alerting.raise_alert(kind="TROUBLE", about=missed.journey, at=later(days=8), by=workers.crp)
        alerting.merge(alert=trouble, into=missed, at=later(days=8), by=workers.crp)
        actions.record_check_in(answer="WELL", **told)
        assert list(queries.alerts(workers.crp)) == [trouble]


def test_someone_missing_is_followed_until_the_search_says_found(child_missing, workers, later):
    with acting(SYSTEM):
        clock.run(at=later(days=2), by=SYSTEM)
        missing, duty = Alert.objects.get(kind="MISSING"), Alert.objects.filter(kind="DEADLINE").first()
    with acting(workers.officer):
        with pytest.raises(rules.NotPossible, match="search_first"):
            actions.close_alert(alert=missing, outcome="TRACED", at=later(days=2), by=workers.officer)
        alerting.merge(alert=missing, into=duty, at=later(days=2), by=workers.officer)
        actions.close_alert(alert=duty, outcome="DUTY_DONE", at=later(days=2), by=workers.officer)
        missing.refresh_from_db()
        assert (missing.state, missing.merged_into) == ("OPEN", None)


def test_it_is_not_joined_with_that_of_another_family(missed, workers, village, later):
    make_entry(village)
    with acting(SYSTEM):
        clock.run(at=later(days=8), by=SYSTEM)
        other = Alert.objects.exclude(pk=missed.pk).get()
    with acting(workers.crp), pytest.raises(rules.NotPossible, match="merge"):
        alerting.merge(alert=missed, into=other, at=later(days=8), by=workers.crp)


def test_it_looks_into_a_marriage_far_away_until_the_address_is_checked(village, workers, later):
    from aanchal.registers import actions as registers
    from tests.registers.builders import DETAILS, TEXTS

    details = DETAILS["MARRIAGE"] | {"marriage_risk_flag": "GROOM_OUTSIDE_STATE"}
    entry = make_entry(village, "MARRIAGE", who=someone(years=20), details=details, texts=TEXTS["MARRIAGE"])
    with acting(workers.crp):
        journey, alert = Journey.objects.get(), Alert.objects.get()
        assert (journey.kind, journey.interval_days, alert.kind, alert.journey) == ("MARRIAGE", 30, "MARRIAGE", journey)
        checked = registers.Changes(details={"groom_address_verified": "yes"}, texts={"registration_no": "77/2026"})
        registers.correct_entry(entry=entry, changes=checked, reason="seen", at=later(days=2), by=workers.crp)
        assert (Alert.objects.get().outcome, Journey.objects.get().state) == ("VERIFIED", "IN_TOUCH")


def test_it_looks_into_the_marriage_of_a_child_wherever_the_groom_lives(village, workers):
    make_entry(village, "MARRIAGE", who=someone(years=15))
    with acting(workers.crp):
        alert = Alert.objects.get()
        assert (alert.kind, alert.journey, alert.is_child) == ("MARRIAGE", None, True)


def test_the_marriage_of_a_child_stands_with_the_block_officer_at_once_and_the_village_hears_of_it(village, workers):
    make_entry(village, "MARRIAGE", who=someone(years=15))
    with acting(workers.crp):
        alert = Alert.objects.select_related("place").get()
        assert alert.step == "BLOCK"
        assert queries.history(alert)[0].told == [workers.crp.pk, workers.vo.pk, workers.officer.pk]
        with pytest.raises(rules.NotPossible, match="above"):
            actions.close_alert(alert=alert, outcome="NOT_SO", at=NOON, by=workers.crp)


def test_a_journey_is_not_let_go_of_below_where_its_alert_stands(missed, workers, later):
    at = later(days=8)
    told = {"journey": missed.journey, "event": "SETTLED", "on": at.date(), "at": at}
    with acting(workers.crp):
        alerting.hand_up(alert=missed, reason="DANGER", at=at, by=workers.crp)
        with pytest.raises(rules.NotPossible, match="above"):
            actions.end(**told, by=workers.crp)
    with acting(workers.vo):
        assert actions.end(**told, by=workers.vo).state == "SETTLED"


def test_it_is_seen_by_nobody_of_the_next_village(missed, stranger):
    with acting(stranger):
        assert not Alert.objects.exists()
        assert list(queries.alerts(stranger)) == []


def test_it_is_led_through_every_outcome_a_kind_offers():
    for kind in AlertKind:
        assert rules.OUTCOMES[kind]
        for outcome in rules.OUTCOMES[kind]:
            rules.check_outcome(kind, outcome, is_child=False)
