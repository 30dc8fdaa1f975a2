"""The page of phones: enrol, name, end, ask to erase; one's own, and those of people one manages."""

import json
import re
from base64 import b64decode
from datetime import timedelta
from zlib import decompress

import pytest
from django.test import Client
from django.utils import timezone

from aanchal.access import actions, queries, settings_code
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Device
from aanchal.core.models import Trail
from tests.factories import NOON

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"/d/([\w-]{40,})")
DEEDS = ("label", "revoke", "wipe")


@pytest.fixture
def phone(crp):
    with acting(SYSTEM):
        return actions.enrol_device(user=crp, label="blue phone", at=timezone.now(), by=SYSTEM)[0]


@pytest.fixture
def admin(posted):
    return posted("administrator", "state")


def body(answer) -> str:
    return answer.content.decode()


def now(phone) -> Device:
    return Device.objects.get(pk=phone.pk)


def test_she_enrols_her_phone_and_the_square_opens_the_list_of_forms(signed_in, crp):
    answer = signed_in(crp).post("/phones/enrol/", {"label": "blue phone"})
    [token] = set(TOKEN.findall(body(answer)))
    assert answer["Cache-Control"] == "no-store"
    device = Device.objects.get()
    assert (device.user, device.label, device.enrolled_by) == (crp, "blue phone", crp)
    assert bytes(device.token_hash) == actions.token_hash(token)
    assert Client().get(f"/d/{token}/formList").status_code == 200


def test_the_square_holds_what_collect_reads():
    told = settings_code.settings(address="https://aanchal.example/d/x", language="hi")
    read = json.loads(decompress(b64decode(settings_code.packed(told))))
    assert read["general"]["server_url"] == "https://aanchal.example/d/x"
    assert read["general"]["form_update_mode"] == "match_exactly"
    assert read["general"]["app_language"] == "hi"
    assert read["admin"] == {}
    assert read["project"]["name"] == "Aanchal"


def test_the_square_has_no_style_of_its_own():
    drawn = settings_code.square("x" * 400, title="<b>")
    assert drawn.startswith("<svg ")
    assert "style=" not in drawn
    assert "<b>" not in drawn


def test_the_token_is_shown_once_and_written_nowhere(signed_in, crp, caplog):
    client = signed_in(crp)
    with caplog.at_level("DEBUG"):
        token = TOKEN.search(body(client.post("/phones/enrol/", {"label": "blue phone"})))[1]
        assert token not in body(client.get("/phones/"))
    told = [record.getMessage() for record in caplog.records if "access_device" not in record.getMessage()]
    assert not any(token in line for line in told)
    assert token not in str(dict(client.session))
    with acting(SYSTEM):
        assert not any(token in str(line.__dict__) for line in Trail.objects.all())


def test_the_manager_enrols_for_a_worker_and_the_worker_sees_by_whom(signed_in, admin, crp):
    answer = signed_in(admin).post(f"/people-who-work/{crp.pk}/phones/enrol/", {"label": "blue phone"})
    assert TOKEN.search(body(answer))
    assert Device.objects.get().enrolled_by == admin
    assert f"by {admin.name}" in body(signed_in(crp).get("/phones/"))


def test_a_phone_is_named_ended_and_asked_to_erase(signed_in, crp, phone):
    client = signed_in(crp)
    client.post(f"/phones/{phone.pk}/label/", {"label": "old phone"})
    client.post(f"/phones/{phone.pk}/wipe/")
    client.post(f"/phones/{phone.pk}/revoke/")
    one = now(phone)
    assert one.label == "old phone"
    assert None not in (one.revoked_at, one.wipe_asked_at)
    page = body(client.get("/phones/"))
    assert "revoked" in page
    assert "not yet" in page
    with acting(SYSTEM):
        verbs = set(Trail.objects.filter(about_id=str(phone.pk)).values_list("verb", flat=True))
    assert {"access.device.enrolled", "access.device.labelled", "access.device.revoked", "access.device.wipe_asked"} <= verbs


