"""One advisory from the nation to a village and back, in browsers: drafted, issued by another, answered with a file, accepted, counted."""

from datetime import date, timedelta

import pytest

from tests.browser.pages import Kind, in_each_view, photograph, wrong_on
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser
KINDS = (
    Kind("library", "block_officer", "/library/?q=trafficking"),
    Kind("library-new", "state_expert", "/library/new/"),
    Kind("document", "state_expert", "/library/", press="main ul.list.card a"),
    Kind("practice", "state_expert", "/library/practices/told/", press="main ul.list.card a"),
    Kind("practice-new", "programme_officer", "/library/practices/new/"),
    Kind("advisory-new", "analyst", "/advisories/new/"),
    Kind("advisory-tasks", "analyst", "/advisories/{advisory}/tasks/"),
    Kind("advisory", "analyst", "/advisories/{advisory}/"),
    Kind("advice-task", "vo_leader", "/advisories/tasks/{advice_task}/"),
)


def go(visitor, what: str) -> None:
    with visitor.page.expect_navigation():
        visitor.press(what)


def test_it_goes_from_the_nation_to_the_village_and_back(arrive, site):
    analyst = arrive("analyst")
    analyst.open("/advisories/new/")
    for name, value in (("number", "NC/9/2026"), ("title", "Reading the register aloud"), ("dated_on", "2026-03-01")):
        analyst.page.locator(f"[name={name}]").fill(value)
    go(analyst, "Begin the draft")
    page = analyst.page.url.removeprefix(site.address)
    block = site.ask("SELECT lgd_code FROM places_place WHERE id = %s", site.ids["block"])[0]
    analyst.page.locator("[name=words]").fill("Read the migration register aloud and send the minutes.")
    analyst.page.locator("[name=unit]").select_option("VILLAGE_ORGANISATION")
    analyst.page.locator("[name=evidence]").select_option("FILE")
    analyst.page.locator("[name=places]").fill(f"{block}/block")
    analyst.page.locator("[name=due_on]").fill((date.today() + timedelta(days=20)).isoformat())
    go(analyst, "Write it into the draft")
    assert "Another person issues what you drafted." in analyst.text()
    second = arrive("second_analyst")
    second.open(page)
    go(second, "Issue it")
    task = site.ask(
        "SELECT t.id FROM advisories_task t JOIN advisories_advisory a ON a.id = t.advisory_id WHERE a.number = %s AND t.place_id = %s",
        "NC/9/2026", site.ids["village"],
    )[0]  # fmt: skip
    leader = arrive("vo_leader", width=PHONE)
    leader.open("/")
    assert "to be done here" in leader.text()
    leader.open(f"/advisories/tasks/{task}/")
    leader.page.locator("[name=words]").fill("Read aloud to forty people on the second of the month.")
    minutes = {"name": "minutes.txt", "mimeType": "text/plain", "buffer": b"Minutes of the meeting"}
    leader.page.locator("[name=file]").set_input_files(minutes)
    go(leader, "Send the answer")
    photograph(leader, "journey-advice-answer-360")
    officer = arrive("block_officer")
    officer.open("/advisories/?show=decide")
    officer.open(f"/advisories/tasks/{task}/")
    go(officer, "Accept it")
    analyst.open(page)
    assert "1 of" in analyst.text()
    assert "done and accepted" in analyst.text()
    photograph(analyst, "journey-advice-nation-1280")
    neighbour = arrive("neighbour")
    neighbour.open(f"/advisories/tasks/{task}/", expected=404)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []
