"""Whatever happens in whatever order: no rescue before an operation runs, no court's word before the charge sheet, no broken chain."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.rescue import actions, keeping, prosecuting, queries, rules
from aanchal.rescue.models import Accused, Fir, FirStep, Hearing, Lead, Operation, Rescued
from aanchal.rescue.terms import Event, Purpose, Stage
from tests.factories import NOON
from tests.rescue.builders import make_accused, make_evidence, mark_all, rescued_details

ANY_ORDER = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
IN_OPERATION = st.one_of(st.sampled_from(Event), st.sampled_from(["BEFORE", "DURING", "AFTER", "rescue", "evidence", "hand over"]))
IN_COURT = st.one_of(st.sampled_from(Stage), st.sampled_from(Purpose), st.sampled_from(["accused", "arrested", "convicted"]))


class Back(Exception):
    pass


def in_any_order(events, one, check):
    """Each example in a savepoint that is taken back; a refusal changes nothing."""
    with pytest.raises(Back), acting(SYSTEM):  # noqa: PT012 - the whole example is what is taken back
        for nth, event in enumerate(events):
            try:
                with transaction.atomic():
                    one(event, NOON + timedelta(hours=nth + 1))
            except rules.NotPossible:
                pass
            check()
        raise Back


def do_in_operation(pk, event, at):
    operation, by = queries.operation(pk), SYSTEM
    if event in Event.values:
        actions.go_on(operation=operation, event=event, at=at, by=by)
    elif event == "rescue":
        actions.record_rescued(details=rescued_details(at=at), place=None, operation=operation, at=at, by=by)
    elif event == "evidence":
        make_evidence(operation.unit, operation, by=by, at=at)
    elif event == "hand over":
        for piece in queries.evidence_of(operation=operation):
            last = queries.chain(piece)[-1]
            taker = rules.Holder("COURT", office="a") if last.keeper == "OFFICER" else rules.Holder("OFFICER", user="")
            keeping.hand_over(evidence=piece, to=taker, why="TO_SHOW", is_seal_whole=True, when=at, at=at, by=by)
    else:
        mark_all(operation, event, at=at, by=by)


def check_operation(pk):
    operation = queries.operation(pk)
    marks = {key: one.mark for key, one in queries.standing(queries.marks(operation)).items()}
    reached = {"RUNNING": ["BEFORE"], "FOLLOWING": ["BEFORE", "DURING"]}.get(operation.state, [])
    for phase in reached:
        assert rules.open_steps(phase, operation.sop.checklist, marks) == []
    assert (operation.state == "CALLED_OFF") == (Lead.objects.get(pk=operation.lead_id).state == "CHECKED")
    for one in Rescued.objects.filter(operation=pk):
        assert operation.started_at
        assert one.rescued_at >= operation.started_at
        assert one.deadlines.filter(key="rescue-cwc").count() == 1
    for piece in queries.evidence_of(operation=operation):
        assert keeping.first_break(piece, queries.chain(piece)) is None


@ANY_ORDER
@given(events=st.lists(IN_OPERATION, max_size=12))
def test_no_operation_goes_on_past_its_checklist_and_no_chain_breaks(operation, events):
    in_any_order(events, lambda event, at: do_in_operation(operation.pk, event, at), lambda: check_operation(operation.pk))
    with acting(SYSTEM):
        assert Operation.objects.get().state == "PLANNED"


def do_in_court(pk, event, at):
    fir, by, on = queries.fir(pk), SYSTEM, at.date()
    if event in Stage.values:
        prosecuting.go_on(fir=fir, stage=event, on=on, number="7", court="", at=at, by=by)
    elif event in Purpose.values:
        prosecuting.set_hearing(fir=fir, on=on, purpose=event, at=at, by=by)
    elif event == "accused":
        make_accused(by=by, fir=fir, at=at, on=on)
    else:
        for one in Accused.objects.filter(fir=pk):
            prosecuting.move_accused(accused=one, state=event.upper(), on=on, at=at, by=by)


def check_court(pk):
    fir = Fir.objects.get(pk=pk)
    steps = list(FirStep.objects.filter(fir=pk).order_by("at", "pk"))
    states = ["INVESTIGATION", *(one.stage for one in steps)]
    assert states[-1] == fir.stage
    assert all(after in rules.PROSECUTION[before] for before, after in zip(states, states[1:], strict=False))
    sheet = min((one.at for one in steps if one.stage == "CHARGE_SHEETED"), default=None)
    for one in Hearing.objects.filter(fir=pk).exclude(purpose="REMAND"):
        assert sheet is not None
        assert one.recorded_at > sheet
    assert sheet or not Accused.objects.filter(fir=pk, state="CONVICTED").exists()
    keys = list(fir.deadlines.values_list("key", flat=True))
    assert len(keys) == len(set(keys))


@ANY_ORDER
@given(events=st.lists(IN_COURT, max_size=14))
def test_no_case_skips_a_step_and_no_court_speaks_before_the_charge_sheet(fir, events):
    in_any_order(events, lambda event, at: do_in_court(fir.pk, event, at), lambda: check_court(fir.pk))
    with acting(SYSTEM):
        assert Fir.objects.get().stage == "INVESTIGATION"


@given(stage=st.sampled_from(Stage), events=st.lists(st.sampled_from(Stage), max_size=20))
def test_a_case_is_always_at_a_stage_of_its_table(stage, events):
    day = NOON.date()
    for event in events:
        try:
            rules.check_stage(stage, event, on=day, since=day, today=day)
        except rules.NotPossible:
            continue
        assert event in rules.PROSECUTION[stage]
        stage = event
