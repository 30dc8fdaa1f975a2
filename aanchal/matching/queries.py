"""Reads of found people, candidate pairs and what follows."""

from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q, QuerySet

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.matching.models import Candidate, ConfirmedLink, FoundChange, FoundPerson, LearntModel, Task
from aanchal.matching.relearning import Decided
from aanchal.matching.rules import LEAST_SHOWN, LISTED, WAITING, Standing
from aanchal.places.queries import NOWHERE
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register

READING = "matching.reading"
HOLDS = Q(probability__gte=LEAST_SHOWN) | ~Q(standing=Standing.OPEN)
"""What nobody spoke about and figures no longer speak for is not put before anyone."""


def either_side(user, records: QuerySet) -> QuerySet:
    """Pairs of which the user covers the home or the place of finding."""
    here = [
        Q(**{f"{column}__gte": part.first, f"{column}__lte": part.last})
        for part in policy.scope(user, Permission.MATCH_REVIEW)
        for column in ("place_no", "found_place_no")
    ]
    return records.filter(reduce(or_, here, NOWHERE))


def can_review(user, record) -> bool:
    """As `either_side`, for one pair."""
    scope = policy.scope(user, Permission.MATCH_REVIEW)
    return any(number in part for part in scope for number in (record.place_no, record.found_place_no))


def reading() -> tuple[int, int] | None:
    """How many the engine has read of how many, while it reads the registers anew."""
    told = cache.get(READING)
    return (told[0], told[1]) if told else None


def queue(user, standing: str = "") -> QuerySet[Candidate]:
    """What waits for people, or when asked for what one of them rejected; the greatest expected benefit first."""
    wanted = [standing] if standing in LISTED else WAITING
    found = Candidate.objects.filter(HOLDS, standing__in=wanted)
    return either_side(user, found).select_related("place", "found_place").order_by("-benefit", "pk")


def candidate(pk) -> Candidate | None:
    return Candidate.objects.filter(pk=pk).select_related("place", "found_place").first()


def others_of(candidate: Candidate) -> QuerySet[Candidate]:
    """Other pairs of either of the two."""
    mine = Q(person_id=candidate.person_id) | Q(found_id=candidate.found_id)
    return Candidate.objects.filter(mine).exclude(pk=candidate.pk)


def links_holding(candidate: Candidate) -> QuerySet[ConfirmedLink]:
    """Standing links of either of the two to someone else, which is why nobody looks at this pair."""
    mine = Q(candidate__person_id=candidate.person_id) | Q(candidate__found_id=candidate.found_id)
    return ConfirmedLink.objects.filter(mine, undone_at=None).exclude(candidate_id=candidate.pk)


def link_of(candidate: Candidate) -> ConfirmedLink | None:
    return candidate.links.filter(undone_at=None).select_related("first__by", "second__by").first()


def found_thought_of(person: UUID) -> set[UUID]:
    """Who was found and may be her, as far as nobody decided."""
    return set(Candidate.objects.filter(person=person, standing__in=WAITING).values_list("found", flat=True))


def people_thought_of(found: UUID) -> set[UUID]:
    """The missing who may be this found person, as far as nobody decided."""
    return set(Candidate.objects.filter(found=found, standing__in=WAITING).values_list("person", flat=True))


def weighed_by_others(version: str) -> QuerySet[Candidate]:
    """Waiting pairs whose figures another model gave."""
    return Candidate.objects.filter(standing__in=WAITING).exclude(model_version=version).only("pk", "person_id").order_by("pk")


def link_of_found(found: UUID) -> ConfirmedLink | None:
    return ConfirmedLink.objects.filter(candidate__found=found, undone_at=None).first()


def changes(found: FoundPerson) -> list[FoundChange]:
    """What was corrected, the newest first."""
    return list(found.changes.select_related("by").order_by("-at", "-pk"))


def is_corrected_since(found: UUID, at: datetime) -> bool:
    """For who reaches only the other side too: that it was, not what."""
    with acting(SYSTEM):
        return FoundChange.objects.filter(found=found, at__gt=at).exists()


def is_struck(found: UUID) -> bool:
    """As `is_corrected_since`."""
    with acting(SYSTEM):
        return FoundPerson.objects.filter(pk=found, is_struck=True).exists()


def found_people(user) -> QuerySet[FoundPerson]:
    rows = FoundPerson.objects.select_related("place", "home").order_by("-found_on", "-pk")
    return policy.visible(user, Permission.MATCH_REVIEW, rows)


def open_tasks(user) -> QuerySet[Task]:
    rows = either_side(user, Task.objects.filter(done_at=None, link__undone_at=None))
    return rows.select_related("link__candidate").order_by("due_on", "pk")


def standing_report(person: UUID) -> Entry | None:
    """The line of the missing register that still looks for her."""
    return (
        Entry.objects.filter(person_id=person, register=Register.MISSING, stands=True, is_open=True)
        .select_related("person", "household", "place")
        .first()
    )


def open_reports() -> QuerySet[Entry]:
    rows = Entry.objects.filter(register=Register.MISSING, stands=True, is_open=True)
    return rows.select_related("person", "place__state", "place__district", "place__block").order_by("recorded_at", "pk")


def open_found() -> QuerySet[FoundPerson]:
    rows = FoundPerson.objects.filter(is_open=True).select_related(
        "place__state", "place__district", "home__state", "home__district", "home__block"
    )
    return rows.order_by("recorded_at", "pk")


def model_in_force() -> LearntModel | None:
    return LearntModel.objects.filter(standing="IN_FORCE").first()


def decided() -> list[Decided]:
    """Pairs that two people confirmed or one rejected, the oldest first."""
    rows = Candidate.objects.filter(standing__in=("CONFIRMED", "REJECTED")).order_by("pk")
    return [Decided(one.levels, one.standing == "CONFIRMED") for one in rows.only("levels", "standing")]
