"""Girls out of school and back again, counted: no name."""

from datetime import date, timedelta

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value

from aanchal.people.models import FieldChange, Membership
from aanchal.people.terms import ChangeState, Sex

OUT_OF_SCHOOL = ("DROPPED_OUT", "NEVER_ENROLLED")
ATTENDS = ("ENROLLED", "BRIDGE_COURSE", "KGBV_HOSTEL", "ASHRAM_SCHOOL")
"""She who comes now and then (IRREGULAR) is not counted as attending."""
STANDS = (ChangeState.APPLIED, ChangeState.TAKEN)
GIRLS_FROM, GIRLS_BELOW = 10, 19
BACK_FOR = timedelta(days=90)


def girls_out_of_school(on: date, *, back: bool = False) -> QuerySet[Membership]:
    """Girls of 10 to 18 who are out of school or were when they were visited; of them those who attend again and whom a visit

    at least ninety days later still found attending.
    """
    age = Func(F("person__born_on"), F("person__years"), F("person__told_on"), Value(on), function="age_on", output_field=IntegerField())
    girls = Membership.objects.filter(until=None, household__merged_into=None, person__sex__in=(Sex.FEMALE, Sex.TRANSGENDER))
    girls = girls.annotate(age=age).filter(age__gte=GIRLS_FROM, age__lt=GIRLS_BELOW)
    stands = FieldChange.objects.filter(person=OuterRef("person"), field="school_status", state__in=STANDS)
    was_out = stands.filter(before__in=OUT_OF_SCHOOL)
    if not back:
        return girls.filter(Q(person__school_status__in=OUT_OF_SCHOOL) | Exists(was_out))
    returned = was_out.filter(after__in=ATTENDS, told_on__lte=OuterRef("household__visited_on") - BACK_FOR)
    return girls.filter(Exists(returned), person__school_status__in=ATTENDS)
