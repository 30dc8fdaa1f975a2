"""Another model in force weighs anew what waits for people, part by part; what people decided keeps the figures they saw."""

from copy import deepcopy

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from aanchal.access.acting import SYSTEM, acting
from aanchal.matching import actions, searching, tasks
from aanchal.matching.models import Candidate
from tests.factories import NOON
from tests.matching.builders import found
from tests.matching.test_a_life import say


@pytest.fixture
def other(pair):
    """A model that trusts names less, approved."""
    told = deepcopy(dict(searching.model().told)) | {"version": "2026-06-01-1200"}
    for level in told["comparisons"]["given"]["levels"]:
        level["bits"] = level["bits"] / 2
    with acting(SYSTEM):
        learnt = actions.propose_model(told=told, figures={}, at=NOON, by=SYSTEM)
        return actions.decide_model(learnt=learnt, is_approved=True, at=NOON, by=SYSTEM)


def waiting_jobs() -> list[dict]:
    with acting(SYSTEM):
        return [job.args for job in ProcrastinateJob.objects.filter(task_name__endswith="weigh_again").order_by("id")]


def now(pair) -> Candidate:
    with acting(SYSTEM):
        return Candidate.objects.get(pk=pair.candidate.pk)


def test_approval_asks_for_it_and_the_figures_are_those_of_the_new_model(pair, other):
    assert waiting_jobs()[-1] == {}
    assert now(pair).model_version != other.version
    tasks.weigh_again()
    assert now(pair).model_version == other.version
    assert now(pair).bits["given"] < pair.candidate.bits["given"]
    assert now(pair).probability < pair.candidate.probability


def test_the_page_of_a_pair_says_which_model_weighed_it(signed_in, pair, other):
    tasks.weigh_again()
    assert "2026-06-01-1200" in signed_in(pair.here).get(reverse("matching:pair", args=[pair.candidate.pk])).content.decode()


def test_what_was_decided_keeps_the_figures_people_saw(pair, other):
    say(pair, pair.here, "DIFFERENT")
    tasks.weigh_again()
    assert now(pair).model_version == pair.candidate.model_version
    assert now(pair).probability == pair.candidate.probability


def test_what_one_person_said_waits_with_the_new_figures(pair, other):
    say(pair, pair.here, "SAME")
    tasks.weigh_again()
    assert (now(pair).standing, now(pair).model_version) == ("SAID_SAME", other.version)


def test_it_goes_on_part_by_part_and_ends(pair, other, monkeypatch):
    second = found(pair.far, "Aparna Mahato", home=pair.home.district)
    with acting(SYSTEM):
        Candidate.objects.filter(found=second).update(model_version="before")
    monkeypatch.setattr(searching, "A_PART_AGAIN", 1)
    before = len(waiting_jobs())
    tasks.weigh_again()
    [more] = waiting_jobs()[before:]
    tasks.weigh_again(**more)
    assert len(waiting_jobs()) == before + 1


def test_a_refused_model_weighs_nothing(pair):
    told = deepcopy(dict(searching.model().told)) | {"version": "2026-06-02-1200"}
    with acting(SYSTEM):
        learnt = actions.propose_model(told=told, figures={}, at=NOON, by=SYSTEM)
        actions.decide_model(learnt=learnt, is_approved=False, at=NOON, by=SYSTEM)
    assert waiting_jobs() == []
