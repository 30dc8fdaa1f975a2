"""Small groups are put together until none can be told apart (domain.md 5): the rows still add up to the whole exactly."""

from collections.abc import Hashable, Iterable, Mapping
from functools import reduce
from operator import add
from typing import TypeVar

from aanchal.risk.definition import Definition
from aanchal.risk.measures import Tally

LEAST_SHOWN = 11
"""A count from 1 to 10 could point at a family."""

Key = TypeVar("Key", bound=Hashable)


def is_small(definition: Definition, counted: Tally) -> bool:
    """Too few families, or too few of them at risk, or too few not at risk."""
    poor = sum(counted.bands.get(band, 0) for band in definition.poor_bands)
    return is_few(poor) or is_few(counted.households - poor)


def is_few(count: int) -> bool:
    return 0 < count < LEAST_SHOWN


def pooled(definition: Definition, tallies: Mapping[Key, Tally]) -> frozenset[Key]:
    """The groups that must be shown as one: the small ones, and as many of the smallest others as it takes for the sum not to be small."""
    together = {key for key, counted in tallies.items() if is_small(definition, counted)}
    alone = sorted((key for key in tallies if key not in together and tallies[key].households), key=lambda key: tallies[key].households)
    while together and alone and is_small(definition, total(definition.version, [tallies[key] for key in together])):
        together.add(alone.pop(0))
    return frozenset(together)


def together(sizes: Mapping[Key, tuple[int, ...]]) -> frozenset[Key]:
    """The same for groups of which several counts are shown, their whole first: no count of a row may be small."""
    held = {key for key, counts in sizes.items() if any(map(is_few, counts))}
    alone = sorted((key for key in sizes if key not in held), key=lambda key: sizes[key][0])
    while held and alone and any(is_few(sum(counts)) for counts in zip(*(sizes[key] for key in held), strict=True)):
        held.add(alone.pop(0))
    return frozenset(held)


def closed(definition: Definition, counted: Tally) -> tuple[frozenset[str], frozenset[str]]:
    """Indicators and dimensions that are not told to who may not know the reasons, with what would let them be worked out from the rest."""
    poor = {key: sum(n for (held, _), n in counted.censored.items() if held == key) for key in definition.points_of}
    few = {key for key, n in poor.items() if is_few(n) or is_few(counted.raw.get(key, 0)) or is_few(counted.raw.get(key, 0) - n)}
    sums = {}
    for dimension in definition.dimensions:
        here = {one.key: poor[one.key] for one in definition.indicators if one.dimension == dimension.key}
        few |= held_together({key for key in here if key in few}, here)
        sums[dimension.key] = sum(here.values())
    dimensions = held_together({key for key, n in sums.items() if is_few(n)}, sums)
    few |= {one.key for one in definition.indicators if one.dimension in dimensions}
    return frozenset(few), frozenset(dimensions)


def held_together(hidden: set[str], counts: Mapping[str, int]) -> set[str]:
    """One hidden part of a known sum is no secret: the smallest others are hidden with it."""
    others = sorted((key for key in counts if key not in hidden), key=lambda key: (counts[key] == 0, counts[key]))
    while hidden and others and (len(hidden) == 1 or is_few(sum(counts[key] for key in hidden))):
        hidden.add(others.pop(0))
    return hidden


def total(version: str, tallies: Iterable[Tally]) -> Tally:
    return reduce(add, tallies, Tally(version))
