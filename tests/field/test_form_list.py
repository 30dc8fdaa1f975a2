"""The list of forms, each form and its files, as ODK Collect asks for them."""

import hashlib
import xml.etree.ElementTree as ET
from base64 import b64encode
from datetime import timedelta
from xml.sax.saxutils import escape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM
from aanchal.access.acting import acting as acting_as
from aanchal.access.models import Device
from aanchal.field.models import PublishedForm
from tests.factories import PASSWORD, make_posting, make_user

pytestmark = pytest.mark.django_db
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"


@pytest.fixture
def collect():
    """A function that asks as a phone without any session does."""
    return lambda path, **headers: Client().get(path, headers=headers)


def change(row, **told):
    with acting_as(SYSTEM):
        type(row).objects.filter(pk=row.pk).update(**told)


def said(answer) -> str:
    return answer.content.decode()


def listed(answer) -> dict[str, dict[str, str]]:
    root = ET.fromstring(answer.content)
    assert root.tag == f"{LIST}xforms"
    forms = [{child.tag.removeprefix(LIST): child.text for child in form} for form in root]
    return {form["formID"]: form for form in forms}


def media_of(answer) -> dict[str, dict[str, str]]:
    root = ET.fromstring(answer.content)
    assert root.tag == f"{MANIFEST}manifest"
    files = [{child.tag.removeprefix(MANIFEST): child.text for child in file} for file in root]
    return {file["filename"]: file for file in files}


def test_every_answer_carries_the_open_rosa_headers(collect, token):
    for answer in (collect(f"/d/{token}/formList"), collect(f"/d/{token}/forms/nothing/1/form.xml"), collect("/formList")):
        assert answer["X-OpenRosa-Version"] == "1.0"
        assert answer["X-OpenRosa-Accept-Content-Length"] == "100000000"
        assert answer["Date"].endswith("GMT")
        assert answer["Content-Type"] == "text/xml; charset=utf-8"


def test_she_gets_every_form_with_the_hash_of_what_is_then_served(collect, token):
    forms = listed(collect(f"/d/{token}/formList?deviceID=a"))
    assert {"household_survey", "migration_entry", "village_situation", "safety_point"} <= set(forms)
    for form in forms.values():
        assert form["downloadUrl"].startswith(f"http://testserver/d/{token}/forms/")
        served = collect(form["downloadUrl"])
        assert served.status_code == 200
        assert form["hash"] == "md5:" + hashlib.md5(served.content).hexdigest()
        assert f'version="{form["version"]}"'.encode() in served.content


def test_one_form_can_be_asked_for_and_more_words(collect, token):
    forms = listed(collect(f"/d/{token}/formList?formID=safety_point&verbose=true"))
    assert list(forms) == ["safety_point"]
    assert forms["safety_point"]["descriptionText"].startswith("Safety map")


def test_names_of_forms_are_in_her_language(collect, enrol, crp):
    change(crp, language="hi")
    assert listed(collect(f"/d/{enrol(crp)}/formList"))["safety_point"]["name"] == "सुरक्षा का नक़्शा"


def test_an_older_version_is_listed_only_when_asked_for_and_a_retired_one_never(collect, token):
    now = timezone.now()
    new = PublishedForm.objects.get(form_id="safety_point")
    old = {"form_id": "safety_point", "title": "Safety map", "xform": b"<a/>"}
    PublishedForm.objects.create(version="1", published_at=now - timedelta(days=900), **old)
    PublishedForm.objects.create(version="0", published_at=now - timedelta(days=990), retired_at=now, **old)
    asked = f"/d/{token}/formList?formID=safety_point"
    assert listed(collect(asked))["safety_point"]["version"] == new.version
    versions = [form.findtext(f"{LIST}version") for form in ET.fromstring(collect(asked + "&listAllVersions=true").content)]
    assert versions == [new.version, "1"]
    assert collect(f"/d/{token}/forms/safety_point/0/form.xml").status_code == 404


def test_the_villages_are_her_own(collect, token, village):
    form = listed(collect(f"/d/{token}/formList"))["safety_point"]
    files = media_of(collect(form["manifestUrl"]))
    served = collect(files["villages.csv"]["downloadUrl"])
    assert served["Content-Type"] == "text/csv; charset=utf-8"
    assert served.content.decode() == f"name,label\n{village.lgd_code},{village.local_name}\n"
    assert files["villages.csv"]["hash"] == "md5:" + hashlib.md5(served.content).hexdigest()


