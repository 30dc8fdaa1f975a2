"""Ten simulated phones: nothing acknowledged is lost or doubled, no conflict goes unrecorded, no phone holds what is not its own."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.people.changes import Merge
from aanchal.people.models import Conflict, FieldChange
from bench import simulation

SEEDS = (*range(11), 117)
"""117: of a run the second visit came first and told what stood; the third was taken for one that had never seen it."""


@pytest.fixture(scope="module")
def ground(own_database_of_module):
    from aanchal.places.queries import forget_villages

    forget_villages()
    return simulation.ground(1)


def wrong(found) -> dict:
    return {name: getattr(found, name) for name in ("lost", "doubled", "out_of_scope", "unrecorded_conflicts")}


NOTHING = {"lost": 0, "doubled": 0, "out_of_scope": 0, "unrecorded_conflicts": 0}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_run_ends_with_everything_in_its_place(ground, seed):
    found = simulation.run(ground, seed)
    assert wrong(found) == NOTHING, found.why
    assert found.acknowledged > 0


def test_the_runs_try_what_they_are_for(ground):
    found = [simulation.run(ground, seed) for seed in (100, 101, 102)]
    assert sum(one.conflicts for one in found) > 0
    assert sum(one.acknowledged for one in found) > 20


@pytest.mark.parametrize("fault", ["the last one wins", "a conflict is forgotten", "a change is forgotten", "a phone keeps all"])
def test_it_would_notice(ground, monkeypatch, fault):
    """Planted faults: each of the four figures is raised by what it is for."""
    if fault == "the last one wins":
        monkeypatch.setattr(Merge, "take", lambda self, field, told, stands, **more: told)
    elif fault == "a conflict is forgotten":
        monkeypatch.setattr(Merge, "_raise", lambda self, change, stands: None)
    elif fault == "a change is forgotten":
        monkeypatch.setattr(Merge, "_note_again", lambda self, brought: None)
    else:
        monkeypatch.setattr(simulation.World, "_drop", lambda self, phone, ids: None)
    found = [wrong(simulation.run(ground, seed)) for seed in (200, 201, 202)]
    raised = {name for one in found for name, times in one.items() if times}
    wanted = {
        "the last one wins": "lost",
        "a conflict is forgotten": "unrecorded_conflicts",
        "a change is forgotten": "lost",
        "a phone keeps all": "out_of_scope",
    }
    assert wanted[fault] in raised


def test_the_runs_left_both_kinds_of_lines(ground):
    with acting(SYSTEM):
        assert {"APPLIED", "TAKEN", "SET_ASIDE"} <= set(FieldChange.objects.values_list("state", flat=True))
        assert Conflict.objects.exists()
