"""How far the training of police, prosecutors and judges has come, by State, against the scheme's 10,000 police officers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from aanchal.activities import counts
from aanchal.activities.terms import Audience, Rank, Sex
from aanchal.nodal import queries, standings
from aanchal.places.models import Place


@dataclass
class Line:
    """A State, or all of them. It is silent when it told of no training and of nobody trained: that is not zero."""

    place: Place | None
    is_silent: bool = True
    trained: Counter = field(default_factory=Counter)
    """Of which audience, how many; each once."""
    trainers: int = 0
    """Police who passed a training of trainers: they train the others."""
    target: int = 0

    @property
    def police(self) -> int:
        return self.trained[Audience.POLICE]

    @property
    def prosecutors(self) -> int:
        return self.trained[Audience.PROSECUTOR]

    @property
    def judges(self) -> int:
        return self.trained[Audience.JUDGE]

    @property
    def officers(self) -> int:
        return sum(self.trained.values())

    @property
    def percent(self) -> int | None:
        return min(100 * self.officers // self.target, 100) if self.target else None


@dataclass(frozen=True)
class Progress:
    """By State; the same people by rank and by sex, for the whole that the reader sees."""

    lines: list[Line]
    whole: Line
    by_rank: list[tuple[str, int]]
    by_sex: list[tuple[str, int]]

    @property
    def silent(self) -> int:
        return sum(line.is_silent for line in self.lines)

    @property
    def target(self) -> int:
        return standings.norms()["police_officers"]

    @property
    def percent(self) -> int:
        return min(100 * self.whole.police // self.target, 100)


def progress(user) -> Progress:
    """In three questions, however many States there are."""
    return _summed(queries.states(user), counts.officers_certified(), counts.officer_targets())


def _summed(states: Iterable[Place], told: Iterable[counts.Trained], targets: dict[int, int]) -> Progress:
    lines, whole = {place.pk: Line(place, target=targets.get(place.pk, 0)) for place in states}, Line(None, is_silent=False)
    ranks: Counter[str] = Counter()
    sexes: Counter[str] = Counter()
    for row in told:
        if (line := lines.get(row.state)) is None:
            continue
        line.is_silent = False
        for each in (line, whole):
            each.trained[row.audience] += row.n
            each.trainers += row.n if row.is_trainer and row.audience == Audience.POLICE else 0
        ranks[row.rank] += row.n
        sexes[row.sex] += row.n
    order = [*Rank, ""]
    by_rank = [(str(Rank(key).label) if key else "", ranks[key]) for key in order if ranks[key]]
    return Progress(list(lines.values()), whole, by_rank, [(str(one.label), sexes[one]) for one in Sex if sexes[one]])
