"""How long who she is is kept, and by which law: data with its source."""

from datetime import date
from pathlib import Path

from django.db.models import QuerySet

from aanchal.cases import rules
from aanchal.cases.models import Case, RetentionRule
from aanchal.cases.terms import RetentionUse
from aanchal.core.action import action
from aanchal.core.yaml_files import read_yaml

SHIPPED = Path(__file__).with_name("retention.yaml")
FROM_THE_BEGINNING = date(2016, 1, 15)  # the Juvenile Justice Act 2015 came into force


@action
def load(*, by) -> int:
    """Each shipped rule that the database does not know yet."""
    known = set(RetentionRule.objects.values_list("key", flat=True))
    shipped = read_yaml(SHIPPED)
    fresh = [RetentionRule(effective_from=FROM_THE_BEGINNING, **told) for told in shipped if told["key"] not in known]
    RetentionRule.objects.bulk_create(fresh)
    return len(fresh)


def in_force(on: date, use: str) -> QuerySet[RetentionRule]:
    """Of each rule the version that holds on a day."""
    return RetentionRule.objects.filter(effective_from__lte=on, use=use).order_by("key", "-effective_from").distinct("key")


def kept_until(case: Case) -> date:
    """The last day by the longest rule that fits."""
    found = in_force(case.closed_on, RetentionUse.CLOSED)
    months = [rule.months for rule in found if case.is_child or not rule.child_only]
    return rules.kept_until(case.closed_on, max(months, default=0))


def erased_after(on: date) -> date:
    """The last day of a record whose keeping she no longer agrees to since a day, where no law has it kept."""
    return rules.kept_until(on, max((rule.months for rule in in_force(on, RetentionUse.WITHDRAWN)), default=0))


def grounds(case: Case, on: date) -> QuerySet[RetentionRule]:
    """The laws that may have it kept all the same."""
    found = RetentionRule.objects.filter(pk__in=in_force(on, RetentionUse.GROUND).values("pk")).order_by("pk")
    return found if case.is_child else found.filter(child_only=False)
