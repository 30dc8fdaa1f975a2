"""A person decides between two answers, and takes the decision back; who is not of the block sees nothing of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.people.models import Conflict, FieldChange, Household
from aanchal.people.queries import names_of
from aanchal.people.terms import Choice
from aanchal.risk import queries, settling
from aanchal.risk.models import Assessment, Survey
from aanchal.risk.settling import ChangedMeanwhile, Decision
from tests.factories import make_posting
from tests.field.browser import sign_in, text
from tests.field.test_merge import asked, facts, family, second, survey_again, told

pytestmark = pytest.mark.django_db
__all__ = ["asked", "family", "second", "told"]


@pytest.fixture
def conflict(asked, token, second, family, kept):
    """Nine months without food were told by one worker, two by another."""
    asked(token, food_short_months="9")
    asked(second, food_short_months="2")
    return kept(Conflict.objects.all())[0]


def decide(desk, conflict, choice="OTHER", *, shown=3, note="I asked the family.", **more):
    return desk.post(f"/review/conflicts/{conflict.pk}/settle/", {"choice": choice, "note": note, "shown": shown, "value": ""} | more)


def now(kept, conflict) -> Conflict:
    return kept(Conflict.objects.select_related("other", "settlement").filter(pk=conflict.pk))[0]


def test_the_reviewer_finds_it_from_her_queue(desk, conflict, family):
    assert "/review/conflicts/" in text(desk.get("/review/"))
    listed = text(desk.get("/review/conflicts/"))
    assert family.shown_code in listed
    assert "Months without enough food" in listed


def test_both_answers_are_told_with_who_and_when(desk, conflict, crp):
    page = text(desk.get(f"/review/conflicts/{conflict.pk}/"))
    assert "<strong>9</strong>" in page
    assert "<strong>2</strong>" in page
    assert page.count("A synthetic worker") >= 2
    assert page.count("Told on") == 2


OUTCOMES = {
    ("STANDS", ""): (9, "SET_ASIDE"),
    ("OTHER", ""): (2, "TAKEN"),
    ("ANOTHER", "4"): (4, "SET_ASIDE"),
    ("ANOTHER", "2"): (2, "TAKEN"),
}


@pytest.mark.parametrize(("choice", "value"), OUTCOMES)
def test_what_was_decided_holds_and_both_answers_stay_in_the_history(desk, conflict, family, officer, kept, choice, value):
    assert decide(desk, conflict, choice, value=value).status_code == 302
    holds, state = OUTCOMES[choice, value]
    assert facts(family)["food_short_months"] == holds
    done = now(kept, conflict)
    assert (done.state, done.choice, done.settled_by_id, done.other.state) == ("SETTLED", choice, officer.pk, state)
    assert done.note == "I asked the family."
    assert {row.after for row in kept(FieldChange.objects.filter(field="food_short_months"))} == {9, 2, holds}
    assert (done.settlement is None) == (choice == "STANDS")


def test_the_page_of_a_decision_says_the_answer_that_was_written(desk, conflict):
    decide(desk, conflict, "ANOTHER", value="4")
    assert 'Answer: <strong dir="auto">4</strong>' in text(desk.get(f"/review/conflicts/{conflict.pk}/"))


def test_the_family_is_assessed_again_by_what_was_decided(desk, conflict, family, kept):
    before = kept(Assessment.objects.filter(is_current=True))[0]
    decide(desk, conflict, "ANOTHER", value="0")
    [after] = kept(Assessment.objects.filter(is_current=True))
    assert after.pk != before.pk
    assert after.points < before.points
    assert kept(Household.objects.all())[0].version == 4


def test_a_decision_is_taken_back(desk, conflict, family, kept):
    decide(desk, conflict)
    page = text(desk.get(f"/review/conflicts/{conflict.pk}/"))
    assert "Take the decision back" in page
    assert desk.post(f"/review/conflicts/{conflict.pk}/reopen/").status_code == 302
    assert facts(family)["food_short_months"] == 9
    again = now(kept, conflict)
    assert (again.state, again.choice, again.settled_by, again.other.state) == ("OPEN", "", None, "IN_CONFLICT")
    verbs = [line.verb for line in kept(Trail.objects.filter(about_id=str(conflict.pk)).order_by("at", "seq"))]
    assert verbs == ["people.conflict.settled", "people.conflict.reopened"]


def test_keeping_what_stands_writes_no_survey_and_is_taken_back_as_easily(desk, conflict, kept):
    surveys = len(kept(Survey.objects.all()))
    decide(desk, conflict, "STANDS")
    desk.post(f"/review/conflicts/{conflict.pk}/reopen/")
    assert len(kept(Survey.objects.all())) == surveys
    assert now(kept, conflict).state == "OPEN"


def test_a_visit_that_came_meanwhile_is_not_overwritten(desk, asked, token, conflict, family, kept):
    asked(token, food_short_months="7", base="3")
    answer = decide(desk, conflict)
    assert "changed while you looked" in text(desk.get(answer.url))
    assert facts(family)["food_short_months"] == 7
    assert now(kept, conflict).state == "OPEN"
    decide(desk, conflict, shown=4)
    assert facts(family)["food_short_months"] == 2


def test_what_was_changed_after_a_decision_is_not_taken_back_with_it(desk, asked, token, conflict, family, kept):
    decide(desk, conflict)
    asked(token, food_short_months="7", base="4")
    desk.post(f"/review/conflicts/{conflict.pk}/reopen/")
    assert facts(family)["food_short_months"] == 7
    assert now(kept, conflict).state == "SETTLED"


def test_of_two_who_decide_the_second_is_told(desk, conflict, kept):
    decide(desk, conflict, "STANDS")
    answer = decide(desk, conflict, "OTHER")
    assert "changed while you looked" in text(desk.get(answer.url))
    assert now(kept, conflict).choice == "STANDS"


WRONG = ({"choice": "ANOTHER"}, {"choice": "ANOTHER", "value": "40"}, {"note": ""}, {"note": "call 98123 45678"}, {"choice": "NONE"})


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_not_said_rightly_decides_nothing(desk, conflict, kept, wrong):
    assert decide(desk, conflict, **{"choice": "OTHER"} | wrong).status_code == 422
    assert now(kept, conflict).state == "OPEN"


@pytest.fixture
def of_a_name(client, token, second, told, family, kept):
    survey_again(client, token, told, head={"name": "Sita Kumari"})
    survey_again(client, second, told, head={"name": "Seeta Devi"})
    return kept(Conflict.objects.filter(field="name"))[0]


def test_names_are_shown_only_when_opened_and_that_is_noted(of_a_name, desk, kept):
    page = text(desk.get(f"/review/conflicts/{of_a_name.pk}/"))
    assert "Kumari" not in page
    assert "Seeta" not in page
    assert kept(Trail.objects.filter(verb="people.conflict.opened")) == []
    page = text(desk.post(f"/review/conflicts/{of_a_name.pk}/open/"))
    assert "Sita Kumari" in page
    assert "Seeta Devi" in page
    assert len(kept(Trail.objects.filter(verb="people.conflict.opened"))) == 1


@pytest.mark.parametrize(("choice", "value", "name"), [("OTHER", "", "Seeta Devi"), ("ANOTHER", "Seetha", "Seetha")])
def test_a_name_is_decided_too_and_found_again_by_it(of_a_name, desk, told, kept, choice, value, name):
    assert decide(desk, of_a_name, choice, value=value).status_code == 302
    head = told["member"][0]["person_id"]
    with acting(SYSTEM):
        assert [one.name for one in names_of([head]).values()] == [name]
    desk.post(f"/review/conflicts/{of_a_name.pk}/reopen/")
    with acting(SYSTEM):
        assert [one.name for one in names_of([head]).values()] == ["Sita Kumari"]


def test_what_was_told_in_private_is_not_named_in_the_list(client, desk, token, second, told, family, kept):
    survey_again(client, token, told, hh={"threatened": "yes"})
    survey_again(client, second, told, hh={"threatened": "no"})
    [conflict] = kept(Conflict.objects.filter(field="threatened"))
    assert "The family is threatened" not in text(desk.get("/review/conflicts/"))
    assert "The family is threatened" not in text(desk.get(f"/review/conflicts/{conflict.pk}/"))
    assert "The family is threatened" in text(desk.post(f"/review/conflicts/{conflict.pk}/open/"))


FIELDS = {
    "hamlet": ({"place": {"hamlet": "Upper"}}, {"place": {"hamlet": "Lower"}}, "Ghat"),
    "house_type": ({"hh": {"house_type": "PUCCA"}}, {"hh": {"house_type": "KUTCHA"}}, "SEMI_PUCCA"),
    "age": ({"girl": {"age_years": "13", "age": "13"}}, {"girl": {"age_years": "15", "age": "15"}}, "16"),
    "sex": ({"girl": {"sex": "MALE"}}, {"girl": {"sex": "TRANSGENDER"}}, "UNKNOWN"),
    "relation": ({"girl": {"relation": "SON"}}, {"girl": {"relation": "NIECE_NEPHEW"}}, "LEFT"),
    "phone": ({"hh": {"phone": "9812345678"}}, {"hh": {"phone": "9812345679"}}, "9812345670"),
}


@pytest.mark.parametrize("field", FIELDS)
def test_every_kind_of_field_can_be_decided_and_taken_back(client, desk, token, second, told, family, kept, field):
    one, other, third = FIELDS[field]
    survey_again(client, token, told, **one)
    survey_again(client, second, told, **other)
    [conflict] = kept(Conflict.objects.select_related("household").filter(field=field))
    with acting(SYSTEM):
        before = settling.standing(conflict.household, conflict)
    for choice, value in (("OTHER", ""), ("ANOTHER", third)):
        shown = kept(Household.objects.all())[0].version
        assert decide(desk, conflict, choice, value=value, shown=shown).status_code == 302
        with acting(SYSTEM):
            assert settling.standing(Household.objects.get(), conflict) != before
        assert desk.get(f"/review/conflicts/{conflict.pk}/").status_code == 200
        desk.post(f"/review/conflicts/{conflict.pk}/reopen/")
        with acting(SYSTEM):
            assert settling.standing(Household.objects.get(), conflict) == before


def test_a_stranger_neither_sees_nor_settles_it(client, conflict, india, kept, family):
    with acting(SYSTEM):
        elsewhere = make_posting("block_officer", india["west block"])
    theirs = sign_in(client, elsewhere)
    assert family.shown_code not in text(theirs.get("/review/conflicts/"))
    assert "/review/conflicts/" not in text(theirs.get("/review/"))
    assert theirs.get(f"/review/conflicts/{conflict.pk}/").status_code == 404
    assert theirs.post(f"/review/conflicts/{conflict.pk}/open/").status_code == 404
    assert theirs.post(f"/review/conflicts/{conflict.pk}/reopen/").status_code == 404
    assert decide(theirs, conflict).status_code == 404
    with acting(elsewhere):
        assert not Conflict.objects.exists()
        assert not FieldChange.objects.exists()
        assert Conflict.objects.update(note="x") == 0
    assert now(kept, conflict).state == "OPEN"


def test_the_worker_herself_cannot_settle_it(client, crp, conflict, kept):
    hers = sign_in(client, crp)
    assert hers.get("/review/conflicts/").status_code == 404
    assert decide(hers, conflict).status_code == 404
    with acting(crp):
        assert Conflict.objects.update(note="x") == 0


def test_the_action_refuses_what_it_was_not_shown(conflict, officer):
    told = Decision(Choice.OTHER, "asked", shown=1)
    with acting(officer), pytest.raises(ChangedMeanwhile):
        settling.settle(conflict=conflict, decision=told, at=timezone.now() + timedelta(1), by=officer)
    with acting(SYSTEM):
        assert queries.newest_facts(Household.objects.get())["food_short_months"] == 9
