"""Reads of pilots, their standing at a glance, and of roadmaps that are offered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.activities import counts
from aanchal.activities import queries as activities
from aanchal.activities.terms import State
from aanchal.money import queries as money
from aanchal.money.models import Budget
from aanchal.pilots import rules
from aanchal.pilots.models import Aim, Phase, Pilot, PilotPlace, RoadmapOffer
from aanchal.pilots.terms import COUNTED, Standing
from aanchal.places.models import Place
from aanchal.places.queries import within
from aanchal.selection.models import SelectionRun


@dataclass(frozen=True)
class Figure:
    """A number and the list it counts. `paise` tells that it is money."""

    key: str
    number: int
    url: str
    is_paise: bool = False


@dataclass(frozen=True)
class AimTold:
    aim: Aim
    reached: int | None

    @property
    def percent(self) -> int:
        return rules.percent(self.reached or 0, self.aim.number)


def pilots(user) -> QuerySet[Pilot]:
    """Of the states that she follows, and those that a district or block of hers is part of."""
    part = policy.visible(user, Permission.ACTIVITY_READ, PilotPlace.objects.filter(pilot=OuterRef("pk")))
    whole = policy.visible(user, Permission.ACTIVITY_READ, Pilot.objects.all()).values("pk")
    found = Pilot.objects.filter(Q(pk__in=whole) | Exists(part))
    return found.select_related("place").annotate(n_places=Count("places")).order_by("-starts_on", "pk")


def own_part(user, pilot: Pilot) -> Place:
    """Where what she sees of a pilot is counted: the whole of it, or the district or block that she follows."""
    if policy.can(user, Permission.ACTIVITY_READ, pilot):
        return pilot.place
    here = policy.visible(user, Permission.ACTIVITY_READ, places_of(pilot))
    return here[0].place


def standing(pilot: Pilot, on: date, *, is_late: bool) -> Standing:
    return Standing(rules.standing(rules.Span(pilot.starts_on, pilot.ends_on), is_late=is_late, on=on))


def missed(pilots: Iterable[Pilot], on: date) -> dict[UUID, list[Aim]]:
    """Pilot -> its targets past their day that were not reached in its whole state, whatever part of that the reader sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilots_missed(%s, %s)", [[one.pk for one in pilots], on])
        ids = [row[0] for row in cursor.fetchall()]
    found: dict[UUID, list[Aim]] = defaultdict(list)
    for aim in Aim.objects.filter(pk__in=ids).order_by("by_on", "pk"):
        found[aim.pilot_id].append(aim)
    return found


def late(pilots: Iterable[Pilot], on: date) -> set[UUID]:
    """Pilots with a phase or a target past its day."""
    told = list(pilots)
    phases = Phase.objects.filter(pilot__in=[one.pk for one in told], done_on=None, ends_on__lt=on)
    return {*phases.values_list("pilot_id", flat=True), *missed(told, on)}


def approved_runs(state: Place) -> QuerySet[SelectionRun]:
    """What may become a pilot's places."""
    found = SelectionRun.objects.filter(within(state), status="APPROVED").defer("results", "incidents", "indicators")
    return found.order_by("-decided_at", "-pk")


def runs_to_add(pilot: Pilot) -> list[SelectionRun]:
    """Approved selections that choose a place which is not in the pilot yet."""
    held = set(pilot.places.values_list("place_id", flat=True))
    return [run for run in approved_runs(pilot.place) if not {one["id"] for one in run.chosen} <= held]


def places_of(pilot: Pilot) -> QuerySet[PilotPlace]:
    """With the title of the selection each comes from, where the reader sees that."""
    title = SelectionRun.objects.filter(pk=OuterRef("run")).values("title")[:1]
    found = pilot.places.select_related("place", "place__district").annotate(run_title=Subquery(title))
    return found.order_by("place_no", "pk")


def phases_of(pilot: Pilot) -> QuerySet[Phase]:
    return pilot.phases.order_by("starts_on", "ends_on", "pk")


def phase_on(pilot: Pilot, on: date) -> Phase | None:
    """The first that runs and is not done."""
    return phases_of(pilot).filter(starts_on__lte=on, done_on=None).first()


def aims_of(pilot: Pilot, on: date, place: Place | None = None) -> list[AimTold]:
    """What is counted of them is counted in a place, or in the whole state."""
    counted = counts.outcomes(place or pilot.place, pilot.starts_on, min(on, pilot.ends_on))
    aims = pilot.aims.order_by("by_on", "pk")
    return [AimTold(aim, counted[COUNTED[aim.measure]] if aim.measure in COUNTED else aim.reached) for aim in aims]


def figures(user, pilot: Pilot, on: date, place: Place | None = None) -> list[Figure]:
    """Each with the address of exactly the rows it counts."""
    place = place or pilot.place
    here = {"place": place.pk}
    span = {"from": pilot.starts_on.isoformat(), "until": pilot.ends_on.isoformat()}
    mine = activities.trainings(user).filter(within(place), starts_on__gte=pilot.starts_on, starts_on__lte=pilot.ends_on)
    told = mine.order_by().aggregate(held=Count("pk", filter=Q(state=State.HELD)), planned=Count("pk", filter=Q(state=State.PLANNED)))
    late = activities.points(user).filter(within(place), due_on__lt=on).count()
    return [
        *(Figure(key, told[key], _address("activities:trainings", show=key, **here, **span)) for key in ("held", "planned")),
        Figure("late", late, _address("activities:points", show="late", **here)),
        *(figure for budget in _budgets(user, pilot) for figure in _money(budget, on)),
    ]


def _budgets(user, pilot: Pilot) -> QuerySet[Budget]:
    """Of the state, in force in a year the pilot touches; nothing for who reads no money."""
    first = pilot.starts_on.replace(year=pilot.starts_on.year - 1)
    return money.budgets(user).filter(place=pilot.place_id, standing="IN_FORCE", starts_on__gt=first, starts_on__lte=pilot.ends_on)


def _money(budget: Budget, on: date) -> list[Figure]:
    ledger = reverse("money:ledger", args=[budget.pk])
    spent = sum(one.spent for one in money.by_head(budget))
    return [
        Figure("released", money.released(budget, on), ledger, is_paise=True),
        Figure("spent", spent, reverse("money:budget", args=[budget.pk]), is_paise=True),
    ]


def _address(name: str, **query) -> str:
    return f"{reverse(name)}?{urlencode(query)}"


def offer_to(village: Place) -> RoadmapOffer | None:
    """The latest."""
    return RoadmapOffer.objects.filter(place=village).order_by("-trained_on", "-at").first()
