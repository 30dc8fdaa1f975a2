from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.core import paper
from aanchal.rescue import staffing
from aanchal.rescue.models import Evidence, Fir, Lead, Operation, Rescued
from tests.paper_reading import text_of
from tests.rescue import builders
from tests.rescue.builders import ACCUSED, NAME, PLACE, TOLD_BY

MOST_QUERIES = 25


@pytest.fixture
def now_running(unit, people):
    """What a page writes it writes now: a lead and an operation of today."""
    now, by = timezone.now() - timedelta(hours=1), people.officer
    with acting(by):
        lead = builders.make_lead(unit, by=by, at=now)
        operation = builders.make_operation(lead, by=by, at=now, on=day_in_india(now))
        return builders.start(operation, at=now, by=by)


@pytest.fixture
def now_rescued(now_running, people):
    with acting(people.officer):
        return builders.rescue(now_running, by=people.officer, at=timezone.now())


def body(answer) -> str:
    return answer.content.decode()


def moment(at) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def test_from_a_lead_to_a_hearing(signed_in, unit, people):
    client, now = signed_in(people.officer), timezone.now()
    day = day_in_india(now).isoformat()
    told = {"matter": "CHILD_LABOUR", "channel": "PHONE", "words": f"{NAME} is held", "where": PLACE, "source_name": TOLD_BY}
    assert NAME not in body(client.post("/rescue/leads/new/", told, follow=True))
    with acting(SYSTEM):
        lead = Lead.objects.get()
    assert TOLD_BY in body(client.post(f"/rescue/leads/{lead.pk}/source/"))
    client.post(f"/rescue/leads/{lead.pk}/plan/", {"planned_for": day, "led_by": people.officer.pk, "words": ""})
    with acting(SYSTEM):
        operation = Operation.objects.get()
    page = f"/rescue/operations/{operation.pk}/"
    refused = body(client.post(page + "go-on/", {"event": "START"}, follow=True))
    assert "Steps of the checklist are open" in refused
    for step in operation.sop.checklist:
        if step.phase == "BEFORE":
            client.post(page + "mark/", {"done": step.key})
    client.post(page + "go-on/", {"event": "START"})
    girl = {"at": moment(now + timedelta(minutes=1)), "sex": "FEMALE", "years": "15", "age_basis": "STATED", "exploitation": "CHILD_LABOUR"}
    future = client.post(page + "rescued/", girl | {"nationality": "in", "name": NAME})
    assert future.status_code == 422
    client.post(page + "rescued/", girl | {"at": moment(now), "nationality": "in", "name": NAME})
    client.post(page + "fir/", {"station": "Kotwali", "number": "112", "registered_on": day, "sections": ["BNS 143(4)", "CLPRA 14"]})
    with acting(SYSTEM):
        fir = Fir.objects.get()
        assert Rescued.objects.get().nationality == "IN"
    twice = client.post(page + "fir/", {"station": "PS Kotwali", "number": "112/2026", "registered_on": day, "sections": ["BNS 143(4)"]})
    assert "is here already" in body(twice)
    early = body(client.post(f"/rescue/firs/{fir.pk}/hearing/", {"on": day, "purpose": "EVIDENCE"}, follow=True))
    assert "There is no charge sheet yet" in early
    client.post(f"/rescue/firs/{fir.pk}/go-on/", {"stage": "CHARGE_SHEETED", "on": day, "number": "9"})
    after = body(client.post(f"/rescue/firs/{fir.pk}/hearing/", {"on": day, "purpose": "EVIDENCE"}, follow=True))
    assert "The day in court stands." in after


def test_evidence_from_seizure_to_the_sheet(signed_in, now_running, unit, people):
    client, now = signed_in(people.officer), timezone.now()
    told = {"kind": "PHONE", "seized_at": moment(now), "words": f"Phone of {ACCUSED}", "where": "", "seal_no": "S 1"}
    assert ACCUSED not in body(client.post(f"/rescue/operations/{now_running.pk}/evidence/", told, follow=True))
    with acting(SYSTEM):
        page = f"/rescue/evidence/{Evidence.objects.get().pk}/"
    assert ACCUSED in body(client.post(page + "open/"))
    hand = {"why": "TO_EXAMINE", "when": moment(now + timedelta(minutes=1)), "is_seal_whole": "on"}
    nameless = client.post(page + "hand-over/", hand | {"to": "LABORATORY", "when": moment(now)})
    assert nameless.status_code == 422
    later = timezone.localtime(timezone.now()).strftime("%Y-%m-%dT%H:%M:%S")
    client.post(page + "hand-over/", hand | {"to": f"OFFICER:{people.head.pk}", "when": later})
    refused = body(client.post(page + "hand-over/", hand | {"to": "COURT", "office": "District court", "when": later}, follow=True))
    assert "Only who holds a piece of evidence can hand it over" in refused
    sheet = body(client.get(page + "sheet/"))
    assert people.head.name in sheet
    assert ACCUSED not in sheet
    if paper.are_here():
        file = text_of(client.get(page + "sheet/?as=pdf").content)
        assert people.head.name in file
        assert ACCUSED not in file


