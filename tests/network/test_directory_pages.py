"""The pages of the directory: for who works there, and for nobody next door."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.network import engaging, importing, posting, tasks
from aanchal.network.models import ImportFile, Post, Stakeholder
from tests.factories import DAY, NOON
from tests.network.builders import TERMS, checked, engaged, entered, filled, ngo, post, sent, written


@pytest.fixture
def everything(india, runner):
    """Addresses of a row of each, in the east."""
    east = india["east"]
    worker = entered(east, runner, "CRP", "Planted Sunita")
    engagement = engaged(ngo(east, runner), runner)
    seat = post(east, runner)
    tenure = filled(seat, runner, worker, since=date(2026, 1, 1))
    file = written(east, runner, f"kind,name,place_level,place_code\nYOUTH,Navyug,DISTRICT,{east.lgd_code}\nYOUTH,,DISTRICT,1\n")
    with acting(runner):
        engaging.expect(engagement=engagement, title="A report", due_on=DAY, by=runner)
        posting.raise_dues(tenures=[tenure], month=date(2026, 1, 1), at=NOON, by=runner)
        posting.join_pool(place=east, stakeholder=worker, topics=["LAW"], languages=["hi"], on=DAY, by=runner)
    rows = [
        f"stakeholders/{worker.pk}/", f"stakeholders/{worker.pk}/correct/", f"stakeholders/files/{file.pk}/", f"posts/{seat.pk}/",
        f"stakeholders/files/{file.pk}/?show=MAKE", f"stakeholders/files/{file.pk}/refused/", f"ngos/{engagement.ngo_id}/",
        f"stakeholders/files/{file.pk}/refused/?format=xlsx", f"ngos/engagements/{engagement.pk}/",
    ]  # fmt: skip
    lists = [
        "stakeholders/", "stakeholders/?q=sunita&category=SUPPORT&kind=CRP&stale=on", "stakeholders/places/", "stakeholders/new/",
        "stakeholders/alike/", "stakeholders/files/", "stakeholders/files/example/", "ngos/", "posts/", "posts/?kind=GENDER_CRP",
        "posts/honoraria/?month=2026-01", "posts/honoraria/?month=x", "pool/", "pool/?topic=LAW&language=hi",
    ]  # fmt: skip
    return [f"/network/{row}" for row in rows], [f"/network/{one}" for one in lists]


def read(answer) -> tuple[int, str]:
    """The status and the whole body, a file's too."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body.decode(errors="replace")


def test_every_page_opens_for_who_works_there_and_its_rows_for_nobody_next_door(everything, runner, next_door, signed_in):
    rows, lists = everything
    client = signed_in(runner)
    for address in (*rows, *lists):
        assert read(client.get(address))[0] == 200, address
    client = signed_in(next_door)
    for address in rows:
        assert client.get(address).status_code == 404, address
    for address in lists:
        status, body = read(client.get(address))
        assert (status, "Planted" in body) == (200, False), address


