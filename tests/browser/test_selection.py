"""Where to work: an expert reads the ranking, moves a weight, keeps a scenario, mends a choice and submits it; another person approves."""

import pytest

from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def expert(arrive):
    return arrive("state_expert")


def first_place(visitor) -> str:
    return visitor.page.locator("#ranks tbody th a").first.inner_text()


def test_a_slider_orders_the_places_at_once_and_a_scenario_is_kept(expert, site):
    expert.open(f"/selection/{site.ids['run']}/")
    before = [expert.page.locator("#ranks tbody th a").nth(n).inner_text() for n in range(12)]
    for n in range(5):
        with expert.page.expect_response("**/figures/") if n == 0 else _nothing():
            expert.page.locator(f"#w_{n}").fill("100" if n == 2 else "0")
    expert.page.wait_for_function("document.querySelector('#live').hidden === false")
    after = [expert.page.locator("#ranks tbody th a").nth(n).inner_text() for n in range(12)]
    assert sorted(after) == sorted(before)
    assert after != before
    with expert.page.expect_navigation():
        expert.press("Work out ranks and intervals")
    assert [expert.page.locator("#ranks tbody th a").nth(n).inner_text() for n in range(12)] == after
    expert.page.locator("input[name=title]").fill("One figure alone")
    with expert.page.expect_navigation():
        expert.press("Keep as a scenario")
    assert "A scenario of" in expert.text()


def test_the_same_order_comes_without_javascript(arrive, site):
    plain = arrive("state_expert", scripts=False)
    plain.open(f"/selection/{site.ids['run']}/?w_0=0&w_1=0&w_2=100&w_3=0&w_4=0")
    quick = arrive("state_expert")
    quick.open(f"/selection/{site.ids['run']}/?w_0=0&w_1=0&w_2=100&w_3=0&w_4=0")
    assert first_place(plain) == first_place(quick)
    assert "Shown by other weights" in plain.text()


def test_a_choice_against_the_framework_is_mended_submitted_and_waits_for_another(arrive, site):
    expert = arrive("state_expert", width=PHONE)
    expert.open(f"/selection/{site.ids['draft']}/")
    assert "Not possible" in expert.text()
    with expert.page.expect_navigation():
        expert.page.locator("#choice li").nth(1).get_by_role("link").click()
    with expert.page.expect_navigation():
        expert.press("Take it out")
    with expert.page.expect_navigation():
        expert.press("Submit for approval")
    assert "Another person has to decide" in expert.text()
    analyst = arrive("analyst")
    analyst.open(f"/selection/{site.ids['draft']}/")
    analyst.page.get_by_label("Return", exact=True).check()
    analyst.page.locator("#id_note").fill("Choose one more block.")
    with analyst.page.expect_navigation():
        analyst.press("Decide")
    assert "Returned by Demo analyst" in analyst.text()


def _nothing():
    from contextlib import nullcontext

    return nullcontext()
