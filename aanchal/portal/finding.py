"""The search of the frame: households and register lines by code, places by name. A person's name is asked apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core import codes
from aanchal.people.models import Household
from aanchal.people.queries import standing_for
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.portal import posts
from aanchal.portal.links import address
from aanchal.portal.terms import REGISTERS
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register

MOST = 30
SHORTEST = 2
LANGUAGES = ("en", "hi", "te")


@dataclass(frozen=True)
class Found:
    label: str
    place: Place
    url: str
    kind: str


@dataclass(frozen=True)
class Findings:
    code: str
    households: Sequence[Found]
    lines: Sequence[Found]
    places: Sequence[Found]

    @property
    def is_empty(self) -> bool:
        return not (self.households or self.lines or self.places)


def findings(user, typed: str) -> Findings:
    code = _code(typed)
    return Findings(
        code=codes.shown(code) if code else "",
        households=_households(user, code) if code else [],
        lines=_lines(user, code) if code else [],
        places=_places(user, typed) if len(typed) >= SHORTEST else [],
    )


def registers_by_name(user) -> list[Found]:
    """Where a name may be asked for: each register of a village this person works in. The register notes the search on the trail."""
    villages = [place for place in posts.places(user, Permission.IDENTITY_READ) if place.level == Level.VILLAGE]
    return [
        Found(str(Register(key.upper()).label), place, address("registers:list", key, place=place.pk), "register")
        for place in villages
        for key in REGISTERS
    ]


def _households(user, code: str) -> list[Found]:
    rows = policy.visible(user, Permission.HOUSEHOLD_READ, Household.every.filter(code=code)).select_related("place")
    standing = {one.pk: one for one in map(standing_for, rows[:MOST])}
    return [Found(one.shown_code, one.place, address("family", one.pk), "household") for one in standing.values()]


def _lines(user, code: str) -> list[Found]:
    """A register holds several lines of a family: each register once, opened at those lines."""
    rows = policy.visible(user, Permission.ENTRY_READ, Entry.objects.filter(stands=True, household__code=code)).select_related("place")
    found = {(line.register, line.place_id): line.place for line in rows.order_by("register", "place_no")[:MOST]}
    query = {"code": codes.shown(code)}
    return [
        Found(str(Register(register).label), place, address("registers:list", register.lower(), place=pk, **query), "register")
        for (register, pk), place in found.items()
    ]


def _places(user, typed: str) -> list[Found]:
    rows = policy.visible(user, Permission.COUNT_READ, _named(typed)).select_related("panchayat", "block", "district", "state", "nation")
    wanted = rows.exclude(level__in=(Level.PANCHAYAT, Level.HAMLET, Level.SUBDISTRICT)).order_by("name", "pk")
    return [Found(one.local_name, one, address("place", one.pk), "place") for one in wanted[:MOST]]


def _named(typed: str) -> QuerySet[Place]:
    """By a part of the name in any language of the directory, or by its LGD code."""
    wanted = Q(name__icontains=typed)
    for language in LANGUAGES:
        wanted |= Q(**{f"names__{language}__icontains": typed})
    if typed.isascii() and typed.isdigit() and len(typed) < 16:
        wanted |= Q(lgd_code=int(typed))
    return Place.objects.filter(wanted)


def _code(typed: str) -> str:
    try:
        return codes.normalise(typed)
    except codes.NotACode:
        return ""
