"""What goes wrong on the way: doubles, slips and cuts, each counted and each with the answer it should get."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from aanchal.config.demo import state, surveys
from aanchal.config.demo.entries import missing_report
from aanchal.config.demo.filled import Filled
from aanchal.config.demo.people import Household, newcomers, phone_uuid
from aanchal.config.demo.post import Expectation, Sent, sent

UNKNOWN_VILLAGE = 900_099_999
OLD_VERSION = "2019010101"
COUNTS = {
    "SENT_AGAIN": 12,
    "SAME_ID_OTHER_CONTENT": 4,
    "TRUNCATED": 5,
    "FAMILY_TWICE": 5,
    "MISSING_TWICE": 3,
    "FUTURE_DATE": 4,
    "MISSING_REQUIRED": 5,
    "UNKNOWN_VILLAGE": 3,
    "WRONG_AGE": 4,
    "OLD_VERSION": 3,
}
_LATER = timedelta(minutes=40)


def bad_post(seed: int, today: date, households: Sequence[Household], forms: Sequence[Filled], good: Sequence[Sent]) -> Iterator[Sent]:
    """Everything bad, in the demo block only; `forms` and `good` are what was filled in and sent rightly."""
    rng = Random(f"{seed}/bad")
    block = {village.code for village in state.villages(state.DEMO_BLOCK.code)}
    yield from _by_the_network(rng, [one for one in good if one.village_code in block and one.at.date() < today])
    yield from _families_twice(rng, [one for one in households if one.village in block and one.consent])
    yield from _missing_twice(rng, [one for one in forms if one.form_id == "missing_entry" and one.village in block])
    yield from _slips(rng, seed, today, households)


def _by_the_network(rng: Random, good: Sequence[Sent]) -> Iterator[Sent]:
    """Sent again, sent again but changed, cut off before it went through."""
    for one in rng.sample(good, COUNTS["SENT_AGAIN"]):
        yield replace(one, expectation=Expectation("SENT_AGAIN", 202), at=one.at + _LATER)
    for one in rng.sample(good, COUNTS["SAME_ID_OTHER_CONTENT"]):
        changed = one.xml.replace(b"<deviceid>demo:", b"<deviceid>demo:other:", 1)
        yield replace(one, xml=changed, expectation=Expectation("SAME_ID_OTHER_CONTENT", 409), at=one.at + _LATER)
    for one in rng.sample(good, COUNTS["TRUNCATED"]):
        cut = one.xml[: rng.randint(len(one.xml) // 3, len(one.xml) - 20)]
        yield replace(one, xml=cut, attachments={}, expectation=Expectation("TRUNCATED", 400), at=one.at - _LATER)


def _families_twice(rng: Random, households: Sequence[Household]) -> Iterator[Sent]:
    """Two workers at one door on the same day."""
    for household in rng.sample(households, COUNTS["FAMILY_TWICE"]):
        members = tuple(replace(member, id=phone_uuid(rng)) for member in household.members)
        twin = replace(household, id=phone_uuid(rng), members=members, visited_at=household.visited_at + 2 * _LATER)
        yield sent(rng, surveys.survey(rng, twin), Expectation("FAMILY_TWICE", reason="POSSIBLE_DOUBLE"))


def _missing_twice(rng: Random, reports: Sequence[Filled]) -> Iterator[Sent]:
    """A person reported by the family and, an hour later, by a neighbour who guesses the age."""
    for report in rng.sample(reports, COUNTS["MISSING_TWICE"]):
        age = report.answers["age"] + 1
        told = {"person_id": phone_uuid(rng), "age_basis": "ESTIMATED", "age_years": age, "age": age}
        answers = report.answers | told | {"informant_relation": "NEIGHBOUR", "informant_name": None}
        again = replace(report, answers=answers, at=report.at + 2 * _LATER)
        yield sent(rng, again, Expectation("MISSING_TWICE", reason="ALREADY_RECORDED"))


def _slips(rng: Random, seed: int, today: date, known: Sequence[Household]) -> Iterator[Sent]:
    """Slips of the worker, at families nobody has visited before."""
    kinds = [kind for kind in _SLIPS for _ in range(COUNTS[kind])]
    for kind, household in zip(kinds, newcomers(seed, today, known, len(kinds)), strict=True):
        reason, slip = _SLIPS[kind]
        filled = replace(surveys.survey(rng, replace(household, consent=True)), attachments={})
        version = OLD_VERSION if kind == "OLD_VERSION" else ""
        yield sent(rng, slip(rng, today, household, filled), Expectation(kind, reason=reason), version)


def _future_date(rng: Random, today: date, household: Household, filled: Filled) -> Filled:
    seen = today + timedelta(days=rng.randint(10, 300))
    report = missing_report(rng, household, filled.at.date(), seen)
    return replace(filled, form_id="missing_entry", answers={"village": household.village, **report})


def _missing_required(_rng: Random, _today: date, _household: Household, filled: Filled) -> Filled:
    return replace(filled, answers=filled.answers | {"head_name": None})


def _unknown_village(_rng: Random, _today: date, _household: Household, filled: Filled) -> Filled:
    return replace(filled, answers=filled.answers | {"village": UNKNOWN_VILLAGE})


def _wrong_age(_rng: Random, _today: date, _household: Household, filled: Filled) -> Filled:
    head, *others = filled.answers["member"]
    told = {key: value for key, value in head.items() if key != "born_on"}
    aged = told | {"age_basis": "STATED", "age_years": 140, "age": 140}
    return replace(filled, answers=filled.answers | {"member": [aged, *others]})


def _as_it_is(_rng: Random, _today: date, _household: Household, filled: Filled) -> Filled:
    return filled


_SLIPS = {
    "FUTURE_DATE": ("CONSTRAINT", _future_date),
    "MISSING_REQUIRED": ("REQUIRED", _missing_required),
    "UNKNOWN_VILLAGE": ("UNKNOWN_VILLAGE", _unknown_village),
    "WRONG_AGE": ("CONSTRAINT", _wrong_age),
    "OLD_VERSION": ("FORM_VERSION", _as_it_is),
}
