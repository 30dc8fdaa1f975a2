"""The index in people's hands: a state's expert drafts, another approves; a village signs its own points; a family disputes."""

import os
import re
import subprocess
import sys

import pytest

from aanchal.risk.queries import KEPT_SECONDS
from tests.browser.pages import photograph
from tests.browser.rules_of_pages import faults_axe_finds, sideways
from tests.browser.visitor import PHONE
from tests.config.live import ROOT

pytestmark = pytest.mark.browser


def work_off(site):
    """What waits in the background is done, as the worker does it."""
    database = site.ask("SELECT current_database()")[0]
    told = os.environ | {"AANCHAL_DATABASE": database, "LOG_LEVEL": "WARNING"}
    subprocess.run([sys.executable, "-m", "aanchal", "worker", "--once"], cwd=ROOT, env=told, check=True, timeout=120)


def test_a_state_drafts_a_version_and_another_approves_it(arrive, site):
    expert = arrive("state_expert")
    expert.open("/index/")
    with expert.page.expect_navigation():
        expert.page.locator("form:has(input[value=HOUSEHOLD]) button").click()
    draft = expert.page.url.removeprefix(site.address)
    expert.page.locator("input[name=points_B2]").fill("6")
    assert expert.page.locator("[data-total-sum]").inner_text() == "62"
    assert expert.page.locator("[data-total-wrong]").is_visible()
    expert.refused.add(site.address + draft)
    expert.press("Save and count who would change band")
    expert.page.get_by_text("Not saved. To mend first:").wait_for()
    photograph(expert, "draft-refused-1280")
    for name, points in (("points_B2", "6"), ("points_L1", "3"), ("points_F3", "3")):
        expert.page.locator(f"input[name={name}]").fill(points)
    assert expert.page.locator("[data-total-wrong]").is_hidden()
    expert.press("Save and count who would change band")
    expert.page.get_by_text("Saved. Who would change band is being counted.").wait_for()
    work_off(site)
    expert.open(draft)
    assert "compared, by today's answers" in expert.text()
    assert faults_axe_finds(expert) == []
    photograph(expert, "draft-1280")
    expert.press("Submit for approval")
    expert.page.get_by_text("It waits for another person to approve it.").wait_for()
    assert expert.page.get_by_role("button", name="Approve").count() == 0
    officer = arrive("block_officer")
    officer.open(draft)
    link = officer.page.locator("#preview a").first
    if link.count():
        link.click()
        officer.page.get_by_text("Under the draft").wait_for()
        photograph(officer, "draft-families-1280")
    second = arrive("second_expert", language="hi", width=PHONE)
    second.open(draft)
    assert sideways(second) == []
    assert faults_axe_finds(second) == []
    photograph(second, "draft-360-hi")
    with second.page.expect_navigation():
        second.page.locator("form[action$='/approve/'] button").click()
    work_off(site)
    second.open("/index/")
    assert re.search(r"household-\d+-1", second.text())
    photograph(second, "indices-360-hi")


def test_a_village_signs_its_own_points(arrive, site):
    leader = arrive("vo_leader", width=PHONE)
    leader.open(f"/index/villages/{site.ids['village']}/")
    limit = int(leader.page.locator("input[name=points_B1]").get_attribute("max"))
    points = {name: int(leader.page.locator(f"input[name={name}]").input_value()) for name in ("points_B1", "points_M3")}
    leader.page.locator("input[name=points_B1]").fill(str(limit))
    leader.page.locator("input[name=points_M3]").fill(str(points["points_M3"] - (limit - points["points_B1"])))
    leader.page.locator("input[name=present]").fill("31")
    leader.page.locator("input[value=VO_MEMBER]").check()
    leader.page.locator("textarea[name=minutes]").fill("Who lost the earner of the house is first for us.")
    leader.page.locator("input[name=signed]").check()
    leader.press("Sign")
    leader.page.get_by_text("Signed. The families of the village").wait_for()
    assert "31 present" in leader.text()
    photograph(leader, "own-points-signed-360")
    work_off(site)
    for _look in range(2 + KEPT_SECONDS):  # a process of the site may remember the old points for so long
        leader.open(f"/families/?place={site.ids['village']}")
        if "By the village's own points." in leader.text():
            break
        leader.page.wait_for_timeout(1_000)
    assert "By the village's own points." in leader.text()
    photograph(leader, "families-own-360")


def test_a_worker_disputes_an_answer_for_a_family(arrive, site):
    crp = arrive("crp", width=PHONE)
    crp.open(f"/families/{site.ids['family']}/")
    with crp.page.expect_navigation():
        crp.page.get_by_role("link", name="Dispute an answer").click()
    crp.page.locator("select[name=indicator]").select_option("G1")
    crp.page.locator("textarea[name=why]").fill("She went back to school in June.")
    crp.press("Have it visited again")
    crp.page.get_by_text("Noted: the family is to be visited again.").wait_for()
    assert "To be visited again" in crp.text()
    crp.open(f"/families/disputed/?place={site.ids['village']}")
    assert crp.page.locator("main .list li").count() >= 2
    photograph(crp, "disputed-360")


def test_next_door_sees_nothing_of_it(arrive, site):
    neighbour = arrive("neighbour")
    neighbour.open(f"/index/villages/{site.ids['village']}/", expected=404)
    neighbour.open(f"/families/disputed/?place={site.ids['village']}", expected=404)
    neighbour.open(f"/families/{site.ids['disputed']}/dispute/", expected=404)
