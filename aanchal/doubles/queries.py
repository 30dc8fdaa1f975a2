"""Reads of pairs that may be one, and of people who may have come back."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.doubles.models import Double, Homecoming
from aanchal.doubles.rules import WAITING
from aanchal.doubles.terms import Return
from aanchal.people.models import Household, Merger, Person
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers.models import Entry

BOTH = ("one_person", "other_person", "one_household", "other_household", "place", "other_place")


def both_sides(user, doubles: QuerySet[Double]) -> QuerySet[Double]:
    """Pairs of which the user covers both sides: one of them alone does not show who the other is."""
    here = policy.visible(user, Permission.SUBMISSION_REVIEW, doubles)
    there = policy.visible(user, Permission.SUBMISSION_REVIEW, Place.objects.all()).values("pk")
    return here.filter(other_place__in=there)


def can_review(user, double: Double) -> bool:
    """As `both_sides`, for one pair."""
    return all(policy.can(user, Permission.SUBMISSION_REVIEW, place) for place in (double.place, double.other_place))


def queue(user, standing: str = "") -> QuerySet[Double]:
    """What waits for people, families first, then the likeliest; not those of whom one was joined with another record since."""
    wanted = [standing] if standing in WAITING else list(WAITING)
    standing_alone = {f"{side}__merged_into": None for side in BOTH[:4]}
    rows = Double.objects.filter(standing__in=wanted, **standing_alone)
    return both_sides(user, rows).select_related(*BOTH).order_by("kind", "-probability", "pk")


def merged(user) -> QuerySet[Double]:
    """What was joined and can be split, the latest first."""
    rows = Double.objects.filter(standing="MERGED").select_related(*BOTH, "merger__merged_by")
    return both_sides(user, rows).order_by("-merger__merged_at", "-pk")


def double(pk: UUID) -> Double | None:
    return Double.objects.filter(pk=pk).select_related(*BOTH, "merger").first()


def of_merger(pk: UUID) -> Double | None:
    """The pair by which two records were joined; of a member, that of the families."""
    found = Double.objects.filter(merger=pk).select_related(*BOTH, "merger").first()
    return found or Double.objects.filter(merger__parts=pk).select_related(*BOTH, "merger").first()


def lines_of(record: Person | Household) -> QuerySet[Entry]:
    """The standing register lines of one record, and of those merged into it."""
    column = "household" if isinstance(record, Household) else "person"
    rows = Entry.objects.filter(**{f"{column}__in": record.records}, stands=True)
    return rows.select_related("person", "household", "place").order_by("-happened_on", "-pk")


def lines_told_by(record: Person | Household, merger: Merger) -> QuerySet[Entry]:
    """The lines of one record alone, with those that stand aside because the other told them too."""
    column = "household" if isinstance(record, Household) else "person"
    rows = Entry.objects.filter(Q(stands=True) | Q(pk__in=merger.set_aside), **{column: record.pk})
    return rows.select_related("person", "household", "place").order_by("-happened_on", "-pk")


def homecomings(user) -> QuerySet[Homecoming]:
    """Who may have come back and whose line is still open; narrowed to the user's own places."""
    still_open = Entry.objects.filter(person=OuterRef("person"), register=OuterRef("register"), stands=True, is_open=True)
    rows = Homecoming.objects.filter(Exists(still_open), standing=Return.OPEN)
    rows = policy.visible(user, Permission.ENTRY_RECORD, rows).select_related("entry__person", "entry__household", "place", "seen_in")
    return rows.order_by("-seen_on", "-pk")


def homecoming(pk: UUID) -> Homecoming | None:
    return Homecoming.objects.filter(pk=pk).select_related("entry__person", "entry__household", "person", "place", "seen_in").first()


def open_line(homecoming: Homecoming) -> Entry | None:
    """The line as it reads now, if it is still open."""
    lines = Entry.objects.filter(person=homecoming.person_id, register=homecoming.register, stands=True, is_open=True)
    return lines.select_related("person", "household", "place").first()


def open_lines_of(people) -> QuerySet[Entry]:
    rows = Entry.objects.filter(person__in=list(people), stands=True, is_open=True)
    return rows.select_related("person", "place")


def blocks_with_people() -> list[Place]:
    """Where persons are recorded: the blocks that the nightly search walks."""
    peopled = Person.objects.filter(place_no__gte=OuterRef("place_no"), place_no__lte=OuterRef("last_no"))
    return list(Place.objects.filter(Exists(peopled), level=Level.BLOCK).order_by("pk"))
