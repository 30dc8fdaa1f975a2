"""Rehabilitation counted by place and period: no name, no id. Through the database's own gate; who shows small numbers hides them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from aanchal.cases.models import Case
from aanchal.cases.terms import State
from aanchal.places.models import Place
from aanchal.rehab.catalogue import trades
from aanchal.rehab.models import Engagement, GateDecision, LeaderLink, Learning, Repatriation, Session
from aanchal.rehab.terms import Gate

NONE: Mapping[str, int] = {}


@dataclass(frozen=True)
class Tally:
    """Of one place in one period; the place is that of the case. Keys are codes of `rehab.terms`."""

    gates_open: Mapping[str, int] = field(default_factory=dict)
    """Cases by gate, as last decided up to the end of the period; whether an agreement still holds is not looked into."""
    gates_shut: Mapping[str, int] = field(default_factory=dict)
    courses: Mapping[str, int] = field(default_factory=dict)
    """Rehabilitations by how they stand today."""
    begun: int = 0
    enrolled: Mapping[str, int] = field(default_factory=dict)
    certified: Mapping[str, int] = field(default_factory=dict)
    completed: Mapping[str, int] = field(default_factory=dict)
    placed: int = 0
    retained: Mapping[int, int] = field(default_factory=dict)
    """Months -> of those placed in the period, who was found in work so long after, also when she left later."""
    retention_due: Mapping[int, int] = field(default_factory=dict)
    """Months -> of those placed in the period, for whom so many months have passed: of them retention is a share."""
    sessions: int = 0
    counsellors: int = 0
    returned: Mapping[str, int] = field(default_factory=dict)
    follow_ups_in_time: int = 0
    follow_ups_late: int = 0
    """Done after the day on which they were due."""
    follow_ups_waiting: int = 0
    watch: Mapping[str, int] = field(default_factory=dict)
    """What the visits of the period found."""
    repatriated: Mapping[str, int] = field(default_factory=dict)
    leaders: int = 0
    """Survivors who lead by their own choice on the last day."""

    @property
    def follow_ups_due(self) -> int:
        """Due within the period, done or not."""
        return self.follow_ups_done + self.follow_ups_waiting

    @property
    def follow_ups_done(self) -> int:
        return self.follow_ups_in_time + self.follow_ups_late


def tally(place: Place, first: date, last: date) -> Tally:
    return tallies([place], first, last)[place.pk]


def tallies(places: Iterable[Place], first: date, last: date) -> dict[int, Tally]:
    """By the ids of the places, in one question. Raises DatabaseError for a place whose counts are not hers to read."""
    places = list(places)
    told: dict[int, dict[str, dict[str, int]]] = {one.pk: defaultdict(dict) for one in places}
    ends = [[one.pk for one in places], [one.place_no for one in places], [one.last_no for one in places]]
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [*ends, first, last])
        for pk, what, key, n in cursor.fetchall():
            told[pk][what][key] = n
    return {pk: _tally(found) for pk, found in told.items()}


ASKED = (
    "SELECT asked.pk, what, told.key, n FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS asked (pk, low, high)"
    " CROSS JOIN LATERAL rehab_tally(asked.low, asked.high, %s, %s) AS told ORDER BY 1, 2, 3"
)


def _tally(told: Mapping[str, Mapping[str, int]]) -> Tally:
    one = {what: told.get(what, NONE).get("", 0) for what in ("begun", "placed", "session", "counsellor", "leader")}
    visits = told.get("follow_up", NONE)
    by_key = {name: told.get(name, NONE) for name in ("enrolled", "certified", "completed", "returned", "watch", "repatriated")}
    return Tally(
        gates_open=told.get("gate_open", NONE), gates_shut=told.get("gate_shut", NONE), courses=told.get("course", NONE),
        begun=one["begun"], placed=one["placed"], retained=_by_months(told, "retained"), retention_due=_by_months(told, "retention_due"),
        sessions=one["session"], counsellors=one["counsellor"], leaders=one["leader"],
        follow_ups_in_time=visits.get("in_time", 0), follow_ups_late=visits.get("late", 0), follow_ups_waiting=visits.get("waits", 0),
        **by_key,
    )  # fmt: skip


def _by_months(told: Mapping[str, Mapping[str, int]], what: str) -> dict[int, int]:
    return {int(months): n for months, n in told.get(what, NONE).items()}


def counselled(first: date, last: date) -> QuerySet[Case]:
    """Cases that are worked on now, with a session between two days."""
    held = Session.objects.filter(case=OuterRef("pk"), on__gte=first, on__lte=last)
    return Case.objects.filter(Exists(held), state=State.ACTIVE)


def in_bridge_course() -> QuerySet[Case]:
    """Of the children whose cases are worked on now, those who were enrolled in a bridge course and have not left it."""
    courses = Learning.objects.filter(case=OuterRef("pk"), kind="BRIDGE").exclude(state="LEFT")
    return Case.objects.filter(Exists(courses), state=State.ACTIVE, is_child=True)


def repatriated(first: date, last: date) -> QuerySet[Repatriation]:
    """People handed over to their own country between two days."""
    return Repatriation.objects.filter(state="HANDED_OVER", ended_on__gte=first, ended_on__lte=last)


def enrolled(first: date, last: date, *, ready: bool = False) -> QuerySet[Learning]:
    """Women who enrolled in skill training between two days; of them those for whom every gate stood open on that day."""
    courses = Learning.objects.filter(kind="SKILLING", enrolled_on__gte=first, enrolled_on__lte=last)
    if ready:
        for gate in Gate.values:
            decided = GateDecision.objects.filter(case=OuterRef("case"), gate=gate, on__lte=OuterRef("enrolled_on")).order_by("-at", "-pk")
            courses = courses.alias(**{f"at_{gate}": Subquery(decided.values("is_open")[:1])}).filter(**{f"at_{gate}": True})
    return courses


def in_skilling(*, unconventional: bool = False) -> QuerySet[Learning]:
    """Women who are in skill training or came from it to a certificate or to work; of them in a trade that women are not offered anyway."""
    courses = Learning.objects.filter(kind="SKILLING").exclude(state="LEFT")
    return courses.exclude(trade__in=[key for key, one in trades().items() if one.usual]) if unconventional else courses


def leaders(*, active_since: date | None = None, until: date | None = None) -> QuerySet[LeaderLink]:
    """Survivors who lead by their own choice; of them those who did something between two days."""
    links = LeaderLink.objects.filter(withdrew_on=None)
    if active_since:
        done = Engagement.objects.filter(person=OuterRef("person"), on__gte=active_since, on__lte=until)
        links = links.filter(Exists(done))
    return links
