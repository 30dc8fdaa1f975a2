"""Each register form sent from a phone becomes a line of its register, tied to the family it tells of, which is assessed again."""

from uuid import UUID

import pytest

from aanchal.core.codes import household_code, shown
from aanchal.inbox.models import Submission
from aanchal.people.models import Person
from aanchal.registers.models import Entry
from aanchal.risk.models import Assessment, Grounds
from tests.field import phone

pytestmark = pytest.mark.django_db
FORMS = {"MIGRATION": ("migration_entry", phone.migration), "MARRIAGE": ("marriage_entry", phone.marriage)} | {
    "MISSING": ("missing_entry", phone.missing), "LEFT": ("departure_entry", phone.departure)
}  # fmt: skip


@pytest.fixture
def family(send, village):
    """The answers of a survey that was sent before."""
    answers = phone.survey(village)
    assert "look at it" not in phone.said(send("household_survey", answers))
    return answers


def code_of(family) -> str:
    return shown(household_code(family["hh"]["household_id"]))


@pytest.mark.parametrize("register", FORMS)
def test_it_becomes_a_line_of_its_register(register, send, village, kept):
    form_id, answers = FORMS[register][0], FORMS[register][1](village)
    assert send(form_id, answers).status_code == 201
    assert [submission.faults for submission in kept(Submission.objects.all())] == [[]]
    [entry] = kept(Entry.objects.select_related("person"))
    assert (entry.register, str(entry.happened_on), entry.place_no) == (register, answers["happened_on"], village.place_no)
    assert entry.person_id == UUID(answers["person"]["person_id"])
    assert entry.household_id is None


@pytest.mark.parametrize("register", FORMS)
def test_it_is_tied_to_the_family_whose_code_was_written(register, send, village, family, kept):
    form_id, make = FORMS[register]
    girl = family["member"][1]
    told = phone.adult(girl["name"], age_years="14", age="14", guardian_name="Sita Devi")
    under_age = {"age_at_marriage": "14", "under_age": "yes"} if register == "MARRIAGE" else {}
    minor = {"minor": "yes"} if register == "MIGRATION" else {}
    answers = make(village, told, code=code_of(family).lower()) | {"happened_on": str(phone.today())} | minor
    if register == "MARRIAGE":
        answers |= {"years_since": "0", "groom_age_at_marriage": "24"} | under_age
    send(form_id, answers)
    assert [submission.faults for submission in kept(Submission.objects.filter(form_id=form_id))] == [[]]
    [entry] = kept(Entry.objects.all())
    assert entry.household_id == UUID(family["hh"]["household_id"])
    assert entry.person_id == UUID(girl["person_id"])
    assert len(kept(Person.objects.all())) == 2


def test_a_missing_girl_makes_her_family_urgent_at_once(send, village, family, kept):
    girl = phone.adult(family["member"][1]["name"], age_years="14", age="14")
    [before] = kept(Assessment.objects.all())
    assert not before.is_urgent
    send("missing_entry", phone.missing(village, girl, code=code_of(family)))
    [now] = kept(Assessment.objects.filter(is_current=True))
    assert now.is_urgent
    assert "member_missing" in " ".join(kept(Grounds.objects.filter(assessment=now))[0].overrides).lower()


def test_a_code_that_fits_no_family_does_not_lose_the_line(send, village, kept):
    send("migration_entry", phone.migration(village, code="not a code"))
    [entry] = kept(Entry.objects.all())
    assert entry.household_id is None
    assert [submission.faults for submission in kept(Submission.objects.all())] == [[]]


def test_what_was_written_of_persons_is_sealed(send, village, kept):
    send("migration_entry", phone.migration(village, companion="VILLAGER", companion_name="Kamla Bai"))
    [entry] = kept(Entry.objects.all())
    assert "Kamla" not in str(entry.details)
    assert entry.texts()["companion_name"] == "Kamla Bai"
