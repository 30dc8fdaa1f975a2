"""What she learns: never a child in work, an adult in no bridge course, nobody with whom people are warned of."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import queries as cases
from aanchal.network import actions as network
from aanchal.rehab import learning, queries, readiness, rules
from aanchal.rehab.models import Attendance, Learning
from tests.factories import DAY, NOON
from tests.rehab.builders import begin, decide, make_case, make_listing


def enrol(case, by, kind="SKILLING", trade="welding", agency=None, on=DAY, at=NOON):
    with acting(by):
        return learning.enrol(case=case, kind=kind, trade=trade, agency=agency, on=on, at=at, by=by)


def move(one, to, by, on, **more):
    with acting(by):
        return learning.move(learning=one, to=to, on=on, at=NOON + timedelta(days=800), by=by, **more)


def test_from_the_first_day_to_work_that_lasted(running, staff, india):
    workshop = make_listing(india["east"])
    one = enrol(running, staff.worker, agency=workshop)
    one = move(one, "CERTIFIED", staff.worker, DAY + timedelta(days=110))
    placed = DAY + timedelta(days=120)
    one = move(one, "PLACED", staff.worker, placed, work=learning.Work(workshop, 12_000_00))
    with pytest.raises(rules.NotPossible, match="too_early"):
        move(one, "RETAINED_3", staff.worker, placed + timedelta(days=80))
    for to, days in (("RETAINED_3", 93), ("RETAINED_6", 185), ("RETAINED_12", 366)):
        one = move(one, to, staff.worker, placed + timedelta(days=days))
    assert (one.state, one.wage_paise, one.employer_id) == ("RETAINED_12", 12_000_00, workshop.pk)


def test_a_girl_learns_in_a_bridge_course_and_not_for_work(girl, staff):
    with pytest.raises(rules.NotPossible, match="^minor$"):
        enrol(girl, staff.worker)
    one = enrol(girl, staff.worker, "BRIDGE", "")
    with pytest.raises(rules.NotPossible, match="over"):
        move(one, "PLACED", staff.worker, DAY)
    assert move(one, "COMPLETED", staff.worker, DAY + timedelta(days=200)).state == "COMPLETED"


def test_an_adult_in_a_bridge_course_is_refused(running, staff):
    with pytest.raises(rules.NotPossible, match="adult_in_bridge"):
        enrol(running, staff.worker, "BRIDGE", "")


def test_no_course_for_work_before_the_gates_are_open(case, staff):
    with pytest.raises(rules.NotPossible, match="not_running"):
        enrol(case, staff.worker)


def test_school_waits_for_no_gate(girl, staff):
    assert enrol(girl, staff.worker, "SCHOOL", "").state == "ENROLLED"


def test_her_age_must_be_known(staff):
    case = make_case(staff.place, staff.worker, years=None)
    with pytest.raises(rules.NotPossible, match="age_unknown"):
        enrol(case, staff.worker, "SCHOOL", "")


def test_driving_waits_until_she_is_old_enough(staff):
    case = make_case(staff.place, staff.worker, staff.counsellor, years=18)
    begin(case, staff.worker, staff.counsellor)
    with pytest.raises(rules.NotPossible, match="trade_age"):
        enrol(case, staff.worker, trade="driving")


def test_nobody_is_sent_to_an_agency_people_complain_of(running, staff, india):
    agency = make_listing(india["east"])
    with acting(SYSTEM):
        network.record_complaint(listing=agency, topic="HELD", words="", at=NOON, by=SYSTEM)
        agency.refresh_from_db()
    with pytest.raises(rules.NotPossible, match="agency_warned"):
        enrol(running, staff.worker, agency=agency)


def test_a_second_course_of_the_kind_waits_for_the_first(running, staff):
    enrol(running, staff.worker)
    with pytest.raises(rules.NotPossible, match="learns_already"):
        enrol(running, staff.worker, trade="security")


def test_a_gate_that_shuts_stops_the_way_to_work(running, staff, india):
    one = move(enrol(running, staff.worker), "CERTIFIED", staff.worker, DAY)
    decide(running, "PSYCHOLOGICAL", staff.worker, is_open=False, why="RELAPSE", hours=1)
    with pytest.raises(rules.NotPossible, match="not_running"):
        move(one, "PLACED", staff.worker, DAY, work=learning.Work(make_listing(india["east"])))
    assert move(one, "LEFT", staff.worker, DAY).state == "LEFT"


def test_attendance_is_told_by_month_and_told_again(running, staff):
    one = enrol(running, staff.worker)
    with acting(staff.worker):
        for held, present in ((20, 18), (22, 20)):
            learning.attend(learning=one, month=DAY, held=held, present=present, at=NOON, by=staff.worker)
        assert [(row.held, row.present) for row in Attendance.objects.all()] == [(22, 20)]
        with pytest.raises(rules.NotPossible, match="attendance"):
            learning.attend(learning=one, month=DAY, held=10, present=12, at=NOON, by=staff.worker)
        with pytest.raises(rules.NotPossible, match="not_in_course_then"):
            learning.attend(learning=one, month=DAY - timedelta(days=40), held=10, present=1, at=NOON, by=staff.worker)


def test_she_is_asked_what_she_likes_and_asked_again(case, staff):
    with acting(staff.worker):
        for liked in (["MAKING"], ["MACHINES", "OUTDOORS"]):
            told = {"interests": liked, "strengths": ["FEARLESS"], "surroundings": "TOWN"}
            learning.tell_leaning(case=case, on=DAY, by=staff.worker, **told)
        her = queries.her(queries.case(case.pk), DAY)
    assert her.interests == ("MACHINES", "OUTDOORS")


def test_her_age_is_the_youngest_that_agrees_with_what_was_told(staff):
    case = make_case(staff.place, staff.worker, years=17)
    day = case.opened_on
    assert [cases.age(case, day + timedelta(days=n)) for n in (0, 364, 366)] == [17, 17, 18]


def test_who_is_not_assigned_sees_no_course(running, staff):
    enrol(running, staff.worker)
    for user in (staff.other, staff.stranger, staff.officer):
        with acting(user):
            assert not Learning.objects.exists()


def test_the_database_itself_refuses_a_child_in_skill_training(girl, staff):
    one = enrol(girl, staff.worker, "BRIDGE", "")
    for change in ("kind = 'SKILLING', trade = 'welding'", "state = 'PLACED', placed_on = '2026-04-01'"):
        with acting(staff.worker), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE rehab_learning SET {change} WHERE id = %s", [one.pk])


class Back(Exception):
    pass


EVENT = st.tuples(
    st.sampled_from(
        ["SKILLING", "BRIDGE", "VOCATIONAL", "SCHOOL", "CERTIFIED", "PLACED", "RETAINED_3", "COMPLETED", "LEFT", "SHUT", "OPEN"]
    ),
    st.integers(0, 500),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(years=st.integers(14, 19), events=st.lists(EVENT, max_size=10))
def test_never_a_minor_in_a_placement_whatever_happens_in_whatever_order(staff, india, years, events):
    workshop = make_listing(india["east"])
    with pytest.raises(Back), acting(SYSTEM):  # noqa: PT012 - the whole example is taken back
        case = make_case(staff.place, staff.worker, staff.counsellor, years=years)
        begin(case, staff.worker, staff.counsellor)
        for what, days in sorted(events, key=lambda event: event[1]):
            happen(case, staff, workshop, what, days)
            for one in Learning.objects.filter(state__in=rules.IN_WORK):
                assert one.kind == "SKILLING"
                assert cases.age(case, one.placed_on) >= 18
                assert cases.age(case, one.enrolled_on) >= 18
        raise Back


def happen(case, staff, workshop, what, days) -> None:
    on, at = DAY + timedelta(days=days), NOON + timedelta(days=days)
    by = staff.worker
    with acting(by):
        try:
            if what in ("SHUT", "OPEN"):
                told = {"is_open": what == "OPEN", "why": "RELAPSE", "on": on, "at": at, "by": by}
                readiness.decide(case=case, gate="MEDICAL", **told)
                if what == "OPEN":
                    readiness.start(case=case, at=at, by=by)
            elif what in ("SKILLING", "BRIDGE", "VOCATIONAL", "SCHOOL"):
                learning.enrol(case=case, kind=what, trade="welding" if what != "BRIDGE" else "", agency=None, on=on, at=at, by=by)
            elif one := Learning.objects.order_by("-pk").first():
                learning.move(learning=one, to=what, on=on, work=learning.Work(workshop), at=at, by=by)
        except rules.NotPossible:
            return
