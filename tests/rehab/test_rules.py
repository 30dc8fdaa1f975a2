"""Who may learn what, which return must not happen, which gate holds: in exhaustive tables and for whatever comes."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.rehab import catalogue, rules, words
from aanchal.rehab.terms import Gate, HowSheIs, Interest, LearningKind, LearningState, Sign, Strength, Surroundings, Watch
from tests.factories import DAY, NOON

ANN, BINA = "ann", "bina"
HOME = rules.Home(
    to="FAMILY", wish="YES", is_heard_alone=True, is_child=False, has_cwc_order=False, family_implicated="NO", family_safe="YES",
    family_willing="YES", is_threatened=False, days_since_assessed=3, community_mature=True,
)  # fmt: skip
DECISIONS = st.lists(
    st.builds(
        rules.Decision, gate=st.sampled_from(list(Gate)), is_open=st.booleans(), by=st.sampled_from([ANN, BINA]),
        at=st.integers(0, 50).map(lambda hours: NOON + timedelta(hours=hours)), why=st.just("NOT_NOW"),
    ),
    max_size=14,
)  # fmt: skip


def decided(*gates, by=ANN, counsellor=BINA):
    return [
        rules.Decision(gate, True, counsellor if gate == Gate.COUNSELLOR else by, NOON + timedelta(hours=n)) for n, gate in enumerate(gates)
    ]


def test_it_begins_when_all_five_are_open_in_this_order():
    assert rules.course_after("WAITING", "START", decided(*Gate)) == "RUNNING"


@pytest.mark.parametrize("missing", Gate)
def test_it_does_not_begin_while_one_is_shut_and_says_which(missing):
    with pytest.raises(rules.NotPossible) as refused:
        rules.course_after("WAITING", "START", decided(*(gate for gate in Gate if gate != missing)))
    assert missing in refused.value.args
    assert str(missing.label) in words.refused(refused.value)


@given(DECISIONS)
def test_begun_implies_every_gate_open_by_its_last_decision_and_two_people(made):
    try:
        rules.course_after("HALTED", "START", made)
    except rules.NotPossible:
        return
    latest = {}
    for one in sorted(made, key=lambda one: one.at):
        latest[one.gate] = one
    assert set(latest) == set(Gate)
    assert all(one.is_open for one in latest.values())
    assert latest[Gate.COUNSELLOR].by != latest[Gate.HER_WORD].by
    assert latest[Gate.COUNSELLOR].at >= latest[Gate.HER_WORD].at


@given(DECISIONS, st.sampled_from(list(Gate)))
def test_shutting_one_more_gate_opens_none(made, gate):
    later = [*made, rules.Decision(gate, False, ANN, NOON + timedelta(days=9), "COURT")]
    assert set(rules.shut_gates(made)) <= set(rules.shut_gates(later))
    assert gate in rules.shut_gates(later)


@pytest.mark.parametrize(
    ("before", "by", "may_counsel", "kind"),
    [
        ([Gate.RESCUED], BINA, True, "her_word_first"),
        ([Gate.HER_WORD], ANN, True, "same_person"),
        ([Gate.HER_WORD], BINA, False, "counsellor_only"),
    ],
)
def test_the_counsellor_agrees_after_her_as_another_person(before, by, may_counsel, kind):
    one = rules.Decision(Gate.COUNSELLOR, True, by, NOON + timedelta(days=1))
    with pytest.raises(rules.NotPossible, match=f"^{kind}$"):
        rules.check_decision(one, decided(*before), may_counsel=may_counsel)


def test_her_word_taken_back_and_given_again_asks_the_counsellor_anew():
    again = [*decided(*Gate), rules.Decision(Gate.HER_WORD, True, ANN, NOON + timedelta(days=2))]
    assert rules.standing(again)[Gate.COUNSELLOR].fault == "before_her_word"


def test_a_gate_shuts_only_with_a_reason():
    with pytest.raises(rules.NotPossible, match="shut_why"):
        rules.check_decision(rules.Decision(Gate.MEDICAL, False, ANN, NOON), [], may_counsel=False)


@pytest.mark.parametrize(("kind", "age"), list(product(LearningKind, [None, *range(6, 60)])))
def test_age_on_the_day_decides_what_she_may_learn(kind, age):
    wanted = {None: "age_unknown"}.get(age, "")
    if age is not None and age < 18 and kind == "SKILLING":
        wanted = "minor"
    if age is not None and age >= 18 and kind in ("BRIDGE", "VOCATIONAL"):
        wanted = "adult_in_bridge"
    if not wanted:
        assert rules.check_enrolment(kind, age) is None
        return
    with pytest.raises(rules.NotPossible, match=f"^{wanted}$"):
        rules.check_enrolment(kind, age)


@given(
    st.sampled_from(list(LearningKind)),
    st.lists(st.tuples(st.sampled_from(list(LearningState)), st.integers(8, 30)), max_size=12),
    st.integers(8, 30),
)
def test_nobody_under_18_is_in_work_under_any_order_of_events(kind, events, age):
    try:
        rules.check_enrolment(kind, age)
    except rules.NotPossible:
        return
    state = LearningState.ENROLLED
    for to, then in events:
        try:
            rules.check_learning(kind, state, to, then)
        except rules.NotPossible:
            continue
        state = to
        assert state not in rules.IN_WORK or (then >= 18 and kind == LearningKind.SKILLING and age >= 18)


def test_every_state_of_learning_is_reached_and_every_running_one_can_be_left():
    for table in (rules.SKILLING, rules.SCHOOLING):
        reached = {"ENROLLED", *(after for every in table.values() for after in every)}
        assert reached == set(table)
        assert all("LEFT" in every for every in table.values() if every)


def test_a_good_home_has_no_bar():
    assert rules.bars(HOME) == []


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"wish": "NO"}, "wish"),
        ({"wish": "UNKNOWN"}, "wish"),
        ({"is_heard_alone": False}, "wish_alone"),
        ({"is_child": True}, "cwc_order"),
        ({"family_implicated": "YES"}, "implicated"),
        ({"family_implicated": "UNKNOWN"}, "not_assessed"),
        ({"days_since_assessed": None}, "not_assessed"),
        ({"days_since_assessed": 91}, "stale"),
        ({"family_safe": "NO"}, "family_unsafe"),
        ({"family_willing": "NO"}, "family_unwilling"),
        ({"is_threatened": True}, "threatened"),
        ({"community_mature": False}, "not_mature"),
        ({"community_mature": None}, "not_mature"),
    ],
)
def test_a_return_that_must_not_happen_is_refused_with_the_reason(change, key):
    barred = rules.bars(replace(HOME, **change))
    assert [bar.key for bar in barred] == [key]
    assert barred[0].source
    assert words.REFUSALS[key]


def test_every_bar_is_told_at_once():
    assert len(rules.bars(replace(HOME, wish="NO", is_child=True, family_implicated="YES", is_threatened=True))) == 4


def test_elsewhere_asks_nothing_of_the_family_or_a_federation():
    away = replace(HOME, to="ELSEWHERE", family_implicated="YES", family_safe="NO", family_willing="NO", community_mature=None)
    assert rules.bars(away) == []


@given(st.sampled_from(list(HowSheIs)), st.lists(st.sampled_from(list(Sign)), unique=True), st.sampled_from(list(Sign)))
def test_one_more_sign_never_makes_it_calmer(how, signs, more):
    order = list(Watch)
    assert order.index(rules.watch(how, [*signs, more])) >= order.index(rules.watch(how, signs))


def test_follow_ups_are_at_one_three_six_twelve_and_twentyfour_months():
    assert rules.follow_ups(date(2026, 1, 31)) == {
        1: date(2026, 2, 28), 3: date(2026, 4, 30), 6: date(2026, 7, 31), 12: date(2027, 1, 31), 24: date(2028, 1, 31),
    }  # fmt: skip


@pytest.mark.parametrize("pin", ["12345", "1234567", "12345a", "123456", "654321", "000000", "٠١٢٣٤٥", "901234"])
def test_a_pin_that_is_easy_is_refused(pin):
    with pytest.raises(rules.NotPossible, match="pin_"):
        rules.check_pin(pin)


def test_a_pin_that_is_not_easy_is_taken():
    assert rules.check_pin("480271") is None


HERS = st.builds(
    catalogue.Her,
    age=st.one_of(st.none(), st.integers(8, 70)),
    interests=st.lists(st.sampled_from(list(Interest)), unique=True).map(tuple),
    strengths=st.lists(st.sampled_from(list(Strength)), unique=True).map(tuple),
    place=st.sampled_from(list(Surroundings)),
)


@given(HERS)
def test_what_is_suggested_is_explained_and_never_to_a_child(her):
    found = catalogue.suggestions(her)
    assert not found or her.age >= 18
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)
    for one in found:
        assert her.age >= one.trade.min_age
        assert set(one.interests) <= set(her.interests)
        assert one.interests or one.strengths


def test_nothing_of_sex_is_asked_for_a_suggestion():
    assert set(catalogue.Her.__dataclass_fields__) == {"age", "interests", "strengths", "place"}


def test_a_fearless_woman_who_likes_machines_is_shown_driving_before_tailoring():
    her = catalogue.Her(26, ("OUTDOORS", "MACHINES"), ("FEARLESS", "QUICK"), "TOWN")
    keys = [one.trade.key for one in catalogue.suggestions(her)]
    assert keys[0] == "driving"
    assert "tailoring" not in keys[:8]


def test_every_trade_of_the_framework_is_in_the_catalogue_in_three_languages():
    assert {"driving", "carpentry", "welding", "security"} <= {key for key, one in catalogue.trades().items() if one.framework}
    for one in catalogue.trades().values():
        assert set(one.texts) == {"en", "hi", "te"}
        assert set(one.interests) <= set(Interest.values)
        assert set(one.strengths) <= set(Strength.values)
        assert set(one.places) <= set(Surroundings.values)


def test_steps_of_repatriation_wait_for_one_another_in_the_order_of_the_list():
    known: list[str] = []
    for one in catalogue.steps().values():
        assert set(one.after) <= set(known)
        known.append(one.key)
    with pytest.raises(rules.NotPossible, match="step_before"):
        rules.check_step(catalogue.steps()["travel_document"].after, ["wish"])


def test_a_federation_is_mature_only_with_all_it_must_have():
    criteria = catalogue.maturity(DAY)
    keys = [one["key"] for one in criteria.criteria]
    must = [one["key"] for one in criteria.criteria if one["must"]]
    assert criteria.is_met(keys)
    assert not criteria.is_met(must)
    assert not any(criteria.is_met([key for key in keys if key != one]) for one in must)


def test_no_criteria_hold_before_the_first():
    with pytest.raises(rules.NotPossible, match="no_criteria"):
        catalogue.maturity(date(2020, 1, 1))


def test_hours_make_the_level_and_practice_cannot_be_replaced():
    assert catalogue.level({}).key == "LEARNING"
    assert catalogue.level({"LISTENING": 300}).key == "LEARNING"
    assert catalogue.level({"LISTENING": 40, "LAW": 20, "RISK": 10, "PRACTICE": 60}).key == "COMMUNITY"
