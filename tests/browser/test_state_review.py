"""Before a review meeting: the State's expert asks for a review and waits, reads the ready one, puts a table together and keeps it."""

import pytest

from tests.browser.pages import Kind, in_each_view, wrong_on
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser
ASKED = "indicators=PRV09&indicators=PRV10&level=DISTRICT&months=3&span=MONTH&breakdown=NONE"
KINDS = (
    Kind("indicators-district", "district_manager", "/insight/{district}/"),
    Kind("review", "state_expert", "/insight/reviews/{review}/"),
    Kind("reviews", "state_expert", "/insight/{state}/reviews/"),
    Kind("what-changed", "state_expert", "/insight/{state}/changed/"),
    Kind("stories", "district_manager", "/insight/{district}/stories/"),
    Kind("story-form", "district_manager", "/insight/{district}/stories/new/"),
    Kind("rows-behind-a-number", "district_manager", "/insight/{district}/list/contact_lost/"),
    Kind("no-rows-behind-a-number", "state_expert", "/insight/{state}/list/cases/"),
    Kind("table-of-ones-own", "state_expert", f"/insight/{{state}}/table/?{ASKED}"),
    Kind("story", "district_manager", "/insight/stories/{story}/"),
)  # fmt: skip


def test_a_review_is_asked_for_read_and_set_beside_a_table(arrive, site):
    expert = arrive("state_expert", width=PHONE)
    expert.open(f"/insight/{site.ids['state']}/")
    with expert.page.expect_navigation():
        expert.page.locator("a[href$='/reviews/']").first.click()
    with expert.page.expect_navigation():
        expert.press("Prepare a review")
    assert "steps are done" in expert.text() or "In short" in expert.text()
    expert.open(f"/insight/reviews/{site.ids['review']}/")
    assert "In short" in expert.text()
    assert expert.page.locator("a[href*='as=xlsx']").count() == 3
    assert expert.page.locator("svg.interval").count() > 1
    expert.open(f"/insight/{site.ids['state']}/table/")
    expert.page.locator("input[value=PRV09]").check()
    expert.page.locator("[name=level]").select_option("DISTRICT")
    with expert.page.expect_navigation():
        expert.press("Show the table")
    assert expert.page.locator("#table tbody tr").count() > 1
    expert.page.locator("#table details summary").click()
    expert.page.locator("[name=title]").fill("Families assessed")
    with expert.page.expect_navigation():
        expert.press("Keep it")
    assert "Families assessed" in expert.text()


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []
