"""Search across what the signed-in person may see."""

import pytest

from aanchal.core.codes import shown
from tests.factories import make_household, member
from tests.portal.builders import AT_RISK, NAME, family
from tests.registers.builders import make_entry


def found(client, typed):
    return client.get("/search/", {"q": typed}).context["found"]


def test_it_finds_a_household_by_its_code_as_people_write_it(village, signed_in, crp):
    code = family(village, AT_RISK).household.code
    client = signed_in(crp)
    for typed in (code, shown(code), shown(code).lower(), code.replace("0", "O")):
        assert [one.label for one in found(client, typed).households] == [shown(code)]


def test_it_finds_the_register_lines_of_a_household(village, signed_in, crp):
    entry = make_entry(village)
    client = signed_in(crp)
    (line,) = found(client, entry.household.code).lines
    assert client.get(line.url).context["page"].paginator.count == 1


def test_it_finds_places_of_the_reader_only(india, signed_in, officer):
    assert [one.place.name for one in found(signed_in(officer), "village").places] == ["east village 1", "east village 2"]


def test_it_finds_a_place_by_its_code(india, signed_in, officer):
    assert [one.place for one in found(signed_in(officer), str(india["east village 2"].lgd_code)).places] == [india["east village 2"]]


def test_it_finds_a_place_by_its_name_in_another_script(india, signed_in, officer):
    from aanchal.access.acting import SYSTEM, acting

    with acting(SYSTEM):
        india["east village 1"].names = {"hi": "अमराई"}
        india["east village 1"].save()
    assert [one.place for one in found(signed_in(officer), "अमराई").places] == [india["east village 1"]]


@pytest.mark.parametrize("stranger_of", ["east village 2", "west village 1", "far village 1"])
def test_it_answers_a_stranger_as_if_the_household_did_not_exist(village, posted, signed_in, stranger_of):
    entry = make_entry(village)
    client = signed_in(posted("gender_crp", stranger_of))
    assert found(client, entry.household.code).is_empty
    assert found(client, "east village 1").is_empty


@pytest.mark.parametrize(("role", "place"), [("state_expert", "state"), ("national_analyst", "nation"), ("administrator", "state")])
def test_it_finds_no_household_for_who_reads_none(village, posted, signed_in, role, place):
    told = family(village, AT_RISK)
    assert not found(signed_in(posted(role, place)), told.household.code).households


def test_it_never_finds_a_person_by_name(village, signed_in, crp):
    family(village, AT_RISK)
    assert found(signed_in(crp), NAME).is_empty


def test_it_says_where_a_name_may_be_asked_for(village, signed_in, crp, posted):
    assert len(signed_in(crp).get("/search/").context["by_name"]) == 4
    assert signed_in(posted("vo_leader", "east village 1")).get("/search/").context["by_name"] == []


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'; --", "\x00", "०" * 80])
def test_it_stands_whatever_is_typed(india, signed_in, crp, typed):
    assert signed_in(crp).get("/search/", {"q": typed}).status_code == 200


@pytest.mark.parametrize("typed", ["Salomi", "सलोमी", "సలోమి", "salomee"])
def test_a_name_in_the_body_of_a_request_is_found_in_any_script_by_who_may_open_names(village, signed_in, crp, typed):
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.core.models import Trail

    make_household(village, member("सलोमी उराँव", guardian="Budhram"))
    page = signed_in(crp).post("/search/", {"q": typed}).content.decode()
    assert "सलोमी उराँव" in page
    with acting(SYSTEM):
        lines = Trail.objects.filter(actor=crp.pk)
        assert {"matching.names.searched", "people.identity.read"} <= set(lines.values_list("verb", flat=True))
        assert not any(typed in str(line.detail) for line in lines)


def test_a_name_in_an_address_is_not_looked_for(village, signed_in, crp):
    make_household(village, member("Salomi Oraon", guardian="Budhram"))
    assert "Salomi Oraon" not in signed_in(crp).get("/search/", {"q": "Salomi"}).content.decode().replace('value="Salomi"', "")


def test_who_may_not_open_names_finds_none_however_they_ask(village, signed_in, posted):
    make_household(village, member("Salomi Oraon", guardian="Budhram"))
    client = signed_in(posted("vo_leader", "east village 1"))
    assert client.post("/search/", {"q": "Salomi"}).context["rows"] is None
    assert 'method="post"' not in client.get("/").content.decode().split('role="search"')[1].split(">")[0]


@pytest.mark.parametrize("stranger_of", ["east village 2", "west village 1", "far village 1"])
def test_a_stranger_finds_no_name(village, posted, signed_in, stranger_of):
    make_household(village, member("Salomi Oraon", guardian="Budhram"))
    assert signed_in(posted("gender_crp", stranger_of)).post("/search/", {"q": "Salomi"}).context["rows"] == []


def test_a_code_opens_no_names(village, signed_in, crp):
    code = family(village, AT_RISK).household.code
    assert signed_in(crp).post("/search/", {"q": shown(code)}).context["rows"] is None


@pytest.mark.parametrize("typed", ["", " ", "%", "'; --", "\x00\x00\x00", "०" * 80, "🙂🙂", "a" * 500])
def test_it_stands_whatever_name_is_typed(india, signed_in, crp, typed):
    assert signed_in(crp).post("/search/", {"q": typed}).status_code == 200
