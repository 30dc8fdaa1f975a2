"""The round trip with the standard's own XLSForm, read from ../shared (other people's: never copied here)."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import etree

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.cases import actions, counts, disclosing, htcds, terms
from aanchal.cases.models import Case, CaseConsent, Disclosure
from tests.cases.builders import agree, open_case, someone

FORM = Path(__file__).resolve().parents[3] / "shared" / "domain" / "htcds" / "htcds_xlsform.xml"
XF = "{http://www.w3.org/2002/xforms}"
SEVERAL = {"vic_Methods_of_Control", "vic_TypeOfExploitation", "vic_MethodOfRecruitment", "vic_TypeOfSexExploitation"}
TEXTS = {"prs_First_Name": "Synthetic", "prs_Second_Name": "Kiran Devi", "prs_Birthdate": "2001-02-03", "prs_MobilePhone": "9800000000"}

pytestmark = pytest.mark.skipif(not FORM.exists(), reason="the standard's form is not beside the repository")


def questions() -> dict[str, list[str]]:
    """Each question of the form, with its choices."""
    tree = etree.parse(FORM)
    names = [one.tag.split("}")[-1] for one in tree.iter() if one.getparent() is not None and one.getparent().get("id") == htcds.FORM]
    found = {name: [] for name in names if name[:4] in ("con_", "prs_", "vic_", "cas_")}
    for one in tree.iter(f"{XF}select1", f"{XF}select"):
        found[one.get("ref").split("/")[-1]] = [value.text for value in one.iter(f"{XF}value")]
    return found


def filled(nth: int) -> dict[str, str]:
    """Every question answered, choices in turn."""
    told = {}
    for name, choices in questions().items():
        if name in SEVERAL:
            told[name] = " ".join(dict.fromkeys(choices[(nth + k) % len(choices)] for k in range(3)))
        elif choices:
            told[name] = choices[nth % len(choices)]
        else:
            told[name] = TEXTS.get(name, f"text of {name}" if "Date" not in name else "2026-01-05")
    return told | {"con_Consent": "TRUE", "cas_Status": "Active"}


def sent(told: dict[str, str]) -> bytes:
    root = etree.Element("data", id=htcds.FORM)
    for name, text in told.items():
        etree.SubElement(root, name).text = text
    return etree.tostring(root)


def taken_in(staff, raw: bytes) -> Case:
    now = timezone.now()
    with acting(staff.worker):
        details = htcds.details(htcds.read(raw), is_child=False)
        told = {"place": staff.place, "on": day_in_india(now), "at": now, "supervisor": staff.supervisor}
        return actions.open_case(details=details, by=staff.worker, **told)


def test_the_form_has_its_thirty_four_questions():
    assert len(questions()) == 31  # with start, end and the version, 34


@pytest.mark.parametrize("nth", range(0, 22, 3))
def test_what_comes_in_goes_out_the_same(staff, nth):
    raw = sent(filled(nth))
    case = taken_in(staff, raw)
    agree(case, by=staff.worker, purpose="KEEP")
    with acting(staff.worker):
        out = disclosing.as_htcds(case=case, with_identity=True, at=timezone.now(), by=staff.worker)["fields"]
    again = htcds.read_submission(htcds.submission(out))
    assert _plain(again) == _plain(htcds.read_submission(raw))


def _plain(fields: dict) -> dict:
    return {name: sorted(value) if isinstance(value, list) else value for name, value in fields.items()}


@pytest.mark.parametrize("question", sorted(questions()) if FORM.exists() else [])
def test_each_choice_of_the_form_is_known(question):
    for choice in questions()[question]:
        value = choice.split() if question in SEVERAL else choice
        htcds.details({htcds.DRIFT.get(question, question): value}, is_child=False)


def test_the_faults_of_the_standard_are_handled():
    told = filled(0) | {"vic_Methods_of_Control": "DebtBondage  RestrictsMovement"}
    fields = htcds.read_submission(sent(told))
    assert fields["vic_MethodsOfControl"] == ["DebtBondage", "RestrictsMovement"]
    assert fields["prs_FirstName"] == "Synthetic"
    assert set(htcds.details(fields, is_child=False).controls) == {"DEBT", "RESTRICTS_MOVEMENT"}
    assert b"vic_Methods_of_Control" in htcds.submission(fields)
    assert htcds.details({"vic_RelationshipToTrafficker": "Unaquainted"}, is_child=False).recruiter == "STRANGER"


def test_a_tick_of_consent_is_no_consent_here(staff):
    taken_in(staff, sent(filled(1)))
    with acting(SYSTEM):
        assert CaseConsent.objects.count() == 0


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (b"<data id='another'/>", ""),
        (b"not xml", ""),
        (b"{]", ""),
        (b'{"standard": "HTCDS 1", "fields": {}}', ""),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><data id='htcds_xlsform'/>", ""),
        (b"<data id='htcds_xlsform'><prs_Gender>Woman</prs_Gender></data>", "prs_Gender"),
        (b"<data id='htcds_xlsform'><prs_First_Name>A</prs_First_Name><prs_Birthdate>yesterday</prs_Birthdate></data>", "prs_Birthdate"),
        (b'{"standard": "HTCDS 2.0", "fields": {"vic_MethodsOfControl": "DebtBondage"}}', "vic_MethodsOfControl"),
        (b"<data id='htcds_xlsform'>" + b"<a/>" * 100_000 + b"</data>", ""),
    ],
)
def test_it_refuses_what_it_cannot_read(raw, field):
    with pytest.raises(htcds.CannotRead) as refused:
        htcds.details(htcds.read(raw), is_child=False)
    assert refused.value.field == field


def test_it_goes_out_without_her_name_unless_asked_and_is_logged(signed_in, staff):
    case = open_case(staff, identity=someone("Planted Sunita"))
    client = signed_in(staff.worker)
    plain = client.post(f"/cases/{case.pk}/htcds/").content.decode()
    assert "Sunita" not in plain
    assert json.loads(plain)["fields"]["con_Consent"] == "FALSE"
    assert "Sunita" in client.post(f"/cases/{case.pk}/htcds/", {"with_identity": "on"}).content.decode()
    with acting(SYSTEM):
        assert sorted(Disclosure.objects.values_list("with_identity", flat=True)) == [False, True]


def test_it_comes_in_by_the_page_and_says_what_it_cannot_read(signed_in, staff):
    client = signed_in(staff.worker)
    told = {"place": staff.place.pk, "supervisor": staff.supervisor.pk}
    bad = SimpleUploadedFile("a.xml", b"<data id='htcds_xlsform'><prs_Gender>Woman</prs_Gender></data>")
    assert "The value of prs_Gender is none of HTCDS 2.0." in client.post("/cases/import/", told | {"file": bad}).content.decode()
    good = SimpleUploadedFile("a.xml", sent(filled(2)))
    assert client.post("/cases/import/", told | {"file": good}).status_code == 302
    with acting(SYSTEM):
        assert Case.objects.count() == 1


def test_every_word_of_ours_has_one_of_the_standard():
    for values, words in (
        (htcds.GENDER, terms.Gender), (htcds.STATUS, terms.Status), (htcds.DECIDED_BY, terms.DecidedBy), (htcds.CONTROLS, terms.Control),
        (htcds.PURPOSES, terms.Purpose), (htcds.RECRUITMENT, terms.Recruitment), (htcds.INDUSTRY, terms.Industry),
        (htcds.STATE, terms.State),
        (disclosing.SUPPORT, terms.Support),
    ):  # fmt: skip
        assert set(values) == set(words)
    assert set(htcds.RECRUITER) == set(terms.Recruiter) - {"UNKNOWN"}
    assert set(counts.MEANS) == set(terms.Control) - {"OTHER"}
    assert set(counts.EXPLOITATION) == set(terms.Purpose)
