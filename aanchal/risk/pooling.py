"""Small groups are put together until none can be told apart (domain.md 5): the rows still add up to the whole exactly."""

from collections.abc import Hashable, Mapping
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
    while together and alone and is_small(definition, total(definition, [tallies[key] for key in together])):
        together.add(alone.pop(0))
    return frozenset(together)


def total(definition: Definition, tallies) -> Tally:
    return reduce(add, tallies, Tally(definition.version))
