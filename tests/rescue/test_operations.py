from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.matching.models import FoundPerson
from aanchal.notices.models import Notice
from aanchal.rescue import actions, informing, queries, rules
from aanchal.rescue.models import Lead, Operation, Rescued, StepMark
from tests.factories import DAY, NOON
from tests.rescue.builders import LATER, NAME, make_operation, mark_all, rescue, rescued_details, start


def refused(word):
    return pytest.raises(rules.NotPossible, match=f"^{word}$")


def go_on(operation, event, by, at=LATER):
    return actions.go_on(operation=operation, event=event, at=at, by=by)


def test_it_is_planned_on_a_lead_by_the_checklist_of_its_matter(lead, people):
    with acting(people.officer):
        operation = make_operation(lead, by=people.officer)
        assert (operation.sop.matter, operation.state) == ("CHILD_LABOUR", "PLANNED")
        assert Lead.objects.get().state == "IN_OPERATION"
        with refused("operation_of_lead"):
            make_operation(lead, by=people.officer)


def test_it_is_not_planned_for_a_day_that_has_passed(lead, people):
    with acting(people.officer), refused("past"):
        make_operation(lead, by=people.officer, on=DAY - timedelta(days=1))


def test_it_is_not_planned_on_a_lead_that_was_not_so(lead, people):
    with acting(people.officer):
        informing.move(lead=lead, state="NOT_SO", why="An empty house", at=NOON, by=people.officer)
        with refused("lead"):
            make_operation(lead, by=people.officer)
        assert not Operation.objects.exists()


def test_nobody_is_rescued_before_it_has_begun(operation, people):
    with acting(people.officer):
        with refused("not_started"):
            rescue(operation, by=people.officer)
        assert not Rescued.objects.exists()


def test_it_begins_only_when_what_comes_before_is_done_or_excused(operation, people):
    by = people.officer
    with acting(by):
        first, *others = [step.key for step in operation.sop.checklist if step.phase == "BEFORE"]
        for key in others:
            actions.mark(operation=operation, key=key, mark="DONE", note="", done_at=NOON, at=NOON, by=by)
        with refused("checklist"):
            go_on(operation, "START", by)
        with refused("reason"):
            actions.mark(operation=operation, key=first, mark="EXCUSED", note=" ", done_at=NOON, at=NOON, by=by)
        actions.mark(operation=operation, key=first, mark="EXCUSED", note="No time: a child cried", done_at=NOON, at=NOON, by=by)
        assert go_on(operation, "START", by).state == "RUNNING"


def test_a_mark_that_was_taken_back_opens_the_step_again(operation, people):
    by, key = people.officer, operation.sop.checklist[0].key
    told = {"operation": operation, "key": key, "note": "", "done_at": NOON, "at": NOON, "by": by}
    with acting(by):
        with refused("not_marked"):
            actions.mark(mark="TAKEN_BACK", **told)
        actions.mark(mark="DONE", **told)
        with refused("marked"):
            actions.mark(mark="DONE", **told)
        mark_all_but(operation, key, by)
        actions.mark(mark="TAKEN_BACK", **told)
        with refused("checklist"):
            go_on(operation, "START", by)
        assert StepMark.objects.filter(key=key).count() == 2


def mark_all_but(operation, key, by):
    for step in operation.sop.checklist:
        if step.phase == "BEFORE" and step.key != key:
            actions.mark(operation=operation, key=step.key, mark="DONE", note="", done_at=NOON, at=NOON, by=by)


def test_steps_on_the_spot_wait_for_its_beginning(operation, people):
    with acting(people.officer), refused("not_started"):
        mark_all(operation, "DURING", at=NOON, by=people.officer)


def test_it_goes_from_plan_to_done(running, people):
    by = people.officer
    with acting(by):
        with refused("checklist"):
            go_on(running, "LEAVE", by)
        mark_all(running, "DURING", at=LATER, by=by)
        left = go_on(running, "LEAVE", by)
        with refused("checklist"):
            go_on(left, "FINISH", by)
        mark_all(left, "AFTER", at=LATER, by=by)
        done = go_on(left, "FINISH", by)
        assert (done.state, done.ended_at) == ("DONE", LATER)
        with refused("operation"):
            mark_all(done, "AFTER", at=LATER, by=by)
        assert go_on(done, "REOPEN", by).ended_at is None


def test_calling_it_off_gives_the_lead_back(operation, people):
    by = people.officer
    with acting(by):
        off = go_on(operation, "CALL_OFF", by)
        assert Lead.objects.get().state == "CHECKED"
        with refused("operation"):
            start(off, at=LATER, by=by)
        assert go_on(off, "PLAN_AGAIN", by).state == "PLANNED"
        assert Lead.objects.get().state == "IN_OPERATION"
        with refused("operation"):
            go_on(operation, "DANCE", by)


def test_who_is_rescued_is_known_by_a_code_and_looked_for_among_the_missing(running, people):
    with acting(people.officer):
        rescued = rescue(running, by=people.officer)
        assert (rescued.is_child, rescued.is_age_proved, len(rescued.code)) == (True, False, 6)
        found = FoundPerson.objects.get()
        assert Rescued.objects.get().found_id == found.pk
        assert found.told()["name"] == NAME
        opened = actions.open_names(people=[rescued], reason="RESCUE", by=people.officer)
        assert opened[rescued.pk]["name"] == NAME


def test_who_is_found_without_an_operation_is_written_down_too(unit, people):
    with acting(people.officer):
        rescued = actions.record_rescued(details=rescued_details(at=NOON), place=unit.place, at=LATER, by=people.officer)
        assert rescued.operation is None
        with refused("future"):
            actions.record_rescued(details=rescued_details(at=LATER), place=unit.place, at=NOON, by=people.officer)


def test_nobody_is_rescued_before_it_was_planned(running, people):
    with acting(people.officer), refused("before_start"):
        early = rescued_details(at=running.planned_at - timedelta(minutes=1))
        actions.record_rescued(details=early, place=None, operation=running, at=LATER, by=people.officer)


def test_her_true_hour_stands_where_the_start_was_pressed_afterwards(running, people):
    hour = running.planned_at
    with acting(people.officer):
        Operation.objects.filter(pk=running.pk).update(started_at=LATER)
        rescued = actions.record_rescued(details=rescued_details(at=hour), place=None, operation=running, at=LATER, by=people.officer)
        assert rescued.rescued_at == hour == Operation.objects.get().started_at


def test_who_leads_it_and_of_an_urgent_lead_the_unit_is_told(unit, people):
    with acting(people.head):
        told = informing.LeadDetails(matter="CHILD_LABOUR", channel="PHONE", is_urgent=True, texts={"words": "held"})
        lead = informing.record_lead(unit=unit, details=told, at=NOON, by=people.head)
        operation = actions.plan(lead=lead, planned_for=DAY, led_by=people.officer, words="", at=NOON, by=people.head)
    with acting(SYSTEM):
        serving = {one.user_id for one in queries.members(unit)} - {people.head.pk}
        assert set(Notice.objects.filter(about=lead.pk).values_list("user", flat=True)) == serving
        assert [one.user for one in Notice.objects.filter(about=operation.pk)] == [people.officer]


def test_it_is_nothing_to_an_officer_of_the_next_district(running, people):
    with acting(people.officer):
        rescue(running, by=people.officer)
    with acting(people.stranger):
        assert not Operation.objects.exists()
        assert not Rescued.objects.exists()
        with pytest.raises(Operation.DoesNotExist):
            go_on(running, "LEAVE", people.stranger)
