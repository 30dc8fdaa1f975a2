"""An officer of the state uploads a form, reads what is wrong with it, mends it, looks at it, tests it, puts it in use, retires it."""

import pytest

from tests.browser import rules_of_pages as rules
from tests.field import workbooks

pytestmark = pytest.mark.browser
TRAP = {"type": "calculate", "name": "young", "calculation": "count(${animal}[${age} < 2])"}


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1280, True)])
def test_a_form_from_the_workbook_to_its_end(arrive, site, tmp_path, width, scripts):
    form_id = f"journey_{width}"
    officer = arrive("state_mis", width=width, scripts=scripts)
    upload(officer, tmp_path, workbooks.census(form_id, "1", TRAP))
    assert "To mend before it can be tested or used" in officer.text()
    assert "${age}" in officer.text()
    assert officer.page.get_by_role("button", name="Put in use").count() == 0
    upload(officer, tmp_path, workbooks.census(form_id))
    assert "No problem was found." in officer.text()
    assert not scripts or rules.faults_axe_finds(officer) == []
    look(officer)
    officer.press("Test on a phone")
    officer.page.locator("svg.qr").wait_for()
    officer.press("It is scanned", role="link")
    officer.press("Put in use")
    officer.page.get_by_text("see it in their list of forms").first.wait_for()
    assert site.ask("SELECT count(*) FROM field_publishedform WHERE form_id = %s AND NOT is_test AND retired_at IS NULL", form_id)[0] == 1
    officer.page.get_by_label("Yes, take it off every phone of the state").check()
    officer.press("Retire")
    officer.page.get_by_text("No phone lists it any more; what is still sent with it is accepted.").wait_for()
    assert site.ask("SELECT count(*) FROM field_publishedform WHERE form_id = %s AND retired_at IS NULL", form_id)[0] == 0


def upload(officer, folder, content: bytes) -> None:
    book = folder / "census.xlsx"
    book.write_bytes(content)
    officer.open("/forms/own/")
    officer.page.locator("input[type=file]").set_input_files(book)
    officer.press("Upload and check")
    officer.page.get_by_role("heading", name="What was found").wait_for()


def look(officer) -> None:
    officer.press("Preview", role="link")
    officer.page.get_by_text("“How many cattle?” is more than 0").wait_for()
    officer.press("हिन्दी (hi)", role="link")
    officer.page.locator(".chip[aria-current]", has_text="हिन्दी").wait_for()
    officer.page.go_back()
    officer.page.go_back()


def test_what_is_no_form_is_told_beside_the_field(arrive, tmp_path):
    officer = arrive("state_mis", width=360, scripts=False)
    picture = tmp_path / "form.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    officer.open("/forms/own/")
    officer.refused.add(officer.page.url)
    officer.page.locator("input[type=file]").set_input_files(picture)
    officer.press("Upload and check")
    assert "This is not a workbook" in officer.text()


def test_the_block_officer_reads_what_her_block_sent(arrive):
    officer = arrive("block_officer", width=1280)
    officer.open("/forms/")
    officer.page.get_by_role("link", name="What was sent with it").first.click()
    assert "forms were sent from your places" in officer.text()
    assert "Sunita" not in officer.text()
    officer.press("Show the answers")
    officer.page.get_by_text("Names may be shown.").wait_for()
    assert "Sunita" in officer.text()
