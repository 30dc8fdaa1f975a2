"""Courses that others give: who of the training records is enrolled, how it ended, counted once by State, rank and sex."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import enrolling, queries, training
from aanchal.activities.models import Course, Enrolment
from aanchal.activities.rules import Refused
from aanchal.core.models import Trail
from tests.activities.builders import DAY, NOW, someone
from tests.factories import make_posting
from tests.network import builders

SESSION = {
    "provider": "IGNOU", "code": "CAHT", "title": "Certificate in anti human trafficking", "session": "January 2026",
    "starts_on": date(2026, 1, 10), "ends_on": date(2026, 12, 20), "eligibility": "Ten years of school", "fee_paise": 200_000, "seats": 2,
}  # fmt: skip
HEAD = "name,post,enrolled_on,status,ended_on,result,certificate_no,why_left\n"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def course(india, officer):
    with acting(officer):
        return enrolling.offer(place=india["state"], told=SESSION, at=NOW, by=officer)


def recorded(place, by, name, **more):
    with acting(by):
        return training.known(place=place, someone=someone(name, **more), at=NOW, by=by)


def enrolled(course, who, by, on=DAY):
    with acting(by):
        return enrolling.enrol(course=course, participant=who, on=on, at=NOW, by=by)


@pytest.fixture
def rani(india, officer):
    return recorded(india["east"], officer, "Rani", post="Sub-inspector", audience="POLICE", rank="SUB_INSPECTOR")


def test_she_is_enrolled_completes_and_holds_the_provider_s_certificate(course, officer, rani):
    row = enrolled(course, rani, officer)
    with acting(officer):
        with pytest.raises(Refused, match="result: length"):
            enrolling.complete(enrolment=row, on=DAY, result=" ", certificate_no="", at=NOW, by=officer)
        row = enrolling.complete(enrolment=row, on=DAY, result="B", certificate_no="C/1", at=NOW, by=officer)
        assert (row.state, row.result, row.certificate_no) == ("COMPLETED", "B", "C/1")
        with pytest.raises(Refused, match="already_ended"):
            enrolling.drop(enrolment=row, on=DAY, why="DUTY", at=NOW, by=officer)
        with pytest.raises(Error), transaction.atomic():
            Enrolment.objects.update(result="A")
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="activities.enrolment.completed", about_id=row.pk).exists()


@pytest.mark.parametrize(
    ("on", "fault"), [(NOW.date() + timedelta(days=1), "in_the_future"), (DAY.replace(year=2027), "in_the_future")]
)
def test_days_to_come_are_refused(course, officer, rani, on, fault):
    with pytest.raises(Refused, match=fault):
        enrolled(course, rani, officer, on=on)


def test_nobody_is_enrolled_twice_or_without_a_seat_or_after_the_end(india, course, officer, rani):
    enrolled(course, rani, officer)
    with pytest.raises(Refused, match="enrolled_already"):
        enrolled(course, rani, officer)
    second = enrolled(course, recorded(india["west"], officer, "Mohan", sex="MALE"), officer)
    late = recorded(india["east"], officer, "Sita")
    with pytest.raises(Refused, match="no_seat"):
        enrolled(course, late, officer)
    with acting(officer):
        enrolling.drop(enrolment=second, on=DAY, why="DUTY", at=NOW, by=officer)
        assert queries.seats_left(course) == 1
    enrolled(course, late, officer)
    with acting(officer):
        over = enrolling.offer(place=india["state"], told=SESSION | {"code": "X", "ends_on": date(2026, 2, 1)}, at=NOW, by=officer)
    with pytest.raises(Refused, match="enrolled_too_late"):
        enrolled(over, rani, officer)


def test_a_session_is_entered_once_and_ends_after_it_begins(india, course, officer):
    with acting(officer):
        with pytest.raises(Refused, match="session: course_already"):
            enrolling.offer(place=india["state"], told=SESSION, at=NOW, by=officer)
        with pytest.raises(Refused, match="ends_before_it_begins"):
            enrolling.offer(place=india["state"], told=SESSION | {"ends_on": date(2025, 1, 1)}, at=NOW, by=officer)


def test_two_people_never_hold_one_certificate_number(india, course, officer, rani):
    rows = [enrolled(course, who, officer) for who in (rani, recorded(india["east"], officer, "Sita"))]
    with acting(officer):
        enrolling.complete(enrolment=rows[0], on=DAY, result="A", certificate_no="C/1", at=NOW, by=officer)
        with pytest.raises(Refused, match="certificate_already"):
            enrolling.complete(enrolment=rows[1], on=DAY, result="A", certificate_no="C/1", at=NOW, by=officer)


def test_each_is_counted_once_by_the_best_that_came_of_it(india, course, officer, rani, posted):
    enrolled(course, recorded(india["west"], officer, "Mohan", sex="MALE"), officer)
    left = enrolled(course, rani, officer)
    with acting(officer):
        other = enrolling.offer(place=india["state"], told=SESSION | {"session": "July 2026"}, at=NOW, by=officer)
        enrolling.drop(enrolment=left, on=DAY, why="DUTY", at=NOW, by=officer)
    done = enrolled(other, rani, officer)
    with acting(officer):
        enrolling.complete(enrolment=done, on=DAY, result="A", certificate_no="", at=NOW, by=officer)
    for reader in (officer, posted("national_analyst", "nation"), posted("nodal_officer", "state")):
        with acting(reader):
            [line] = queries.in_courses(*YEAR)
        assert (line.place, line.people, line.completed, line.enrolled, line.dropped, line.women) == (india["state"], 2, 1, 1, 0, 1)
        assert dict(line.by_rank) == {"ASI, sub-inspector": 1, "No rank written": 1}
    with acting(posted("nodal_officer", "far state")):
        assert queries.in_courses(*YEAR) == []


def test_the_next_district_sees_the_course_of_the_state_and_none_of_its_people(india, course, officer, rani, stranger, posted, enter):
    row = enrolled(course, rani, officer)
    far, analyst = posted("programme_officer", "far state"), posted("national_analyst", "nation")
    for who, n in ((stranger, 1), (far, 0), (analyst, 0)):
        with acting(who):
            assert (queries.courses(who).count(), Enrolment.objects.count()) == (n, 0)
            assert Enrolment.objects.update(result="x") == 0
    client = enter(stranger)
    assert "Rani" not in client.get(f"/activities/courses/{course.pk}/").content.decode()
    assert client.get(f"/activities/enrolments/{row.pk}/").status_code == 404
    assert "Rani" not in taken(client, course)
    assert "Rani" not in client.get(f"/activities/courses/{course.pk}/enrol/").content.decode()
    assert enter(far).get(f"/activities/courses/{course.pk}/").status_code == 404


def test_someone_of_another_place_is_not_enrolled_past_the_page(india, course, officer, rani, stranger):
    with pytest.raises(Error):
        enrolled(course, rani, stranger)


def taken(client, course) -> str:
    return b"".join(client.post(f"/activities/courses/{course.pk}/export/", {"format": "csv"}).streaming_content).decode()


def test_through_the_pages(india, course, officer, rani, enter, posted):
    client = enter(officer)
    told = {name: value for name, value in SESSION.items() if name != "fee_paise"} | {"fee": "1,5", "place": india["state"].pk}
    assert client.post("/activities/courses/", told).status_code == 422
    again = client.post("/activities/courses/", told | {"fee": "2000"})
    assert "This session of the course is entered already." in again.content.decode()
    assert client.post("/activities/courses/", told | {"fee": "2000.50", "session": "July"}).status_code == 302
    page = f"/activities/courses/{course.pk}/"
    assert "2,000.00" in client.get(page).content.decode()
    assert "Nobody in the training records" in client.get(f"{page}enrol/?words=nobody").content.decode()
    asked = {"participant": rani.pk, "enrolled_on": DAY}
    assert "Enrolled." in client.post(f"{page}enrol/?words=ran", asked, follow=True).content.decode()
    again = client.post(f"{page}enrol/?words=ran", asked)
    assert (again.status_code, "enrolled in this course already" in again.content.decode()) == (422, True)
    with acting(officer):
        one = f"/activities/enrolments/{Enrolment.objects.get().pk}/"
    early = client.post(one, {"what": "completed", "completed-ended_on": date(2026, 1, 1), "completed-result": "A"})
    assert "It ends before it begins." in early.content.decode()
    told = {"what": "completed", "completed-ended_on": DAY, "completed-result": "A", "completed-certificate_no": "C/9"}
    assert "C/9" in client.post(one, told, follow=True).content.decode()
    assert client.post(one, told).status_code == 404
    assert "Sub-inspector" in taken(client, course)
    assert client.get("/activities/courses/?year=1815").status_code == 200
    nation = enter(posted("national_analyst", "nation"))
    shown = nation.get("/nodal/courses/").content.decode()
    assert "Each is counted once." in shown
    assert "Rani" not in shown
    assert nation.get(page).status_code == 404


def upload(content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("people.csv", content.encode())


def sent(course, by, content, **more):
    return builders.sent(course.place, by, "enrolments", content, at=NOW, belongs=course, **more)


def test_a_list_of_people_comes_changes_and_goes_back(india, course, officer, rani):
    recorded(india["west"], officer, "Mohan", post="Constable", sex="MALE")
    enrolled(course, rani, officer)
    rows = f"Rani,sub-inspector,,COMPLETED,{DAY},A,C/1,\nMohan,Constable,{DAY},,,,,\n"
    rows += f"Nobody,Clerk,{DAY},,,,,\nMohan,Constable,,DROPPED,,,,\n"
    file = sent(course, officer, HEAD + rows)
    with acting(officer):
        faults = [fault for line in file.lines.order_by("nth") for fault in line.faults]
        states = dict(Enrolment.objects.values_list("participant__name", "state"))
    assert (file.counts, faults) == (
        {"CHANGE": 1, "MAKE": 1, "REFUSED": 2}, [["name", "not_in_records"], ["ended_on", "empty"], ["why_left", "empty"]],
    )  # fmt: skip
    assert states == {"Rani": "COMPLETED", "Mohan": "ENROLLED"}
    assert sent(course, officer, HEAD + rows, write=False).counts == {"REFUSED": 2, "SAME": 2}
    builders.taken_back(file, officer, at=NOW)
    with acting(officer):
        assert dict(Enrolment.objects.values_list("participant__name", "state")) == {"Rani": "ENROLLED"}


def test_a_list_holds_the_people_of_the_place_where_its_sender_records(india, course, officer, rani, stranger, posted, enter):
    recorded(india["west"], stranger, "Mohan", post="Constable", sex="MALE")
    page = f"/network/stakeholders/files/?list=enrolments&of={course.pk}"
    rows = f"Rani,Sub-inspector,{DAY},,,,,\nMohan,Constable,{DAY},,,,,\n"
    client = enter(stranger)
    assert client.post(page, {"place": course.place.pk, "file": upload(HEAD + rows)}).status_code == 422
    assert client.post(page, {"place": india["west"].pk, "file": upload(HEAD + rows)}).status_code == 302
    file = builders.sent(india["west"], stranger, "enrolments", HEAD + rows, at=NOW, belongs=course)
    with acting(stranger):
        faults = [fault for line in file.lines.order_by("nth") for fault in line.faults]
        assert (file.counts, faults) == ({"MAKE": 1, "REFUSED": 1}, [["name", "not_in_records"]])
    builders.taken_back(file, stranger, at=NOW)
    with acting(officer):
        assert not Enrolment.objects.exists()
    assert enter(posted("programme_officer", "far state")).get(page).status_code == 404


def test_a_course_of_the_nation_is_taken_by_people_of_any_state_by_hand_and_from_a_file(india, officer, rani):
    with acting(SYSTEM):
        nation = make_posting("programme_officer", india["nation"])
    with acting(nation):
        one = enrolling.offer(place=india["nation"], told=SESSION, at=NOW, by=nation)
    recorded(india["west"], officer, "Mohan", post="Constable", sex="MALE")
    assert enrolled(one, rani, officer).place_no == india["east"].place_no
    rows = f"Mohan,Constable,{DAY},,,,,\n"
    assert builders.sent(india["state"], officer, "enrolments", HEAD + rows, at=NOW, belongs=one).counts == {"MAKE": 1}
    with acting(officer):
        assert Course.objects.get() == one
