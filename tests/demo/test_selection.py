"""The demo's selection: approved and draft runs of the fictional state, by real actions."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.config.demo import pilot, selection, state
from aanchal.selection import queries
from aanchal.selection.models import SelectionRun
from tests.factories import NOON


@pytest.fixture
def runs(db):
    with acting(SYSTEM):
        pilot.load_places(by=SYSTEM)
        pilot.open_accounts(at=NOON, by=SYSTEM)
        selection.load(at=NOON, by=SYSTEM)
        return {run.level: run for run in SelectionRun.objects.select_related("place")}


def test_the_pilots_district_is_among_the_chosen_and_approved(runs):
    run = runs["DISTRICT"]
    names = {row["id"]: row["name"] for row in run.results["places"]}
    assert run.status == "APPROVED"
    assert "Kahanipur" in {names[one["id"]] for one in run.chosen}
    assert len(names) == 12
    assert run.submitted_by.username != run.decided_by.username


def test_the_draft_shows_what_still_stands_against_a_choice(runs):
    run = runs["BLOCK"]
    with acting(SYSTEM):
        found = queries.checked(run)
    assert run.status == "DRAFT"
    assert not found.is_possible
    pilot_block = next(row["id"] for row in run.results["places"] if row["code"] == state.DEMO_BLOCK.code)
    assert not any(one.is_grave for one in found.of(pilot_block))
