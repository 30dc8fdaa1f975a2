"""A state's year: ₹1,000 under each of three heads, ₹500 of the trainings in the eastern district."""

from datetime import UTC, date, datetime

from aanchal.access.acting import acting
from aanchal.money import actions, booking
from aanchal.money.models import Budget
from aanchal.money.rules import Slot

APRIL, NOW = date(2026, 4, 1), datetime(2026, 9, 15, 6, tzinfo=UTC)
DAY = date(2026, 5, 10)
MEETINGS, TRAINING, PRINTING = Slot("MEETINGS"), Slot("TRAINING"), Slot("PRINTING")
WHY = "No norm: three quotations"


def make_budget(india, cast, *, released: int = 300_000) -> Budget:
    east = Slot("TRAINING", india["east"].pk)
    with acting(cast["finance"]):
        budget = actions.draft_budget(place=india["state"], title="Pilot", starts_on=APRIL, at=NOW, by=cast["finance"])
        for slot, quarter, quantity in ((MEETINGS, 1, 10), (PRINTING, 2, 10), (TRAINING, 1, 5), (east, 2, 5)):
            actions.plan(budget=budget, line=actions.Planned(slot, quarter, quantity, 10_000, WHY), by=cast["finance"])
        actions.submit(budget=budget, at=NOW, by=cast["finance"])
    with acting(cast["director"]):
        budget = actions.decide(budget=budget, to="IN_FORCE", at=NOW, by=cast["director"])
    if released:
        with acting(cast["finance"]):
            booking.release(budget=budget, amount_paise=released, number="G.O. 7", on=DAY, at=NOW, by=cast["finance"])
    return budget


def commit(budget, by, paise=50_000, slot=MEETINGS, **more):
    with acting(by):
        told = {"slot": slot, "number": "Order 1", "purpose": "Hall", "amount_paise": paise, "on": DAY, "at": NOW, "by": by} | more
        return booking.commit(budget=budget, **told)


def spend(commitment, by, paise=20_000, number="V 1", on=DAY):
    with acting(by):
        return booking.spend(commitment=commitment, amount_paise=paise, number=number, on=on, at=NOW, by=by)


def certify(budget, by, paise, *, number="UC 1", from_on=APRIL, until_on=date(2026, 6, 30)):
    with acting(by):
        told = {"number": number, "from_on": from_on, "until_on": until_on, "amount_paise": paise, "at": NOW, "by": by}
        return actions.prepare_certificate(budget=budget, **told)
