"""When a meeting may be minuted, who may train, who has passed, what is counted once. Plain Python."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

REMIND_BEFORE = timedelta(days=3)
REMIND_EVERY = 7
"""Days, once the day has passed."""
NUMBER_LENGTH = 12
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
PHONE = re.compile(r"(?:\d[\s-]?){10,}")
"""What a person's telephone or card number looks like; a helpline is shorter."""
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


class Refused(ValueError):
    """What was told cannot be so; `faults` are (field, code) pairs."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


@dataclass(frozen=True)
class Tenure:
    """A member of a task force, by office."""

    body: str
    since: date
    until: date | None


def is_represented(body: str, members: Iterable[Tenure], on: date) -> bool:
    """The Framework asks that the SRLM sit in every task force."""
    return any(one.body == body and one.since <= on and (one.until is None or one.until >= on) for one in members)


def check_held(on: date, today: date) -> None:
    """Nothing is noted of what has not been."""
    if on > today:
        raise Refused([("", "not_held_yet")])


def check_minutes(state: str, on: date, today: date) -> None:
    """No minutes before the meeting was held."""
    if state == "CANCELLED":
        raise Refused([("", "cancelled")])
    check_held(on, today)
    if state != "HELD":
        raise Refused([("", "not_noted_as_held")])


def is_day_to_remind(due_on: date, today: date) -> bool:
    """Three days before, on the day, and each week after."""
    late = (today - due_on).days
    return due_on - today == REMIND_BEFORE or late == 0 or (late > 0 and late % REMIND_EVERY == 0)


@dataclass(frozen=True)
class Slot:
    """From an instant for so many minutes."""

    begins: datetime
    minutes: int

    @property
    def until(self) -> datetime:
        return self.begins + timedelta(minutes=self.minutes)


def overlap(one: Slot, other: Slot) -> bool:
    """What ends as the other begins does not overlap it."""
    return one.begins < other.until and other.begins < one.until


def check_reach(came: Mapping[str, int], again: Mapping[str, int], *, reached_before: Mapping[str, int]) -> None:
    """Nobody is counted as reached twice: who came again came, and was reached by an event before."""
    faults = [(f"again_{group}", "more_again_than_came") for group, n in again.items() if n > came[group]]
    faults += [(f"again_{group}", "not_reached_before") for group, n in again.items() if n > reached_before[group]]
    if faults:
        raise Refused(faults)


def children_of(told: Mapping[str, int | None], bands: Mapping[str, Sequence[str]]) -> dict[str, int | None]:
    """Children by age and in all, from what was told of either: `bands` is total -> its ages. Raises Refused where both are told and
    do not agree."""
    found: dict[str, int | None] = {}
    faults = []
    for child, ages in bands.items():
        if all(told.get(age) is None for age in ages):
            found |= dict.fromkeys(ages) | {child: told.get(child) or 0}
            continue
        found |= {age: told.get(age) or 0 for age in ages}
        found[child] = sum(told.get(age) or 0 for age in ages)
        if told.get(child) and told[child] != found[child]:
            faults.append((child, "ages_differ"))
    if faults:
        raise Refused(faults)
    return found


def passed(days_present: int, after_percent: int | None, needed: int) -> bool:
    return days_present > 0 and after_percent is not None and after_percent >= needed


def may_train(*, is_master: bool, passed_as_trainer: bool) -> bool:
    """The cascade begins with master trainers; everybody else has passed a training of trainers of the module."""
    return is_master or passed_as_trainer


@dataclass(frozen=True)
class Entered:
    """What the training records say of someone, besides her name and sex."""

    place: int
    audience: str
    is_officer: bool
    post: str
    rank: str
    office_no: str
    user: object = None


def may_be_one(one: Entered, other: Entered) -> bool:
    """Of two with the same name and sex, whether a person should look: the number of the office is the same; or both are of one kind, and

    entered at one place or officers of no different rank, who are moved between districts. Of village workers a name says nothing.
    """
    if one.user and other.user:
        return False
    if one.office_no and one.office_no == other.office_no:
        return True
    ranks = {one.rank, other.rank} - {""}
    return one.audience == other.audience and len(ranks) < 2 and (one.place == other.place or one.is_officer)


def check_enrolled(on: date, today: date, ends_on: date) -> None:
    """On a day that has come, before the course is over. Raises Refused."""
    if on > today:
        raise Refused([("enrolled_on", "in_the_future")])
    if on > ends_on:
        raise Refused([("enrolled_on", "enrolled_too_late")])


def check_ended(on: date, today: date, enrolled_on: date) -> None:
    if on > today:
        raise Refused([("ended_on", "in_the_future")])
    if on < enrolled_on:
        raise Refused([("ended_on", "ends_before_it_begins")])


def shown_number(number: str) -> str:
    """A certificate's number as it is printed: K7M2-QX9A-40TB."""
    return "-".join(number[start : start + 4] for start in range(0, len(number), 4))


def read_number(typed: str) -> str:
    """The number behind what a person typed; empty for what cannot be one."""
    number = "".join(letter for letter in typed.upper() if letter not in "- ").translate(LOOK_ALIKES)
    return number if len(number) == NUMBER_LENGTH and all(letter in ALPHABET for letter in number) else ""
