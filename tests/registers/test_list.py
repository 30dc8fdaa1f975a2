import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.html import escape

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.registers import actions, lines, views
from aanchal.registers.actions import Changes
from aanchal.registers.terms import Register
from tests.factories import DAY, NOON, make_posting
from tests.registers.builders import DETAILS, make_entry, someone


def address(register=Register.MIGRATION, name="registers:list", **query):
    return reverse(name, args=[register.lower()]) + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def rows(response):
    return re.findall(r'<th role="rowheader".*?<a href="([^"]+)">(.*?)</a>', response.content.decode())


def without_tokens(response):
    return re.sub(r'"csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"', "", response.content.decode())


def test_it_shows_each_line_by_code_sex_and_age(village, crp, signed_in):
    entry = make_entry(village, who=someone(years=17))
    response = signed_in(crp).get(address(place=village.pk))
    assert rows(response) == [(reverse("registers:detail", args=[entry.pk]), f"{entry.household.shown_code}, girl, 17")]


@pytest.mark.parametrize("register", Register)
def test_it_shows_what_was_coded_in_every_register(village, crp, signed_in, register):
    make_entry(village, register)
    text = signed_in(crp).get(address(register, place=village.pk)).content.decode()
    with acting(SYSTEM):
        shown = [str(value) for value in lines.Reading(register).values(make_entry(village, register)) if isinstance(value, str)]
    assert not [value for value in shown[1:] if escape(value) not in text]


def test_it_shows_no_name_and_no_word_about_a_person(village, crp, signed_in):
    make_entry(village, who=someone(name="Phulmati Unheard"))
    text = signed_in(crp).get(address(place=village.pk)).content.decode()
    assert "Phulmati" not in text
    assert "Suraj" not in text
    assert "9800000001" not in text


def test_it_shows_the_newest_line_of_a_corrected_one(village, crp, signed_in):
    entry = make_entry(village)
    with acting(crp):
        line = actions.correct_entry(entry=entry, changes=Changes(happened_on=date(2026, 3, 3)), reason="Day", at=NOON, by=crp)
    assert [url for url, _ in rows(signed_in(crp).get(address(place=village.pk)))] == [reverse("registers:detail", args=[line.pk])]


def test_it_orders_by_day_and_turns_pages(village, crp, signed_in, monkeypatch):
    monkeypatch.setattr(views, "LINES_A_PAGE", 2)
    days = [make_entry(village, on=DAY - timedelta(days=n)) for n in (3, 1, 2)]
    first = signed_in(crp).get(address(place=village.pk))
    second = signed_in(crp).get(address(place=village.pk, page=2))
    urls = [url for url, _ in rows(first) + rows(second)]
    assert urls == [reverse("registers:detail", args=[days[n].pk]) for n in (1, 2, 0)]
    assert b"3 lines" in first.content
    assert f"place={village.pk}&amp;page=2" in first.content.decode()


def test_it_opens_at_the_readers_own_place(village, crp, signed_in):
    response = signed_in(crp).get(address())
    assert response.url == address(place=village.pk)


def test_it_gives_the_number_of_lines_that_the_index_says(village, crp, signed_in):
    make_entry(village, Register.MISSING)
    make_entry(village, Register.MISSING, details=DETAILS[Register.MISSING] | {"missing_status": "TRACED"})
    text = " ".join(signed_in(crp).get(reverse("registers:index")).content.decode().split())
    assert re.search(r'Missing person register</span> <span class="big-number">2 <small>1 still open', text)
    assert len(rows(signed_in(crp).get(address(Register.MISSING, place=village.pk)))) == 2


def test_it_names_the_next_step_when_it_is_empty(village, crp, signed_in):
    response = signed_in(crp).get(address(Register.LEFT, place=village.pk))
    assert response.status_code == 200
    assert b"No line here" in response.content


