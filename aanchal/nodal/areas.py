"""Which districts and corridors stand out, and how sure that is: shrinkage, funnel, change, season. Plain Python.

A district is compared with what its population would give; a small one is drawn towards the rest, so that chance does not brand it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt
from statistics import NormalDist

VERSION = 1
LEAST = 11
"""Smaller counts are hidden (shared domain.md 1.3), and nothing is said about them."""
DOUBLED = 2.0
"""The change the watch is set for: twice as many as before, or half."""
ONCE_IN = 120
"""Periods between two false alarms, at least (Lorden 1971: a CUSUM of log-likelihood ratios with limit ln n)."""
BEFORE = 12
"""Periods from which the usual number is taken."""
SEASON_YEARS = 2
LEAST_SHAPE = 0.5
"""Below it the approximation of the upper quantile fails: this one's is taken, which is the larger."""
Z95, Z998 = NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(0.999)


@dataclass(frozen=True)
class Prior:
    """Gamma distribution of the relative risk over the districts."""

    shape: float
    rate: float


@dataclass(frozen=True)
class Estimate:
    """Relative risk of a district: observed over expected, drawn towards the mean of all; with its 95 % interval."""

    observed: int
    expected: float
    risk: float
    low: float
    high: float

    @property
    def raw(self) -> float:
        return self.observed / self.expected if self.expected else 0.0


def expected(observed: Mapping[int, int], exposure: Mapping[int, float]) -> dict[int, float]:
    """What each district would have if all had the same rate; only where its population is known."""
    people = {key: size for key, size in exposure.items() if size > 0}
    whole = sum(people.values())
    total = sum(n for key, n in observed.items() if key in people)
    return {key: total * size / whole for key, size in people.items()} if whole else {}


def prior(observed: Mapping[int, int], awaited: Mapping[int, float]) -> Prior | None:
    """By moments (Marshall 1991). None where the districts do not differ by more than chance."""
    total = sum(awaited.values())
    if total <= 0 or len(awaited) < 2:
        return None
    mean = sum(observed.get(key, 0) for key in awaited) / total
    if mean <= 0:
        return None
    spread = sum(e * (observed.get(key, 0) / e - mean) ** 2 for key, e in awaited.items() if e) / total - mean * len(awaited) / total
    return Prior(mean * mean / spread, mean / spread) if spread > 1e-9 else None


def estimates(observed: Mapping[int, int], exposure: Mapping[int, float]) -> dict[int, Estimate]:
    """For each district whose population is known, also those that told nothing."""
    awaited = expected(observed, exposure)
    spread = prior(observed, awaited)
    return {key: _estimate(observed.get(key, 0), e, spread) for key, e in awaited.items()}


def _estimate(n: int, awaited: float, spread: Prior | None) -> Estimate:
    if spread is None:
        return Estimate(n, awaited, 1.0, 1.0, 1.0)
    shape, rate = n + spread.shape, awaited + spread.rate
    high = gamma_quantile(Z95, max(shape, LEAST_SHAPE)) / rate
    return Estimate(n, awaited, shape / rate, gamma_quantile(-Z95, shape) / rate, high)


def gamma_quantile(z: float, shape: float) -> float:
    """At the normal quantile z, of unit rate (Wilson and Hilferty 1931)."""
    return shape * max(1 - 1 / (9 * shape) + z / (3 * sqrt(shape)), 0.0) ** 3


def funnel(awaited: float, z: float = Z998) -> tuple[float, float]:
    """Limits of a count where nothing but chance is at work (Byar's approximation of the Poisson interval, turned round)."""
    if awaited <= 0:
        return 0.0, 0.0
    return max(awaited - z * sqrt(awaited) + (z * z - 1) / 6, 0.0), awaited + z * sqrt(awaited) + (z * z - 1) / 6


def stands_out(one: Estimate) -> bool:
    """Above the funnel, still above the mean once shrunk, and not too few to speak of."""
    return one.observed >= LEAST and one.low > 1 and one.observed > funnel(one.expected)[1]


@dataclass(frozen=True)
class Alarm:
    """The number changed: from which period on, up or down, and what it was before."""

    since: date
    rose: bool
    usual: float


def change(series: Sequence[tuple[date, int]]) -> Alarm | None:
    """The last standing alarm of a CUSUM over a series of periods in order. Nothing is said before a usual number is known and told."""
    if len(series) <= BEFORE:
        return None
    usual = sum(n for _day, n in series[:BEFORE]) / BEFORE
    if usual * BEFORE < LEAST:
        return None
    found = [alarm for rose in (True, False) if (alarm := _watch(series[BEFORE:], usual, rose))]
    return max(found, key=lambda alarm: alarm.since, default=None)


def _watch(series: Sequence[tuple[date, int]], usual: float, rose: bool) -> Alarm | None:
    """Page's CUSUM of the log-likelihood ratio of twice (or half) the usual number against the usual one (Lucas 1985)."""
    ratio = DOUBLED if rose else 1 / DOUBLED
    level, since = 0.0, None
    for day, n in series:
        step = n * log(ratio) - usual * (ratio - 1)
        if level + step <= 0:
            level, since = 0.0, None
            continue
        level, since = level + step, since or day
    return Alarm(since, rose, usual) if since and level > log(ONCE_IN) else None


def season(series: Sequence[tuple[date, int]]) -> list[int]:
    """Months of the year with more than chance would give, of whole years told month by month; empty before two years are known."""
    by_year = Counter(day.year for day, _n in series)
    years = {year for year, months in by_year.items() if months == 12}
    total = sum(n for day, n in series if day.year in years)
    if len(years) < SEASON_YEARS or total < 12 * LEAST:
        return []
    months: Counter[int] = Counter()
    for day, n in series:
        if day.year in years:
            months[day.month] += n
    limit = funnel(total / 12)[1]
    return sorted(month for month, n in months.items() if n > limit)


@dataclass(frozen=True)
class Way:
    """Cases of one month that were taken from a district to another, for these purposes. None: abroad or not told."""

    month: date
    origin: int | None
    destination: int | None
    purposes: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class Corridor:
    origin: int
    destination: int
    n: int
    purposes: Sequence[tuple[str, int]]
    """Told ones only, the most frequent first; one case may have several."""
    alarm: Alarm | None


@dataclass(frozen=True)
class Area:
    """A district as a source or as a destination."""

    district: int
    role: str
    n: int
    estimate: Estimate | None
    alarm: Alarm | None
    months: Sequence[int]
    purposes: Sequence[tuple[str, int]]

    @property
    def is_problem(self) -> bool:
        return self.estimate is not None and stands_out(self.estimate)


def areas(ways: Sequence[Way], role: str, exposure: Mapping[int, float], months: Sequence[date]) -> list[Area]:
    """Districts with enough cases to be told, those that stand out first. `role` is SOURCE or DESTINATION."""
    end = {"SOURCE": "origin", "DESTINATION": "destination"}[role]
    mine: dict[int, list[Way]] = defaultdict(list)
    for way in ways:
        if (key := getattr(way, end)) is not None:
            mine[key].append(way)
    observed = {key: sum(way.n for way in told) for key, told in mine.items()}
    known = estimates(observed, exposure)
    found = [
        Area(key, role, n, known.get(key), change(line := series(mine[key], months)), season(line), causes(mine[key]))
        for key, n in observed.items() if n >= LEAST
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.is_problem, -one.n, one.district))


def corridors(ways: Sequence[Way], months: Sequence[date]) -> list[Corridor]:
    """From district to district, the busiest first; those of fewer than eleven are not told."""
    found: dict[tuple[int, int], list[Way]] = defaultdict(list)
    for way in ways:
        if way.origin is not None and way.destination is not None and way.origin != way.destination:
            found[way.origin, way.destination].append(way)
    rows = [
        Corridor(*ends, n, causes(told), change(series(told, months)))
        for ends, told in found.items() if (n := sum(way.n for way in told)) >= LEAST
    ]  # fmt: skip
    return _without_remainders(sorted(rows, key=lambda one: (-one.n, one.origin, one.destination)), ways)


def _without_remainders(rows: list[Corridor], ways: Sequence[Way]) -> list[Corridor]:
    """The total of a district is told too: what its told corridors leave over must not be small. The least one goes until it is not."""
    for end in ("origin", "destination"):
        total: Counter[int | None] = Counter()
        for way in ways:
            total[getattr(way, end)] += way.n
        for key in {getattr(row, end) for row in rows}:
            mine = [row for row in rows if getattr(row, end) == key]
            while mine and 0 < total[key] - sum(row.n for row in mine) < LEAST:
                rows.remove(mine.pop())
    return rows


def series(ways: Sequence[Way], months: Sequence[date]) -> list[tuple[date, int]]:
    """Every month of the period, also those without a case."""
    told: Counter[date] = Counter()
    for way in ways:
        told[way.month] += way.n
    return [(month, told[month]) for month in months]


def causes(ways: Sequence[Way]) -> list[tuple[str, int]]:
    told: Counter[str] = Counter()
    for way in ways:
        for purpose in way.purposes:
            told[purpose] += way.n
    total = sum(way.n for way in ways)
    return [(purpose, n) for purpose, n in told.most_common() if n >= LEAST and (n == total or total - n >= LEAST)]


def through(corridor: Sequence[Corridor]) -> dict[int, int]:
    """Districts people are taken to and taken on from: at most as many as came in, and as went out, by corridors that are told."""
    came: Counter[int] = Counter()
    went: Counter[int] = Counter()
    for one in corridor:
        came[one.destination] += one.n
        went[one.origin] += one.n
    return {key: min(came[key], went[key]) for key in came.keys() & went.keys()}


def reporting(told: int, asked: int) -> str:
    """How a silence is to be read: GOOD, SOME or SILENT."""
    if not asked:
        return "SOME"
    return "GOOD" if told >= 0.9 * asked else "SILENT" if told == 0 else "SOME"

