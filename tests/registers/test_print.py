import re

import pytest
from django.utils import translation

from aanchal.registers import views
from aanchal.registers.terms import Register
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


def test_it_says_when_not_all_lines_fit(village, crp, signed_in, monkeypatch):
    monkeypatch.setattr(views, "LINES_PRINTED", 1)
    for _ in range(2):
        make_entry(village)
    text = printed(signed_in(crp), village)
    assert len(re.findall(r'<td class="n">', text)) == 1
    assert "Only the newest 1 lines fit" in text
