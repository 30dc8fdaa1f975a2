"""All that the pilot's phones send in a year, oldest first, with what the server is expected to answer."""

from datetime import date
from random import Random

from aanchal.config.demo import people, surveys
from aanchal.config.demo.bad_post import bad_post
from aanchal.config.demo.entries import register_entries
from aanchal.config.demo.post import Expectation, Sent, sent
from aanchal.config.demo.villages import village_forms

__all__ = ["SEED", "Expectation", "Sent", "submissions"]

SEED = 2026


def submissions(seed: int, today: date) -> list[Sent]:
    """The whole pilot's post; the same seed and day give the same bytes."""
    households = people.households(seed, today)
    rng = Random(f"{seed}/post")
    forms = [
        *village_forms(seed, today, households),
        *(surveys.survey(rng, household) for household in households),
        *register_entries(seed, today, households),
    ]
    good = [sent(rng, filled) for filled in forms]
    return sorted([*good, *bad_post(seed, today, households, forms, good)], key=lambda one: one.at)
