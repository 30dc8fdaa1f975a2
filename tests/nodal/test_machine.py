"""A return from draft to lock and amendment: made by one, approved by another, accepted by the nation; and nobody else."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.nodal import actions, counts, queries, rules
from aanchal.nodal.models import Figure, Return, Step
from aanchal.nodal.rules import Refused
from aanchal.notices.models import Notice
from tests.factories import make_posting
from tests.nodal.builders import AUGUST, DUE, FIGURES, JULY, NOW, act, begin, cells, locked, make_call


def refused(code):
    return pytest.raises(Refused, match=f": {code}$")


def test_it_goes_from_draft_to_lock(draft, cast):
    one = act("submit", draft, cast["mis"])
    one = act("approve", one, cast["officer"])
    one = act("accept", one, cast["cell"])
    one = act("lock", one, cast["cell"])
    assert one.standing == "LOCKED"
    with acting(cast["mis"]):
        assert [step.event for step in queries.history(one)] == ["SUBMIT", "APPROVE", "ACCEPT", "LOCK"]
        assert queries.of_state(queries.figures(one)) == FIGURES


def test_each_figure_has_the_edition_and_the_definition_it_was_told_by(draft, cast):
    with acting(cast["mis"]):
        figure = Figure.objects.select_related("head__edition").get(of=draft, head__key="missing_fir")
    assert figure.head.edition.key == "RETURN_2026"
    assert "Supreme Court" in figure.head.says


def test_there_is_one_return_of_a_state_for_a_period(draft, call, india, cast):
    with acting(cast["officer"]), refused("opened_already"):
        actions.open_return(call=call, place=india["state"], at=NOW, by=cast["officer"])
    act("submit", draft, cast["mis"])
    with refused("not_from_here"):
        act("submit", draft, cast["mis"])


def test_nobody_approves_or_accepts_their_own(call, india, cast):
    one = begin(call, india["state"], cast["officer"])
    act("submit", one, cast["officer"])
    with refused("own_work"):
        act("approve", one, cast["officer"])
    with acting(SYSTEM):
        second = make_posting("nodal_officer", india["state"], user=make_posting("national_analyst", india["nation"]))
    one = act("approve", one, second)
    with refused("own_work"):
        act("accept", one, second)
    assert act("accept", one, cast["cell"]).standing == "ACCEPTED"


def test_it_is_not_submitted_with_what_is_wrong_or_unexplained(call, india, cast):
    one = begin(call, india["state"], cast["mis"], FIGURES | {"cases_total": 25})
    with refused("to_put_right"):
        act("submit", one, cast["mis"])
    with acting(cast["mis"]):
        actions.write(one=one, cells=cells({"cases_total": 24, "missing_fir": 50}), by=cast["mis"])
    with refused("to_explain"):
        act("submit", one, cast["mis"])
    with acting(cast["mis"]):
        [found] = queries.findings(one)
    act("explain", one, cast["mis"], key=found.finding.key, words="Two FIRs were registered on 1 August")
    assert act("submit", one, cast["mis"]).standing == "SUBMITTED"


def test_words_hold_only_for_the_numbers_they_were_written_about(call, india, cast):
    one = begin(call, india["state"], cast["mis"], FIGURES | {"missing_fir": 50})
    with acting(cast["mis"]):
        [found] = queries.findings(one)
    act("explain", one, cast["mis"], key=found.finding.key, words="Two are late")
    with acting(cast["mis"]):
        actions.write(one=one, cells={("missing_fir", None): 40}, by=cast["mis"])
        [found] = queries.findings(one)
    assert found.is_open


def test_a_question_goes_back_and_its_answer_is_approved_anew(draft, cast):
    act("submit", draft, cast["mis"])
    act("approve", draft, cast["officer"])
    with refused("length"):
        act("query", draft, cast["cell"], words=" ")
    with refused("finds_a_person"):
        act("query", draft, cast["cell"], words="Is it the girl of 98765 43210?")
    one = act("query", draft, cast["cell"], words="Are the trials of 2025 among these?")
    assert one.standing == "QUERIED"
    with refused("length"):
        act("submit", one, cast["mis"])
    one = act("submit", one, cast["mis"], words="Yes, they are")
    assert (one.standing, one.approved_by_id) == ("SUBMITTED", None)


def test_before_the_period_ends_it_is_not_submitted(india, cast):
    one = begin(make_call(cast, starts_on=JULY.replace(month=9), due_on=JULY.replace(month=10, day=5)), india["state"], cast["mis"])
    with refused("not_over"):
        act("submit", one, cast["mis"])


def test_what_is_locked_changes_only_by_an_amendment_with_a_visible_difference(call, india, cast):
    one = locked(call, india["state"], cast)
    with acting(cast["mis"]), refused("locked"):
        actions.write(one=one, cells={("cases_143", None): 10}, by=cast["mis"])
    with refused("length"):
        act("amend", one, cast["mis"], reason="")
    amendment = act("amend", one, cast["mis"], reason="One FIR was counted under another law")
    with refused("amended_already"):
        act("amend", one, cast["officer"], reason="Again")
    with refused("nothing_changed"):
        act("submit", amendment, cast["mis"])
    with acting(cast["mis"]):
        actions.write(one=amendment, cells=cells({"cases_143": 10, "cases_other": 0}), by=cast["mis"])
        told = {(change.head, change.before, change.after) for change in queries.changes(amendment)}
    assert told == {("cases_143", 9, 10), ("cases_other", 1, 0)}
    for name, who in (("submit", "mis"), ("approve", "officer"), ("accept", "cell"), ("lock", "cell")):
        amendment = act(name, amendment, cast[who])
    with acting(cast["cell"]):
        assert Return.objects.get(pk=one.pk).standing == "AMENDED"
        assert queries.of_state(queries.figures(one))["cases_143"] == 9


def test_the_next_period_is_compared_with_this_one(call, india, cast):
    locked(call, india["state"], cast)
    one = begin(make_call(cast, AUGUST), india["state"], cast["mis"])
    with acting(cast["mis"]):
        found = {each.finding.head for each in queries.findings(one)}
    assert found == {"police_pending_start", "court_pending_start"}


def test_who_has_not_reported_is_known_and_reminded_once_a_day(draft, call, india, cast):
    with acting(cast["cell"]):
        names = {place.name for place in queries.silent(call, cast["cell"])}
        assert {"state", "far state"} <= names
        for _twice in range(2):
            actions.remind(call=call, at=NOW, by=cast["cell"])
    told = set(Notice.objects.filter(topic="RETURN").values_list("user_id", flat=True))
    assert told == {cast[who].pk for who in ("mis", "officer", "stranger", "far_officer")}
    assert Notice.objects.filter(topic="RETURN").count() == len(told)
    act("submit", draft, cast["mis"])
    with acting(cast["cell"]):
        assert "state" not in {place.name for place in queries.silent(call, cast["cell"])}


def test_a_period_is_called_once_and_only_as_a_period(call, cast):
    for starts_on, due_on, code in (
        (JULY, DUE, "called_already"), (JULY.replace(day=2), DUE, "not_a_period"), (AUGUST, AUGUST.replace(day=31), "due_before_end"),
        (JULY.replace(year=2025), DUE, "no_edition"),
    ):  # fmt: skip
        with acting(cast["cell"]), refused(code):
            actions.call(period="MONTH", starts_on=starts_on, due_on=due_on, at=NOW, by=cast["cell"])


@pytest.mark.parametrize("who", ["stranger", "far_officer", "crp"])
def test_another_state_sees_and_changes_nothing_by_raw_sql(draft, cast, who):
    for table in ("return", "figure", "step", "explanation", "upload"):
        with acting(cast[who]), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM nodal_{table}")
            assert cursor.fetchone() == (0,), table
    with acting(cast[who]):
        assert Return.objects.filter(pk=draft.pk).update(standing="SUBMITTED") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Figure.objects.create(of=draft, place_no=draft.place_no, head_id=Figure.objects.none().count() + 1, value=1)


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("mis", {"standing": "APPROVED"}),
        ("officer", {"standing": "ACCEPTED"}),
        ("cell", {"standing": "LOCKED"}),
        ("mis", {"standing": "SUBMITTED"}),
        ("mis", {"version": 2}),
    ],
)
def test_the_database_itself_refuses_a_step_out_of_turn(draft, cast, who, change):
    """The fourth: submitted, but under nobody's name."""
    with acting(cast[who]), pytest.raises(DatabaseError), transaction.atomic():
        Return.objects.filter(pk=draft.pk).update(**change)


