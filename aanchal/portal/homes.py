"""What each role finds on its first page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from aanchal.access import policy
from aanchal.access.models import Device, Posting, User
from aanchal.access.permissions import Permission
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status
from aanchal.places.models import Place
from aanchal.places.queries import villages_in, within
from aanchal.places.terms import Level
from aanchal.portal import counts, figures
from aanchal.portal.links import address
from aanchal.portal.terms import REGISTER_ICONS, REGISTERS, form_title
from aanchal.registers.queries import inside
from aanchal.risk import families, queries, reading
from aanchal.villages import queries as villages
from aanchal.villages.models import Roadmap

FIRST = 3
QUEUE = 8
NEXT_ACTIONS = 6
LONG_WAIT = 7
"""Days after which a submission that waits is shown as late."""


@dataclass(frozen=True)
class Waiting:
    """A submission that waits for someone: what it is, where from, since when; never what it says."""

    title: str
    place: Place
    sender: str
    received_at: datetime
    days: int
    url: str
    note: str = ""

    @property
    def is_late(self) -> bool:
        return self.days > LONG_WAIT


@dataclass(frozen=True)
class Section:
    """One posting on the first page."""

    posting: Posting
    template: str
    told: dict = field(default_factory=dict)


def section(user, posting: Posting, *, on: date) -> Section:
    kind, build = _BUILDERS[posting.role]
    return Section(posting, f"portal/homes/{kind}.html", build(user, posting.place, on))


def _worker(user, place: Place, on: date) -> dict:
    counted = counts.of(user, place, on=on)
    by_key = {figure.key: figure for figure in figures.of(user, counted, ("at_risk", "overdue", *REGISTERS))}
    sent = _sent_by(user)
    return {
        "place": place,
        "visit": by_key["at_risk"],
        "first": _visit_first(user, place),
        "registers": [{"figure": by_key[key], "icon": REGISTER_ICONS[key]} for key in REGISTERS],
        "overdue": by_key["overdue"],
        "map_url": address("village-map", place.pk) if place.level == Level.VILLAGE else "",
        "place_url": address("place", place.pk),
        "sent_url": address("sent"),
        "received_at": sent.values_list("received_at", flat=True).first(),
        "returned": _waiting(sent.filter(status=Status.RETURNED, corrected_by=None)[:QUEUE], on),
        "flagged": _waiting(sent.filter(status=Status.FLAGGED)[:QUEUE], on),
        "disputed": policy.visible(user, Permission.RISK_REASONS, queries.open_appeals(place)).count(),
        "disputed_url": address("appeals", place=place.pk),
    }


def _visit_first(user, place: Place) -> list[reading.Row]:
    found = queries.visit_first(families.readable(user, place).filter(families.AT_RISK))
    return [reading.row(user, one) for one in found[:FIRST]]


def _leader(user, place: Place, on: date) -> dict:
    counted = counts.table(user, place, on=on)
    roadmap = villages.roadmap_of(place) if place.level == Level.VILLAGE else None
    actions = villages.actions_of(place)
    return {
        "place": place,
        "place_url": address("place", place.pk),
        "map_url": address("village-map", place.pk) if place.level == Level.VILLAGE else "",
        "points_url": address("own-points", place.pk) if place.level == Level.VILLAGE else "",
        "at_risk": figures.of(user, counted.whole, figures.AT_RISK_FIRST),
        "registers": figures.of(user, counted.whole, REGISTERS),
        "table": figures.shown(user, counted) if counted.rows else None,
        "roadmap": roadmap,
        "roadmap_url": address("villages:roadmap", place.pk) if place.level == Level.VILLAGE else "",
        "late": [one for one in actions.filter(state="PLANNED").order_by("due_on", "pk")[:NEXT_ACTIONS]],
        "today": on,
    }


def _officer(user, place: Place, on: date) -> dict:
    counted = counts.table(user, place, on=on)
    waiting = Submission.objects.filter(status=Status.FLAGGED).filter(inside(place))
    queue = policy.visible(user, Permission.SUBMISSION_REVIEW, waiting).order_by("received_at", "pk")
    return {
        "place": place,
        "place_url": address("place", place.pk),
        "counts": figures.of(user, counted.whole, (*figures.AT_RISK_FIRST, "flagged")),
        "registers": figures.of(user, counted.whole, REGISTERS),
        "queue": _waiting(_light(queue)[:QUEUE], on),
        "review_url": address("review", place=place.pk),
        "quality_url": address("quality", place=place.pk),
        "table": figures.shown(user, counted),
        "coverage": _coverage(place, counted.whole),
    }


def _counting(user, place: Place, on: date) -> dict:
    counted = counts.table(user, place, on=on)
    keys = ("households", *figures.AT_RISK_FIRST)
    return {
        "place": place,
        "place_url": address("place", place.pk),
        "counts": figures.of(user, counted.whole, keys),
        "registers": figures.of(user, counted.whole, REGISTERS),
        "table": figures.shown(user, counted),
    }


def _administrator(user, place: Place, on: date) -> dict:
    held = User.objects.filter(within(place, "postings__place_no")).distinct()
    return {
        "place": place,
        "workers": held.filter(is_active=True).count(),
        "devices": Device.objects.filter(user__in=held, revoked_at=None).count(),
        "villages": villages_in(place).count(),
        "never": held.filter(is_active=True, last_login=None).count(),
        "workers_url": address("workers"),
        "trail_url": address("trail"),
    }


def _coverage(place: Place, whole: counts.Counts) -> dict:
    """How far the work has come: villages that told their situation, and families recorded of those the meetings spoke of."""
    told = [one.facts.get("households_total") or 0 for one in villages.latest_situations(place)]
    return {
        "villages": villages_in(place).count(),
        "with_situation": len(told),
        "with_roadmap": Roadmap.objects.filter(inside(place)).count(),
        "overdue": whole.values["overdue"],
        "families_told": sum(told),
        "families_recorded": whole.values["households"],
    }


def _sent_by(user) -> QuerySet[Submission]:
    return _light(Submission.objects.filter(sender=user)).order_by("-received_at", "-pk")


def _light(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    return submissions.select_related("place", "sender").defer("sealed", "wrapped_key", "digest", "faults")


def _waiting(submissions: Sequence[Submission], on: date) -> list[Waiting]:
    return [
        Waiting(
            title=form_title(one.form_id),
            place=one.place,
            sender=one.sender.name,
            received_at=one.received_at,
            days=(on - policy.day_in_india(one.received_at)).days,
            url=address("review-one", one.pk) or address("review", place=one.place_id),
            note=one.review_note,
        )
        for one in submissions
    ]


_BUILDERS: dict[str, tuple[str, Callable[[object, Place, date], dict]]] = {
    "gender_crp": ("worker", _worker),
    "vo_leader": ("leader", _leader),
    "clf_leader": ("leader", _leader),
    "block_officer": ("officer", _officer),
    "district_manager": ("counting", _counting),
    "state_expert": ("counting", _counting),
    "national_analyst": ("counting", _counting),
    "administrator": ("administrator", _administrator),
}
