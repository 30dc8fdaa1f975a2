"""What our own app gets under the phone's token: hers, no more than she needs, and nothing of the next village."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aanchal.access import actions as access
from aanchal.access import policy
from aanchal.access.acting import SYSTEM
from aanchal.access.models import Device
from aanchal.core.models import Trail
from aanchal.field import enketo, entities, work_lists
from aanchal.people import actions as people
from aanchal.people.models import Consent, Household, Membership
from aanchal.registers.models import Entry
from tests.field import phone

pytestmark = pytest.mark.django_db


def get(token, what, **headers):
    answer = Client().get(f"/d/{token}/app/{what}", headers=headers)
    return answer.status_code, json.loads(answer.content) if answer.content else None, answer


@pytest.fixture
def family(send, village, kept):
    told = phone.survey(village, private={"asked_privately": "yes", "violence": "yes", "child_marriage": "NONE"})
    assert send("household_survey", told).status_code == 201
    return kept(Household.objects.all())[0]


def test_it_tells_who_where_and_which_forms(token, crp, village):
    status, told, _answer = get(token, "bundle")
    assert status == 200
    assert told["villages"] == [{"code": str(village.lgd_code), "name": dict.fromkeys(("en", "hi", "te"), village.name)}]
    forms = {one["id"]: one for one in told["forms"]}
    assert {"household_survey", "follow_up", "migration_entry"} <= forms.keys()
    assert forms["household_survey"]["are_houses_shifted"]
    assert not forms["safety_point"]["are_houses_shifted"]
    assert forms["household_survey"]["title"]["hi"] == "परिवार सर्वे"
    assert told["counts"] == {"received": 0, "flagged": 0, "returned": 0}


def test_what_the_office_has_is_counted(token, send, village):
    send("household_survey", phone.survey(village))
    send("household_survey", phone.survey(village, phone.head(sex="NOBODY")))
    assert get(token, "bundle")[1]["counts"] == {"received": 2, "flagged": 1, "returned": 0}


def test_a_family_comes_with_its_card(token, family, village):
    [told] = get(token, "families")[1]["families"]
    assert (told["id"], told["code"], told["village"]) == (str(family.pk), family.shown_code, str(village.lgd_code))
    assert told["head"] == "Sita Devi"
    assert told["visited_on"] == str(phone.today())
    assert {one["relation"] for one in told["members"]} == {"SELF", "DAUGHTER"}
    assert told["version"] == 1


def test_nothing_told_in_private_reaches_the_phone(token, family):
    _status, told, answer = get(token, "families")
    words = get(token, "bundle")[1]["words"]
    assert '"F2"' not in json.dumps(told)  # as a word of its own: the code of a family may hold these letters
    assert not any("violence" in str(text).lower() for text in words.values())
    assert told["families"][0]["is_urgent"] is False
    assert b"violence" not in answer.content.lower()


def test_of_a_family_that_took_its_consent_back_comes_the_code_and_nothing_else(token, family, village, kept, acting, crp):
    today = phone.today()
    with acting(SYSTEM):
        people.withdraw_consent(consent=Consent.objects.get(household=family), on=today, at=timezone.now(), by=SYSTEM)
    [told] = get(token, "families")[1]["families"]
    assert (told["code"], told["head"], told["needs"], told["reasons"]) == (family.shown_code, None, [], ["consent_withdrawn"])
    assert all("name" not in one for one in told["members"])
    assert kept(Trail.objects.filter(verb="people.identity.read")) == []
    assert "ask again" in get(token, "bundle")[1]["words"]["reason.consent_withdrawn"]["en"]
    assert family.shown_code not in json.dumps(get(token, f"maps/{village.lgd_code}")[1])
    with acting(crp):
        listed = entities.households(crp, is_read=True) + entities.persons(crp, is_read=True) + work_lists.tasks(crp, is_read=True)
    assert "Sita" not in listed.decode()
    assert "Consent withdrawn" in listed.decode()


def test_names_of_members_come_only_where_a_task_needs_them(token, send, village, kept):
    calm = {"hh": {"food_short_months": "0", "debt_months": "0", "headed_by": "COUPLE", "shg_member": "yes"}}
    girl = phone.daughter("Mina", school_status="ENROLLED", working="no")
    send("household_survey", phone.survey(village, phone.head("Lata Devi"), girl, **calm))
    [told] = get(token, "families")[1]["families"]
    assert told["band"] not in ("SEVERE", "AT_RISK")
    assert told["head"] == "Lata Devi"
    assert [one.get("name") for one in told["members"]] == ["Lata Devi", None]


def test_who_is_away_comes_to_be_chosen_in_a_check_in(token, enrol, stranger, officer, send, family, village, kept, monkeypatch):
    send("migration_entry", phone.migration(village, phone.adult("Radha")) | {"household_code": family.shown_code})
    [line] = kept(Entry.objects.all())
    [told] = get(token, "families")[1]["journeys"]
    assert (told["id"], told["family"], told["village"]) == (str(line.pk), str(family.pk), str(village.lgd_code))
    assert (told["code"], told["name"], told["left_on"]) == (family.shown_code, "Radha", line.happened_on.isoformat())
    assert [one.about_id for one in kept(Trail.objects.filter(verb="people.identity.read"))].count(str(line.person_id)) == 1
    assert get(enrol(stranger), "families")[1]["journeys"] == []
    monkeypatch.setattr("aanchal.field.named.MOST_NAMED_VILLAGES", 1)
    assert "Radha" not in json.dumps(get(enrol(officer), "families")[1])


def test_each_name_that_leaves_is_on_the_trail_and_none_where_nothing_changed(token, family, kept):
    _status, told, answer = get(token, "families")
    names = sum("name" in one for one in told["families"][0]["members"])
    read = kept(Trail.objects.filter(verb="people.identity.read"))
    assert len(read) == names
    status, nothing, _again = get(token, "families", if_none_match=answer["ETag"])
    assert (status, nothing) == (304, None)
    assert len(kept(Trail.objects.filter(verb="people.identity.read"))) == names


def test_the_next_village_never_reaches_the_phone(enrol, stranger, family, village):
    other = enrol(stranger)
    assert get(other, "families")[1]["families"] == []
    assert str(village.lgd_code) not in json.dumps(get(other, "bundle")[1])
    assert get(other, f"maps/{village.lgd_code}")[0] == get(other, "maps/1")[0] == 404


def test_who_works_in_a_block_gets_codes_without_names(enrol, officer, family, india, monkeypatch):
    monkeypatch.setattr("aanchal.field.named.MOST_NAMED_VILLAGES", 1)
    [told] = get(enrol(officer), "families")[1]["families"]
    assert told["head"] is None
    assert not any("name" in one for one in told["members"])


def test_a_revoked_phone_gets_nothing_and_reads_that_it_is_to_erase(token, family, acting):
    device = Device.objects.get()
    with acting(SYSTEM):
        access.ask_wipe(device=device, at=timezone.now(), by=SYSTEM)
        access.revoke_device(device=device, at=timezone.now(), by=SYSTEM)
    for what in ("bundle", "families", "forms/household_survey/1"):
        answer = Client().get(f"/d/{token}/app/{what}")
        assert (answer.status_code, answer["X-Aanchal-Wipe"]) == (401, "asked")
        assert b"Sita" not in answer.content


def test_a_phone_nobody_opened_learns_that_it_is_to_erase_itself(token, acting):
    device, client = Device.objects.get(), Client()
    address = f"/field/phones/{device.pk}/"
    assert client.get(address).json() == client.post(address).json() == {"wipe": False}
    assert Device.objects.get().revoked_at is None
    with acting(SYSTEM):
        access.ask_wipe(device=device, at=timezone.now(), by=SYSTEM)
    assert client.get(address).json() == {"wipe": True}
    assert client.post(address).json() == {"wipe": True}
    assert None not in (Device.objects.get().wiped_at, Device.objects.get().revoked_at)
    assert client.get(address).json() == {"wipe": False}


def test_tasks_come_from_the_registers(token, send, family, village, kept):
    someone = phone.adult("Sita Devi", guardian_name="Ramesh")
    assert send("migration_entry", phone.migration(village, someone, code=family.shown_code)).status_code == 201
    lost = phone.adult("Gita", sex="FEMALE", age_years="14", age="14", guardian_name="Sita Devi")
    assert send("missing_entry", phone.missing(village, lost, code=family.shown_code)).status_code == 201
    lines = {one.register: one for one in kept(Entry.objects.all())}
    told = get(token, "families")[1]
    [one] = told["families"]
    today = str(phone.today())
    assert one["calls"] == [{"entry": str(lines["MIGRATION"].pk), "since": today, "every": 7}]
    assert {"record": str(lines["MISSING"].pk), "what": "MISSING", "since": today} in one["alerts"]
    assert told["due"]["ALERT"] >= 1
    assert told["due"]["CHECK_IN"] == 0


def test_a_visit_is_due_when_its_days_have_passed(token, family, acting):
    with acting(SYSTEM):
        Household.objects.filter(pk=family.pk).update(visited_on=policy.day_in_india(timezone.now()) - timedelta(days=400))
    assert get(token, "families")[1]["due"]["VISIT"] == 1


def test_the_map_is_drawn_in_each_language(token, family, village):
    _status, told, _answer = get(token, f"maps/{village.lgd_code}")
    assert {language: drawing[:4] for language, drawing in told["drawing"].items()} == dict.fromkeys(("en", "hi", "te"), "<svg")
    assert "Sita" not in str(told)


def test_what_is_sent_is_packed_where_the_phone_can_unpack(token, family):
    answer = Client().get(f"/d/{token}/app/bundle", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_form_she_may_not_send_is_absent(token, enrol, acting, india):
    assert get(token, "forms/no_such_form/1")[0] == 404


def test_a_form_says_that_the_app_is_not_built(token, monkeypatch, tmp_path):
    enketo._sheet.cache_clear()
    enketo._rendered.cache_clear()
    monkeypatch.setattr(enketo, "SHEETS", tmp_path)
    version = next(one["version"] for one in get(token, "bundle")[1]["forms"] if one["id"] == "safety_point")
    status, told, _answer = get(token, f"forms/safety_point/{version}")
    assert status == 503
    assert "not built" in told["error"]


def test_members_of_a_family_are_those_who_live_there_now(token, family, acting, kept):
    gone = kept(Membership.objects.exclude(relation="SELF"))[0]
    with acting(SYSTEM):
        Membership.objects.filter(pk=gone.pk).update(until=phone.today())
    assert [one["relation"] for one in get(token, "families")[1]["families"][0]["members"]] == ["SELF"]
