"""Every way in which a notice ends: nobody reads it from that transaction on, and what was said stays on the trail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import actions as cases
from aanchal.cases.actions import CaseDetails
from aanchal.core.models import Trail
from aanchal.matching import actions as matching
from aanchal.matching import correcting, deciding
from aanchal.matching.models import Candidate
from aanchal.people import actions as people
from aanchal.people.actions import HouseholdDetails
from aanchal.people.models import Consent
from aanchal.places.models import Place
from aanchal.posters import actions, tasks
from aanchal.posters.models import Agreement, Poster
from aanchal.posters.rules import Refused
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from aanchal.rescue import actions as rescue
from aanchal.risk import actions as risk
from tests.factories import make_posting, member
from tests.matching.builders import found
from tests.posters.builders import is_out, missing, proposed, released, today

pytestmark = pytest.mark.django_db


def ended(poster) -> str:
    """Why it ended; what everyone read is gone."""
    with acting(SYSTEM):
        poster = Poster.objects.get(pk=poster.pk)
        assert is_out(poster) == (poster.state == "RELEASED")
        told = Trail.objects.filter(verb="posters.poster.ended", about_id=str(poster.pk)).values_list("detail", flat=True)
        assert [one["end"] for one in told] == ([poster.end] if poster.end else [])
    return poster.end


def correct(poster, **details):
    with acting(SYSTEM):
        line = Entry.objects.select_related("person", "household", "place").get(person_id=poster.person_id, register="MISSING", stands=True)
        changes = registers.Changes(details=details)
        return registers.correct_entry(entry=line, changes=changes, reason="x", at=timezone.now(), by=SYSTEM)


def write(poster, register, **details):
    with acting(SYSTEM):
        person, place = poster.person, poster.place
        told = {"person": person, "household": None, "place": place, "happened_on": today() - timedelta(days=200), "texts": {}}
        registers.record_entry(register=register, details=details, at=timezone.now(), by=SYSTEM, **told)


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ({"missing_status": "TRACED"}, "FOUND"),
        ({"missing_status": "RESTORED"}, "FOUND"),
        ({"missing_status": "TRACED_DECEASED"}, "FOUND"),
        ({"missing_status": "CLOSED_FALSE"}, "STRUCK"),
        ({"missing_circumstance": "TRAFFICKED_SUSPECTED"}, "RULE"),
        ({"missing_circumstance": "ABANDONED"}, "RULE"),
    ],
)
def test_what_the_register_says_ends_it(poster, said, end):
    correct(poster, **said)
    assert ended(poster) == end


def test_a_correction_that_changes_nothing_of_this_lets_it_stand(poster):
    line = correct(poster, height_cm=150)
    assert ended(poster) == ""
    with acting(SYSTEM):
        assert Poster.objects.get(pk=poster.pk).entry_id == line.pk


def test_the_day_found_ends_it(poster):
    correct(poster, traced_on=f"{today()}")
    assert ended(poster) == "FOUND"


def test_a_report_moved_to_another_person_is_struck(poster, india):
    with acting(SYSTEM):
        other = people.record_person(details=member("Other One", years=15), place=poster.place, by=SYSTEM)
        line = Entry.objects.select_related("person", "household", "place").get(pk=poster.entry_id)
        registers.correct_entry(entry=line, changes=registers.Changes(person=other), reason="x", at=timezone.now(), by=SYSTEM)
    assert ended(poster) == "STRUCK"


def pair(poster, *, probability, kind="RESCUED", **told):
    """Someone found far away, and what the engine says of them."""
    with acting(SYSTEM):
        far = Place.objects.get(name="far")
        one = found(far, kind=kind, on=today(), at=timezone.now())
        facts = {"missing": {"age": 15}, "found": {"kind": kind}}
        fit = matching.Fits(poster.entry, one, probability, {}, {}, facts, {"missing": {}, "found": {}})
        matching.keep_candidates(fits=[fit], version="test", at=timezone.now(), by=SYSTEM)
        return Candidate.objects.get(found=one), make_posting("ahtu_officer", far)


def say_same(candidate, by):
    with acting(by):
        deciding.decide(candidate=candidate, answer="SAME", reasons=["NAME"], note="", at=timezone.now(), by=by)


def test_a_found_person_who_was_struck_lets_a_notice_be_told_and_ends_it_when_it_stands_again(entry, poster, ahtu, second):
    candidate, _there = pair(poster, probability=0.9)
    assert ended(poster) != ""
    with acting(SYSTEM):
        correcting.strike_found(found=candidate.found, reason="Written twice", at=timezone.now(), by=SYSTEM)
    again = released(entry, ahtu, second)
    assert ended(again) == ""
    with acting(SYSTEM):
        correcting.stand_again(found=candidate.found, reason="It was she", at=timezone.now(), by=SYSTEM)
    assert ended(again) == ended(poster)


def test_a_match_that_two_people_confirm_ends_it(entry, poster, ahtu):
    candidate, there = pair(poster, probability=0.2, kind="SIGHTED")
    say_same(candidate, ahtu)
    assert ended(poster) == ""
    say_same(candidate, there)
    assert ended(poster) == "FOUND"


def test_one_person_who_says_the_rescued_is_she_ends_it(poster, ahtu):
    candidate, _there = pair(poster, probability=0.2)
    assert ended(poster) == ""
    say_same(candidate, ahtu)
    assert ended(poster) == "RULE"


def test_a_rescued_person_who_is_likelier_she_than_not_ends_it(poster):
    pair(poster, probability=0.5)
    assert ended(poster) == "RULE"


def test_a_rescue_ends_it_once_the_search_has_compared(poster, india):
    """From the unit's own record: rescued, taken among the found, compared, likely."""
    with acting(SYSTEM):
        details = rescue.RescuedDetails(
            at=timezone.now(), sex="FEMALE", age_basis="DECLARED", years=15, home=india["east"], texts={"name": "Aparna Mahato"}
        )
        rescued = rescue.record_rescued(details=details, place=india["far"], at=timezone.now(), by=SYSTEM)
        rescued.refresh_from_db()
        one = matching.FoundPerson.objects.get(pk=rescued.found_id)
        facts = {"missing": {"age": 15}, "found": {"kind": one.kind}}
        fit = matching.Fits(poster.entry, one, 0.9, {}, {}, facts, {"missing": {}, "found": {}})
        matching.keep_candidates(fits=[fit], version="test", at=timezone.now(), by=SYSTEM)
    assert ended(poster) == "RULE"


