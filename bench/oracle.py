"""What the history of a simulated run must say, worked out anew from what the phones know: nothing lost, doubled or overwritten unseen."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aanchal.core.models import Trail
from aanchal.field.models import EntityStep
from aanchal.inbox.models import Submission
from aanchal.people import changes, queries
from aanchal.people.models import Conflict, FieldChange, Household, Identity
from aanchal.risk.models import Survey
from bench.phones import FACTS, Letter


@dataclass
class Found:
    """How often each thing that must never happen did happen, and what was tried."""

    lost: int = 0
    doubled: int = 0
    out_of_scope: int = 0
    unrecorded_conflicts: int = 0
    acknowledged: int = 0
    conflicts: int = 0
    why: list[str] = field(default_factory=list)

    def note(self, what: str, why: str, times: int = 1) -> None:
        if times:
            setattr(self, what, getattr(self, what) + times)
            self.why.append(f"{what}: {why}")


@dataclass
class History:
    """All that the server holds of the families of a run. Read as the installation."""

    submissions: dict[str, Submission]
    changes: dict[UUID, list[FieldChange]]
    surveys: dict[UUID, list[Survey]]
    conflicts: list[Conflict]
    steps: dict[UUID, EntityStep]
    values: dict[UUID, Any]
    households: dict[UUID, Household]

    @classmethod
    def read(cls, families: list[UUID], instances: list[str]) -> "History":
        rows = defaultdict(list)
        for row in FieldChange.objects.filter(household__in=families).order_by("version", "pk"):
            rows[row.household_id].append(row)
        told = defaultdict(list)
        for survey in Survey.objects.filter(household__in=families).order_by("pk"):
            told[survey.household_id].append(survey)
        every = [row for one in rows.values() for row in one]
        seals = {row.person_id: queries.seal_of(row) for row in Identity.objects.filter(person__in={row.person_id for row in every})}
        return cls(
            submissions={one.instance_id: one for one in Submission.objects.filter(instance_id__in=instances).defer("sealed")},
            changes=rows,
            surveys=told,
            conflicts=list(Conflict.objects.filter(household__in=families).select_related("other")),
            steps={one.submission_id: one for one in EntityStep.objects.filter(entity__in=families)},
            values={row.pk: changes.value_after(row, seals.get(row.person_id)) for row in every},
            households=Household.objects.in_bulk(families),
        )


def judge(found: Found, history: History, letters: list[Letter], first: dict[UUID, dict]) -> None:
    """`letters` are those the server said are safe; `first` is what each family's first survey told."""
    by_submission = {history.submissions[one.instance].pk: one for one in letters if one.instance in history.submissions}
    found.note("lost", "a form that was acknowledged is not there", len(letters) - len(by_submission))
    found.acknowledged += sum(len(one.changes) for one in letters)
    found.conflicts += len(history.conflicts)
    for pk, told in first.items():
        _replay(found, history, pk, by_submission, told)
    _once(found, history, by_submission)
    _on_the_trail(found, history)


def _once(found: Found, history: History, letters: dict[UUID, Letter]) -> None:
    """Each acknowledged change of a field is one line of the history: its own, or one that told the same."""
    mentions: Counter = Counter()
    for rows in history.changes.values():
        for row in rows:
            for submission in {row.submission_id, *row.told_again} - {None}:
                mentions[submission, row.field, _plain(history.values[row.pk])] += 1
    for pk, letter in letters.items():
        for change in letter.changes:
            times = mentions[pk, change.field, _plain(change.told)]
            found.note("lost", f"{letter.form_id} {change.field} {change.seen} -> {change.told}", times == 0)
            found.note("doubled", f"{letter.form_id} {change.field}", max(0, times - 1))


def _replay(found: Found, history: History, pk: UUID, letters: dict[UUID, Letter], first: dict) -> None:
    """The family again from its first survey, in the order the server applied: each field three-way by what lay on the phone."""
    stands, wanted = dict(first), set()
    for survey, decided in _in_order(history, pk):
        if survey is None or survey.submission_id is None:
            for row in decided:
                stands[row.field] = history.values[row.pk]
            continue
        letter = letters.get(survey.submission_id)
        if letter is None:
            found.note("doubled", "a visit stands that no phone was told of as safe")
            continue
        wanted |= _merged(stands, letter, _is_blind(history, letter, survey.submission_id), survey.submission_id)
        _compare(found, survey, stands)
    recorded = Counter((one.other.submission_id, one.field) for one in history.conflicts if one.household_id == pk)
    missing, spurious = wanted - recorded.keys(), recorded.keys() - wanted
    found.note("unrecorded_conflicts", f"missing {missing}", len(missing))
    found.note("unrecorded_conflicts", f"not one {[one[1] for one in spurious]}", len(spurious))
    found.note("doubled", "a conflict twice", sum(times - 1 for times in recorded.values()))


def _merged(stands: dict, letter: Letter, is_blind: bool, submission: UUID) -> set[tuple[UUID, str]]:
    """What a visit changes of what stands; the fields that conflict."""
    conflicts = set()
    seen = {one.field: one.seen for one in letter.changes}
    for name, told in letter.told.items():
        is_changed = is_blind or name in seen
        if not is_changed or told == stands[name]:
            continue
        if is_blind or stands[name] != seen[name]:
            conflicts.add((submission, name))
        else:
            stands[name] = told
    return conflicts


def _in_order(history: History, pk: UUID):
    """(survey, what a person decided) of each version. A decision on the register of families has no survey of its own."""
    decided = defaultdict(list)
    for row in history.changes[pk]:
        if row.submission_id is None:
            decided[row.version].append(row)
    surveys = iter(history.surveys[pk][1:])
    for version in range(2, history.households[pk].version + 1):
        rows = decided.get(version, [])
        is_of_register = any(row.field not in FACTS for row in rows)
        yield (None if is_of_register else next(surveys)), rows


def _compare(found: Found, survey: Survey, stands: dict) -> None:
    for name in FACTS:
        if survey.facts.get(name) != stands[name]:
            found.note("lost", f"{name} stands as {survey.facts.get(name)} where {stands[name]} was told")


def _is_blind(history: History, letter: Letter, submission: UUID) -> bool:
    """Applied without the visit before it in its run, or after a later one."""
    step = history.steps[submission]
    run = [one for one in history.steps.values() if (one.entity, one.branch) == (step.entity, step.branch) and one.pk < step.pk]
    is_after_a_gap = letter.base > letter.trunk and not any(one.base == step.base - 1 for one in run)
    return is_after_a_gap or any(one.base > step.base for one in run)


def _on_the_trail(found: Found, history: History) -> None:
    families = [str(pk) for pk in history.households]
    about = families + [str(one.pk) for one in history.conflicts]
    told: Counter = Counter()
    for line in Trail.objects.filter(about_id__in=about).only("detail", "shard", "seq"):
        told.update(line.detail.get("changes", ()))
    for rows in history.changes.values():
        for row in rows:
            found.note("lost", "a change is not on the trail", told[str(row.pk)] == 0)
            found.note("doubled", "a change is on the trail twice", max(0, told[str(row.pk)] - 1))


def _plain(value: Any) -> str:
    return repr(value)
