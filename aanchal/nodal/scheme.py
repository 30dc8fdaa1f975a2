"""The scheme of units: sanctioned and released by the Nodal Cell, certified by the State and accepted by the Cell, units as they stand."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.network import rules as directory
from aanchal.network import stakeholders
from aanchal.network.models import Stakeholder
from aanchal.nodal import queries, standings
from aanchal.nodal.models import Release, Sanction, Unit, Use
from aanchal.nodal.rules import Refused
from aanchal.nodal.terms import LineStanding, UseStanding
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.places.models import Place
from aanchal.places.terms import Level

FIRST_YEAR = 2010
STANDS = LineStanding.STANDS
ANSWERABLE = (UseStanding.ASKED, UseStanding.RETURNED)


@dataclass(frozen=True)
class Order:
    """What an order of the Ministry says: of which financial year, from which fund, for how many units."""

    year: int
    stream: str
    units: int
    order_no: str
    on: date


@action
def sanction(*, place: Place, order: Order, tier: str, at: datetime, by) -> Sanction:
    check_order(order, at)
    if Sanction.objects.filter(place=place, order_no=order.order_no.strip(), tier=tier, line=STANDS).exists():
        raise Refused([("order_no", "order_twice")])
    row = new(Sanction, tier=tier, **_of(place, order, at, by))
    insert(row)
    trail.write("nodal.units.sanctioned", about=row, units=row.units, tier=tier)
    return row


@action
def release(*, place: Place, order: Order, amount_paise: int, at: datetime, by) -> Release:
    check_order(order, at)
    if Release.objects.filter(place=place, order_no=order.order_no.strip(), line=STANDS).exists():
        raise Refused([("order_no", "order_twice")])
    row = new(Release, amount_paise=amount_paise, **_of(place, order, at, by))
    insert(row)
    trail.write("nodal.money.released", about=row, paise=amount_paise)
    return row


@action
def ask(*, one: Release, due_on: date, at: datetime, by) -> Use:
    """The Nodal Cell asks for a certificate by a day. Raises Refused when nothing is left, or one is asked for already."""
    first = locked(one.first_pk)
    if left(first) <= 0:
        raise Refused([("", "all_certified")])
    if first.uses.filter(standing__in=ANSWERABLE, corrects=None).exists():
        raise Refused([("", "asked_already")])
    if due_on < day_in_india(at):
        raise Refused([("due_on", "day_to_come")])
    row = new(Use, release=first, place_no=first.place_no, standing=UseStanding.ASKED, due_on=due_on)
    insert(row)
    notices.tell(users=queries.makers([first.place], day_in_india(at)), topic=Topic.UC, about=row.pk, at=at, by=by)
    trail.write("nodal.certificate.asked", about=row)
    return row


@dataclass(frozen=True)
class Certified:
    """What a State certifies: number of the certificate, paise, the last day it tells of."""

    number: str
    amount_paise: int
    until_on: date
    words: str = ""


@action
def submit(*, one: Release, told: Certified, at: datetime, by) -> Use:
    """Answers what was asked for or returned, or comes unasked. Raises Refused above what is left of the release."""
    first = locked(one.first_pk)
    row = first.uses.filter(standing__in=ANSWERABLE, corrects=None).order_by("due_on", "pk").first()
    check_certified(first, told, but=row.pk if row else None, at=at)
    said = {"number": told.number.strip(), "amount_paise": told.amount_paise, "until_on": told.until_on, "words": told.words.strip()}
    said |= {"standing": UseStanding.SUBMITTED, "submitted_by_id": by.pk, "submitted_at": at, "decided_by_id": None, "decided_at": None}
    if row is None:
        row = new(Use, release=first, place_no=first.place_no, **said)
        insert(row)
    else:
        Use.objects.filter(pk=row.pk).update(**said, reason="")
        row.refresh_from_db()
    trail.write("nodal.certificate.submitted", about=row, paise=told.amount_paise)
    return row


@action
def decide(*, use: Use, to: str, reason: str = "", at: datetime, by) -> Use:
    """Accepted, or returned with a reason, by another than who submitted it."""
    locked(use.release_id)
    row = Use.objects.select_for_update(of=("self",)).filter(pk=use.pk, standing=UseStanding.SUBMITTED).first()
    if row is None or to not in (UseStanding.ACCEPTED, UseStanding.RETURNED):
        raise Refused([("", "decided_already")])
    if by.pk is not None and by.pk == row.submitted_by_id:
        raise Refused([("", "own_work")])
    if to == UseStanding.RETURNED and not reason.strip():
        raise Refused([("reason", "length")])
    row.standing, row.reason, row.decided_by_id, row.decided_at = UseStanding(to), reason.strip()[:300], by.pk, at
    row.save(update_fields=["standing", "reason", "decided_by", "decided_at"])
    if to == UseStanding.RETURNED:
        notices.tell(users=queries.makers([use.release.place], day_in_india(at)), topic=Topic.UC, about=row.pk, at=at, by=by)
    trail.write("nodal.certificate.decided", about=row, to=to)
    return row


@dataclass(frozen=True)
class Known:
    """What is known of a unit."""

    tier: str
    stream: str
    order_no: str = ""
    notified_on: date | None = None
    head_post: str = ""
    head_since: date | None = None
    phone: str = ""
    vehicles: int = 0
    reported_on: date | None = None


@action
def enter(*, state: Place, known: Known, listed: str | None = None, place: Place | None = None, name: str = "", at: datetime, by) -> Unit:
    """A unit that the directory lists, or one it does not know yet, which then enters it. Raises Refused for a unit entered before."""
    _check_known(known, at)
    found = next((one for one in standings.listed(state) if str(one.pk) == listed), None) if listed else None
    if listed and found is None:
        raise Refused([("listed", "not_there")])
    if found is None:
        place = place or state
        row = _into_directory(place, name, known.phone, at, by)
        pk, title, place_no = row.pk, row.name, row.place_no
    else:
        pk, title, place_no = found.pk, found.name, found.place_no
        place = Place.objects.get(place_no=place_no)
    if Unit.objects.filter(organisation=pk).exists():
        raise Refused([("listed", "unit_twice")])
    unit = new(
        Unit, state=state, place=place, place_no=place_no, organisation_id=pk, title=title, by_id=by.pk, at=at, **vars(known)
    )  # fmt: skip
    insert(unit)
    trail.write("nodal.unit.entered", about=unit, tier=unit.tier)
    return unit


@action
def tell(*, unit: Unit, known: Known, at: datetime, by) -> Unit:
    """How the unit stands now."""
    _check_known(known, at)
    row = Unit.objects.select_for_update(of=("self",)).filter(pk=unit.pk).first()
    if row is None:
        raise Refused([("", "not_there")])
    changed = sorted(name for name, value in vars(known).items() if getattr(row, name) != value)
    for name, value in vars(known).items():
        setattr(row, name, value)
    row.by_id, row.at = by.pk, at
    row.save(update_fields=[*vars(known), "by", "at"])
    trail.write("nodal.unit.told", about=row, changed=changed)
    return row


def _into_directory(place: Place, name: str, phone: str, at: datetime, by) -> Stakeholder:
    if not name.strip():
        raise Refused([("name", "length")])
    try:
        details = stakeholders.Details(kind="AHTU", name=name.strip(), phone=phone, is_public=True)
        return stakeholders.record(place=place, details=details, at=at, by=by)
    except directory.Refused as refused:
        raise Refused([("name", "not_for_the_directory")]) from refused


def _check_known(known: Known, at: datetime) -> None:
    today = day_in_india(at)
    for field in ("notified_on", "head_since", "reported_on"):
        told = getattr(known, field)
        if told is not None and told > today:
            raise Refused([(field, "in_the_future")])
    if known.notified_on and not known.order_no.strip():
        raise Refused([("order_no", "length")])
    if known.head_since and not known.head_post.strip():
        raise Refused([("head_post", "length")])


def check_order(order: Order, at: datetime) -> None:
    if not FIRST_YEAR <= order.year <= day_in_india(at).year:
        raise Refused([("year", "no_such_year")])
    if order.on > day_in_india(at):
        raise Refused([("on", "in_the_future")])
    if order.units < 1:
        raise Refused([("units", "length")])


def _of(place: Place, order: Order, at: datetime, by) -> dict:
    if place.level != Level.STATE:
        raise Refused([("", "not_there")])
    told = vars(order) | {"order_no": order.order_no.strip()}
    return {"place": place, "place_no": place.place_no, "by_id": by.pk, "at": at, **told}


def locked(pk: UUID) -> Release:
    """The release as it was written first: its certificates name it. They wait for one another; the lock is on the id, for the row is

    nobody's to rewrite.
    """
    found = Release.objects.select_related("place").filter(pk=pk, corrects=None).first()
    if found is None:
        raise Refused([("", "not_there")])
    standings.wait_for(found.pk)
    return found


def check_certified(first: Release, told: Certified, *, but: UUID | None, at: datetime) -> None:
    """What a certificate says, beside all others of its release but one and its corrections."""
    line, number = standings.line_of(first), told.number.strip()
    free = line.amount_paise - standings.claimed(first.pk, but=but)
    if told.amount_paise > free:
        raise Refused([("amount_paise", "above_release")], **standings.amounts(released=line.amount_paise, left=free))
    if not line.on <= told.until_on <= day_in_india(at):
        raise Refused([("until_on", "not_while_it_was_there")])
    others = first.uses.filter(number=number).exclude(standing=UseStanding.CORRECTED)
    others = others.exclude(standing=UseStanding.RETURNED, corrects__isnull=False)
    if (others.exclude(Q(pk=but) | Q(corrects=but)) if but else others).exists():
        raise Refused([("number", "number_twice")])


def left(first: Release) -> int:
    return standings.line_of(first).amount_paise - standings.claimed(first.pk)