def test_a_case_ends_it_and_nobody_is_told_why(poster, india, ahtu, posted):
    worker = posted("case_worker", "far")
    with acting(worker):
        details = CaseDetails(gender="FEMALE", is_child=True, years=15, person=poster.person)
        cases.open_case(details=details, place=india["far"], on=today(), at=timezone.now(), by=worker)
    assert ended(poster) == "RULE"
    with pytest.raises(Refused) as refused:
        proposed(poster.entry, ahtu)
    assert refused.value.faults == [("", "protected")]


def test_a_case_of_the_same_name_and_guardian_ends_it_though_nobody_said_it_is_she(poster, india, posted):
    worker = posted("case_worker", "far")
    with acting(worker):
        identity = cases.Identity("অপর্ণা মাহাতো", "রমেশ মাহাতো")
        details = CaseDetails(gender="FEMALE", is_child=True, years=15, identity=identity)
        cases.open_case(details=details, place=india["far"], on=today(), at=timezone.now(), by=worker)
    with acting(SYSTEM):
        assert actions.look_at_all(at=timezone.now()) == 1
    assert ended(poster) == "RULE"


def test_the_family_takes_its_consent_back(poster, ahtu):
    with acting(ahtu):
        actions.withdraw(poster=poster, at=timezone.now(), by=ahtu)
        assert Agreement.objects.get(poster=poster).withdrawn_at
        with pytest.raises(Refused):
            actions.withdraw(poster=poster, at=timezone.now(), by=ahtu)
    assert ended(poster) == "WITHDRAWN"


