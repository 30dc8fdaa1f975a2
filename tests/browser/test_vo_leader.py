"""The leader of the village organisation on a phone, in Telugu: which families need help and what the village does."""

import re

import pytest

from tests.browser.rules_of_pages import words
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser
TELUGU = re.compile("[\u0c00-\u0c7f]")


@pytest.fixture
def leader(arrive):
    return arrive("vo_leader", language="te", width=PHONE)


def say(english):
    return words("te", english)


def test_it_begins_with_families_and_the_roadmap(leader):
    leader.open("/")
    assert leader.page.locator("html").get_attribute("lang") == "te"
    assert leader.page.locator(".steps .late").count() > 0
    assert TELUGU.search(leader.page.locator(".steps li").first.inner_text())


def test_it_opens_each_count_of_the_village_as_a_list(leader, site):
    leader.open(f"/places/{site.ids['village']}/")
    for address in [link.get_attribute("href") for link in leader.page.locator("a.count").all()]:
        leader.open(address)


def test_it_marks_an_action_as_done_and_takes_it_back(leader, site):
    roadmap = f"/villages/{site.ids['village']}/roadmap/"
    leader.open(roadmap)
    action = leader.page.locator("form[action*='/complete/']").first.get_attribute("action")
    leader.page.locator(f"form[action='{action}'] button").click()
    leader.page.get_by_text(say("Done. Thank you.")).wait_for()
    assert leader.page.locator(f"form[action='{action}']").count() == 0
    leader.press(say("Undo"))
    leader.page.get_by_text(say("It is to be done again.")).wait_for()
    assert leader.page.locator(f"form[action='{action}']").count() == 1


def test_it_sees_what_a_family_needs_and_never_why(leader, arrive, site):
    card = f"/families/{site.ids['family']}/"
    crp = arrive("crp", language="te", width=PHONE)
    crp.open(card)
    reasons = [words.strip() for words in crp.page.locator(".reasons li").all_inner_texts()]
    leader.open(card)
    shown = leader.text()
    assert reasons
    assert say("What to do") in shown
    assert [reason for reason in reasons if reason in shown] == []


def test_it_prints_the_wall_sheet_without_a_family(leader, site):
    leader.open(f"/places/{site.ids['village']}/print/")
    assert site.ids["code_of_family"] not in leader.page.locator("body").inner_text()
