"""The order of visits made without a network: a phone numbers them, and one is not applied before the one it follows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from aanchal.field.models import EntityStep
from aanchal.field.xform import parse
from aanchal.inbox.models import Submission
from aanchal.inbox.queries import waiting

PATIENCE = timedelta(days=7)
"""How long a visit waits for the one before it. Then it is applied, and a person is asked to look."""
FAULT = "OUT_OF_ORDER"
ENTITY = "{*}meta/{*}entity"


@dataclass(frozen=True)
class Step:
    """One visit of a run: `branch` is the run, `trunk` the version it began from, `base` the version this one changes."""

    entity: UUID
    branch: UUID
    trunk: int
    base: int

    @property
    def is_first(self) -> bool:
        return self.base <= self.trunk


def step_of(xml: bytes) -> Step | None:
    """None for a visit made with a network, or one whose numbers say nothing: it stands alone."""
    entity = parse(xml).root.find(ENTITY)
    if entity is None:
        return None
    try:
        return Step(
            entity=UUID(entity.get("id", "")),
            branch=UUID(entity.get("branchId", "")),
            trunk=int(entity.get("trunkVersion", "")),
            base=int(entity.get("baseVersion", "")),
        )
    except ValueError:
        return None


def is_ready(step: Step) -> bool:
    """The first of its run, or the one before it stands."""
    return step.is_first or EntityStep.objects.filter(entity=step.entity, branch=step.branch, base=step.base - 1).exists()


def backlog() -> list[tuple[Step, Submission]]:
    """What waits for an earlier visit, in the order of the runs."""
    held = waiting().filter(faults__contains=[{"kind": FAULT}]).order_by().values("pk")
    steps = [(step_of(one.raw()), one) for one in Submission.objects.select_related("sender", "place").filter(pk__in=held)]
    return sorted(((step, one) for step, one in steps if step), key=lambda pair: (pair[0].branch, pair[0].base, pair[1].received_at))


def is_overdue(submission: Submission, at: datetime) -> bool:
    return submission.received_at < at - PATIENCE


def unsettled() -> QuerySet[EntityStep]:
    """Visits that were applied without the one before them, and that nobody has looked at; narrow with `policy.visible`."""
    return EntityStep.objects.filter(is_forced=True, seen_at=None).select_related("place").order_by("applied_at", "pk")
