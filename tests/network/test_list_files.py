"""Posts, NGOs, pools and honoraria from files: tried, written, taken back; for who records there, and nobody else."""

from datetime import date

import pytest
from django.db import connection

from aanchal.access.acting import acting
from aanchal.network import importing, posting, rowwise
from aanchal.network.models import Honorarium, Ngo, PoolMember, Post, Tenure, Touched
from aanchal.network.rules import Refused
from tests.factories import NOON
from tests.network.builders import entered, filled, post, sent, taken_back

POSTS = "kind,title,place_level,place_code,order_no,sanctioned_on,honorarium_rupees,holder_key,since\n"


def said(file, by) -> list:
    with acting(by):
        return [(line.nth, line.fate, line.faults) for line in file.lines.order_by("nth")]


def posts(india, *rows):
    return POSTS + "\n".join(rows).replace("<EAST>", str(india["east"].lgd_code)).replace("<WEST>", str(india["west"].lgd_code)) + "\n"


@pytest.fixture
def worker(india, runner):
    return entered(india["east"], runner, "CRP", "Sunita")


def test_posts_come_with_who_holds_them_and_go_again(india, runner, worker):
    held = f"gender crp,CRP one,DISTRICT,<EAST>,GO 1,01-04-2025,1500,{worker.pk},2025-04-02"
    rows = (held, "PARALEGAL,PLV,DISTRICT,<EAST>,GO 1,2025-04-01,,,")
    looked = sent(india["state"], runner, "posts", posts(india, *rows), write=False)
    with acting(runner):
        assert (looked.counts, Post.objects.count(), Tenure.objects.count()) == ({"MAKE": 2}, 0, 0)
        file = importing.write(file=looked, at=NOON, by=runner)
        one = Post.objects.get(title="CRP one")
        assert (one.honorarium_paise, one.tenures.get().holder, one.tenures.get().since) == (150_000, worker, date(2025, 4, 2))
    assert sent(india["state"], runner, "posts", posts(india, *rows), write=False).counts == {"SAME": 2}
    assert taken_back(file, runner).counts == {"TAKEN_BACK": 2}
    with acting(runner):
        assert (Post.objects.count(), Tenure.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("CHIEF,CRP,DISTRICT,<EAST>,GO 1,2025-04-01,,,", ["kind", "not_of_the_list"]),
        ("GENDER_CRP,,DISTRICT,<EAST>,GO 1,2025-04-01,,,", ["title", "empty"]),
        ("GENDER_CRP,CRP,DISTRICT,<EAST>,GO 1,2025-13-01,,,", ["sanctioned_on", "not_a_day"]),
        ("GENDER_CRP,CRP,DISTRICT,<EAST>,GO 1,2099-01-01,,,", ["sanctioned_on", "in_the_future"]),
        ("GENDER_CRP,CRP,DISTRICT,<EAST>,GO 1,2025-04-01,1.005,,", ["honorarium_rupees", "not_an_amount"]),
        ("GENDER_CRP,CRP,DISTRICT,<EAST>,GO 1,2025-04-01,,nobody,2025-04-01", ["holder_key", "no_stakeholder"]),
        ("GENDER_CRP,CRP,DISTRICT,<EAST>,GO 1,2025-04-01,,x,", ["since", "empty"]),
        ("GENDER_CRP,CRP,TOWN,<EAST>,GO 1,2025-04-01,,,", ["place_level", "unknown_level"]),
        ("GENDER_CRP,CRP,DISTRICT,<WEST>,GO 1,2025-04-01,,,", ["place_code", "not_yours"]),
        ("GENDER_CRP,CRP,DISTRICT,1,GO 1,2025-04-01,,,,more", ["", "too_many_cells"]),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_others_are_not(india, runner, row, fault):
    good = "PARALEGAL,PLV,DISTRICT,<EAST>,GO 1,2025-04-01,,,"
    file = sent(india["east"], runner, "posts", posts(india, good, row), write=False)
    assert file.counts == {"MAKE": 1, "REFUSED": 1}
    assert said(file, runner)[1] == (3, "REFUSED", [fault])


def test_two_rows_that_overlap_are_found_before_anything_is_written(india, runner, worker):
    rows = [f"GENDER_CRP,CRP {n},DISTRICT,<EAST>,GO 1,2025-04-01,,{worker.pk},2025-04-0{n}" for n in (1, 2)]
    file = sent(india["state"], runner, "posts", posts(india, *rows), write=False)
    assert said(file, runner)[1] == (3, "REFUSED", [["holder", "holds_another"]])


def test_what_was_changed_or_built_upon_stays_and_is_named(india, runner, worker):
    rows = [f"GENDER_CRP,CRP {n},DISTRICT,<EAST>,GO 1,2025-04-01,1500,," for n in (1, 2, 3)]
    file = sent(india["state"], runner, "posts", posts(india, *rows))
    with acting(runner):
        built, changed = (Post.objects.get(title=f"CRP {n}") for n in (1, 2))
    filled(built, runner, worker, since=date(2025, 5, 1))
    with acting(runner):
        posting.abolish(post=changed, on=date(2026, 1, 1), at=NOON, by=runner)
    assert taken_back(file, runner).counts == {"STAYED": 2, "TAKEN_BACK": 1}
    assert said(file, runner) == [
        (2, "STAYED", [["", "built_upon"]]), (3, "STAYED", [["", "moved_on_since"]]), (4, "TAKEN_BACK", []),
    ]  # fmt: skip
    with acting(runner):
        assert {one.title for one in Post.objects.all()} == {"CRP 1", "CRP 2"}


def test_it_is_not_written_when_the_list_has_changed_since_it_was_shown(india, runner):
    row = "GENDER_CRP,CRP,DISTRICT,<EAST>,GO 1,2025-04-01,,,"
    one, other = (sent(india["state"], runner, "posts", posts(india, row), write=False) for _ in range(2))
    with acting(runner):
        importing.write(file=one, at=NOON, by=runner)
        with pytest.raises(Refused, match="changed_since"):
            importing.write(file=other, at=NOON, by=runner)
    with acting(runner):
        assert Post.objects.count() == 1


def test_files_of_ngos_and_members_of_pools_come_and_go(india, runner):
    ngo = entered(india["east"], runner, "NGO", "Sahyog")
    stated = f"stakeholder_key,act,areas,valid_until\n{ngo.pk},trust,iec TRAINING,2030-01-01\n"
    pool = f"stakeholder_key,place_level,place_code,topics,languages\n{ngo.pk},DISTRICT,{india['east'].lgd_code},law,hi|te\n"
    files = [sent(india["state"], runner, "ngos", stated), sent(india["state"], runner, "pool", pool)]
    with acting(runner):
        assert (Ngo.objects.get().areas, PoolMember.objects.get().languages) == (["IEC", "TRAINING"], ["hi", "te"])
    other = sent(india["state"], runner, "ngos", stated.replace("2030", "2031"), write=False)
    assert said(other, runner) == [(2, "REFUSED", [["valid_until", "stands_otherwise"]])]
    assert [taken_back(file, runner).counts for file in reversed(files)] == [{"TAKEN_BACK": 1}] * 2
    with acting(runner):
        assert (Ngo.objects.count(), PoolMember.objects.count()) == (0, 0)


def test_what_the_bank_paid_is_noted_and_can_be_taken_back(india, runner, worker):
    tenure = filled(post(india["east"], runner), runner, worker)
    with acting(runner):
        posting.raise_dues(tenures=[tenure], month=date(2026, 1, 1), at=NOON, by=runner)
        due = Honorarium.objects.get()
    file = sent(india["east"], runner, "honoraria", f"key,paid_on,reference\n{due.pk},2026-02-03,NEFT 1\n{tenure.pk},2026-02-03,NEFT 2\n")
    assert said(file, runner)[1] == (3, "REFUSED", [["key", "not_there"]])
    with acting(runner):
        due.refresh_from_db()
    assert (file.counts, due.paid_on, due.reference) == ({"CHANGE": 1, "REFUSED": 1}, date(2026, 2, 3), "NEFT 1")
    assert taken_back(file, runner).counts == {"REFUSED": 1, "TAKEN_BACK": 1}
    with acting(runner):
        due.refresh_from_db()
    assert (due.paid_on, due.reference) == (None, "")


def test_the_database_lets_go_of_what_a_file_made_and_of_nothing_else(india, runner, next_door):
    kept = post(india["east"], runner)
    file = sent(india["east"], runner, "posts", posts(india, "PARALEGAL,PLV,DISTRICT,<EAST>,GO 1,2025-04-01,,,"))
    with acting(runner), connection.cursor() as cursor:
        cursor.execute("DELETE FROM network_post")
        assert (cursor.rowcount, Touched.objects.count()) == (0, 1)
    with acting(next_door), connection.cursor() as cursor:
        for statement in ("SELECT * FROM network_touched", "DELETE FROM network_post"):
            cursor.execute(statement)
            assert cursor.rowcount == 0
    taken_back(file, runner)
    with acting(runner):
        assert Post.objects.get() == kept


def test_no_list_takes_more_rows_than_are_tried_at_once(india, runner, monkeypatch):
    monkeypatch.setattr(rowwise, "MOST_ROWS", 1)
    with pytest.raises(Exception, match="TOO_MANY_LINES"):
        sent(india["state"], runner, "posts", posts(india, *["PARALEGAL,PLV,DISTRICT,<EAST>,GO 1,2025-04-01,,,"] * 2))
