"""Records of one block that may be one: the engine's keys and weights over names that stay in memory, read by the system alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

import numpy as np

from aanchal.doubles import rules
from aanchal.doubles.likely import Families, Found, Likely, Told
from aanchal.matching.engine.asking import waterfall
from aanchal.matching.engine.few import Someone, Vocabulary, register
from aanchal.matching.engine.matching import Effort, Pairs, Searcher
from aanchal.matching.engine.model import Model
from aanchal.matching.searching import SEXES, model
from aanchal.people.models import Membership, Person
from aanchal.people.queries import Names, names_of
from aanchal.people.rules import contradiction
from aanchal.people.terms import Relation
from aanchal.places.models import Place
from aanchal.registers.queries import inside

A_PART = 2_000
KEPT = 6
NOT_ASKED = ("gap", "found_at")  # of a missing and a found person only
OF_THE_HEAD = (Relation.SON, Relation.DAUGHTER, Relation.SPOUSE)


def search(block: Place, today: date) -> Found:
    """Everyone of a block among everyone of it."""
    made = model()
    told = list(_everyone(block))
    likely = _likely(told, made, today)
    families = tuple(_families(likely, told))
    covered = {frozenset(pair[:2]) for one in families for pair in one.members}
    persons = tuple(
        pair
        for pair in likely
        if pair.probability >= rules.LEAST_SHOWN and frozenset((pair.one.person.pk, pair.other.person.pk)) not in covered
    )
    return Found(len(told), families, persons, made.version)


def _everyone(block: Place) -> Iterable[Told]:
    """Names are opened part by part; heads are known before their children."""
    rows = Membership.objects.filter(inside(block), until=None, person__merged_into=None, household__merged_into=None)
    memberships = {row.person_id: row for row in rows.select_related("household").order_by("-pk")}
    heads = {row.household_id: row.person_id for row in memberships.values() if row.relation == Relation.SELF}
    people = Person.objects.filter(inside(block)).order_by("pk").iterator(chunk_size=A_PART)
    names: dict[UUID, Names] = {}
    known = []
    while part := list(islice(people, A_PART)):
        names |= names_of(person.pk for person in part)
        known += part
    men = {person.pk for person in known if person.sex == "MALE"}
    for person in known:
        if person.pk in names:
            yield _told(person, names, memberships.get(person.pk), heads, men)


def _told(person: Person, names: dict[UUID, Names], membership: Membership | None, heads: dict[UUID, UUID], men: set[UUID]) -> Told:
    own, father = names[person.pk], names[person.pk].guardian_name
    head = heads.get(membership.household_id) if membership else None
    if not father and membership and membership.relation in OF_THE_HEAD and head in men and head in names:
        father = names[head].name
    return Told(person, own, father, membership)


def _likely(told: list[Told], made: Model, today: date) -> list[Likely]:
    vocabulary = Vocabulary()
    held = register((_someone(one, today) for one in told), vocabulary, made)
    if len(held) < 2:
        return []
    words = vocabulary.words()
    searcher = Searcher(made, held, words, (held,))
    pairs = _pairs(searcher)
    said = waterfall(pairs, made, searcher.rarity, (held, held), words)
    villages = len({one.person.place_no for one in told})
    found = []
    for row, column, told_of in zip(pairs.missing, pairs.found, said, strict=True):
        one, other = told[int(row)], told[int(column)]
        if not contradiction(one.person.sex, other.person.sex, one.person.age, other.person.age):
            found.append(_weighed(one, other, told_of, len(told), villages))
    return [pair for pair in found if pair.probability >= rules.LEAST_MEMBER]


def _pairs(searcher: Searcher) -> Pairs:
    """Each two once."""
    rows, bits, _ = searcher.best(searcher.held, asked_are_found=False, effort=Effort(kept=KEPT))
    at, place = np.nonzero(rows >= 0)
    one, other = np.minimum(at, rows[at, place]), np.maximum(at, rows[at, place])
    both, first = np.unique(np.stack([one, other], axis=1), axis=0, return_index=True)
    apart = both[:, 0] != both[:, 1]
    kept = both[apart].astype(np.int32)
    return Pairs(kept[:, 0], kept[:, 1], bits[at, place][first][apart], np.zeros(len(kept)))


def _weighed(one: Told, other: Told, told: dict[str, Any], people: int, villages: int) -> Likely:
    under_one_roof = one.home is not None and one.home == other.home
    left_out = (*NOT_ASKED, *(rules.IN_ONE_FAMILY if under_one_roof else ()))
    bits = {name: value for name, value in told["bits"].items() if name not in left_out}
    levels = {name: value for name, value in told["levels"].items() if name not in left_out}
    same_phone = one.names.phone and one.names.phone == other.names.phone and not under_one_roof
    likely = rules.probability(
        sum(bits.values()) + (rules.SAME_PHONE if same_phone else 0.0), people=people, villages=villages,
        same_village=one.person.place_no == other.person.place_no,
    )  # fmt: skip
    return Likely(one, other, likely, levels, bits)


def _families(likely: list[Likely], told: list[Told]) -> Iterable[Families]:
    sizes: dict[UUID, int] = defaultdict(int)
    for one in told:
        if one.home:
            sizes[one.home] += 1
    between: dict[tuple[UUID, UUID], list[Likely]] = defaultdict(list)
    for pair in likely:
        home, other = pair.one.home, pair.other.home
        if home and other and home != other and pair.one.person.place_no == pair.other.person.place_no:
            between[(home, other) if str(home) < str(other) else (other, home)].append(pair)
    for (home, other), pairs in between.items():
        if found := _family(home, other, pairs, sizes):
            yield found


def _family(home: UUID, other: UUID, pairs: list[Likely], sizes: Mapping[UUID, int]) -> Families | None:
    turned = [pair if pair.one.home == home else Likely(pair.other, pair.one, pair.probability, pair.levels, pair.bits) for pair in pairs]
    by_members = {(pair.one.person.pk, pair.other.person.pk): pair for pair in turned}
    members = rules.paired((*key, pair.probability) for key, pair in by_members.items())
    kept = [by_members[one, other_one] for one, other_one, _ in members]
    heads = next((pair for pair in kept if _is_head(pair.one) and _is_head(pair.other)), None)
    probability = rules.family_probability(members, sizes=(sizes[home], sizes[other]), is_head=heads is not None)
    if probability < rules.LEAST_SHOWN:
        return None
    shown = heads or kept[0]
    first, second = (side.membership.household for side in (shown.one, shown.other) if side.membership)
    return Families(first, second, probability, tuple(members), shown)


def _is_head(told: Told) -> bool:
    return told.membership is not None and told.membership.relation == Relation.SELF


def _someone(told: Told, today: date) -> Someone:
    return Someone(
        id=told.person.pk, name=told.names.name, father=told.father, sex=SEXES.get(told.person.sex, 2),
        age=told.person.age.on(today), day=today,
    )  # fmt: skip
