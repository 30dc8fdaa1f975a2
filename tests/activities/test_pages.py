"""The pages of activities: for who works there, for nobody else; and the calendar at its secret address."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import Error
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import actions, ical, training
from aanchal.activities.models import ActionPoint, CalendarFeed, Certificate, Meeting, Training
from aanchal.core import paper
from tests.activities.builders import DAY, NOW, TOLD, known, make_meeting, master, module, trained
from tests.activities.test_meetings import PDF, decide
from tests.paper_reading import text_of


def pages(meeting, training, point, certificate, force, participant):
    return [
        "/activities/", "/activities/?show=past", "/activities/feed/", "/activities/campaign/", "/activities/task-forces/",
        f"/activities/task-forces/{force.pk}/", f"/activities/meetings/{meeting.pk}/", f"/activities/meetings/{meeting.pk}/print/",
        "/activities/points/", "/activities/points/?show=mine", f"/activities/points/{point.pk}/", "/activities/trainings/",
        f"/activities/trainings/{training.pk}/", f"/activities/people/{participant.pk}/", f"/activities/certificates/{certificate.pk}/",
    ]  # fmt: skip


@pytest.fixture
def everything(meeting, force, india, officer):
    she = known(india["east"], officer, "Asha Kumari")
    held = trained(india["east"], officer, master(india["state"], officer), [she])
    point = decide(meeting, officer)
    with acting(officer):
        certificate = Certificate.objects.get()
    return pages(meeting, held, point, certificate, force, she)


def test_every_page_opens_for_who_works_there_and_its_rows_for_nobody_next_door(everything, enter, district_officer, stranger):
    client = enter(district_officer)
    for address in everything:
        assert client.get(address).status_code == 200, address
    client = enter(stranger)
    for address in everything:
        body = client.get(address)
        assert body.status_code == (404 if re.search(r"[0-9a-f-]{36}", address) else 200), address
        assert "Asha Kumari" not in body.content.decode()


@pytest.mark.skipif(not paper.are_here(), reason="the fonts are not here: script/setup")
def test_a_certificate_is_a_file_too(everything, enter, district_officer):
    file = enter(district_officer).get(f"{everything[-1]}?as=pdf")
    assert file["Content-Type"] == "application/pdf"
    assert "Asha Kumari" in text_of(file.content)


@pytest.mark.skipif(not paper.are_here(), reason="the fonts are not here: script/setup")
def test_the_list_to_sign_and_who_trained_whom_are_files_too(everything, enter, officer, district_officer, stranger):
    assert "Meera Devi" in text_of(enter(officer).get("/activities/trainings/cascade/?module=basics&as=pdf").content)
    client = enter(district_officer)
    with acting(district_officer):
        one = Training.objects.first()
    sheet = text_of(client.get(f"/activities/trainings/{one.pk}/paper/?as=pdf").content)
    assert ("First batch" in sheet, "Asha Kumari" in sheet, "Signature of who leads the training" in sheet) == (True, True, True)
    client = enter(stranger)
    assert client.get(f"/activities/trainings/{one.pk}/paper/?as=pdf").status_code == 404
    assert "Meera Devi" not in text_of(client.get("/activities/trainings/cascade/?as=pdf").content)


def test_a_certificate_is_revoked_with_a_reason_of_some_words(everything, enter, district_officer):
    client = enter(district_officer)
    for nothing, why in (("", "This field is required."), ("x\0", "Null characters"), ("x" * 201, "at most 200")):
        assert why in client.post(f"{everything[-1]}revoke/", {"why": nothing}, follow=True).content.decode(), why
    assert "Revoked" in client.post(f"{everything[-1]}revoke/", {"why": "Copied"}, follow=True).content.decode()


@pytest.mark.skipif(not paper.are_here(), reason="the fonts are not here: script/setup")
def test_minutes_are_a_file_too_with_who_came_and_what_was_decided(everything, meeting, officer, enter, district_officer, stranger):
    with acting(officer):
        actions.minute(meeting=meeting, words="We spoke of posters.\n\nAll agreed.", at=NOW, by=officer)
        actions.minute(meeting=meeting, words="Five posters, not six.", at=NOW, by=officer)
    address = f"/activities/meetings/{meeting.pk}/print/?as=pdf"
    file = enter(district_officer).get(address)
    assert (file["Content-Type"], file["Content-Disposition"]) == ("application/pdf", f'attachment; filename="meeting-{meeting.on}.pdf"')
    text = text_of(file.content)
    said_by_the_paper = ("Second quarter", "Office of SRLM", "Not there", "All agreed.", "Corrigendum", "Five posters, not six.")
    for said in (*said_by_the_paper, "Poster at each bus stand"):
        assert said in text, said
    assert enter(stranger).get(address).status_code == 404
    with acting(officer):
        ahead = TOLD | {"starts_on": date(2099, 1, 1), "ends_on": date(2099, 1, 2)}
        training.plan(place=meeting.place, module=module(), told=ahead, at=NOW, by=officer)
    assert "First batch" in text_of(enter(district_officer).get("/activities/print/?as=pdf").content)
    assert "Nothing in the calendar" in text_of(enter(stranger).get("/activities/print/?as=pdf").content)


def test_a_meeting_goes_from_its_notice_to_a_closed_action_in_the_pages(force, enter, district_officer):
    client, address = enter(district_officer), f"/activities/task-forces/{force.pk}/"
    told = {"what": "call", "title": "Third quarter", "on": "2026-10-01", "starts_at": "11:00", "venue": "Hall", "agenda": "Posters"}
    page = client.post(address, told).headers["Location"]
    assert client.post(page, {"what": "minutes", "words": "Too soon"}).status_code == 422
    with acting(district_officer):
        member = force.members.get(body="POLICE")
    assert client.post(page, {"what": "held", "present": [str(member.pk)], "others": "Collector\nCollector"}).status_code == 302
    paper = SimpleUploadedFile("minutes.pdf", PDF)
    assert client.post(page, {"what": "minutes", "words": "", "file": paper}).status_code == 302
    assert client.post(page, {"what": "minutes", "file": SimpleUploadedFile("m.pdf", b"<script>")}).status_code == 422
    body = client.get(page).content.decode()
    file = re.search(r"/activities/minutes/[0-9a-f-]+/", body)[0]
    assert client.get(file).headers["Content-Disposition"] == 'attachment; filename="minutes-1.pdf"'
    point = {"what": "point", "decision": "Posters", "office": "Transport", "due_on": "2026-10-20", "owner": "nobody.here"}
    assert client.post(page, point).status_code == 422
    assert client.post(page, point | {"owner": district_officer.username}).status_code == 302
    with acting(district_officer):
        one = ActionPoint.objects.get()
        assert Meeting.objects.get(title="Third quarter").attendance.filter(was_there=True).count() == 2
    closed = client.post(f"/activities/points/{one.pk}/", {"to": "DONE", "evidence": "Seen", "on": "2026-10-21"})
    assert closed.status_code == 302
    assert one.decision not in client.get("/activities/points/").content.decode()


def test_a_training_goes_from_the_plan_to_certificates_in_the_pages(india, enter, officer):
    client = enter(officer)
    first = {"username": "", "name": "Meera Devi", "post": "Trainer", "audience": "STAFF", "sex": "FEMALE"}
    assert client.post("/activities/trainings/masters/", first | {"module_key": "basics", "source": "Letter 4"}).status_code == 302
    with acting(officer):
        key = module().pk
    told = {"place": india["state"].pk, "module": key, "title": "A day", "audience": "POLICE", "starts_on": "2026-09-10"}
    page = client.post("/activities/trainings/", told | {"ends_on": "2026-09-10", "venue": "Hall"}).headers["Location"]
    as_trainer = {f"trainer-{name}": value for name, value in first.items()}
    assert client.post(page, as_trainer | {"what": "trainer", "trainer-name": "Nobody Known"}).status_code == 422
    assert client.post(page, as_trainer | {"what": "trainer"}).status_code == 302
    she = {f"attendee-{name}": value for name, value in (first | {"name": "Rani Soren", "post": "Inspector"}).items()}
    assert client.post(page, she | {"what": "attendee"}).status_code == 302
    with acting(officer):
        one = Training.objects.get().attendees.get()
    marks = {"what": "held", f"days-{one.pk}": 1, f"before-{one.pk}": 30, f"after-{one.pk}": 90}
    assert client.post(page, marks | {f"days-{one.pk}": 2}).status_code == 422
    assert client.post(page, marks).status_code == 302
    assert client.post(page, {"what": "certify"}).status_code == 302
    with acting(officer):
        assert Certificate.objects.get().shown_number in client.get(page).content.decode()


def test_lists_ask_the_database_no_more_for_more_rows(force, enter, officer):
    client, counted = enter(officer), []
    for _ in range(2):
        for _ in range(4):
            decide(make_meeting(force, officer), officer)
        asked = {}
        for address in ("/activities/?show=past", "/activities/points/", f"/activities/task-forces/{force.pk}/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked[address] = len(queries)
        counted.append(asked)
    assert counted[0] == counted[1]


@pytest.mark.usefixtures("everything")
def test_a_calendar_program_reads_the_secret_address_until_it_is_ended(force, officer, enter, client, district_officer, stranger):
    on = date.today() + timedelta(days=30)
    meeting = make_meeting(force, officer, on=on, held=False)
    enter(district_officer)
    page = client.post("/activities/feed/").content.decode()
    address = re.search(r"/activities/d/[^/]+/calendar\.ics", page)[0]
    client.logout()
    answer = client.get(address)
    told = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert f"UID:{meeting.pk}@aanchal" in told
    assert f"DTSTART;TZID=Asia/Kolkata:{on:%Y%m%d}T110000" in told
    assert "Asha Kumari" not in told
    enter(stranger)
    client.post("/activities/feed/", {"what": "end"})
    assert client.get(address).status_code == 200
    enter(district_officer)
    client.post("/activities/feed/", {"what": "end"})
    assert client.get(address).status_code == 404


def test_nobody_makes_an_address_for_another(officer, stranger):
    with acting(stranger), pytest.raises(Error), transaction.atomic():
        CalendarFeed.objects.create(user=officer, token_hash=b"0" * 32, made_at=NOW)
    with acting(officer):
        actions.open_feed(at=NOW, by=officer)
    with acting(stranger), pytest.raises(Error), transaction.atomic():
        CalendarFeed.objects.update(revoked_at=NOW)
    with acting(SYSTEM):
        assert bytes(CalendarFeed.objects.get().token_hash) != b"0" * 32


def test_a_line_of_a_calendar_is_folded_and_no_letter_is_cut():
    text = ical.calendar([ical.Entry("1", "मानव तस्करी रोकथाम; बैठक, " * 5, date(2026, 4, 1), None, "")], at=NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert ("मानव तस्करी रोकथाम\\; बैठक\\, " * 5).strip() in text.replace("\r\n ", "")
    assert "DTEND;VALUE=DATE:20260402" in text
    assert str(DAY.year) in text
