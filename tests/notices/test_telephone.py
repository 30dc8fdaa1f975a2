"""A worker sets the telephone that an SMS reaches: confirmed by the code that was sent to it."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.core.models import Trail
from aanchal.notices import channels, telephone
from aanchal.notices.models import PhoneCheck

NUMBER = "9812300077"


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def sent(folder):
    """A function that tells the codes sent so far, the last one last."""

    def codes() -> list[tuple[str, str]]:
        lines = [json.loads(line) for line in (folder / "sms.jsonl").read_text().splitlines()]
        return [(line["to"], re.search(r"\d{6}", line["text"])[0]) for line in lines]

    return codes


def asked(user, phone=NUMBER, *, at=None):
    with acting(user):
        return telephone.ask(phone=phone, at=at or timezone.now(), by=user)


def told(user, code, *, at=None) -> bool:
    with acting(user):
        return telephone.confirm(code=code, at=at or timezone.now(), by=user)


def phone_of(user) -> str:
    return User.objects.get(pk=user.pk).phone


def test_the_number_is_hers_once_the_code_is_told(crp, sent, signed_in):
    client = signed_in(crp)
    assert "no number is set" in client.get("/notices/phone/").content.decode()
    assert client.post("/notices/phone/", {"phone": NUMBER}).status_code == 302
    assert phone_of(crp) == ""
    [(to, code)] = sent()
    assert to == NUMBER
    page = client.get("/notices/phone/").content.decode()
    assert NUMBER not in page
    assert code not in page
    assert client.post("/notices/phone/confirm/", {"code": code}).status_code == 302
    assert phone_of(crp) == NUMBER
    assert "••••••0077" in client.get("/notices/phone/").content.decode()
    assert client.post("/notices/phone/remove/").status_code == 302
    assert phone_of(crp) == ""


def test_a_code_counts_once(crp, sent):
    asked(crp)
    [(_to, code)] = sent()
    assert told(crp, code)
    assert not told(crp, code)


def test_a_wrong_code_is_refused_and_five_of_them_end_it(crp, sent, signed_in):
    asked(crp)
    [(_to, code)] = sent()
    wrong = "000000" if code != "000000" else "111111"
    client = signed_in(crp)
    answer = client.post("/notices/phone/confirm/", {"code": wrong})
    assert answer.status_code == 422
    assert "not the code" in answer.content.decode()
    assert [told(crp, wrong) for _ in range(4)] == [False] * 4
    assert not told(crp, code)
    assert phone_of(crp) == ""


def test_an_old_code_and_one_that_was_followed_by_another_are_refused(crp, sent):
    now = timezone.now()
    asked(crp, at=now)
    asked(crp, "9812300078", at=now + timedelta(seconds=1))
    (_first, old), (_second, new) = sent()
    assert old == new or not told(crp, old, at=now + timedelta(minutes=1))
    assert not told(crp, new, at=now + timedelta(minutes=20))
    assert told(crp, new, at=now + timedelta(minutes=2))
    assert phone_of(crp) == "9812300078"


def test_no_more_than_five_codes_are_sent_in_a_day(crp, folder, signed_in):
    for _ in range(telephone.MOST_A_DAY):
        asked(crp)
    with pytest.raises(telephone.TooMany):
        asked(crp)
    answer = signed_in(crp).post("/notices/phone/", {"phone": NUMBER})
    assert answer.status_code == 422
    assert "Try again tomorrow" in answer.content.decode()


@pytest.mark.parametrize("phone", ["", "12345", "5812300077", "98123000770", "98123o0077"])
def test_what_is_no_mobile_number_is_refused(crp, folder, signed_in, phone):
    assert signed_in(crp).post("/notices/phone/", {"phone": phone}).status_code == 422


def test_where_no_sms_can_be_sent_it_says_so_and_keeps_nothing(crp, signed_in, monkeypatch):
    class Broken:
        def send(self, address, text):
            raise channels.NotSent("no line")

    monkeypatch.setattr(channels, "gateway", lambda channel: Broken())
    answer = signed_in(crp).post("/notices/phone/", {"phone": NUMBER})
    assert answer.status_code == 422
    with acting(crp):
        assert not PhoneCheck.objects.exists()


def test_the_trail_and_the_table_hold_no_code_and_the_trail_no_number(crp, sent):
    asked(crp)
    [(_to, code)] = sent()
    told(crp, code)
    with acting(crp):
        assert code.encode() not in bytes(PhoneCheck.objects.get().code_hash)
    assert NUMBER not in str([(line.verb, line.detail) for line in Trail.objects.all()])


def test_nobody_else_reaches_her_codes_even_past_the_application(crp, stranger, sent):
    asked(crp)
    [(_to, code)] = sent()
    assert not told(stranger, code)
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notices_phonecheck")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE notices_phonecheck SET tries = 0, phone = '9999999999'")
        assert cursor.rowcount == 0
