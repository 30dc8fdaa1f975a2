"""The state's pilot in the districts that its approved selection chose: aims, phases, the strategy."""

from datetime import datetime, timedelta

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.pilots import actions, queries
from aanchal.places.models import Place

STRATEGY = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"
PHASES = ((0, 89, "Selection, staff, first workshop"), (90, 239, "Registers, risk index, trainings"), (240, 729, "Every village, review"))
AIMS = (("TRAINED", "Workers, leaders and officers trained", "people", 400), ("REACHED", "Reached by the campaign", "people", 5_000))


def begin(*, state: Place, officer: User, at: datetime) -> None:
    on = day_in_india(at)
    first = on - timedelta(days=200)
    told = {"at": at, "by": officer}
    with acting(officer):
        runs = list(queries.approved_runs(state))
        if not runs:
            return
        last = first + timedelta(days=729)
        pilot = actions.begin(state=state, title="Pilot against trafficking", starts_on=first, ends_on=last, runs=runs, **told)
        for begins, ends, title in PHASES:
            days = {"starts_on": first + timedelta(days=begins), "ends_on": first + timedelta(days=ends)}
            actions.plan_phase(pilot=pilot, title=title, **days, by=officer)
        actions.end_phase(phase=queries.phases_of(pilot)[0], **told)
        for measure, words, unit, number in AIMS:
            actions.set_aim(pilot=pilot, measure=measure, words=words, unit=unit, number=number, by_on=last, by=officer)
        boards = {"measure": "TOLD", "words": "Helpline boards at bus stands", "unit": "boards", "number": 40, "by_on": last}
        actions.tell_aim(aim=actions.set_aim(pilot=pilot, **boards, by=officer), reached=14, **told)
        actions.file_strategy(pilot=pilot, file=STRATEGY, **told)
