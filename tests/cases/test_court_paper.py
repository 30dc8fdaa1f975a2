"""A case as a PDF for a court: in the language asked for, her name only where it may be, with the log of who took it out."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases.models import Disclosure
from aanchal.core import paper
from aanchal.core.models import Trail
from tests.cases.builders import agree, open_case, someone
from tests.paper_reading import text_of, words_of

pytestmark = pytest.mark.skipif(not paper.are_here(), reason="the fonts are not here: script/setup")
NAME = "प्रियंका क्षत्रिय"
ASKED = {"recipient": "COURT", "number": "S.T. 5/2026", "language": "hi", "how": "FILE"}


@pytest.fixture
def case(staff):
    case = open_case(staff, identity=someone(NAME), pseudonym="Kaveri", firs=("112/2026",))
    agree(case, by=staff.worker)
    return case


def address(case) -> str:
    return f"/cases/{case.pk}/paper/"


def test_it_is_a_pdf_in_the_language_asked_for_without_her_name(signed_in, staff, case):
    answer = signed_in(staff.worker).post(address(case), ASKED)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="case-{case.code}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    told = words_of(answer.content)
    assert "S.T. 5/2026" in text_of(answer.content)
    assert "प्रियंका" not in told
    assert b"/Lang (hi)" in answer.content


def test_her_name_goes_along_where_she_is_known_and_it_was_asked_for(signed_in, staff, case):
    told = words_of(signed_in(staff.worker).post(address(case), ASKED | {"with_identity": "on"}).content)
    assert "प्रियंका" in told
    with acting(SYSTEM):
        assert Disclosure.objects.get().with_identity
        assert Trail.objects.filter(verb="cases.case.taken_out", about_id=str(case.pk)).count() == 1


def test_the_case_shows_the_log_and_the_paper_itself_holds_it(signed_in, staff, case):
    client = signed_in(staff.worker)
    client.post(address(case), ASKED | {"number": "प्रथम"})
    second = client.post(address(case), ASKED | {"number": "द्वितीय"}).content
    assert {"प्रथम", "द्वितीय"} <= {*words_of(second)}
    assert "प्रथम" in client.get(f"/cases/{case.pk}/").content.decode()


def test_a_language_that_is_none_of_ours_is_refused_and_nothing_is_noted(signed_in, staff, case):
    answer = signed_in(staff.worker).post(address(case), ASKED | {"language": "xx"})
    assert answer.status_code == 422
    with acting(SYSTEM):
        assert not Disclosure.objects.exists()


def test_her_name_in_the_script_she_writes_it_is_drawn(signed_in, staff):
    case = open_case(staff, identity=someone("সুনীতা মুর্মু"))
    told = signed_in(staff.worker).post(address(case), ASKED | {"with_identity": "on"}).content
    assert {"সুনীতা", "মুর্মু"} <= {*words_of(told)}
    assert "stand as boxes" not in text_of(told)


def test_letters_that_cannot_be_drawn_are_told(signed_in, staff, case):
    client, asked = signed_in(staff.worker), ASKED | {"language": "en"}
    assert "stand as boxes" not in text_of(client.post(address(case), asked).content)
    assert "stand as boxes" in text_of(client.post(address(case), asked | {"number": "ꯃꯅꯤꯄꯨꯔ"}).content)


def test_a_stranger_finds_nothing(signed_in, staff, case):
    for user in (staff.far, staff.second):
        assert signed_in(user).post(address(case), ASKED).status_code == 404
    with acting(SYSTEM):
        assert not Disclosure.objects.exists()
