"""Trainings, sessions, attendance, events and meetings from files; and the list of a training on paper."""

import pytest

from aanchal.access.acting import acting
from aanchal.activities import lists, training
from aanchal.activities.models import Attendee, CampaignEvent, Meeting, Participant, PlannedMessage, Session, Training
from tests.activities.builders import DAY, NOW, TOLD, known, module
from tests.network import builders

EVENTS = "on,method,title,place_level,place_code,language,women,again_women\n"
PEOPLE = "name,post,audience,sex,days_present,test_before,test_after\n"


def sent(place, by, listed, content, **more):
    return builders.sent(place, by, listed, content, at=NOW, **more)


def back(file, by):
    return builders.taken_back(file, by, at=NOW).counts


def faults(file, by) -> list:
    with acting(by):
        return [fault for line in file.lines.order_by("nth") for fault in line.faults]


@pytest.fixture
def planned(india, officer):
    with acting(officer):
        return training.plan(place=india["east"], module=module(), told=TOLD, at=NOW, by=officer)


def test_a_year_of_trainings_and_meetings_comes_and_goes(india, officer):
    code = india["east"].lgd_code
    head = "module,title,place_level,place_code,audience,starts_on,ends_on,venue\n"
    rows = [f"basics,Batch {n},DISTRICT,{code},staff,2026-10-0{n},2026-10-0{n},Hall" for n in (1, 2)]
    content = head + "\n".join([*rows, f"nothing,Batch 3,DISTRICT,{code},staff,2026-10-03,,Hall"])
    file = sent(india["state"], officer, "trainings", content)
    assert (file.counts, faults(file, officer)) == ({"MAKE": 2, "REFUSED": 1}, [["module", "not_of_the_list"]])
    assert sent(india["state"], officer, "trainings", content, write=False).counts == {"REFUSED": 1, "SAME": 2}
    with acting(officer):
        training.enrol(training=Training.objects.get(title="Batch 1"), participant=known(india["east"], officer, "Rani"), by=officer)
    assert back(file, officer) == {"REFUSED": 1, "STAYED": 1, "TAKEN_BACK": 1}
    meetings = f"kind,title,place_level,place_code,on,starts_at,venue,agenda\nWORKSHOP,All,DISTRICT,{code},2026-10-01,11.30,Hall,Plan\n"
    file = sent(india["state"], officer, "meetings", meetings + f"TASK_FORCE,Ours,DISTRICT,{code},2026-10-01,25:00,Hall,Plan\n")
    assert faults(file, officer) == [["starts_at", "not_a_time"]]
    with acting(officer):
        assert (str(Meeting.objects.get().starts_at), Training.objects.count()) == ("11:30:00", 1)
    assert back(file, officer) == {"REFUSED": 1, "TAKEN_BACK": 1}


def test_the_paper_list_of_a_training_comes_with_days_and_tests_and_goes(india, officer, planned):
    with acting(officer):
        training.enrol(training=planned, participant=known(india["east"], officer, "Rani", post="Clerk"), by=officer)
    rows = "Rani,Clerk,STAFF,FEMALE,1,30,70\nMohan,Driver,STAFF,male,1,,60\nSita,Clerk,STAFF,FEMALE,2,,\n"
    file = sent(india["east"], officer, "attendance", PEOPLE + rows, belongs=planned)
    assert (file.counts, faults(file, officer)) == ({"CHANGE": 1, "MAKE": 1, "REFUSED": 1}, [["days_present", "more_days_than_it_had"]])
    with acting(officer):
        told = {one.participant.name: one for one in Attendee.objects.select_related("participant")}
        assert (told["Rani"].before_percent, told["Rani"].after_percent, told["Mohan"].after_percent) == (30, 70, 60)
    assert back(file, officer) == {"REFUSED": 1, "TAKEN_BACK": 2}
    with acting(officer):
        rani = Attendee.objects.get()
        assert (rani.days_present, rani.after_percent, Participant.objects.count()) == (0, None, 1)


def test_who_is_known_by_her_office_number_stays_when_the_file_goes(india, officer):
    with acting(officer):
        rani = known(india["east"], officer, "Rani", post="Constable", office_no="B-17")
        of_state = training.plan(place=india["state"], module=module(), told=TOLD, at=NOW, by=officer)
    row = "name,post,audience,sex,office_no\nRani,Sub-inspector,POLICE,FEMALE,b-17\n"
    file = sent(india["state"], officer, "attendance", row, belongs=of_state)
    with acting(officer):
        assert Attendee.objects.get().participant == rani
    assert back(file, officer) == {"TAKEN_BACK": 1}
    with acting(officer):
        assert Participant.objects.get() == rani


