"""A village adopts its roadmap once; each action is to do, done or dropped, and nothing of it is lost."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM
from aanchal.core.models import Trail
from aanchal.villages import actions, adopting, defaults, queries, rules
from aanchal.villages.models import RoadmapAction
from aanchal.villages.terms import ActionState, Doer
from tests.factories import DAY, NOON
from tests.villages.build import make_action, make_roadmap

ALLOWED = {("PLANNED", "DONE"), ("PLANNED", "DROPPED"), ("DONE", "PLANNED"), ("DROPPED", "PLANNED")}
MOVES = {
    "DONE": lambda action, by: actions.complete_roadmap_action(action=action, done_on=DAY, at=NOON, by=by),
    "DROPPED": lambda action, by: actions.drop_roadmap_action(action=action, reason="NOT_NEEDED", by=by),
    "PLANNED": lambda action, by: actions.reopen_roadmap_action(action=action, by=by),
}
TO_REACH = {"PLANNED": (), "DONE": ("DONE",), "DROPPED": ("DROPPED",)}


@pytest.mark.parametrize("before", ActionState)
@pytest.mark.parametrize("after", ActionState)
def test_it_moves_only_as_the_table_says(india, crp, acting, before, after):
    action = make_action(make_roadmap(india["east village 1"]))
    with acting(crp):
        for step in TO_REACH[before]:
            MOVES[step](action, crp)
        if (before, after) in ALLOWED:
            MOVES[after](action, crp)
        else:
            with pytest.raises(rules.NotPossible):
                MOVES[after](action, crp)
        stands = after if (before, after) in ALLOWED else before
        assert RoadmapAction.objects.get(pk=action.pk).state == stands


def test_it_has_every_state_in_its_table():
    assert set(rules.TRANSITIONS) == set(ActionState)


@given(st.sampled_from(ActionState), st.dates(), st.dates())
def test_it_is_late_only_while_it_is_to_do_and_its_day_is_past(state, due_on, today):
    assert rules.is_overdue(state, due_on, today) == (state == "PLANNED" and today > due_on)


def test_it_begins_with_the_actions_of_the_framework_each_with_its_day(india, crp, acting):
    village = india["east village 1"]
    make_roadmap(village, by=crp)
    with acting(crp):
        planned = {action.title: action for action in queries.actions_of(village)}
    assert planned.keys() == {default.title for default in defaults.default_actions()}
    for default in defaults.default_actions():
        action = planned[default.title]
        assert (action.who, action.due_on, action.source) == (default.who, DAY + timedelta(days=default.days), default.source)


@pytest.mark.parametrize("default", defaults.default_actions(), ids=lambda default: default.key)
def test_it_says_each_default_action_in_three_languages_with_its_source(default):
    assert set(default.titles) == {"en", "hi", "te"}
    assert all(0 < len(title) <= 200 for title in default.titles.values())
    assert default.who in Doer.values
    assert 0 < default.days <= 365
    assert default.source.startswith("Prevention")


def test_it_gives_everyone_something_to_do():
    assert {default.who for default in defaults.default_actions()} == set(Doer)


def test_it_is_read_in_the_language_of_the_reader(india, crp, acting):
    village = india["east village 1"]
    own = make_action(make_roadmap(village))
    with acting(crp):
        action = queries.actions_of(village).filter(source__startswith="Prevention 2").get()
    with translation.override("hi"):
        assert action.local_title.startswith("स्कूल")
        assert own.local_title == "Light the path to the well"


def test_it_is_adopted_once(india, crp, acting):
    village = india["east village 1"]
    make_roadmap(village, by=crp)
    with acting(crp), pytest.raises(adopting.AlreadyAdopted):
        adopting.adopt_roadmap(place=village, adopted_on=DAY, meeting="Again", village_organisation="Ujala VO", at=NOON, by=crp)
    with acting(crp):
        assert queries.actions_of(village).count() == len(defaults.default_actions())


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"meeting": " "}, ("meeting", "length")),
        ({"village_organisation": "Ujala 98765 43210"}, ("village_organisation", "personal_number")),
        ({"adopted_on": date(2026, 4, 2)}, ("adopted_on", "in_the_future")),
        ({"adopted_on": date(1926, 4, 1)}, ("adopted_on", "too_long_ago")),
    ],
)
def test_it_refuses_an_adoption_that_cannot_be(india, crp, acting, changed, fault):
    told = {"adopted_on": DAY, "meeting": "Monthly", "village_organisation": "Ujala VO"} | changed
    with acting(crp), pytest.raises(actions.Refused) as refusal:
        adopting.adopt_roadmap(place=india["east village 1"], at=NOON, by=crp, **told)
    assert refusal.value.faults == (fault,)


@pytest.mark.parametrize("changed", [{"title": "Ring 98765 43210"}, {"title": ""}, {"note": "98765 43210"}])
def test_it_refuses_an_action_with_a_phone_number_or_without_words(india, crp, acting, changed):
    roadmap = make_roadmap(india["east village 1"])
    with acting(crp), pytest.raises(actions.Refused):
        actions.add_roadmap_action(roadmap=roadmap, due_on=DAY, by=crp, **{"title": "Light", "who": "VO"} | changed)


def test_it_keeps_when_who_and_how_and_forgets_them_when_it_is_to_be_done_again(india, crp, officer, acting):
    action = make_action(make_roadmap(india["east village 1"]))
    with acting(crp):
        actions.complete_roadmap_action(action=action, done_on=DAY - timedelta(days=1), at=NOON, by=crp, note="Two lamps")
        done = RoadmapAction.objects.get(pk=action.pk)
        assert (done.done_on, done.done_by, done.note) == (DAY - timedelta(days=1), crp, "Two lamps")
        actions.reopen_roadmap_action(action=action, by=crp)
        again = RoadmapAction.objects.get(pk=action.pk)
        assert (again.done_on, again.done_by, again.note) == (None, None, "Two lamps")
    with acting(officer):
        verbs = Trail.objects.filter(about_id=str(action.pk), actor=crp.pk).order_by("at", "seq").values_list("verb", flat=True)
        assert set(verbs) == {"villages.roadmap_action.completed", "villages.roadmap_action.reopened"}


def test_it_is_not_done_on_a_day_that_has_not_come(india, crp, acting):
    action = make_action(make_roadmap(india["east village 1"]))
    with acting(crp), pytest.raises(actions.Refused, match="done_on: in_the_future"):
        actions.complete_roadmap_action(action=action, done_on=DAY + timedelta(days=1), at=NOON, by=crp)


def test_it_tells_the_second_of_two_who_press_at_once(india, crp, acting):
    action = make_action(make_roadmap(india["east village 1"]))
    with acting(crp):
        seen_by_another = RoadmapAction.objects.get(pk=action.pk)
        MOVES["DONE"](action, crp)
        with pytest.raises(rules.NotPossible):
            MOVES["DROPPED"](seen_by_another, crp)
        assert RoadmapAction.objects.get(pk=action.pk).state == "DONE"


def test_it_puts_what_is_late_first_for_each_who(india, crp, acting):
    village = india["east village 1"]
    roadmap = make_roadmap(village, adopted_on=DAY - timedelta(days=40))
    late = make_action(roadmap, due_on=DAY - timedelta(days=50), who="SHG")
    done = make_action(roadmap, due_on=DAY - timedelta(days=60), who="SHG")
    with acting(crp):
        MOVES["DONE"](done, crp)
        ordered = list(queries.actions_of(village).filter(who="SHG"))
        overdue = list(queries.overdue_actions(village, on=DAY))
    assert (ordered[0], ordered[-1]) == (late, done)
    assert overdue[0] == late
    assert {action.pk for action in overdue} == {action.pk for action in overdue if action.is_overdue_on(DAY)}
    assert len(overdue) == 6


@pytest.mark.parametrize("told", ["title = 'Other'", "due_on = '2030-01-01'", "who = 'BLOCK'", "place_no = 1"])
def test_it_is_closed_to_a_change_of_what_was_agreed(india, crp, acting, told):
    make_roadmap(india["east village 1"])
    closed = "permission denied|moves only with"
    with acting(crp), connection.cursor() as cursor, pytest.raises(DatabaseError, match=closed), transaction.atomic():
        cursor.execute(f"UPDATE villages_roadmapaction SET {told}")


@pytest.mark.parametrize("table", ["villages_roadmap", "villages_roadmapaction"])
def test_it_shows_a_stranger_nothing(india, stranger, acting, table):
    make_roadmap(india["east village 1"])
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (0,)


def test_it_takes_nothing_from_a_stranger(india, stranger, acting):
    roadmap = make_roadmap(india["east village 1"])
    action = make_action(roadmap)
    with acting(stranger):
        with pytest.raises(rules.NotPossible):
            MOVES["DONE"](action, stranger)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            actions.add_roadmap_action(roadmap=roadmap, title="Light", who="VO", due_on=DAY, by=stranger)


def test_a_wrong_adoption_is_corrected_and_what_is_to_do_moves_with_its_day(india, crp, acting):
    village = india["east village 1"]
    roadmap = make_roadmap(village, by=crp)
    own = make_action(roadmap, by=crp)
    told = {"meeting": "Monthly meeting", "village_organisation": "Usha VO", "at": NOON, "by": crp}
    with acting(crp):
        before = {action.title: action.due_on for action in queries.actions_of(village)}
        with pytest.raises(rules.Refused, match="why: length"):
            adopting.correct_roadmap(roadmap=roadmap, adopted_on=DAY, why="", **told)
        row = adopting.correct_roadmap(roadmap=roadmap, adopted_on=DAY - timedelta(days=7), why="The register says so", **told)
        after = {action.title: action.due_on for action in queries.actions_of(village)}
        assert {title: before[title] - after[title] for title in before} == {
            title: timedelta(days=0 if title == own.title else 7) for title in before
        }
        stands = queries.roadmap_of(village)
        assert (stands.pk, stands.village_organisation, [one.pk for one in row.earlier()]) == (row.pk, "Usha VO", [roadmap.pk])
        with pytest.raises(rules.NotPossible):
            adopting.correct_roadmap(roadmap=roadmap, adopted_on=DAY, why="Again", **told)


def test_an_adoption_that_never_was_is_struck_out_and_the_village_adopts_anew(india, crp, acting):
    village = india["east village 1"]
    roadmap = make_roadmap(village, by=crp)
    action = make_action(roadmap, by=crp)
    with acting(crp):
        actions.complete_roadmap_action(action=action, done_on=DAY, at=NOON, by=crp)
        with pytest.raises(rules.Refused, match="actions_done"):
            adopting.strike_roadmap(roadmap=roadmap, why="Wrong village", at=NOON, by=crp)
        actions.reopen_roadmap_action(action=action, by=crp)
        adopting.strike_roadmap(roadmap=roadmap, why="Wrong village", at=NOON, by=crp)
        assert (queries.roadmap_of(village), queries.actions_of(village).count()) == (None, 0)
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="villages.roadmap.struck", about_id=str(roadmap.pk)).exists()
    make_roadmap(village, by=crp)
    with acting(crp):
        assert queries.actions_of(village).count() == len(defaults.default_actions())
