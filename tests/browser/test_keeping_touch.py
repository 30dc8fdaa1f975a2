"""She is registered before leaving, her check-in is missed, the alert climbs, the block officer closes it; a missing girl is found."""

import re

import pytest

from tests.browser import rules_of_pages as rules
from tests.browser.pages import Kind, in_each_view, wrong_on

pytestmark = pytest.mark.browser
KINDS = (
    Kind("alerts", "crp", "/touch/alerts/"),
    Kind("alert", "crp", "/touch/alerts/{alert}/"),
    Kind("away", "crp", "/touch/"),
    Kind("check-ins-due", "crp", "/touch/?show=due"),
    Kind("journey", "crp", "/touch/journeys/{journey}/"),
    Kind("journey-open", "crp", "/touch/journeys/{journey}/", press="form[action$='/open/'] button"),
    Kind("departure", "crp", "/touch/depart/"),
    Kind("kit", "crp", "/touch/journeys/{journey}/kit/", is_paper=True),
    Kind("missing", "block_officer", "/touch/missing/"),
    Kind("missing-search", "block_officer", "/touch/missing/{search}/"),
    Kind("without-trace", "crp", "/touch/without-trace/"),
    Kind("clocks", "block_officer", "/touch/clocks/"),
    Kind("clock-change", "analyst", "/touch/clocks/ahtu-4-months/"),
    Kind("centres", "crp", "/network/centres/"),
    Kind("centre", "crp", "/network/centres/{centre}/"),
    Kind("centre-new", "crp", "/network/centres/new/"),
    Kind("directory", "block_officer", "/network/directory/"),
    Kind("listing", "block_officer", "/network/directory/{listing}/"),
    Kind("listing-new", "block_officer", "/network/directory/new/"),
    Kind("notices", "crp", "/notices/"),
    Kind("telephone", "crp", "/notices/phone/"),
    Kind("listing-correct", "block_officer", "/network/directory/{listing}/correct/"),
    Kind("ask", "", "/ask/"),
    Kind("ask-kit", "", "/ask/kit/", is_paper=True),
)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []


def fill(visitor, told: dict) -> None:
    for name, value in told.items():
        one = visitor.page.locator(f"main [name={name}]").first
        if one.evaluate("one => one.tagName") == "SELECT":
            one.select_option(value)
        else:
            one.fill(value)


@pytest.mark.parametrize("scripts", [True, False])
def test_from_leaving_to_an_outcome(arrive, site, scripts):
    crp = arrive("crp", width=360, scripts=scripts)
    crp.open("/touch/depart/")
    told = {"name": f"Asha Journey {scripts}", "guardian_name": f"Ram Journey {scripts}", "sex": "FEMALE", "years": "25"}
    told |= {"migration_type": "SEASONAL", "migration_reason": "BETTER_WAGE", "companion": "ALONE", "employer_verified": "no"}
    today = site.ask("SELECT aanchal_today()::text")[0]
    fill(crp, told | {"leaves_on": today, "migration_mode": "PLACEMENT_AGENCY", "check_in_interval_days": "7", "code_word": "neem"})
    crp.page.locator("main [name=consent]").check()
    crp.press("Register")
    crp.page.get_by_text("Registered. Print the kit").wait_for()
    journey = re.search(r"/journeys/([0-9a-f-]+)/", crp.page.url)[1]
    assert not scripts or rules.faults_axe_finds(crp) == []
    passed(site, journey)
    alert, step = site.ask("SELECT id::text, step FROM tracking_alert WHERE journey_id = %s", journey)
    assert step == "BLOCK"
    officer = arrive("block_officer", scripts=scripts)
    officer.open(f"/touch/alerts/{alert}/")
    assert "Who answers" in officer.text()
    officer.page.locator("select[name=outcome]").select_option("HEARD_SAFE")
    officer.press("Close with this outcome")
    officer.page.get_by_text("Closed, with its outcome.").wait_for()
    assert site.ask("SELECT state, outcome FROM tracking_alert WHERE id = %s", alert) == ("CLOSED", "HEARD_SAFE")
    crp.open(f"/touch/journeys/{journey}/")
    crp.press("Called: well")
    crp.page.get_by_text("Noted: Well.").wait_for()
    assert site.ask("SELECT state FROM tracking_journey WHERE id = %s", journey) == ("IN_TOUCH",)


def passed(site, journey) -> None:
    """Her agreed day has gone by, and what followed: as if the clock had run each day since. The worker's job is what moves it."""
    import psycopg

    with psycopg.connect(site.conninfo) as superuser:
        superuser.execute("UPDATE tracking_journey SET due_on = aanchal_today() - 9 WHERE id = %s", [journey])
    pass_now(site)
    for _step in ("VO", "BLOCK"):
        with psycopg.connect(site.conninfo) as superuser:
            superuser.execute("UPDATE tracking_alert SET step_due_at = now() - interval '1 hour' WHERE journey_id = %s", [journey])
        pass_now(site)


def pass_now(site) -> None:
    """The worker's own job, in a process of its own, on the site's database."""
    import os
    import subprocess
    import sys

    database = re.search(r"dbname=(\S+)", site.conninfo)[1]
    said = (
        "import django; django.setup()\nfrom django.utils import timezone\nfrom aanchal.access.acting import SYSTEM, acting\n"
        "from aanchal.tracking import clock\nwith acting(SYSTEM): clock.run(at=timezone.now(), by=SYSTEM)"
    )
    environment = os.environ | {"AANCHAL_DATABASE": database, "DJANGO_SETTINGS_MODULE": "aanchal.config.settings"}
    subprocess.run([sys.executable, "-c", said], env=environment, check=True)


def test_a_missing_girl_is_found_and_brought_home(arrive, site):
    officer = arrive("block_officer")
    officer.open(f"/touch/missing/{site.ids['search']}/")
    for state, number in (("FIR", "DEMO 9/2026"), ("TRACED", ""), ("RESTORED", "")):
        officer.page.locator("select[name=state]").select_option(state)
        officer.page.locator("input[name=number]").fill(number)
        officer.press("Write it down")
        officer.page.get_by_text("Written down. The register and the clocks follow.").wait_for()
    officer.page.locator("select[name=outcome]").select_option("WITH_FAMILY")
    officer.press("Close with this outcome")
    officer.page.get_by_text("Closed, with its outcome.").wait_for()
    found = site.ask("SELECT state, outcome FROM tracking_search WHERE id = %s", site.ids["search"])
    assert found == ("CLOSED", "WITH_FAMILY")


def test_anyone_asks_before_going_and_nothing_of_it_stands_in_the_address(arrive, site):
    public = arrive("", width=360)
    public.open("/ask/")
    assert public.text().index("1098") < public.text().index("Name of the employer")
    public.page.locator("input[name=words]").fill("Sample")
    public.press("Look it up")
    public.page.get_by_text("What the directory knows").wait_for()
    said = public.text()
    assert "Sample" not in public.page.url
    assert "Do not go" in said
    assert "The licence expired on" in said
    assert "मज़दूरी" not in said
