"""What a comparison of records finds: who may be one person, one family."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from aanchal.people.models import Household, Membership, Person
from aanchal.people.queries import Names


@dataclass(frozen=True)
class Told:
    """A person as one record tells of her. `father` is a guessed one where only the head's was asked."""

    person: Person
    names: Names
    father: str = ""
    membership: Membership | None = None

    @property
    def home(self) -> UUID | None:
        return self.membership.household_id if self.membership else None


@dataclass(frozen=True)
class Likely:
    """Two records of persons with what the comparisons say."""

    one: Told
    other: Told
    probability: float
    levels: Mapping[str, int]
    bits: Mapping[str, float]


@dataclass(frozen=True)
class Families:
    """Two records of families; `members` are the pairs that say so, `heads` the pair that is shown for them."""

    one: Household
    other: Household
    probability: float
    members: tuple[tuple[UUID, UUID, float], ...]
    heads: Likely


@dataclass(frozen=True)
class Found:
    read: int
    families: tuple[Families, ...]
    persons: tuple[Likely, ...]
    version: str
