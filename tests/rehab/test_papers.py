"""Papers of those who help others: hours of a counsellor, what a resource person did; no survivor's name, nothing for a stranger."""

import pytest

from aanchal.access.acting import acting
from aanchal.rehab import leading
from tests.factories import DAY, NOON
from tests.paper_reading import text_of
from tests.rehab.builders import make_counsellor


@pytest.fixture
def person(staff):
    with acting(staff.worker):
        called = leading.Called("Plantedcalled didi", "9812345678")
        one = leading.enter(place=staff.place, fields=["DISASTER"], called=called, since=DAY, at=NOON, by=staff.worker)
        leading.engage(person=one, field="DISASTER", on=DAY, hours=3, honorarium_paise=450_50, at=NOON, by=staff.worker)
    return one


def test_what_was_done_is_taken_along_without_a_name_and_only_where_it_was_done(signed_in, staff, person):
    page = f"/resource-people/{person.pk}/"
    assert f"{page}?as=pdf" in signed_in(staff.worker).get(page).content.decode()
    taken = signed_in(staff.worker).get(page, {"as": "pdf"})
    said = text_of(taken.content)
    assert "450.50" in said
    assert "Plantedcalled" not in said
    assert taken["Content-Disposition"] == f'attachment; filename="done-{person.pk}.pdf"'
    assert signed_in(staff.stranger).get(page, {"as": "pdf"}).status_code == 404


def test_the_hours_of_a_counsellor_are_taken_along_by_who_supervises_there(signed_in, staff):
    one = make_counsellor(staff.counsellor, staff.supervisor, staff.place)
    page = f"/counsellors/{one.pk}/"
    assert "?as=pdf" in signed_in(staff.supervisor).get(page).content.decode()
    said = text_of(signed_in(staff.supervisor).get(page, {"as": "pdf"}).content)
    assert all(word in said for word in ("Community counsellor", staff.counsellor.name, "60"))
    for user in (staff.far_supervisor, staff.worker):
        assert signed_in(user).get(page, {"as": "pdf"}).status_code in {403, 404}