def test_the_database_itself_keeps_figures_that_were_submitted(draft, cast):
    act("submit", draft, cast["mis"])
    with acting(cast["mis"]), pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(of=draft).delete()
    with acting(cast["officer"]), pytest.raises(DatabaseError), transaction.atomic():
        Return.objects.filter(pk=draft.pk).update(standing="APPROVED", approved_by=cast["mis"], approved_at=NOW)


STEPS = st.lists(
    st.tuples(st.sampled_from(["submit", "query", "approve", "accept", "lock", "amend"]), st.sampled_from(["mis", "officer", "cell"])),
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_tried_the_checker_is_never_the_maker(draft, cast, steps):
    """Any of the three may try any step: those that may not are refused by the action or by the wall."""
    with transaction.atomic():
        for name, who in steps:
            words = {"submit": {"words": "An answer"}, "query": {"words": "Why?"}, "amend": {"reason": "An error"}}.get(name, {})
            try:
                act(name, draft, cast[who], **words)
            except (Refused, DatabaseError):
                continue
        with acting(SYSTEM):
            one = Return.objects.get(pk=draft.pk)
            events = list(Step.objects.filter(of=one).order_by("at", "pk").values_list("event", flat=True))
        checkers = {one.approved_by_id, one.accepted_by_id} - {None}
        assert not checkers & {one.made_by_id, one.submitted_by_id}
        assert (one.standing in rules.COUNTED) <= (one.approved_by_id == cast["officer"].pk and one.accepted_by_id == cast["cell"].pk)
        assert one.standing == _walked(events)
        transaction.set_rollback(True)


def _walked(events):
    standing = "DRAFT"
    for event in events:
        standing = rules.step(standing, event)
    return standing


def test_the_national_sum_counts_accepted_returns_only_and_each_once(call, india, cast, draft):
    with acting(cast["cell"]):
        assert counts.figures(india["nation"], "MONTH", JULY, DUE) == {}
    act("submit", draft, cast["mis"])
    act("approve", draft, cast["officer"])
    act("accept", draft, cast["cell"])
    with acting(cast["cell"]):
        told = counts.figures(india["nation"], "MONTH", JULY, DUE)
        assert counts.figures(india["far state"], "MONTH", JULY, DUE) == {}
    assert told["RETURN_2026", "missing_total"] == counts.Told(52, 1)
