"""A case as a PDF for a court: in the language asked for, her name only where it may be, with the log of who took it out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.cases import assigning, referring
from aanchal.cases.models import Disclosure, SealedLink
from aanchal.cases.referring import ReferralDetails
from aanchal.core import paper
from aanchal.core.models import Trail
from aanchal.rescue import clocks, prosecuting, sops, staffing
from tests.cases.builders import agree, open_case, someone
from tests.factories import PASSWORD
from tests.paper_reading import text_of, words_of
from tests.rescue import builders as rescue

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
    assert "stand as boxes" in text_of(client.post(address(case), asked | {"number": "བོད་ཡིག"}).content)


def test_a_stranger_finds_nothing(signed_in, staff, case):
    for user in (staff.far, staff.second):
        assert signed_in(user).post(address(case), ASKED).status_code == 404
    with acting(SYSTEM):
        assert not Disclosure.objects.exists()


@pytest.fixture
def freed(staff):
    """A case opened by the officer who freed her, with the FIR of the operation, its charge sheet and a hearing; a case worker joined."""
    now, by = timezone.now(), staff.officer
    on = day_in_india(now)
    with acting(SYSTEM):
        sops.load(by=SYSTEM)
        clocks.load(by=SYSTEM)
        unit = staffing.open_unit(
            place=staff.place, told={"name": "A unit", "tier": "DISTRICT", "fund": "STATE", "posts": 1}, on=on, at=now, by=SYSTEM
        )
    with acting(by):
        operation = rescue.start(rescue.make_operation(rescue.make_lead(unit, by=by, at=now), by=by, at=now, on=on), at=now, by=by)
        her = rescue.rescue(operation, by=by, at=now, years=24, age_basis="DOCUMENTED")
        fir = rescue.make_fir(unit, by=by, operation=operation, on=on, at=now, sections=("BNS 143(4)", "ITPA 5"))
        rescue.make_accused(by=by, fir=fir, on=on, at=now)
        fir = prosecuting.go_on(
            fir=fir, stage="CHARGE_SHEETED", on=on, number="CS 7", court="Sessions Court", court_number="S.T. 5/2026", at=now, by=by
        )
        prosecuting.set_hearing(fir=fir, on=on + timedelta(days=9), purpose="CHARGES", at=now, by=by)
    case = open_case(staff, by=by, rescued=her)
    with acting(by):
        assigning.assign(case=case, user=staff.worker, capacity="WORKER", why="care", at=timezone.now(), by=by)
    return case, fir


def test_the_fir_its_sections_and_hearings_stand_on_the_paper_of_who_may_read_the_rescue(signed_in, staff, freed):
    case, fir = freed
    answer = signed_in(staff.officer).post(address(case), ASKED | {"language": "en"})
    told = text_of(answer.content)
    for words in ("FIR 112/", "Kotwali", "BNS 143(4)", "ITPA 5", "CS 7", "Sessions Court", "S.T. 5/2026", "Framing of charges"):
        assert words in told, words
    assert rescue.ACCUSED not in told
    with acting(SYSTEM):
        assert Disclosure.objects.get().with_firs
        assert Trail.objects.get(verb="cases.case.taken_out").detail["firs"] == 1
        assert Trail.objects.filter(verb="rescue.fir.taken_out", about_id=str(fir.pk)).count() == 1


def test_who_may_not_read_the_rescue_is_told_which_register_holds_it(signed_in, staff, freed, case):
    client, asked = signed_in(staff.worker), ASKED | {"language": "en"}
    told = " ".join(text_of(client.post(address(freed[0]), asked).content).split())
    assert "stand in the register of the Anti Human Trafficking Unit" in told
    assert "Kotwali" not in told
    assert "kept here only as a mark" in " ".join(text_of(client.post(address(case), asked).content).split())
    page = client.post(address(freed[0]), asked | {"how": "PAGE"}).content.decode()
    assert "stand in the register of the Anti Human Trafficking Unit" in page
    with acting(SYSTEM):
        assert not Disclosure.objects.filter(with_firs=True).exists()
        assert not Trail.objects.filter(verb="rescue.fir.taken_out").exists()


def test_the_page_to_print_and_the_log_of_the_case_tell_of_the_fir_too(signed_in, staff, freed):
    client = signed_in(staff.officer)
    page = client.post(address(freed[0]), ASKED | {"language": "en", "how": "PAGE"}).content.decode()
    assert "FIR 112/" in page
    assert "S.T. 5/2026" in page
    assert "with the FIR" in client.get(f"/cases/{freed[0].pk}/").content.decode()


def test_the_unit_takes_an_fir_out_alone_and_a_stranger_does_not(signed_in, staff, freed):
    _, fir = freed
    answer = signed_in(staff.officer).post(f"{fir.get_absolute_url()}paper/")
    assert answer["Content-Type"] == "application/pdf"
    assert "BNS 143(4)" in text_of(answer.content)
    assert rescue.ACCUSED not in text_of(answer.content)
    assert signed_in(staff.worker).post(f"{fir.get_absolute_url()}paper/").status_code in (403, 404)
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="rescue.fir.taken_out").count() == 1


def test_her_name_goes_out_only_after_the_password_and_what_was_asked_is_not_typed_twice(idle, staff, case):
    client, asked = idle(staff.worker), ASKED | {"with_identity": "on"}
    assert client.post(address(case), ASKED)["Content-Type"] == "application/pdf"
    first = client.post(address(case), asked)
    assert first["Location"].startswith("/accounts/confirm/?next=%2Fcases%2F")
    assert "Her name goes out. Say your password" in client.get(first["Location"]).content.decode()
    with acting(SYSTEM):
        assert not Trail.objects.filter(verb="cases.identity.opened").exists()
        assert not Disclosure.objects.filter(with_identity=True).exists()
    client.post("/accounts/confirm/", {"password": PASSWORD, "next": address(case)})
    form = client.get(address(case)).context["form"]
    assert {name: form[name].value() for name in asked} == asked | {"with_identity": True}
    assert "प्रियंका" in words_of(client.post(address(case), asked).content)


def test_so_do_the_file_of_the_standard_and_the_sealed_link(idle, staff, case):
    agree(case, by=staff.worker, purpose="REFER", party="NGO")
    agree(case, by=staff.worker, purpose="IDENTITY", party="NGO")
    told = ReferralDetails("NGO", "LEGAL", "SERVICES", "a lawyer", organisation="A friend", with_identity=True)
    with acting(staff.worker):
        referral = referring.refer(case=case, details=told, at=timezone.now(), by=staff.worker)
    client, ways = idle(staff.worker), (f"/cases/{case.pk}/htcds/", f"/cases/{case.pk}/link/{referral.pk}/")
    for way in ways:
        assert client.post(way, {"with_identity": "on"})["Location"].startswith("/accounts/confirm/")
    with acting(SYSTEM):
        assert not SealedLink.objects.exists()
        assert not Trail.objects.filter(verb="cases.identity.opened").exists()
    client.post("/accounts/confirm/", {"password": PASSWORD, "next": "/"})
    for way in ways:
        assert client.post(way, {"with_identity": "on"}).status_code == 200
