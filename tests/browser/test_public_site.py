"""A release approved and published; a member of the public on a phone, without signing in and without a cookie."""

import pytest

from tests.browser.pages import Kind, in_each_view, wrong_on
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser
KINDS = (
    Kind("indicators-nation", "analyst", "/insight/{nation}/"),
    Kind("release", "analyst", "/insight/releases/{release}/"),
    Kind("public-front", "", "/public/"),
    Kind("public-statistics", "", "/statistics/"),
)


def test_a_release_is_submitted_published_and_read_by_everyone(arrive, site):
    path = f"/insight/releases/{site.ids['release']}/"
    analyst = arrive("analyst")
    analyst.open(path)
    assert "Told to within 2" in analyst.text()
    with analyst.page.expect_navigation():
        analyst.press("Submit to a second person")
    assert "Another person must decide what you drafted." in analyst.text()
    second = arrive("second_analyst")
    second.open(path)
    with second.page.expect_navigation():
        second.press("Publish")
    assert "Published" in second.text()
    citizen = arrive(width=PHONE, language="hi")
    brought = citizen.context.cookies()
    citizen.open("/public/")
    assert citizen.page.locator("main a[href='tel:1098']").first.is_visible()
    with citizen.page.expect_navigation():
        citizen.page.locator("main a[href^='/statistics/']").click()
    assert citizen.page.locator("select[name=release] option").count() == 2
    assert citizen.page.locator("main table").first.is_visible()
    citizen.open("/accessibility/?lang=te")
    assert citizen.page.locator("html").get_attribute("lang") == "te"
    assert citizen.context.cookies() == brought


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []
