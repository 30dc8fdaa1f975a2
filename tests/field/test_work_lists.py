"""Open journeys and families to visit, as the entity lists a phone carries: her villages only, capped, without reasons."""

import csv
import hashlib
import io
import xml.etree.ElementTree as ET
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.core.models import Trail
from aanchal.field import named
from aanchal.people.models import Household
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from tests.factories import make_posting
from tests.field import phone, workbooks
from tests.field.browser import sign_in

pytestmark = pytest.mark.django_db
LISTS = ("journeys.csv", "tasks.csv")


@pytest.fixture
def form(india, acting):
    """A form of the state that asks for both lists, in use."""
    form_id = workbooks.new_id()
    with acting(SYSTEM):
        client = sign_in(Client(), make_posting("state_mis", india["state"]))
    survey = [{"type": f"select_one_from_file {name}", "name": name[:-4], "label": name} for name in LISTS]
    content = workbooks.workbook(survey, (), {"form_id": form_id, "version": "1"})
    drafted = client.post("/forms/own/", {"workbook": SimpleUploadedFile("a.xlsx", content)})
    assert client.post(f"{drafted['Location']}use/").status_code == 302
    return form_id


@pytest.fixture
def download(token, form):
    def download(name, of=token):
        answer = Client().get(f"/d/{of}/forms/{form}/1/media/{name}")
        assert answer.status_code == 200
        return list(csv.DictReader(io.StringIO(answer.content.decode())))

    return download


@pytest.fixture
def journey(send, village, kept):
    assert send("migration_entry", phone.migration(village, phone.adult("Radha"))).status_code == 201
    return kept(Entry.objects.all())[0]


@pytest.fixture
def family(send, village, kept):
    assert send("household_survey", phone.survey(village)).status_code == 201
    return kept(Household.objects.all())[0]


def test_a_journey_from_which_nobody_came_home_is_on_the_list(download, journey, village):
    [row] = download("journeys.csv")
    assert row["name"] == str(journey.pk)
    assert "Radha" in row["label"]
    assert (row["village"], row["left_on"]) == (str(village.lgd_code), journey.happened_on.isoformat())


def test_who_came_home_is_not_and_a_corrected_line_stands_for_the_one_before(download, journey, crp, acting):
    with acting(crp):
        told = {"reason": "A slip", "at": timezone.now(), "by": crp}
        line = registers.correct_entry(entry=journey, changes=registers.Changes(details={"companion": "ALONE"}), **told)
    assert [row["name"] for row in download("journeys.csv")] == [str(line.pk)]
    with acting(crp):
        home = registers.Changes(details={"returned_on": str(phone.today())})
        registers.correct_entry(entry=line, changes=home, **told)
    assert download("journeys.csv") == []


def test_a_family_at_risk_is_a_task_with_no_word_of_why(download, family, village):
    [row] = download("tasks.csv")
    assert (row["name"], row["household"], row["village"]) == (str(family.pk), str(family.pk), str(village.lgd_code))
    assert row["task"] in ("VISIT_FIRST", "VISIT_DUE")
    assert row["due_on"] >= family.visited_on.isoformat()
    assert set(row) == {"name", "label", "__version", "village", "household", "task", "due_on"}


def test_what_was_told_in_private_moves_no_task(download, send, village):
    answers = phone.survey(village, phone.head("Meena"), private={"asked_privately": "yes", "violence": "yes", "child_marriage": "NONE"})
    assert send("household_survey", answers).status_code == 201
    assert all(row["task"] == "VISIT_DUE" for row in download("tasks.csv"))


def test_the_next_worker_gets_nothing_of_it(download, enrol, stranger, journey, family):
    theirs = enrol(stranger)
    assert download("journeys.csv", of=theirs) == download("tasks.csv", of=theirs) == []


def test_a_phone_never_holds_more_than_the_cap(download, journey, family, monkeypatch):
    from aanchal.field import work_lists

    monkeypatch.setattr(work_lists, "MOST_FAMILIES", 0)
    assert download("journeys.csv") == download("tasks.csv") == []


def test_no_name_goes_to_who_sends_from_many_villages(download, enrol, officer, journey, family, monkeypatch):
    monkeypatch.setattr(named, "MOST_NAMED_VILLAGES", 1)
    theirs = enrol(officer)
    assert "Radha" not in str(download("journeys.csv", of=theirs))
    assert "Sita" not in str(download("tasks.csv", of=theirs))


def test_each_name_that_leaves_is_on_the_trail_and_a_hash_reads_none(client, token, form, download, journey, family, kept):
    def reads():
        return len(kept(Trail.objects.filter(verb="people.identity.read")))

    client.get(f"/d/{token}/forms/{form}/1/manifest.xml")
    assert reads() == 0
    download("journeys.csv")
    assert reads() == 1
    download("tasks.csv")
    assert reads() == 2


def test_the_manifest_marks_them_and_what_has_not_changed_is_not_sent_again(token, form, journey, family):
    ns = "{http://openrosa.org/xforms/xformsManifest}"
    root = ET.fromstring(Client().get(f"/d/{token}/forms/{form}/1/manifest.xml").content)
    files = {file.findtext(f"{ns}filename"): file for file in root}
    assert set(files) == set(LISTS)
    for file in files.values():
        assert file.get("type") == "entityList"
        served = Client().get(file.findtext(f"{ns}downloadUrl"))
        assert file.findtext(f"{ns}hash") == "md5:" + hashlib.md5(served.content).hexdigest()
        again = Client().get(file.findtext(f"{ns}downloadUrl"), headers={"If-None-Match": served["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_phone_learns_which_still_stand(client, token, enrol, stranger, form, journey, family):
    gone = uuid4()
    for name, pk in (("journeys.csv", journey.pk), ("tasks.csv", family.pk)):
        for of, deleted in ((token, "false"), (enrol(stranger), "true")):
            answer = client.get(f"/d/{of}/forms/{form}/1/standing/{name}?id={pk},{gone}")
            told = {one.get("id"): one.findtext("deleted") for one in ET.fromstring(answer.content)[0]}
            assert told == {str(pk): deleted, str(gone): "true"}
