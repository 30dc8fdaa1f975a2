"""A state's version of an index: drafted by one person, previewed, approved by another, kept for ever."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.risk import moving, queries, rules
from aanchal.risk.facts import DraftSaved, VersionApproved
from aanchal.risk.lint import lint
from aanchal.risk.models import IndexDefinition, IndexDraft, Movement
from aanchal.risk.rules import NotPossible, Refused
from aanchal.risk.terms import DraftState, Subject

OPEN = (DraftState.DRAFT, DraftState.SUBMITTED)


class Unsound(ValueError):
    """The lint finds faults; `findings` says which and where."""

    def __init__(self, findings):
        self.findings = tuple(findings)
        super().__init__("; ".join(map(str, self.findings)))


@action
def draft_version(*, subject: Subject, state: Place, at: datetime, by) -> IndexDraft:
    """A copy of the version in force in a state, to be changed. One at a time."""
    if state.level != Level.STATE:
        raise Refused([("", "not_a_state")])
    if IndexDraft.objects.filter(place=state, subject=subject, state__in=OPEN).exists():
        raise Refused([("", "drafted_already")])
    today = day_in_india(at)
    based_on = IndexDefinition.objects.get(version=queries.definition_in_force(subject, today, state).version)
    draft = IndexDraft(
        place=state, place_no=state.place_no, subject=subject, based_on=based_on, content=based_on.content, effective_from=today,
        drafted_by=by if by.pk else None, drafted_at=at,
    )  # fmt: skip
    insert(draft)
    trail.write("risk.draft.began", about=draft, subject=subject, version=based_on.version)
    facts.announce(DraftSaved(draft=draft, by=by))
    return draft


@action
def save_draft(*, draft: IndexDraft, content: Mapping[str, Any], effective_from: date, by) -> IndexDraft:
    """Only who drafts it changes it, so that another can approve it. Raises Unsound with what the lint finds: nothing is saved then."""
    if draft.state != DraftState.DRAFT or draft.drafted_by_id != by.pk:
        raise NotPossible("draft: not yours to change")
    if findings := lint(content):
        raise Unsound(findings)
    fields = {"content": dict(content), "effective_from": effective_from, "revision": draft.revision + 1}
    _change(draft, fields)
    trail.write("risk.draft.saved", about=draft, revision=draft.revision)
    facts.announce(DraftSaved(draft=draft, by=by))
    return draft


@action
def submit_draft(*, draft: IndexDraft, by) -> IndexDraft:
    """For another person to approve; the preview must have been counted for what is submitted."""
    if not draft.is_previewed:
        raise Refused([("", "not_previewed")])
    _move(draft, DraftState.SUBMITTED)
    trail.write("risk.draft.submitted", about=draft, revision=draft.revision)
    return draft


@action
def return_draft(*, draft: IndexDraft, by) -> IndexDraft:
    """Back to who drafted it."""
    _move(draft, DraftState.DRAFT)
    trail.write("risk.draft.returned", about=draft, revision=draft.revision)
    return draft


@action
def withdraw_draft(*, draft: IndexDraft, at: datetime, by) -> IndexDraft:
    _move(draft, DraftState.WITHDRAWN, decided_by=by if by.pk else None, decided_at=at)
    trail.write("risk.draft.withdrawn", about=draft)
    return draft


@action
def approve_draft(*, draft: IndexDraft, at: datetime, by) -> IndexDefinition:
    """By a second person: the draft becomes a version of the state's, to hold from its day."""
    if by.pk is not None and by.pk == draft.drafted_by_id:
        raise Refused([("", "by_the_same_person")])
    if draft.effective_from < day_in_india(at):
        raise Refused([("effective_from", "in_the_past")])
    if IndexDefinition.objects.filter(subject=draft.subject, place_id=draft.place_id, effective_from=draft.effective_from).exists():
        raise Refused([("effective_from", "taken")])
    version = _next_version(draft)
    content = {**draft.content, "version": version, "effective_from": draft.effective_from.isoformat()}
    if findings := lint(content):
        raise Unsound(findings)
    _move(draft, DraftState.APPROVED, decided_by=by if by.pk else None, decided_at=at)
    approved = IndexDefinition.objects.create(
        version=version, subject=draft.subject, effective_from=draft.effective_from, content=content, place_id=draft.place_id,
        place_no=draft.place_no, drafted_by_id=draft.drafted_by_id, approved_by=by if by.pk else None,
    )  # fmt: skip
    trail.write("risk.definition.approved", about=approved, version=version, effective_from=str(draft.effective_from))
    queries.forget()
    facts.announce(VersionApproved(definition=approved, at=at, by=by))
    return approved


@action
def count_movements(*, draft: IndexDraft, after: UUID | None, most: int, on: date, by) -> UUID | None:
    """One batch of the preview of a draft, added to the batches before; the last family of it, or None at the end."""
    if after is None:
        Movement.objects.filter(draft=draft).delete()
        IndexDraft.objects.filter(pk=draft.pk).update(previewed_seen=0)
    proposed = rules.load(draft.content)
    if draft.subject == Subject.VILLAGE:
        batch, last = moving.compared_villages(draft.place, proposed, on=on), None
    else:
        batch = moving.compared_families(draft.place, proposed, after=after, most=most, on=on)
        last = batch[-1].pk if len(batch) == most else None
    _add_movements(draft, Counter((one.place_id, one.place_no, one.before, one.after) for one in batch if one.before != one.after))
    seen = {"previewed_seen": F("previewed_seen") + len(batch)}
    IndexDraft.objects.filter(pk=draft.pk).update(**seen, **({} if last else {"previewed": draft.revision}))
    return last


def _add_movements(draft: IndexDraft, moved: Counter) -> None:
    for (place_id, place_no, before, after), families in moved.items():
        row = {"draft": draft, "place_id": place_id, "before": before, "after": after}
        if not Movement.objects.filter(**row).update(families=F("families") + families):
            Movement.objects.create(**row, place_no=place_no, families=families)


def _next_version(draft: IndexDraft) -> str:
    earlier = IndexDefinition.objects.filter(subject=draft.subject, place_id=draft.place_id).count()
    return f"{draft.subject.lower()}-{draft.place.lgd_code or draft.place_id}-{earlier + 1}"


def _move(draft: IndexDraft, after: DraftState, **fields) -> None:
    rules.check("draft", draft.state, after)
    _change(draft, {"state": after, **fields})


def _change(draft: IndexDraft, fields: dict) -> None:
    """Of two who change it at once, the second is told."""
    if not IndexDraft.objects.filter(pk=draft.pk, state=draft.state, revision=draft.revision).update(**fields):
        raise NotPossible("draft: changed meanwhile")
    for field, value in fields.items():
        setattr(draft, field, value)
