"""Every change to pairs that may be one: found, opened, decided, joined, split."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.doubles import queries, rules
from aanchal.doubles.facts import RecordsMerged, RecordsSplit
from aanchal.doubles.likely import Families, Found, Likely
from aanchal.doubles.models import Double, Verdict
from aanchal.doubles.rules import NotPossible
from aanchal.doubles.terms import Kind, Said, Standing
from aanchal.people import actions as people
from aanchal.people import merging
from aanchal.people.merging import CannotMerge, CannotSplit
from aanchal.people.models import Household, Merger, Person
from aanchal.people.queries import Names, members_of
from aanchal.places.models import Place
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.risk.models import Appeal
from aanchal.risk.terms import AppealState


@action
def look(*, block: Place, at: datetime, by) -> int:
    """Everyone of a block is compared with everyone of it, by the system: that names were read, and of how many, is on the trail.

    New pairs join the queue, those that wait take the new figures, what people decided stays as they decided it.
    """
    from aanchal.doubles import searching  # the processes of the site do without the engine's compiler

    found = searching.search(block, day_in_india(at))
    trail.write("doubles.block.searched", about=block, read=found.read, found=len(found.families) + len(found.persons))
    return keep(found=found, at=at, by=by)


@action
def keep(*, found: Found, at: datetime, by) -> int:
    fresh = [*_unknown_families(found, at), *_unknown_persons(found, at)]
    if fresh:
        insert(*fresh)
    return len(fresh)


@action
def open_names(*, double: Double, by) -> dict[UUID, Names]:
    """The names of everyone on both sides, for someone who has to decide. Each reading is on the trail."""
    trail.write("doubles.pair.opened", about=double)
    persons = [person for record in (double.one, double.other) for person in persons_of(record)]
    return people.open_names(people={person.pk: person for person in persons}.values(), reason="DOUBLE", by=by)


@action
def decide(
    *, double: Double, answer: str, at: datetime, by, stays: UUID | None = None, members: Iterable[tuple[UUID, UUID]] | None = None
) -> Double:
    """Same, different or unsure. The same joins the two: `stays` is the record that stays, `members` who pairs. Raises NotPossible."""
    double = Double.objects.select_for_update(of=("self",)).get(pk=double.pk)
    double.standing = rules.after(double.standing, answer)
    if double.standing == Standing.MERGED:
        pairs = [(UUID(str(one)), UUID(str(other))) for one, other, *_ in double.members] if members is None else list(members)
        double.merger = _merge(double, stays, pairs, at=at, by=by)
    double.save(update_fields=["standing", "merger"])
    _say(double, Said(answer), at=at, by=by)
    return double


@action
def split(*, double: Double, at: datetime, by) -> Double:
    """The two stand for themselves again; the pair is to be looked at again. Raises NotPossible."""
    double = Double.objects.select_for_update(of=("self",)).get(pk=double.pk)
    merger = double.merger
    if double.standing != Standing.MERGED or merger is None:
        raise NotPossible("split")
    try:
        merging.split(merger=merger, at=at, by=by)
    except CannotSplit as refused:
        raise NotPossible(str(refused)) from None
    restored = registers.restore(entries=merger.set_aside, by=by)
    double.standing, double.merger = Standing.UNSURE, None
    double.save(update_fields=["standing", "merger"])
    _say(double, Said.SPLIT, at=at, by=by)
    facts.announce(RecordsSplit(*_families_of(merger), lines=tuple(restored), at=at, by=by))
    return double


def persons_of(record: Person | Household) -> list[Person]:
    if isinstance(record, Household):
        return [membership.person for membership in members_of(record)]
    return [record, *Person.every.filter(pk__in=record.holds)]


def why_not(double: Double) -> str:
    """What keeps the two from being joined now; empty when nothing does."""
    one, other = double.one, double.other
    reason = (merging.why_not_one_family if isinstance(one, Household) else merging.why_not_one_person)(one, other)
    if reason:
        return reason
    if isinstance(one, Household) and _disputed(one, other):
        return "appeal"
    try:
        _lines_told_twice(one, other)
    except NotPossible as refused:
        return str(refused)
    return ""


def _merge(double: Double, stays: UUID | None, members: list[tuple[UUID, UUID]], *, at: datetime, by) -> Merger:
    sides = {record.pk: record for record in (double.one, double.other)}
    if stays not in sides:
        raise NotPossible("stays")
    if reason := why_not(double):
        raise NotPossible(reason)
    kept = sides.pop(stays)
    [away] = sides.values()
    pairs = _members(kept, away, members) if isinstance(kept, Household) else []
    aside = _set_aside(kept, away, pairs, by=by)
    try:
        if isinstance(kept, Household):
            merger = merging.merge_households(stays=kept, away=away, members=pairs, at=at, by=by, set_aside=[line.pk for line in aside])
        else:
            merger = merging.merge_persons(stays=kept, away=away, at=at, by=by, set_aside=[line.pk for line in aside])
    except CannotMerge as refused:
        raise NotPossible(str(refused)) from None
    facts.announce(RecordsMerged(*_families_of(merger), lines=tuple(aside), at=at, by=by))
    return merger


def _members(kept: Household, away: Household, told: list[tuple[UUID, UUID]]) -> list[tuple[Person, Person]]:
    """The pairs with those of the family that stays first; what is not of the two families is nobody's."""
    here, there = ({person.pk: person for person in persons_of(record)} for record in (kept, away))
    turned = [(one, other) if one in here else (other, one) for one, other in told]
    return [(here[one], there[other]) for one, other in turned if one in here and other in there]


