"""Reads of calls, returns, their figures, and what NCRB published."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Max, QuerySet, Sum

from aanchal.access import policy
from aanchal.access.models import Posting
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.core.yaml_files import read_yaml
from aanchal.nodal import rules
from aanchal.nodal.models import Call, Edition, Explanation, Figure, Head, Published, Return
from aanchal.places.models import Place, in_language
from aanchal.places.queries import within
from aanchal.places.terms import Level

SHIPPED = Path(__file__).with_name("editions.yaml")
READ = Permission.RETURN_READ
HEIGHT = (Level.NATION, Level.STATE, Level.DISTRICT)


@cache
def shipped() -> dict:
    """Groups of heads, and the editions that come with the program."""
    return read_yaml(SHIPPED)


def group_title(key: str) -> str:
    return in_language(shipped()["groups"][key])


def source_of(edition: Edition) -> str:
    """Where its heads or figures come from, in the reader's language where the program ships the edition."""
    texts = next((one["source"] for one in shipped()["editions"] if one["key"] == edition.key), {"en": edition.source})
    return in_language(texts)


def edition_for(starts_on: date) -> Edition | None:
    """The edition by which a period is told: the newest that holds on its first day."""
    return Edition.objects.filter(kind="RETURN", effective_from__lte=starts_on).order_by("-effective_from").first()


def heads(edition: Edition) -> list[Head]:
    return list(edition.heads.order_by("number"))


def calls() -> QuerySet[Call]:
    return Call.objects.select_related("edition").order_by("-starts_on", "-ends_on")


def returns(user) -> QuerySet[Return]:
    return policy.visible(user, READ, Return.objects.select_related("place", "call", "call__edition"))


def states(user) -> QuerySet[Place]:
    return policy.visible(user, READ, Place.objects.filter(level=Level.STATE)).order_by("name", "pk")


def districts(state: Place) -> QuerySet[Place]:
    return Place.objects.filter(state=state, level=Level.DISTRICT).order_by("name", "pk")


def latest(user, called: Iterable[Call], among: Iterable[Place] | None = None) -> dict[tuple[object, int], Return]:
    """(call, State) -> its newest version."""
    found = returns(user).filter(call__in=[one.pk for one in called]).order_by("version")
    if among is not None:
        found = found.filter(place__in=[place.pk for place in among])
    return {(one.call_id, one.place_id): one for one in found}


def progress(user, called: Iterable[Call]) -> dict[object, Counter]:
    """Of each call, how many States stand where: the newest version counts; a State that drafts has not reported."""
    found: dict[object, Counter] = defaultdict(Counter)
    for (call, _place), one in latest(user, called).items():
        found[call]["reported" if has_reported(one) else "writing"] += 1
    return found


def has_reported(one: Return | None) -> bool:
    """An amendment is written beside what was reported."""
    return one is not None and (one.version > 1 or one.standing in rules.TOLD)


def silent(call: Call, user) -> list[Place]:
    """States of the reader that have not reported."""
    told = {place for (_call, place), one in latest(user, [call]).items() if has_reported(one)}
    return [place for place in states(user) if place.pk not in told]


def silent_states(call: Call) -> list[Place]:
    """Every State that has not reported, for the clock."""
    told = {one.place_id for one in Return.objects.filter(call=call) if has_reported(one)}
    return list(Place.objects.filter(level=Level.STATE).exclude(pk__in=told).order_by("name", "pk"))


def makers(places: Iterable[Place], on: date) -> list:
    """Users who write the returns of these States."""
    roles = [role.key for role in ROLES.values() if Permission.RETURN_RECORD in role.permissions]
    held = Posting.objects.filter(role__in=roles, place__in=[place.pk for place in places], since__lte=on, user__is_active=True)
    return sorted(set(held.exclude(until__lt=on).values_list("user_id", flat=True)))


def figures(one: Return) -> dict[tuple[str, int | None], int]:
    """(head, district or None) -> count."""
    return {(key, district): value for key, district, value in one.figures.values_list("head__key", "district_id", "value")}


