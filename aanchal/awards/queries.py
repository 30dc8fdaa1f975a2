"""Reads of rounds, nominations, interests, scores and awards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from aanchal.access.models import Posting, User
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.awards import rules
from aanchal.awards.models import Award, Criteria, Declaration, Member, Nomination, OpenAward, Round, Score
from aanchal.awards.rules import Facts, Ranked
from aanchal.awards.terms import KINDS, Category, NominationState, Stage, Standing
from aanchal.library.models import Version
from aanchal.network.terms import StakeholderKind
from aanchal.places.models import Place

JUDGES = tuple(key for key, role in ROLES.items() if Permission.AWARD_JUDGE in role.permissions)
MOST_LINES = 20
"""Of the directory, to choose from: beyond that more of the name has to be typed."""


def rounds() -> QuerySet[Round]:
    """Those the acting person may read: the database's own policy narrows them."""
    return Round.objects.select_related("criteria").order_by("-year", "category")


def of_key(key: str) -> Round | None:
    """By the word of its address: 2026-police_officer."""
    year, _dash, category = key.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    return rounds().filter(year=int(year), category=category.upper()).first()


def criteria(category: str) -> QuerySet[Criteria]:
    return Criteria.objects.filter(category=category).order_by("-version")


def newest_criteria() -> list[Criteria]:
    """One version of each category."""
    return list(Criteria.objects.order_by("category", "-version").distinct("category"))


def nominations(one: Round) -> QuerySet[Nomination]:
    return one.nominations.select_related("place", "state", "document").order_by("name", "pk")


@dataclass(frozen=True)
class Line:
    """What may be nominated, or has to be declared about: a name, of which kind, where."""

    id: UUID
    name: str
    kind: str
    place: Place

    @property
    def kind_name(self) -> str:
        return str(StakeholderKind(self.kind).label)


def lines(category: str, words: str) -> list[Line]:
    """Of the directory, where the acting person nominates; one more than MOST_LINES when there are more."""
    return _lines("awards_lines(%s, %s)", [list(KINDS[Category(category)]), words.strip()])


def _lines(function: str, told: list) -> list[Line]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, name, kind, place_id FROM {function}", told)
        rows = cursor.fetchall()
    places = Place.objects.in_bulk({row[3] for row in rows})
    return [Line(pk, name, kind, places[place]) for pk, name, kind, place in rows]


def is_barred(nominee: UUID, on: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT awards_barred(%s, %s)", [nominee, on])
        return bool(cursor.fetchone()[0])


def line_stands(nomination: Nomination) -> bool:
    """The directory still holds it there: not closed, not joined into another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT awards_line_stands(%s, %s)", [nomination.nominee_id, nomination.place_no])
        return bool(cursor.fetchone()[0])


def facts(one: Round, persons: Iterable[UUID], nomination: UUID | None = None) -> dict[tuple[UUID, UUID], Facts]:
    """(nomination, person) -> what stands between them, of every nominee or of one. Of others only for who keeps awards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nomination_id, user_id, nominated, is_nominee, works_there, shares_state, declared FROM awards_facts(%s, %s, %s)",
            [one.pk, list(persons), nomination],
        )
        return {(nomination, person): Facts(*told) for nomination, person, *told in cursor.fetchall()}


def sits(one: Round, user) -> bool:
    return Member.objects.filter(round=one, user_id=user.pk).exists()


@dataclass(frozen=True)
class Seat:
    """A nominee as a member of the panel has it before her."""

    line: Line
    facts: Facts
    has_scored: bool

    @property
    def is_clear(self) -> bool:
        return rules.is_clear(self.facts)

    @property
    def interests(self) -> tuple[str, ...]:
        return rules.interests(self.facts)


def seats(one: Round, user, nomination: UUID | None = None) -> list[Seat]:
    """Every nominee of a round, or one, for one member: she declares about each."""
    told, given = facts(one, [user.pk], nomination), Score.objects.filter(nomination__round=one, user_id=user.pk)
    scored = set((given.filter(nomination=nomination) if nomination else given).values_list("nomination_id", flat=True))
    found = _lines("awards_nominees_of(%s)", [one.pk])
    return [Seat(line, told[line.id, user.pk], line.id in scored) for line in found if nomination in (None, line.id)]


