"""Two records of one family are joined by the officer, read together, and split; someone who left is visited."""

import pytest

from tests.browser import rules_of_pages as rules

pytestmark = pytest.mark.browser


def test_she_joins_two_records_and_splits_them(arrive, site):
    officer = arrive("block_officer", width=360)
    pair = f"/doubles/pair/{site.ids['double']}/"
    officer.open("/doubles/")
    officer.page.locator(f"a[href='{pair}']").click()
    codes = [code.removesuffix(" stays") for code in officer.page.locator("main .two h2").all_inner_texts()]
    officer.press("Show names")
    officer.page.get_by_text("Names are shown.").wait_for()
    assert rules.faults_axe_finds(officer) == []
    officer.page.get_by_label("The same: join the two records").check()
    officer.page.locator("input[name=stays]").first.check()
    officer.press("Write it down")
    officer.page.get_by_text("Noted: Joined.").wait_for()
    stays, away = site.ask("SELECT into_household_id, household_id FROM people_merger WHERE household_id IS NOT NULL AND split_at IS NULL")
    officer.open(f"/families/{away}/")
    assert officer.page.locator("h1").inner_text() == codes[0]
    assert f"Also recorded as {codes[1]}" in officer.text()
    assert rules.faults_axe_finds(officer) == []
    officer.press("Look at both records, or split them", role="link")
    officer.press("Split: they are not the same")
    officer.page.get_by_text("Both records stand for themselves again").wait_for()
    assert site.ask("SELECT count(*) FROM people_household WHERE merged_into_id IS NOT NULL OR holds <> '{}'") == (0,)
    officer.open(f"/families/{away}/")
    assert officer.page.locator("h1").inner_text() == codes[1]
    assert str(stays) != str(away)


def test_a_worker_says_after_a_visit_that_she_is_not_back_without_javascript(arrive, site):
    crp = arrive("crp", width=360, scripts=False)
    crp.open("/")
    crp.page.locator("main a[href='/doubles/returns/']").first.click()
    crp.page.locator(f"a[href='/doubles/returns/{site.ids['return']}/']").click()
    crp.page.get_by_label("No, not at home").check()
    crp.press("Write it down")
    crp.page.get_by_text("Noted. Thank you for the visit.").wait_for()
    assert site.ask("SELECT standing FROM doubles_homecoming WHERE id = %s", site.ids["return"]) == ("NOT_BACK",)


def test_the_slash_leads_to_a_name_in_any_script_from_any_page(arrive, site):
    crp = arrive("crp")
    crp.open("/registers/")
    crp.page.keyboard.press("/")
    assert crp.page.evaluate("document.activeElement.id") == "find"
    crp.page.keyboard.type("Devi")
    crp.page.keyboard.press("Enter")
    crp.page.get_by_text("Names are shown.").wait_for()
    assert "Devi" not in crp.page.url
    assert site.ask("SELECT count(*) FROM core_trail WHERE detail::text ILIKE '%%devi%%'") == (0,)