def test_who_keeps_it_takes_it_down(poster, ahtu):
    with acting(ahtu):
        actions.take_down(poster=poster, at=timezone.now(), by=ahtu)
    assert ended(poster) == "NO_NEED"


def test_what_waits_ends_too(entry, ahtu):
    poster = proposed(entry, ahtu)
    correct(poster, missing_status="RESTORED")
    assert ended(poster) == "FOUND"


def test_ninety_days_end_it(poster):
    with acting(SYSTEM):
        assert actions.look_at_all(at=timezone.now() + timedelta(days=89)) == 0
        assert actions.look_at_all(at=timezone.now() + timedelta(days=90)) == 1
    assert ended(poster) == "EXPIRED"


def test_the_clock_looks_every_hour(poster):
    assert ended(poster) == ""
    with acting(SYSTEM):
        Poster.objects.filter(pk=poster.pk).update(until=today() - timedelta(days=1))
    tasks.look_at_all(0)
    assert ended(poster) == "EXPIRED"


@pytest.mark.parametrize(
    ("register", "details"),
    [
        (Register.MARRIAGE, {"groom_address_verified": "no", "marriage_risk_flag": "UNDER_AGE"}),
        (Register.LEFT, {"departure_kind": "ELOPED", "with_whom": "FRIEND", "contact_known": "no", "last_contact": "NEVER"}),
        (Register.MIGRATION, {"migration_type": "SEASONAL", "migration_reason": "DOMESTIC_VIOLENCE", "migration_mode": "SELF",
                              "employer_verified": "no", "check_in_interval_days": 7}),
    ],
)  # fmt: skip
def test_another_register_that_speaks_of_danger_ends_it(poster, register, details):
    write(poster, register, **details)
    assert ended(poster) == "RULE"


@pytest.fixture
def family(india):
    """(household, what it told, its girl's line in the register)"""
    village = india["east village 1"]
    girl, mother = member("Sona Private", years=15, relation="DAUGHTER"), member("Mira Private", years=40)
    with acting(SYSTEM):
        told = HouseholdDetails(id=mother.id, members=(mother, girl))
        household = people.record_household(details=told, place=village, visited_on=today(), at=timezone.now(), by=SYSTEM)
    entry = missing(village, "Sona Private")
    with acting(SYSTEM):
        changes = registers.Changes(person=household.memberships.get(person_id=girl.id).person, household=household)
        return household, told, registers.correct_entry(entry=entry, changes=changes, reason="x", at=timezone.now(), by=SYSTEM)


def test_what_the_family_tells_in_private_ends_it(family, ahtu, second):
    household, told, line = family
    poster = released(line, ahtu, second)
    with acting(SYSTEM):
        for violence in (0, 1):
            assert is_out(poster)
            facts = {"violence_disclosed": violence}
            risk.record_survey(details=told, told=facts, place=household.place, visited_on=today(), at=timezone.now(), by=SYSTEM)
    assert ended(poster) == "RULE"


def test_what_fails_midway_leaves_it_out_or_down_never_between(poster):
    with pytest.raises(ZeroDivisionError), acting(SYSTEM):
        assert 1 / len(correct(poster, missing_status="TRACED").pk.bytes[:0])
    assert ended(poster) == ""


@pytest.mark.parametrize("of", ["household", "person"])
def test_it_ends_with_any_consent_that_the_family_takes_back(family, ahtu, second, of):
    household, _told, line = family
    poster = released(line, ahtu, second)
    given = {"giver": "PARENT_GUARDIAN", "purposes": ["STORE"], "lawful_basis": "consent", "language": "bn", "given_on": today()}
    with acting(SYSTEM):
        consent = Consent.objects.create(place_no=poster.place_no, **{of: household if of == "household" else poster.person}, **given)
        people.withdraw_consent(consent=consent, on=today(), at=timezone.now(), by=SYSTEM)
        assert not Agreement.objects.filter(poster=poster, withdrawn_at=None).exists()
    assert ended(poster) == "WITHDRAWN"
