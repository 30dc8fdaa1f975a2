from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.network import actions, queries, rules
from aanchal.network.models import Complaint, Enquiry, Listing
from aanchal.network.rules import Known
from aanchal.network.terms import Standing
from tests.factories import DAY, NOON

GOOD = {"has_licence": True, "licence_until": DAY, "visited_on": DAY, "visit_outcome": "GOOD", "open_complaints": 0, "upheld_complaints": 0}
TOLD = {"kind": "PLACEMENT_AGENCY", "name": "Sample Care", "works_in": "Station road", "trade": "DOMESTIC_WORK"}
LICENSED = TOLD | {"licence_kind": "PLACEMENT", "licence_no": "PA 7"}
WORDS = "Planted Sunita was held"


@pytest.mark.parametrize(
    ("known", "on", "standing"),
    [
        ({}, DAY, Standing.VERIFIED),
        ({}, DAY + timedelta(days=1), Standing.EXPIRED),
        ({"has_licence": False}, DAY, Standing.NOT_VERIFIED),
        ({"visited_on": None, "visit_outcome": ""}, DAY, Standing.NOT_VERIFIED),
        ({"visited_on": DAY - timedelta(days=366)}, DAY, Standing.NOT_VERIFIED),
        ({"visit_outcome": "CONCERNS"}, DAY, Standing.NOT_VERIFIED),
        ({"open_complaints": 1}, DAY, Standing.COMPLAINTS),
        ({"upheld_complaints": 1}, DAY, Standing.WARNED),
        ({"visit_outcome": "BAD"}, DAY, Standing.WARNED),
        ({"visit_outcome": "NOT_FOUND", "open_complaints": 1}, DAY, Standing.WARNED),
    ],
)
def test_it_tells_the_worst_that_is_known(known, on, standing):
    assert rules.standing(Known(**GOOD | known), on) == standing


@pytest.fixture
def listing(india, officer):
    with acting(officer):
        told = LICENSED | {"licence_until": DAY + timedelta(days=30)}
        return actions.record_listing(place=india["east block"], told=told, at=NOON, by=officer)


def test_it_verifies_nobody_on_an_expired_licence(listing, officer):
    with acting(officer):
        Listing.objects.update(licence_until=DAY - timedelta(days=1))
        with pytest.raises(rules.NotPossible, match="expired"):
            actions.record_visit(listing=listing, outcome="GOOD", on=DAY, at=NOON, by=officer)
        actions.record_visit(listing=listing, outcome="CONCERNS", on=DAY, at=NOON, by=officer)


def test_a_paper_that_ran_out_as_well_renews_nothing(listing, officer):
    renewed = {"listing": listing, "licence_no": "PA 7", "at": NOON, "by": officer}
    with acting(officer):
        with pytest.raises(rules.NotPossible, match="ran_out"):
            actions.renew_licence(licence_until=DAY - timedelta(days=1), **renewed)
        assert actions.renew_licence(licence_until=DAY, **renewed).licence_until == DAY
        listing.licence_kind = "NONE"
        with pytest.raises(rules.NotPossible, match="no_kind"):
            actions.renew_licence(licence_until=DAY, **renewed)


def test_it_counts_a_complaint_for_the_public_and_seals_what_was_said(listing, officer):
    with acting(officer):
        complaint = actions.record_complaint(listing=listing, topic="HELD", words=WORDS, at=NOON, by=officer)
        listing.refresh_from_db()
        assert (listing.open_complaints, WORDS.encode() in bytes(Complaint.objects.get().sealed)) == (1, False)
        actions.settle_complaint(complaint=complaint, state="UPHELD", at=NOON, by=officer)
        listing.refresh_from_db()
        assert (listing.open_complaints, listing.upheld_complaints) == (0, 1)
        with pytest.raises(rules.NotPossible, match="settled"):
            actions.settle_complaint(complaint=complaint, state="UPHELD", at=NOON, by=officer)


def test_anyone_asks_without_signing_in_and_reads_no_complaint(client, listing, officer):
    with acting(officer):
        actions.record_complaint(listing=listing, topic="HELD", words=WORDS, at=NOON, by=officer)
    page = client.post("/ask/", {"words": "sample"}).content.decode()
    assert "Sample Care" in page
    assert "There are complaints" in page
    assert "Planted" not in page
    assert page.index("1098") < page.index("Sample Care")
    assert "Not in the directory" in client.post("/ask/", {"words": "nobody of this name"}).content.decode()
    assert client.post("/ask/", {"words": "a"}).status_code == 422
    assert "bonded labour" in client.post("/ask/", {"trade": "BRICK_KILN"}).content.decode()
    assert client.get("/ask/kit/").status_code == 200


def test_it_is_changed_only_by_who_keeps_it(listing, officer, stranger, india):
    with acting(stranger):
        assert not Complaint.objects.exists()
        assert Listing.objects.get() == listing
        assert Listing.objects.filter(pk=listing.pk).update(open_complaints=9) == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM network_complaint")
            assert cursor.fetchone() == (0,)


def test_a_survivor_leader_works_at_a_centre_only_by_her_own_choice(india, crp):
    hours = actions.Hours(("MON",), time(10), time(16))
    with acting(crp):
        centre = actions.open_centre(place=india["east village 1"], name="x", address="y", phone="", hours=hours, on=DAY, by=crp)
        with pytest.raises(rules.NotPossible, match="her_choice"):
            actions.join_staff(centre=centre, user=crp, capacity="SURVIVOR_LEADER", on=DAY, by=crp)
        actions.join_staff(centre=centre, user=crp, capacity="SURVIVOR_LEADER", on=DAY, chose_on=DAY, by=crp)
        told = {"asker": "GIRL", "topic": "MARRIAGE", "trade": "", "advice": ["HELPLINE"]}
        actions.record_enquiry(centre=centre, told=told, on=DAY, at=NOON, by=crp)
        assert queries.asked_about(centre, since=date(2026, 1, 1)) == {"MARRIAGE": 1}
        with pytest.raises(rules.NotPossible, match="future"):
            actions.record_enquiry(centre=centre, told=told, on=day_in_india(timezone.now()) + timedelta(days=99), at=NOON, by=crp)
        assert Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    "asked",
    ["Shri Balaji Placements", "balajee placement", "BALAJI-PLACEMENT", "Balji", "बालाजी", "श्री बालाजी प्लेसमेंट्स", "బాలాజీ",
     "placement  Balaji", "Balaji Pvt Ltd", "PL 77/2020", "pl-77 2020"],
)  # fmt: skip
def test_who_has_a_complaint_is_found_by_everyone_however_the_name_is_spelt(listing, officer, client, asked):
    with acting(officer):
        told = LICENSED | {"name": "Sri Balaji Placements", "licence_no": "PL-77/2020"}
        other = actions.record_listing(place=listing.place, told=told, at=NOON, by=officer)
        actions.record_complaint(listing=other, topic="UNPAID", words=WORDS, at=NOON, by=officer)
    answer = client.post("/ask/", {"words": asked})
    assert [one.pk for one, _standing in answer.context["found"]] == [other.pk]
    assert WORDS not in answer.content.decode()


@pytest.mark.parametrize("asked", ["%%", "__", "Gopal", "Placement Agency Gopal", "' OR 1=1 --", "77", "\u202e\u200d\u200b", "शशश"])
def test_who_is_not_in_the_directory_is_not_found(listing, officer, client, asked):
    with acting(officer):
        told = LICENSED | {"name": "Sri Balaji Placements", "licence_no": "AB-77/2020"}
        actions.record_listing(place=listing.place, told=told, at=NOON, by=officer)
    assert client.post("/ask/", {"words": asked}).context["found"] == []


def test_every_shipped_note_speaks_three_languages_and_names_its_source(db):
    with acting(SYSTEM):
        actions.load_risk_notes(by=SYSTEM)
        for note in queries.risk_notes(date(2026, 6, 1), trade="BRICK_KILN"):
            assert set(note.texts) == {"en", "hi", "te"}
            assert note.source


@pytest.fixture
def of_village(india, crp):
    """A listing that the worker of a village keeps."""
    with acting(crp):
        return actions.record_listing(place=india["east village 1"], told=LICENSED | {"licence_until": DAY}, at=NOON, by=crp)


FORM = {
    "name": "Sample Care", "kind": "EMPLOYER", "trade": "DOMESTIC_WORK", "works_in": "Mill road",
    "licence_kind": "PLACEMENT", "licence_no": "PA 8",
}  # fmt: skip


