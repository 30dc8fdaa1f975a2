"""Pairs leave the queue with the line they look for, and come back with it; an undone link opens only what it closed itself."""

from datetime import timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.matching import deciding, queries, searching
from aanchal.matching.models import Candidate
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from tests.factories import DAY, NOON, make_posting
from tests.matching.builders import found, report
from tests.matching.test_a_life import confirm, say

SOON = NOON + timedelta(minutes=1)


def standing(person, she) -> str:
    with acting(SYSTEM):
        return Candidate.objects.get(person=person, found=she).standing


def told(line, **details):
    with acting(SYSTEM):
        return registers.correct_entry(entry=line, changes=registers.Changes(details=details), reason="told", at=NOON, by=SYSTEM)


def test_a_line_closed_by_the_register_takes_its_pairs_out_of_the_queue(pair):
    told(pair.entry, missing_status="CLOSED_FALSE")
    assert standing(pair.entry.person, pair.found) == "CLOSED"
    with acting(pair.here):
        assert not queries.queue(pair.here)


def test_a_worker_who_cannot_see_the_queue_closes_the_line_all_the_same(pair, crp):
    with acting(crp):
        changes = registers.Changes(details={"missing_status": "TRACED", "traced_on": DAY.isoformat()})
        registers.correct_entry(entry=pair.entry, changes=changes, reason="came home", at=NOON, by=crp)
    assert standing(pair.entry.person, pair.found) == "CLOSED"


def test_a_line_that_is_open_again_brings_them_back_as_they_stood(pair):
    say(pair, pair.here, "UNSURE")
    closed = told(pair.entry, missing_status="CLOSED_FALSE")
    told(closed, missing_status="REPORTED_VILLAGE")
    assert standing(pair.entry.person, pair.found) == "UNSURE"


def test_a_rejected_pair_does_not_come_back_with_the_line(pair):
    say(pair, pair.here, "DIFFERENT")
    told(told(pair.entry, missing_status="CLOSED_FALSE"), missing_status="REPORTED_VILLAGE")
    assert standing(pair.entry.person, pair.found) == "REJECTED"


def test_undoing_a_link_leaves_closed_what_another_link_closed(pair, india):
    """She may be either of two who were found; the second of them turns out to be someone else's daughter."""
    home = india["east village 1"]
    sister = report(home, "Aparna Mahato", guardian="Ramesh Mahato", years=16, on=DAY - timedelta(days=90), at=SOON)
    second = found(pair.far, "Aparna Mahato", home=home.district, at=SOON)
    with acting(SYSTEM):
        searching.search_found(pair.found, by=SYSTEM)
        searching.search_found(second, by=SYSTEM)
    first_link = confirm(pair)
    assert standing(pair.entry.person, second) == "CLOSED"
    other = type(pair)(**{**vars(pair), "candidate": candidate(sister.person, second)})
    confirm(other)
    with acting(pair.here):
        deciding.undo(link=first_link, at=NOON, by=pair.here)
    assert standing(pair.entry.person, second) == "CLOSED"
    assert standing(sister.person, second) == "CONFIRMED"
    assert standing(pair.entry.person, pair.found) == "UNSURE"


def candidate(person, she) -> Candidate:
    with acting(SYSTEM):
        return Candidate.objects.get(person=person, found=she)


def test_undoing_a_link_does_not_open_the_pairs_of_a_line_closed_by_other_means(pair, india):
    home = india["east village 1"]
    sister = report(home, "Aparna Mahato", guardian="Ramesh Mahato", years=16, on=DAY - timedelta(days=90), at=SOON)
    with acting(SYSTEM):
        searching.search_found(pair.found, by=SYSTEM)
    link = confirm(pair)
    told(sister, missing_status="CLOSED_FALSE")
    with acting(pair.here):
        deciding.undo(link=link, at=NOON, by=pair.here)
    assert standing(sister.person, pair.found) == "CLOSED"
    with acting(SYSTEM):
        assert Entry.objects.get(person=pair.entry.person, stands=True).is_open


def test_a_photo_is_shown_to_no_stranger(pair, india, signed_in):
    from django.urls import reverse

    with acting(SYSTEM):
        stranger = make_posting("block_officer", india["west block"])
    assert signed_in(stranger).post(reverse("matching:pair-open", args=[pair.candidate.pk])).status_code == 404
