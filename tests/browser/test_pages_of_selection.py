"""Every page of the selection: on a phone in Hindi, at a desk in English, light and dark."""

import pytest

from tests.browser.pages import Kind, in_each_view, wrong_on

pytestmark = pytest.mark.browser
KINDS = (
    Kind("selection", "state_expert", "/selection/"),
    Kind("selection-new", "state_expert", "/selection/new/"),
    Kind("selection-run", "analyst", "/selection/{run}/"),
    Kind("selection-draft", "state_expert", "/selection/{draft}/"),
    Kind("selection-place", "state_expert", "/selection/{draft}/places/{block}/"),
    Kind("selection-compare", "state_expert", "/selection/compare/?a={run}&b={run}"),
    Kind("selection-empty", "district_manager", "/selection/"),
)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_page_keeps_the_rules(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []
