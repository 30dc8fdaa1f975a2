"""The list of families to visit first."""

import re
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from aanchal.access.acting import acting
from aanchal.risk.models import Assessment, Grounds
from aanchal.risk.views import families as views
from tests.risk.world import (
    AT_RISK,
    FEW_ANSWERS,
    MISSING,
    OPEN_WORDS,
    PRIVATE,
    PRIVATE_WORDS,
    SECRETS,
    SEVERE,
    UNANSWERED,
    VULNERABLE,
    codes_on,
    family,
    said_by,
    words_of,
)  # fmt: skip


def address(place, **query):
    return reverse("families") + "?" + "&".join(f"{key}={value}" for key, value in {"place": place.pk, **query}.items())


def shown(client, place, **query):
    return codes_on(client.get(address(place, **query)))


def test_it_lists_the_urgent_first_then_the_higher_score_then_the_longest_unvisited(village, crp, signed_in):
    calm, severe, risk_late = family(village), family(village, SEVERE), family(village, AT_RISK, on=date(2026, 3, 30))
    risk_early, missing, private = family(village, AT_RISK, on=date(2026, 3, 1)), family(village, MISSING), family(village, PRIVATE)
    order = shown(signed_in(crp), village)
    assert set(order[:2]) == {one.household.shown_code for one in (missing, private)}
    assert order[2:] == [one.household.shown_code for one in (severe, risk_early, risk_late, calm)]


def test_it_ranks_a_family_with_few_answers_by_what_they_make_certain(village, crp, signed_in):
    few, at_risk, calm = family(village, FEW_ANSWERS), family(village, AT_RISK), family(village)
    assert few.band == "SEVERE"
    response = signed_in(crp).get(address(village))
    assert codes_on(response) == [one.household.shown_code for one in (at_risk, few, calm)]
    assert "2 of 15 questions answered" in said_by(response)


def test_it_says_needs_and_reasons_to_the_worker(village, crp, signed_in):
    severe = family(village, SEVERE)
    text = said_by(signed_in(crp).get(address(village)))
    reasons = words_of(severe)
    told = [*reasons[:3], f"and {len(reasons) - 3} more on the card", "Shock and debt", "Girls and children", "Severe risk"]
    assert not [word for word in told if word not in text]


@pytest.mark.parametrize("language", ["hi", "te"])
def test_it_speaks_the_readers_language(village, crp, signed_in, language):
    family(village, SEVERE)
    client = signed_in(crp)
    client.cookies["django_language"] = language
    text = said_by(client.get(address(village)))
    assert {"hi": "गंभीर जोखिम", "te": "తీవ్ర ముప్పు"}[language] in text
    assert {"hi": "परिवार पर भारी कर्ज़ है", "te": "కుటుంబానికి పెద్ద అప్పు ఉంది"}[language] in text


@pytest.mark.parametrize("role", ["vo_leader", "clf_leader", "district_manager"])
def test_it_says_no_reason_to_a_leader(village, posted, signed_in, role):
    place = {"vo_leader": "east village 1", "clf_leader": "east panchayat", "district_manager": "east"}[role]
    family(village, SEVERE | SECRETS | MISSING)
    response = signed_in(posted(role, place)).get(address(village))
    assert "Shock and debt" in said_by(response)
    assert not [word for word in OPEN_WORDS + PRIVATE_WORDS if word in said_by(response)]


@pytest.mark.parametrize("reader", ["crp", "officer", "leader"])
@pytest.mark.parametrize("language", ["en", "hi", "te"])
def test_it_tells_nobody_what_was_told_in_private_nor_that_it_was(village, signed_in, request, reader, language):
    family(village, SEVERE | SECRETS)
    client = signed_in(request.getfixturevalue(reader))
    client.cookies["django_language"] = language
    text = said_by(client.get(address(village)))
    assert not [word for word in [*PRIVATE_WORDS, "told in private"] if word in text]


def test_it_shows_a_leader_nothing_urgent_that_was_told_in_private(village, leader, crp, signed_in):
    private = family(village, PRIVATE)
    assert "Act today" not in said_by(signed_in(leader).get(address(village)))
    assert shown(signed_in(leader), village, urgent=1) == []
    assert shown(signed_in(crp), village, urgent=1) == [private.household.shown_code]


def test_it_shows_no_name(village, crp, signed_in):
    family(village, SEVERE)
    assert "Unheard" not in said_by(signed_in(crp).get(address(village)))


@pytest.fixture
def many(village):
    kinds = (SEVERE, AT_RISK, VULNERABLE, {}, MISSING, UNANSWERED, FEW_ANSWERS, PRIVATE)
    return [family(village, told) for told in kinds for _ in range(2)]


CHOICES = [
    {}, {"band": "RISK"}, {"band": "KNOWN"}, {"band": "SEVERE"}, {"band": "UNKNOWN"}, {"urgent": "1"}, {"need": "shock"},
    {"complete": "no"}, {"band": "SEVERE", "complete": "no"}, {"need": "livelihood", "band": "RISK"},
]  # fmt: skip


@pytest.mark.parametrize("query", CHOICES, ids=str)
@pytest.mark.parametrize("reader", ["crp", "leader"])
def test_it_says_as_many_families_as_it_has_rows(village, many, signed_in, request, reader, query):
    response = signed_in(request.getfixturevalue(reader)).get(address(village, **query))
    rows = len(codes_on(response))
    assert re.search(rf"· {rows} famil(y|ies)</p>", said_by(response))
    assert rows


@pytest.mark.parametrize("reader", ["crp", "leader"])
def test_it_counts_each_choice_as_the_rows_it_opens(village, many, signed_in, request, reader):
    client = signed_in(request.getfixturevalue(reader))
    text = said_by(client.get(address(village, need="shock")))
    links = re.findall(r'class="chip"[^>]* href="(\?[^"]+)">.*?<b>(\d+)</b>', text)
    links = [(link, int(count)) for link, count in links if "place" in link]
    assert len(links) > 3
    assert [len(codes_on(client.get(reverse("families") + link))) for link, _ in links] == [count for _, count in links]
    for name, beside in (("need", {}), ("complete", {"need": "shock"})):
        offered = text.split(f'name="{name}"')[1].split("</select>")[0]
        counts = {key: int(n) for key, n in re.findall(r'<option value="(\w+)"[^>]*>[^<(]+\((\d+)\)', offered)}
        assert counts
        assert {key: len(shown(client, village, **beside, **{name: key})) for key in counts} == counts


def test_it_finds_a_family_by_its_code_as_people_write_it(village, many, crp, signed_in):
    code = many[3].household.shown_code
    assert shown(signed_in(crp), village, q=code.lower().replace("-", "")) == [code]


@pytest.mark.parametrize("query", [{"q": "nonsense!"}, {"band": "WORSE"}, {"need": "caste"}, {"urgent": "maybe"}])
def test_it_refuses_what_it_cannot_narrow_by(village, many, crp, signed_in, query):
    response = signed_in(crp).get(address(village, **query))
    assert response.status_code == 422
    assert codes_on(response) == []


def test_it_turns_pages_and_keeps_what_narrows_it(village, many, crp, signed_in, monkeypatch):
    monkeypatch.setattr(views, "FAMILIES_A_PAGE", 3)
    client = signed_in(crp)
    pages = [shown(client, village, complete="yes", page=n) for n in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 3, 3]
    assert len({code for page in pages for code in page}) == 12
    assert f"place={village.pk}&complete=yes&page=2" in said_by(client.get(address(village, complete="yes")))


def test_it_opens_at_the_readers_own_place(village, crp, signed_in):
    assert signed_in(crp).get(reverse("families")).url == address(village)


def test_it_names_the_next_step_when_it_is_empty(village, crp, signed_in):
    assert "No family is recorded yet" in said_by(signed_in(crp).get(address(village)))
    family(village)
    assert "All families" in said_by(signed_in(crp).get(address(village, band="SEVERE")))


def test_it_shows_a_block_to_its_officer(village, india, officer, signed_in):
    mine = {family(india[f"east village {n}"]).household.shown_code for n in (1, 2)}
    family(india["west village 1"])
    assert set(shown(signed_in(officer), india["east block"])) == mine


def test_it_is_absent_for_a_stranger(village, stranger, signed_in):
    family(village, SEVERE)
    assert signed_in(stranger).get(address(village)).status_code == 404


def test_it_is_empty_for_a_stranger_at_home(village, india, stranger, signed_in):
    family(village, SEVERE)
    assert shown(signed_in(stranger), india["east village 2"]) == []


@pytest.mark.parametrize("place", ["x", "-1", "१", "9" * 40])
def test_it_is_absent_for_a_place_that_is_none(village, crp, signed_in, place):
    assert signed_in(crp).get(f"{reverse('families')}?place={place}").status_code == 404


@pytest.mark.parametrize("role", ["state_expert", "national_analyst", "administrator"])
def test_it_is_absent_for_those_who_read_only_counts(village, posted, signed_in, role):
    assert signed_in(posted(role, "nation")).get(address(village)).status_code == 404


@pytest.mark.parametrize("table", ["risk_assessment", "risk_grounds", "risk_survey"])
def test_it_is_nothing_to_a_stranger_who_writes_sql(village, stranger, table):
    family(village, SEVERE)
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (0,)


def test_it_gives_a_leader_who_writes_sql_no_reason(village, leader):
    family(village, SEVERE)
    with acting(leader):
        assert Assessment.objects.count() == 1
        assert not Grounds.objects.exists()


def test_it_asks_the_database_as_often_for_many_families_as_for_few(village, crp, signed_in, django_assert_max_num_queries):
    client = signed_in(crp)
    for _ in range(8):
        family(village, SEVERE)
    client.get(address(village))
    with django_assert_max_num_queries(30):
        client.get(address(village))


