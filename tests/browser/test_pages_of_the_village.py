"""Every page that those who work in a village open."""

import pytest

from tests.browser.pages import Kind, in_each_view, wrong_on

pytestmark = pytest.mark.browser
KINDS = (
    Kind("home-crp", "crp", "/"),
    Kind("home-leader", "vo_leader", "/"),
    Kind("home-clf", "clf_leader", "/"),
    Kind("place-village", "crp", "/places/{village}/"),
    Kind("map", "crp", "/places/{village}/map/"),
    Kind("wall", "vo_leader", "/places/{village}/print/", is_paper=True),
    Kind("families-crp", "crp", "/families/?place={village}"),
    Kind("family-crp", "crp", "/families/{family}/"),
    Kind("family-names", "crp", "/families/{family}/", press="form[action$='/names/'] button"),
    Kind("family-leader", "vo_leader", "/families/{family}/"),
    Kind("register-line", "crp", "/registers/line/{entry}/"),
    Kind("register-correct", "crp", "/registers/line/{entry}/correct/"),
    Kind("register-strike", "crp", "/registers/line/{entry}/strike/"),
    Kind("situation", "crp", "/villages/{village}/situation/"),
    Kind("points", "crp", "/villages/{village}/points/"),
    Kind("roadmap", "vo_leader", "/villages/{village}/roadmap/"),
    Kind("roadmap-action", "vo_leader", "/villages/{village}/roadmap/{action}/"),
    Kind("demands", "vo_leader", "/villages/{village}/demands/"),
    Kind("roadmap-none", "neighbour", "/villages/{next_door}/roadmap/"),
    Kind("own-points", "vo_leader", "/index/villages/{village}/"),
    Kind("disputed-answers", "crp", "/families/disputed/?place={village}"),
    Kind("dispute", "crp", "/families/{family}/dispute/"),
    Kind("family-disputed", "crp", "/families/{disputed}/"),
    Kind("returns", "crp", "/doubles/returns/"),
    Kind("return", "crp", "/doubles/returns/{return}/"),
    Kind("return-open", "crp", "/doubles/returns/{return}/", press="form[action$='/open/'] button"),
    Kind("sent", "crp", "/sent/"),
    Kind("forms", "crp", "/forms/"),
    Kind("blank-register", "crp", "/forms/migration_entry/blank/?language=hi", is_paper=True),
    Kind("blank-survey", "crp", "/forms/household_survey/blank/?language=hi", is_paper=True),
    Kind("search", "crp", "/search/?q={code_of_family}"),
    Kind("search-nothing", "crp", "/search/?q=nowhere"),
    Kind("phones", "crp", "/phones/"),
    Kind("password", "crp", "/accounts/password/"),
    Kind("absent", "crp", "/places/1/", expected=404),
)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []
