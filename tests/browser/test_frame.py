"""The frame of every page: language, colours, keyboard, and the headers that keep foreign code out."""

import pytest

from tests.browser.rules_of_pages import POLICY, words
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser


def background(visitor):
    return visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_it_changes_the_language_and_stays_on_the_page(arrive, site):
    crp = arrive("crp", width=PHONE)
    crp.open("/families/")
    before = crp.page.url
    crp.page.locator("header summary", has_text="English").click()
    crp.press("हिंदी")
    crp.page.locator("html[lang=hi]").wait_for()
    assert crp.page.url == before
    assert words("hi", "Families to visit first") in crp.text()


def test_it_turns_dark_at_once_and_stays_dark(arrive):
    crp = arrive("crp")
    crp.open("/")
    light = background(crp)
    crp.press("Show in dark colours")
    dark = background(crp)
    assert dark != light
    crp.open("/registers/")
    assert background(crp) == dark


def test_it_keeps_paper_light(arrive):
    crp = arrive("crp", theme="dark")
    crp.open("/")
    crp.page.emulate_media(media="print")
    assert background(crp) == "rgb(255, 255, 255)"


def test_it_works_from_the_keyboard(arrive, site):
    crp = arrive("crp")
    crp.open("/")
    crp.page.keyboard.press("Tab")
    assert crp.page.evaluate("document.activeElement.className") == "skip"
    crp.page.keyboard.press("Enter")
    assert crp.page.evaluate("document.activeElement.id") == "main"
    crp.page.keyboard.press("/")
    assert crp.page.evaluate("document.activeElement.id") == "find"
    crp.page.keyboard.type(site.ids["code_of_family"])
    crp.page.keyboard.press("Enter")
    crp.page.locator(f"main a[href='/families/{site.ids['family']}/']").wait_for()


def test_it_lets_in_nothing_from_elsewhere(arrive):
    crp = arrive("crp")
    for path in ("/accounts/login/", "/", "/families/"):
        answer = crp.open(path)
        policy = answer.headers["content-security-policy"]
        assert {part.strip() for part in policy.split(";")} >= POLICY
        assert "unsafe" not in policy
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"
