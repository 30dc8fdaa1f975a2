"""The lists of families and their members that a phone carries for follow-up visits: her villages only, no more than the form needs.

The label holds a name, for nobody finds a family of her village by a code. It is left out for who sends from many villages.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.field import named, work_lists
from aanchal.field.tables import table
from aanchal.people.models import Household, Membership
from aanchal.people.queries import members_of_all, without_consent

HOUSEHOLDS = ("name", "label", "__version", "village")
PERSONS = ("name", "label", "__version", "household")


def families(user) -> QuerySet[Household]:
    """Those not visited for the longest time come first."""
    found = policy.visible(user, Permission.HOUSEHOLD_RECORD, Household.objects.all())
    return found.select_related("place").order_by("visited_on", "pk")[: named.MOST_FAMILIES]


def households(user, *, is_read: bool) -> bytes:
    """`is_read`: it leaves for the phone, and each name in it is noted as read. Else only its hash is told."""
    kept = list(families(user))
    heads = {one.home_id: one.person_id for one in reversed(members_of_all(kept, relation="SELF"))}
    names = named.names(user, heads.values(), is_read=is_read)
    gone = without_consent(kept)
    rows = []
    for one in kept:
        mark = _("Consent withdrawn") if one.pk in gone else ""
        said = " · ".join(filter(None, (one.shown_code, names.get(heads.get(one.pk)), one.hamlet, mark)))
        rows.append((one.pk, said, one.version, one.place.lgd_code))
    return table(HOUSEHOLDS, rows)


def persons(user, *, is_read: bool) -> bytes:
    kept = {one.pk: one for one in families(user)}
    members = sorted(members_of_all(kept.values()), key=lambda one: str(one.home_id))
    names = named.names(user, (one.person_id for one in members), is_read=is_read)
    rows = []
    for one in members:
        relation = str(one.get_relation_display())
        said = f"{names[one.person_id]} ({relation})" if one.person_id in names else relation
        rows.append((one.person_id, said, kept[one.home_id].version, one.home_id))
    return table(PERSONS, rows)


def versions(user) -> dict[str, dict[str, int]]:
    """The families and members a phone of hers may hold, with the version of each; no name."""
    kept = {one.pk: one for one in families(user)}
    homes = {record: one.pk for one in kept.values() for record in one.records}
    members = Membership.objects.filter(household__in=list(homes), until=None, person__merged_into=None)
    return {
        "households": {str(pk): one.version for pk, one in kept.items()},
        "persons": {str(person): kept[homes[record]].version for person, record in members.values_list("person_id", "household_id")},
    }


def standing(name: str, ids: Iterable[UUID], user) -> set[UUID]:
    """Which of these families, persons, journeys or tasks are hers; gone, elsewhere and never there look the same."""
    if name == "journeys.csv":
        return work_lists.standing_journeys(ids, user)
    if name == "tasks.csv":
        return work_lists.standing_tasks(ids, user)
    mine = policy.visible(user, Permission.HOUSEHOLD_RECORD, Household.objects.all())
    if name == "households.csv":
        return set(mine.filter(pk__in=list(ids)).values_list("pk", flat=True))
    members = policy.visible(user, Permission.HOUSEHOLD_RECORD, Membership.objects.filter(person__in=list(ids), until=None))
    return set(members.filter(person__merged_into=None).values_list("person_id", flat=True))


