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


def send(visitor, what, **told):
    """The form of a page that says `what`, opened when it is folded, filled and sent."""
    form = visitor.page.locator("form", has=visitor.page.locator(f"[name=what][value='{what}']")).first
    if (fold := visitor.page.locator("details:not([open])", has=form)).count():
        fold.locator("summary").first.click()
    for name, value in told.items():
        field = form.locator(f"[name={name}]")
        if field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        elif field.first.get_attribute("type") == "checkbox":
            form.locator(f"[name={name}][value='{value}']").check()
        else:
            field.fill(value)
    with visitor.page.expect_navigation():
        form.locator("button[type=submit]").click()


def test_units_are_sanctioned_notified_and_certified_and_the_meetings_point_is_answered(arrive, site):
    page = f"/nodal/units/{site.ids['state']}/"
    order = {"year": "2025", "stream": "NIRBHAYA", "units": "7", "on": "2025-07-01"}
    cell = arrive("analyst")
    cell.open(page)
    send(cell, "sanction", **order, order_no="NC/17", tier="DESK")
    send(cell, "release", **order, order_no="NC/18", amount_paise="70000")
    assert "₹70,000" in cell.text()
    mis = arrive("state_mis", width=PHONE)
    mis.open(page)
    send(mis, "unit", tier="DESK", stream="NIRBHAYA", place=str(site.ids["district"]), name="Women Help Desk, the bus stand")
    mis.page.get_by_role("link", name="Women Help Desk, the bus stand").click()
    mis.page.locator("[name=order_no]").fill("G.O. 99")
    mis.page.locator("[name=notified_on]").fill("2025-08-01")
    with mis.page.expect_navigation():
        mis.page.locator("main form button[type=submit]").last.click()
    assert "Notified, not functional" in mis.text()
    release = f"/nodal/units/releases/{site.ask('SELECT id FROM nodal_release WHERE order_no = %s', 'NC/18')[0]}/"
    mis.open(release)
    mis.refused.add(site.address + release)
    send(mis, "use", number="UC/NC/18", amount_paise="70000.01", until_on="2025-12-31")
    assert "More than is left" in mis.text()
    send(mis, "use", number="UC/NC/18", amount_paise="50000", until_on="2025-12-31")
    assert "another person decides" in mis.text()
    photograph(mis, "journey-scheme-certificate-360")
    second = arrive("second_analyst")
    second.open(release)
    send(second, "decide", to="ACCEPTED")
    cell.open("/nodal/units/")
    name = site.ask("SELECT name FROM places_place WHERE id = %s", site.ids["state"])[0]
    row = cell.page.locator("tr", has=cell.page.get_by_role("link", name=name, exact=True)).inner_text()
    assert row.split("\t")[1:] == ["12", "3", "1", "₹38,60,000", "₹15,66,000", "₹22,94,000"]
    photograph(cell, "journey-scheme-table-1280")
    officer = arrive("nodal_officer", width=PHONE)
    officer.open("/nodal/meetings/")
    officer.open(f"/nodal/meetings/points/{site.ids['nodal_point']}/")
    send(officer, "answer", words="Notified by G.O. 99; the inspector of the bus stand heads it.")
    assert "Answered" in officer.text()
    photograph(officer, "journey-meeting-answer-360")
    cell.open(f"/nodal/meetings/{site.ids['nodal_meeting']}/")
    assert "Answered" in cell.text()
    arrive("crp").open(f"/nodal/meetings/{site.ids['nodal_meeting']}/", expected=404)
