"""The gates open one by one, she learns, is counselled, sees her own record; a girl's return waits for the CWC."""

import pytest

from tests.browser import rules_of_pages as rules
from tests.browser.pages import Kind, in_each_view, wrong_on
from tests.browser.test_keeping_touch import fill

pytestmark = pytest.mark.browser
CASE = "/rehabilitation/case/{led}/"
KINDS = (
    Kind("rehabilitation", "case_worker", "/rehabilitation/"),
    Kind("rehabilitation-due", "case_worker", "/rehabilitation/due/"),
    Kind("gates", "case_worker", CASE),
    Kind("written", "case_worker", CASE, press="form[action$='/notes/'] button"),
    Kind("learning", "case_worker", CASE + "learning/"),
    Kind("learning-girl", "case_worker", "/rehabilitation/case/{girl}/learning/"),
    Kind("course", "case_worker", "/rehabilitation/course/{course}/"),
    Kind("sessions", "counsellor", CASE + "sessions/"),
    Kind("session", "counsellor", "/rehabilitation/session/{session}/"),
    Kind("return", "case_worker", CASE + "return/"),
    Kind("return-girl", "case_worker", "/rehabilitation/case/{girl}/return/"),
    Kind("leading", "case_worker", CASE + "leading/"),
    Kind("own-record", "case_worker", CASE + "own/"),
    Kind("repatriation", "case_worker", "/rehabilitation/case/{foreign}/repatriation/"),
    Kind("counsellors", "counselling_supervisor", "/counsellors/"),
    Kind("counsellor-new", "counselling_supervisor", "/counsellors/new/"),
    Kind("counsellor", "counselling_supervisor", "/counsellors/{counsellor}/"),
    Kind("supervised", "counselling_supervisor", "/counsellors/sessions/"),
    Kind("supervised-session", "counselling_supervisor", "/counsellors/session/{session}/", press="form[action$='/read/'] button"),
    Kind("organisations", "block_officer", "/organisations/"),
    Kind("organisation-assess", "block_officer", "/organisations/assess/"),
    Kind("resource-people", "case_worker", "/resource-people/"),
    Kind("resource-person", "case_worker", "/resource-people/{resource_person}/"),
    Kind("resource-person-new", "block_officer", "/resource-people/new/"),
    Kind("home-counsellor", "counsellor", "/"),
)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []


def test_from_the_gates_to_her_own_record(arrive, site):
    today, girl = site.ask("SELECT aanchal_today()::text")[0], site.ids["girl"]
    worker = arrive("case_worker", width=360)
    worker.open(f"/rehabilitation/case/{girl}/")
    worker.press("Begin rehabilitation")
    worker.page.get_by_text("Rehabilitation cannot begin yet").wait_for()
    for gate in ("RESCUED", "MEDICAL", "PSYCHOLOGICAL", "HER_WORD"):
        fill(worker, {"gate": gate, "answer": "open", "on": today})
        worker.press("Write it down")
        worker.page.get_by_text("Written down, with your name and the day.").wait_for()
    counsellor = arrive("counsellor")
    counsellor.open(f"/rehabilitation/case/{girl}/")
    fill(counsellor, {"gate": "COUNSELLOR", "answer": "open", "on": today})
    counsellor.press("Write it down")
    counsellor.page.get_by_text("Written down, with your name and the day.").wait_for()
    counsellor.open(f"/rehabilitation/case/{girl}/sessions/")
    fill(counsellor, {"kind": "ALONE", "on": today, "minutes": "40", "notes": "Only for two"})
    counsellor.press("Write it down")
    counsellor.page.get_by_text("The notes are read by you and your supervisor only.").wait_for()
    worker.open(f"/rehabilitation/case/{girl}/")
    worker.press("Begin rehabilitation")
    worker.page.get_by_text("Rehabilitation begins.").wait_for()
    assert rules.faults_axe_finds(worker) == []
    worker.open(f"/rehabilitation/case/{girl}/learning/")
    worker.page.get_by_text("Enrol her").click()
    fill(worker, {"kind": "SKILLING", "trade": "welding", "on": today})
    worker.press("Enrol")
    worker.page.get_by_text("She is under 18 today").wait_for()
    assert [said for said in worker.complaints if "422" not in said] == []
    worker.complaints.clear()  # Chromium names the refusal itself
    worker.open(f"/rehabilitation/case/{girl}/own/")
    fill(worker, {"pin": "480271"})
    worker.press("Save")
    worker.page.get_by_text("Her PIN is set").wait_for()
    fill(worker, {"pin": "480271"})
    worker.press("Open")
    worker.page.get_by_role("heading", name="What is kept").wait_for()
    said = worker.text()
    assert "Only for two" not in said
    assert "With her alone" in said