def test_the_list_costs_the_same_however_long_it_is(india, runner, signed_in):
    client, asked = signed_in(runner), []
    for more in (1, 9):
        for n in range(more):
            entered(india["east"], runner, "VO", f"VO {more} {n}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/network/stakeholders/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_line_is_entered_corrected_confirmed_and_joined_in_the_pages(india, runner, signed_in):
    client, at = signed_in(runner), f"?place={india['east'].pk}"
    told = {"kind": "NGO", "name": "Sahyog", "phone": "call me"}
    assert "3 to 15 digits" in client.post(f"/network/stakeholders/new/{at}", told).content.decode()
    pages = [client.post(f"/network/stakeholders/new/{at}", told | {"phone": "06512 1"}).headers["Location"] for _ in range(2)]
    assert client.post(f"{pages[0]}correct/", told | {"phone": "", "name": "Sahyog II"}).status_code == 302
    assert client.post(f"{pages[0]}correct/", told | {"phone": "06512 1"}).status_code == 302
    assert "may be the same" in client.get(pages[0]).content.decode()
    other = pages[1].rstrip("/").split("/")[-1]
    assert client.post(pages[0], {"what": "join", "other": str(india["east"].pk)}).status_code == 404
    assert client.post(pages[0], {"what": "join", "other": other}).status_code == 302
    assert client.post(pages[0], {"what": "confirm"}).status_code == 302
    ngo_page = client.post(pages[0], {"what": "ngo", "ngo-act": "TRUST", "ngo-areas": ["IEC"]}).headers["Location"]
    assert client.get(ngo_page).status_code == 200
    assert client.post(pages[0], {"what": "dance"}).status_code == 404
    with acting(runner):
        assert sorted(Stakeholder.objects.values_list("standing", flat=True)) == ["LIVE", "MERGED"]


def test_a_file_goes_from_its_upload_to_its_undoing_in_the_pages(india, runner, signed_in):
    client = signed_in(runner)
    text = f"kind,name,place_level,place_code\nYOUTH,=cmd|x,DISTRICT,{india['east'].lgd_code}\nYOUTH,Tarun,DISTRICT,1\n"
    upload = SimpleUploadedFile("clubs.csv", text.encode())
    page = client.post("/network/stakeholders/files/", {"place": india["state"].pk, "file": upload}).headers["Location"]
    assert "Waits to be read" in client.get(page).content.decode()
    pk = page.rstrip("/").split("/")[-1]
    tasks.unpack(pk)
    tasks.check(pk)
    body = client.get(page).content.decode()
    assert "There is no place of this code" in body
    assert "row 3" in body
    refused = b"".join(client.get(f"{page}refused/").streaming_content).decode("utf-8-sig")
    assert refused.splitlines()[1].startswith('"YOUTH","Tarun","DISTRICT","1","3","place_code: ')
    assert client.post(page, {"what": "write"}).status_code == 302
    tasks.write(pk)
    out = b"".join(client.post("/network/stakeholders/export/?category=OTHER", {"format": "csv"}).streaming_content).decode()
    assert '"\'=cmd|x"' in out
    assert client.post(page, {"what": "undo"}).status_code == 302
    tasks.take_back(pk, str(runner.pk))
    assert "Taken back: 1" in client.get(page).content.decode()
    assert client.post(page, {"what": "undo"}).status_code == 302
    with acting(SYSTEM):
        assert ImportFile.objects.get().state == "UNDONE"


def test_what_was_taken_out_comes_back_as_it_stands(india, runner, signed_in):
    entered(india["east"], runner, "CRP", "Sunita", parent=entered(india["east"], runner), phone="+91 98")
    client = signed_in(runner)
    for kind in ("csv", "xlsx"):
        out = b"".join(client.post("/network/stakeholders/export/", {"format": kind}).streaming_content)
        assert checked(india["state"], runner, out, f"x.{kind}").counts == {"SAME": 2}


def test_what_cannot_be_read_is_said(india, runner, signed_in):
    client = signed_in(runner)
    upload = SimpleUploadedFile("x.csv", b"\xff\xfe\x00")
    page = client.post("/network/stakeholders/files/", {"place": india["state"].pk, "file": upload}).headers["Location"]
    tasks.unpack(page.rstrip("/").split("/")[-1])
    assert "neither a CSV file" in client.get(page).content.decode()
    assert client.post("/network/stakeholders/files/", {"place": india["state"].pk}).status_code == 422


def test_an_ngo_is_blacklisted_by_two_in_the_pages_and_not_engaged(india, runner, expert, signed_in):
    row = ngo(india["east"], runner)
    page = f"/network/ngos/{row.pk}/"
    client = signed_in(runner)
    told = {"what": "blacklist", "blacklist-reasons": "Money", "blacklist-from_on": "2026-04-01"}
    assert client.post(page, told).status_code == 302
    assert client.post(page, {"what": "agree"}).status_code == 404
    assert "Waits for a decision" in signed_in(expert).get("/network/ngos/").content.decode()
    assert client.post(page, {"what": "agree"}).status_code == 302
    client = signed_in(runner)
    terms = {"area": "IEC", "title": "x", "conditions": "x", "chosen": "PANEL", "amount": "10"}
    terms |= {"starts_on": "2026-04-02", "ends_on": "2026-05-02"}
    answer = client.post(page, {"what": "engage"} | {f"engage-{name}": value for name, value in terms.items()})
    assert (answer.status_code, "This NGO is blacklisted" in answer.content.decode()) == (422, True)


def test_what_nobody_may_type_of_a_deliverable_is_refused_with_words(india, runner, signed_in):
    with acting(runner):
        engagement = engaging.engage(ngo=ngo(india["east"], runner), place=india["east"], told=TERMS, at=NOON, by=runner)
        owed = engaging.expect(engagement=engagement, title="A report", due_on=DAY, by=runner)
        engaging.deliver(deliverable=owed, on=DAY, at=NOON, by=runner)
    client, page = signed_in(runner), f"/network/ngos/engagements/{engagement.pk}/"
    assert client.post(page, {"what": "delivered", "deliverable": "z" * 32}).status_code == 404
    answer = client.post(page, {"what": "rate", "deliverable": str(owed.pk), "rating": "9", "remark": "x"})
    assert (answer.status_code, "Select a valid choice" in answer.content.decode()) == (422, True)
    assert client.post(page, {"what": "rate", "deliverable": str(owed.pk), "rating": "4", "remark": "x"}).status_code == 302


def test_a_post_is_filled_left_and_paid_in_the_pages(india, manager, signed_in):
    client = signed_in(manager)
    told = {"kind": "GENDER_CRP", "title": "Gender CRP", "place": india["east"].pk, "order_no": "1"}
    told |= {"sanctioned_on": "2026-01-01", "honorarium": "1500"}
    page = client.post("/network/posts/", {f"new-{name}": value for name, value in told.items()}).headers["Location"]
    worker = entered(india["east"], manager, "CRP", "A worker")
    fill = {"what": "fill", "fill-holder": str(worker.pk), "fill-since": "2025-01-01", "fill-order_no": "2"}
    assert "was not sanctioned then" in client.post(page, fill).content.decode()
    assert client.post(page, fill | {"fill-since": "2026-01-01"}).status_code == 302
    assert "Filled" in client.get("/network/posts/").content.decode()
    assert client.post("/network/posts/honoraria/?month=2026-01", {}).status_code == 302
    body = client.get("/network/posts/honoraria/?month=2026-01").content.decode()
    assert "₹1,500" in body
    pay = body.split("/pay/")[0].split('action="')[-1] + "/pay/"
    for nothing, why in (("", "Write the number"), ("V" * 81, "at most 80"), ("V\0", "Null characters")):
        assert why in client.post(pay, {"reference": nothing, "on": "2026-02-03"}, follow=True).content.decode(), why
    assert "before the month" in client.post(pay, {"reference": "V 1", "on": "2025-12-31"}, follow=True).content.decode()
    assert client.post(pay, {"reference": "V 1", "on": "2026-02-03", "page": "1"}).headers["Location"].endswith("?month=2026-01&page=1")
    assert "Write what is due for this month" in client.get("/network/posts/honoraria/").content.decode()
    assert "paid on 3 Feb 2026 · V 1" in client.get("/network/posts/honoraria/?month=2026-01").content.decode()
    assert client.post(page, {"what": "vacate", "vacate-until": "2026-02-01"}).status_code == 302
    assert "Vacant since" in client.get(page).content.decode()
    with acting(manager):
        assert Post.objects.get().tenures.get().until == date(2026, 2, 1)


def test_what_a_line_belongs_to_is_searched_by_its_name_and_asked_where_several_fit(india, runner, signed_in):
    east, client = india["east"], signed_in(runner)
    first, second = (entered(east, runner, "VO", f"Ujala VO {n}") for n in (1, 2))
    address, told = f"/network/stakeholders/new/?place={east.pk}", {"kind": "SHG", "name": "Asha group"}
    assert "Nothing of this name" in client.post(address, told | {"parent_words": "Nobody"}).content.decode()
    body = client.post(address, told | {"parent_words": "ujala"}).content.decode()
    assert ("Several fit" in body, str(first.pk) in body, str(second.pk) in body) == (True, True, True)
    made = client.post(address, told | {"parent_words": "ujala", "parent": str(second.pk)})
    assert made.status_code == 302
    with acting(runner):
        row = Stakeholder.objects.get(name="Asha group")
    assert row.parent_id == second.pk
    page = f"/network/stakeholders/{row.pk}/correct/"
    assert 'value="Ujala VO 2"' in client.get(page).content.decode()
    assert client.post(page, told | {"parent_words": "Ujala VO 2", "size": "12"}).status_code == 302
    assert client.post(page, told | {"parent_words": "ujala vo 1"}).status_code == 302
    with acting(runner):
        row.refresh_from_db()
    assert (row.parent_id, row.size) == (first.pk, None)


def test_the_map_has_a_tile_for_each_place_below_and_counts_as_the_table_does(india, runner, next_door, signed_in):
    entered(india["east"], runner, "VO", "Ujala VO")
    body = signed_in(runner).get(f"/network/stakeholders/places/?place={india['state'].pk}&category=CBO").content.decode()
    picture = body[body.index('<svg class="pic rank-tiles'):]
    picture = picture[: picture.index("</svg>")]
    assert (picture.count("<rect"), picture.count('class="n4"'), picture.count('class="n0"')) == (2, 1, 1)
    assert f"?place={india['east'].pk}&amp;category=CBO" in picture
    assert signed_in(next_door).get(f"/network/stakeholders/places/?place={india['state'].pk}").status_code == 404


@pytest.mark.parametrize("listed", ["posts", "ngos", "honoraria", "pool"])
def test_each_list_goes_out_within_its_scope_and_comes_back_as_it_stands(everything, india, runner, next_door, signed_in, listed):
    query = "?month=2026-01" if listed == "honoraria" else ""
    body = read(signed_in(runner).post(f"/network/lists/{listed}/export/{query}", {"format": "csv"}))[1]
    assert body.count("\n") == 2, body
    assert sent(india["state"], runner, listed, body.replace("\r\n", "\n"), write=False).counts == {"SAME": 1}
    client = signed_in(next_door)
    assert read(client.post(f"/network/lists/{listed}/export/{query}", {"format": "csv"}))[1].count("\n") == 1
    assert client.post("/network/lists/nothing/export/").status_code == 404


def test_a_file_whose_work_broke_off_says_so_and_is_taken_up(india, runner, next_door, signed_in, monkeypatch):
    client, east = signed_in(runner), india["east"]
    with acting(runner):
        content = f"kind,name,place_level,place_code\nYOUTH,Navyug,DISTRICT,{east.lgd_code}\n".encode()
        old = timezone.now() - timedelta(minutes=11)
        file = importing.send(place=east, content=content, file_name="clubs.csv", at=old, by=runner)
    page = f"/network/stakeholders/files/{file.pk}/"
    assert "Take it up again" in client.get(page).content.decode()
    assert signed_in(next_door).post(page, {"what": "again"}).status_code == 404
    client = signed_in(runner)
    assert client.post(page, {"what": "again"}).status_code == 302
    assert "Take it up again" not in client.get(page).content.decode()
    tasks.unpack(str(file.pk))
    with monkeypatch.context() as broken:
        broken.setattr(importing, "settle", lambda **_told: 1 / 0)
        tasks.check(str(file.pk))
    body = client.get(page).content.decode()
    assert ("broke off" in body, "Being checked" in body) == (True, False)


def test_an_ngo_of_the_state_is_told_of_where_it_is_engaged_and_nowhere_else(india, runner, manager, next_door, signed_in):
    row = ngo(india["state"], runner, name="Planted Sahyog")
    with acting(runner):
        engaging.engage(ngo=row, place=india["east"], told=TERMS, at=NOON, by=runner)
    body = signed_in(manager).get("/network/ngos/").content.decode()
    assert ("Engaged here by the state" in body, "Planted Sahyog" in body) == (True, True)
    assert "Planted Sahyog" not in signed_in(next_door).get("/network/ngos/").content.decode()
