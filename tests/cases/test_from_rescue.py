"""A case is opened for someone whom a unit rescued: what was written down stands in the form, and nobody opens a second one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.cases import assigning
from aanchal.cases.models import Case
from aanchal.cases.rules import NotPossible
from aanchal.core.models import Trail
from aanchal.matching.models import FoundPerson
from aanchal.notices.models import Notice
from aanchal.rescue import actions as rescue
from aanchal.rescue.models import Rescued
from tests.cases.builders import open_case
from tests.factories import make_posting
from tests.rescue.builders import rescued_details


@pytest.fixture
def rescued(staff):
    now = timezone.now()
    with acting(staff.officer):
        details = rescued_details(at=now - timedelta(hours=2))
        return rescue.record_rescued(details=details, place=staff.place, at=now, by=staff.officer)


def address(one) -> str:
    return f"/cases/new/?rescued={getattr(one, 'pk', one)}"


def told(staff, **more) -> dict:
    return {
        "opened_on": day_in_india(timezone.now()).isoformat(), "place": staff.place.pk, "gender": "FEMALE", "years": "15", "is_child": "on",
        "citizenship": "IN", "status": "CONFIRMED", "supervisor": staff.supervisor.pk,
    } | more  # fmt: skip


def test_the_form_knows_what_the_unit_wrote_down(signed_in, staff, rescued):
    client = signed_in(staff.officer)
    assert address(rescued) in client.get(rescued.get_absolute_url()).content.decode()
    page = client.get(address(rescued))
    form = page.context["form"]
    assert (form["years"].value(), form["is_child"].value(), form["gender"].value()) == (15, True, "FEMALE")
    assert rescued.shown_code in page.content.decode()


def test_the_case_leads_back_to_the_rescue_for_who_may_see_it(signed_in, staff, rescued):
    client = signed_in(staff.officer)
    client.post(address(rescued), told(staff))
    with acting(SYSTEM):
        case = Case.objects.get(rescued=rescued)
    assert rescued.get_absolute_url() in client.get(f"/cases/{case.pk}/").content.decode()
    with acting(staff.officer):
        assigning.assign(case=case, user=staff.worker, capacity="WORKER", why="care", at=timezone.now(), by=staff.officer)
    page = signed_in(staff.worker).get(f"/cases/{case.pk}/")
    assert page.status_code == 200
    assert rescued.get_absolute_url() not in page.content.decode()


def test_nobody_opens_a_second_case_of_the_same_rescue(signed_in, staff, rescued):
    signed_in(staff.officer).post(address(rescued), told(staff))
    with acting(SYSTEM):
        other = make_posting("ahtu_officer", staff.place)
    page = signed_in(other).post(address(rescued), told(staff))
    assert page.status_code == 422
    assert "A case of this person is open already." in page.content.decode()


def test_she_does_not_come_before_she_was_rescued(staff, rescued):
    rescued.rescued_on += timedelta(days=1)
    with pytest.raises(NotPossible, match="before_rescue"):
        open_case(staff, by=staff.officer, rescued=rescued)


@pytest.mark.parametrize("who", ["far", "worker"])
def test_a_stranger_finds_nobody_to_open_a_case_for(signed_in, staff, rescued, india, who):
    with acting(SYSTEM):
        asking = make_posting("ahtu_officer", india["far"]) if who == "far" else staff.worker
    client = signed_in(asking)
    assert {client.get(address(one)).status_code for one in (rescued, uuid4(), "x")} == {404}


def test_a_case_is_never_moved_to_another_rescue(staff, rescued):
    case = open_case(staff, by=staff.officer, rescued=rescued, years=15, is_child=True)
    with acting(staff.officer), pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(rescued=None)


def test_an_age_that_is_proved_is_known_to_her_case_and_to_who_works_on_it(staff, rescued):
    case = open_case(staff, by=staff.officer, rescued=rescued, years=19)
    with acting(SYSTEM):
        other = make_posting("ahtu_officer", staff.place)
    for years, is_child in ((16, True), (18, False)):
        with acting(other):
            assert not Case.objects.filter(pk=case.pk).exists()
            rescue.prove_age(rescued=rescued, years=years, basis="MEDICAL", at=timezone.now(), by=other)
        with acting(SYSTEM):
            case.refresh_from_db()
            assert (case.years, case.is_child) == (years, is_child)
            found = FoundPerson.objects.get(pk=Rescued.objects.get(pk=rescued.pk).found_id)
            assert found.years == years, "the search looks for someone of her age"
    with acting(SYSTEM):
        assert {*Notice.objects.filter(about=case.pk).values_list("user", flat=True)} == {staff.officer.pk, staff.supervisor.pk}
        assert Trail.objects.filter(verb="cases.case.corrected").count() == 2
        assert [one.before["years"] for one in found.changes.order_by("at")][1:] == [16]
