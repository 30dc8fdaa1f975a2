from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from aanchal.access.acting import acting
from aanchal.network import directory, engaging
from aanchal.network.models import Blacklisting, Engagement
from aanchal.network.rules import Candidate, Refused, check_engaged
from aanchal.network.terms import Item
from tests.factories import DAY, NOON
from tests.network.builders import TERMS, blacklisted, engaged, entered, ngo

ALL = frozenset(Item.values)
LATER = DAY + timedelta(days=90)


@pytest.mark.parametrize(
    ("candidate", "codes"),
    [
        (Candidate(None, ALL, False), []),
        (Candidate(LATER, ALL, False), []),
        (Candidate(LATER - timedelta(days=1), ALL, False), ["registration_ends"]),
        (Candidate(None, ALL - {"PAPERS"}, False), ["no_due_diligence"]),
        (Candidate(None, ALL, True), ["blacklisted"]),
        (Candidate(DAY, frozenset(), True), ["blacklisted", "no_due_diligence", "registration_ends"]),
    ],
)
def test_it_says_every_reason_at_once(candidate, codes):
    try:
        check_engaged(candidate, DAY, LATER, Item.values)
        found = []
    except Refused as refused:
        found = [code for _field, code in refused.faults]
    assert found == codes


def test_the_database_asks_for_as_many_items_as_the_list_has():
    sql = (Path(__file__).parents[2] / "aanchal/network/sql/stakeholders.sql").read_text()
    assert f"newest.is_good) < {len(Item.values)} THEN" in sql


def test_an_ngo_without_due_diligence_is_not_engaged_even_by_raw_sql(india, runner):
    row = ngo(india["east"], runner, items=Item.values[:-1])
    with pytest.raises(Refused, match="no_due_diligence"):
        engaged(row, runner)
    with acting(runner):
        with pytest.raises(Error, match="without due diligence"), transaction.atomic():
            _by_sql(row, runner)
        engaging.note_item(ngo=row, item=Item.values[-1], is_good=True, note="", on=DAY, at=NOON, by=runner)
    assert engaged(row, runner).pk


def test_an_item_found_bad_later_counts(india, runner):
    row = ngo(india["east"], runner)
    with acting(runner):
        with pytest.raises(Refused, match="note: empty"):
            engaging.note_item(ngo=row, item="ACCOUNTS", is_good=False, note=" ", on=DAY, at=NOON, by=runner)
        engaging.note_item(ngo=row, item="ACCOUNTS", is_good=False, note="No audit", on=DAY, at=NOON + timedelta(hours=1), by=runner)
    with pytest.raises(Refused, match="no_due_diligence"):
        engaged(row, runner)


def test_who_proposes_does_not_decide_not_even_by_raw_sql(india, runner, expert):
    row = ngo(india["east"], runner)
    with acting(runner):
        one = engaging.propose_blacklisting(ngo=row, reasons="Money", from_on=DAY, until_on=None, at=NOON, by=runner)
        with pytest.raises(Refused, match="own_proposal"):
            engaging.decide(blacklisting=one, is_agreed=True, at=NOON, by=runner)
        told = {"state": "IN_FORCE", "decided_at": NOON}
        for by in (runner, expert):
            with pytest.raises(Error), transaction.atomic():
                Blacklisting.objects.filter(pk=one.pk).update(**told, decided_by=by)
    with acting(expert):
        assert list(directory.blacklistings_waiting(expert)) == [one]
        assert engaging.decide(blacklisting=one, is_agreed=True, at=NOON, by=expert).state == "IN_FORCE"


def test_a_blacklisted_ngo_is_not_engaged_and_what_ran_is_flagged(india, runner, expert):
    row = ngo(india["east"], runner)
    running = engaged(row, runner)
    listing = blacklisted(row, runner, expert)
    with acting(runner):
        running.refresh_from_db()
        assert running.flagged_on == DAY
        with pytest.raises(Error, match="blacklisted"), transaction.atomic():
            _by_sql(row, runner)
        with pytest.raises(Refused, match="blacklisted"):
            engaging.engage(ngo=row, place=india["east"], told=TERMS, at=NOON, by=runner)
        engaging.propose_lifting(blacklisting=listing, reasons="Money returned", at=NOON, by=runner)
        assert engaging.is_barred(row, DAY, DAY)
    with acting(expert):
        engaging.decide(blacklisting=listing, is_agreed=False, at=NOON, by=expert)
        assert listing.state == "IN_FORCE"
    with acting(runner):
        engaging.propose_lifting(blacklisting=listing, reasons="Again", at=NOON, by=runner)
    with acting(expert):
        assert engaging.decide(blacklisting=listing, is_agreed=True, at=NOON, by=expert).state == "LIFTED"
    assert engaged(row, runner).flagged_on is None


