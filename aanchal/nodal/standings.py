"""How far the scheme of units has come: by State, by release, by unit; with what the program ships about it (scheme.yaml)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core.yaml_files import read_yaml
from aanchal.money.words import rupees
from aanchal.nodal import functioning, queries
from aanchal.nodal.models import Release, Sanction, Unit, Use
from aanchal.nodal.terms import LineStanding, UnitStanding, UseStanding
from aanchal.places.models import Place, in_language

SHIPPED = Path(__file__).with_name("scheme.yaml")
READ = Permission.RETURN_READ
CLAIMED = (UseStanding.SUBMITTED, UseStanding.ACCEPTED)
"""Certificates that use up what was released."""
LISTED = "SELECT id, name, phone, place_no FROM nodal_ahtus(%s, %s) ORDER BY name, id"


@cache
def shipped() -> dict:
    return read_yaml(SHIPPED)


def source() -> str:
    """The page on which the scheme stands, in the reader's language."""
    return in_language(shipped()["source"])


def norms() -> dict:
    """Days and numbers that the scheme is measured by."""
    return shipped()["policy"]


@dataclass(frozen=True)
class Past:
    """A line of the Ministry's page, exactly as it says it."""

    words: str
    financial_year: str
    units: int
    amount_paise: int | None


def history() -> list[Past]:
    return [Past(in_language(one["texts"]), _financial(one["year"]), one["units"], one["amount_paise"]) for one in shipped()["history"]]


def _financial(year: int | None) -> str:
    return f"{year}-{(year + 1) % 100:02}" if year else ""


