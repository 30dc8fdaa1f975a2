from datetime import timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.notices.models import Notice
from aanchal.tracking import actions, alerting, clock, queries
from aanchal.tracking.models import Alert, AlertStep, Journey
from tests.factories import NOON
from tests.registers.builders import make_entry, someone


def run(at):
    with acting(SYSTEM):
        return clock.run(at=at, by=SYSTEM)


def the_alert():
    with acting(SYSTEM):
        return Alert.objects.select_related("journey", "place", "person").get()


def test_it_finds_nothing_due_on_the_agreed_day_itself(away, later):
    assert run(later(days=7)).is_idle


def test_it_raises_one_alert_for_a_missed_check_in_and_tells_the_crp(away, workers, later):
    done = run(later(days=8))
    alert = the_alert()
    assert (done.missed, done.told) == (1, 1)
    assert (alert.kind, alert.step, alert.journey.state, alert.step_due_at) == ("MISSED_CHECK_IN", "CRP", "SILENT", later(days=10))
    with acting(SYSTEM):
        [step] = queries.history(alert)
        assert (step.happening, step.by, step.told) == ("RAISED", None, [workers.crp.pk])
        assert [one.user for one in Notice.objects.all()] == [workers.crp]


def test_it_does_nothing_the_second_time(away, workers, later):
    run(later(days=8))
    assert run(later(days=8)).is_idle
    with acting(SYSTEM):
        assert (Alert.objects.count(), AlertStep.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_it_climbs_step_by_step_each_in_its_own_time_to_the_ahtu(away, workers, later):
    heard = []
    for days in (8, 10, 12, 15, 40):
        run(later(days=days))
        heard.append(the_alert().step)
    assert heard == ["CRP", "VO", "BLOCK", "AHTU", "AHTU"]
    with acting(SYSTEM):
        told = [step.told for step in queries.history(the_alert())]
    assert told == [[workers.crp.pk], [workers.vo.pk], [workers.officer.pk], [workers.ahtu.pk]]
    assert the_alert().step_due_at is None


def test_it_climbs_in_half_the_time_for_a_child(village, later):
    make_entry(village, who=someone(years=15))
    run(later(days=8))
    assert the_alert().step_due_at == later(days=9)


def test_it_climbs_also_where_nobody_holds_the_post(away, later):
    run(later(days=8))
    run(later(days=10))
    with acting(SYSTEM):
        assert [step.told for step in queries.history(the_alert())] == [[], []]
    assert the_alert().step == "VO"


def test_it_wakes_what_was_put_off_on_its_day_with_its_time_left(away, workers, later):
    run(later(days=8))
    with acting(workers.crp):
        until = (later(days=8) + timedelta(days=5)).date()
        alerting.snooze(alert=the_alert(), until=until, reason="NO_NETWORK", at=later(days=8), by=workers.crp)
    assert run(later(days=12)).is_idle
    assert run(later(days=13)).woken == 1
    alert = the_alert()
    assert (alert.state, alert.step, alert.step_due_at) == ("OPEN", "CRP", later(days=15))


def test_it_ends_the_alert_when_she_is_heard_of_and_can_raise_a_new_one(away, workers, later):
    run(later(days=8))
    with acting(workers.crp):
        journey = Journey.objects.get(pk=away.pk)
        actions.record_check_in(journey=journey, way="CALL", answer="WELL", on=later(days=8).date(), at=later(days=8), by=workers.crp)
    assert the_alert().outcome == "HEARD_SAFE"
    assert run(later(days=16)).missed == 1
    with acting(SYSTEM):
        assert Alert.objects.filter(state="OPEN").count() == 1


def test_it_keeps_the_alert_when_what_was_heard_is_older_than_the_agreed_days(away, workers, later):
    run(later(days=8))
    with acting(workers.crp):
        journey = Journey.objects.get(pk=away.pk)
        actions.record_check_in(journey=journey, way="CALL", answer="WELL", on=away.departed_on, at=later(days=8), by=workers.crp)
        journey.refresh_from_db()
    assert (journey.state, the_alert().state) == ("SILENT", "OPEN")


def test_it_takes_a_bounded_number_at_a_time(village, later, monkeypatch):
    monkeypatch.setattr(clock, "A_BATCH", 2)
    for _n in range(3):
        make_entry(village)
    first, second = run(later(days=8)), run(later(days=8))
    assert (first.missed, first.is_more, second.missed, second.is_more) == (2, True, 1, False)


def test_it_tells_nobody_who_no_longer_works_there(away, workers, later):
    with acting(SYSTEM):
        workers.crp.postings.update(until=NOON.date())
    run(later(days=8))
    with acting(SYSTEM):
        assert queries.history(the_alert())[0].told == []
