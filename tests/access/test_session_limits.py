"""A session ends when it is idle, when it is old, when the account is closed, and is kept by no cache."""

import time

import pytest

from aanchal.access import actions
from aanchal.access.acting import SYSTEM, acting


def test_it_ends_after_its_hours_however_busy(signed_in, crp, settings):
    client = signed_in(crp)
    assert client.get("/").status_code == 200
    session = client.session
    session["began_at"] = int(time.time()) - settings.SESSION_HOURS * 3600 - 1
    session.save()
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_it_ends_when_it_is_idle(signed_in, crp, settings):
    assert settings.SESSION_COOKIE_AGE <= 30 * 60
    assert settings.SESSION_SAVE_EVERY_REQUEST
    settings.SESSION_COOKIE_AGE = 1
    client = signed_in(crp)
    time.sleep(1.5)
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_it_ends_with_the_account(signed_in, crp):
    client = signed_in(crp)
    with acting(SYSTEM):
        actions.deactivate_user(user=crp, by=SYSTEM)
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_it_ends_with_a_new_password(signed_in, crp):
    client = signed_in(crp)
    with acting(SYSTEM):
        actions.give_password(user=crp, by=SYSTEM)
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", ["/", "/search/"])
def test_it_leaves_nothing_in_a_cache(signed_in, crp, path):
    assert signed_in(crp).get(path).headers["Cache-Control"] == "no-store"
