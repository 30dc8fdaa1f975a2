"""The second step of signing in: forced for officers, a code used once, never ended by who needs it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.roles import ROLES
from tests.factories import PASSWORD, make_posting

SECONDS_TO_POST = 3
LOGIN, SET_UP, ENTER = "/accounts/login/", "/accounts/second-factor/app/", "/accounts/second-factor/enter/"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db):
    cache.clear()


@pytest.fixture
def give_password():
    def give(user):
        with acting(SYSTEM):
            user.set_password(PASSWORD)
            user.save()
        return user

    return give


@pytest.fixture
def guarded(officer, give_password, rf):
    """An officer whose phone holds the secret."""
    from allauth.core import context

    give_password(officer)
    secret = generate_totp_secret()
    with context.request_context(rf.get("/")), acting(officer):
        TOTP.activate(officer, secret)
    return officer, secret


def code(secret: str) -> str:
    """One that holds for some seconds yet."""
    if (left := 30 - time.time() % 30) < SECONDS_TO_POST:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, user):
    return client.post(LOGIN, {"login": user.username, "password": PASSWORD})


@pytest.mark.parametrize("role", ROLES)
def test_it_is_set_up_before_anything_opens_by_who_needs_it(client, posted, give_password, role):
    sign_in(client, give_password(posted(role, "state")))
    answer = client.get("/")
    if ROLES[role].needs_second_factor:
        assert answer.headers["Location"] == SET_UP
        assert client.get("/search/").headers["Location"] == SET_UP
    else:
        assert answer.status_code == 200


def test_a_post_given_while_signed_in_asks_for_it_at_once(client, crp, india, give_password):
    sign_in(client, give_password(crp))
    assert client.get("/").status_code == 200
    with acting(SYSTEM):
        make_posting("block_officer", india["east block"], user=crp)
    assert client.get("/").headers["Location"] == SET_UP


def test_it_says_why_and_shows_the_secret_for_a_phone_without_a_camera(client, officer, give_password):
    sign_in(client, give_password(officer))
    page = client.get(SET_UP).content.decode()
    assert "opens the records of many families" in page
    assert re.search(r"<code>[A-Z2-7]{32}</code>", page)
    assert 'src="data:image/svg+xml;base64,' in page


def test_it_opens_everything_once_it_is_set_up(client, officer, give_password):
    sign_in(client, give_password(officer))
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", client.get(SET_UP).content.decode())[1]
    answer = client.post(SET_UP, {"code": code(secret)}, follow=True)
    assert "Recovery codes" in answer.content.decode()
    assert client.get("/").status_code == 200


def test_it_seals_the_secret_in_the_database(guarded):
    _user, secret = guarded
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        assert secret not in cursor.fetchone()[0]


def test_it_asks_for_the_code_after_the_password(client, guarded):
    user, secret = guarded
    assert sign_in(client, user).headers["Location"] == ENTER
    assert client.get("/").headers["Location"].startswith(LOGIN)
    client.post(ENTER, {"code": code(secret)})
    assert client.get("/").status_code == 200


def test_it_refuses_a_code_that_was_used(client, guarded):
    user, secret = guarded
    seen = code(secret)
    sign_in(client, user)
    client.post(ENTER, {"code": seen})
    other = Client()
    sign_in(other, user)
    other.post(ENTER, {"code": seen})
    assert "_auth_user_id" in client.session
    assert "_auth_user_id" not in other.session


def test_it_refuses_a_wrong_code(client, guarded):
    user, secret = guarded
    sign_in(client, user)
    client.post(ENTER, {"code": f"{(int(code(secret)) + 1) % 1_000_000:06}"})
    assert "_auth_user_id" not in client.session


def test_it_rests_after_many_wrong_codes(client, guarded):
    user, secret = guarded
    sign_in(client, user)
    for _ in range(6):
        client.post(ENTER, {"code": f"{(int(code(secret)) + 1) % 1_000_000:06}"})
    client.post(ENTER, {"code": code(secret)})
    assert "_auth_user_id" not in client.session


def test_it_offers_to_see_only_codes_that_were_made(client, guarded):
    user, secret = guarded
    sign_in(client, user)
    client.post(ENTER, {"code": code(secret)})
    page = client.get("/accounts/second-factor/").content.decode()
    assert "/accounts/second-factor/codes/new/" in page
    assert 'href="/accounts/second-factor/codes/"' not in page


def test_it_asks_once_more_before_what_guards_the_account_is_changed(client, guarded):
    user, secret = guarded
    sign_in(client, user)
    client.post(ENTER, {"code": code(secret)})
    session = client.session
    session["began_at"] = int(time.time()) - 600
    session.save()
    for path in ("/accounts/second-factor/codes/new/", "/accounts/second-factor/app/end/"):
        assert client.get(path).headers["Location"].startswith(("/accounts/confirm/", "/accounts/second-factor/confirm/"))


def test_it_cannot_be_ended_by_who_needs_it(client, guarded):
    user, secret = guarded
    sign_in(client, user)
    client.post(ENTER, {"code": code(secret)})
    answer = client.post("/accounts/second-factor/app/end/")
    assert "cannot be ended here" in answer.content.decode()
    assert Authenticator.objects.filter(user=user).exists()
