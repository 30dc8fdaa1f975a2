"""A telephone that runs no script, or blocks it: the same pages, the same work."""

import pytest

from tests.browser.rules_of_pages import words
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser


def test_it_takes_the_gender_crp_from_home_to_the_names_of_a_family(arrive):
    crp = arrive(language="hi", width=PHONE, scripts=False)
    crp.sign_in("crp")
    crp.page.locator(".tile.first").click()
    crp.page.locator("table.rows tbody th a").first.click()
    assert crp.page.locator(".reasons li").count() > 0
    crp.press(words("hi", "Show names"))
    crp.page.locator("main li > b > bdi").first.wait_for()


def test_it_narrows_the_map_by_a_link(arrive, site):
    crp = arrive("crp", language="hi", width=PHONE, scripts=False)
    crp.open(f"/places/{site.ids['village']}/map/")
    everything = crp.page.locator("svg.map a[href^='#h-']").count()
    crp.page.locator("a.chip").nth(1).click()
    assert 0 < crp.page.locator("svg.map a[href^='#h-']").count() < everything


def test_it_lets_the_leader_complete_an_action_and_take_it_back(arrive, site):
    leader = arrive("vo_leader", language="te", width=PHONE, scripts=False)
    leader.open(f"/villages/{site.ids['village']}/roadmap/?show=PLANNED")
    action = leader.page.locator("form[action*='/complete/']").last.get_attribute("action")
    leader.page.locator(f"form[action='{action}'] button").click()
    leader.page.get_by_text(words("te", "Done. Thank you.")).wait_for()
    assert leader.page.locator(f"form[action='{action}']").count() == 0
    leader.press(words("te", "Undo"))
    leader.page.get_by_text(words("te", "It is to be done again.")).wait_for()


def test_it_changes_language_and_colours(arrive):
    leader = arrive("vo_leader", width=PHONE, scripts=False)
    leader.open("/")
    leader.page.locator("header details", has_text="English").locator("summary").click()
    leader.press("తెలుగు")
    assert leader.page.locator("html").get_attribute("lang") == "te"
    leader.page.locator(".to-dark").click()
    assert leader.page.locator("html[data-theme='dark']").count() == 1
