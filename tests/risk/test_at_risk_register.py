"""The at-risk register on paper and as a file."""

import csv
import io
import re

import openpyxl
import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.people import actions as people
from aanchal.people.models import Consent, Household
from aanchal.risk.views import register as views
from tests.factories import DAY, NOON, member
from tests.risk.world import AT_RISK, MISSING, OPEN_WORDS, PRIVATE, PRIVATE_WORDS, SECRETS, SEVERE, VULNERABLE, family, said_by


def printed(client, place, **query):
    return client.get(reverse("at-risk-register"), {"place": place.pk, **query})


def exported(client, place, kind="csv"):
    return client.get(reverse("at-risk-export"), {"place": place.pk, "format": kind})


def taken(response):
    """The rows of the file, headings first."""
    content = b"".join(response.streaming_content)
    if response["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.values]


def codes(response):
    return re.findall(r'<tr><td class="n">\d+</td><td class="code">([^<]+)</td>', said_by(response))


@pytest.fixture
def households(village):
    """Two that stand on it by their band, one that is openly urgent, three that do not."""
    on = [family(village, told) for told in (MISSING, SEVERE, AT_RISK)]
    for told in (VULNERABLE, {}, PRIVATE):
        family(village, told)
    return [one.household.shown_code for one in on]


def test_it_holds_families_at_risk_severe_or_openly_urgent(village, households, crp, signed_in):
    assert codes(printed(signed_in(crp), village)) == households


def test_who_took_consent_back_stands_on_no_paper_and_in_no_file(village, households, crp, officer, signed_in):
    with acting(SYSTEM):
        consent = Consent.objects.get(household__in=Household.objects.filter(code=households[0].replace("-", "")))
        people.withdraw_consent(consent=consent, on=consent.given_on, at=NOON, by=SYSTEM)
    answer = printed(signed_in(crp), village)
    assert codes(answer) == households[1:]
    assert "1 family took its consent back" in said_by(answer)
    assert ("Families", "2") in re.findall(r"<dt>([^<]+):</dt> <dd>(\d+)</dd>", said_by(answer))
    assert [row[0] for row in taken(exported(signed_in(officer), village))[1:]] == households[1:]
    assert households[0] in said_by(signed_in(crp).get(reverse("families"), {"place": village.pk, "band": "RISK"}))


def test_it_moves_nobody_up_for_what_was_told_in_private(village, crp, leader, signed_in):
    severe, secret = family(village, SEVERE), family(village, AT_RISK | {"marriage_imminent": True})
    expected = [severe.household.shown_code, secret.household.shown_code]
    assert codes(printed(signed_in(crp), village)) == codes(printed(signed_in(leader), village)) == expected


def test_it_counts_women_and_girls(village, crp, signed_in, monkeypatch):
    monkeypatch.setattr(views, "today", lambda: DAY)
    told = [("FEMALE", 38), ("FEMALE", 17), ("FEMALE", 18), ("MALE", 12), ("FEMALE", 0)]
    family(village, SEVERE, members=[member(name=f"Rinki {n}", sex=sex, years=years) for n, (sex, years) in enumerate(told)])
    assert re.search(r'<td class="n">2</td><td class="n">2</td>', said_by(printed(signed_in(crp), village)))


def test_it_says_how_many_families_women_and_girls_there_are(village, crp, signed_in):
    for _ in range(3):
        family(village, SEVERE, members=[member(name="Asha", years=40), member(name="Rinki", years=9, relation="DAUGHTER")])
    head = re.findall(r"<dt>([^<]+):</dt> <dd>(\d+)</dd>", said_by(printed(signed_in(crp), village)))
    assert head == [("Families", "3"), ("Women", "3"), ("Girls under 18", "3")]


@pytest.mark.parametrize(("language", "word"), [("hi", "गंभीर जोखिम"), ("te", "తీవ్ర ముప్పు"), ("en", "Severe risk")])
def test_it_is_in_the_language_asked_for(village, crp, signed_in, language, word):
    family(village, SEVERE)
    text = said_by(printed(signed_in(crp), village, language=language))
    assert f'<html lang="{language}"' in text
    assert word in text


@pytest.mark.parametrize("reader", ["crp", "leader", "officer"])
@pytest.mark.parametrize("language", ["en", "hi", "te"])
def test_it_says_no_name_and_no_reason(village, signed_in, request, reader, language):
    family(village, SEVERE | SECRETS | MISSING)
    text = said_by(printed(signed_in(request.getfixturevalue(reader)), village, language=language))
    assert not [word for word in [*OPEN_WORDS, *PRIVATE_WORDS, "Unheard", "Ramdhari"] if word in text]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_is_the_same_as_a_file(village, households, officer, signed_in, kind):
    headings, *rows = taken(exported(signed_in(officer), village, kind))
    assert headings[0] == "Family"
    assert [row[0] for row in rows] == households
    assert {len(row) for row in rows} == {len(headings)}


def test_it_says_no_name_and_no_reason_in_a_file(village, officer, signed_in):
    family(village, SEVERE | SECRETS | MISSING)
    text = str(taken(exported(signed_in(officer), village)))
    assert not [word for word in [*OPEN_WORDS, *PRIVATE_WORDS, "Unheard"] if word in text]


def test_it_holds_no_formula(village, officer, signed_in):
    family(village, SEVERE, hamlet="=HYPERLINK(1)")
    _, row = taken(exported(signed_in(officer), village))
    assert row[2] == "'=HYPERLINK(1)"


def test_it_notes_that_it_was_taken_out(village, households, officer, signed_in):
    taken(exported(signed_in(officer), village, "xlsx"))
    with acting(SYSTEM):
        noted = Trail.objects.get(verb="risk.register.exported")
        assert (noted.actor, noted.place_no, noted.detail) == (officer.pk, village.place_no, {"rows": 3, "kind": "xlsx"})


@pytest.mark.parametrize("reader", ["crp", "leader"])
def test_it_is_no_file_for_who_may_not_take_registers_out(village, households, signed_in, request, reader):
    client = signed_in(request.getfixturevalue(reader))
    assert exported(client, village).status_code == 404
    assert "at-risk-export" not in said_by(printed(client, village))


def test_it_says_when_not_all_fit(village, households, crp, signed_in, monkeypatch):
    monkeypatch.setattr(views, "LINES_PRINTED", 2)
    response = printed(signed_in(crp), village)
    assert len(codes(response)) == 2
    assert "Only the first 2 families fit" in said_by(response)


def test_it_says_when_nobody_is_at_risk(village, crp, signed_in):
    assert "No family of this place is at risk" in said_by(printed(signed_in(crp), village))


def test_it_is_absent_for_a_stranger(village, households, stranger, posted, signed_in):
    assert printed(signed_in(stranger), village).status_code == 404
    other = posted("block_officer", "west block")
    assert printed(signed_in(other), village).status_code == 404
    assert exported(signed_in(other), village).status_code == 404


def test_it_is_empty_for_a_stranger_at_home(village, households, india, posted, signed_in):
    other = posted("block_officer", "west block")
    assert codes(printed(signed_in(other), india["west block"])) == []
    assert taken(exported(signed_in(other), india["west block"]))[1:] == []


@pytest.mark.parametrize("role", ["state_expert", "national_analyst", "administrator"])
def test_it_is_absent_for_those_who_read_only_counts(village, posted, signed_in, role):
    client = signed_in(posted(role, "nation"))
    assert printed(client, village).status_code == exported(client, village).status_code == 404
