"""Problem areas through their pages: counts of cases, reporting beside them, a note; nothing small, nothing of another State."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.cases.actions import new_code
from aanchal.cases.models import Case, Leg
from aanchal.core.rows import insert, new
from aanchal.nodal import finding
from aanchal.nodal.models import AreaNote
from tests.factories import make_posting


@pytest.fixture
def taken(india):
    """A function: so many cases of last month, kept in the first eastern village, taken from one district to another."""

    def make(way, how_many):
        on = finding.months_until(policy.day_in_india(timezone.now()))[-1]
        with acting(SYSTEM):
            worker = make_posting("case_worker", india["east"])
            here = india["east village 1"]
            for _each in range(how_many):
                case = new(
                    Case, code=new_code(), place=here, place_no=here.place_no, opened_on=on, opened_at=timezone.now(), opened_by=worker,
                    gender="FEMALE", years=20, is_child=False, purposes=["FORCED_LABOUR"], controls=[],
                )  # fmt: skip
                insert(case)
                for n, (a, b) in enumerate(zip(way, way[1:], strict=False), 1):
                    insert(new(Leg, case=case, place_no=case.place_no, number=n, origin=india[a], destination=india[b]))

    return make


def main(answer):
    return answer.content.decode().partition("<main")[2]


def test_corridors_sources_and_transit_are_told_from_eleven_on(taken, india, cast, signed_in):
    taken(("east", "far"), 13)
    taken(("west", "east"), 10)
    page = main(signed_in(cast["cell"]).get("/nodal/areas/"))
    assert "Forced labour: 13" in page
    assert "west" not in page
    assert "east" in main(signed_in(cast["officer"]).get("/nodal/areas/?show=SOURCE"))
    assert "far" in main(signed_in(cast["far_officer"]).get("/nodal/areas/?show=DESTINATION"))
    assert "east" not in main(signed_in(cast["far_officer"]).get("/nodal/areas/?show=SOURCE"))
    assert signed_in(cast["cell"]).get("/nodal/areas/?show=NAMES").status_code == 404
    for tab in ("TRANSIT", "MISSING"):
        assert signed_in(cast["cell"]).get(f"/nodal/areas/?show={tab}").status_code == 200


def test_a_finding_opens_its_counts_and_the_reporting_beside_them(taken, india, cast, signed_in):
    taken(("east", "far"), 13)
    page = main(signed_in(cast["officer"]).get(f"/nodal/areas/{india['east'].pk}/"))
    assert "Source" in page
    assert "Its population is not known here" in page
    assert "Where little is reported, little is found." in page
    assert "nothing can be said about it" in main(signed_in(cast["officer"]).get(f"/nodal/areas/{india['west'].pk}/"))


def test_an_officer_notes_what_is_to_be_done_and_does_it(taken, india, cast, signed_in):
    taken(("east", "far"), 13)
    client, page = signed_in(cast["officer"]), f"/nodal/areas/{india['east'].pk}/"
    told = {"words": "Kilns beyond the river", "action": "Ask the labour office", "due_on": "2020-01-01"}
    answer = client.post(page, told)
    assert answer.status_code == 422
    assert "today or later" in answer.content.decode()
    assert client.post(page, told | {"due_on": "2099-01-01"}).status_code == 302
    with acting(cast["officer"]):
        note = AreaNote.objects.get()
    assert note.told == {"SOURCE": 13}
    assert "Ask the labour office" in main(client.get("/nodal/areas/"))
    assert client.post(f"/nodal/areas/notes/{note.pk}/", {"words": ""}).status_code == 302
    assert client.post(f"/nodal/areas/notes/{note.pk}/", {"words": "Twelve kilns were visited"}).status_code == 302
    assert "Twelve kilns were visited" in main(client.get(page))
    assert "Ask the labour office" not in main(client.get("/nodal/areas/"))


def test_another_state_sees_no_district_no_note_and_writes_none(taken, india, cast, signed_in):
    client, page = signed_in(cast["officer"]), f"/nodal/areas/{india['east'].pk}/"
    client.post(page, {"words": "Only ours", "action": "", "due_on": ""})
    with acting(cast["officer"]):
        note = AreaNote.objects.get()
    stranger = signed_in(cast["far_officer"])
    assert stranger.get(page).status_code == stranger.post(page, {"words": "x"}).status_code == 404
    assert stranger.post(f"/nodal/areas/notes/{note.pk}/", {"words": "x"}).status_code == 404
    assert signed_in(cast["mis"]).post(page, {"words": "x"}).status_code == 404
    with acting(cast["far_officer"]):
        assert AreaNote.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            AreaNote.objects.create(place=india["east"], place_no=india["east"].place_no, role="SOURCE", told={}, words="x", at=note.at)


def test_more_corridors_cost_no_more_queries(taken, india, cast, signed_in):
    client, counted = signed_in(cast["cell"]), []
    client.get("/nodal/areas/")
    for way in (("east", "far"), ("west", "far"), ("east", "west")):
        taken(way, 11)
        with CaptureQueriesContext(connection) as asked:
            client.get("/nodal/areas/")
        counted.append(len(asked))
    assert counted[1] == counted[2]
