import re
from datetime import timedelta

import pytest
from django.utils import translation

from aanchal.access.acting import SYSTEM, acting
from aanchal.people import actions as people
from aanchal.people.models import Consent, Membership
from aanchal.registers import lines, paper_views
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON, member
from tests.registers.builders import make_entry, someone
from tests.registers.test_list import address


def printed(client, place, register=Register.MIGRATION, **query):
    return client.get(address(register, "registers:print", place=place.pk, **query)).content.decode()


def test_it_numbers_the_lines_and_names_nobody(village, crp, signed_in):
    make_entry(village, who=someone("Phulmati Unheard"))
    make_entry(village)
    text = printed(signed_in(crp), village)
    assert re.findall(r'<td class="n">(\d+)</td>', text) == ["1", "2"]
    assert "Phulmati" not in text
    assert '<section class="register">' in text


@pytest.mark.parametrize("language", ["hi", "te", "en"])
def test_it_is_in_the_language_asked_for_and_leaves_the_readers_alone(village, crp, signed_in, language):
    make_entry(village)
    text = printed(signed_in(crp), village, language=language)
    assert f'<html lang="{language}"' in text
    with translation.override(language):
        assert str(Register.MIGRATION.label) in text
    assert '<html lang="en"' in printed(signed_in(crp), village)


def test_it_is_in_the_readers_language_when_none_or_another_is_asked(village, crp, signed_in):
    assert '<html lang="en"' in printed(signed_in(crp), village, language="xx")


def test_it_says_where_and_what_it_holds(village, crp, signed_in):
    text = printed(signed_in(crp), village, sex="FEMALE")
    assert not [word for word in ("east village 1", "east panchayat", "east block", "Sex: Female") if word not in text]


def test_it_holds_the_rows_of_the_list(village, crp, signed_in):
    make_entry(village, who=someone(sex="MALE"))
    make_entry(village)
    assert len(re.findall(r'<td class="n">', printed(signed_in(crp), village, sex="MALE"))) == 1


def test_the_line_of_a_family_that_took_its_consent_back_stands_on_no_paper_and_in_no_file(village, crp, officer, signed_in):
    away, other, stays = (make_entry(village) for _ in range(3))
    with acting(SYSTEM):
        sister = people.record_person(details=member("Sita"), place=village, by=SYSTEM)
        Membership.objects.create(household=away.household, person=sister, relation="DAUGHTER", place_no=village.place_no, since=DAY)
    alone = make_entry(village, person=sister)
    given_twice(other.household)
    for entry in (away, other):
        take_back(entry.household)
    text = printed(signed_in(crp), village)
    assert [lines.who(one) in text for one in (away, alone, other, stays)] == [False, False, True, True]
    assert "2 lines are of families that took their consent back" in text
    for names in ({}, {"names": "yes"}):
        answer = signed_in(officer).post(address(Register.MIGRATION, "registers:export", place=village.pk, format="csv"), names)
        assert len(b"".join(answer.streaming_content).splitlines()) == 1 + 2, names
    listed = signed_in(crp).get(address(Register.MIGRATION, place=village.pk)).content.decode()
    for entry in (away, alone, other, stays):
        assert str(entry.pk) in listed


def given_twice(household):
    with acting(SYSTEM):
        one = Consent.objects.get(household=household)
        one.pk = None
        one.given_on = DAY + timedelta(days=1)
        one.save(force_insert=True)


def take_back(household):
    """The first consent that it gave."""
    with acting(SYSTEM):
        consent = Consent.objects.filter(household=household).order_by("given_on").first()
        people.withdraw_consent(consent=consent, on=consent.given_on, at=NOON, by=SYSTEM)


def test_it_says_when_not_all_lines_fit(village, crp, signed_in, monkeypatch):
    monkeypatch.setattr(paper_views, "LINES_PRINTED", 1)
    for _ in range(2):
        make_entry(village)
    text = printed(signed_in(crp), village)
    assert len(re.findall(r'<td class="n">', text)) == 1
    assert "Only the newest 1 lines fit" in text
