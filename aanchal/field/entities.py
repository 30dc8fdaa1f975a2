"""The lists of families and their members that a phone carries for follow-up visits: her villages only, no more than the form needs.

The label holds a name, for nobody finds a family of her village by a code. It is left out for who sends from many villages.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.field.tables import table
from aanchal.people import actions as people
from aanchal.people import queries as known
from aanchal.people.models import Household, Membership, Person
from aanchal.places.models import Place
from aanchal.places.terms import Level

MOST_FAMILIES = 1_000
"""On one phone. Those not visited for the longest time come first."""
MOST_NAMED_VILLAGES = 10
REASON = "follow-up list on a phone"
HOUSEHOLDS = ("name", "label", "__version", "village")
PERSONS = ("name", "label", "__version", "household")


def families(user) -> QuerySet[Household]:
    found = policy.visible(user, Permission.HOUSEHOLD_RECORD, Household.objects.all())
    return found.select_related("place").annotate(told=Count("surveys")).order_by("visited_on", "pk")[:MOST_FAMILIES]


def households(user, *, is_read: bool) -> bytes:
    """`is_read`: it leaves for the phone, and each name in it is noted as read. Else only its hash is told."""
    kept = list(families(user))
    heads = {one.household_id: one.person_id for one in _members(kept).filter(relation="SELF")}
    names = _names(user, heads.values(), is_read=is_read)
    rows = []
    for one in kept:
        said = " · ".join(filter(None, (one.shown_code, names.get(heads.get(one.pk)), one.hamlet)))
        rows.append((one.pk, said, _version(one), one.place.lgd_code))
    return table(HOUSEHOLDS, rows)


def persons(user, *, is_read: bool) -> bytes:
    kept = {one.pk: one for one in families(user)}
    members = list(_members(kept).select_related("person").order_by("household", "since", "pk"))
    names = _names(user, (one.person_id for one in members), is_read=is_read)
    rows = []
    for one in members:
        relation = str(one.get_relation_display())
        said = f"{names[one.person_id]} ({relation})" if one.person_id in names else relation
        rows.append((one.person_id, said, _version(kept[one.household_id]), one.household_id))
    return table(PERSONS, rows)


def standing(name: str, ids: Iterable[UUID], user) -> set[UUID]:
    """Which of these families or persons are hers; gone, elsewhere and never there look the same."""
    mine = policy.visible(user, Permission.HOUSEHOLD_RECORD, Household.objects.all())
    if name == "households.csv":
        return set(mine.filter(pk__in=list(ids)).values_list("pk", flat=True))
    members = policy.visible(user, Permission.HOUSEHOLD_RECORD, Membership.objects.filter(person__in=list(ids), until=None))
    return set(members.values_list("person_id", flat=True))


def _members(families: Iterable) -> QuerySet[Membership]:
    return Membership.objects.filter(household__in=list(families), until=None)


def _names(user, persons: Iterable[UUID], *, is_read: bool) -> dict[UUID, str]:
    """Who sends from many villages gets codes alone: a lost phone of a block would hold the names of thousands."""
    villages = policy.visible(user, Permission.HOUSEHOLD_RECORD, Place.objects.filter(level=Level.VILLAGE))
    if villages[: MOST_NAMED_VILLAGES + 1].count() > MOST_NAMED_VILLAGES:
        return {}
    wanted = [Person(pk=pk) for pk in persons]
    opened = people.open_names(people=wanted, reason=REASON, by=user) if is_read else known.names_of(one.pk for one in wanted)
    return {pk: names.name for pk, names in opened.items()}


def _version(household: Household) -> int:
    """One more with every survey and follow-up visit: what a phone counts too."""
    return max(1, household.told)
