"""The block officer asks what a change would do, and looks into what her workers' surveys say."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def officer(arrive):
    return arrive("block_officer")


def test_she_lowers_the_line_and_sees_who_would_come_on_the_list(officer, site):
    officer.open(f"/families/what-if/?place={site.ids['block']}")
    assert "0 families would come on the list." in officer.text()
    officer.page.locator("input[name='from.AT_RISK']").fill("16")
    officer.press("See what moves")
    officer.page.get_by_text("Show which families: that you read it is noted").click()
    officer.page.locator("table.rows tbody tr").first.wait_for()
    assert "comes on it" in officer.text()
    before = site.ask("SELECT count(*) FROM core_trail WHERE verb = 'risk.what_if.opened'")
    assert before[0] >= 1


def test_she_supposes_help_without_any_script(arrive, site):
    officer = arrive("block_officer", scripts=False, width=360)
    officer.open(f"/families/what-if/?place={site.ids['block']}")
    officer.page.locator("input[name='reach.ration_card']").fill("80")
    officer.press("See what moves")
    assert "Does the list find who it should?" in officer.text()
    assert officer.page.locator("input[name='reach.ration_card']").input_value() == "80"


def test_she_notes_what_she_learned_about_short_visits(officer, site):
    officer.open(f"/quality/?place={site.ids['block']}")
    officer.press("Very short visits", role="link")
    assert "The forms it rests on" in officer.text()
    officer.page.locator("textarea[name=note]").fill("Filled in from paper after the flood.")
    officer.press("Note it as looked at")
    officer.page.get_by_text("Noted. It comes back when she has sent more since.").wait_for()
    assert site.ask("SELECT note FROM field_look")[0] == "Filled in from paper after the flood."
