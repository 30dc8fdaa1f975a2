"""The Gender CRP on her phone, in Hindi: whom to visit, why, and the registers of her village."""

import re

import pytest

from tests.browser.rules_of_pages import A4_LANDSCAPE, paper_sizes, words
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser
DEVANAGARI = re.compile("[\u0900-\u097f]")


@pytest.fixture
def crp(arrive):
    return arrive("crp", language="hi", width=PHONE)


def say(english):
    return words("hi", english)


def test_it_signs_in_and_speaks_her_language(arrive):
    crp = arrive(language="hi", width=PHONE)
    crp.sign_in("crp")
    assert crp.page.locator("html").get_attribute("lang") == "hi"
    assert say("Visit first") in crp.text()
    assert len(crp.page.locator(".list .reasons").all()) == 3


def test_it_opens_as_many_families_to_visit_first_as_the_tile_says(crp):
    crp.open("/")
    told = crp.page.locator(".tile.first .big-number").inner_text()
    crp.page.locator(".tile.first").click()
    assert told in crp.page.locator(".head .sub").inner_text()
    assert crp.page.locator("table.rows tbody tr").count() == min(int(told), 25)


def test_it_reads_the_reasons_in_hindi(crp):
    crp.open("/")
    crp.page.locator(".list a[href^='/families/']").first.click()
    reasons = crp.page.locator(".reasons li").all_inner_texts()
    assert reasons
    assert all(DEVANAGARI.search(reason) for reason in reasons)


def test_it_shows_names_after_a_press_that_is_noted(crp, site):
    family = site.ids["family"]
    noted = "SELECT count(*) FROM core_trail JOIN access_user ON actor = id WHERE verb = 'people.identity.read' AND username = 'crp'"
    crp.open(f"/families/{family}/")
    before = site.ask(noted)[0]
    assert crp.page.locator("main li > b > bdi").count() == 0
    crp.press(say("Show names"))
    crp.page.locator("main li > b > bdi").first.wait_for()
    assert say("Names are shown. That you read them is noted. Do not leave this page open.") in crp.text()
    assert site.ask(noted)[0] > before
    assert crp.page.url.endswith(f"/families/{family}/names/")


def test_it_reads_a_register_of_her_village(crp, site):
    crp.open("/")
    tile = crp.page.locator("a.tile[href*='/registers/migration/']")
    lines = int(tile.locator(".big-number").inner_text())
    tile.click()
    assert crp.page.locator("table.rows tbody tr").count() == min(lines, 30)
    assert crp.page.locator("main bdi").filter(has_text=re.compile("^demo:")).count() == 0


def test_it_finds_a_house_of_the_map_in_the_list_beside_it(crp, site):
    crp.open(f"/places/{site.ids['village']}/map/")
    house = crp.page.locator("svg.map a[href^='#h-']").first
    family = house.get_attribute("href")
    house.click()
    assert crp.page.url.endswith(family)
    assert crp.page.locator(f"li{family}").count() == 1


def test_it_prints_a_blank_register_on_landscape_paper(crp):
    crp.open("/forms/")
    crp.page.locator("a[href='/forms/migration_entry/blank/?language=hi']").click()
    assert crp.page.locator(".register.blank td").count() > 50
    assert DEVANAGARI.search(crp.page.locator("th").nth(1).inner_text())
    assert paper_sizes(crp.page.pdf(prefer_css_page_size=True)) == {A4_LANDSCAPE}
