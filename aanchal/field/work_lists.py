"""The lists of what a worker has to follow: journeys from which nobody has come home yet, and families to be visited.

Like the lists of families: her villages only, capped, names left out for who sends from many villages. Of why a family is to be visited
they hold nothing: what was told in private does not travel on a phone.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.field import rules
from aanchal.field.named import MOST_FAMILIES, names
from aanchal.field.tables import table
from aanchal.people.queries import members_of_all
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from aanchal.risk import families, queries
from aanchal.risk.models import Assessment
from aanchal.tracking.rules import JOURNEY_OPEN

JOURNEYS = ("name", "label", "__version", "village", "household", "left_on", "back_by")
TASKS = ("name", "label", "__version", "village", "household", "task", "due_on")


def journeys(user, *, is_read: bool) -> bytes:
    """The standing lines of those who are away: of the migration register, and of marriages that are followed.

    A corrected line is another entity; the one before it no longer stands.
    """
    kept = away(user)
    known = names(user, (one.person_id for one in kept), is_read=is_read)
    rows = []
    for one in kept:
        code = one.household.shown_code if one.household else ""
        said = " · ".join(filter(None, (code, known.get(one.person_id), one.happened_on.isoformat())))
        rows.append((one.pk, said, 1, one.place.lgd_code, one.household_id or "", one.happened_on, back_by(one)))
    return table(JOURNEYS, rows)


def away(user) -> list[Entry]:
    return list(_journeys(user).select_related("household", "place").order_by("happened_on", "pk")[:MOST_FAMILIES])


def back_by(line: Entry) -> str:
    return line.details.get("expected_return_on") or ""


def tasks(user, *, is_read: bool) -> bytes:
    """The families at risk in the order of visit first, with the day the next visit is due."""
    kept = list(queries.visit_first(_tasks(user), openly=True)[:MOST_FAMILIES])
    heads = {one.home_id: one.person_id for one in reversed(members_of_all([one.household for one in kept], relation="SELF"))}
    known = names(user, heads.values(), is_read=is_read)
    rows = []
    for one in kept:
        family = one.household
        said = " · ".join(filter(None, (family.shown_code, known.get(heads.get(family.pk)), family.hamlet)))
        task = "VISIT_FIRST" if one.is_urgent else "VISIT_DUE"
        due_on = rules.visit_due(rules.Family(str(family.pk), str(one.band), one.is_urgent, family.visited_on))
        rows.append((family.pk, said, 1, family.place.lgd_code, family.pk, task, due_on))
    return table(TASKS, rows)


def standing_journeys(ids: Iterable[UUID], user) -> set[UUID]:
    return set(_journeys(user).filter(pk__in=list(ids)).values_list("pk", flat=True))


def standing_tasks(ids: Iterable[UUID], user) -> set[UUID]:
    return set(_tasks(user).filter(household__in=list(ids)).values_list("household", flat=True))


def _journeys(user) -> QuerySet[Entry]:
    away = Q(register=Register.MIGRATION, is_open=True) | Q(register=Register.MARRIAGE, journey__state__in=JOURNEY_OPEN)
    return policy.visible(user, Permission.ENTRY_RECORD, Entry.objects.filter(away, stands=True))


def _tasks(user) -> QuerySet[Assessment]:
    mine = policy.visible(user, Permission.HOUSEHOLD_RECORD, queries.families())
    return policy.visible(user, Permission.RISK_READ, mine).filter(families.AT_RISK)