def test_the_officer_of_the_block_changes_what_a_village_keeps_and_next_door_does_not(of_village, officer, crp, stranger, signed_in):
    address = f"/network/directory/{of_village.pk}/correct/"
    assert signed_in(stranger).post(address, FORM).status_code == 404
    for user, road in ((officer, "Mill road"), (crp, "River road")):
        assert signed_in(user).post(address, FORM | {"works_in": road}).status_code == 302
        with acting(user):
            found = Listing.objects.get(pk=of_village.pk)
        assert (found.works_in, found.licence_no, found.licence_until) == (road, "PA 8", None)
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("UPDATE network_listing SET name = 'x'")
        assert cursor.rowcount == 0


def test_a_worker_sees_what_the_offices_of_her_district_keep_as_the_public_is_told_of_it(india, listing, crp, signed_in, posted):
    page = signed_in(crp).get("/network/directory/").content.decode()
    assert "Kept by other offices of the district" in page
    assert listing.name in page
    assert str(listing.pk) not in page
    assert listing.name not in signed_in(posted("gender_crp", "west village 1")).get("/network/directory/").content.decode()


def test_nobody_is_entered_twice_without_being_asked(listing, crp, signed_in):
    client, told = signed_in(crp), FORM | {"licence_no": listing.licence_no.lower()}
    asked = client.post("/network/directory/new/", told)
    assert asked.status_code == 422
    assert "This may be in the directory already." in asked.content.decode()
    assert listing.works_in in asked.content.decode()
    assert client.post("/network/directory/new/", told | {"is_another": "on"}).status_code == 302
    assert client.post("/network/directory/new/", FORM | {"name": "Another", "licence_no": "PA 99"}).status_code == 302


def test_at_another_address_nobody_has_been_yet(of_village, officer):
    with acting(officer):
        actions.record_visit(listing=of_village, outcome="GOOD", on=DAY, at=NOON, by=officer)
        same = LICENSED | {"licence_until": DAY, "phone": "1"}
        found = actions.correct_listing(listing=Listing.objects.get(), told=same, by=officer)
        assert found.visit_outcome == "GOOD"
        found = actions.correct_listing(listing=found, told=same | {"works_in": "Elsewhere"}, by=officer)
        assert (found.visited_on, found.visit_outcome) == (None, "")


@pytest.mark.parametrize("state", ["", "OPEN", "upheld", "DROP"])
def test_a_complaint_is_settled_only_as_true_or_not(listing, officer, signed_in, state):
    with acting(officer):
        made = actions.record_complaint(listing=listing, topic="UNPAID", words="", at=NOON, by=officer)
    client = signed_in(officer)
    assert client.post(f"/network/directory/complaints/{made.pk}/settle/", {"state": state}).status_code == 422
    with acting(officer):
        assert Complaint.objects.get().state == "OPEN"
    assert client.post(f"/network/directory/complaints/{made.pk}/settle/", {"state": "NOT_UPHELD"}).status_code == 302
    with acting(officer):
        assert Complaint.objects.get().state == "NOT_UPHELD"


def test_a_paralegal_volunteer_works_at_the_centre_and_reads_no_family(india, posted, crp, signed_in):
    volunteer = posted("paralegal", "east village 1")
    hours = actions.Hours(("MON",), time(10), time(16))
    with acting(crp):
        centre = actions.open_centre(place=india["east village 1"], name="x", address="y", phone="", hours=hours, on=DAY, by=crp)
        actions.join_staff(centre=centre, user=volunteer, capacity="PARALEGAL", on=DAY, by=crp)
    client = signed_in(volunteer)
    told = {"on": day_in_india(timezone.now()), "asker": "WOMAN", "topic": "WAGES", "advice": ["LEGAL_AID"]}
    assert client.post(f"/network/centres/{centre.pk}/enquiry/", told).status_code == 302
    assert centre.name in client.get("/").content.decode()
    for address in ("/families/", "/registers/", "/touch/", "/touch/alerts/", "/entitlements/", "/people-who-work/"):
        assert client.get(address).status_code == 404, address
    with acting(volunteer), connection.cursor() as cursor:
        for table in ("people_person", "people_household", "registers_entry", "tracking_journey", "benefits_entitlement"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