def _set_aside(kept: Household | Person, away: Household | Person, pairs: list[tuple[Person, Person]], *, by) -> list[Entry]:
    """Register lines that both told stand once."""
    both = pairs or ([(kept, away)] if isinstance(kept, Person) and isinstance(away, Person) else [])
    lines = [line for one, other in both for line in _lines_told_twice(one, other)]
    registers.set_aside(entries=lines, by=by)
    return lines


def _lines_told_twice(kept: Household | Person, away: Household | Person) -> list[Entry]:
    """The lines of `away`. Families are asked person by person, once it is known who is who."""
    if isinstance(kept, Household) or isinstance(away, Household):
        return []
    here, there = (list(queries.lines_of(record)) for record in (kept, away))
    twice = set(rules.told_twice(_as_lines(here), _as_lines(there)))
    return [line for line in there if line.pk in twice]


def _as_lines(entries: Iterable[Entry]) -> list[rules.Line]:
    return [rules.Line(one.pk, one.register, one.is_open, one.happened_on, one.details) for one in entries]


def _disputed(*families: Household) -> bool:
    records = [pk for one in families for pk in one.records]
    return Appeal.objects.filter(household__in=records, state=AppealState.OPEN).exists()


def _families_of(merger: Merger) -> tuple[Household | None, Household | None]:
    """(stays, away), as they are now; of persons, none."""
    if not merger.household_id:
        return None, None
    found = Household.every.in_bulk([merger.into_household_id, merger.household_id])
    return found[merger.into_household_id], found[merger.household_id]  # type: ignore[index]  # both are there: the database says so


def _say(double: Double, said: Said, *, at: datetime, by) -> None:
    numbers = {"place_no": double.place_no, "other_place_no": double.other_place_no}
    insert(Verdict(double=double, said=said, at=at, by_id=by.pk, **numbers))
    trail.write("doubles.pair.split" if said == Said.SPLIT else "doubles.pair.decided", about=double, answer=said)


def _unknown_families(found: Found, at: datetime) -> list[Double]:
    pairs = {_ordered(one.one.pk, one.other.pk): one for one in found.families}
    ids = {pk for pair in pairs for pk in pair}
    known = Double.objects.filter(one_household__in=ids, other_household__in=ids)
    waiting = {(one.one_household_id, one.other_household_id): one for one in known}
    for key in pairs.keys() & waiting.keys():
        _renew(waiting[key], pairs[key].probability, found.version, at)  # type: ignore[index]  # households have ids
    return [_family(pair, key, found.version, at) for key, pair in pairs.items() if key not in waiting]


def _unknown_persons(found: Found, at: datetime) -> list[Double]:
    """Members of families that a person said are different are not asked for one by one."""
    apart = _families_apart()
    pairs = {_ordered(one.one.person.pk, one.other.person.pk): one for one in found.persons}
    ids = {pk for pair in pairs for pk in pair}
    waiting = {(one.one_person_id, one.other_person_id): one for one in Double.objects.filter(one_person__in=ids, other_person__in=ids)}
    for key in pairs.keys() & waiting.keys():
        _renew(waiting[key], pairs[key].probability, found.version, at)  # type: ignore[index]  # persons have ids
    fresh = {key: pair for key, pair in pairs.items() if key not in waiting and frozenset((pair.one.home, pair.other.home)) not in apart}
    return [_person(pair, key, found.version, at) for key, pair in fresh.items()]


def _families_apart() -> set[frozenset[UUID | None]]:
    rows = Double.objects.filter(kind=Kind.HOUSEHOLD, standing=Standing.DIFFERENT)
    return {frozenset(pair) for pair in rows.values_list("one_household_id", "other_household_id")}


def _renew(double: Double, probability: float, version: str, at: datetime) -> None:
    if double.standing in rules.WAITING:
        Double.objects.filter(pk=double.pk).update(probability=probability, model_version=version, found_at=at)


def _ordered(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if str(one) < str(other) else (other, one)


def _family(pair: Families, key: tuple[UUID, UUID], version: str, at: datetime) -> Double:
    one, other = (pair.one, pair.other) if key[0] == pair.one.pk else (pair.other, pair.one)
    members = [[str(first), str(second), round(likely, 3)] for first, second, likely in pair.members]
    return Double(
        kind=Kind.HOUSEHOLD, one_household=one, other_household=other, place_id=one.place_id, place_no=one.place_no,
        other_place_id=other.place_id, other_place_no=other.place_no, probability=pair.probability, levels=dict(pair.heads.levels),
        bits=dict(pair.heads.bits), members=members, model_version=version, found_at=at,
    )  # fmt: skip


def _person(pair: Likely, key: tuple[UUID, UUID], version: str, at: datetime) -> Double:
    one, other = (pair.one.person, pair.other.person) if key[0] == pair.one.person.pk else (pair.other.person, pair.one.person)
    return Double(
        kind=Kind.PERSON, one_person=one, other_person=other, place_id=one.place_id, place_no=one.place_no,
        other_place_id=other.place_id, other_place_no=other.place_no, probability=pair.probability, levels=dict(pair.levels),
        bits=dict(pair.bits), model_version=version, found_at=at,
    )  # fmt: skip
