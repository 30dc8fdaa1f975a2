import pytest
from tests.browser.pages import VIEWS, Kind, wrong_on
pytestmark = pytest.mark.browser
KINDS = (
    Kind("y-pilot", "programme_officer", "/pilots/{pilot}/"),
    Kind("y-map", "programme_officer", "/network/stakeholders/places/"),
    Kind("y-tree", "programme_officer", "/activities/trainings/cascade/", is_paper=True),
    Kind("y-event", "programme_officer", "/activities/campaign/events/{event}/"),
    Kind("y-library-new", "state_expert", "/library/new/"),
    Kind("y-advisory", "analyst", "/advisories/{advisory}/"),
    Kind("y-run", "state_expert", "/selection/"),
)
@pytest.mark.parametrize("view", VIEWS, ids=lambda v: f"{v[0]}")
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.name)
def test_it(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []


def test_direction(arrive, site):
    for width, language in ((360, "hi"), (1280, "en")):
        analyst = arrive("analyst", language=language, width=width)
        analyst.open("/advisories/new/")
        for name, value in (("number", f"NC/{width}/2026"), ("title", "Reading the register aloud"), ("dated_on", "2026-03-01")):
            analyst.page.locator(f"[name={name}]").fill(value)
        with analyst.page.expect_navigation():
            analyst.page.locator("main form .actions button").first.click()
        from tests.browser.pages import photograph
        photograph(analyst, f"y-direction-{width}")
        analyst.page.locator("[name=words]").fill("Read the register.")
        analyst.page.locator("[name=places]").fill("pu, nowhere at all" if width == 360 else "ka")
        analyst.page.locator("[name=due_on]").fill("2030-01-01")
        with analyst.page.expect_navigation():
            analyst.page.locator("main form:has([name=places]) .actions button").first.click()
        photograph(analyst, f"y-which-{width}")
