"""Each page as the person who works with it, and as a stranger; how often each asks the database."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits.models import Cbo
from aanchal.core import paper
from aanchal.core.models import Trail
from aanchal.core.rows import insert
from aanchal.rehab import counselling, own, queries, returning
from aanchal.rehab.models import LeaderLink, Learning, Return, Session
from tests.cases.builders import agree
from tests.paper_reading import text_of
from tests.rehab.builders import NOTES, assign, make_case, make_counsellor, make_listing, open_gates

CASE_PAGES = ("case", "learning", "sessions", "return", "leading", "own", "repatriation")
PIN = "480271"


@pytest.fixture
def today(db):
    return policy.day_in_india(timezone.now()).isoformat()


def page(client, name, /, *args) -> str:
    answer = client.get(reverse(f"rehab:{name}", args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def send(client, name, /, *args, **told):
    return client.post(reverse(f"rehab:{name}", args=args), told)


def test_the_pages_of_a_case_open_for_who_is_assigned_and_for_nobody_else(running, staff, signed_in):
    client = signed_in(staff.worker)
    for name in CASE_PAGES:
        page(client, name, running.pk)
    for user in (staff.other, staff.stranger, staff.lead):
        client = signed_in(user)
        assert [client.get(reverse(f"rehab:{name}", args=[running.pk])).status_code for name in CASE_PAGES] == [404] * len(CASE_PAGES)


def test_a_referral_sees_gates_learning_and_counselling_and_no_more(running, staff, signed_in):
    assign(running, staff.other, by=staff.worker, capacity="REFERRED")
    client = signed_in(staff.other)
    seen = {name for name in CASE_PAGES if client.get(reverse(f"rehab:{name}", args=[running.pk])).status_code == 200}
    assert seen == {"case", "learning", "sessions"}


def test_an_emergency_reads_and_writes_nothing(running, staff, signed_in, today):
    assign_until = timezone.now() + timedelta(hours=1)
    with acting(SYSTEM):
        from aanchal.cases.models import Assignment

        told = {"case": running, "place_no": running.place_no, "user": staff.lead, "capacity": "GLASS", "why": "a test", "by": staff.lead}
        insert(Assignment(since=timezone.now() - timedelta(hours=1), until=assign_until, **told))
    client = signed_in(staff.lead)
    page(client, "case", running.pk)
    assert send(client, "decide", running.pk, gate="MEDICAL", answer="shut", why="RELAPSE", on=today).status_code == 404


def test_my_cases_are_listed_by_code_and_others_are_not(running, staff, signed_in):
    theirs = make_case(staff.place, staff.other)
    told = page(signed_in(staff.worker), "index")
    assert running.shown_code in told
    assert theirs.shown_code not in told


def test_the_list_asks_the_same_however_many_cases(running, staff, signed_in):
    client = signed_in(staff.worker)
    asked = []
    for more in (0, 5):
        for _ in range(more):
            make_case(staff.place, staff.worker)
        page(client, "index")
        with CaptureQueriesContext(connection) as counted:
            page(client, "index")
        asked.append(len(counted))
    assert asked[1] <= asked[0] <= 25


def test_a_page_of_a_case_asks_little(running, staff, signed_in):
    client = signed_in(staff.worker)
    for name in CASE_PAGES:
        with CaptureQueriesContext(connection) as counted:
            page(client, name, running.pk)
        assert len(counted) <= 25, name


def test_a_gate_is_shut_on_the_page_and_says_why(running, staff, signed_in, today):
    client = signed_in(staff.worker)
    assert send(client, "decide", running.pk, gate="MEDICAL", answer="shut", on=today).status_code == 422
    assert send(client, "decide", running.pk, gate="MEDICAL", answer="shut", why="RELAPSE", on=today).status_code == 302
    told = page(client, "case", running.pk)
    assert "Her health got worse" in told
    assert "Halted" in told


def test_it_refuses_to_begin_and_names_the_gate(case, staff, signed_in):
    client = signed_in(staff.worker)
    answer = client.post(reverse("rehab:start", args=[case.pk]), follow=True).content.decode()
    assert "Rehabilitation cannot begin yet" in answer
    assert "A counsellor agrees" in answer


def test_a_girl_is_refused_skill_training_in_words(girl, staff, signed_in, today):
    open_gates(girl, staff.worker, staff.counsellor)
    client = signed_in(staff.worker)
    answer = send(client, "enrol", girl.pk, kind="SKILLING", trade="welding", on=today)
    assert answer.status_code == 422
    assert "She is under 18 today" in answer.content.decode()
    assert "Never skill training" in page(client, "learning", girl.pk)


def test_an_adult_is_refused_a_bridge_course_in_words(running, staff, signed_in, today):
    answer = send(signed_in(staff.worker), "enrol", running.pk, kind="BRIDGE", on=today)
    assert "this course is for children" in answer.content.decode()


def test_from_what_she_likes_to_work(running, staff, signed_in, today, india):
    workshop = make_listing(india["east"])
    client = signed_in(staff.worker)
    send(client, "lean", running.pk, interests=["OUTDOORS", "MACHINES"], strengths=["FEARLESS"], surroundings="TOWN")
    told = page(client, "learning", running.pk)
    assert "Driver: taxi" in told
    assert "Being outdoors" in told
    assert send(client, "enrol", running.pk, kind="SKILLING", trade="driving", agency=str(workshop.pk), on=today).status_code == 302
    with acting(SYSTEM):
        one = Learning.objects.get()
    for to, more in (("CERTIFIED", {}), ("PLACED", {"employer": str(workshop.pk), "wage_paise": "12000"})):
        assert send(client, "move", one.pk, to=to, on=today, **more).status_code == 302
    assert send(client, "attend", one.pk, month=today, held="20", present="19").status_code == 302
    assert "Sample workshop" in page(client, "course", one.pk)
    assert signed_in(staff.stranger).get(reverse("rehab:course", args=[one.pk])).status_code == 404


def test_notes_are_read_by_two_on_their_own_pages(case, staff, signed_in, today):
    make_counsellor(staff.counsellor, staff.supervisor, staff.place)
    client = signed_in(staff.counsellor)
    assert send(client, "hold", case.pk, kind="ALONE", on=today, minutes="45", notes=NOTES).status_code == 302
    with acting(SYSTEM):
        session = Session.objects.get()
    assert NOTES not in page(client, "own-session", session.pk)
    assert NOTES in send(client, "own-read", session.pk).content.decode()
    client = signed_in(staff.supervisor)
    assert NOTES in send(client, "supervised-read", session.pk).content.decode()
    assert send(client, "advise", session.pk, notes="Rest").status_code == 302
    client = signed_in(staff.worker)
    assert client.get(reverse("rehab:own-session", args=[session.pk])).status_code == 404
    assert NOTES not in page(client, "sessions", case.pk)
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="rehab.notes.read").count() == 2


def test_a_supervisor_recruits_trains_and_places(staff, signed_in, today, india):
    client, agency = signed_in(staff.supervisor), make_listing(india["east"])
    with acting(SYSTEM):
        block = india["east block"]
        cbo = Cbo(kind="CLF", name="Ujala CLF", place=block, place_no=block.place_no)
        insert(cbo)
    with acting(staff.officer):
        found = returning.assess_cbo(cbo=cbo, met=[], on=policy.day_in_india(timezone.now()), at=timezone.now(), by=staff.officer)
    told = {"user": str(staff.counsellor.pk), "place": str(staff.place.pk), "on": today, "cbo": str(found.pk)}
    assert send(client, "recruit", **told).status_code == 302
    with acting(SYSTEM):
        one = queries.Counsellor.objects.get()
    assert send(client, "place-with", one.pk, agency=str(agency.pk), on=today).status_code == 422
    for module, hours in (("LISTENING", 40), ("LAW", 20), ("RISK", 10), ("PRACTICE", 60)):
        assert send(client, "train", one.pk, module=module, hours=hours, on=today).status_code == 302
    assert send(client, "place-with", one.pk, agency=str(agency.pk), on=today).status_code == 302
    assert "Community counsellor" in page(client, "counsellor", one.pk)
    assert "Sample workshop · Ujala CLF" in page(client, "supervision")
    assert "Ujala CLF" in page(client, "counsellor", one.pk)
    assert signed_in(staff.far_supervisor).get(reverse("rehab:counsellor", args=[one.pk])).status_code == 404


def test_a_return_is_refused_on_the_page_with_every_reason(case, staff, signed_in, today):
    client = signed_in(staff.worker)
    send(client, "plan", case.pk, to="FAMILY")
    with acting(SYSTEM):
        back = Return.objects.get()
    answer = send(client, "go", back.pk, on=today)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Without her wish there is no return" in told
    assert "Family and community were not looked into" in told
    assert send(client, "hear", back.pk, wish="YES", is_heard_alone="on", on=today).status_code == 302
    assert "Without her wish" not in page(client, "return", case.pk)
    assert signed_in(staff.stranger).post(reverse("rehab:go", args=[back.pk]), {"on": today}).status_code == 404


def test_a_visit_that_is_due_is_listed_and_written_down(case, staff, signed_in, today):
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    with acting(staff.worker):
        back = returning.plan(case=case, to="ELSEWHERE", at=now, by=staff.worker)
        told = {"on": day - timedelta(days=40), "at": now, "by": staff.worker}
        returning.hear(back=back, wish="YES", is_heard_alone=True, **told)
        returning.assess(back=back, found={}, community=None, note="", **told)
        returning.go(back=back, **told)
        first = queries.follow_ups(back)[0]
    client = signed_in(staff.worker)
    assert case.shown_code in page(client, "due")
    assert send(client, "follow", first.pk, how="TROUBLED", signs=["DEBT"], on=today).status_code == 302
    assert "No visit is due" in page(client, "due")
    assert "see her within 30 days" in page(client, "return", case.pk)


def test_she_chooses_to_lead_and_the_list_does_not_tell(case, staff, signed_in, today):
    client = signed_in(staff.worker)
    told = {"fields_of_work": ["MIGRATION"], "name": "Plantedchosen", "place": str(staff.place.pk), "chose_on": today}
    assert send(client, "choose", case.pk, **told).status_code == 302
    with acting(SYSTEM):
        person = LeaderLink.objects.get().person
    listed = page(client, "people") + page(client, "person", person.pk)
    assert "urvivor" not in listed
    assert case.shown_code not in listed
    assert str(case.pk) not in listed
    assert "Plantedchosen" not in listed
    assert "Plantedchosen" in send(client, "person-open", person.pk).content.decode()
    assert send(client, "engage", person.pk, field="MIGRATION", on=today, hours="2", honorarium_paise="500.50").status_code == 302
    assert "500.50" in page(client, "person", person.pk)
    assert send(client, "withdraw", case.pk).status_code == 302
    assert "No resource person yet" in page(client, "people")


def opened(client, case) -> str:
    answer = send(client, "own-look", case.pk, pin=PIN).content.decode()
    return re.search(r'name="opened" value="([^"]+)"', answer)[1]


def test_she_opens_corrects_and_takes_her_record(running, staff, signed_in):
    client = signed_in(staff.worker)
    assert send(client, "own-pin", running.pk, pin="111111").status_code == 422
    assert send(client, "own-pin", running.pk, pin=PIN).status_code == 302
    assert "not the PIN" in send(client, "own-look", running.pk, pin="482222").content.decode()
    held = opened(client, running)
    assert "told what became of it" in send(client, "own-correct", running.pk, opened=held, words="I am 25").content.decode()
    assert running.shown_code in send(client, "own-take", running.pk, opened=held).content.decode()
    if paper.are_here():
        file = send(client, "own-take", running.pk, opened=held, **{"as": "pdf"})
        assert file["Content-Disposition"] == 'attachment; filename="what-is-kept.pdf"'
        assert "I am 25" in text_of(file.content)
    assert send(client, "own-take", running.pk, opened="made up").status_code == 302
    assert "was closed after a quarter of an hour" in page(client, "own", running.pk)
    assert "I am 25" in page(client, "own", running.pk)


def test_she_no_longer_wants_it_kept_and_reads_what_becomes_of_it(running, staff, signed_in):
    consent = agree(running, by=staff.worker, purpose="KEEP")
    client = signed_in(staff.worker)
    send(client, "own-pin", running.pk, pin=PIN)
    held = opened(client, running)
    said = send(client, "own-consent", running.pk, opened=held, consent=str(consent.pk)).content.decode()
    assert "Unless a law has it kept, it is erased after" in said
    assert "Your name is sealed away" in send(client, "own-take", running.pk, opened=held).content.decode()


def test_a_wrong_try_counts_though_the_page_refuses(running, staff, signed_in):
    client = signed_in(staff.worker)
    send(client, "own-pin", running.pk, pin=PIN)
    for _ in range(5):
        send(client, "own-look", running.pk, pin="482222")
    assert "Too many wrong tries" in send(client, "own-look", running.pk, pin=PIN).content.decode()


def test_the_pass_of_one_worker_opens_nothing_for_another(running, staff, signed_in):
    with acting(staff.worker):
        own.set_pin(case=running, pin=PIN, at=timezone.now(), by=staff.worker)
    held = opened(signed_in(staff.worker), running)
    assert send(signed_in(staff.counsellor), "own-take", running.pk, opened=held).status_code == 302


def test_repatriation_goes_step_by_step_on_the_page(staff, signed_in, today):
    case = make_case(staff.place, staff.worker, citizenship="BD")
    client = signed_in(staff.worker)
    assert send(client, "repatriation-begin", case.pk, country="BD", on=today).status_code == 302
    with acting(SYSTEM):
        one = case.repatriations.get()
    assert send(client, "repatriation-step", one.pk, key="hand_over", on=today).status_code == 422
    assert send(client, "repatriation-step", one.pk, key="wish", on=today, number="A 1").status_code == 302
    assert "mission informed" in page(client, "repatriation", case.pk)


def test_an_organisation_is_assessed_by_its_criteria(staff, signed_in, today, india):
    block = india["east block"]
    with acting(SYSTEM):
        cbo = Cbo(kind="CLF", name="Ujala CLF", place=block, place_no=block.place_no)
        insert(cbo)
    client = signed_in(staff.officer)
    assert send(client, "assess", cbo=str(cbo.pk), met=["age"], on=today).status_code == 302
    assert "Not yet mature" in page(client, "organisations")
    assert signed_in(staff.worker).get(reverse("rehab:organisations")).status_code == 404


def test_no_page_of_the_village_shows_her(running, staff, signed_in, crp):
    client = signed_in(crp)
    for name in ("index", "people", "supervision", "organisations"):
        assert client.get(reverse(f"rehab:{name}")).status_code == 404


def test_counselling_of_a_case_is_a_page_with_a_pager(case, staff, signed_in):
    make_counsellor(staff.counsellor, staff.supervisor, staff.place)
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    with acting(staff.counsellor):
        for _ in range(31):
            counselling.hold(case=case, kind="PHONE", on=day, minutes=10, notes="", at=now, by=staff.counsellor)
    assert "1 to 30 of 31" in page(signed_in(staff.worker), "sessions", case.pk)
