"""Finding a case by its code, an FIR number, or a name: by keyed marks, never by a name kept in the clear (shared trust.md)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import QuerySet

from aanchal.cases import queries, rules
from aanchal.cases.models import Case, Mark
from aanchal.cases.terms import MarkKind
from aanchal.core import codes, keys
from aanchal.people.rules import folded
from aanchal.places.models import Place

MOST = 50
NAMES = (MarkKind.NAME, MarkKind.SOUND)
_heard: list[Callable[[str], str]] = []


def hear_by(sound: Callable[[str], str]) -> None:
    """How a name sounds in any script is known to a layer above (matching): config tells it when the system starts."""
    _heard[:] = [sound]


def name_mark(name: str, place: Place) -> bytes:
    """Of the full name, its words in any order, per district: one district's marks tell nothing of another's."""
    return _mark("case name", _district(place), " ".join(sorted(folded(name).split())))


def sound_mark(name: str, place: Place) -> bytes | None:
    """Of how the full name sounds: the same for सुनीता and Sunita. None where nothing of it can be heard."""
    heard = "".join(sound(name) for sound in _heard)
    return _mark("case sound", _district(place), heard) if heard else None


def likeness(name: str, guardian: str, gender: str, place: Place) -> bytes:
    return _mark("case likeness", _district(place), folded(name), folded(guardian), gender)


def fir_mark(number: str) -> bytes:
    return _mark("case fir", rules.fir(number))


def why_no_fir(case: Case, *, is_seen: bool) -> str:
    """Why no FIR stands on her paper (`words.NO_FIR`): a case keeps no number of one, only a mark to find it by."""
    if case.rescued_id:
        return "none_yet" if is_seen else "not_yours"
    return "mark_only" if Mark.objects.filter(case=case, kind=MarkKind.FIR).exists() else "no_rescue"


def by_code(user, typed: str, at: datetime) -> QuerySet[Case]:
    try:
        code = codes.normalise(typed, length=rules.LENGTH)
    except codes.NotACode:
        return Case.objects.none()
    return queries.cases_of(user, at).filter(code=code)


def by_fir(user, number: str, at: datetime) -> QuerySet[Case]:
    return _by_marks(user, [MarkKind.FIR], [fir_mark(number)], at)


def by_name(user, name: str, at: datetime) -> QuerySet[Case]:
    """In the districts of the cases assigned to her: each district has marks of its own."""
    places = Place.objects.filter(pk__in=queries.cases_of(user, at).values("place")).distinct()
    marks = {mark for place in places for mark in (name_mark(name, place), sound_mark(name, place)) if mark}
    return _by_marks(user, NAMES, sorted(marks), at)


def _by_marks(user, kinds: Iterable[str], marks: Iterable[bytes], at: datetime) -> QuerySet[Case]:
    found = Mark.objects.filter(kind__in=kinds, mark__in=list(marks)).values("case")
    return queries.cases_of(user, at).filter(pk__in=found)


def _district(place: Place) -> int:
    return place.district_id or place.pk


def _mark(use: str, *parts: object) -> bytes:
    return keys.keyed_hash(use, *parts)[:16]
