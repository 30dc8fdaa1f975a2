"""A few families of the demo village visited again; one visit follows another that never came from the phone."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from aanchal.config.demo import people, state
from aanchal.config.demo.filled import Filled, daytime
from aanchal.config.demo.people import Household
from aanchal.config.demo.post import Expectation, Sent, sent

FAMILIES = 7
AFTER = timedelta(days=30)
LOST = 3
"""The family of which a visit never came."""
NOT_MET = 5
ASKED = ("ration_card", "food_short_months", "shg_member", "wage_advance", "agent_approach", "member_missing", "contact_lost")
SOME = {"food_short_months": 0, "ration_card": "PHH", "shg_member": "yes"}


def visits(seed: int, today: date) -> list[Sent]:
    """In the village of the demo's worker, a month or more after the survey."""
    rng = Random(f"{seed}/follow-ups")
    village = state.villages(state.DEMO_BLOCK.code)[0].code
    known = [one for one in people.households(seed, today) if one.village == village and one.consent]
    long_ago = sorted((one for one in known if one.visited_at.date() < today - AFTER), key=lambda one: one.visited_at)
    return [_visit(rng, household, n, today) for n, household in enumerate(long_ago[:FAMILIES])]


def _visit(rng: Random, household: Household, n: int, today: date) -> Sent:
    at = daytime(rng, today - timedelta(days=3 * n + 1))
    told = {} if n == NOT_MET else _now(household, n)
    answers = {"village": household.village, "household": household.id, "met": "no" if n == NOT_MET else "yes", **told}
    entity = {"dataset": "households", "id": household.id, "baseVersion": "1", "trunkVersion": "", "branchId": ""}
    entity["update"] = "false" if n == NOT_MET else "true"
    if n == LOST:
        entity |= {"baseVersion": "2", "trunkVersion": "1", "branchId": str(UUID(int=rng.getrandbits(128), version=4))}
    expected = Expectation("RUN_WITH_A_GAP", reason="OUT_OF_ORDER") if n == LOST else Expectation()
    return sent(rng, Filled("follow_up", household.village, at, answers, entity=entity), expected)


def _now(household: Household, n: int) -> dict[str, object]:
    """As at the survey, but that in every second family help has come."""
    told = {name: household.answers.get(name) for name in ASKED}
    better = SOME if n % 2 == 0 else {}
    now = told | {"member_missing": "no", "contact_lost": "no"} | better
    return {name: "no" if value is None else value for name, value in now.items()}
