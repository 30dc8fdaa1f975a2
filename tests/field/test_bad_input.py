"""What is not a form is refused with words; everything else is kept, and what cannot be believed waits for a person."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.inbox.models import Submission
from aanchal.people.models import Household, Person
from aanchal.registers.models import Entry
from tests.field import phone

pytestmark = pytest.mark.django_db
BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><data id="safety_point"><kind>&d;</kind></data>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE data SYSTEM "file:///etc/passwd"><data id="safety_point"/>"""


@pytest.fixture
def flags(kept):
    """The kinds of fault of every submission kept."""
    return lambda: [[told["kind"] for told in submission.faults] for submission in kept(Submission.objects.order_by("pk"))]


@pytest.mark.parametrize("cut", [0, 1, 60, 400, -1])
def test_it_refuses_what_ends_too_early(cut, client, token, village, kept):
    response = phone.post(client, token, phone.filled("household_survey", phone.survey(village))[:cut] or b" ")
    assert response.status_code == 400
    assert "damaged" in phone.said(response)
    assert kept(Submission.objects.all()) == []


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_it_refuses_a_document_type_at_once(xml, client, token, kept):
    begun = time.perf_counter()
    assert phone.post(client, token, xml).status_code == 400
    assert time.perf_counter() - begun < 2
    assert kept(Submission.objects.all()) == []


def test_it_refuses_a_form_nobody_published(client, token, village):
    xml = phone.filled("safety_point", phone.safety_point(village)).replace(b'id="safety_point"', b'id="cattle_census"')
    response = phone.post(client, token, xml)
    assert response.status_code == 404
    assert "cattle_census" in phone.said(response)


def test_it_flags_a_form_filled_as_another(client, token, village, flags):
    xml = phone.filled("safety_point", phone.situation(village), root="survey")
    assert phone.post(client, token, xml).status_code == 201
    assert {"UNKNOWN_NODE", "REQUIRED"} <= set(flags()[0])


@pytest.mark.parametrize("instance_id", [" ", "uuid:" + "7" * 200])
def test_it_refuses_a_number_that_is_none(instance_id, send, village):
    assert send("safety_point", phone.safety_point(village), instance_id=instance_id).status_code == 400


def test_it_keeps_a_version_nobody_published_for_review(send, village, flags):
    assert send("safety_point", phone.safety_point(village), version="19990101" * 10).status_code == 201
    assert flags() == [["FORM_VERSION"]]


def test_it_keeps_a_village_nobody_knows_at_the_senders_place(send, village, kept, flags):
    answers = phone.safety_point(village) | {"place": {"village": "999999999"}}
    assert send("safety_point", answers).status_code == 201
    assert flags() == [["UNKNOWN_VILLAGE"]]
    assert [submission.place_no for submission in kept(Submission.objects.all())] == [village.place_no]


@pytest.mark.parametrize("code", ["", "Amtola", "-1", "²", "९००१०१", "9" * 400])
def test_it_keeps_what_is_no_code_of_a_village(code, send, village, flags):
    assert send("safety_point", phone.safety_point(village) | {"place": {"village": code}}).status_code == 201
    assert "UNKNOWN_VILLAGE" in flags()[0]


def test_it_keeps_a_village_of_others_at_the_senders_place(send, india, village, stranger, acting, kept, flags):
    assert send("safety_point", phone.safety_point(india["east village 2"])).status_code == 201
    assert flags() == [["OUT_OF_SCOPE"]]
    assert [submission.place_no for submission in kept(Submission.objects.all())] == [village.place_no]
    with acting(stranger):
        assert not Submission.objects.exists()


def test_it_flags_a_date_in_the_future(send, village, kept, flags):
    send("missing_entry", phone.missing(village) | {"happened_on": str(phone.today() + timedelta(days=1))})
    assert flags() == [["CONSTRAINT"]]
    assert kept(Entry.objects.all()) == []


def test_it_flags_the_same_person_twice(send, village, kept, flags):
    send("migration_entry", phone.migration(village, phone.adult("Radha", guardian_name="Mohan")))
    send("migration_entry", phone.migration(village, phone.adult("Smt. RADHA", guardian_name="mohan")))
    [entry] = kept(Entry.objects.all())
    assert flags() == [[], ["ALREADY_RECORDED"]]
    assert kept(Submission.objects.order_by("pk"))[1].faults[0]["about"] == [str(entry.pk)]


def test_it_flags_the_same_head_of_family_twice(send, village, kept, flags):
    send("household_survey", phone.survey(village, phone.head("Radha")))
    send("household_survey", phone.survey(village, phone.head("Radha")))
    [household] = kept(Household.objects.all())
    assert flags() == [[], ["POSSIBLE_DOUBLE"]]
    assert kept(Submission.objects.order_by("pk"))[1].faults[0]["about"] == [household.code]


def test_it_flags_a_family_that_another_village_has(send, client, enrol, stranger, india, village, flags):
    answers = phone.survey(village)
    send("household_survey", answers)
    there = answers | {"place": {"village": str(india["east village 2"].lgd_code)}}
    assert phone.post(client, enrol(stranger), phone.filled("household_survey", there)).status_code == 201
    assert len(flags()[1]) == 1


@pytest.mark.parametrize("broken", ["", "17", "uuid:nobody", "{}", "9" * 300])
def test_it_flags_an_id_the_phone_did_not_mint(broken, send, village, kept, flags):
    family = phone.survey(village, hh={"household_id": broken})
    person = phone.survey(village, phone.head(person_id=broken))
    line = phone.missing(village, phone.adult(person_id=broken))
    for form_id, answers in (("household_survey", family), ("household_survey", person), ("missing_entry", line)):
        assert send(form_id, answers).status_code == 201
    assert flags() == [["BAD_ID"]] * 3
    paths = [submission.faults[0]["path"] for submission in kept(Submission.objects.order_by("pk"))]
    assert paths == ["/data/hh/household_id", "/data/member/person_id", "/data/person/person_id"]
    assert kept(Household.objects.all()) == []


def test_it_flags_a_person_id_that_two_people_share(send, village, kept, flags):
    shared = str(uuid4())
    send("household_survey", phone.survey(village, phone.head(person_id=shared), phone.daughter(person_id=shared)))
    assert len(flags()[0]) == 1
    assert kept(Person.objects.all()) == []


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_to_well_formed_answers_is_an_error_of_the_server(data, client, token, village):
    """Tags renamed, doubled, emptied or filled with odd words: kept (201) or refused with words (400, 404), never a crash."""
    xml = phone.filled("household_survey", phone.survey(village)).decode()
    names = [
        "place",
        "village",
        "consent",
        "consent_given",
        "hh",
        "household_id",
        "member",
        "age_years",
        "member_count",
        "meta",
        "today",
        "person_id",
    ]
    name = data.draw(st.sampled_from(names))
    odd = data.draw(
        st.sampled_from(["", "x", "-1", "1e400", "NaN", "2026-02-30", "<a/>", "<a>b</a>", "\u202e", "०", "&#65534;", "9" * 5000])
    )
    opened, closed = f"<{name}>", f"</{name}>"
    before, _, rest = xml.partition(opened)
    inside, _, after = rest.partition(closed)
    damaged = data.draw(st.sampled_from([
        f"{before}{opened}{odd}{closed}{after}",
        f"{before}{opened}{inside}{closed}{opened}{odd}{closed}{after}",
        f"{before}{after}",
        f"{before}<other>{inside}</other>{after}",
    ]))  # fmt: skip
    assert phone.post(client, token, damaged.encode()).status_code in {201, 202, 400, 404, 409}
