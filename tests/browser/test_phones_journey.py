"""A Gender CRP enrols her phone, and ends it when it is lost."""

import pytest

from tests.browser import rules_of_pages as rules

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1280, True)])
def test_she_enrols_a_phone_and_ends_it(arrive, site, width, scripts):
    worker = arrive("crp", width=width, scripts=scripts)
    worker.open("/phones/")
    worker.page.locator("input#id_label").fill(f"phone {width}")
    worker.press("Show the square")
    square = worker.page.locator("svg.qr").first
    square.wait_for()
    assert square.bounding_box()["width"] >= 250
    assert "shown now and never again" in worker.text()
    assert not scripts or rules.faults_axe_finds(worker) == []
    worker.press("It is scanned", role="link")
    assert f"phone {width}" in worker.text()
    worker.page.locator("li", has_text=f"phone {width}").get_by_role("button", name="Revoke").click()
    worker.page.get_by_text("The phone sends no more. What it sent stays.").wait_for()
    assert site.ask(f"SELECT revoked_at IS NOT NULL FROM access_device WHERE label = 'phone {width}'")[0]
