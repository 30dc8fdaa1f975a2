"""The officer's list of what asks for a second look: said kindly, resting on forms, noted, and nobody else's to read."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.field import actions, findings, routing
from aanchal.field.models import Look
from aanchal.field.terms import Sign
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status
from aanchal.risk import actions as risk
from aanchal.risk.models import Survey
from tests.factories import make_household, make_posting, member
from tests.field.browser import sign_in
from tests.portal.builders import CALM

SURVEYS = 24
WORKERS = 6
OTHERS = (("block_officer", "west block"), ("district_manager", "east"), ("state_expert", "state"), ("clf_leader", "east panchayat"))


def survey(worker, village, nth, *, facts=None, seconds=600, ages=(24, 31, 37, 43, 52)):
    """One survey as it stands after it was taken in."""
    today = policy.day_in_india(timezone.now())
    people = [member(name=f"Nobody {nth} {age}", years=age, relation="SELF" if n == 0 else "SIBLING") for n, age in enumerate(ages)]
    household = make_household(village, *people, distinct=True)
    pk = uuid4()
    with acting(SYSTEM):
        Submission.objects.create(
            id=pk, instance_id=f"uuid:{pk}", form_id="household_survey", version="1", sender=worker, place=village,
            place_no=village.place_no, received_at=timezone.now(), digest=b"", wrapped_key=b"", sealed=b"", status=Status.APPLIED,
        )  # fmt: skip
        told = CALM | {"mgnregs_days": nth % 300, "debt_months": nth % 7} | (facts or {})
        on = today - timedelta(days=30)
        Survey.objects.create(household=household, place_no=village.place_no, facts=told, told_on=on, submission_id=pk, seconds=seconds)
    return pk


@pytest.fixture
def workers(india):
    """Six workers of the eastern block, and 24 ordinary surveys of each."""
    with acting(SYSTEM):
        risk.load_definitions(by=SYSTEM)
        return [make_posting("gender_crp", india[f"east village {1 + n % 2}"]) for n in range(WORKERS)]


@pytest.fixture
def block(workers, india):
    for w, worker in enumerate(workers):
        for n in range(SURVEYS if w else SURVEYS // 2):
            survey(worker, india[f"east village {1 + w % 2}"], 100 * w + n, facts={"shg_member": n % 2 == 0})
    return india["east block"]


def found_in(user, block):
    with acting(user):
        return findings.of(user, block, policy.day_in_india(timezone.now()))


def kinds(found, worker):
    return {(one.sign, one.about) for one in found if one.worker == worker}


@pytest.fixture
def hurried(block, workers, india):
    """The first worker: twelve more surveys in a minute and a half."""
    return [survey(workers[0], india["east village 1"], 5000 + n, seconds=90, facts={"shg_member": n % 2 == 0}) for n in range(12)]


def test_it_finds_nothing_where_nothing_differs(block, officer):
    assert found_in(officer, block) == []


def test_it_finds_visits_too_short_and_the_forms_they_are(hurried, workers, officer, block):
    [one] = found_in(officer, block)
    assert (one.sign, one.worker, one.count, one.of, one.is_strong) == (Sign.FAST, workers[0], 12, 24, True)
    assert {*one.submissions} == {*hurried}


def test_it_finds_ages_that_are_rounded(block, workers, india, officer):
    for n in range(12):
        survey(workers[0], india["east village 1"], 5000 + n, facts={"shg_member": n % 2 == 0}, ages=(25, 30, 35, 40, 50))
    [one] = found_in(officer, block)
    assert (one.sign, one.worker, one.count, one.of, one.value) == (Sign.DIGITS, workers[0], 60, 120, 250)


def test_it_finds_answers_that_are_copied(block, workers, india, officer):
    for _n in range(12):
        survey(workers[0], india["east village 1"], 7, facts={"landless": True, "shg_member": True})
    assert (Sign.IDENTICAL, "") in kinds(found_in(officer, block), workers[0])


def test_it_finds_questions_left_open(block, workers, india, officer):
    for n in range(12):
        survey(workers[0], india["east village 1"], 5000 + n, facts=dict.fromkeys(list(CALM)[:12]))
    assert (Sign.UNANSWERED, "") in kinds(found_in(officer, block), workers[0])


def test_it_finds_an_answer_unlike_the_others_and_never_one_told_in_private(block, workers, india, officer):
    for n in range(40):
        facts = {"agent_approach": True, "violence_disclosed": True, "child_marriage": True, "shg_member": n % 2 == 0}
        survey(workers[0], india["east village 1"], 5000 + n, facts=facts)
    assert kinds(found_in(officer, block), workers[0]) == {(Sign.RATE, "agent_approach")}


@pytest.fixture
def desk(client, officer):
    return sign_in(client, officer)


def address(one, block, name="finding"):
    return f"{reverse(name)}?place={block.pk}&sign={one.sign}&about={one.about}&worker={one.worker.pk}"


def test_it_says_what_who_where_and_opens_the_forms(hurried, desk, officer, block, workers):
    listed = desk.get(reverse("quality"), {"place": block.pk}).content.decode()
    assert "Very short visits" in listed
    assert "not an accusation" in listed
    [one] = found_in(officer, block)
    page = desk.get(address(one, block)).content.decode()
    assert all(reverse("review-one", args=[pk]) in page for pk in hurried)


def test_a_note_sets_it_aside_until_more_has_come(hurried, desk, officer, block, workers, india):
    [one] = found_in(officer, block)
    assert desk.post(address(one, block), {"note": ""}).status_code == 422
    assert desk.post(address(one, block), {"note": "Filled in from paper after the flood."}).status_code == 302
    [again] = found_in(officer, block)
    assert again.is_looked_at
    assert again.looks[0].note == "Filled in from paper after the flood."
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="field.quality.looked", actor=officer.pk).count() == 1
    survey(workers[0], india["east village 1"], 9000, seconds=80)
    [later] = found_in(officer, block)
    assert (later.is_looked_at, len(later.looks)) == (False, 1)


def test_it_is_absent_for_everybody_else(hurried, officer, block, client, india, crp):
    [one] = found_in(officer, block)
    with acting(SYSTEM):
        others = [make_posting(role, india[place]) for role, place in OTHERS]
    for user in (*others, crp):
        desk = sign_in(client, user)
        assert [desk.get(reverse("quality"), {"place": block.pk}).status_code, desk.get(address(one, block)).status_code] == [404, 404]
        assert desk.post(address(one, block), {"note": "x"}).status_code == 404


def test_a_note_is_behind_the_wall(hurried, officer, block, india, crp):
    [one] = found_in(officer, block)
    with acting(officer):
        actions.note_look(found=one, place=block, note="Spoke with her.", at=timezone.now(), by=officer)
        assert Look.objects.count() == 1
    with acting(SYSTEM):
        next_door = make_posting("block_officer", india["west block"])
    for user in (crp, next_door):
        with acting(user), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM field_look")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2026-04-01T10:00:00.000+05:30", "2026-04-01T10:12:30.500+05:30", 750),
        ("2026-04-01T10:00:00.000+05:30", "2026-04-01T09:00:00.000+05:30", None),
        ("2026-04-01T10:00:00.000+05:30", "2026-04-03T10:00:00.000+05:30", None),
        ("2026-04-01T10:00:00", "2026-04-01T10:12:30.500+05:30", None),
        (None, "2026-04-01T10:12:30.500+05:30", None),
        ("now", "later", None),
    ],
)
def test_a_survey_keeps_how_long_it_took_where_the_clock_can_be_believed(start, end, seconds):
    assert routing._seconds({"start": start, "end": end}) == seconds
