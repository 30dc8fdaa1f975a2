"""Everything that is wrong with a definition of an index, and where: before it is shipped, saved or approved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from aanchal.risk.definition import Definition
from aanchal.risk.loading import NEVER_SCORED, DefinitionError, load
from aanchal.risk.questions import QUESTIONS, unread

LOWEST_K, HIGHEST_K = Fraction(1, 5), Fraction(2, 3)
"""The cutoff of the measures: below a fifth two answers of fifteen are enough, above two thirds hardly a family is found."""

Asked = Mapping[str, Mapping[str, Any]]
"""Question -> its choices, empty where it is no choice."""


@dataclass(frozen=True)
class Finding:
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def lint(content: Mapping[str, Any], asked: Asked | None = None) -> list[Finding]:
    """`asked`: the questions of the form that this index reads; without them only the index itself is looked at."""
    try:
        index = load(content)
    except DefinitionError as wrong:
        return [Finding(*problem.split(": ", 1)) for problem in wrong.problems]
    return [*_cutoff(index), *_village_limit(index), *_helps(index), *_facts(index), *(_form(index, asked) if asked is not None else ())]


def _cutoff(index: Definition) -> Iterator[Finding]:
    start = next(band.starts_at for band in index.bands if band.key == index.poor_from)
    k, heaviest = Fraction(start, index.total_points), max(index.points_of.values())
    if not LOWEST_K <= k <= HIGHEST_K:
        yield Finding("poor_from", f"the cutoff k is {start} of {index.total_points}; it must be from {LOWEST_K} to {HIGHEST_K}")
    if start <= heaviest:
        yield Finding("poor_from", f"one indicator of {heaviest} points alone would reach the cutoff of {start}")


def _village_limit(index: Definition) -> Iterator[Finding]:
    for indicator in index.indicators:
        if index.village_limit and indicator.points <= index.village_limit:
            what = f"a village could take all its {indicator.points} points away (village_limit {index.village_limit})"
            yield Finding(f"indicators.{indicator.key}", what)


def _helps(index: Definition) -> Iterator[Finding]:
    """Where services are named at all, each reason names one, and each is of use."""
    named = {key for indicator in index.indicators for key in indicator.helps}
    if index.services:
        yield from (Finding(f"indicators.{one.key}", "names no service that would help") for one in index.indicators if not one.helps)
        yield from (Finding(f"services.{one.key}", "helps with no indicator") for one in index.services if one.key not in named)


def _facts(index: Definition) -> Iterator[Finding]:
    known = QUESTIONS.get(index.key, {})
    for fact in index.facts:
        if fact.key not in known:
            yield Finding(f"facts.{fact.key}", "no answer of a form gives it")
        for question in known.get(fact.key, ()):
            if any(word in question for word in NEVER_SCORED):
                yield Finding(f"facts.{fact.key}", f"reads '{question}': caste, religion and community are never scored")


def _form(index: Definition, asked: Asked) -> Iterator[Finding]:
    for fact in index.facts:
        for question in QUESTIONS.get(index.key, {}).get(fact.key, ()):
            if question not in asked:
                yield Finding(f"facts.{fact.key}", f"no form asks '{question}'")
            for choice in unread(index.key, fact.key, question, asked.get(question, {})):
                yield Finding(f"facts.{fact.key}", f"the answer '{choice}' to '{question}' is not read")