def test_it_shows_a_block_to_its_officer(india, officer, signed_in):
    entries = [make_entry(india[f"east village {n}"]) for n in (1, 2)]
    make_entry(india["west village 1"])
    response = signed_in(officer).get(address(place=india["east block"].pk))
    assert {url for url, _ in rows(response)} == {reverse("registers:detail", args=[entry.pk]) for entry in entries}


@pytest.mark.parametrize("name", ["registers:list", "registers:print"])
def test_it_is_absent_for_a_stranger(village, stranger, signed_in, name):
    make_entry(village)
    outside = signed_in(stranger).get(address(name=name, place=village.pk))
    absent = signed_in(stranger).get(address(name=name, place=999_999_999))
    assert outside.status_code == absent.status_code == 404
    assert without_tokens(outside).replace(str(village.pk), "") == without_tokens(absent).replace("999999999", "")


def test_it_is_empty_for_a_stranger_at_home(village, india, stranger, signed_in):
    make_entry(village)
    assert rows(signed_in(stranger).get(address(place=india["east village 2"].pk))) == []


def test_it_is_empty_for_a_stranger_who_writes_sql(village, stranger):
    make_entry(village)
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(sealed) FROM registers_entry WHERE place_no = %s", [village.place_no])
        assert cursor.fetchone() == (0, 0)


@pytest.mark.parametrize("role", ["state_expert", "national_analyst", "administrator"])
def test_it_is_absent_for_those_who_read_only_counts(india, signed_in, role):
    with acting(SYSTEM):
        user = make_posting(role, india["nation"])
    assert signed_in(user).get(address(place=india["nation"].pk)).status_code == 404


@pytest.mark.parametrize("place", ["x", "-1", "१", "9" * 40])
def test_it_is_absent_for_a_place_that_is_none(crp, signed_in, place):
    assert signed_in(crp).get(address(place=place)).status_code == 404


def test_it_is_absent_for_a_register_that_is_none(village, crp, signed_in):
    assert signed_in(crp).get(f"/registers/births/?place={village.pk}").status_code == 404


def test_it_shows_names_when_asked_and_notes_each_reading(village, crp, signed_in):
    entry = make_entry(village, who=someone(name="Phulmati Unheard"))
    response = signed_in(crp).post(address(name="registers:names", place=village.pk))
    assert "Phulmati Unheard" in response.content.decode()
    with acting(SYSTEM):
        line = Trail.objects.get(verb="people.identity.read")
        assert (line.about_id, line.actor) == (str(entry.person_id), crp.pk)


def test_it_opens_no_name_by_a_link(village, crp, signed_in):
    make_entry(village)
    response = signed_in(crp).get(address(name="registers:names", place=village.pk))
    assert response.url == address(place=village.pk)
    with acting(SYSTEM):
        assert not Trail.objects.filter(verb="people.identity.read").exists()


def test_it_opens_no_name_for_a_leader(village, signed_in):
    make_entry(village)
    with acting(SYSTEM):
        leader = make_posting("vo_leader", village)
    page = signed_in(leader).get(address(place=village.pk))
    assert len(rows(page)) == 1
    assert b"Show names" not in page.content
    assert signed_in(leader).post(address(name="registers:names", place=village.pk)).status_code == 404


def test_it_opens_no_name_for_a_stranger(village, stranger, signed_in):
    make_entry(village)
    assert signed_in(stranger).post(address(name="registers:names", place=village.pk)).status_code == 404


def test_it_leads_to_the_places_inside_and_one_level_up(india, officer, signed_in):
    block, village = india["east block"], india["east village 1"]
    assert {f'href="?place={india[name].pk}"' for name in ("east village 1", "east village 2")} <= set(chips(signed_in(officer), block))
    assert chips(signed_in(officer), village) == [f'href="?place={block.pk}"']


def chips(client, place):
    return re.findall(r'class="chip" (href="[^"]+")', client.get(address(place=place.pk)).content.decode())
