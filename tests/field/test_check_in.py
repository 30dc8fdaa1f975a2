"""A check-in from a phone's form: for the day it tells of, whenever it comes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.inbox.models import Submission
from aanchal.people.models import Household
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.tracking import actions as tracking
from aanchal.tracking import clock
from aanchal.tracking.models import Alert, CheckIn, Journey
from tests.field import phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(send, village, kept):
    left = {"happened_on": str(phone.today() - timedelta(days=30))}
    assert send("migration_entry", phone.migration(village, phone.adult("Radha")) | left).status_code == 201
    [entry] = kept(Entry.objects.all())
    return entry


@pytest.fixture
def heard(send, village, kept):
    """A function that sends a check-in and returns the submission."""

    def heard(pk="", *, code="", ago=0, way="CALL", answer="WELL", place=None, **more):
        chosen = {"in_list": "yes", "journey": str(pk)} if pk else {"in_list": "no", "household_code": code}
        told = {"heard_on": str(phone.today() - timedelta(days=ago)), "way": way, "answer": answer}
        answers = {"place": {"village": str((place or village).lgd_code)}, **chosen, **told, **more}
        before = {one.pk for one in kept(Submission.objects.all())}
        assert send("check_in", answers).status_code == 201
        [found] = [one for one in kept(Submission.objects.all()) if one.pk not in before]
        return found

    return heard


def kinds(submission) -> list[str]:
    return [one["kind"] for one in submission.faults]


def test_it_is_a_check_in_of_the_journey_with_its_note_sealed(heard, line, kept, crp):
    submission = heard(line.pk, ago=1, way="MESSAGE", note="Her aunt answered")
    assert (submission.status, submission.faults) == ("APPLIED", [])
    [one] = kept(CheckIn.objects.select_related("journey"))
    assert (one.way, one.answer, one.on, one.submission_id, one.by_id) == (
        "MESSAGE", "WELL", phone.today() - timedelta(days=1), submission.pk, crp.pk,
    )  # fmt: skip
    assert one.journey.heard_on == one.on
    assert one.told() == {"note": "Her aunt answered"}


def test_trouble_raises_an_alert(heard, line, kept):
    heard(line.pk, answer="TROUBLE")
    assert [one.kind for one in kept(Alert.objects.all())] == ["TROUBLE"]


def test_an_older_one_that_comes_later_turns_nothing_back(heard, line, kept):
    for ago in (1, 9):
        heard(line.pk, ago=ago)
    [journey] = kept(Journey.objects.all())
    assert journey.heard_on == phone.today() - timedelta(days=1)
    assert len(kept(CheckIn.objects.all())) == 2


def test_it_ends_the_alert_that_its_day_answers(heard, line, kept, acting):
    with acting(SYSTEM):
        clock.run(at=timezone.now() + timedelta(days=20), by=SYSTEM)
    heard(line.pk)
    assert {(one.state, one.outcome) for one in kept(Alert.objects.all())} == {("CLOSED", "HEARD_SAFE")}


def test_a_line_that_was_corrected_meanwhile_is_followed(heard, line, crp, acting, kept):
    with acting(crp):
        told = {"reason": "A slip", "at": timezone.now(), "by": crp}
        registers.correct_entry(entry=line, changes=registers.Changes(details={"companion": "ALONE"}), **told)
    assert heard(line.pk).status == "APPLIED"
    assert len(kept(CheckIn.objects.all())) == 1


def test_one_of_a_day_before_she_came_home_stands_in_the_story_and_reopens_nothing(heard, line, crp, acting, kept):
    with acting(crp):
        today = phone.today()
        tracking.end(journey=Journey.objects.get(), event="CAME_HOME", on=today, at=timezone.now(), by=crp)
    assert heard(line.pk, ago=3).status == "APPLIED"
    [journey] = kept(Journey.objects.all())
    assert (journey.state, len(kept(CheckIn.objects.all()))) == ("HOME", 1)


@pytest.mark.parametrize(("ago", "fault"), [(40, "CHECK_IN_DAY"), (31, "CHECK_IN_DAY")])
def test_a_day_before_she_left_waits_for_a_person(heard, line, kept, ago, fault):
    submission = heard(line.pk, ago=ago)
    assert (submission.status, kinds(submission)) == ("FLAGGED", [fault])
    assert submission.faults[0]["path"] == "/data/heard_on"
    assert kept(CheckIn.objects.all()) == []


def test_nobody_of_the_list_waits_for_a_person(heard, line, kept):
    submission = heard(uuid4())
    assert (submission.status, kinds(submission)) == ("FLAGGED", ["UNKNOWN_JOURNEY"])


def test_by_the_code_of_a_family_of_whom_one_is_away(heard, send, village, kept):
    assert send("household_survey", phone.survey(village)).status_code == 201
    [family] = kept(Household.objects.all())
    assert kinds(heard(code=family.shown_code)) == ["UNKNOWN_JOURNEY"]
    for name, is_one in (("Radha", True), ("Meena", False)):
        entry = phone.migration(village, phone.adult(name), code=family.shown_code)
        assert send("migration_entry", entry).status_code == 201
        assert (heard(code=family.shown_code).status == "APPLIED") is is_one
    assert len(kept(CheckIn.objects.all())) == 1


def test_the_same_form_sent_twice_is_one_check_in(client, token, village, line, kept):
    told = {"in_list": "yes", "journey": str(line.pk), "heard_on": str(phone.today()), "way": "CALL", "answer": "WELL"}
    xml = phone.filled("check_in", {"place": {"village": str(village.lgd_code)}, **told})
    assert [phone.post(client, token, xml).status_code for _ in range(2)] == [201, 202]
    assert len(kept(CheckIn.objects.all())) == 1


def test_a_strangers_check_in_touches_nothing(client, enrol, stranger, village, line, india, kept):
    theirs = enrol(stranger)
    for place in (village, india["east village 2"]):
        told = {"in_list": "yes", "journey": str(line.pk), "heard_on": str(phone.today()), "way": "CALL", "answer": "WELL"}
        xml = phone.filled("check_in", {"place": {"village": str(place.lgd_code)}, **told})
        assert phone.post(client, theirs, xml).status_code == 201
    assert {one.status for one in kept(Submission.objects.filter(form_id="check_in"))} == {"FLAGGED"}
    assert kept(CheckIn.objects.all()) == []