def test_the_next_worker_gets_hers_and_the_officer_those_of_the_block(collect, enrol, stranger, officer, india, village):
    form = PublishedForm.objects.get(form_id="safety_point")
    file = f"forms/safety_point/{form.version}/media/villages.csv"
    theirs = collect(f"/d/{enrol(stranger)}/{file}").content.decode()
    assert str(india["east village 2"].lgd_code) in theirs
    assert str(village.lgd_code) not in theirs
    block = collect(f"/d/{enrol(officer)}/{file}").content.decode()
    assert len(block.splitlines()) == 3
    assert str(india["west village 1"].lgd_code) not in block


def test_what_has_not_changed_is_not_sent_again(collect, token):
    form = listed(collect(f"/d/{token}/formList"))["safety_point"]
    for path in (f"/d/{token}/formList", form["downloadUrl"], form["manifestUrl"]):
        first = collect(path)
        again = collect(path, **{"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == "private, no-store"
        assert collect(path, **{"If-None-Match": '"other"'}).status_code == 200


def test_with_a_name_and_a_password_the_addresses_hold_no_token(collect, village, acting):
    with acting(SYSTEM):
        make_posting("gender_crp", village, user=make_user("savita", password=PASSWORD))
    basic = {"Authorization": "Basic " + b64encode(f"savita:{PASSWORD}".encode()).decode()}
    forms = listed(collect("/formList", **basic))
    assert forms["safety_point"]["downloadUrl"].startswith("http://testserver/forms/safety_point/")
    files = media_of(collect(forms["safety_point"]["manifestUrl"], **basic))
    assert str(village.lgd_code) in collect(files["villages.csv"]["downloadUrl"], **basic).content.decode()


@pytest.mark.parametrize("role", ["vo_leader", "clf_leader", "district_manager", "state_expert", "administrator"])
def test_who_may_not_send_gets_an_empty_list(collect, enrol, acting, india, role):
    with acting(SYSTEM):
        token = enrol(make_posting(role, india["east"]))
    assert listed(collect(f"/d/{token}/formList")) == {}
    version = PublishedForm.objects.get(form_id="safety_point").version
    for end in ("form.xml", "manifest.xml", "media/villages.csv"):
        assert collect(f"/d/{token}/forms/safety_point/{version}/{end}").status_code == 404


def test_a_form_whose_action_she_may_not_do_is_not_offered(collect, token, monkeypatch):
    from aanchal.access.permissions import Permission
    from aanchal.field import offered

    monkeypatch.setitem(offered.NEEDS, "safety_point", Permission.USER_MANAGE)
    assert "safety_point" not in listed(collect(f"/d/{token}/formList"))
    version = PublishedForm.objects.get(form_id="safety_point").version
    assert collect(f"/d/{token}/forms/safety_point/{version}/form.xml").status_code == 404


@pytest.mark.parametrize("end", ["9/form.xml", "9/manifest.xml", "9/media/villages.csv", "{}/media/other.csv", "{}/media/..%2Fform.xml"])
def test_what_does_not_exist_is_answered_in_words(collect, token, end):
    version = PublishedForm.objects.get(form_id="safety_point").version
    answer = collect(f"/d/{token}/forms/safety_point/{end.format(version)}")
    assert answer.status_code == 404


def test_nobody_gets_a_list(collect, db):
    for path in ("/formList", "/d/nobody/formList", "/forms/safety_point/1/form.xml"):
        answer = collect(path)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic ")


def test_a_revoked_phone_is_told_so_in_her_language(collect, token, crp, acting):
    change(crp, language="te")
    with acting(SYSTEM):
        access.revoke_device(device=Device.objects.get(), at=timezone.now(), by=SYSTEM)
    answer = collect(f"/d/{token}/formList")
    assert answer.status_code == 401
    words = "This phone may no longer send. Keep your filled forms and ask your block officer to enrol it again."
    with override("te"):
        assert escape(gettext(words)) in said(answer)


def test_an_enrolment_that_has_ended_opens_nothing(collect, token):
    yesterday = timezone.now().date() - timedelta(days=2)
    change(Device.objects.get(), valid_until=yesterday)
    for path in (f"/d/{token}/formList", f"/d/{token}/submission"):
        assert (Client().head if path.endswith("submission") else collect)(path).status_code == 401
    assert "has ended" in collect(f"/d/{token}/formList").content.decode()


def test_the_phone_of_who_holds_no_posting_any_more_gets_an_empty_list(collect, token, crp):
    change(crp.postings.get(), until=timezone.now().date() - timedelta(days=2))
    assert listed(collect(f"/d/{token}/formList")) == {}


def test_asking_notes_that_the_phone_is_alive(collect, token):
    collect(f"/d/{token}/formList")
    assert Device.objects.get().last_seen_on == timezone.now().date()
