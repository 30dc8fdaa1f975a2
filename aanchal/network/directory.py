"""Reads of stakeholders, their files, NGOs, posts and pools."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import connection
from django.db.models import Avg, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core.likeness import name_key
from aanchal.network import rules
from aanchal.network.models import (
    Blacklisting,
    Deliverable,
    Engagement,
    Honorarium,
    ImportFile,
    Ngo,
    Pair,
    PoolMember,
    Post,
    Stakeholder,
    Tenure,
)
from aanchal.network.posting import held
from aanchal.network.terms import BARRING, KINDS, MOVED_ABOUT, PEOPLE, Area, Category, Likeness, ListState, RowState
from aanchal.places.models import Place
from aanchal.places.queries import NOWHERE, within
from aanchal.places.terms import COLUMN, Level

SEEN, RECORDED = Permission.STAKEHOLDER_READ, Permission.STAKEHOLDER_RECORD
MOST_OFFERED = 500
"""People who may hold a post, in a list to choose from: beyond that the page asks for a name."""
MOST_ALIKE = 20
"""Organisations that fit what was typed, to choose from: beyond that more has to be typed."""
BELOW = {Level.NATION: Level.STATE, Level.STATE: Level.DISTRICT, Level.DISTRICT: Level.BLOCK, Level.BLOCK: Level.PANCHAYAT}
BELOW |= {Level.PANCHAYAT: Level.VILLAGE}


def stakeholders(user) -> QuerySet[Stakeholder]:
    return policy.visible(user, SEEN, Stakeholder.objects.filter(standing=RowState.LIVE))


def found(
    user, *, words: str = "", category: str = "", kind: str = "", place: Place | None = None, stale_on: date | None = None
) -> QuerySet[Stakeholder]:
    """By name, however it is spelt, by registration number, phone or key."""
    rows = stakeholders(user)
    if words := " ".join(words.split()):
        key = name_key(words)
        wanted = Q(name__icontains=words) | Q(registration_no__iexact=words) | Q(phone=words) | Q(source_key=words)
        rows = rows.filter(wanted | Q(name_key__contains=key) if key else wanted)
    if category in KINDS:
        rows = rows.filter(kind__in=KINDS[category])
    if kind:
        rows = rows.filter(kind=kind)
    if place is not None:
        rows = rows.filter(within(place))
    if stale_on is not None:
        rows = rows.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=stale_on - rules.CONFIRMED_FOR))
    return rows.select_related("place", "parent").order_by("name", "pk")


def counts(rows: QuerySet) -> dict[str, int]:
    """Category -> how many."""
    by_kind = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    return {category: sum(by_kind.get(kind, 0) for kind in kinds) for category, kinds in KINDS.items()}


@dataclass(frozen=True)
class Counted:
    place: Place
    by_category: dict[str, int]

    @property
    def whole(self) -> int:
        return sum(self.by_category.values())


def by_place(user, place: Place) -> list[Counted]:
    """How many of each category in each place one level below; what is kept at the place itself stands first."""
    below = BELOW.get(Level(place.level))
    rows = stakeholders(user).filter(within(place))
    own = rows.filter(place=place)
    told = [Counted(place, counts(own))]
    if below is None:
        return told
    column = f"place__{COLUMN[below]}_id" if below in COLUMN else "place_id"
    lower = rows.exclude(place=place).filter(Q(place__level=below) | ~Q(**{column: None}))
    grouped: dict[int, dict[str, int]] = {}
    for level, own_id, above, kind, n in lower.order_by().values_list("place__level", "place_id", column, "kind").annotate(n=Count("pk")):
        mine = grouped.setdefault(own_id if level == below else above, {})
        mine[kind] = mine.get(kind, 0) + n
    places = Place.objects.filter(pk__in=grouped).order_by("name", "pk")
    return told + [Counted(one, _categories(grouped[one.pk])) for one in places]


def _categories(by_kind: dict[str, int]) -> dict[str, int]:
    return {category: sum(by_kind.get(kind, 0) for kind in KINDS[category]) for category in Category}


def alike(row: Stakeholder) -> list[Stakeholder]:
    """Those that may be the same: of its kind and place, with the same name however spelt, registration or phone. Of people also those

    of other places whom the reader sees, with the same name and phone or email; of those who are moved about, with the same name.
    """
    named = Q(name_key=row.name_key)
    reached = {name: Q(**{name: value}) for name in ("registration_no", "phone", "email") if (value := getattr(row, name))}
    same = Q(place=row.place_id) & reduce(or_, (reached[name] for name in ("registration_no", "phone") if name in reached), named)
    if row.kind in PEOPLE:
        same |= named if row.kind in MOVED_ABOUT else named & reduce(or_, reached.values(), NOWHERE)
    there = Stakeholder.objects.filter(same, kind=row.kind, standing=RowState.LIVE).exclude(pk=row.pk)
    apart = Pair.objects.filter(Q(stays=row, away=OuterRef("pk")) | Q(away=row, stays=OuterRef("pk")), state=Likeness.APART)
    return list(there.exclude(Exists(apart)).select_related("parent", "place").order_by("pk")[:20])


LIVING = """
SELECT a.id, b.id FROM network_stakeholder a JOIN network_stakeholder b ON b.kind = a.kind AND b.{column} = a.{column} AND b.id > a.id
WHERE a.standing = 'LIVE' AND b.standing = 'LIVE' AND a.{column} <> '' AND ({where})
    AND NOT EXISTS (SELECT 1 FROM network_pair p WHERE p.stays_id = a.id AND p.away_id = b.id AND p.state = 'APART')"""
HERE = [LIVING.format(column=column, where="b.place_id = a.place_id") for column in ("name_key", "registration_no", "phone")]
ELSEWHERE = LIVING.format(column="name_key", where="""a.kind = ANY (%(moved)s) OR a.kind = ANY (%(people)s)
    AND (a.phone <> '' AND a.phone = b.phone OR a.email <> '' AND a.email = b.email
        OR a.registration_no <> '' AND a.registration_no = b.registration_no)""")  # fmt: skip


def doubles() -> list[tuple[UUID, UUID]]:
    """Pairs that look alike, as `alike` says, among what the reader sees: each once, by id."""
    with connection.cursor() as cursor:
        asked = f"SELECT * FROM ({' UNION '.join((*HERE, ELSEWHERE))}) pairs (one, other) ORDER BY one, other"
        cursor.execute(asked, {"moved": list(MOVED_ABOUT), "people": list(PEOPLE)})
        return [(one, other) for one, other in cursor.fetchall()]


def stakeholder(user, pk: UUID, permission: Permission = SEEN) -> Stakeholder | None:
    row = Stakeholder.objects.select_related("place", "parent", "user", "merged_into", "confirmed_by", "recorded_by").filter(pk=pk).first()
    return row if row is not None and policy.can(user, permission, row) else None


def parents_named(user, place: Place, words: str) -> list[Stakeholder]:
    """Organisations of a place and of the places it lies in, by a key, a registration number or a name however spelt; one more than is

    offered says that there are more. Those with exactly this name, key or number alone, when there are any.
    """
    there = [place.pk, place.village_id, place.panchayat_id, place.block_id, place.district_id, place.state_id]
    rows = stakeholders(user).filter(place__in=[pk for pk in there if pk]).exclude(kind__in=PEOPLE)
    rows = rows.select_related("place").order_by("name", "pk")
    exact = list(rows.filter(Q(name__iexact=words) | Q(registration_no__iexact=words) | Q(source_key=words))[: MOST_ALIKE + 1])
    if exact:
        return exact
    key = name_key(words)
    return list(rows.filter(Q(name__icontains=words) | Q(name_key__contains=key) if key else Q(name__icontains=words))[: MOST_ALIKE + 1])


def files(user) -> QuerySet[ImportFile]:
    seen = policy.visible(user, RECORDED, ImportFile.objects.defer("content"))
    return seen.select_related("place", "sent_by").order_by("-sent_at", "-pk")


def offices(place: Place) -> list[dict]:
    """The public offices of a place, for everyone."""
    return _told("SELECT * FROM network_public_offices(%s, %s) ORDER BY kind, name", place.place_no, place.last_no)


def nodal_offices() -> dict[int, list[dict]]:
    """Place -> its public nodal offices: name, address, phone, email, confirmed_on. For everyone."""
    found: dict[int, list[dict]] = defaultdict(list)
    for office in _told("SELECT * FROM network_nodal_offices() ORDER BY name"):
        found[office["place_id"]].append(office)
    return found


def ngos(user) -> QuerySet[Ngo]:
    """With how their deliverables were rated, and whether they are blacklisted."""
    barring = Blacklisting.objects.filter(ngo=OuterRef("pk"), state__in=BARRING)
    told = policy.visible(user, SEEN, Ngo.objects.filter(stakeholder__standing=RowState.LIVE))
    told = told.annotate(
        rating=Avg("engagements__deliverables__rating"), engaged=Count("engagements", distinct=True), is_listed=Exists(barring)
    )
    return told.select_related("stakeholder__place").order_by("stakeholder__name", "pk")


def engaged_here() -> list[dict]:
    """NGOs of the state that work where the reader does: what for, and whom to call."""
    told = _told("SELECT * FROM network_engaged_here()")
    places = Place.objects.in_bulk({pk for one in told for pk in (one["place"], one["kept_at"])})
    return [one | {"place": places[one["place"]], "kept_at": places[one["kept_at"]], "area": Area(one["area"]).label} for one in told]


def blacklistings_waiting(user) -> QuerySet[Blacklisting]:
    waiting = Blacklisting.objects.filter(state__in=[ListState.PROPOSED, ListState.LIFT_PROPOSED])
    seen = policy.visible(user, Permission.NGO_DECIDE, waiting)
    return seen.select_related("ngo__stakeholder", "proposed_by").order_by("proposed_at", "pk")


def engagements(ngo: Ngo) -> QuerySet[Engagement]:
    owed = Deliverable.objects.order_by("due_on", "pk")
    return ngo.engagements.select_related("place").prefetch_related(Prefetch("deliverables", owed)).order_by("-starts_on", "-pk")


@dataclass(frozen=True)
class Seat:
    """A post on a day: who holds it, or since when it is vacant."""

    post: Post
    tenure: Tenure | None
    vacant_since: date | None


def posts(user, *, kind: str = "", place: Place | None = None) -> QuerySet[Post]:
    seen = policy.visible(user, SEEN, Post.objects.filter(abolished_on=None))
    if kind:
        seen = seen.filter(kind=kind)
    if place is not None:
        seen = seen.filter(within(place))
    held_by = Tenure.objects.select_related("holder").order_by("since")
    return seen.select_related("place").prefetch_related(Prefetch("tenures", held_by)).order_by("place_no", "kind", "title", "pk")


def seats(rows: Iterable[Post], on: date) -> list[Seat]:
    told = []
    for post in rows:
        tenures = list(post.tenures.all())
        now = next((one for one in tenures if rules.Held(one.since, one.until).holds_on(on)), None)
        told.append(Seat(post, now, rules.vacant_since(post.sanctioned_on, held(tenures), on)))
    return told


def filled(rows: QuerySet[Post], on: date) -> dict[str, tuple[int, int]]:
    """Kind -> (sanctioned, filled on a day)."""
    holds = Tenure.objects.filter(Q(until=None) | Q(until__gte=on), post=OuterRef("pk"), since__lte=on)
    counted = rows.order_by().annotate(has=Exists(holds)).values("kind").annotate(n=Count("pk"), held=Count("pk", filter=Q(has=True)))
    return {row["kind"]: (row["n"], row["held"]) for row in counted}


def tenures_of(user, month: date) -> list[Tenure]:
    """Those that ran in a month on posts with an honorarium, where the user records them."""
    next_month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    ran = Tenure.objects.filter(Q(until=None) | Q(until__gte=month), since__lt=next_month, post__honorarium_paise__gt=0)
    return list(policy.visible(user, Permission.POST_RECORD, ran).select_related("post").order_by("pk"))


def honoraria(user, month: date) -> QuerySet[Honorarium]:
    """Without what was written of a month before it was known that she had left."""
    told = Honorarium.objects.filter(month=month).exclude(paid_on=None, tenure__until__lt=F("month"))
    seen = policy.visible(user, SEEN, told)
    return seen.select_related("tenure__post__place", "tenure__holder").order_by("place_no", "tenure__post__title", "pk")


def owed(rows: QuerySet[Honorarium]) -> dict[str, int]:
    """Integer paise due and paid."""
    told = rows.order_by().aggregate(due=Sum("due_paise"), paid=Sum("due_paise", filter=Q(paid_on__isnull=False)))
    return {name: value or 0 for name, value in told.items()}


def pool(user, *, topic: str = "", language: str = "") -> QuerySet[PoolMember]:
    seen = policy.visible(user, SEEN, PoolMember.objects.filter(until=None))
    if topic:
        seen = seen.filter(topics__contains=[topic])
    if language:
        seen = seen.filter(languages__contains=[language])
    return seen.select_related("place", "stakeholder__place").order_by("place_no", "stakeholder__name", "pk")


def people(user, words: str = "") -> QuerySet[Stakeholder]:
    """Who may hold a post, where the user records; of a name."""
    seen = policy.visible(user, RECORDED, Stakeholder.objects.filter(standing=RowState.LIVE, kind__in=PEOPLE))
    if words.strip():
        seen = seen.filter(Q(name__icontains=words.strip()) | Q(name_key__contains=name_key(words)))
    return seen.select_related("place").order_by("name", "pk")


def _told(statement: str, *values) -> list[dict]:
    """What a function of the database says: of each row, column -> value."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
