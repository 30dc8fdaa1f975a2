"""A family visited again from a phone: the lists it carries, what the visit changes, what it may not."""

import csv
import hashlib
import io
import xml.etree.ElementTree as ET
from uuid import uuid4

import pytest
from django.test import Client

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM
from aanchal.core.models import Trail
from aanchal.field import named, xlsforms
from aanchal.inbox.models import Submission
from aanchal.people.models import Household, Membership
from aanchal.risk.models import Assessment, Survey
from tests.field import phone

pytestmark = pytest.mark.django_db
VERSION = xlsforms.version("follow_up")
NOW = {
    "ration_card": "NONE",
    "food_short_months": "9",
    "shg_member": "no",
    "wage_advance": "yes",
    "agent_approach": "yes",
    "member_missing": "no",
    "contact_lost": "no",
}


@pytest.fixture
def family(send, village, kept):
    assert send("household_survey", phone.survey(village)).status_code == 201
    return kept(Household.objects.all())[0]


@pytest.fixture
def download(token):
    """A function that gets a list as a phone does."""

    def download(name, of=token):
        answer = Client().get(f"/d/{of}/forms/follow_up/{VERSION}/media/{name}")
        assert answer.status_code == 200
        return list(csv.DictReader(io.StringIO(answer.content.decode())))

    return download


def visit(village, family, *, now=None, **more) -> dict:
    asked = {"met": "yes", "now": NOW | (now or {})} | more
    return {"place": {"village": str(village.lgd_code)}, "household": str(getattr(family, "pk", family))} | asked


def sent(client, token, answers, *, base="1", trunk="", branch=""):
    entity = (
        f'<entity dataset="households" id="{answers["household"]}" update="{str(answers["met"] == "yes").lower()}"'
        f' baseVersion="{base}" trunkVersion="{trunk}" branchId="{branch}"/></meta>'
    )
    xml = phone.filled("follow_up", answers).replace(b"</meta>", entity.encode())
    return phone.post(client, token, xml)


def test_the_lists_hold_her_families_and_no_field_more_than_the_form_needs(download, family, village, kept):
    [row] = download("households.csv")
    assert row == {
        "name": str(family.pk),
        "label": f"{family.shown_code} · Sita Devi",
        "__version": "1",
        "village": str(village.lgd_code),
    }
    members = kept(Membership.objects.all())
    people = download("persons.csv")
    assert {person["name"] for person in people} == {str(member.person_id) for member in members}
    assert {person["household"] for person in people} == {str(family.pk)}
    assert {person["label"] for person in people} == {"Sita Devi (Head of the household)", "Gita (Daughter)"}
    assert set(people[0]) == {"name", "label", "__version", "household"}


def test_the_manifest_marks_the_lists_and_hashes_what_is_served(token, family):
    ns = "{http://openrosa.org/xforms/xformsManifest}"
    root = ET.fromstring(Client().get(f"/d/{token}/forms/follow_up/{VERSION}/manifest.xml").content)
    files = {file.findtext(f"{ns}filename"): file for file in root}
    assert set(files) == {"villages.csv", "households.csv", "persons.csv"}
    assert files["villages.csv"].get("type") is None
    for name in ("households.csv", "persons.csv"):
        assert files[name].get("type") == "entityList"
        served = Client().get(files[name].findtext(f"{ns}downloadUrl")).content
        assert files[name].findtext(f"{ns}hash") == "md5:" + hashlib.md5(served).hexdigest()
        assert Client().get(files[name].findtext(f"{ns}integrityUrl")).status_code == 200


def test_each_name_that_leaves_for_a_phone_is_on_the_trail_and_a_hash_reads_none(client, token, download, family, kept):
    def reads():
        return kept(Trail.objects.filter(verb="people.identity.read"))

    client.get(f"/d/{token}/forms/follow_up/{VERSION}/manifest.xml")
    assert reads() == []
    download("households.csv")
    [read] = reads()
    assert read.detail["reason"] == named.REASON
    download("persons.csv")
    assert len(reads()) == 3


def test_the_next_worker_gets_nothing_of_it(download, enrol, stranger, family):
    token = enrol(stranger)
    assert download("households.csv", of=token) == []
    assert download("persons.csv", of=token) == []


def test_no_name_goes_to_who_sends_from_many_villages(download, enrol, officer, family, monkeypatch, kept):
    token = enrol(officer)
    assert "Sita" in download("households.csv", of=token)[0]["label"]
    monkeypatch.setattr(named, "MOST_NAMED_VILLAGES", 1)
    assert download("households.csv", of=token)[0]["label"] == family.shown_code
    assert "Sita" not in str(download("persons.csv", of=token))