def of_state(told: Mapping[tuple[str, int | None], int]) -> dict[str, int]:
    return {head: value for (head, district), value in told.items() if district is None}


def by_district(told: Mapping[tuple[str, int | None], int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for (head, district), value in told.items():
        if district is not None:
            found[district][head] = value
    return found


def previous(one: Return) -> dict[str, int]:
    """What the State told of the period before, by the same edition; empty when it told nothing."""
    call = one.call
    starts_on = rules.before(call.period, call.starts_on)
    told = Return.objects.filter(place=one.place_id, call__period=call.period, call__starts_on=starts_on, call__edition=call.edition_id)
    last = told.filter(standing__in=rules.TOLD).order_by("-version").first()
    return of_state(figures(last)) if last else {}


@dataclass(frozen=True)
class Found:
    """A finding and the words that explain it, if any do."""

    finding: rules.Finding
    words: str

    @property
    def is_open(self) -> bool:
        return self.finding.severity == "HARD" or not self.words


def findings(one: Return) -> list[Found]:
    """What stands against submitting it. An explanation holds while its numbers do."""
    told, keys = figures(one), [head.key for head in heads(one.call.edition)]
    found = rules.findings(
        of_state(told), keys, rules.checks(one.call.edition.checks), previous=previous(one), districts=by_district(told)
    )
    rows = Explanation.objects.filter(of=one).order_by("at").values_list("finding", "told", "words")
    said = [(key, numbers, words) for key, numbers, words in rows]
    return [
        Found(each, next((words for key, numbers, words in reversed(said) if key == each.key and numbers == dict(each.told)), ""))
        for each in found
    ]


def changes(one: Return) -> list[rules.Change]:
    """What an amendment changes of what it amends."""
    return rules.difference(figures(one.amends), figures(one)) if one.amends else []


def history(one: Return):
    return one.history.select_related("by").order_by("at", "pk")


@dataclass(frozen=True)
class Point:
    """A figure of a series: of which period, edition and definition; `is_break` where another edition begins."""

    starts_on: date
    ends_on: date
    value: int
    edition: Edition
    head: Head
    doubt: str
    is_break: bool


def series_keys() -> list[tuple[str, str]]:
    """Heads that are told in some edition, by their newest words."""
    found = {}
    for head in Head.objects.select_related("edition").order_by("edition__effective_from", "number"):
        found[head.key] = head.title
    return sorted(found.items(), key=lambda one: one[1])


def series(user, key: str, place: Place) -> list[Point]:
    """What was published and what the State returned, oldest first. Where nothing was printed of the place itself, its parts are summed."""
    points = _published(key, place)
    told = Figure.objects.filter(within(place), head__key=key, district=None, of__standing__in=rules.COUNTED)
    rows = policy.visible(user, READ, told).values("head", "of__call__starts_on", "of__call__ends_on").annotate(total=Sum("value"))
    points += [(row["of__call__starts_on"], row["of__call__ends_on"], row["total"], row["head"], "") for row in rows]
    known = Head.objects.select_related("edition").in_bulk([point[3] for point in points])
    return _with_breaks(sorted(points, key=lambda point: point[:2]), known)


def _published(key: str, place: Place) -> list[tuple]:
    rows = Published.objects.filter(within(place), head__key=key).values("head", "year", "place__level")
    best: dict[tuple[int, int], Any] = {}
    for row in rows.annotate(total=Sum("value"), doubt=Max("doubt")):
        before = best.get((row["head"], row["year"]))
        if before is None or HEIGHT.index(row["place__level"]) < HEIGHT.index(before["place__level"]):
            best[row["head"], row["year"]] = row
    return [(date(row["year"], 1, 1), date(row["year"], 12, 31), row["total"], row["head"], row["doubt"]) for row in best.values()]


def _with_breaks(points: Iterable[tuple], known: Mapping[int, Head]) -> list[Point]:
    found: list[Point] = []
    for starts_on, ends_on, value, pk, doubt in points:
        head = known[pk]
        changed = bool(found) and found[-1].edition.pk != head.edition_id
        found.append(Point(starts_on, ends_on, int(value), head.edition, head, doubt, changed))
    return found

