"""A State's return from draft to lock and amendment: put right, explained, approved by another, accepted by the Nodal Cell."""


import pytest

from tests.browser.pages import photograph
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser


def step(visitor, page, name):
    visitor.open(page)
    with visitor.page.expect_navigation():
        visitor.page.locator(f"button[value={name}]").click()


def write(visitor, page, **told):
    visitor.open(f"{page}fill/")
    for head, n in told.items():
        visitor.page.locator(f"[name={head}]").fill(n)
    with visitor.page.expect_navigation():
        visitor.page.locator("form.stack button[type=submit]").click()


def test_a_return_is_put_right_explained_approved_locked_and_amended(arrive, site):
    page = f"/nodal/returns/{site.ids['state_return']}/"
    mis = arrive("state_mis", width=PHONE)
    mis.open(f"{page}fill/")
    photograph(mis, "journey-return-fill-360")
    total = mis.page.locator("[name=missing_total]").input_value()
    mis.refused.add(f"{site.address}{page}fill/")
    write(mis, page, missing_total="twelve")
    assert "Letters where a number belongs." in mis.text()
    write(mis, page, missing_total=str(int(total) + 1))
    assert "add up to" in mis.text()
    write(mis, page, missing_total=total)
    for _each in range(9):
        still = mis.page.locator("li", has=mis.page.locator(".pill.warn")).locator("form[action$='/explain/']").first
        if not still.count():
            break
        still.locator("[name=words]").fill("Two FIRs were registered on the first of the month")
        with mis.page.expect_navigation():
            still.locator("button").click()
    step(mis, page, "SUBMIT")
    assert "Waits for the state's second person" in mis.text()
    officer = arrive("nodal_officer")
    step(officer, page, "APPROVE")
    cell = arrive("analyst")
    step(cell, page, "ACCEPT")
    step(cell, page, "LOCK")
    assert "Locked" in cell.text()
    photograph(cell, "journey-return-locked-1280")
    mis.open(page)
    mis.page.get_by_text("Amend this return").click()
    mis.page.locator("[name=reason]").fill("Two FIRs came after all")
    with mis.page.expect_navigation():
        mis.press("Begin the amendment")
    amendment = mis.page.url.removeprefix(site.address)
    write(mis, amendment, missing_fir=total)
    assert "What the amendment changes" in mis.text()
    assert mis.page.locator("ins").inner_text() == total
    photograph(mis, "journey-amendment-360")
    neighbour = arrive("crp")
    neighbour.open(page, expected=404)
