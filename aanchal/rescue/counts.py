"""Rescue counted by place and period: no name, no id. Through the database's own gate; who shows small numbers hides them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Least

from aanchal.core import tallies as by_place
from aanchal.places.models import Place
from aanchal.rescue.models import CareStep, Fir, Operation, Rescued, Unit
from aanchal.rescue.terms import Care, Exploitation, Stage

DAYS_BY_LAW = 1
"""A child is before the Committee within 24 hours, the way there not counted (JJ Act 2015 s.31)."""


@dataclass(frozen=True)
class Tally:
    """Of one place in one period. `days_to_cwc`: whole days from the rescue to the Committee, the way there not counted -> children."""

    operations: Mapping[str, int] = field(default_factory=dict)
    """By state, those planned for a day of the period."""
    firs: int = 0
    sections: Mapping[str, int] = field(default_factory=dict)
    """FIRs of the period in which a section stands; one FIR has several."""
    stages: Mapping[str, int] = field(default_factory=dict)
    """FIRs, whenever registered, that came to a stage within the period."""
    days_to_cwc: Mapping[int, int] = field(default_factory=dict)
    not_before_cwc: int = 0
    """Children rescued in the period of whom it is not written that they came before the Committee."""

    @property
    def charge_sheeted(self) -> int:
        return self.stages.get(Stage.CHARGE_SHEETED, 0)

    @property
    def convicted(self) -> int:
        return self.stages.get(Stage.CONVICTED, 0)

    @property
    def acquitted(self) -> int:
        return self.stages.get(Stage.ACQUITTED, 0)

    @property
    def before_cwc_in_time(self) -> int:
        return sum(n for days, n in self.days_to_cwc.items() if days < DAYS_BY_LAW)


@dataclass(frozen=True)
class Freed:
    """How many of one kind were rescued. `age` is one of lt12, a12_16, a16_18, a18plus, unknown (NCRB since 2021)."""

    sex: str
    age: str
    exploitation: str
    nationality: str
    n: int


def tally(place: Place, first: date, last: date) -> Tally:
    return tallies([place], first, last)[place.pk]


def tallies(places: Iterable[Place], first: date, last: date) -> dict[int, Tally]:
    """By the ids of the places, in one question. Raises DatabaseError for a place whose counts are not hers to read."""
    places = list(places)
    told: dict[int, dict[str, dict[str, int]]] = {one.pk: defaultdict(dict) for one in places}
    with connection.cursor() as cursor:
        cursor.execute(ASKED.format("rescue_tally", "what, told.key"), _asked(places, first, last))
        for pk, what, key, n in cursor.fetchall():
            told[pk][what][key] = n
    return {pk: _tally(found) for pk, found in told.items()}


def people(place: Place, first: date, last: date) -> list[Freed]:
    """Who was rescued in the period, by sex, age, purpose and nationality."""
    return people_of([place], first, last)[place.pk]


def people_of(places: Iterable[Place], first: date, last: date) -> dict[int, list[Freed]]:
    places = list(places)
    told: dict[int, list[Freed]] = {one.pk: [] for one in places}
    with connection.cursor() as cursor:
        cursor.execute(ASKED.format("rescue_people", "sex, age, exploitation, nationality"), _asked(places, first, last))
        for pk, *row in cursor.fetchall():
            told[pk].append(Freed(*row))
    return told


ASKED = (
    "SELECT asked.pk, {1}, n FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS asked (pk, low, high)"
    " CROSS JOIN LATERAL {0}(asked.low, asked.high, %s, %s) AS told ORDER BY 1, 2, 3"
)


def _asked(places: list[Place], first: date, last: date) -> list:
    return [[one.pk for one in places], [one.place_no for one in places], [one.last_no for one in places], first, last]


def _tally(told: Mapping[str, Mapping[str, int]]) -> Tally:
    brought = {int(days): n for days, n in told["to_cwc"].items() if days}
    return Tally(
        operations=told["operation"], firs=told["fir"].get("", 0), sections=told["section"], stages=told["stage"], days_to_cwc=brought,
        not_before_cwc=told["to_cwc"].get("", 0),
    )  # fmt: skip


def operations(first: date, last: date) -> QuerySet[Operation]:
    """Operations that ended between two days."""
    return Operation.objects.filter(ended_at__date__gte=first, ended_at__date__lte=last)


def rescued(first: date, last: date) -> QuerySet[Rescued]:
    return Rescued.objects.filter(rescued_on__gte=first, rescued_on__lte=last)


def rescued_people(first: date, last: date) -> Iterator[by_place.Tally]:
    """The same by sex and whether a child."""
    return by_place.of_people(rescued(first, last).order_by().values_list("place_no", "sex", "is_child").annotate(n=Count("pk")))


def firs(first: date, last: date) -> QuerySet[Fir]:
    return Fir.objects.filter(registered_on__gte=first, registered_on__lte=last)


def children(first: date, last: date, *, before_committee: bool = False) -> QuerySet[Rescued]:
    """Children rescued between two days; of them those before the Committee within 24 hours, the way there not counted."""
    found = rescued(first, last).filter(is_child=True)
    if before_committee:
        allowed = F("rescued__rescued_at") + timedelta(days=DAYS_BY_LAW) + F("journey_hours") * timedelta(hours=1)
        brought = CareStep.objects.filter(rescued=OuterRef("pk"), care="CWC", at__lt=ExpressionWrapper(allowed, DateTimeField()))
        found = found.filter(Exists(brought))
    return found


def compensated(first: date, last: date) -> QuerySet[Rescued]:
    """Of those rescued between two days, to whom compensation was awarded by the second, interim or final."""
    return rescued(first, last).filter(_had(Care.AWARDED, last))


def bonded(first: date, last: date, *, released: bool = False) -> QuerySet[Rescued]:
    """Bonded labourers rescued between two days; of them those with release certificate and immediate relief by the second."""
    found = rescued(first, last).filter(exploitation=Exploitation.BONDED_LABOUR)
    return found.filter(_had(Care.RELEASED, last), _had(Care.RELIEF, last)) if released else found


def unit_posts(*, filled: bool = False) -> QuerySet[Unit]:
    """Units with sanctioned posts, as they stand now: `posts_told` of each, or how many of these somebody fills."""
    units = Unit.objects.filter(posts__gt=0)
    if not filled:
        return units.annotate(posts_told=F("posts"))
    return units.annotate(serving=Count("members", filter=Q(members__until=None))).annotate(posts_told=Least("posts", "serving"))


def _had(care: str, until: date) -> Exists:
    return Exists(CareStep.objects.filter(rescued=OuterRef("pk"), care=care, at__date__lte=until))
