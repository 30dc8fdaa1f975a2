"""A visit or a correction merged into what stands, field by field, against what its worker had before her (docs/adr/0027)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from aanchal.core.envelope import Envelope
from aanchal.core.rows import insert, new
from aanchal.people.models import Conflict, FieldChange, Household
from aanchal.people.rules import UNSEEN, Outcome, merged
from aanchal.people.terms import ChangeState

SEALED = frozenset({"name", "guardian_name", "phone"})


@dataclass(frozen=True)
class Seen:
    """What a worker had before her.

    `base`: the version of the family on her phone; None when the phone did not say: then what she herself told last, or the first
    survey. `run`: her own earlier visits of the same run, in its order, which the phone laid over that version. `is_blind`: a visit
    before hers is missing, so that nobody can say.
    """

    base: int | None = None
    run: tuple[UUID, ...] = ()
    is_blind: bool = False


@dataclass(frozen=True)
class Source:
    """Who changed it, when it was told, and by which submission. `seen` is asked only when the family is known."""

    entered_by: Any
    told_on: date
    at: datetime
    submission_id: UUID | None = None
    seen: Callable[[], Seen] = Seen


class Merge:
    """One visit to a known family: `take` each field, then `write`. The caller holds the family's row locked, and saves it."""

    def __init__(self, household: Household, source: Source, *, is_late: bool = False):
        """`is_late`: made before a visit that came earlier; told without a base, it changes nothing by itself."""
        self.household, self.source, seen = household, source, source.seen()
        known = None if household.is_followed else seen.base
        self.base = known if known is not None and known <= household.version else None
        self.run = {submission: nth for nth, submission in enumerate(seen.run)}
        self.is_blind = seen.is_blind or household.is_followed or (is_late and seen.base is None)
        self._history = self._read()
        household.version += 1
        self.changed: list[str] = []
        self.in_conflict: list[str] = []
        """Both for the line on the trail: ids only, for a field's name may tell what was told in private."""
        self._changes: list[FieldChange] = []
        self._conflicts: list[Conflict] = []

    def take(self, field: str, told: Any, stands: Any, *, person: UUID | None = None, seal: Envelope | None = None) -> Any:
        """The value to be kept: what was told where it may be applied, else what stands."""
        rows = self._history[person, field]
        outcome = merged(field, told, self._seen(rows, stands, seal), stands)
        brought = next((row for row in reversed(rows) if row.state == ChangeState.APPLIED), None)
        if outcome is Outcome.SAME and brought:
            self._note_again(brought)
        elif outcome is not Outcome.UNCHANGED:
            change = self._note(field, person, stands, told, seal, is_applied=outcome is not Outcome.CONFLICT)
            if outcome is Outcome.CONFLICT:
                self._raise(change, brought)
        return told if outcome is Outcome.APPLIED else stands

    def put(self, field: str, told: Any, stands: Any, *, person: UUID | None = None, seal: Envelope | None = None) -> FieldChange:
        """What a person decided, or what nobody else can have changed: it is applied as it is."""
        return self._note(field, person, stands, told, seal, is_applied=True)

    def write(self) -> None:
        changes, conflicts = self._changes, self._conflicts
        self._changes, self._conflicts = [], []
        insert(*changes)
        insert(*conflicts)

    def _read(self) -> dict[tuple[UUID | None, str], list[FieldChange]]:
        found: dict[tuple[UUID | None, str], list[FieldChange]] = defaultdict(list)
        if self.household.version > 1:
            for row in self._since_base():
                found[row.person_id, row.field].append(row)
        return found

    def _since_base(self) -> QuerySet[FieldChange]:
        rows = FieldChange.objects.filter(household=self.household).order_by("version", "pk")
        if self.base is None or self.is_blind:
            return rows
        mine = list(self.run)
        return rows.filter(Q(version__gt=self.base) | Q(submission_id__in=mine) | Q(told_again__overlap=mine))

    def _seen(self, rows: list[FieldChange], stands: Any, seal: Envelope | None) -> Any:
        if self.is_blind:
            return UNSEEN
        if own := self._latest_own(rows):
            return value_after(own, seal)
        others = [row for row in rows if row.state == ChangeState.APPLIED]
        return value_before(others[0], seal) if others else stands

    def _latest_own(self, rows: list[FieldChange]) -> FieldChange | None:
        """What she told last before this: in the order of her run, whatever the order it was applied in."""
        if self.base is None:
            return next((row for row in reversed(rows) if row.entered_by_id == self.source.entered_by.pk), None)
        told = [(self.run[one], row) for row in rows for one in (row.submission_id, *row.told_again) if one in self.run]
        return max(told, key=itemgetter(0))[1] if told else None

    def _note_again(self, brought: FieldChange) -> None:
        """One change, told twice."""
        if self.source.submission_id:
            brought.told_again = [*brought.told_again, self.source.submission_id]
            brought.save(update_fields=["told_again"])

    def _note(
        self, field: str, person: UUID | None, before: Any, after: Any, seal: Envelope | None, *, is_applied: bool
    ) -> FieldChange:
        """A line of the history: also where what stands is what she tells now. She takes back an answer of hers that waits, or her
        visit came without the one before it: the next one of its run saw what this one told.
        """
        change = new(
            FieldChange, household=self.household, person_id=person, place_no=self.household.place_no, field=field,
            version=self.household.version, state=ChangeState.APPLIED if is_applied else ChangeState.IN_CONFLICT,
            submission_id=self.source.submission_id, entered_by_id=self.source.entered_by.pk, told_on=self.source.told_on,
            recorded_at=self.source.at,
        )  # fmt: skip
        _keep(change, before, after, seal)
        self._changes.append(change)
        self.changed.append(str(change.pk))
        return change

    def _raise(self, change: FieldChange, stands: FieldChange | None) -> None:
        conflict = new(
            Conflict, household=self.household, person_id=change.person_id, place_id=self.household.place_id,
            place_no=self.household.place_no, field=change.field, stands_id=stands.pk if stands else None, other=change,
            raised_at=self.source.at,
        )  # fmt: skip
        self._conflicts.append(conflict)
        self.in_conflict.append(str(conflict.pk))


def value_before(change: FieldChange, seal: Envelope | None = None) -> Any:
    return _opened(change, "before", seal) if change.field in SEALED else change.before


def value_after(change: FieldChange, seal: Envelope | None = None) -> Any:
    return _opened(change, "after", seal) if change.field in SEALED else change.after


def _keep(change: FieldChange, before: Any, after: Any, seal: Envelope | None) -> None:
    if change.field not in SEALED:
        change.before, change.after = before, after
        return
    assert seal is not None
    change.sealed_before = seal.seal(_label(change, "before"), before) if before else None
    change.sealed_after = seal.seal(_label(change, "after"), after) if after else None


def _opened(change: FieldChange, side: str, seal: Envelope | None) -> str:
    sealed = getattr(change, f"sealed_{side}")
    assert seal is not None
    return seal.open(_label(change, side), bytes(sealed)).decode() if sealed else ""


def _label(change: FieldChange, side: str) -> str:
    return f"change|{change.pk}|{side}"
