"""The administrator: a new user from the first password to the last day of the posting."""

import pytest

from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser
OWN = "monsoon lantern courtyard mango"


def create(administrator):
    page = administrator.page
    administrator.open("/people-who-work/new/")
    page.get_by_label("Name", exact=True).fill("Demo Meena")
    page.get_by_label("User name").fill("meena.demo")
    page.get_by_label("Role").select_option("gender_crp")
    page.get_by_label("Place").fill("Naukaghat")
    administrator.press("Create the user")
    return page.locator("#password").inner_text()


def choose_own_password(worker, given):
    worker.open("/accounts/login/")
    worker.give_password("meena.demo", given)
    page = worker.page
    page.locator("input[name=oldpassword]").fill(given)
    page.locator("input[name=password1]").fill(OWN)
    page.locator("input[name=password2]").fill(OWN)
    worker.submit()


def test_it_makes_a_user_who_works_until_the_posting_has_ended(arrive, site):
    administrator = arrive("administrator")
    given = create(administrator)
    worker = arrive(width=PHONE)
    choose_own_password(worker, given)
    worker.open("/")
    assert "Visit first" in worker.text()
    worker.open(f"/families/{site.ids['family_next_door']}/")

    administrator.press("I have told it", role="link")
    administrator.press("End")
    administrator.page.get_by_text("The posting ends tonight.").wait_for()
    _the_night_passes(site)
    worker.open(f"/families/{site.ids['family_next_door']}/", expected=404)
    worker.open("/")
    assert "You hold no posting today" in worker.text()


def _the_night_passes(site):
    """The posting lies one day back: nothing else of it is touched."""
    site.ask(
        "UPDATE access_posting SET since = since - 1, until = until - 1 "
        "WHERE user_id = (SELECT id FROM access_user WHERE username = 'meena.demo') RETURNING id"
    )


def test_it_reads_no_register_and_no_family(arrive, site):
    administrator = arrive("administrator")
    for page in ("/families/", f"/families/{site.ids['family']}/", "/registers/", f"/places/{site.ids['village']}/", "/review/"):
        administrator.open(page, expected=404)
