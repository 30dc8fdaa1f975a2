"""The engine has a process, a queue and a right of its own: it reads names to compare them, proposes pairs, and can do nothing else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from aanchal.access import actions as access
from aanchal.access import jobs
from aanchal.access import queries as users
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.jobs import NotPosted, program
from aanchal.access.models import Posting
from aanchal.access.policy import day_in_india
from aanchal.config import doctor
from aanchal.config.commands import worker_command
from aanchal.core.models import Trail
from aanchal.matching import searching, tasks
from aanchal.matching.models import Candidate, Decision
from aanchal.matching.tasks import ENGINE
from aanchal.registers.models import Entry
from aanchal.risk.models import Grounds, Survey
from tests.factories import NOON, make_posting
from tests.matching.builders import found, report


@pytest.fixture
def engine(db):
    return program(ENGINE)


def look(engine, entry) -> int:
    with acting(engine):
        return searching.search_report(entry, by=engine)


def end(engine) -> None:
    with acting(SYSTEM):
        yesterday = day_in_india(timezone.now()) - timedelta(days=1)
        Posting.objects.filter(user=engine).update(since=yesterday, until=yesterday)


def test_it_proposes_a_pair_under_its_own_posting(engine, india):
    entry, she = report(india["east village 1"]), found(india["far"], home=india["east village 1"].district)
    assert look(engine, entry) == 1
    with acting(SYSTEM):
        assert Candidate.objects.get().found_id == she.pk
        assert Trail.objects.filter(verb="matching.register.held", actor=str(engine.pk)).exists()


def test_it_decides_nothing_and_reads_no_decision(pair, engine):
    with acting(SYSTEM):
        said = Decision(candidate=pair.candidate, place_no=1, found_place_no=1, answer="SAME", reasons=[], at=NOON, by=pair.here)
    with acting(engine):
        assert Candidate.objects.exists()
        assert not Decision.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            Model.save(said, force_insert=True)


@pytest.mark.parametrize("table", [Grounds, Survey])
def test_it_reads_nothing_of_how_a_family_lives(engine, table, india):
    with acting(engine):
        assert not table.objects.exists()
    assert "risk.reasons" not in {str(one) for one in Posting.objects.get(user=engine).held.permissions}


def test_its_right_ends_with_its_posting(engine, india):
    entry = report(india["east village 1"])
    end(engine)
    assert not list(searching.rebuild(by=engine))
    with acting(engine):
        assert not Entry.objects.filter(pk=entry.pk).exists()


def test_it_does_not_work_for_an_account_that_was_closed(engine):
    with acting(SYSTEM):
        access.deactivate_user(user=engine, by=SYSTEM)
    with pytest.raises(NotPosted, match=ENGINE):
        program(ENGINE)


def test_it_does_not_work_when_its_posting_has_ended_and_the_doctor_says_so(engine):
    assert doctor.engine().words == ""
    end(engine)
    with pytest.raises(NotPosted, match="posting has ended"):
        program(ENGINE)
    assert "posting has ended" in doctor.engine().words
    assert doctor.engine().fault


@pytest.mark.parametrize(
    ("problem", "tries", "seconds"),
    [
        (OSError(), 0, 2),
        (OSError(), 3, 16),
        (OSError(), 13, 7_200),
        (OSError(), 14, None),
        (NotPosted(), 0, 2),
        (NotPosted(), 5_000, 7_200),
    ],
)
def test_a_search_is_tried_again_and_waits_without_end_for_who_is_not_posted(problem, tries, seconds):
    said = jobs.Again().get_retry_decision(exception=problem, job=SimpleNamespace(attempts=tries))
    wait = said and round((said.retry_at - timezone.now()).total_seconds())
    assert wait == seconds


def test_a_search_asked_for_while_nobody_is_posted_is_not_lost(own_database):
    end(program(ENGINE))
    with acting(SYSTEM):
        tasks.search_report.defer(entry="00000000-0000-0000-0000-000000000000")
    worker_command.work(queue=ENGINE, wait=False)
    waiting = ProcrastinateJob.objects.get(queue_name=ENGINE)
    assert (waiting.status, waiting.attempts) == ("todo", 1)
    assert waiting.scheduled_at > timezone.now() - timedelta(minutes=1)
    connection.close()


def test_nobody_can_sign_in_as_it_nor_give_it_a_password(engine, client, india, signed_in):
    assert not engine.has_usable_password()
    with acting(SYSTEM):
        manager = make_posting("administrator", india["nation"])
    assert not users.may_change_account(manager, engine, on=day_in_india(timezone.now()))
    page = signed_in(manager).get(reverse("new-worker")).content.decode()
    assert "matching_engine" not in page


def test_it_says_how_far_it_has_read(engine, india):
    for years in (12, 15, 17):
        report(india["east village 1"], years=years)
    found(india["far"])
    assert list(searching.rebuild(by=engine)) == [(4, 4)]
    with acting(engine):
        assert not searching.catch_up(kept=searching._kept[0], by=engine)


def test_a_report_that_became_visible_after_a_newer_one_is_found_later(engine, india):
    newer = report(india["east village 1"], "Sunita Devi", years=40)
    assert look(engine, newer) == 0
    late = report(india["east village 1"], at=NOON - timedelta(minutes=1))
    assert look(engine, late) == 0
    she = found(india["far"], home=india["east village 1"].district)
    with acting(engine):
        searching.search_found(she, by=engine)
        assert Candidate.objects.filter(found=she, person=late.person).exists()


def test_a_spelling_that_was_corrected_is_the_one_that_counts(engine, india):
    entry = report(india["east village 1"], "Kamala Oraon", guardian="Birsa Oraon", texts={"physical_marks": ""})
    look(engine, entry)
    she = found(india["far"], home=india["east village 1"].district)
    held = searching._kept[0].engine
    with acting(engine):
        [(someone, _)] = searching.missing_people([entry])
        [(told, _)] = searching.missing_people([report(india["east village 1"])])
    held.missing.add([type(told)(**{**vars(told), "id": someone.id})])
    fits = held.best(searching.found_person(she, she.told()), is_found=True)
    assert [fit.id for fit in fits].count(someone.id) == 1
    assert fits[0].id == someone.id
    assert fits[0].probability > 0.5


def test_its_jobs_wait_for_its_own_process(own_database):
    with acting(SYSTEM):
        tasks.search_report.defer(entry="00000000-0000-0000-0000-000000000000")
    worker_command.work(wait=False)
    waiting = ProcrastinateJob.objects.filter(queue_name=ENGINE)
    assert waiting.get().status == "todo"
    worker_command.work(queue=ENGINE, wait=False)
    assert waiting.get().status == "succeeded"
    connection.close()
