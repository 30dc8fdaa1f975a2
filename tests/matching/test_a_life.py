"""From a report to a confirmed link: searched at once, decided by two, undone with nothing lost."""

import base64
import io
from types import SimpleNamespace
from unittest.mock import patch
from uuid import uuid4

import pytest
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from aanchal.access.acting import SYSTEM, acting
from aanchal.matching import actions, deciding, queries, searching
from aanchal.matching.models import Candidate, ConfirmedLink, FoundPerson
from aanchal.matching.rules import NotPossible
from aanchal.registers.models import Entry
from tests.factories import NOON, make_posting
from tests.matching.builders import found, report


def say(pair, by, answer="SAME"):
    with acting(by):
        candidate = queries.candidate(pair.candidate.pk)
        return deciding.decide(candidate=candidate, answer=answer, reasons=["NAME"], note="Her aunt knows her.", at=NOON, by=by)


def confirm(pair) -> ConfirmedLink:
    say(pair, pair.there)
    say(pair, pair.here)
    with acting(pair.here):
        return queries.link_of(queries.candidate(pair.candidate.pk))


def test_she_is_found_across_scripts_and_states(pair):
    assert pair.candidate.probability > 0.5
    assert pair.candidate.bits["given"] > 3


def test_the_newest_is_found_by_the_next_search_without_a_new_index(pair, india):
    with acting(SYSTEM):
        searching.search_report(pair.entry, by=SYSTEM)
    again = found(pair.far, "Aparna Mahato", home=india["east village 1"].district)
    with acting(SYSTEM):
        assert searching.search_found(again, by=SYSTEM) == 1
        assert Candidate.objects.filter(found=again, person=pair.entry.person).exists()


def test_both_sides_see_the_pair_and_no_name_until_it_is_opened(pair):
    for user in (pair.here, pair.there):
        with acting(user):
            [candidate] = queries.queue(user)
            assert "Aparna" not in str(candidate.facts) + str(candidate.bits)
            opened = actions.open_pair(candidate=candidate, reason="REVIEW", by=user)
            assert opened["missing"]["name"] == "অপর্ণা মাহাতো"
            assert opened["found"]["name"] == "Aparna Mahto"


def test_someone_of_neither_side_sees_nothing(pair, india):
    with acting(SYSTEM):
        stranger = make_posting("block_officer", india["west block"])
    with acting(stranger):
        assert not Candidate.objects.exists()
        assert not FoundPerson.objects.exists()
        assert not queries.queue(stranger)


def test_two_people_make_a_link_and_the_register_says_that_she_is_found(pair):
    link = confirm(pair)
    with acting(SYSTEM):
        line = Entry.objects.get(person=pair.entry.person, stands=True)
        assert (line.details["missing_status"], line.is_open) == ("TRACED", False)
        assert not FoundPerson.objects.get().is_open
        assert {task.kind for task in link.tasks.all()} == {"CALL_FAMILY", "TELL_POLICE", "VISIT_FAMILY", "TELL_CWC"}


def test_one_person_alone_makes_no_link(pair):
    say(pair, pair.here)
    with pytest.raises(NotPossible, match="second_person"):
        say(pair, pair.here)
    with acting(SYSTEM):
        assert not ConfirmedLink.objects.exists()


def test_undoing_opens_the_line_again_and_keeps_all_that_was_said(pair):
    link = confirm(pair)
    with acting(pair.there):
        deciding.undo(link=link, at=NOON, by=pair.there)
    with acting(SYSTEM):
        line = Entry.objects.get(person=pair.entry.person, stands=True)
        assert (line.details["missing_status"], line.is_open) == ("REPORTED_VILLAGE", True)
        assert Candidate.objects.get().standing == "UNSURE"
        assert ConfirmedLink.objects.get().undone_by == pair.there
        assert pair.candidate.decisions.count() == 2


def test_a_rejected_pair_stays_rejected_when_searched_again(pair):
    say(pair, pair.there, "DIFFERENT")
    with acting(SYSTEM):
        searching.search_report(pair.entry, by=SYSTEM)
        assert Candidate.objects.get().standing == "REJECTED"
    with acting(pair.here):
        assert not queries.queue(pair.here)


def test_other_pairs_of_the_two_close_with_the_link_and_open_with_its_end(pair, india):
    again = found(pair.far, "Aparna Mahato", home=india["east village 1"].district)
    with acting(SYSTEM):
        searching.search_found(again, by=SYSTEM)
    link = confirm(pair)
    with acting(SYSTEM):
        assert Candidate.objects.get(found=again).standing == "CLOSED"
    with acting(pair.here):
        deciding.undo(link=link, at=NOON, by=pair.here)
    with acting(SYSTEM):
        assert Candidate.objects.get(found=again).standing == "OPEN"


def test_a_report_starts_a_search(india):
    entry = report(india["east village 1"])
    assert ProcrastinateJob.objects.filter(task_name__contains="search_report", args__entry=str(entry.pk)).exists()


def photo_of(pair, consent: str) -> dict:
    """What an officer of the other side sees when the report came with a photo."""
    entry = report(pair.home, "Aparna Mahto", submission=uuid4(), photo_consent=consent)
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    with acting(SYSTEM):
        searching.search_report(entry, by=SYSTEM)
        candidate = Candidate.objects.get(entry=entry)
    with acting(pair.there), patch.object(actions.Attachment, "objects") as rows:
        rows.filter.return_value.first.return_value = SimpleNamespace(content=out.getvalue)
        return actions.open_pair(candidate=candidate, reason="REVIEW", by=pair.there)["missing"]


def test_a_photo_is_shown_small_where_the_family_agreed(pair):
    shown = Image.open(io.BytesIO(base64.b64decode(photo_of(pair, "yes")["photo"])))
    assert max(shown.size) == 480


def test_no_photo_is_shown_without_consent(pair):
    assert "photo" not in photo_of(pair, "no")