def test_it_shows_no_name_until_someone_opens_it(signed_in, now_rescued, people):
    client = signed_in(people.officer)
    page = f"/rescue/people/{now_rescued.pk}/"
    assert NAME not in body(client.get(page))
    assert NAME in body(client.post(page + "open/"))


def test_it_never_tells_a_colleague_who_told_a_lead(signed_in, lead, people):
    client = signed_in(people.colleague)
    answer = body(client.post(f"/rescue/leads/{lead.pk}/source/"))
    assert TOLD_BY not in answer
    assert "Nothing that you may read" in answer


def test_it_is_absent_for_the_next_district(signed_in, evidence, girl, fir, lead, unit, people):
    client, rescued = signed_in(people.stranger), girl[0]
    seen = {
        f"units/{unit.pk}/": "", f"leads/{lead.pk}/": "open", f"operations/{evidence.operation_id}/": "go-on",
        f"people/{rescued.pk}/": "open",
        f"firs/{fir.pk}/": "hearing", f"evidence/{evidence.pk}/": "hand-over",
    }  # fmt: skip
    for path, change in seen.items():
        assert client.get(f"/rescue/{path}").status_code == 404
        assert not change or client.post(f"/rescue/{path}{change}/").status_code == 404
    for path in ("", "leads/", "operations/", "people/", "firs/", "clocks/"):
        page = body(client.get(f"/rescue/{path}"))
        for one in (lead, evidence.operation, rescued):
            assert one.shown_code not in page
        assert str(fir.pk) not in page


def test_it_is_absent_for_who_does_not_rescue(signed_in, lead, crp, officer):
    for user in (crp, officer):
        client = signed_in(user)
        assert client.get("/rescue/").status_code == 404
        assert client.get(f"/rescue/leads/{lead.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["", "leads/", "operations/", "people/", "firs/", "clocks/", "operation"])
def test_its_questions_do_not_grow_with_its_lines(signed_in, now_running, now_rescued, unit, people, name):
    client = signed_in(people.officer)
    path = f"/rescue/operations/{now_running.pk}/" if name == "operation" else f"/rescue/{name}"
    some_more(1, now_running, unit, people.officer)
    few = asked(client, path)
    some_more(4, now_running, unit, people.officer)
    assert asked(client, path) <= few <= MOST_QUERIES


def some_more(count, operation, unit, by):
    """Of everything that a page may list."""
    with acting(by):
        for _nth in range(count):
            now = timezone.now()
            builders.rescue(operation, by=by, at=now)
            builders.make_evidence(unit, operation, by=by, at=now)
            builders.make_fir(unit, by=by, number=str(Fir.objects.count() + 1), operation=operation)
            builders.make_accused(by=by, operation=operation)
            builders.make_operation(builders.make_lead(unit, by=by), by=by, at=now, on=day_in_india(now))
            builders.make_lead(unit, by=by)


def asked(client, path) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_a_unit_is_opened_and_staffed(signed_in, district, people):
    client = signed_in(people.officer)
    told = {"place": district.pk, "name": "Unit East", "tier": "DISTRICT", "fund": "SCHEME", "posts": "9"}
    page = body(client.post("/rescue/units/new/", told, follow=True))
    assert "The unit has no head" in page
    assert "stands here already" in body(client.post("/rescue/units/new/", told))
    with acting(SYSTEM):
        from aanchal.rescue.models import Unit

        unit = Unit.objects.get()
    join = {"username": people.officer.username, "capacity": "HEAD"}
    assert "Nobody appoints himself" in body(client.post(f"/rescue/units/{unit.pk}/join/", join, follow=True))
    assert client.post(f"/rescue/units/{unit.pk}/join/", {"username": people.stranger.username, "capacity": "NGO"}).status_code == 422
    client.post(f"/rescue/units/{unit.pk}/join/", {"username": people.colleague.username, "capacity": "HEAD"})
    with acting(SYSTEM):
        [head] = unit.members.all()
        staffing.leave(member=head, on=head.since, by=SYSTEM)
        assert head.user == people.colleague


def test_nothing_can_be_begun_before_there_is_a_unit(signed_in, people):
    client = signed_in(people.officer)
    assert reverse("rescue:open-unit") in body(client.get(reverse("rescue:home")))
    for page, begins in (("leads", "record-lead"), ("people", "record-rescued"), ("firs", "record-fir")):
        assert reverse(f"rescue:{begins}") not in body(client.get(reverse(f"rescue:{page}")))
