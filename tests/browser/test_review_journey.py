"""From a report at home to a link, across two districts and two scripts, and back; nobody sees a name before asking for it."""

import os
import subprocess
import sys
from datetime import timedelta
from urllib.request import Request, urlopen

import pytest

from tests.browser import rules_of_pages as rules
from tests.config.live import ROOT
from tests.field import phone

pytestmark = pytest.mark.browser
HERS, FATHER = "सुकुरमनी टोप्पो", "बिरसू टोप्पो"
AS_FOUND, FATHER_AS_FOUND = "Sukurmani Toppo", "Birsu Toppo"


class Village:
    """What a form asks of a village."""

    def __init__(self, code: int):
        self.lgd_code = code


def report(site) -> None:
    """Her family tells the worker of the village, whose phone sends it."""
    her = phone.adult(HERS, guardian_name=FATHER, age_years="19", age="19")
    since = str(phone.today() - timedelta(days=3))
    xml = phone.filled("missing_entry", phone.missing(Village(site.ids["village_code"]), her, happened_on=since))
    body = b'--x\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="s.xml"\r\nContent-Type: text/xml\r\n\r\n'
    body += (xml if isinstance(xml, bytes) else xml.encode()) + b"\r\n--x--\r\n"
    sent = Request(f"{site.address}/d/{site.ids['token']}/submission", body, {"Content-Type": "multipart/form-data; boundary=x"})
    with urlopen(sent) as answer:
        assert answer.status == 201
    newest = "SELECT status, faults FROM inbox_submission WHERE form_id = 'missing_entry' ORDER BY received_at DESC LIMIT 1"
    assert site.ask(newest) == ("APPLIED", [])


def search(site) -> None:
    """What the matching engine does by itself, once."""
    environment = os.environ | {"AANCHAL_DATABASE": site.conninfo.split("dbname=")[1].split()[0], "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "aanchal", "engine", "--once"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def record_found(finder) -> None:
    finder.open("/finding/found/new/")
    page = finder.page
    page.locator("select[name=kind]").select_option("RESCUED")
    page.locator("input[name=found_on]").fill(phone.today().isoformat())
    page.locator("select[name=sex]").select_option("FEMALE")
    page.locator("input[name=years]").fill("20")
    page.locator("input[name=name]").fill(AS_FOUND)
    page.locator("input[name=father]").fill(FATHER_AS_FOUND)
    page.locator("input[name=home]").fill("Kahanipur")
    finder.submit()
    page.get_by_text("The search among the missing has begun").wait_for()


def say_same(visitor, pair: str) -> None:
    visitor.open(pair)
    visitor.page.get_by_label("The same person", exact=True).check()
    visitor.page.get_by_label("Names of the parents").check()
    visitor.press("Write it down")
    visitor.page.get_by_text("Noted: The same person.").wait_for()


def test_she_is_reported_found_confirmed_by_two_and_it_is_undone(arrive, site):
    report(site)
    finder, officer = arrive("far_ahtu"), arrive("block_officer", width=360)
    record_found(finder)
    search(site)
    found = "SELECT id FROM matching_foundperson ORDER BY recorded_at DESC LIMIT 1"
    pk = site.ask(f"SELECT id FROM matching_candidate WHERE found_id = ({found}) ORDER BY probability DESC")[0]
    pair = f"/finding/{pk}/"
    for visitor in (finder, officer):
        visitor.open("/finding/")
        assert visitor.page.locator(f"a[href='{pair}']").count() == 1
        visitor.open(pair)
        assert not any(name in visitor.page.content() for name in (HERS, AS_FOUND, FATHER))
    assert rules.faults_axe_finds(officer) == []
    assert rules.sideways(officer) == []
    finder.press("Show names and words")
    finder.page.get_by_text(HERS).wait_for()
    assert AS_FOUND in finder.text()
    say_same(finder, pair)
    finder.open(pair)
    finder.page.get_by_label("The same person", exact=True).check()
    finder.page.get_by_label("Names of the parents").check()
    finder.press("Write it down")
    finder.page.get_by_text("You said so first. A second person has to look.").wait_for()
    say_same(officer, pair)
    assert "Two people agree" in officer.text()
    tasks = "SELECT count(*) FROM matching_task t JOIN matching_confirmedlink l ON l.id = t.link_id WHERE l.candidate_id = %s"
    assert site.ask(tasks, pk) == (3,)
    line = "SELECT e.details->>'missing_status' FROM registers_entry e JOIN matching_candidate c ON c.person_id = e.person_id"
    assert site.ask(f"{line} WHERE c.id = %s AND e.stands", pk) == ("TRACED",)
    officer.press("Undo: it is not the same person")
    officer.page.get_by_text("Undone. The line of the missing register is open again.").wait_for()
    assert site.ask(f"{line} WHERE c.id = %s AND e.stands", pk) == ("REPORTED_VILLAGE",)
