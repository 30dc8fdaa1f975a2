"""A State's return that stands up to every check, and how to take it further."""

from datetime import UTC, date, datetime

from aanchal.access.acting import acting
from aanchal.nodal import actions
from aanchal.nodal.models import Call, Return

JULY, AUGUST, DUE = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 10)
NOW = datetime(2026, 9, 15, 6, tzinfo=UTC)
FIGURES = {
    "cases_143": 9, "cases_144": 2, "cases_itpa": 4, "cases_bonded": 3, "cases_child_labour": 5, "cases_other": 1, "cases_total": 24,
    "victims_girls": 12, "victims_boys": 7, "victims_other_children": 0, "victims_women": 11, "victims_men": 4, "victims_other_adults": 1,
    "victims_total": 35, "rescued_girls": 10, "rescued_boys": 6, "rescued_other_children": 0, "rescued_women": 9, "rescued_men": 3,
    "rescued_other_adults": 0, "rescued_total": 28, "nationality_indian": 24, "nationality_nepali": 3, "nationality_bangladeshi": 1,
    "nationality_other": 0, "purpose_labour": 12, "purpose_sexual": 9, "purpose_servitude": 3, "purpose_marriage": 2,
    "purpose_petty_crime": 0, "purpose_pornography": 0, "purpose_begging": 2, "purpose_organs": 0, "purpose_other": 0,
    "persons_arrested": 31, "persons_chargesheeted": 20, "persons_convicted": 2, "persons_acquitted": 5, "police_pending_start": 40,
    "police_chargesheeted": 18, "police_closed": 2, "police_pending_end": 44, "court_pending_start": 90, "court_convicted": 1,
    "court_acquitted": 4, "court_other": 1, "court_pending_end": 102, "missing_girls": 30, "missing_boys": 22, "missing_other": 0,
    "missing_total": 52, "missing_fir": 52, "missing_traced": 41, "missing_ahtu": 3,
}  # fmt: skip


def cells(figures=None, district: int | None = None):
    return {(head, district): n for head, n in (FIGURES if figures is None else figures).items()}


def make_call(cast, starts_on: date = JULY, due_on: date = DUE) -> Call:
    with acting(cast["cell"]):
        return actions.call(period="MONTH", starts_on=starts_on, due_on=due_on, at=NOW, by=cast["cell"])


def begin(call: Call, place, by, figures=None) -> Return:
    with acting(by):
        one = actions.open_return(call=call, place=place, at=NOW, by=by)
        actions.write(one=one, cells=cells(figures), by=by)
    return one


def act(name: str, one: Return, by, **more) -> Return:
    with acting(by):
        return getattr(actions, name)(one=one, at=NOW, by=by, **more)


def locked(call: Call, place, cast, figures=None) -> Return:
    one = begin(call, place, cast["mis"], figures)
    for name, who in (("submit", "mis"), ("approve", "officer"), ("accept", "cell"), ("lock", "cell")):
        one = act(name, one, cast[who])
    return one
