"""Returns through their pages, for those who may; nothing of them for another State."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import SYSTEM, acting
from aanchal.nodal.models import Return, Upload
from aanchal.places.models import Place
from tests.nodal.builders import FIGURES, act, begin, locked


def test_every_page_opens_for_the_state_and_for_no_other(draft, call, cast, signed_in):
    below = ["", "fill/", "sheet/"]
    for who in ("mis", "officer"):
        client = signed_in(cast[who])
        for address in ("/nodal/returns/", f"/nodal/returns/calls/{call.slug}/", *(f"/nodal/returns/{draft.pk}/{end}" for end in below)):
            assert client.get(address).status_code == 200, (who, address)
    assert signed_in(cast["cell"]).get(f"/nodal/returns/{draft.pk}/").status_code == 200
    assert signed_in(cast["cell"]).get(f"/nodal/returns/{draft.pk}/fill/").status_code == 404
    for who in ("stranger", "far_officer"):
        client = signed_in(cast[who])
        for end in below:
            assert client.get(f"/nodal/returns/{draft.pk}/{end}").status_code == 404
        for end in ("step/", "explain/", "amend/", "draft/", "upload/"):
            assert client.post(f"/nodal/returns/{draft.pk}/{end}", {"event": "SUBMIT"}).status_code == 404
        assert f"{draft.pk}" not in client.get(f"/nodal/returns/calls/{call.slug}/").content.decode()
    assert signed_in(cast["crp"]).get("/nodal/returns/").status_code == 404


def test_a_state_does_not_begin_the_return_of_another(call, india, cast, signed_in):
    client = signed_in(cast["stranger"])
    assert client.post(f"/nodal/returns/calls/{call.slug}/open/", {"state": india["state"].pk}).status_code == 404
    assert client.post(f"/nodal/returns/calls/{call.slug}/open/", {"state": "x"}).status_code == 404
    assert client.post(f"/nodal/returns/calls/{call.slug}/open/", {"state": india["far state"].pk}).status_code == 302
    again = client.post(f"/nodal/returns/calls/{call.slug}/open/", {"state": india["far state"].pk}, follow=True)
    assert "there is no second" in again.content.decode()
    assert client.post(f"/nodal/returns/calls/{call.slug}/remind/").status_code == 404


def test_from_the_call_to_the_lock_and_the_amendment(india, cast, signed_in):
    client = signed_in(cast["cell"])
    told = {"period": "MONTH", "starts_on": "2026-07-01", "due_on": "2026-08-20"}
    assert client.post("/nodal/returns/", told | {"starts_on": "2026-07-02"}).status_code == 422
    page = client.post("/nodal/returns/", told).headers["Location"]
    client = signed_in(cast["mis"])
    one = client.post(f"{page}open/", {"state": india["state"].pk}).headers["Location"]
    grid = {head: str(n) for head, n in FIGURES.items()}
    answer = client.post(f"{one}fill/", grid | {"cases_143": "nine"})
    assert answer.status_code == 422
    assert "Letters where a number belongs." in answer.content.decode()
    assert client.post(f"{one}fill/", grid | {"cases_total": "25"}).status_code == 302
    said = client.get(one).content.decode()
    assert "All cases registered is 25, but its parts from" in said
    assert client.post(f"{one}step/", {"event": "SUBMIT"}, follow=True).content.decode().count("must be put right") == 1
    client.post(f"{one}fill/", grid | {"missing_fir": "50"})
    [key] = [line.split('"')[0] for line in client.get(one).content.decode().split('name="finding" value="')[1:]]
    assert client.post(f"{one}explain/", {"finding": key, "words": "Registered on 1 August"}).status_code == 302
    assert "Submitted." in client.post(f"{one}step/", {"event": "SUBMIT"}, follow=True).content.decode()
    assert client.post(f"{one}step/", {"event": "APPROVE"}).status_code == 404
    assert "Approved." in signed_in(cast["officer"]).post(f"{one}step/", {"event": "APPROVE"}, follow=True).content.decode()
    client = signed_in(cast["cell"])
    assert client.post(f"{one}step/", {"event": "QUERY", "words": ""}).status_code == 422
    for event in ("ACCEPT", "LOCK"):
        assert client.post(f"{one}step/", {"event": event}).status_code == 302
    client = signed_in(cast["mis"])
    late = client.post(f"{one}fill/", grid, follow=True).content.decode()
    assert "put right by an amendment" in late
    amendment = client.post(f"{one}amend/", {"reason": "Found in the audit"}).headers["Location"]
    client.post(f"{amendment}fill/", grid | {"missing_fir": "52"})
    shown = client.get(amendment).content.decode()
    assert "<del>50</del>" in shown
    assert "<ins>52</ins>" in shown


def test_a_second_submission_is_refused_in_words(draft, cast, signed_in):
    act("submit", draft, cast["mis"])
    answer = signed_in(cast["mis"]).post(f"/nodal/returns/{draft.pk}/step/", {"event": "SUBMIT"}, follow=True)
    assert "This was done before" in answer.content.decode()


def test_who_has_not_reported_is_said_without_a_query_a_state(draft, call, cast, signed_in):
    client, counted = signed_in(cast["cell"]), []
    page = client.get(f"/nodal/returns/calls/{call.slug}/").content.decode()
    assert page.count("Not reported") >= 36
    for n in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/nodal/returns/calls/{call.slug}/")
        counted.append(len(asked))
        for place in Place.objects.filter(level="STATE").exclude(pk=draft.place_id).order_by("pk")[n * 5 : n * 5 + 5]:
            begin(call, place, SYSTEM)
    assert counted[0] == counted[1]


def test_the_series_shows_where_another_edition_begins(call, india, cast, signed_in):
    locked(call, india["state"], cast)
    page = signed_in(cast["mis"]).get(f"/nodal/series/?head=missing_total&place={india['state'].pk}").content.decode()
    assert "Return of the State, heads of 2026" in page
    assert ">52<" in page
    assert "The working form of this program" in page
    in_hindi = signed_in(cast["mis"]).get(
        f"/nodal/series/?head=missing_total&place={india['state'].pk}", headers={"accept-language": "hi"}
    )
    assert "इस प्रोग्राम का कामकाजी रूप" in in_hindi.content.decode()
    client = signed_in(cast["stranger"])
    assert client.get(f"/nodal/series/?head=missing_total&place={india['state'].pk}").status_code == 404
    assert client.get("/nodal/series/?head=nothing").status_code == 404
    assert ">52<" not in client.get("/nodal/series/?head=missing_total").content.decode()


def test_an_uploaded_file_is_not_another_states(draft, cast, signed_in):
    with acting(cast["mis"]):
        kept = Upload.objects.create(
            of=draft, place_no=draft.place_no, file_name="a.xlsx", sha256="0", content=b"x", faults=[], taken=0, at=draft.made_at
        )
    assert signed_in(cast["mis"]).get(f"/nodal/returns/uploads/{kept.pk}/").status_code == 200
    assert signed_in(cast["stranger"]).get(f"/nodal/returns/uploads/{kept.pk}/").status_code == 404


@pytest.mark.parametrize("end", ["remind/", "open/"])
def test_a_call_that_is_not_there_is_absent(cast, signed_in, end):
    who = {"remind/": "cell", "open/": "mis"}[end]
    for absent in ("month-2026-03-01", "month-2026-13-01", "week-2026-03-01", "x"):
        assert signed_in(cast[who]).post(f"/nodal/returns/calls/{absent}/{end}", {"state": 1}).status_code == 404
    assert Return.objects.count() == 0
