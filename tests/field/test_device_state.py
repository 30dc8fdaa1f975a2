"""What our own app asks about its phone: may it send, should it erase what it holds."""

import pytest
from django.test import Client
from django.utils import timezone

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM
from aanchal.access.models import Device
from aanchal.core.models import Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def device(token):
    return Device.objects.get()


@pytest.fixture
def wanted(device, acting):
    with acting(SYSTEM):
        return access.ask_wipe(device=device, at=timezone.now(), by=SYSTEM)


def test_an_enrolled_phone_may_send_and_need_erase_nothing(client, token, device):
    told = client.get(f"/d/{token}/device").json()
    assert (told["may_send"], told["wipe"], told["label"]) == (True, False, "a phone")
    assert "X-Aanchal-Wipe" not in client.head(f"/d/{token}/submission")


def test_a_phone_to_be_wiped_reads_it_from_every_answer(client, token, wanted):
    assert client.get(f"/d/{token}/device").json()["wipe"] is True
    for answer in (client.head(f"/d/{token}/submission"), client.get(f"/d/{token}/formList"), client.get(f"/d/{token}/device")):
        assert answer["X-Aanchal-Wipe"] == "asked"


def test_a_revoked_phone_is_still_told_to_erase_itself(client, token, wanted, acting):
    with acting(SYSTEM):
        access.revoke_device(device=wanted, at=timezone.now(), by=SYSTEM)
    told = client.get(f"/d/{token}/device").json()
    assert (told["may_send"], told["wipe"]) == (False, True)
    answer = client.head(f"/d/{token}/submission")
    assert (answer.status_code, answer["X-Aanchal-Wipe"]) == (401, "asked")


def test_erasing_is_noted_once_and_ends_the_token(client, token, wanted, kept):
    for _ in range(2):
        assert client.post(f"/d/{token}/wiped").json() == {"wiped": True}
    now = Device.objects.get()
    assert None not in (now.wiped_at, now.revoked_at)
    assert len(kept(Trail.objects.filter(verb="access.device.wiped"))) == 1
    assert client.get(f"/d/{token}/device").json()["wipe"] is False
    assert client.head(f"/d/{token}/submission").status_code == 401


def test_a_phone_nobody_asked_cannot_end_itself(client, token, device):
    assert client.post(f"/d/{token}/wiped").status_code == 409
    assert Device.objects.get().revoked_at is None


def test_who_holds_no_token_learns_nothing(db):
    for answer in (Client().get("/d/nobody/device"), Client().post("/d/nobody/wiped")):
        assert answer.status_code == 401
        assert answer["Cache-Control"] == "no-store"
