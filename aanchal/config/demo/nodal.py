"""Returns of the fictional State and of two others for the last months: locked, under way, and one with something to put right."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.nodal import actions, queries, rules
from aanchal.nodal.models import Call, Return
from aanchal.places.models import Place
from aanchal.places.terms import Level

SEED, MONTHS, FIRST = 2026, 5, date(2026, 1, 1)
OTHERS = (30, 11)
"""LGD codes of the two other States; their figures are made up as well."""
WAY = (("submit", "state_mis"), ("approve", "nodal_officer"), ("accept", "analyst"), ("lock", "analyst"))
PEOPLE = ("girls", "boys", "other_children", "women", "men", "other_adults")
CASES = ("143", "144", "itpa", "bonded", "child_labour", "other")
PURPOSES = ("labour", "sexual", "servitude", "marriage", "petty_crime", "pornography", "begging", "organs", "other")


def tell(accounts, *, at: datetime) -> None:
    """For the demo's accounts."""
    load(state=accounts[0].place.state, users={account.user.username: account.user for account in accounts}, at=at, on=day_in_india(at))


def load(*, state: Place, users: dict[str, User], at: datetime, on: date) -> None:
    """The State's officers write, approve and are asked; the Nodal Cell accepts. The others' returns are made by the installation."""
    made = random.Random(SEED)
    own, others = figures(made, 24), [figures(made, size) for size in (3, 2)]
    places = list(Place.objects.filter(level=Level.STATE, lgd_code__in=OTHERS).order_by("-lgd_code"))
    months = _months(on)
    for left, starts_on in zip(range(len(months) - 1, -1, -1), months, strict=True):
        with acting(users["analyst"]):
            call = actions.call(period="MONTH", starts_on=starts_on, due_on=_due(starts_on), at=at, by=users["analyst"])
        for place, theirs in zip(places, others, strict=True):
            told = _of_state(next(theirs))
            if left or place is places[0]:
                take(call, place, told, dict.fromkeys(("state_mis", "nodal_officer", "analyst"), SYSTEM), at, steps=4 if left > 1 else 2)
        told = next(own)
        told = _of_state(told if left else told | {"missing_fir": told["missing_fir"] - 2})
        take(call, state, told, users, at, steps={0: 0, 1: 2}.get(left, 4))
    if len(months) > 2:
        _amend(state, users, at)


def take(call: Call, place: Place, cells: actions.Cells, users: dict, at: datetime, *, steps: int) -> Return:
    """One return, so many steps of its way."""
    mis = users["state_mis"]
    with acting(mis):
        one = actions.open_return(call=call, place=place, at=at, by=mis)
        actions.write(one=one, cells=cells, by=mis)
        for found in (found for found in queries.findings(one) if found.is_open and steps):
            actions.explain(one=one, key=found.finding.key, words="Checked against the station registers", at=at, by=mis)
    for step, who in WAY[:steps]:
        with acting(users[who]):
            one = getattr(actions, step)(one=one, at=at, by=users[who])
    return one


def _of_state(told: dict[str, int]) -> actions.Cells:
    return {(head, None): n for head, n in told.items()}


def _amend(state: Place, users: dict[str, User], at: datetime) -> None:
    """One case was counted under the wrong law in the first month; the amendment waits for the second person."""
    mis = users["state_mis"]
    with acting(mis):
        first = Return.objects.filter(place=state).order_by("call__starts_on").first()
        one = actions.amend(one=first, reason="One FIR was counted under another law", at=at, by=mis)
        told = queries.of_state(queries.figures(one))
        moved = {("cases_143", None): told["cases_143"] + 1, ("cases_itpa", None): told["cases_itpa"] - 1}
        actions.write(one=one, cells=moved, by=mis)
        actions.submit(one=one, at=at, by=mis)


def _months(on: date) -> list[date]:
    """The last whole months that can be called."""
    last = on.year * 12 + on.month - 2
    found = (date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1))
    return [month for month in found if month >= FIRST]


def _due(starts_on: date) -> date:
    return rules.last_day("MONTH", starts_on) + timedelta(days=20)


def figures(made: random.Random, size: int) -> Iterator[dict[str, int]]:
    """Month after month figures that add up and carry over, about `size` cases each."""
    police, court = size * 2, size * 5
    while True:
        told = {f"cases_{law}": made.randint(0, max(size // 4, 1)) + (law == "itpa") for law in CASES}
        cases = told["cases_total"] = sum(told.values())
        told |= _people(made, "victims", cases + made.randint(0, cases)) | _people(made, "rescued", cases)
        told |= _shared(made, [f"nationality_{key}" for key in ("indian", "nepali", "bangladeshi", "other")], cases, first=0.8)
        told |= _shared(made, [f"purpose_{key}" for key in PURPOSES], cases, first=0.4)
        sent, convicted = min(cases, police), made.randint(1, 2) if court > 3 else 0
        told |= {"police_pending_start": police, "police_chargesheeted": sent, "police_closed": 1}
        told["police_pending_end"] = police + cases - sent - 1
        told |= {"court_pending_start": court, "court_convicted": convicted, "court_acquitted": 1, "court_other": 0}
        told["court_pending_end"] = court + sent - convicted - 1
        told |= {"persons_arrested": cases + 3, "persons_chargesheeted": sent, "persons_convicted": convicted, "persons_acquitted": 1}
        told |= _shared(made, ["missing_girls", "missing_boys", "missing_other"], size * 2, first=0.65)
        told |= {"missing_total": size * 2, "missing_fir": size * 2, "missing_traced": size, "missing_ahtu": min(size // 6, size * 2)}
        police, court = told["police_pending_end"], told["court_pending_end"]
        yield told


def _people(made: random.Random, kind: str, n: int) -> dict[str, int]:
    return _shared(made, [f"{kind}_{who}" for who in PEOPLE], n, first=0.35) | {f"{kind}_total": n}


def _shared(made: random.Random, heads: list[str], n: int, *, first: float) -> dict[str, int]:
    """A number over its heads, most of it at the first ones."""
    told = dict.fromkeys(heads, 0)
    for _each in range(n):
        told[heads[0] if made.random() < first else made.choice(heads)] += 1
    return told
