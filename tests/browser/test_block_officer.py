"""The block officer at a desk: what waits, what she decides, what she takes out."""

import pytest
from openpyxl import load_workbook

from tests.browser.rules_of_pages import A4_LANDSCAPE, paper_sizes

pytestmark = pytest.mark.browser


@pytest.fixture
def officer(arrive):
    return arrive("block_officer")


def status(site, submission):
    return site.ask("SELECT status FROM inbox_submission WHERE id = %s", submission)[0]


def test_it_signs_in_with_a_code(arrive, site):
    officer = arrive()
    officer.open("/accounts/login/")
    officer.give_password("second_officer", site.accounts["second_officer"]["password"])
    officer.open("/")
    assert "/accounts/" in officer.page.url
    officer.page.locator("input[name=code]").fill(site.code("second_officer"))
    officer.submit()
    assert "Waiting for your review" in officer.text()


def test_it_corrects_a_form_and_finds_it_in_the_registers(officer, site):
    submission = site.ids["flagged"]["REQUIRED"][0]
    officer.open("/review/?kind=REQUIRED")
    officer.page.locator(f"a[href='/review/{submission}/']").click()
    officer.press("Correct")
    officer.page.locator("input[name='/data/hh/head_name']").fill("Kamla Devi")
    officer.press("Save the correction")
    officer.page.get_by_text("Corrected. The new version stands in the registers; the first is kept as it came.").wait_for()
    assert status(site, submission) == "CORRECTED"
    assert site.ask("SELECT status FROM inbox_submission WHERE corrects_id = %s", submission)[0] == "APPLIED"


def test_it_returns_the_family_that_is_recorded_already(officer, site):
    submission = site.ids["flagged"]["POSSIBLE_DOUBLE"][0]
    officer.open("/review/?kind=POSSIBLE_DOUBLE")
    officer.page.locator(f"a[href='/review/{submission}/']").click()
    assert "Already recorded" in officer.text()
    officer.page.get_by_label("This family is already recorded: it is the same family.").check()
    officer.press("Return")
    officer.page.get_by_text("Returned. The worker sees it first on her list, with your reason.").wait_for()
    assert status(site, submission) == "RETURNED"
    assert officer.page.locator(f"a[href='/review/{submission}/']").count() == 0


def test_it_takes_out_a_register_line_by_line(officer, site, tmp_path):
    officer.open(f"/registers/marriage/?place={site.ids['village']}")
    lines = officer.page.locator("table.rows tbody tr").count()
    officer.page.locator("summary", has_text="Print, or take out as a file").click()
    with officer.page.expect_download() as taken:
        officer.press("Excel, without names", role="link")
    file = tmp_path / "marriage.xlsx"
    taken.value.save_as(file)
    codes = [row[0] for row in load_workbook(file).active.iter_rows(values_only=True)]
    shown = officer.page.locator("table.rows tbody th").all_inner_texts()
    assert lines > 0
    assert [one for one in codes if one in shown] == shown


def test_it_prints_a_register_on_landscape_paper_in_hindi(officer, site):
    officer.open(f"/registers/migration/print/?place={site.ids['village']}&language=hi")
    assert officer.page.locator("html").get_attribute("lang") == "hi"
    assert paper_sizes(officer.page.pdf(prefer_css_page_size=True)) == {A4_LANDSCAPE}


def test_it_reads_on_the_trail_who_read_names(officer, arrive, site):
    crp = arrive("crp")
    crp.open(f"/families/{site.ids['family']}/")
    crp.press("Show names")
    crp.page.locator("main li > b > bdi").first.wait_for()
    officer.open("/trail/?only=readings&who=crp")
    assert officer.page.locator("table.rows tbody tr").count() > 0
