"""An officer of the AHTU: a lead, an operation by its checklist, a child rescued, an FIR, evidence handed over, a day in court."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.browser import rules_of_pages as rules
from tests.browser.pages import Kind, in_each_view, wrong_on

pytestmark = pytest.mark.browser
KINDS = (
    Kind("rescue", "ahtu_officer", "/rescue/"),
    Kind("rescue-unit", "ahtu_officer", "/rescue/units/{unit}/"),
    Kind("rescue-clocks", "ahtu_officer", "/rescue/clocks/"),
    Kind("leads", "ahtu_officer", "/rescue/leads/"),
    Kind("lead", "ahtu_officer", "/rescue/leads/{lead}/"),
    Kind("lead-open", "ahtu_officer", "/rescue/leads/{lead}/", press="form[action$='/open/'] button"),
    Kind("lead-new", "ahtu_officer", "/rescue/leads/new/"),
    Kind("operation", "ahtu_officer", "/rescue/operations/{operation}/"),
    Kind("operation-rescued", "ahtu_officer", "/rescue/operations/{operation}/rescued/"),
    Kind("operation-fir", "ahtu_officer", "/rescue/operations/{operation}/fir/"),
    Kind("person-rescued", "ahtu_officer", "/rescue/people/{rescued}/"),
    Kind("people-rescued", "ahtu_officer", "/rescue/people/"),
    Kind("firs", "ahtu_officer", "/rescue/firs/"),
    Kind("fir", "ahtu_officer", "/rescue/firs/{fir}/"),
    Kind("evidence", "ahtu_officer", "/rescue/evidence/{evidence}/"),
    Kind("custody-sheet", "ahtu_officer", "/rescue/evidence/{evidence}/sheet/", is_paper=True),
)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []


def fill(visitor, **told) -> None:
    for name, value in told.items():
        one = visitor.page.locator(f"main [name={name}]").first
        if one.evaluate("one => one.tagName") == "SELECT":
            one.select_option(value)
        else:
            one.fill(value)


def now(minutes: int = 0) -> str:
    return (datetime.now(ZoneInfo("Asia/Kolkata")) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_lead_to_a_day_in_court(arrive, site, scripts):
    officer, today = arrive("ahtu_officer", width=360, scripts=scripts), now()[:10]
    officer.open("/rescue/leads/new/")
    fill(officer, matter="CHILD_LABOUR", channel="HELPLINE", words="Planted words of the lead", source_name="Planted source")
    officer.press("Save")
    officer.page.get_by_text("Who told it is kept apart").wait_for()
    assert "Planted" not in officer.text()
    officer.press("Plan an operation", "link")
    fill(officer, planned_for=today)
    officer.press("Save")
    officer.press("Start it")
    officer.page.get_by_text("Steps of the checklist are open").wait_for()
    page = officer.page.url.removeprefix(site.address)
    while (step := officer.page.locator("main .steps form button").first).count():
        with officer.page.expect_navigation():
            step.click()
    officer.press("Start it")
    officer.page.get_by_text("Written down.").first.wait_for()
    assert not scripts or rules.faults_axe_finds(officer) == []
    begun = "UPDATE rescue_operation SET started_at = now() - interval '1 hour' WHERE id = %s RETURNING state"
    assert site.ask(begun, page.split("/")[-2]) == ("RUNNING",)
    officer.open(page + "rescued/")
    fill(officer, at=now(), sex="FEMALE", years="14", exploitation="CHILD_LABOUR", name="Planted girl")
    officer.press("Save")
    officer.page.get_by_text("The clocks of the law run").wait_for()
    assert "Before the Child Welfare Committee" in officer.text()
    assert "Planted" not in officer.text()
    officer.open(page + "evidence/")
    fill(officer, kind="PHONE", seized_at=now(), words="Planted phone")
    officer.press("Save")
    officer.page.get_by_text("You hold it").wait_for()
    fill(officer, to="LABORATORY", office="State laboratory", why="TO_EXAMINE", when=now())
    officer.press("Hand it over")
    court(officer, page, today, "1" if scripts else "2")


def court(officer, page: str, today: str, number: str) -> None:
    officer.open(page + "fir/")
    fill(officer, station="Journey", number=number, registered_on=today)
    officer.page.locator("main [value='BNS 143(4)']").check()
    officer.press("Save")
    officer.page.get_by_text("Written down, with its sections.").wait_for()
    officer.page.get_by_text("A day in court").click()
    fill(officer, purpose="EVIDENCE")
    officer.press("Write the day")
    officer.page.get_by_text("There is no charge sheet yet").wait_for()
    officer.page.get_by_text("The case went on").click()
    fill(officer, stage="CHARGE_SHEETED", number="9")
    officer.press("Write it down")
    officer.page.get_by_text("The clocks of the law follow").wait_for()
    officer.page.get_by_text("A day in court").click()
    fill(officer, purpose="EVIDENCE")
    officer.press("Write the day")
    officer.page.get_by_text("The day in court stands.").wait_for()
