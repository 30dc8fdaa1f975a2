"""What each role finds on its first page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.models import Device, Posting, User
from aanchal.access.permissions import Permission
from aanchal.activities import queries as activities
from aanchal.benefits import board as benefits
from aanchal.cases import queries as cases
from aanchal.doubles import queries as doubles
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status
from aanchal.matching import queries as finding
from aanchal.money import queries as money
from aanchal.network import directory
from aanchal.network import queries as network
from aanchal.nodal import learning
from aanchal.people import queries as people
from aanchal.pilots import queries as pilots
from aanchal.places.models import Place
from aanchal.places.queries import villages_in, within
from aanchal.places.terms import Level
from aanchal.portal import counts, figures, posts
from aanchal.portal.links import address
from aanchal.portal.terms import REGISTER_ICONS, REGISTERS, form_title
from aanchal.registers.queries import inside
from aanchal.rehab import queries as rehab
from aanchal.rescue import queries as rescue
from aanchal.risk import families, queries, reading
from aanchal.tracking import queries as tracking
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
class Touch:
    """Who is to be called today, which alerts wait, all of the place and those of the reader's own step, and which insurances run out."""

    due: int
    due_url: str
    mine: int
    alerts: int
    alerts_url: str
    missing: int
    missing_url: str
    renew: int
    renew_url: str


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
    sent, first = _sent_by(user), _visit_first(user, place)
    return {
        "place": place,
        "visit": by_key["at_risk"],
        "touch": _touch(user, place, on),
        "first": first,
        "without_consent": people.without_consent(one.assessment.household for one in first),
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
        "returns": doubles.homecomings(user).filter(within(place)).count(),
        "returns_url": address("doubles:returns"),
    }


def _touch(user, place: Place, on: date) -> Touch:
    return Touch(
        **tracking.waiting(user, place, on, {posting.role for posting in posts.of(user)}),
        due_url=address("tracking:journeys", show="due", place=place.pk),
        alerts_url=address("tracking:alerts", step=tracking.MINE, place=place.pk),
        missing_url=address("tracking:missing", place=place.pk),
        renew=benefits.to_renew(user, place, on),
        renew_url=address("entitlements", place=place.pk, show=benefits.RENEW),
    )


def _visit_first(user, place: Place) -> list[reading.Row]:
    found = queries.visit_first(families.readable(user, place).filter(families.AT_RISK))
    return [reading.row(user, one) for one in found[:FIRST]]


def _leader(user, place: Place, on: date) -> dict:
    counted = counts.table(user, place, on=on)
    roadmap = villages.roadmap_of(place) if place.level == Level.VILLAGE else None
    actions = villages.actions_of(place)
    return {
        "place": place,
        "touch": _touch(user, place, on) if policy.holds(user, Permission.JOURNEY_RECORD) else None,
        "place_url": address("place", place.pk),
        "map_url": address("village-map", place.pk) if place.level == Level.VILLAGE else "",
        "points_url": address("own-points", place.pk) if place.level == Level.VILLAGE else "",
        "at_risk": figures.of(user, counted.whole, figures.AT_RISK_FIRST),
        "registers": figures.of(user, counted.whole, REGISTERS),
        "table": figures.shown(user, counted) if counted.rows else None,
        "roadmap": roadmap,
        "offer": pilots.offer_to(place) if place.level == Level.VILLAGE and roadmap is None else None,
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
        "touch": _touch(user, place, on),
        "counts": figures.of(user, counted.whole, (*figures.AT_RISK_FIRST, "flagged")),
        "registers": figures.of(user, counted.whole, REGISTERS),
        "queue": _waiting(_light(queue)[:QUEUE], on),
        "review_url": address("review", place=place.pk),
        "quality_url": address("quality", place=place.pk),
        "doubles": doubles.queue(user).filter(within(place)).count(),
        "doubles_url": address("doubles:queue"),
        "returns_url": address("doubles:returns"),
        "table": figures.shown(user, counted),
        "coverage": _coverage(place, counted),
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
        "training": learning.progress(user) if place.level == Level.NATION and policy.holds(user, Permission.RETURN_READ) else None,
        "points": activities.points_of_states(user).filter(state="OPEN").count() if policy.holds(user, Permission.COORDINATION_READ) else 0,
    }


def _finder(user, place: Place, on: date) -> dict:
    """Who looks for the missing: what waits for her, whom she recorded, what is late."""
    waiting, tasks = finding.queue(user), finding.open_tasks(user)
    return {
        "touch": _touch(user, place, on),
        "queue_url": address("matching:queue"),
        "found_url": address("matching:found-people"),
        "waiting": waiting.count(),
        "second": waiting.filter(standing="SAID_SAME").count(),
        "found": finding.found_people(user).filter(is_open=True).count(),
        "late": tasks.filter(due_on__lt=on).count(),
        "rescue_url": address("rescue:home"),
        "clocks_url": address("rescue:clocks"),
        **rescue.waiting(user, at=timezone.now()),
    }


def _centre(user, place: Place, on: date) -> dict:
    """Who works at a safe migration centre and knows no family: the centres here, and what asks to be looked into."""
    listings = network.listings(user).filter(within(place))
    return {
        "place": place,
        "centres": list(network.centres(user).filter(within(place))[:QUEUE]),
        "centres_url": address("network:centres"),
        "directory_url": address("network:directory"),
        "complaints": listings.filter(open_complaints__gt=0).count(),
        "expired": listings.filter(licence_until__lt=on).count(),
        "ask_url": address("ask"),
        "schemes_url": address("schemes"),
        "map_url": address("village-map", place.pk) if place.level == Level.VILLAGE else "",
    }


def _cases(user, place: Place, on: date) -> dict:
    """Who works with survivors: her cases, what she has to do, what is asked of her."""
    now = timezone.now()
    open_cases = cases.cases_of(user, now).filter(state__in=["ACTIVE", "FOLLOW_UP"])
    supervises = policy.holds(user, Permission.CASE_SUPERVISE)
    return {
        "cases": open_cases.count(),
        "cases_url": address("cases:list"),
        "late": cases.tasks_of(user).filter(due_on__lt=on).count(),
        "waiting": cases.waiting_referrals(user).count(),
        "referrals_url": address("cases:referrals"),
        "due": rehab.due(on).count(),
        "proposals": cases.proposals(user, now).count() + cases.to_decide(user, now).count() if supervises else None,
        "reviews": cases.emergencies(user).count() if supervises else None,
        "reviews_url": address("cases:reviews"),
    }


def _pilot(user, place: Place, on: date) -> dict:
    """Who runs the pilot: what was decided and is not done, what is to come, what waits for a second person."""
    points = activities.points(user)
    return {
        "points": points.count(),
        "late": points.filter(due_on__lt=on).count(),
        "points_url": address("activities:points"),
        "coming": activities.meetings(user).filter(on__gte=on).count() + activities.trainings(user).filter(ends_on__gte=on).count(),
        "calendar_url": address("activities:calendar"),
        "deciding": money.waiting(user),
        "money_url": address("money:budgets") if policy.holds(user, Permission.MONEY_READ) else "",
        **_posts(user, on),
    }


def _posts(user, on: date) -> dict:
    """How many posts of the pilot are vacant, for who reads the directory."""
    if not policy.holds(user, Permission.STAKEHOLDER_READ):
        return {}
    counted = directory.filled(directory.posts(user), on).values()
    every, vacant = sum(n for n, _held in counted), sum(n - held for n, held in counted)
    return {"posts": every, "vacant": vacant, "posts_url": address("network:posts")}


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


def _counselling(user, place: Place, on: date) -> dict:
    """Who counsels survivors, or supervises who does: only how many, never whom."""
    now, has_cases = timezone.now(), policy.holds(user, Permission.CASE_READ)
    return {
        "waiting": cases.waiting_referrals(user).count() if has_cases else None,
        "to_do": cases.tasks_of(user).count() if has_cases else None,
        "cases": cases.cases_of(user, now).count() if policy.holds(user, Permission.REHAB_READ) else None,
        "due": rehab.due(on).count() if policy.holds(user, Permission.REHAB_READ) else None,
        "counsellors": rehab.counsellors(user).count() if policy.holds(user, Permission.COUNSEL_SUPERVISE) else None,
        "supervised": rehab.supervised(user).count(),
    }


def _coverage(place: Place, counted: counts.Table) -> dict:
    """How far the work has come: villages that told their situation, and families recorded of those the meetings spoke of."""
    told = [one.facts.get("households_total") or 0 for one in villages.latest_situations(place)]
    whole, below = counted.whole, counted.rows
    return {
        "villages": len(below) if below and below[0].place.level == Level.VILLAGE else villages_in(place).count(),
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
    "paralegal": ("centre", _centre),
    "block_officer": ("officer", _officer),
    "ahtu_officer": ("finder", _finder),
    "district_manager": ("counting", _counting),
    "state_expert": ("counting", _counting),
    "state_mis": ("counting", _counting),
    "national_analyst": ("counting", _counting),
    "nodal_officer": ("counting", _counting),
    "administrator": ("administrator", _administrator),
    "counsellor": ("counselling", _counselling),
    "counselling_supervisor": ("counselling", _counselling),
    "case_worker": ("cases", _cases),
    "case_supervisor": ("cases", _cases),
    "cwc_member": ("cases", _cases),
    "osc_worker": ("cases", _cases),
    "programme_officer": ("pilot", _pilot),
    "finance_officer": ("pilot", _pilot),
    "mission_director": ("pilot", _pilot),
}