@dataclass
class Line:
    """A State, or all of them: units and paise."""

    place: Place | None
    sanctioned: int = 0
    notified: int = 0
    functional: int = 0
    planned: int = 0
    """Units that are written down and not notified."""
    released: int = 0
    certified: int = 0

    @property
    def unspent(self) -> int:
        """Released, and not certified as used."""
        return self.released - self.certified

    @property
    def is_empty(self) -> bool:
        return not any((self.sanctioned, self.notified, self.released, self.certified, self.planned))

    def __iadd__(self, other: "Line") -> "Line":
        for name in ("sanctioned", "notified", "functional", "planned", "released", "certified"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


@dataclass(frozen=True)
class Told:
    """A unit, how it stands and why it is not functional."""

    unit: Unit
    why: tuple[str, ...]

    @property
    def standing(self) -> UnitStanding:
        return UnitStanding(functioning.standing(self.why))


def table(user, on: date) -> list[Line]:
    """Each State of the reader, in five questions whatever their number."""
    return lines_of(queries.states(user), on)


def lines_of(places: Iterable[Place], on: date) -> list[Line]:
    lines = {place.pk: Line(place) for place in places}
    of = {"place__in": list(lines), "line": LineStanding.STANDS}
    for pk, n in Sanction.objects.filter(**of).values_list("place").annotate(n=Sum("units")).order_by():
        lines[pk].sanctioned = n
    for pk, n in Release.objects.filter(**of).values_list("place").annotate(n=Sum("amount_paise")).order_by():
        lines[pk].released = int(n)
    used = Use.objects.filter(standing="ACCEPTED", release__place__in=list(lines)).values_list("release__place")
    for pk, n in used.annotate(n=Sum("amount_paise")).order_by():
        lines[pk].certified = int(n)
    for told in _told(Unit.objects.filter(state__in=list(lines)), on):
        line = lines[told.unit.state_id]
        line.notified += told.standing != UnitStanding.PLANNED
        line.planned += told.standing == UnitStanding.PLANNED
        line.functional += told.standing == UnitStanding.FUNCTIONAL
    return list(lines.values())


def whole(lines: Iterable[Line]) -> Line:
    total = Line(None)
    for line in lines:
        total += line
    return total


def units(user, state: Place, on: date) -> list[Told]:
    """Of a State, those that do not work first."""
    rows = policy.visible(user, READ, Unit.objects.filter(state=state).select_related("place"))
    order = list(UnitStanding)
    return sorted(_told(rows, on), key=lambda one: (order.index(one.standing), one.unit.title, str(one.unit.pk)))


def why_not(unit: Unit, on: date) -> tuple[str, ...]:
    told = functioning.Unit(unit.notified_on, unit.head_post, unit.phone, unit.vehicles, unit.reported_on)
    return functioning.why_not(told, on, norms()["unit_reports_within_days"])


def _told(rows: Iterable[Unit], on: date) -> list[Told]:
    return [Told(unit, why_not(unit, on)) for unit in rows]


@dataclass
class Released:
    """A release as it stands now, with its certificates, and what of it none tells of."""

    row: Release
    uses: list[Use] = field(default_factory=list)

    @property
    def left(self) -> int:
        told = ((one.corrects_id or one.pk, one.amount_paise) for one in self.uses if one.standing in CLAIMED)
        return self.row.amount_paise - functioning.claimed(told)

    @property
    def is_asked(self) -> bool:
        return any(one.standing in ("ASKED", "RETURNED") and one.corrects_id is None for one in self.uses)


def claimed(first: UUID, *, but: UUID | None = None) -> int:
    """Paise of a release that certificates claim, leaving one certificate and its corrections out."""
    rows = Use.objects.filter(release=first, standing__in=CLAIMED).values_list("pk", "corrects", "amount_paise")
    return functioning.claimed((corrects or pk, paise) for pk, corrects, paise in rows if but is None or but not in (pk, corrects))


def line_of(first: Release) -> Release:
    """How a release stands now, whatever corrected it."""
    return Release.objects.get(Q(pk=first.pk) | Q(corrects=first.pk), line=LineStanding.STANDS)


def sanctions(user, state: Place) -> QuerySet[Sanction]:
    return policy.visible(user, READ, Sanction.objects.filter(place=state, line=LineStanding.STANDS)).order_by("-on", "-pk")


def releases(user, state: Place) -> QuerySet[Release]:
    """Of a State, as they stand now, the newest first."""
    return policy.visible(user, READ, Release.objects.filter(place=state, line=LineStanding.STANDS)).order_by("-on", "-pk")


def with_uses(rows: Iterable[Release]) -> list[Released]:
    found = {one.first_pk: Released(one) for one in rows}
    for use in Use.objects.filter(release__in=list(found)).select_related("submitted_by", "decided_by").order_by("submitted_at", "pk"):
        found[use.release_id].uses.append(use)
    return list(found.values())


def lines_before(line: Sanction | Release) -> QuerySet:
    """Every line of an order, the newest first."""
    found = type(line).objects.filter(Q(pk=line.first_pk) | Q(corrects=line.first_pk))
    return found.select_related("place", "by", "decided_by").order_by("-at", "-pk")


def corrections_waiting(user) -> list[Sanction | Release]:
    """Corrections that wait for this reader's word."""
    found: list[Sanction | Release] = []
    for model in (Sanction, Release):
        rows = model.objects.filter(line=LineStanding.PROPOSED).exclude(by=user).select_related("place")
        found += policy.visible(user, Permission.RETURN_ACCEPT, rows).order_by("at", "pk")
    return found


def waiting(user) -> list[Use]:
    """Certificates that wait for this reader's word, the oldest first."""
    rows = Use.objects.filter(standing="SUBMITTED").exclude(submitted_by=user).select_related("release__place")
    return list(policy.visible(user, Permission.RETURN_ACCEPT, rows).order_by("submitted_at", "pk"))


def asked() -> list[Use]:
    """Certificates that a State still owes."""
    owed = Use.objects.filter(Q(standing="ASKED") | Q(standing="RETURNED"), due_on__isnull=False)
    return list(owed.select_related("release__place").order_by("due_on", "pk"))


@dataclass(frozen=True)
class Listed:
    """An Anti Human Trafficking Unit as the directory has it."""

    pk: UUID
    name: str
    phone: str
    place_no: int


def listed(state: Place) -> list[Listed]:
    """What the directory lists in a State, through the database's own gate: who reads returns need not read the directory."""
    with connection.cursor() as cursor:
        cursor.execute(LISTED, [state.place_no, state.last_no])
        return [Listed(*row) for row in cursor.fetchall()]


def amounts(**paise: int) -> dict[str, str]:
    return {name: rupees(told) for name, told in paise.items()}


def wait_for(release: UUID) -> None:
    """Others that certify the same release wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 51))", [str(release)])
