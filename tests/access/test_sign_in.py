"""Signing in: password, lock-out, closed accounts, one-time passwords, language."""

import pytest
from django.core.cache import cache

from aanchal.access import actions
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from tests.factories import NOON, PASSWORD, make_user

LOGIN, CHANGE = "/accounts/login/", "/accounts/password/"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db):
    cache.clear()


@pytest.fixture
def worker(crp):
    with acting(SYSTEM):
        crp.set_password(PASSWORD)
        crp.save()
    return crp


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": username, "password": password, **more})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_it_opens_with_the_right_password(client, worker):
    assert sign_in(client, worker.username).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_it_takes_the_user_name_in_any_case(client, worker):
    sign_in(client, worker.username.upper())
    assert is_signed_in(client)


def test_it_says_the_same_of_a_wrong_password_and_of_a_user_that_does_not_exist(client, worker):
    wrong, nobody = sign_in(client, worker.username, "wrong"), sign_in(client, "nobody", "wrong")
    assert wrong.status_code == nobody.status_code == 200
    assert wrong.context["form"].errors == nobody.context["form"].errors
    assert wrong.context["form"].errors


def test_it_rests_after_five_wrong_tries_even_for_the_right_password(client, worker):
    for _ in range(5):
        sign_in(client, worker.username, "wrong")
    answer = sign_in(client, worker.username)
    assert not is_signed_in(client)
    assert "Too many failed" in str(answer.context["form"].errors)


def test_it_counts_the_tries_for_one_name_whatever_host_and_port_is_asked_for(client, worker):
    for port in range(5):
        client.post(LOGIN, {"login": worker.username.upper(), "password": "wrong"}, headers={"host": f"localhost:{8000 + port}"})
    assert "Too many failed" in str(sign_in(client, worker.username).context["form"].errors)


@pytest.mark.parametrize(("proxies", "locked"), [(1, False), (0, True)])
def test_behind_a_proxy_it_counts_each_visitor_and_not_the_proxy(client, worker, settings, proxies, locked):
    """The twin: without the setting a visitor who guesses locks everybody out."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/h/ip,5/10m/key"}
    for number in range(3):
        client.post(LOGIN, {"login": f"guess{number}", "password": "wrong"}, headers={"x-forwarded-for": "198.51.100.7"})
    client.post(LOGIN, {"login": worker.username, "password": PASSWORD}, headers={"x-forwarded-for": "198.51.100.7, 203.0.113.9"})
    assert is_signed_in(client) is not locked


def test_it_keeps_the_tries_where_every_web_process_sees_them(worker, settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_nobody_locks_out_another_by_guessing(client, worker):
    for _ in range(6):
        client.post(LOGIN, {"login": worker.username, "password": "wrong"}, REMOTE_ADDR="198.51.100.7")
    sign_in(client, worker.username)
    assert is_signed_in(client)


def test_it_rests_after_wrong_tries_from_many_addresses_too(client, worker, settings):
    settings.TRIES_OF_A_NAME = "6/10m/key"
    for number in range(6):
        client.post(LOGIN, {"login": worker.username, "password": "wrong"}, REMOTE_ADDR=f"198.51.100.{number}")
    answer = sign_in(client, worker.username)
    assert not is_signed_in(client)
    assert "Too many failed" in str(answer.context["form"].errors)


def test_signing_in_is_no_wrong_try(client, worker, settings):
    settings.TRIES_OF_A_NAME = "2/10m/key"
    for _ in range(3):
        client.logout()
        sign_in(client, worker.username)
        assert is_signed_in(client)


def test_it_rests_on_though_many_others_try_meanwhile(client, worker):
    """Django's own bound of a cache, 300 entries, would forget the tries of those that come first by name."""
    for _ in range(5):
        sign_in(client, worker.username, "wrong")
    cache.set_many({f"tries-of-{number}": 1 for number in range(320)})
    sign_in(client, worker.username)
    assert not is_signed_in(client)


def test_it_lets_another_user_in_meanwhile(client, worker, settings):
    other = make_user("other", password=PASSWORD)
    for _ in range(5):
        sign_in(client, worker.username, "wrong")
    sign_in(client, other.username)
    assert is_signed_in(client)


def test_it_refuses_a_closed_account(client, worker):
    with acting(SYSTEM):
        actions.deactivate_user(user=worker, by=SYSTEM)
    sign_in(client, worker.username)
    assert not is_signed_in(client)


def test_it_has_the_helplines_at_hand(client, india):
    page = client.get(LOGIN).content.decode()
    assert all(f'href="tel:{number}"' in page for number in ("1098", "181", "112"))


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_it_has_no_page_where_anyone_could_make_an_account(client, india, path):
    assert client.get(path).status_code == 404


def test_it_does_not_lead_elsewhere(client, worker):
    assert sign_in(client, worker.username, next="https://elsewhere.example/").headers["Location"] == "/"


def test_it_speaks_the_language_of_the_user(client, worker):
    with acting(SYSTEM):
        User.objects.filter(pk=worker.pk).update(language="hi")
    sign_in(client, worker.username)
    assert client.cookies["django_language"].value == "hi"


class TestOneTimePassword:
    @pytest.fixture
    def given(self, crp):
        with acting(SYSTEM):
            return actions.give_password(user=crp, by=SYSTEM)

    def test_it_opens_only_the_page_that_changes_it(self, client, crp, given):
        sign_in(client, crp.username, given)
        assert client.get("/").headers["Location"] == CHANGE
        assert client.get("/search/").headers["Location"] == CHANGE
        assert "Choose your own password" in client.get(CHANGE).content.decode()

    def test_it_is_worth_nothing_once_it_is_changed(self, client, crp, given):
        sign_in(client, crp.username, given)
        own = "neem leaves and river mud"
        answer = client.post(CHANGE, {"oldpassword": given, "password1": own, "password2": own})
        assert answer.headers["Location"] == "/"
        assert client.get("/").status_code == 200
        crp.refresh_from_db()
        assert not crp.must_change_password
        assert not crp.check_password(given)

    @pytest.mark.parametrize("own", ["short", "1234567890123", "password123"])
    def test_it_is_not_changed_to_one_that_is_easily_guessed(self, client, crp, given, own):
        sign_in(client, crp.username, given)
        client.post(CHANGE, {"oldpassword": given, "password1": own, "password2": own})
        assert client.get("/").headers["Location"] == CHANGE

    def test_it_is_never_kept_in_the_clear(self, crp, given):
        crp.refresh_from_db()
        assert crp.password.startswith("argon2")
        assert given not in crp.password


def test_a_user_without_a_password_cannot_sign_in(client, india):
    with acting(SYSTEM):
        actions.create_user(username="new", name="New", password=None, at=NOON, by=SYSTEM)
    sign_in(client, "new", "None")
    sign_in(client, "new", "")
    assert not is_signed_in(client)
