"""A selection of one district, prepared by the state and approved by the nation."""

from aanchal.access.acting import SYSTEM, acting
from aanchal.places.models import Place
from aanchal.selection import actions
from aanchal.selection.models import SelectionRun
from tests.factories import NOON, make_posting
from tests.selection.builders import make_run, make_series, record


def draft_run(district: Place) -> SelectionRun:
    with acting(SYSTEM):
        expert = make_posting("state_expert", district.state)
    run = make_run(expert, district.state, make_series(f"chosen_{district.pk}", {district: 1.0}))
    record(expert, district, "INTENSIVE_DISTRICT")
    with acting(expert):
        actions.choose(run=run, chosen=[(district.pk, "Known for it")], by=expert)
    return run


def approved_run(district: Place) -> SelectionRun:
    run = draft_run(district)
    expert = run.created_by
    with acting(SYSTEM):
        analyst = make_posting("national_analyst", district.nation)
    with acting(expert):
        actions.submit(run=run, note="As discussed", at=NOON, by=expert)
    with acting(analyst):
        actions.decide(run=run, approved=True, note="In order", at=NOON, by=analyst)
    return run
