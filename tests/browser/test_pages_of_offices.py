"""Every page of the block, the district, the nation and the administrator; signing in."""

import pytest

from tests.browser.pages import Kind, in_each_view, wrong_on

pytestmark = pytest.mark.browser
KINDS = (
    Kind("login", "", "/accounts/login/"),
    Kind("home-officer", "block_officer", "/"),
    Kind("home-district", "district_manager", "/"),
    Kind("home-state", "state_expert", "/"),
    Kind("home-analyst", "analyst", "/"),
    Kind("home-administrator", "administrator", "/"),
    Kind("place-block", "block_officer", "/places/{block}/"),
    Kind("place-nation", "analyst", "/places/{nation}/"),
    Kind("families", "block_officer", "/families/"),
    Kind("at-risk-register", "block_officer", "/families/register/?place={village}", is_paper=True),
    Kind("measures", "block_officer", "/families/measures/?place={block}"),
    Kind("indices", "state_expert", "/index/"),
    Kind("index-version", "state_expert", "/index/versions/{index}/"),
    Kind("what-if", "block_officer", "/families/what-if/?place={block}&from.AT_RISK=16&reach.ration_card=80"),
    Kind("what-if-state", "state_expert", "/families/what-if/?place={block}&points.B1=0"),
    Kind("what-if-families", "block_officer", "/families/what-if/?place={block}&from.AT_RISK=16", press="form[action*='what-if'] button"),
    Kind("quality", "block_officer", "/quality/"),
    Kind("finding", "block_officer", "/quality/", press="main li h2 a"),
    Kind("registers", "block_officer", "/registers/"),
    Kind("register-list", "block_officer", "/registers/migration/?place={village}"),
    Kind("register-print", "block_officer", "/registers/migration/print/?place={village}&language=hi", is_paper=True),
    Kind("review", "block_officer", "/review/"),
    Kind("review-one", "block_officer", "/review/{wrong}/"),
    # every answer of a large family stands on one page: over the budget of shared ui.md, and known
    Kind("review-correct", "block_officer", "/review/{wrong}/", press="form[action$='/correct/'] button", nodes=2_500),
    Kind("people-who-work", "administrator", "/people-who-work/"),
    Kind("worker", "administrator", "/people-who-work/{worker}/"),
    Kind("new-worker", "administrator", "/people-who-work/new/"),
    Kind("trail", "block_officer", "/trail/"),
    Kind("second-step", "block_officer", "/accounts/second-factor/"),
)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []
