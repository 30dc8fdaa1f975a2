"""Disputed answers: a visit to make, settled by the next survey, both answers kept."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import rows
from aanchal.core.models import Trail
from aanchal.people.actions import HouseholdDetails
from aanchal.risk import actions, appeals
from aanchal.risk.models import Appeal, Survey
from aanchal.risk.rules import NotPossible, Refused
from tests.factories import DAY, NOON, member
from tests.risk.world import CALM, PRIVATE_WORDS, family, said_by

LATER = DAY + timedelta(days=5)
WORKING = {"child_working": True}
WHY = "The boy helps on Sundays only."


def dispute(found, by, indicator="G3", **more):
    told = {"indicator": indicator, "disputed_by": "FAMILY", "why": WHY, "on": DAY, "at": NOON, "by": by} | more
    with acting(by):
        return appeals.dispute(household=found.household, **told)


def visit(found, told, on=LATER):
    """The family is surveyed again."""
    with acting(SYSTEM):
        details = HouseholdDetails(id=found.household_id, members=(member(),), distinct=True)
        return actions.record_survey(
            details=details, told=CALM | told, place=found.household.place, visited_on=on, at=NOON + (on - DAY), by=SYSTEM
        )


def state_of(appeal):
    with acting(SYSTEM):
        return Appeal.objects.get(pk=appeal.pk)


@pytest.mark.parametrize(("told", "outcome"), [(WORKING, "UPHELD"), ({}, "CHANGED"), ({"child_working": None}, "CHANGED")])
def test_the_next_visit_settles_it_and_both_answers_stay(village, crp, told, outcome):
    found = family(village, WORKING)
    appeal = dispute(found, crp)
    survey = visit(found, told)
    settled = state_of(appeal)
    assert (settled.state, settled.settled_by_id, settled.survey_id) == (outcome, survey.pk, found.survey_id)
    with acting(SYSTEM):
        assert Survey.objects.filter(household=found.household).count() == 2


def test_a_visit_before_it_settles_nothing(village, crp):
    found = family(village, WORKING)
    appeal = dispute(found, crp, on=DAY)
    visit(found, {}, on=DAY - timedelta(days=3))
    assert state_of(appeal).state == "OPEN"


def test_a_line_of_a_register_settles_nothing(village, crp):
    found = family(village, WORKING)
    appeal = dispute(found, crp)
    with acting(SYSTEM):
        actions.assess_household(household=found.household, on=LATER, at=NOON, by=SYSTEM)
    assert state_of(appeal).state == "OPEN"


def test_a_worker_settles_it_by_her_own_visit(village, crp):
    found = family(village, WORKING)
    appeal = dispute(found, crp)
    with acting(crp):
        details = HouseholdDetails(id=found.household_id, members=(member(),), distinct=True)
        actions.record_survey(details=details, told=CALM, place=village, visited_on=LATER, at=NOON + timedelta(days=5), by=crp)
    assert state_of(appeal).state == "CHANGED"


def test_it_is_taken_back_once(village, crp):
    appeal = dispute(family(village, WORKING), crp)
    with acting(crp):
        appeals.withdraw(appeal=appeal, at=NOON, by=crp)
        with pytest.raises(NotPossible):
            appeals.withdraw(appeal=appeal, at=NOON, by=crp)
    assert state_of(appeal).state == "WITHDRAWN"


def test_of_two_who_close_it_at_once_the_second_is_told(village, crp):
    appeal = dispute(family(village, WORKING), crp)
    as_it_was = state_of(appeal)
    with acting(crp):
        appeals.withdraw(appeal=appeal, at=NOON, by=crp)
        with pytest.raises(NotPossible):
            appeals.withdraw(appeal=as_it_was, at=NOON, by=crp)


def test_a_settled_answer_may_be_disputed_again_an_open_one_may_not(village, crp):
    found = family(village, WORKING)
    dispute(found, crp)
    with pytest.raises(Refused, match="disputed_already"):
        dispute(found, crp)
    visit(found, WORKING)
    again = dispute(found, crp, on=LATER, at=NOON + timedelta(days=5))
    assert again.survey_id != found.survey_id


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"indicator": "X9"}, "indicator: not_of_the_index"),
        ({"why": " "}, "why: length"),
        ({"why": "x" * 501}, "why: length"),
        ({"why": "Ring 98480 12345"}, "why: personal_number"),
        ({"on": DAY + timedelta(days=1)}, "on: in_the_future"),
    ],
)
def test_it_refuses(village, crp, more, fault):
    with pytest.raises(Refused, match=fault):
        dispute(family(village, WORKING), crp, **more)


def test_it_refuses_a_family_that_was_never_surveyed(village, crp):
    from tests.factories import make_household

    household = make_household(village)
    with acting(crp), pytest.raises(Refused, match="not_surveyed"):
        appeals.dispute(household=household, indicator="G3", disputed_by="FAMILY", why=WHY, on=DAY, at=NOON, by=crp)


def test_the_trail_tells_no_answer(village, crp):
    found = family(village, WORKING)
    dispute(found, crp)
    visit(found, {})
    with acting(SYSTEM):
        lines = Trail.objects.filter(verb__startswith="risk.appeal.").order_by("shard", "seq")
        assert sorted((line.verb, str(line.detail)) for line in lines) == [
            ("risk.appeal.raised", "{'disputed_by': 'FAMILY'}"),
            ("risk.appeal.settled", "{'outcome': 'CHANGED'}"),
        ]


def test_the_page_raises_it_shows_it_and_takes_it_back(village, crp, signed_in):
    found = family(village, WORKING)
    client, card = signed_in(crp), reverse("family", args=[found.household_id])
    told = {"indicator": "G3", "disputed_by": "FAMILY", "why": WHY}
    assert client.post(reverse("appeal", args=[found.household_id]), told).url == card
    text = said_by(client.get(card))
    assert "To be visited again" in text
    assert WHY in text
    listed = said_by(client.get(f"{reverse('appeals')}?place={village.pk}"))
    assert found.household.shown_code in listed
    assert "A child of the family goes to work." in listed
    assert "1 answer is disputed" in said_by(client.get(f"{reverse('families')}?place={village.pk}"))
    with acting(SYSTEM):
        appeal = Appeal.objects.get()
    client.post(reverse("appeal-withdraw", args=[found.household_id, appeal.pk]))
    assert state_of(appeal).state == "WITHDRAWN"
    assert "No answer is disputed" in said_by(client.get(f"{reverse('appeals')}?place={village.pk}"))


def test_the_page_says_what_is_wrong(village, crp, signed_in):
    found = family(village, WORKING)
    url = reverse("appeal", args=[found.household_id])
    answer = signed_in(crp).post(url, {"indicator": "G3", "disputed_by": "FAMILY", "why": "Ring 98480 12345"})
    assert answer.status_code == 422
    assert "Leave out phone numbers" in said_by(answer)


def test_the_card_shows_both_answers_after_the_visit(village, crp, signed_in):
    found = family(village, WORKING)
    dispute(found, crp)
    visit(found, {})
    text = said_by(signed_in(crp).get(reverse("family", args=[found.household_id])))
    assert "Visited: the answer was changed" in text
    assert "Told on 1 Apr 2026: it is so." in text
    assert "Told on 6 Apr 2026: it is not so." in text


def test_what_was_told_in_private_is_not_named_until_it_is_opened(village, crp, signed_in):
    found = family(village, {"violence_disclosed": True})
    secret = "She took it back before her sister."
    dispute(found, crp, "F2", why=secret)
    client = signed_in(crp)
    for url in (reverse("family", args=[found.household_id]), f"{reverse('appeals')}?place={village.pk}"):
        text = said_by(client.get(url))
        assert "An answer told in private" in text
        assert not [word for word in [*PRIVATE_WORDS, secret] if word in text]
    assert secret in said_by(client.post(reverse("family-private", args=[found.household_id])))


@pytest.mark.parametrize("role", ["vo_leader", "district_manager", "state_expert"])
def test_who_may_not_know_the_reasons_sees_no_dispute(village, india, posted, crp, signed_in, role):
    found = family(village, WORKING)
    dispute(found, crp)
    reader = posted(role, {"vo_leader": "east village 1", "district_manager": "east"}.get(role, "state"))
    client = signed_in(reader)
    assert WHY not in said_by(client.get(reverse("family", args=[found.household_id])))
    assert client.get(f"{reverse('appeals')}?place={village.pk}").status_code == 404
    assert client.get(reverse("appeal", args=[found.household_id])).status_code == 404


def test_a_stranger_gets_nothing(village, crp, stranger, signed_in):
    found = family(village, WORKING)
    appeal = dispute(found, crp)
    client, told = signed_in(stranger), {"indicator": "G3", "disputed_by": "FAMILY", "why": WHY}
    assert client.get(f"{reverse('appeals')}?place={village.pk}").status_code == 404
    assert client.post(reverse("appeal", args=[found.household_id]), told).status_code == 404
    assert client.post(reverse("appeal-withdraw", args=[found.household_id, appeal.pk])).status_code == 404
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM risk_appeal")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE risk_appeal SET state = 'WITHDRAWN', closed_at = now()")
        assert cursor.rowcount == 0


def test_the_database_refuses_a_dispute_by_a_stranger(village, crp, stranger):
    found = family(village, WORKING)
    appeal = dispute(found, crp)
    with acting(stranger), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        rows.insert(Appeal(**{**_columns(appeal), "id": uuid4(), "indicator": "G1"}))


def _columns(appeal):
    return {field.attname: getattr(appeal, field.attname) for field in Appeal._meta.concrete_fields}
