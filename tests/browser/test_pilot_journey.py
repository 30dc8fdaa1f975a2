"""Running the pilot: a bill within its head and a certificate of its use; a task force's action; a cascade and a certificate checked."""

from datetime import date, timedelta

import pytest

from tests.browser.pages import photograph

pytestmark = pytest.mark.browser


def fill(form, **told):
    for name, value in told.items():
        field = form.locator(f"[name='{name}']")
        field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)


def send(visitor, form):
    with visitor.page.expect_navigation():
        form.locator("button[type=submit]").first.click()


def test_money_from_a_refused_commitment_to_a_signed_certificate(arrive, site):
    budget, today = f"/money/{site.ids['budget']}/", date.today().isoformat()
    finance = arrive("finance_officer")
    finance.open(f"{budget}commitments/")
    finance.refused.add(f"{site.address}{budget}commitments/")
    form = finance.page.locator("form", has=finance.page.locator("[name=purpose]"))
    fill(form, head="DOCUMENTATION", purpose="A film", number="Order 90", amount_paise="90000", on=today)
    send(finance, form)
    assert "Propose a re-appropriation" in finance.text()
    form.locator("[name=amount_paise]").fill("30000")
    send(finance, form)
    form = finance.page.locator("form", has=finance.page.locator("[name='spend-number']"))
    fill(form, **{"spend-amount_paise": "12000", "spend-number": "V-900", "spend-on": today})
    send(finance, form)
    assert "₹18,000 left" in finance.text()
    director = arrive("mission_director")
    director.open(f"/money/certificates/{site.ids['uc']}/")
    with director.page.expect_navigation():
        director.press("Sign and lock the period")
    assert "Signed and locked" in director.text()
    photograph(director, "journey-certificates-1280")


def test_a_task_force_meets_decides_and_closes_its_action(arrive, site):
    officer = arrive("programme_officer")
    officer.open(f"/activities/task-forces/{site.ids['task_force']}/")
    officer.page.get_by_text("Call a meeting").click()
    form = officer.page.locator("form", has=officer.page.locator("[name=agenda]"))
    fill(form, title="A meeting of today", on=date.today().isoformat(), starts_at="11:00", venue="Collectorate", agenda="Boards")
    send(officer, form)
    meeting = officer.page.url
    form = officer.page.locator("form", has=officer.page.locator("input[value=held]"))
    form.locator("input[name=present]").first.check()
    send(officer, form)
    form = officer.page.locator("form", has=officer.page.locator("input[value=point]"))
    due = (date.today() + timedelta(days=9)).isoformat()
    fill(form, decision="Boards in the bazaar", office="Superintendent of Police", due_on=due)
    send(officer, form)
    officer.page.get_by_role("link", name="Boards in the bazaar").click()
    form = officer.page.locator("form", has=officer.page.locator("[name=evidence]"))
    fill(form, to="DONE", evidence="Photos in the file")
    send(officer, form)
    assert "Boards in the bazaar" not in officer.text()
    officer.page.goto(meeting)
    assert "Done" in officer.text()
    photograph(officer, "journey-meeting-1280")


def test_a_cascade_runs_from_the_door_to_a_certificate_that_anyone_checks(arrive, site):
    officer, today = arrive("programme_officer"), date.today().isoformat()
    officer.open("/activities/trainings/")
    officer.page.get_by_text("Plan a training").click()
    form = officer.page.locator("form", has=officer.page.locator("[name=starts_on]"))
    told = {"title": "Second batch", "audience": "CRP", "starts_on": today, "ends_on": today, "venue": "Block hall"}
    fill(form, place=str(site.ids["district"]), **told)
    send(officer, form)
    training = officer.page.url
    she = {"name": "Asha Toppo", "post": "Gender CRP 90", "office_no": "CRP-90"}
    for prefix, who in (("trainer", {"name": "Phulmani Kumari", "post": "Gender CRP 1"}), ("attendee", she)):
        form = officer.page.locator("form", has=officer.page.locator(f"[name='{prefix}-name']"))
        fill(form, **{f"{prefix}-{key}": value for key, value in who.items()})
        send(officer, form)
    officer.page.get_by_role("link", name="Sign in at the door").click()
    photograph(officer, "journey-door-1280")
    visitor = arrive("")
    visitor.page.goto(officer.page.locator(".code-long").inner_text())
    visitor.page.locator("input[name=code]").fill("crp-90")
    visitor.submit()
    assert "You are signed in for today" in visitor.text()
    assert "Asha" not in visitor.text()
    officer.page.goto(training)
    form = officer.page.locator("form", has=officer.page.locator("input[value=held]"))
    for when, mark in (("before", "40"), ("after", "85")):
        form.locator(f"input[name^='{when}-']").fill(mark)
    send(officer, form)
    with officer.page.expect_navigation():
        officer.press("Certify who passed")
    number = officer.page.locator("table a.code").inner_text()
    visitor.open("/certificate/")
    visitor.page.locator("input[name=number]").fill(number)
    visitor.submit()
    assert "Valid" in visitor.text()
    assert "A. T." in visitor.text()
    assert "Asha" not in visitor.text()
    photograph(visitor, "journey-certificate-checked-1280")
    neighbour = arrive("crp")
    for address in (f"/money/{site.ids['budget']}/", f"/activities/meetings/{site.ids['meeting']}/", f"/pilots/{site.ids['pilot']}/"):
        neighbour.open(address, expected=404)
