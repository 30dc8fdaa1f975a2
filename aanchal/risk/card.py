"""A family's card: what is known, why, what would help. What was told in private is there only when it was opened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.people.models import Household, Person
from aanchal.people.queries import Names, members_of
from aanchal.people.words import kind_of, schooling
from aanchal.risk import families, queries
from aanchal.risk.definition import Definition, Indicator
from aanchal.risk.lowering import lowering
from aanchal.risk.models import Appeal, Assessment, Grounds
from aanchal.risk.reading import band_title, grounds, words


@dataclass(frozen=True)
class Part:
    """One dimension of the index, for one family. Who may not know the reasons gets what to do."""

    title: str
    help: str
    reasons: Sequence[str] = ()
    private: Sequence[str] = ()
    services: Sequence[str] = ()
    """Which entitlements would help with the reasons that are shown here."""


@dataclass(frozen=True)
class Urgent:
    reason: str
    task: str
    is_private: bool


@dataclass(frozen=True)
class Lower:
    """A reason whose end would lower the band, and the band it would be."""

    reason: str
    band: str
    band_label: str


@dataclass(frozen=True)
class Why:
    """For who may know the reasons. `is_closed`: something was told in private and is not opened here."""

    parts: Sequence[Part]
    urgent: Sequence[Urgent]
    lower: Sequence[Lower]
    together: int
    is_closed: bool
    is_closed_urgent: bool
    unanswered: Sequence[str]
    unasked_in_private: int


@dataclass(frozen=True)
class Step:
    """One assessment in the history of a family, and what was different from the one before."""

    assessment: Assessment
    band_label: str
    total: int
    own_band_label: str = ""
    added: Sequence[str] = ()
    gone: Sequence[str] = ()
    is_new_version: bool = False


@dataclass(frozen=True)
class Member:
    kind: str
    age: int | None
    school: str
    relation: str
    names: Names | None = field(default=None, repr=False)


def why(user, found: Assessment, *, opened: bool) -> Why | None:
    told = grounds(user, found)
    if told is None:
        return None
    index = queries.definition(found.definition_id)
    _newest, facts, _disputed = queries.facts_of(found.household)
    shown = _shown(opened)
    raised = [one for one in index.overrides if one.key in told.overrides]
    lower = lowering(queries.weighed_by(found), facts)
    return Why(
        parts=[part for part in (_part(index, told, one.key, shown) for one in index.dimensions) if part],
        urgent=[Urgent(words(one.reason), words(one.task), one.is_private) for one in raised if shown(one)],
        lower=[Lower(words(one.reason), band, band_title(index, band)) for one, band in lower.alone if shown(one)],
        together=lower.together,
        is_closed=not opened and _holds_private(index, told),
        is_closed_urgent=any(not shown(one) for one in raised),
        unanswered=[words(one.reason) for one in index.indicators if one.key in told.unknown and not one.is_private],
        unasked_in_private=sum(one.is_private and one.key in told.unknown for one in index.indicators),
    )


def what_to_do(found: Assessment) -> list[Part]:
    """For a leader of the village: what the family needs, and what can be done about it without knowing why."""
    index = queries.definition(found.definition_id)
    return [Part(words(one.title), words(one.help) if one.help else "") for one in index.dimensions if one.key in found.needs]


def history(user, household: Household, *, opened: bool) -> list[Step]:
    """The newest first. Who may not know the reasons sees how the band and the needs went."""
    found = families.history(household)
    steps = []
    for one, before in pairwise([*found, None]):
        index = queries.definition(one.definition_id)
        now, then = (_grounds_in_words(user, each, opened) if each else {} for each in (one, before))
        steps.append(
            Step(
                assessment=one,
                band_label=band_title(index, one.band),
                total=index.total_points,
                own_band_label=band_title(index, one.own_band) if one.own_band else "",
                added=[text for key, text in now.items() if before and key not in then],
                gone=[text for key, text in then.items() if key not in now],
                is_new_version=bool(before and before.definition_id != one.definition_id),
            )
        )
    return steps


@dataclass(frozen=True)
class Disputed:
    """An answer that was disputed. What rests on private answers is not named until it is opened."""

    appeal: Appeal
    reason: str
    told: str
    told_again: str


def disputed(user, household: Household, *, opened: bool) -> list[Disputed]:
    if not policy.can(user, Permission.RISK_REASONS, household):
        return []
    return [_disputed(one, opened) for one in queries.appeals_of(household)]


def _disputed(appeal: Appeal, opened: bool) -> Disputed:
    indicator = next(one for one in queries.definition(appeal.definition_id).indicators if one.key == appeal.indicator)
    if indicator.is_private and not opened:
        return Disputed(appeal, "", "", "")
    again = _answer(indicator, appeal.settled_by.facts) if appeal.settled_by else ""
    return Disputed(appeal, words(indicator.reason), _answer(indicator, appeal.survey.facts), again)


def _answer(indicator: Indicator, facts: dict) -> str:
    return {True: _("it is so"), False: _("it is not so"), None: _("not known")}[indicator.deprived.truth(facts)]


def members(household: Household, on: date, names: dict | None = None) -> list[Member]:
    """The eldest first."""
    people = [(membership, membership.person.age.on(on)) for membership in members_of(household)]
    people.sort(key=lambda one: -1 if one[1] is None else one[1], reverse=True)
    return [
        Member(
            kind=kind_of(membership.person.sex, age),
            age=age,
            school=schooling(membership.person.school_status),
            relation=membership.get_relation_display(),
            names=(names or {}).get(membership.person_id),
        )
        for membership, age in people
    ]


def who(person: Person, on: date) -> str:
    """girl, 12"""
    age = person.age.on(on)
    return ", ".join([kind_of(person.sex, age), *([] if age is None else [str(age)])])


def _shown(opened: bool) -> Callable[[object], bool]:
    return lambda one: opened or not one.is_private


def _holds_private(index: Definition, told: Grounds) -> bool:
    held = {*told.deprived, *told.overrides}
    return any(one.is_private and one.key in held for one in (*index.indicators, *index.overrides))


def _part(index: Definition, told: Grounds, dimension: str, shown: Callable) -> Part | None:
    held = [one for one in index.indicators if one.dimension == dimension and one.key in told.deprived and shown(one)]
    if not held:
        return None
    named = next(one for one in index.dimensions if one.key == dimension)
    return Part(
        title=words(named.title),
        help=words(named.help) if named.help else "",
        reasons=[words(one.reason) for one in held if not one.is_private],
        private=[words(one.reason) for one in held if one.is_private],
        services=[words(one.title) for one in index.services if any(one.key in each.helps for each in held)],
    )


def _grounds_in_words(user, found: Assessment, opened: bool) -> dict[str, str]:
    index, told = queries.definition(found.definition_id), grounds(user, found)
    if told is None:
        return {one.key: words(one.title) for one in index.dimensions if one.key in found.needs}
    held = {*told.deprived, *told.overrides}
    return {one.key: words(one.reason) for one in (*index.overrides, *index.indicators) if one.key in held and _shown(opened)(one)}
