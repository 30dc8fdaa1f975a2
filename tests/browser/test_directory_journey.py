"""A list with bad rows, repaired, taken back; an NGO that is blacklisted and cannot be engaged; the pages of the directory."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.browser.pages import Kind, in_each_view, photograph, wrong_on
from tests.config.live import ROOT

pytestmark = pytest.mark.browser
KINDS = (
    Kind("directory", "programme_officer", "/network/stakeholders/"),
    Kind("directory-places", "programme_officer", "/network/stakeholders/places/"),
    Kind("directory-files", "programme_officer", "/network/stakeholders/files/"),
    Kind("directory-new", "programme_officer", "/network/stakeholders/new/?place={village}"),
    Kind("directory-line", "programme_officer", "/network/stakeholders/{stakeholder}/"),
    Kind("directory-file", "programme_officer", "/network/stakeholders/files/{list}/"),
    Kind("ngo", "programme_officer", "/network/ngos/{ngo}/"),
    Kind("posts", "programme_officer", "/network/posts/"),
)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_page_is_whole(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []


def send(visitor, name: str, rows: list[tuple]) -> None:
    visitor.open("/network/stakeholders/files/")
    text = "kind,name,place_level,place_code,phone\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
    visitor.page.set_input_files("[name=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    with visitor.page.expect_navigation():
        visitor.press("Check the file")


def worked(visitor, site) -> str:
    """What the page says once the worker has done its part."""
    environment = os.environ | {"AANCHAL_DATABASE": conninfo_to_dict(site.conninfo)["dbname"]}
    command = [sys.executable, "-m", "tests.browser.list_work"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    visitor.page.reload()
    return visitor.text()


def test_a_list_with_bad_rows_is_repaired_and_taken_back(arrive, site):
    officer = arrive("programme_officer")
    code = site.ids["village_code"]
    bad = ("YOUTH", "Club of the hill", "VILLAGE", code, "call me")
    send(officer, "clubs.csv", [("YOUTH", "Club of the river", "VILLAGE", code, ""), bad])
    assert "A phone number has 3 to 15 digits" in worked(officer, site)
    photograph(officer, "journey-file-checked-1280")
    with officer.page.expect_navigation():
        officer.press("Write the new and the changed")
    assert "Written" in worked(officer, site)
    first = officer.page.url
    send(officer, "repaired.csv", [("YOUTH", "Club of the hill", "VILLAGE", code, "06512 1")])
    assert "New: 1" in worked(officer, site)
    officer.page.goto(first)
    with officer.page.expect_navigation():
        officer.press("Take the whole file back")
    assert "Taken back: 1" in worked(officer, site)
    officer.open("/network/stakeholders/?q=club+of+the+river")
    assert "Nothing of this kind yet" in officer.text()


def test_a_blacklisted_ngo_cannot_be_engaged(arrive, site):
    officer, page = arrive("programme_officer"), f"/network/ngos/{site.ids['ngo']}/"
    officer.open(page)
    officer.page.get_by_text("Propose to blacklist it").click()
    form = officer.page.locator("form", has=officer.page.locator("[name='blacklist-reasons']"))
    form.locator("[name='blacklist-reasons']").fill("Two lists were written by one hand")
    with officer.page.expect_navigation():
        form.locator("button[type=submit]").click()
    expert = arrive("state_expert")
    expert.open(page)
    with expert.page.expect_navigation():
        expert.press("Blacklist it")
    officer.open(page)
    assert "Blacklisted: nobody engages it" in officer.text()
    officer.page.get_by_text("Engage it").first.click()
    form = officer.page.locator("form", has=officer.page.locator("[name='engage-title']"))
    told = {"title": "More trainings", "conditions": "Ten more", "amount": "1000", "starts_on": date.today().isoformat()}
    told["ends_on"] = (date.today() + timedelta(days=30)).isoformat()
    for name, value in told.items():
        form.locator(f"[name='engage-{name}']").fill(value)
    officer.refused.add(f"{site.address}{page}")
    with officer.page.expect_navigation():
        form.locator("button[type=submit]").click()
    assert "This NGO is blacklisted in these days" in officer.text()
    photograph(officer, "journey-ngo-blacklisted-1280")
