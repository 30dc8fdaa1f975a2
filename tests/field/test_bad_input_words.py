"""Whatever is wrong, a worker reads on her phone, in her language, what became of the form and what she can do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM
from aanchal.access.models import Device, User
from aanchal.field import openrosa, photos
from tests.field import phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken(monkeypatch, crp, acting):
    """The worker reads Telugu; every sentence that is looked up for her is marked with the language it was asked in."""
    from django.utils import translation

    with acting(SYSTEM):
        User.objects.filter(pk=crp.pk).update(language="te")
    real = translation._trans.gettext

    def marked(words):
        return f"[{translation.get_language()}] {real(words)}"

    monkeypatch.setattr(translation._trans, "gettext", marked)
    return lambda answer: phone.said(answer)


def point(village, **more) -> bytes:
    return phone.filled("safety_point", phone.safety_point(village), **more)


def test_a_version_nobody_published(client, token, village, spoken):
    answer = phone.post(client, token, point(village, version="1999"))
    assert answer.status_code == 201
    assert "[te]" in spoken(answer)
    with override("te"):
        assert escape(str(openrosa.ADVICE["FORM_VERSION"])) in spoken(answer)


def test_a_form_nobody_published(client, token, village, spoken):
    answer = phone.post(client, token, point(village).replace(b'"safety_point"', b'"cattle"'))
    assert answer.status_code == 404
    assert "[te]" in spoken(answer)
    assert "cattle" in spoken(answer)


@pytest.mark.parametrize("place", ["east village 2", ""])
def test_somebody_elses_village_or_none(client, token, village, india, spoken, place):
    code = str(india[place].lgd_code) if place else "999999999"
    answers = phone.safety_point(village) | {"place": {"village": code}}
    answer = phone.post(client, token, phone.filled("safety_point", answers))
    assert answer.status_code == 201
    with override("te"):
        assert escape(str(openrosa.NOT_YOURS)) in spoken(answer)


@pytest.mark.parametrize("content", [b"MZ\x90 a program", b"%PDF-1.7", b"\xff\xd8\xff\xe0 half a photo"])
def test_a_file_of_a_kind_nobody_takes(client, token, village, spoken, content):
    answer = phone.post(client, token, point(village), photo=("photo.jpg", content))
    assert answer.status_code == 201
    with override("te"):
        assert escape(str(openrosa.ADVICE["ATTACHMENT"])) in spoken(answer)


def test_a_photo_that_is_too_large(client, token, village, spoken):
    answer = phone.post(client, token, point(village), photo=("photo.jpg", b"\xff\xd8\xff" + bytes(photos.MAX_BYTES)))
    assert answer.status_code == 413
    assert "[te]" in spoken(answer)
    assert str(photos.MAX_BYTES // 1_000_000) in spoken(answer)


def test_a_form_over_10_mb(client, token, village, spoken):
    answer = phone.post(client, token, point(village) + b" " * openrosa.MAX_XML)
    assert answer.status_code == 413
    assert "[te]" in spoken(answer)


@pytest.mark.parametrize("ended", ["revoked", "expired", "closed"])
def test_a_phone_that_may_send_no_more(client, token, village, crp, acting, spoken, ended):
    with acting(SYSTEM):
        if ended == "revoked":
            access.revoke_device(device=Device.objects.get(), at=timezone.now(), by=SYSTEM)
        elif ended == "expired":
            Device.objects.update(valid_until=timezone.now().date() - timedelta(days=2))
        else:
            access.deactivate_user(user=crp, by=SYSTEM)
    for answer in (phone.post(client, token, point(village)), Client().get(f"/d/{token}/formList")):
        assert answer.status_code == 401
        assert "[te]" in spoken(answer)
