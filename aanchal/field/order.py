"""The order of visits made without a network: a phone numbers them, and one is not applied before the one it follows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from django.db.models import QuerySet

from aanchal.field.models import EntityStep
from aanchal.field.xform import parse
from aanchal.inbox.models import Submission
from aanchal.inbox.queries import waiting
from aanchal.people.changes import Seen

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


def seen_by(submission: Submission, *, is_gap: bool) -> Seen:
    """What the worker had before her when she filled it: the version her phone held, with her own visits of the run laid over it.

    After a gap in the run, or when a later visit of it was applied first, nobody can say.
    """
    xml = origin(submission).raw()
    step = step_of(xml)
    if step is None:
        return Seen(base=_base_of(xml))
    others = dict(EntityStep.objects.filter(entity=step.entity, branch=step.branch).values_list("submission_id", "base"))
    run = tuple(pk for pk, base in sorted(others.items(), key=itemgetter(1)) if base < step.base)
    is_overtaken = any(base > step.base for base in others.values())
    return Seen(base=step.trunk, run=run, is_blind=is_gap or is_overtaken)


def origin(submission: Submission) -> Submission:
    """The phone's own version of it: a correction typed in the office carries no numbers of a run."""
    while submission.corrects:
        submission = submission.corrects
    return submission


def _base_of(xml: bytes) -> int | None:
    """The version an edit made with a network began from."""
    entity = parse(xml).root.find(ENTITY)
    told = "" if entity is None else entity.get("baseVersion", "")
    return int(told) if told.isascii() and told.isdigit() and int(told[:9]) > 0 else None


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