def test_a_phone_never_holds_more_than_the_cap(download, send, village, family, monkeypatch):
    send("household_survey", phone.survey(village, phone.head("Radha Devi")))
    assert len(download("households.csv")) == 2
    monkeypatch.setattr(named, "MOST_FAMILIES", 1)
    assert len(download("households.csv")) == 1
    assert len({person["household"] for person in download("persons.csv")}) == 1


def standing(client, token, name, *ids) -> dict[str, str]:
    answer = client.get(f"/d/{token}/forms/follow_up/{VERSION}/standing/{name}?id={','.join(map(str, ids))}")
    root = ET.fromstring(answer.content)
    assert [root.tag, root[0].tag] == ["data", "entities"]
    return {one.get("id"): one.findtext("deleted") for one in root[0]}


def test_a_phone_learns_which_of_its_entities_stand(client, token, enrol, stranger, family, kept):
    gone, person = uuid4(), kept(Membership.objects.all())[0].person_id
    assert standing(client, token, "households.csv", family.pk, gone, "x") == {str(family.pk): "false", str(gone): "true", "x": "true"}
    assert standing(client, token, "persons.csv", person, gone) == {str(person): "false", str(gone): "true"}
    theirs = enrol(stranger)
    assert standing(client, theirs, "households.csv", family.pk, gone) == {str(family.pk): "true", str(gone): "true"}
    assert standing(client, theirs, "persons.csv", person) == {str(person): "true"}


def test_what_is_no_entity_list_has_no_standing(client, token, db):
    assert client.get(f"/d/{token}/forms/follow_up/{VERSION}/standing/villages.csv?id=1").status_code == 404


def test_a_visit_asks_anew_and_keeps_the_rest(client, token, village, family, kept, download):
    assert sent(client, token, visit(village, family)).status_code == 201
    [submission] = kept(Submission.objects.filter(form_id="follow_up"))
    assert (submission.status, submission.faults) == ("APPLIED", [])
    first, second = kept(Survey.objects.order_by("pk"))
    assert (first.facts["food_short_months"], second.facts["food_short_months"]) == (5, 9)
    assert second.facts["agent_approach"] == 1
    assert second.facts["debt_months"] == first.facts["debt_months"] == 12
    assert second.submission_id == submission.pk
    [current] = kept(Assessment.objects.filter(is_current=True))
    assert current.survey_id == second.pk
    assert download("households.csv")[0]["__version"] == "2"


def test_a_visit_where_nobody_was_met_changes_nothing(client, token, village, family, kept):
    answers = visit(village, family, met="no")
    del answers["now"]
    assert sent(client, token, answers).status_code == 201
    [submission] = kept(Submission.objects.filter(form_id="follow_up"))
    assert (submission.status, submission.faults) == ("APPLIED", [])
    assert len(kept(Survey.objects.all())) == 1


@pytest.mark.parametrize("which", ["unknown", "no id"])
def test_a_family_that_is_not_there_waits_for_a_person(client, token, village, family, kept, which):
    wrong = {"unknown": uuid4(), "no id": "H-12"}[which]
    assert sent(client, token, visit(village, wrong)).status_code == 201
    [submission] = kept(Submission.objects.filter(form_id="follow_up"))
    assert submission.status == "FLAGGED"
    assert submission.faults[0]["kind"] == {"unknown": "UNKNOWN_HOUSEHOLD", "no id": "BAD_ID"}[which]
    assert submission.faults[0]["path"] == "/data/household"


def test_a_strangers_visit_touches_nothing_of_the_family(client, enrol, stranger, village, family, india, kept):
    theirs = enrol(stranger)
    for place in (village, india["east village 2"]):
        assert sent(client, theirs, visit(place, family)).status_code == 201
    assert {one.status for one in kept(Submission.objects.filter(form_id="follow_up"))} == {"FLAGGED"}
    assert len(kept(Survey.objects.all())) == 1


def test_the_list_of_a_phone_that_was_revoked_is_gone(client, token, family, acting):
    from django.utils import timezone

    from aanchal.access.models import Device

    with acting(SYSTEM):
        access.revoke_device(device=Device.objects.get(), at=timezone.now(), by=SYSTEM)
    for end in ("media/households.csv", "standing/households.csv?id=1", "manifest.xml"):
        assert client.get(f"/d/{token}/forms/follow_up/{VERSION}/{end}").status_code == 401