def test_doing_it_twice_changes_nothing_more(signed_in, crp, phone):
    client = signed_in(crp)
    client.post(f"/phones/{phone.pk}/revoke/")
    first = now(phone).revoked_at
    client.post(f"/phones/{phone.pk}/revoke/")
    assert now(phone).revoked_at == first


def test_the_page_shows_a_phone_whose_time_is_over(signed_in, crp, phone):
    with acting(SYSTEM):
        Device.objects.update(valid_until=timezone.now().date() - timedelta(days=3))
    assert "ended" in body(signed_in(crp).get("/phones/"))
    assert queries.device_of(bytes(phone.token_hash)) is None


@pytest.mark.parametrize("label", ["", "   ", "x" * 61])
def test_a_phone_without_a_fitting_name_is_not_enrolled(signed_in, crp, label):
    assert signed_in(crp).post("/phones/enrol/", {"label": label}).status_code == 422
    assert not Device.objects.exists()


def test_a_name_that_does_not_fit_keeps_the_old_one(signed_in, crp, phone):
    assert signed_in(crp).post(f"/phones/{phone.pk}/label/", {"label": ""}).status_code == 422
    assert now(phone).label == "blue phone"


def test_a_sixth_phone_is_refused_until_one_is_ended(signed_in, crp):
    client = signed_in(crp)
    for n in range(5):
        assert client.post("/phones/enrol/", {"label": f"phone {n}"}).status_code == 200
    assert client.post("/phones/enrol/", {"label": "one more"}).status_code == 422
    client.post(f"/phones/{Device.objects.first().pk}/revoke/")
    assert client.post("/phones/enrol/", {"label": "one more"}).status_code == 200


def test_no_phone_is_enrolled_for_who_sends_nothing(signed_in, admin, posted):
    leader = posted("vo_leader", "east village 1")
    answer = signed_in(admin).post(f"/people-who-work/{leader.pk}/phones/enrol/", {"label": "a phone"})
    assert answer.status_code == 422
    assert "holds no posting that sends forms" in body(answer)


def test_who_sends_nothing_has_no_page_of_phones(signed_in, posted):
    client = signed_in(posted("vo_leader", "east village 1"))
    assert client.get("/phones/").status_code == 404
    assert client.post("/phones/enrol/", {"label": "a phone"}).status_code == 404


@pytest.mark.parametrize("deed", DEEDS)
def test_a_strangers_phone_is_like_one_that_does_not_exist(signed_in, stranger, posted, phone, deed):
    for who in (stranger, posted("administrator", "west"), posted("block_officer", "east block")):
        client = signed_in(who)
        answers = [client.post(f"/phones/{pk}/{deed}/", {"label": "mine"}) for pk in (phone.pk, "01a00000-0000-7000-8000-000000000000")]
        assert [answer.status_code for answer in answers] == [404, 404]
    one = now(phone)
    assert (one.label, one.revoked_at, one.wipe_asked_at) == ("blue phone", None, None)


def test_phones_of_people_elsewhere_are_not_there(signed_in, posted, crp, phone):
    client = signed_in(posted("administrator", "west"))
    assert client.get(f"/people-who-work/{crp.pk}/phones/").status_code == 404
    assert client.post(f"/people-who-work/{crp.pk}/phones/enrol/", {"label": "mine"}).status_code == 404
    assert Device.objects.count() == 1


def test_the_database_lets_a_worker_change_no_other_phone(crp, stranger, phone):
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="not yours"), acting(stranger):
        Device.objects.filter(pk=phone.pk).update(wipe_asked_at=NOON)


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_is_changed_by_a_link(signed_in, crp, phone, deed):
    assert signed_in(crp).get(f"/phones/{phone.pk}/{deed}/").status_code == 405
