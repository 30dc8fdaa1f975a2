"""Those who follow the work by counts: the district sees no name, the nation no family."""

import re

import pytest

pytestmark = pytest.mark.browser
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}\b")


@pytest.fixture
def analyst(arrive):
    return arrive("analyst")


def test_it_counts_and_hides_what_is_small(analyst, site):
    for page in ("/", f"/places/{site.ids['nation']}/", f"/places/{site.ids['state']}/", f"/places/{site.ids['district']}/"):
        analyst.open(page)
        assert analyst.page.locator(".count .big-number").count() > 0
        assert not CODE.search(analyst.text())
    assert "not told" in analyst.text()
    assert analyst.page.locator("a.count").count() == 0


def test_it_opens_no_list_and_no_family_to_the_analyst(analyst, site):
    family, village = site.ids["family"], site.ids["village"]
    lists = ("/families/", "/registers/", "/review/", "/trail/", "/people-who-work/")
    for page in (*lists, f"/families/{family}/", f"/places/{village}/map/"):
        analyst.open(page, expected=404)


def test_it_finds_no_family_by_its_code_for_the_analyst(analyst, site):
    analyst.open(f"/search/?q={site.ids['code_of_family']}")
    assert "Nothing found" in analyst.text()


def test_it_shows_the_district_a_family_without_reasons_and_without_names(arrive, site):
    manager = arrive("district_manager")
    manager.open(f"/families/{site.ids['family']}/")
    assert "What to do" in manager.text()
    assert "What raised it" not in manager.text()
    assert manager.page.get_by_role("button", name="Show names").count() == 0
