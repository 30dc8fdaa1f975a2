"""The officer decides between what two workers heard of one family, and takes it back."""

import pytest

from tests.browser import rules_of_pages as rules

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "language", "scripts"), [(1280, "en", True), (360, "en", False)])
def test_she_decides_and_takes_it_back(arrive, site, width, language, scripts):
    officer = arrive("block_officer", width=width, language=language, scripts=scripts)
    officer.open("/review/")
    officer.page.locator("a[href='/review/conflicts/']").first.click()
    officer.press("Months without enough food", role="link")
    conflict = site.ids["conflict"]["food_short_months"]
    assert officer.page.url.endswith(f"/review/conflicts/{conflict}/")
    assert "What stands" in officer.text()
    assert not scripts or rules.faults_axe_finds(officer) == []
    officer.page.get_by_label("Take the other answer").check()
    officer.page.locator("input[name=note]").fill("I asked the family again.")
    officer.press("Decide")
    officer.page.get_by_text("Decided. It holds from now on").wait_for()
    assert site.ask("SELECT state, choice FROM people_conflict WHERE id = %s", conflict) == ("SETTLED", "OTHER")
    officer.press("Take the decision back")
    officer.page.get_by_text("Taken back. What stood before stands again").wait_for()
    assert site.ask("SELECT state, choice FROM people_conflict WHERE id = %s", conflict) == ("OPEN", "")


def test_what_was_told_in_private_is_shown_only_when_she_asks(arrive, site):
    officer = arrive("block_officer")
    officer.open(f"/review/conflicts/{site.ids['conflict']['threatened']}/")
    assert "answered, hidden" in officer.text()
    officer.press("Show the two answers")
    officer.page.get_by_role("heading", name="The family is threatened").wait_for()
    assert site.ask("SELECT count(*) FROM core_trail WHERE verb = 'people.conflict.opened'")[0] >= 1
