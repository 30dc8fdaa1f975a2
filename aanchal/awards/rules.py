"""When a round is open, who has an interest, how scores become a ranking, what may be decided. Plain Python."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

VERSION = 1
MOST_POINTS = 10
"""Of one criterion; with weights that add up to a hundred the best is a thousand."""
WHOLE = 100
LEAST_SCORES = 2
INTEREST_LASTS = timedelta(days=365)
"""Whoever left a State less than a year before nominations closed judges nobody of it."""
RANKS = frozenset(
    {
        "additional", "advocate", "assistant", "chief", "constable", "crime", "deputy", "director", "district", "general", "head",
        "inspector", "member", "officer", "police", "prosecutor", "public", "senior", "shri", "smt", "special", "sub", "superintendent",
        "synthetic",
    }
)  # fmt: skip
"""Words beside a name that name nobody."""
TOLD = ("nominated", "is_nominee", "works_there", "shares_state")
CODES = ("NOMINATED", "NOMINEE", "WORKS_THERE", "SHARES_STATE")


class Refused(ValueError):
    """What was asked cannot be so; `faults` are (field, code) pairs."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


def stage(standing: str, opens_on: date, closes_on: date, on: date) -> str:
    """The days of opening and of closing belong to the time in which one may nominate."""
    if standing != "ANNOUNCED":
        return standing
    if on < opens_on:
        return "ANNOUNCED"
    return "OPEN" if on <= closes_on else "JUDGED"


def check_weights(weights: Sequence[int]) -> None:
    """Raises Refused unless they add up to a hundred and none is nothing."""
    if not weights or min(weights) < 1 or sum(weights) != WHOLE:
        raise Refused([("lines", "weights_of_a_hundred")])


def check_days(opens_on: date, closes_on: date, on: date) -> None:
    """Criteria are fixed before anybody can nominate."""
    if opens_on <= on:
        raise Refused([("opens_on", "opens_too_soon")])
    if closes_on < opens_on:
        raise Refused([("closes_on", "closes_before")])


@dataclass(frozen=True)
class Facts:
    """What stands between one person and one nominee. `declared` is None while she said nothing, else whether she has an interest."""

    nominated: bool = False
    is_nominee: bool = False
    works_there: bool = False
    shares_state: bool = False
    declared: bool | None = None


def found(facts: Facts) -> tuple[str, ...]:
    """Interests that are so whatever she says."""
    return tuple(code for name, code in zip(TOLD, CODES, strict=True) if getattr(facts, name))


def interests(facts: Facts) -> tuple[str, ...]:
    return (*found(facts), "DECLARED") if facts.declared else found(facts)


def is_clear(facts: Facts) -> bool:
    """She declared that she has no interest, and none was found: she sees what was said of the nominee, and scores it."""
    return facts.declared is False and not found(facts)


def check_points(points: Mapping[str, object], criteria: Collection[str]) -> None:
    """A whole number from 0 to 10 for each criterion of the round, and for nothing else."""
    wrong = [key for key in criteria if not _is_points(points.get(key))]
    if wrong or set(points) != set(criteria):
        raise Refused([(key, "points") for key in wrong] or [("", "points")])


def _is_points(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST_POINTS


def weighed(points: Mapping[str, int], weights: Mapping[str, int]) -> int:
    """Of a thousand."""
    return sum(weight * points[key] for key, weight in weights.items())


@dataclass(frozen=True)
class Ranked:
    """A nominee's place: `rank` is None where too few scored; `points` of a hundred, exact."""

    nomination: str
    rank: int | None
    points: Fraction | None
    scores: int
    tied: tuple[str, ...] = ()
    """The others on the same place."""


def ranking(scores: Mapping[str, Sequence[int]], least: int) -> list[Ranked]:
    """By the mean of the weighed scores. Equal means share a place and the next place is left out; among equals the order is that of ids.

    Fractions, not floats: the same scores in any order are the same ranking.
    """
    means = {key: Fraction(sum(each), len(each) * MOST_POINTS) for key, each in scores.items() if len(each) >= max(least, 1)}
    ranked = []
    for key in sorted(means, key=lambda one: (-means[one], one)):
        rank = 1 + sum(mean > means[key] for mean in means.values())
        tied = tuple(sorted(one for one, mean in means.items() if mean == means[key] and one != key))
        ranked.append(Ranked(key, rank, means[key], len(scores[key]), tied))
    return ranked + [Ranked(key, None, None, len(scores[key])) for key in sorted(scores.keys() - means.keys())]


def shown(points: Fraction | None) -> str:
    """Two decimals, halves upwards; nothing for who has no place."""
    if points is None:
        return ""
    hundredths = int(points * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02}"


def follows(chosen: Collection[str], ranked: Sequence[Ranked]) -> bool:
    """Nobody above one of the chosen, or level with one, was passed over."""
    ranks = {one.nomination: one.rank for one in ranked if one.rank is not None}
    lowest = max((ranks[key] for key in chosen if key in ranks), default=0)
    return all(key in chosen for key, rank in ranks.items() if rank <= lowest)


def check_chosen(chosen: Collection[str], ranked: Sequence[Ranked], most: int, words: str) -> None:
    """Raises Refused: for more than there are awards, for who was scored by too few, for passing over or giving none without words."""
    enough = {one.nomination for one in ranked if one.rank is not None}
    if len(chosen) > most:
        raise Refused([("chosen", "more_than_awards")])
    if not set(chosen) <= enough:
        raise Refused([("chosen", "too_few_scores")])
    if not words.strip() and (not chosen or not follows(chosen, ranked)):
        raise Refused([("words", "say_why")])


def check_words(field: str, said: str, most: int) -> str:
    """Without the white space around it. Raises Refused for nothing and for too much."""
    said = said.strip()
    if not said:
        raise Refused([(field, "empty")])
    if len(said) > most:
        raise Refused([(field, "too_long")])
    return said


def check_citation(english: str, hindi: str, unnamed: str) -> None:
    """Both languages, each in its own letters; without the name of who did not consent. Raises Refused."""
    faults = [("citation_hi", "not_hindi")] * (not any("\u0900" <= letter <= "\u097f" for letter in hindi))
    faults += [("citation_en", "not_english")] * (not any("a" <= letter <= "z" for letter in english.lower()))
    if unnamed:
        texts = (("citation_en", english), ("citation_hi", hindi))
        faults += [(name, "names_without_consent") for name, text in texts if names(text, unnamed)]
    if faults:
        raise Refused(faults)


def names(text: str, name: str) -> bool:
    """Whether a text says a word of a person's name, ranks apart. In another script it is not found: a second person reads the text."""
    said = set(_plain(text).split())
    return any(word in said for word in _plain(name).split() if len(word) > 2 and word not in RANKS)


def _plain(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter.isspace() or "\u0900" <= letter <= "\u0dff" else " " for letter in text).casefold()
