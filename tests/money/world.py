"""The same small world, committed: for what runs side by side."""

from aanchal.access.acting import SYSTEM, acting
from aanchal.places.terms import Level
from tests.factories import make_nation, make_place, make_posting
from tests.money.builders import make_budget


def committed_world():
    with acting(SYSTEM):
        state = make_place(Level.STATE, make_nation(), "state")
        east = make_place(Level.DISTRICT, state, "east")
        cast = {"finance": make_posting("finance_officer", state), "director": make_posting("mission_director", state)}
    return cast, make_budget({"state": state, "east": east}, cast)
