"""A worker refers a child with consent, the CWC answers, the consent is taken back; a supervisor closes what another asked."""

import pytest

pytestmark = pytest.mark.browser


def test_it_goes_from_referral_to_withdrawal_each_seeing_what_the_task_needs(arrive, site):
    case, referral = site.ids["child_case"], site.ids["referral"]
    cwc = arrive("cwc_member", width=360)
    cwc.open(f"/cases/{case}/", 404)
    cwc.open("/")
    cwc.page.locator("main a[href='/cases/referrals/']").first.click()
    cwc.page.locator(f"a[href='/cases/referrals/{referral}/']").click()
    cwc.press("Accept")
    cwc.page.get_by_text("Answered.").wait_for()
    assert cwc.page.url.endswith(f"/cases/{case}/")
    assert "Show her name" not in cwc.text()
    worker = arrive("case_worker")
    worker.open(f"/cases/{case}/")
    worker.press("Show her name")
    worker.page.get_by_text("Her name is shown.").wait_for()
    worker.page.locator("li", has_text="To refer her").get_by_role("button", name="She takes it back").click()
    worker.page.get_by_text("What was shared with it is shut.").wait_for()
    cwc.open(f"/cases/{case}/", 404)
    assert site.ask("SELECT state FROM cases_referral WHERE id = %s", referral) == ("WITHDRAWN",)


def test_a_supervisor_closes_what_a_worker_asked_without_javascript(arrive, site):
    case = site.ids["closing_case"]
    supervisor = arrive("case_supervisor", width=360, scripts=False)
    supervisor.open(f"/cases/{case}/")
    supervisor.press("Approve")
    supervisor.page.get_by_text("Decided.").wait_for()
    assert site.ask("SELECT state, outcome FROM cases_case WHERE id = %s", case) == ("CLOSED", "FAMILY")
    supervisor.open("/cases/emergency/reviews/")
    supervisor.press("It was right")
    supervisor.page.get_by_text("Reviewed.").wait_for()
    assert site.ask("SELECT count(*) FROM core_trail WHERE verb = 'cases.emergency.reviewed'") == (1,)
