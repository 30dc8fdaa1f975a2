"""A household survey sent from a phone becomes a family, its members, their sealed names and an assessment with its reasons."""

from uuid import UUID

import pytest

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.inbox.models import Submission
from aanchal.people.models import Consent, Household, Identity, Membership, Person
from aanchal.people.queries import names_of
from aanchal.risk.models import Assessment, Grounds, Survey
from tests.field import phone

pytestmark = pytest.mark.django_db


def test_it_records_the_family_with_its_members(send, village, kept):
    answers = phone.survey(village)
    assert send("household_survey", answers).status_code == 201
    [household] = kept(Household.objects.all())
    assert household.pk == UUID(answers["hh"]["household_id"])
    assert household.place_no == village.place_no
    relations = {membership.person_id: membership.relation for membership in kept(Membership.objects.all())}
    assert relations == {UUID(told["person_id"]): told["relation"] for told in answers["member"]}
    assert {(person.sex, person.years, person.school_status) for person in kept(Person.objects.all())} == {
        ("FEMALE", 34, ""), ("FEMALE", 14, "DROPPED_OUT")
    }  # fmt: skip


def test_it_seals_every_name(send, village, kept):
    answers = phone.survey(village, phone.head("Savitri Bai"))
    send("household_survey", answers)
    [identity] = kept(Identity.objects.all())
    assert b"Savitri" not in bytes(identity.name)
    with acting(SYSTEM):
        [names] = names_of([identity.person_id]).values()
    assert (names.name, names.guardian_name) == ("Savitri Bai", "Ramesh")


def test_it_keeps_what_was_sent_sealed(send, village, kept):
    send("household_survey", phone.survey(village, phone.head("Savitri Bai")))
    [submission] = kept(Submission.objects.all())
    assert submission.status == "APPLIED"
    assert submission.faults == []
    assert b"Savitri" not in bytes(submission.sealed)
    assert b"Savitri" in submission.raw()


def test_it_notes_the_consent(send, village, kept):
    send("household_survey", phone.survey(village))
    [consent] = kept(Consent.objects.all())
    assert (consent.giver, consent.language, consent.withdrawn_on) == ("SELF_ADULT", "en", None)


def test_it_assesses_the_family_with_reasons(send, village, kept):
    send("household_survey", phone.survey(village))
    [assessment] = kept(Assessment.objects.select_related("survey"))
    assert assessment.definition_id == "household-1"
    assert assessment.is_current
    [grounds] = kept(Grounds.objects.all())
    assert {"B3", "L2", "F3", "G1"} <= set(grounds.deprived)
    assert assessment.survey.facts["debt_months"] == 12
    assert assessment.points > 0


def test_a_private_answer_is_a_ground_and_not_a_need(send, village, kept):
    send("household_survey", phone.survey(village, private={"asked_privately": "yes", "violence": "yes"}))
    [grounds] = kept(Grounds.objects.select_related("assessment"))
    assert "F2" in grounds.deprived
    assert "care" in grounds.assessment.needs  # a widow heads it (F3), which is no secret


def test_a_second_visit_adds_an_assessment_and_keeps_the_first(send, village, kept):
    answers = phone.survey(village)
    send("household_survey", answers)
    again = answers | {"hh": answers["hh"] | {"debt_months": "0"}}
    assert "look at it" not in phone.said(send("household_survey", again))
    assert len(kept(Household.objects.all())) == 1
    assert len(kept(Survey.objects.all())) == 2
    before, after = kept(Assessment.objects.order_by("pk"))
    assert (before.is_current, after.is_current) == (False, True)
    assert after.points < before.points


def test_a_family_that_refuses_leaves_nothing_but_the_submission(send, village, kept):
    refused = {"place": {"village": str(village.lgd_code)}, "consent": {"consent_given": "no"}}
    assert send("household_survey", refused).status_code == 201
    assert kept(Household.objects.all()) == kept(Person.objects.all()) == kept(Survey.objects.all()) == []
    [submission] = kept(Submission.objects.all())
    assert submission.faults == []


def test_the_worker_of_the_next_village_sees_nothing_of_it(send, village, stranger):
    send("household_survey", phone.survey(village))
    with acting(stranger):
        for rows in (Household, Person, Identity, Assessment, Grounds, Submission):
            assert list(rows.objects.all()) == []
        assert list(policy.visible(stranger, Permission.SUBMISSION_SEND, Submission.objects.all())) == []
