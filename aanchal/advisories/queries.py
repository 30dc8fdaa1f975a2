"""Reads of advisories, of the tasks they became, of who must act and who decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from aanchal.access import policy
from aanchal.access.models import Posting
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.advisories import rules
from aanchal.advisories.models import Advisory, Answer, Direction, Task
from aanchal.advisories.terms import LEVEL, ROLE, Unit
from aanchal.places.models import Place
from aanchal.places.queries import NOWHERE, of_level, within
from aanchal.places.terms import COLUMN, Level

BELOW = {Level.NATION: Level.STATE, Level.STATE: Level.DISTRICT, Level.DISTRICT: Level.BLOCK, Level.BLOCK: Level.VILLAGE}
DECIDES = {Level.VILLAGE: Level.BLOCK, Level.BLOCK: Level.DISTRICT, Level.DISTRICT: Level.STATE, Level.STATE: Level.NATION}
"""Whose answers each level looks at first: those of the level below. Any level above may."""
FOLLOWERS = tuple(key for key, role in ROLES.items() if Permission.ADVISORY_FOLLOW in role.permissions)


@dataclass(frozen=True)
class Compliance:
    """How far the tasks of an advisory are in a place."""

    place: Place
    asked: int
    answered: int
    accepted: int
    late: int

    @property
    def percent(self) -> int:
        return self.accepted * 100 // self.asked if self.asked else 0


COMPLIANCE = """
SELECT c.id, count(*), count(*) FILTER (WHERE t.state = 'ANSWERED'), count(*) FILTER (WHERE t.state = 'ACCEPTED'),
    count(*) FILTER (WHERE t.state IN ('OPEN', 'RETURNED') AND t.due_on < %(on)s)
FROM places_place c JOIN advisories_task t ON t.place_no BETWEEN c.place_no AND c.last_no
WHERE t.advisory_id = %(advisory)s AND t.state <> 'CANCELLED' AND c.id = ANY(%(places)s) GROUP BY c.id
"""


def advisories() -> QuerySet[Advisory]:
    """Those the acting person may read: the database's own policy narrows them."""
    return Advisory.objects.select_related("place", "document", "earlier", "made_by", "issued_by")


def directions(advisory: Advisory) -> QuerySet[Direction]:
    return advisory.directions.order_by("nth")


def named(direction: Direction) -> list[Place]:
    """The places a direction names; none when it is for all of its advisory's."""
    return list(Place.objects.filter(pk__in=direction.places).order_by("place_no"))


def asked_of(direction: Direction) -> QuerySet[Place]:
    """Every place whose unit must act."""
    every = of_level(LEVEL[Unit(direction.unit)]).filter(place_no__gte=direction.place_no, place_no__lte=direction.last_no)
    inside = NOWHERE
    for place in named(direction):
        inside |= within(place)
    return (every.filter(inside) if direction.places else every).order_by("place_no")


def tasks(user) -> QuerySet[Task]:
    found = policy.visible(user, Permission.ADVISORY_READ, Task.objects.all())
    return found.select_related("place", "direction", "advisory", "advisory__place")


def answers(task: Task) -> QuerySet[Answer]:
    return task.answers.defer("sealed").select_related("by", "decided_by").order_by("-nth")


def mine(user, posts: Iterable[Posting]) -> QuerySet[Task]:
    """What this person's own posts must do, the most urgent first."""
    return tasks(user).filter(_asked_of(posts)).order_by("due_on", "pk")


def to_decide(user, posts: Iterable[Posting]) -> QuerySet[Task]:
    """Answers of the level below that this person looks at; her own are another's to decide."""
    return tasks(user).filter(_decided_by(user, posts)).order_by("due_on", "pk")


def waiting(user, posts: Sequence[Posting], on: date) -> dict[str, int]:
    """How much waits on her desk, in one question: to do, of that late, to decide. Empty for nothing."""
    asked, decided = _asked_of(posts), _decided_by(user, posts)
    if not policy.holds(user, Permission.ADVISORY_READ):
        return {}
    told = tasks(user).filter(asked | decided).aggregate(
        todo=Count("pk", filter=asked), late=Count("pk", filter=asked & Q(due_on__lt=on)), decide=Count("pk", filter=decided)
    )
    return told if told["todo"] or told["decide"] else {}


def _asked_of(posts: Iterable[Posting]) -> Q:
    units, found = {role: unit for unit, role in ROLE.items()}, NOWHERE
    for post in posts:
        if post.role in units:
            found |= Q(place_id=post.place_id, unit=units[post.role])
    return found & Q(state__in=rules.WAITING)


def _decided_by(user, posts: Iterable[Posting]) -> Q:
    below, found = {above: level for level, above in DECIDES.items()}, NOWHERE
    for post in posts:
        if Permission.ADVISORY_FOLLOW in post.held.permissions and post.place.level in below:
            level = below[Level(post.place.level)]
            found |= Q(place__level=level, place_no__gte=post.place.place_no, place_no__lte=post.place.last_no)
    own = Answer.objects.filter(task=OuterRef("pk"), by=user.pk, decision="")
    return found & Q(state="ANSWERED") & ~Q(Exists(own))


def must_answer(user, task: Task, on: date) -> bool:
    """Whether she holds the post of its unit at its very place."""
    held = policy.current_postings(user, on=on)
    return any(post.role == ROLE[Unit(task.unit)] and post.place_id == task.place_id for post in held)


def root_for(user, advisory: Advisory, on: date) -> Place | None:
    """Where her view of an advisory begins: its place, or her own inside it."""
    held = [post.place for post in policy.current_postings(user, on=on) if Permission.ADVISORY_READ in post.held.permissions]
    widest = min(held, key=lambda place: (place.place_no - place.last_no, place.pk), default=None)
    if widest is None or widest.place_no <= advisory.place_no and advisory.last_no <= widest.last_no:
        return advisory.place if widest else None
    return widest


def compliance(advisory: Advisory, places: Iterable[Place], on: date) -> list[Compliance]:
    """Of each place that is asked something, in the order of the places."""
    known = {place.pk: place for place in places}
    with connection.cursor() as cursor:
        cursor.execute(COMPLIANCE, {"advisory": advisory.pk, "places": list(known), "on": on})
        told = {pk: Compliance(known[pk], *numbers) for pk, *numbers in cursor.fetchall()}
    return [told[pk] for pk in known if pk in told]


def children(place: Place) -> list[Place]:
    """The places of the next level inside it."""
    level = BELOW.get(Level(place.level))
    return list(of_level(level).filter(within(place)).order_by("name", "pk")) if level else []


def holders(places: Iterable[int], roles: Iterable[str], on: date) -> set[UUID]:
    """Users who hold one of the roles at one of the places."""
    held = Posting.objects.filter(
        Q(until=None) | Q(until__gte=on), since__lte=on, place_id__in=list(places), role__in=list(roles), user__is_active=True
    )
    return set(held.values_list("user_id", flat=True))


def above(places: Iterable[Place], level: Level) -> set[int]:
    """Ids of the places of a level that these lie in."""
    return {pk for place in places if (pk := getattr(place, f"{COLUMN[level]}_id"))}


def late(n: int, on: date) -> QuerySet[Task]:
    """What has reached rung `n` of the ladder and was not told there."""
    found = Task.objects.filter(state__in=rules.WAITING, rung__lt=n, due_on__lte=rules.told_by(on, n))
    return found.filter(place__level__in=rules.levels_below(n), advisory__standing="ISSUED").select_related("place")
