from uuid import uuid4

import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.registers import actions, queries
from aanchal.registers.actions import Changes
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON, make_posting
from tests.registers.builders import make_entry, someone


@pytest.fixture
def entry(village):
    return make_entry(village, Register.MISSING, who=someone("Phulmati Unheard", years=17))


def address(entry, name="detail"):
    return reverse(f"registers:{name}", args=[entry.pk])


def told(entry, **changes):
    """The correction form as it comes filled in, with some fields changed."""
    given = {**entry.details, "happened_on": entry.happened_on, "household_code": entry.household.shown_code, "reason": "Heard anew"}
    return {**given, **changes}


def test_it_shows_codes_and_history_and_no_word_about_a_person(entry, crp, signed_in):
    with acting(crp):
        line = actions.correct_entry(entry=entry, changes=Changes(details={"height_cm": 151}), reason="Measured", at=NOON, by=crp)
    text = signed_in(crp).get(address(line)).content.decode()
    assert text.index("As it stands") < text.index("Corrected, kept as it was written")
    assert "151" in text
    assert not [word for word in ("Phulmati", "mole", "9800000002", "Measured") if word in text]


def test_it_opens_names_words_and_reasons_and_notes_it(entry, crp, signed_in):
    with acting(crp):
        line = actions.correct_entry(entry=entry, changes=Changes(texts={"clothes": "red"}), reason="Seen by a cousin", at=NOON, by=crp)
    text = signed_in(crp).post(address(line, "open")).content.decode()
    assert not [word for word in ("Phulmati Unheard", "a mole on the left hand", "red", "Seen by a cousin") if word not in text]
    with acting(SYSTEM):
        noted = Trail.objects.filter(actor=crp.pk)
        assert {row.about_id for row in noted.filter(verb="registers.entry.opened")} == {str(entry.pk), str(line.pk)}
        assert noted.filter(verb="people.identity.read", about_id=str(entry.person_id)).count() == 1


def test_it_opens_nothing_by_a_link(entry, crp, signed_in):
    assert signed_in(crp).get(address(entry, "open")).url == address(entry)
    with acting(SYSTEM):
        assert not Trail.objects.filter(verb__in=["registers.entry.opened", "people.identity.read"]).exists()


def test_it_is_open_to_a_leader_but_its_words_are_not(entry, village, signed_in):
    with acting(SYSTEM):
        leader = make_posting("vo_leader", village)
    page = signed_in(leader).get(address(entry))
    assert page.status_code == 200
    assert b"Show names" not in page.content
    assert signed_in(leader).post(address(entry, "open")).status_code == 404
    assert signed_in(leader).get(address(entry, "correct")).status_code == 404


@pytest.mark.parametrize(
    ("name", "method"), [("detail", "get"), ("open", "get"), ("open", "post"), ("correct", "get"), ("correct", "post")]
)
def test_it_is_absent_for_a_stranger(entry, stranger, signed_in, name, method):
    visit = getattr(signed_in(stranger), method)
    assert visit(address(entry, name)).status_code == 404
    assert visit(reverse(f"registers:{name}", args=[uuid4()])).status_code == 404


def test_it_comes_filled_in_with_codes_and_without_words(entry, crp, signed_in):
    text = signed_in(crp).get(address(entry, "correct")).content.decode()
    assert '<option value="GD_ENTRY" selected>' in text
    assert 'value="2026-04-01"' in text
    assert "mole" not in text


def test_it_is_corrected_on_its_page(entry, crp, signed_in):
    response = signed_in(crp).post(address(entry, "correct"), told(entry, missing_status="TRACED", traced_on=DAY))
    with acting(SYSTEM):
        line = Entry.objects.get(corrects=entry)
        assert response.url == address(line)
        assert (line.is_open, line.details["traced_on"]) == (False, "2026-04-01")
        assert line.texts() == entry.texts() | {"reason": "Heard anew"}
        assert line.recorded_by == crp


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"happened_on": "2990-01-01"}, "lies after today"),
        ({"traced_on": "2990-01-01"}, "lies after today"),
        ({"reason": ""}, "required"),
        ({"missing_status": "GONE"}, "GONE"),
        ({"missing_status": ""}, "required"),
        ({"height_cm": "400"}, "230"),
        ({"household_code": "ZZZZZZ"}, "No family of this village"),
    ],
)
def test_it_says_what_is_wrong_and_changes_nothing(entry, crp, signed_in, changes, words):
    response = signed_in(crp).post(address(entry, "correct"), told(entry, **changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    with acting(SYSTEM):
        assert list(queries.standing(Register.MISSING)) == [entry]


def test_it_refuses_the_day_of_another_line(entry, crp, signed_in):
    first = Changes(details={"missing_status": "TRACED"})
    with acting(crp):
        closed = actions.correct_entry(entry=entry, changes=first, reason="Found", at=NOON, by=crp)
    again = make_entry(closed.place, Register.MISSING, person=closed.person, household=closed.household, on=DAY.replace(day=1, month=3))
    response = signed_in(crp).post(address(again, "correct"), told(again, happened_on=DAY))
    assert "already has a line" in response.content.decode()


def test_it_leads_to_the_newest_line(entry, crp, signed_in):
    with acting(crp):
        line = actions.correct_entry(entry=entry, changes=Changes(), reason="Anew", at=NOON, by=crp)
    assert signed_in(crp).get(address(entry, "correct")).url == address(line)