def test_the_same_registration_elsewhere_is_the_same_ngo(india, runner, expert, next_door):
    bad = ngo(india["east"], runner, registration_no="JH/12-2012")
    blacklisted(bad, runner, expert)
    again = ngo(india["west"], next_door, name="New name", registration_no="jh 12 2012")
    with acting(next_door):
        assert not Blacklisting.objects.exists()
    with pytest.raises(Refused, match="blacklisted"):
        engaged(again, next_door)


def test_a_blacklisting_has_an_end(india, runner, expert):
    row = ngo(india["east"], runner)
    with acting(runner):
        until = DAY + timedelta(days=30)
        one = engaging.propose_blacklisting(ngo=row, reasons="Money", from_on=DAY, until_on=until, at=NOON, by=runner)
        with pytest.raises(Refused, match="already_listed"):
            engaging.propose_blacklisting(ngo=row, reasons="Money", from_on=DAY, until_on=None, at=NOON, by=runner)
    with acting(expert):
        engaging.decide(blacklisting=one, is_agreed=True, at=NOON, by=expert)
    with pytest.raises(Refused, match="blacklisted"):
        engaged(row, runner)
    assert engaged(row, runner, starts_on=until + timedelta(days=1), ends_on=until + timedelta(days=2))


def test_a_deliverable_is_rated_once_after_it_came(india, runner):
    engagement = engaged(ngo(india["east"], runner), runner)
    with acting(runner):
        one = engaging.expect(engagement=engagement, title="A report", due_on=LATER, by=runner)
        with pytest.raises(Refused, match="not_delivered"):
            engaging.rate(deliverable=one, rating=4, remark="", by=runner)
        one = engaging.deliver(deliverable=one, on=DAY, at=NOON, by=runner)
        engaging.rate(deliverable=one, rating=4, remark="", by=runner)
        with pytest.raises(Refused, match="twice"):
            engaging.rate(deliverable=one, rating=1, remark="", by=runner)
        assert [row.rating for row in directory.ngos(runner)] == [4]
        engaging.end_engagement(engagement=engagement, why="Done", on=DAY, by=runner)
        with pytest.raises(Refused, match="over"):
            engaging.expect(engagement=Engagement.objects.get(), title="More", due_on=LATER, by=runner)


def test_only_an_ngo_has_a_file_and_one(india, runner):
    row = ngo(india["east"], runner)
    vo = entered(india["east"], runner)
    with acting(runner):
        for stakeholder, code in ((vo, "not_an_ngo"), (row.stakeholder, "kept_already")):
            with pytest.raises(Refused, match=code):
                engaging.open_file(stakeholder=stakeholder, told={"act": "TRUST", "areas": []}, by=runner)


def test_another_district_sees_and_changes_nothing_by_raw_sql(india, runner, next_door):
    engaged(ngo(india["east"], runner), runner)
    with acting(next_door), connection.cursor() as cursor:
        for table in ("network_ngo", "network_diligence", "network_engagement", "network_deliverable", "network_blacklisting"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


def _by_sql(row, by) -> None:
    told = TERMS | {"ngo": row, "place": row.stakeholder.place, "place_no": row.place_no, "recorded_at": NOON, "recorded_by": by}
    Engagement(**told).save(force_insert=True)


def test_terms_and_a_deliverable_sent_twice_stand_once(india, runner):
    row = ngo(india["east"], runner)
    one = engaged(row, runner)
    with pytest.raises(Refused, match="twice"):
        engaged(row, runner)
    with acting(runner):
        engaging.expect(engagement=one, title="First report", due_on=DAY, by=runner)
        with pytest.raises(Refused, match="twice"):
            engaging.expect(engagement=one, title="First report", due_on=DAY, by=runner)
