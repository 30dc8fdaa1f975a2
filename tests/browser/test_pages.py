"""Every main page, on a phone in Hindi and at a desk in English, light and dark."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import rules_of_pages as rules
from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).resolve().parents[2] / "screenshots"


@dataclass(frozen=True)
class Kind:
    """A page as one person opens it; `press` is what opens it when it has no address of its own."""

    name: str
    username: str
    path: str
    press: str = ""
    expected: int = 200
    is_paper: bool = False


KINDS = (
    Kind("login", "", "/accounts/login/"),
    Kind("home-crp", "crp", "/"),
    Kind("home-leader", "vo_leader", "/"),
    Kind("home-clf", "clf_leader", "/"),
    Kind("home-officer", "block_officer", "/"),
    Kind("home-district", "district_manager", "/"),
    Kind("home-state", "state_expert", "/"),
    Kind("home-analyst", "analyst", "/"),
    Kind("home-administrator", "administrator", "/"),
    Kind("place-village", "crp", "/places/{village}/"),
    Kind("place-block", "block_officer", "/places/{block}/"),
    Kind("place-nation", "analyst", "/places/{nation}/"),
    Kind("map", "crp", "/places/{village}/map/"),
    Kind("wall", "vo_leader", "/places/{village}/print/", is_paper=True),
    Kind("families", "block_officer", "/families/"),
    Kind("families-crp", "crp", "/families/?place={village}"),
    Kind("family-crp", "crp", "/families/{family}/"),
    Kind("family-names", "crp", "/families/{family}/", press="form[action$='/names/'] button"),
    Kind("family-leader", "vo_leader", "/families/{family}/"),
    Kind("at-risk-register", "block_officer", "/families/register/?place={village}", is_paper=True),
    Kind("measures", "block_officer", "/families/measures/?place={block}"),
    Kind("registers", "block_officer", "/registers/"),
    Kind("register-list", "block_officer", "/registers/migration/?place={village}"),
    Kind("register-line", "crp", "/registers/line/{entry}/"),
    Kind("register-correct", "crp", "/registers/line/{entry}/correct/"),
    Kind("register-print", "block_officer", "/registers/migration/print/?place={village}&language=hi", is_paper=True),
    Kind("situation", "crp", "/villages/{village}/situation/"),
    Kind("points", "crp", "/villages/{village}/points/"),
    Kind("roadmap", "vo_leader", "/villages/{village}/roadmap/"),
    Kind("roadmap-action", "vo_leader", "/villages/{village}/roadmap/{action}/"),
    Kind("roadmap-none", "neighbour", "/villages/{next_door}/roadmap/"),
    Kind("review", "block_officer", "/review/"),
    Kind("review-one", "block_officer", "/review/{wrong}/"),
    Kind("review-correct", "block_officer", "/review/{wrong}/", press="form[action$='/correct/'] button"),
    Kind("sent", "crp", "/sent/"),
    Kind("forms", "crp", "/forms/"),
    Kind("blank-register", "crp", "/forms/migration_entry/blank/?language=hi", is_paper=True),
    Kind("blank-survey", "crp", "/forms/household_survey/blank/?language=hi", is_paper=True),
    Kind("search", "crp", "/search/?q={code_of_family}"),
    Kind("search-nothing", "crp", "/search/?q=nowhere"),
    Kind("people-who-work", "administrator", "/people-who-work/"),
    Kind("worker", "administrator", "/people-who-work/{worker}/"),
    Kind("new-worker", "administrator", "/people-who-work/new/"),
    Kind("trail", "block_officer", "/trail/"),
    Kind("password", "crp", "/accounts/password/"),
    Kind("second-step", "block_officer", "/accounts/second-factor/"),
    Kind("absent", "crp", "/places/1/", expected=404),
)
VIEWS = ((PHONE, "hi", "light", "dark"), (DESK, "en", "dark", "light"))
MORE_VIEWS = ((PHONE, "te", "light", ""), (DESK, "te", "light", ""))
PHOTOGRAPHED = os.environ.get("SCREENSHOTS") == "1"


def name_of(view):
    return f"{view[0]}-{view[1]}"


@pytest.mark.parametrize("view", VIEWS + (MORE_VIEWS if PHOTOGRAPHED else ()), ids=name_of)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    width, language, theme, other_theme = view
    visitor = arrive(kind.username, language=language, width=width, theme=theme)
    answer = opened(visitor, kind, site.ids)
    wrong = rules.too_heavy(visitor, answer.body()) if not kind.is_paper else []
    wrong += rules.faults_axe_finds(visitor)
    wrong += rules.sideways(visitor) if width == PHONE and not kind.is_paper else []
    photograph(visitor, f"{kind.name}-{width}-{language}-{theme}")
    if other_theme and not kind.is_paper:
        visitor.page.evaluate("theme => { document.documentElement.dataset.theme = theme }", other_theme)
        wrong += rules.faults_axe_finds(visitor, "color-contrast")
        photograph(visitor, f"{kind.name}-{width}-{language}-{other_theme}")
    assert wrong == []


def opened(visitor, kind, ids):
    path = kind.path.format(**ids, wrong=ids["flagged"]["CONSTRAINT"][0])
    answer = visitor.open(path, kind.expected)
    if kind.press:
        with visitor.page.expect_navigation() as followed:
            visitor.page.locator(kind.press).first.click()
        answer = followed.value
    return answer


def photograph(visitor, name):
    if PHOTOGRAPHED:
        visitor.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
