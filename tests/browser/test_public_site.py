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
    Kind("public-missing", "", "/missing/"),
    Kind("public-notice", "", "/missing/{number}/"),
    Kind("notice-propose", "ahtu_officer", "/touch/missing/{with_fir}/", press="a[href^='/posters/new/']"),
    Kind("public-missing-found", "", "/missing/?state={state_code}"),
    Kind("notices-missing", "ahtu_officer", "/posters/"),
    Kind("notice-missing", "ahtu_officer", "/posters/{poster}/"),
    Kind("notice-missing-open", "ahtu_officer", "/posters/{poster}/", press="form[action$='/open/'] button"),
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


def test_a_notice_is_asked_for_released_seen_told_and_taken_down(arrive, site):
    """Of the officer, the district manager and a member of the public on a phone."""
    officer = arrive("ahtu_officer")
    officer.open(f"/touch/missing/{site.ids['with_fir']}/")
    with officer.page.expect_navigation():
        officer.press("Ask for a missing-person notice", "link")
    page = officer.page
    for check in ("sexual", "marriage", "home", "own_will"):
        page.locator(f"[name=check_{check}]").select_option("NO")
    page.locator("[name=giver_name]").fill("Demo Parent")
    officer.submit()
    assert "Another person has to release it." in officer.text()
    path = page.url.removeprefix(site.address)
    manager = arrive("district_manager")
    manager.open(path)
    with manager.page.expect_navigation():
        manager.press("Release to everyone")
    assert "Everyone can read it now." in manager.text()
    citizen = arrive(width=PHONE, language="hi")
    citizen.open("/public/")
    with citizen.page.expect_navigation():
        citizen.page.locator("main a[href^='/missing/']").click()
    citizen.page.locator("[name=state]").select_option(index=1)
    state = site.ask("SELECT state_code FROM posters_openposter LIMIT 1")[0]
    citizen.page.locator("[name=state]").select_option(str(state))
    with citizen.page.expect_navigation():
        citizen.page.locator("main form button").click()
    number = site.ask("SELECT number FROM posters_poster WHERE id = %s", path.split("/")[2])[0]
    with citizen.page.expect_navigation():
        citizen.page.locator(f"main a[href^='/missing/{number}/']").click()
    assert citizen.page.locator("main a[href='tel:1098']").first.is_visible()
    with citizen.page.expect_navigation():
        citizen.page.locator("main a[href^='/ask/']").click()
    assert citizen.page.locator("[name=number]").input_value() == number
    citizen.page.locator("[name=seen]").fill("बस अड्डे पर, सोमवार को")
    with citizen.page.expect_navigation():
        citizen.page.locator("#seen button[type=submit]").click()
    assert citizen.page.locator("main .note.good").is_visible()
    officer.open(path)
    with officer.page.expect_navigation():
        officer.press("Show names and words")
    assert "बस अड्डे पर" in officer.text()
    with officer.page.expect_navigation():
        officer.press("The family takes its consent back")
    assert "Nobody can read it any more." in officer.text()
    citizen.open(f"/missing/{number}/", 404)
