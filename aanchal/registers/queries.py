"""Reads of the registers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.people.models import Household, Person
from aanchal.people.queries import Names, all_without_consent, names_of
from aanchal.places.models import Place
from aanchal.places.queries import within
from aanchal.places.terms import Level
from aanchal.registers import columns, rules
from aanchal.registers.columns import Kind
from aanchal.registers.models import Entry, Strike

ADULT = 18


@dataclass(frozen=True)
class Filters:
    """What narrows a register; each is a part of the address of the list."""

    since: date | None = None
    until: date | None = None
    sex: str = ""
    is_minor: bool = False
    is_open: bool | None = None
    is_struck: bool = False
    household_code: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def standing(register: str) -> QuerySet[Entry]:
    """The lines of a register as it reads now, newest first, with the age of each person on the day."""
    return _lines(register).filter(stands=True)


def struck(register: str) -> QuerySet[Entry]:
    """The lines of a register that were entered by mistake, as it was said since."""
    return _lines(register).filter(Exists(Strike.objects.filter(entry=OuterRef("pk"), undone_at=None)))


def _lines(register: str) -> QuerySet[Entry]:
    age = Func(
        F("person__born_on"), F("person__years"), F("person__told_on"), F("happened_on"),
        function="age_on", output_field=IntegerField(),
    )  # fmt: skip
    lines = Entry.objects.filter(register=register).annotate(age=age)
    return lines.select_related("person", "household", "place").order_by("-happened_on", "-pk")


def entries(user, register: str, place: Place, filters: Filters | None = None) -> QuerySet[Entry]:
    """The lines of a place that the user may see: those that stand, or when asked for those that were struck."""
    wanted = filters or Filters()
    lines = struck(register) if wanted.is_struck else standing(register)
    return narrowed(policy.visible(user, Permission.ENTRY_READ, lines.filter(inside(place))), register, wanted)


def agreed(lines: QuerySet[Entry]) -> tuple[QuerySet[Entry], int]:
    """Those that may stand on paper and in files; how many are of families that took their consent back, for the office's screens only."""
    homes, people = all_without_consent()
    if not homes:
        return lines, 0
    gone = Q(household__in=homes) | Q(person__in=people)
    return lines.exclude(pk__in=lines.filter(gone).order_by().values("pk")), lines.filter(gone).count()


def inside(place: Place) -> Q:
    """The rows of a place, also of a block that lies in two districts."""
    found = within(place)
    for part in place.parts.all():
        found |= within(part)
    return found


def narrowed(lines: QuerySet[Entry], register: str, filters: Filters) -> QuerySet[Entry]:
    if filters.since:
        lines = lines.filter(happened_on__gte=filters.since)
    if filters.until:
        lines = lines.filter(happened_on__lte=filters.until)
    if filters.sex:
        lines = lines.filter(person__sex=filters.sex)
    if filters.is_minor:
        lines = lines.filter(age__lt=ADULT)  # type: ignore[misc]  # annotated by `entries`
    if filters.is_open is not None:
        lines = lines.filter(is_open=filters.is_open)
    if filters.household_code:
        code = filters.household_code
        lines = lines.filter(Q(household__code=code) | Q(household__merged_into__code=code))
    for column in columns.coded(register):
        if wanted := filters.answers.get(column.key):
            lines = lines.filter(_answer(column, wanted))
    return lines


def _answer(column: columns.Column, wanted: str) -> Q:
    if column.kind is Kind.STATE:
        return Q(**{f"details__{column.key}": int(wanted)})
    return Q(**{f"details__{column.key}__contains": [wanted] if column.kind is Kind.CODES else wanted})


def entry(pk: UUID) -> Entry | None:
    return Entry.objects.filter(pk=pk).select_related("person", "household", "place", "recorded_by").first()


def history(entry: Entry) -> list[Entry]:
    """Every version of a line, the first written first."""
    versions = [entry]
    while versions[0].corrects_id:
        versions.insert(0, Entry.objects.select_related("recorded_by", "person").get(pk=versions[0].corrects_id))
    while later := Entry.objects.select_related("recorded_by", "person").filter(corrects=versions[-1]).first():
        versions.append(later)
    return versions


def strikes(entry: Entry) -> list[Strike]:
    """Each time it was struck, the newest first."""
    return list(entry.strikes.select_related("by", "undone_by").order_by("-at"))


def standing_strike(entry: Entry) -> Strike | None:
    return entry.strikes.filter(undone_at=None).first()


def standing_of(person: Person, register: str, happened_on: date) -> Entry | None:
    """The line that keeps this person from another: still open, or of the same day."""
    lines = Entry.objects.filter(person__in=person.records, register=register, stands=True)
    return lines.filter(Q(is_open=True) | Q(happened_on=happened_on)).first()


def open_flags(household: Household) -> dict[str, bool]:
    """Whether `member_missing` and `contact_lost` hold for a family by its standing open lines."""
    lines = Entry.objects.filter(household__in=household.records, stands=True, is_open=True)
    return rules.flags(line.line for line in lines.only("register", "is_open", "details"))


def open_flags_of(households: Iterable[Household]) -> dict[UUID, dict[str, bool]]:
    """`open_flags` for many families in one question; families without an open line are absent."""
    found = defaultdict(list)
    homes = {record: one.pk for one in households for record in one.records}
    lines = Entry.objects.filter(household__in=list(homes), stands=True, is_open=True)
    for line in lines.only("household_id", "register", "is_open", "details"):
        if line.household_id:
            found[homes[line.household_id]].append(line.line)
    return {household: rules.flags(told) for household, told in found.items()}


def names_in(lines: QuerySet[Entry]) -> dict[UUID, Names]:
    """Opened names by line; only for `actions.find_by_name`, which writes the search on the trail."""
    persons = dict(lines.values_list("pk", "person_id"))
    opened = names_of(persons.values())
    return {pk: opened[person] for pk, person in persons.items() if person in opened}


def states() -> QuerySet[Place]:
    return Place.objects.filter(level=Level.STATE).order_by("name")


def state_code(written: str) -> int | None:
    """The LGD code of the State that was named, in any language of the directory."""
    wanted = written.strip().casefold()
    for state in states():
        if wanted in {state.name.casefold(), *(name.casefold() for name in state.names.values())}:
            return state.lgd_code
    return None


def places_of(user) -> list[Place]:
    """Where the user's postings let them read registers: the places a list can be opened for."""
    postings = policy.current_postings(user, on=policy.day_in_india(timezone.now()))
    return [posting.place for posting in postings if Permission.ENTRY_READ in posting.held.permissions]


def places_near(user, place: Place) -> list[Place]:
    """Where a reader may go from a place: one level up where they may see it, and the places inside."""
    above = place.block if place.level == Level.VILLAGE else place.parent
    lower = {Level.NATION: Level.STATE, Level.STATE: Level.DISTRICT, Level.DISTRICT: Level.BLOCK}.get(Level(place.level), Level.VILLAGE)
    inner = Place.objects.filter(within(place), level=lower).exclude(pk=place.pk)
    up = [above] if above and policy.can(user, Permission.ENTRY_READ, above) else []
    return up + list(inner.order_by("name", "pk"))
