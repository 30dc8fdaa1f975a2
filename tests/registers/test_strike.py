"""A line entered by mistake is struck with a reason, never deleted; a reviewer takes a mistaken stroke back."""

import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.registers import actions, counts, queries, striking
from aanchal.registers.actions import Changes
from aanchal.registers.models import Entry, Strike
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON, make_posting
from tests.registers.builders import DETAILS, make_entry, someone

WHY = "Phulmati never left, the form was filled for a neighbour"


@pytest.fixture(params=Register)
def entry(village, request):
    return make_entry(village, request.param, who=someone("Phulmati Unheard", years=17))


def address(entry, name="strike") -> str:
    return reverse(f"registers:{name}", args=[entry.pk])


def strike(entry, by, reason=WHY) -> Strike:
    with acting(by):
        return striking.strike(entry=entry, reason=reason, at=NOON, by=by)


def read(entry) -> Entry:
    with acting(SYSTEM):
        return Entry.objects.get(pk=entry.pk)


def test_it_stands_no_longer_and_is_kept_as_it_was_written(entry, officer, signed_in):
    site = signed_in(officer)
    assert site.get(address(entry, "detail")).content.decode().count(address(entry)) == 1
    answer = site.post(address(entry), {"reason": WHY}, follow=True)
    said = answer.content.decode()
    assert "Struck: entered by mistake" in said
    assert WHY not in said
    assert WHY in site.post(address(entry, "open")).content.decode()
    assert not read(entry).stands
    assert read(entry).details == entry.details
    with acting(SYSTEM):
        assert WHY.encode() not in bytes(Strike.objects.get().sealed)
        assert Trail.objects.filter(verb="registers.entry.struck", actor=officer.pk, about_id=str(entry.pk)).count() == 1


def test_counts_and_the_list_leave_it_out_and_it_is_listed_when_asked_for(entry, officer, signed_in, village):
    strike(entry, officer)
    with acting(officer):
        assert counts.total(counts.of_place(village), entry.register) == 0
        assert not queries.entries(officer, entry.register, village)
    listed = reverse("registers:list", args=[entry.register.lower()])
    assert str(entry.pk) not in signed_in(officer).get(listed, {"place": village.pk}).content.decode()
    asked = signed_in(officer).get(listed, {"place": village.pk, "open": "struck"}).content.decode()
    assert str(entry.pk) in asked
    assert ">Struck<" in asked


def test_the_same_person_may_be_entered_rightly_afterwards(village, crp):
    entry = make_entry(village)
    strike(entry, crp)
    again = make_entry(village, person=entry.person, household=entry.household)
    assert again.stands


def test_a_reviewer_takes_it_back_with_a_reason(entry, officer, signed_in):
    strike(entry, officer)
    site = signed_in(officer)
    again = address(entry, "take-back")
    assert again in site.get(address(entry, "detail")).content.decode()
    said = site.post(again, {"reason": "She did leave"}, follow=True).content.decode()
    assert "The line stands again." in said
    assert "Stood again" in said
    assert read(entry).stands
    opened = site.post(address(entry, "open")).content.decode()
    assert WHY in opened
    assert "She did leave" in opened
    assert site.post(again, {"reason": "Twice"}).status_code == 422


def test_it_is_not_taken_back_where_another_line_took_its_place(village, crp, officer, signed_in):
    entry = make_entry(village)
    strike(entry, crp)
    make_entry(village, person=entry.person, household=entry.household)
    answer = signed_in(officer).post(address(entry, "take-back"), {"reason": "No mistake"})
    assert answer.status_code == 422
    assert "already has a line in the register" in answer.content.decode()
    assert not read(entry).stands
    with acting(SYSTEM):
        assert Strike.objects.get().undone_at is None


def test_a_worker_strikes_but_does_not_take_back(village, crp, signed_in):
    entry = make_entry(village)
    site = signed_in(crp)
    assert site.post(address(entry), {"reason": WHY}).status_code == 302
    assert address(entry, "take-back") not in site.get(address(entry, "detail")).content.decode()
    assert site.post(address(entry, "take-back"), {"reason": "x"}).status_code == 404


def test_nobody_in_the_village_alone_ends_a_search(village, crp, signed_in):
    entry = make_entry(village, Register.MISSING)
    site = signed_in(crp)
    assert address(entry) not in site.get(address(entry, "detail")).content.decode()
    assert "Tell the block officer why" in site.get(address(entry), follow=True).content.decode()
    assert "Tell the block officer why" in site.post(address(entry), {"reason": WHY}, follow=True).content.decode()
    assert read(entry).stands


def test_what_became_of_someone_missing_is_corrected_and_never_struck(village, officer, signed_in):
    traced = {"missing_status": "TRACED", "traced_on": DAY.isoformat()}
    entry = make_entry(village, Register.MISSING, details=DETAILS[Register.MISSING] | traced)
    assert address(entry) not in signed_in(officer).get(address(entry, "detail")).content.decode()
    answer = signed_in(officer).post(address(entry), {"reason": WHY})
    assert answer.status_code == 422
    assert "It is not struck; correct it" in answer.content.decode()
    assert read(entry).stands


def test_without_a_reason_nothing_is_struck(entry, officer, signed_in):
    answer = signed_in(officer).post(address(entry), {"reason": "  "})
    assert answer.status_code == 422
    assert read(entry).stands


def test_a_line_corrected_meanwhile_is_not_struck(village, officer, signed_in):
    entry = make_entry(village)
    with acting(officer):
        actions.correct_entry(entry=entry, changes=Changes(details={"check_in_interval_days": 14}), reason="r", at=NOON, by=officer)
    answer = signed_in(officer).post(address(entry), {"reason": WHY})
    assert answer.status_code == 422
    assert "stands no longer" in answer.content.decode()
    assert "Corrected, kept as it was written" in signed_in(officer).get(address(entry, "detail")).content.decode()


def test_a_line_that_another_record_tells_too_says_so(village, officer, signed_in):
    entry = make_entry(village)
    with acting(SYSTEM):
        actions.set_aside(entries=[entry], by=SYSTEM)
    said = signed_in(officer).get(address(entry, "detail")).content.decode()
    assert "Set aside" in said
    assert address(entry, "take-back") not in said


def test_a_stranger_finds_neither_page_nor_reason(village, stranger, india, crp, signed_in):
    entry = make_entry(village)
    strike(entry, crp)
    with acting(SYSTEM):
        other = make_posting("block_officer", india["west block"])
    for user in (stranger, other):
        for name in ("strike", "take-back", "detail"):
            assert signed_in(user).get(address(entry, name)).status_code == 404
        with acting(user):
            assert not Strike.objects.exists()