def round_of(nomination: UUID) -> Round | None:
    """The round whose panel the acting person sits in and that may still be judged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT r FROM awards_judged_in(%s) r WHERE awards_sits(r)", [nomination])
        row = cursor.fetchone()
    return rounds().filter(pk=row[0]).first() if row else None


def own_score(nomination: UUID, user) -> Score | None:
    return Score.objects.filter(nomination=nomination, user_id=user.pk).first()


def own_declaration(nomination: UUID, user) -> Declaration | None:
    return Declaration.objects.filter(nomination=nomination, user_id=user.pk).first()


def evidence(nomination: UUID) -> tuple[str, str, Version | None] | None:
    """Title, number and newest file of the document, for who is clear of the nominee."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM awards_evidence(%s)", [nomination])
        row = cursor.fetchone()
    if row is None:
        return None
    title, number, pk, kind, sha256, wrapped_key, sealed = row
    return title, number, Version(pk=pk, file_kind=kind, sha256=sha256, wrapped_key=wrapped_key, sealed=sealed) if pk else None


def members(one: Round) -> list[Member]:
    return list(one.members.select_related("user").order_by("user__name", "pk"))


def may_sit(on: date) -> QuerySet[User]:
    """Users who hold a post from which one may judge."""
    held = Posting.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on, role__in=JUDGES)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


@dataclass(frozen=True)
class Told:
    """A nominee with its place in the ranking, for who keeps awards."""

    nomination: Nomination
    ranked: Ranked
    tied: list[Nomination]
    interested: list[tuple[User, tuple[str, ...]]]
    silent: list[User]
    """Members who have not declared, or have not scored."""

    @property
    def shown(self) -> str:
        return rules.shown(self.ranked.points)


def counted(one: Round) -> dict[str, list[int]]:
    """Nomination -> weighed scores of members who are clear of it now: who came to have an interest counts no more."""
    stand = nominations(one).filter(standing=NominationState.STANDS)
    found: dict[str, list[int]] = {str(pk): [] for pk in stand.values_list("pk", flat=True)}
    told = facts(one, one.members.values_list("user_id", flat=True))
    for score in Score.objects.filter(nomination__round=one).order_by("pk"):
        if rules.is_clear(told.get((score.nomination_id, score.user_id), Facts())):
            found[str(score.nomination_id)].append(rules.weighed(score.points, one.criteria.weights))
    return found


def ranked(one: Round) -> list[Ranked]:
    return rules.ranking(counted(one), one.least_scores)


def table(one: Round) -> list[Told]:
    """The ranking with who is bound by an interest, and who has still to speak."""
    told, seated = facts(one, one.members.values_list("user_id", flat=True)), members(one)
    rows = {str(row.pk): row for row in nominations(one).filter(standing=NominationState.STANDS)}
    scored = set(Score.objects.filter(nomination__round=one).values_list("nomination_id", "user_id"))
    found = []
    for each in ranked(one):
        row = rows[each.nomination]
        bound, silent = [], []
        for member in seated:
            between = told[row.pk, member.user_id]
            if codes := rules.interests(between):
                bound.append((member.user, codes))
            elif (row.pk, member.user_id) not in scored:
                silent.append(member.user)
        found.append(Told(row, each, [rows[key] for key in each.tied], bound, silent))
    return found


def bound_by(one: Round, user) -> list[Nomination]:
    """Nominees of a round that this person has an interest in: she does not decide it."""
    told = facts(one, [user.pk])
    hers = [nomination for (nomination, _person), between in told.items() if rules.interests(between)]
    return list(Nomination.objects.filter(pk__in=hers))


def awards(one: Round) -> QuerySet[Award]:
    found = Award.objects.filter(nomination__round=one)
    return found.select_related("nomination__round", "nomination__place", "cited_by").order_by("number")


def award(pk) -> Award | None:
    found = Award.objects.select_related("nomination__round", "nomination__place", "nomination__state", "cited_by")
    return found.filter(pk=pk).first()


def open_awards() -> dict[int, list[OpenAward]]:
    """Year -> what everyone may read of its awards, the newest year first."""
    found: dict[int, list[OpenAward]] = defaultdict(list)
    for row in OpenAward.objects.using(settings.PUBLIC_READS_BY).order_by("-year", "category", "number"):
        found[row.year].append(row)
    return dict(found)


def waiting(user, on: date) -> int:
    """How many nominees wait for this member's word."""
    mine = Member.objects.filter(user_id=user.pk, round__standing=Standing.ANNOUNCED).select_related("round__criteria")
    judged = [row.round for row in mine if row.round.stage(on) == Stage.JUDGED]
    return sum(not seat.interests and not seat.has_scored for one in judged for seat in seats(one, user))


def stand(one: Round) -> Sequence[Nomination]:
    return list(nominations(one).filter(standing=NominationState.STANDS))