def test_sessions_come_from_a_file_and_none_over_another(india, officer, planned):
    head = "on,starts_at,minutes,subject,words,method\n"
    rows = f"{DAY},10:00,60,FORMS,What it is,TALK\n{DAY},10:30,60,IMPACT,What it does,TALK\n"
    file = sent(india["east"], officer, "sessions", head + rows, belongs=planned)
    assert (file.counts, faults(file, officer)) == ({"MAKE": 1, "REFUSED": 1}, [["starts_at", "sessions_overlap"]])
    assert back(file, officer) == {"REFUSED": 1, "TAKEN_BACK": 1}
    with acting(officer):
        assert not Session.objects.exists()


def test_an_event_whose_people_a_later_one_counts_as_reached_stays_until_that_one_goes(india, officer):
    row = f"2026-09-0{{}},PLAY,Play {{}},DISTRICT,{india['east'].lgd_code},Hindi,{{}},{{}}\n"
    first = sent(india["state"], officer, "events", EVENTS + row.format(1, 1, 40, 0))
    later = sent(india["state"], officer, "events", EVENTS + row.format(2, 2, 30, 30) + row.format(3, 3, 50, 60))
    assert faults(later, officer) == [["again_women", "more_again_than_came"], ["again_women", "not_reached_before"]]
    assert back(first, officer) == {"STAYED": 1}
    assert faults(first, officer) == [["", "counted_upon"]]
    assert back(later, officer) == {"REFUSED": 1, "TAKEN_BACK": 1}
    with acting(officer):
        assert [one.title for one in CampaignEvent.objects.all()] == ["Play 1"]


def test_what_villages_are_to_hear_comes_from_a_file_and_goes(india, officer):
    village, block = india["east village 1"], india["east village 1"].block
    row = "{},PLAY,Ask three questions,{},{},Hindi\n"
    content = "month,method,message,place_level,place_code,language\n" + row.format("2026-10-09", "VILLAGE", village.lgd_code)
    content += row.format("2026-10-09", "BLOCK", block.lgd_code) + row.format("", "VILLAGE", village.lgd_code)
    file = sent(india["state"], officer, "messages", content)
    assert (file.counts, faults(file, officer)) == ({"MAKE": 1, "REFUSED": 2}, [["place_level", "not_a_village"], ["month", "empty"]])
    with acting(officer):
        assert str(PlannedMessage.objects.get().month) == "2026-10-01"
    assert back(file, officer) == {"REFUSED": 2, "TAKEN_BACK": 1}
    with acting(officer):
        assert not PlannedMessage.objects.exists()


def test_each_list_goes_out_in_the_columns_in_which_it_stands_when_it_is_sent_back(india, officer, planned, enter):
    code, village = india["east"].lgd_code, india["east village 1"].lgd_code
    sent(india["state"], officer, "meetings", f"{','.join(lists.MEETINGS)}\nWORKSHOP,All,DISTRICT,{code},2026-10-01,11:30,Hall,Plan\n")
    sent(india["state"], officer, "messages", f"{','.join(lists.MESSAGES)}\n2026-10-09,PLAY,1098,VILLAGE,{village},Hindi\n")
    sent(india["state"], officer, "events", f"{EVENTS}2026-09-01,PLAY,Play,DISTRICT,{code},Hindi,40,0\n")
    client = enter(officer)
    for listed in ("meetings", "messages", "events", "trainings"):
        content = b"".join(client.get(f"/activities/export/{listed}/?kind=csv").streaming_content).decode("utf-8-sig")
        assert sent(india["state"], officer, listed, content, write=False).counts == {"SAME": 1}, listed


def test_the_list_is_printed_and_entered_line_by_line_by_who_leads_it_and_nobody_else(officer, stranger, planned, enter):
    page = f"/activities/trainings/{planned.pk}/"
    client = enter(officer)
    told = {"what": "several", "several-audience": "STAFF", "several-people": "Rani Devi; Clerk; F\nMohan; Driver\n\nSita; Clerk; x"}
    assert "lines 2, 4" in client.post(page, told).content.decode()
    people = {"several-people": "Rani Devi; Clerk; F\nMohan; Driver; M\nRani  Devi;Clerk;F"}
    assert client.post(page, told | people).status_code == 302
    sheet = client.get(f"{page}paper/").content.decode()
    assert (sheet.count("<tr>"), "Rani Devi" in sheet) == (1 + 2 + 10, True)
    body = b"".join(client.post(f"{page}export/attendance/", {"format": "csv"}).streaming_content).decode()
    assert (body.count("\n"), '"Mohan","Driver","STAFF","MALE"' in body) == (3, True)
    assert client.get(f"/network/stakeholders/files/?list=attendance&of={planned.pk}").status_code == 200
    client = enter(stranger)
    assert client.post(f"{page}export/attendance/").status_code == client.get(f"{page}paper/").status_code == 404
    for query in (f"list=attendance&of={planned.pk}", "list=attendance&of=x", "list=nothing"):
        assert client.get(f"/network/stakeholders/files/?{query}").status_code == 404, query
