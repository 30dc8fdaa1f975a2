"""Everything that happens to a return: called, opened, written, explained, submitted, queried, approved, accepted, locked, amended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.insight.rules import finds_a_person
from aanchal.nodal import queries, rules
from aanchal.nodal.models import AreaNote, Call, Edition, Explanation, Figure, Head, Return, Step, Upload
from aanchal.nodal.rules import Refused
from aanchal.nodal.terms import Event, Standing
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.places.models import Place

LONGEST = 500
Cells = Mapping[tuple[str, int | None], int | None]
"""(head, district or None) -> count, or None to take it out."""


@action
def load_editions(*, by) -> int:
    """Each shipped edition that the database does not know yet."""
    known = set(Edition.objects.values_list("key", flat=True))
    fresh = [one for one in queries.shipped()["editions"] if one["key"] not in known]
    for told in fresh:
        kept = {key: value for key, value in told.items() if key not in ("heads", "source")}
        edition = Edition.objects.create(**kept, source=told["source"]["en"])
        Head.objects.bulk_create(Head(edition=edition, **one) for one in told["heads"])
    return len(fresh)


@action
def call(*, period: str, starts_on: date, due_on: date, at: datetime, by) -> Call:
    """Asks every State for a period. Raises Refused."""
    if not rules.is_period(period, starts_on):
        raise Refused([("starts_on", "not_a_period")])
    edition, ends_on = queries.edition_for(starts_on), rules.last_day(period, starts_on)
    if edition is None:
        raise Refused([("starts_on", "no_edition")])
    if due_on <= ends_on:
        raise Refused([("due_on", "due_before_end")])
    if Call.objects.filter(period=period, starts_on=starts_on).exists():
        raise Refused([("starts_on", "called_already")])
    row = new(Call, edition=edition, period=period, starts_on=starts_on, ends_on=ends_on, due_on=due_on, by_id=by.pk, at=at)
    insert(row)
    trail.write("nodal.call.made", about=row, period=period)
    return row


@action
def open_return(*, call: Call, place: Place, at: datetime, by) -> Return:
    """The State's one return of a period. Raises Refused for a second."""
    if Return.objects.filter(call=call, place=place).exists():
        raise Refused([("", "opened_already")])
    row = new(Return, call=call, place=place, place_no=place.place_no, standing=Standing.DRAFT, made_by_id=by.pk, made_at=at)
    insert(row)
    trail.write("nodal.return.opened", about=row)
    return row


@action
def write(*, one: Return, cells: Cells, by) -> int:
    """Writes figures into a draft or a queried return. How many changed. Raises Refused once it is out of the writer's hands."""
    locked = _open(one)
    heads = {head.key: head for head in queries.heads(locked.call.edition)}
    own = set(queries.districts(locked.place).values_list("pk", flat=True))
    if not all(head in heads and (district is None or district in own) for head, district in cells):
        raise Refused([("", "not_there")])
    before = queries.figures(locked)
    changed = {key: value for key, value in cells.items() if before.get(key) != value}
    for head, district in changed.keys() & before.keys():
        Figure.objects.filter(of=locked, head=heads[head], district=district).delete()
    Figure.objects.bulk_create(
        Figure(of=locked, place_no=locked.place_no, head=heads[head], district_id=district, value=value)
        for (head, district), value in changed.items() if value is not None
    )  # fmt: skip
    if changed:
        trail.write("nodal.return.written", about=locked, cells=len(changed))
    return len(changed)


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read: its bytes are kept, its good cells go into the draft, each bad one is named."""

    file_name: str
    sha256: str
    content: bytes
    cells: Cells
    faults: list[dict]


@action
def take_sheet(*, one: Return, sheet: Sheet, at: datetime, by) -> Upload:
    locked = _open(one)
    write(one=locked, cells=sheet.cells, by=by)
    row = Upload(
        of=locked, place_no=locked.place_no, file_name=sheet.file_name[-120:], sha256=sheet.sha256, content=sheet.content,
        faults=sheet.faults, taken=len(sheet.cells), by_id=by.pk, at=at,
    )  # fmt: skip
    insert(row)
    trail.write("nodal.return.uploaded", about=row, cells=len(sheet.cells), faults=len(sheet.faults))
    return row


@action
def explain(*, one: Return, key: str, words: str, at: datetime, by) -> Explanation:
    """Why a figure that looks odd is right: for the numbers as they stand."""
    locked = _open(one)
    found = next((each.finding for each in queries.findings(locked) if each.finding.key == key), None)
    if found is None or found.severity == "HARD":
        raise Refused([("", "not_there")])
    _check_words(words, 300)
    said = {"words": words.strip(), "by_id": by.pk, "at": at}
    told = {"of": locked, "finding": key, "told": dict(found.told)}
    row = Explanation.objects.filter(**told).first()
    if row is None:
        row = new(Explanation, place_no=locked.place_no, **told, **said)
        insert(row)
    else:
        Explanation.objects.filter(pk=row.pk).update(**said)
    trail.write("nodal.return.explained", about=locked, finding=found.code, head=found.head)
    return row


@action
def submit(*, one: Return, words: str = "", at: datetime, by) -> Return:
    """To the State's second person; of a queried return, with the answer."""
    locked = _locked(one)
    after = rules.step(locked.standing, Event.SUBMIT)
    if locked.call.ends_on >= day_in_india(at):
        raise Refused([("", "not_over")])
    if locked.standing == Standing.QUERIED or words.strip():
        _check_words(words)
    if locked.amends_id and not queries.changes(locked):
        raise Refused([("", "nothing_changed")])
    against = [found for found in queries.findings(locked) if found.is_open]
    if against:
        raise Refused([("", "to_put_right" if any(found.finding.severity == "HARD" for found in against) else "to_explain")])
    locked.submitted_by_id, locked.submitted_at, locked.approved_by_id, locked.approved_at = by.pk, at, None, None
    return _moved(locked, Event.SUBMIT, after, words, ("submitted_by", "submitted_at", "approved_by", "approved_at"), at, by)


@action
def query(*, one: Return, words: str, at: datetime, by) -> Return:
    """Back to the writer with a question, by the State's second person or by the Nodal Cell."""
    locked = _locked(one)
    after = rules.step(locked.standing, Event.QUERY)
    _check_words(words)
    return _moved(locked, Event.QUERY, after, words, (), at, by)


@action
def approve(*, one: Return, at: datetime, by) -> Return:
    """By a second person of the State."""
    locked = _locked(one)
    after = rules.step(locked.standing, Event.APPROVE)
    _not_the_maker(by, locked.made_by_id, locked.submitted_by_id)
    locked.approved_by_id, locked.approved_at = by.pk, at
    return _moved(locked, Event.APPROVE, after, "", ("approved_by", "approved_at"), at, by)


@action
def accept(*, one: Return, at: datetime, by) -> Return:
    """By the Nodal Cell: from now on part of the national tables."""
    locked = _locked(one)
    after = rules.step(locked.standing, Event.ACCEPT)
    _not_the_maker(by, locked.made_by_id, locked.submitted_by_id, locked.approved_by_id)
    locked.accepted_by_id, locked.accepted_at = by.pk, at
    return _moved(locked, Event.ACCEPT, after, "", ("accepted_by", "accepted_at"), at, by)


@action
def lock(*, one: Return, at: datetime, by) -> Return:
    """For good. An amendment that is locked takes the place of what it amends."""
    locked = _locked(one)
    after = rules.step(locked.standing, Event.LOCK)
    if locked.amends:
        before = _locked(locked.amends)
        _moved(before, Event.REPLACE, rules.step(before.standing, Event.REPLACE), "", (), at, by)
    locked.locked_by_id, locked.locked_at = by.pk, at
    return _moved(locked, Event.LOCK, after, "", ("locked_by", "locked_at"), at, by)


@action
def amend(*, one: Return, reason: str, at: datetime, by) -> Return:
    """A new version beside the locked one, with the same figures to begin with. Raises Refused for a second at the same time."""
    locked = _locked(one)
    if locked.standing != Standing.LOCKED:
        raise Refused([("", "not_locked")])
    if not reason.strip() or len(reason) > 300:
        raise Refused([("reason", "length")])
    if Return.objects.filter(amends=locked).exists():
        raise Refused([("", "amended_already")])
    row = new(
        Return, call=locked.call, place=locked.place, place_no=locked.place_no, version=locked.version + 1, amends=locked,
        reason=reason.strip(), standing=Standing.DRAFT, made_by_id=by.pk, made_at=at,
    )  # fmt: skip
    insert(row)
    Figure.objects.bulk_create(
        Figure(of=row, place_no=row.place_no, head_id=head, district_id=district, value=value)
        for head, district, value in locked.figures.values_list("head_id", "district_id", "value")
    )
    trail.write("nodal.return.amended", about=row, amends=str(locked.pk))
    return row


@action
def remind(*, call: Call, late: Sequence[Place] | None = None, at: datetime, by) -> int:
    """Tells those who write the returns of the States that have not reported, or of those named. How many States they are."""
    late = queries.silent(call, by) if late is None else late
    notices.tell(users=queries.makers(late, day_in_india(at)), topic=Topic.RETURN, about=call.pk, at=at, by=by)
    trail.write("nodal.call.reminded", about=call, states=len(late))
    return len(late)


def _open(one: Return) -> Return:
    locked = _locked(one)
    if not locked.is_open:
        raise Refused([("", "locked" if locked.standing in (Standing.LOCKED, Standing.AMENDED) else "not_from_here")])
    return locked


def _locked(one: Return) -> Return:
    """Its row, for this transaction alone. Raises Refused where it is not this person's to change."""
    found = Return.objects.select_for_update(of=("self",)).select_related("call", "call__edition", "place").filter(pk=one.pk).first()
    if found is None:
        raise Refused([("", "not_there")])
    return found


def _check_words(words: str, most: int = LONGEST) -> None:
    """What officers write to one another of counts finds nobody."""
    if not words.strip() or len(words) > most:
        raise Refused([("words", "length")])
    if finds_a_person(words):
        raise Refused([("words", "finds_a_person")])


def _moved(locked: Return, event: str, after: str, words: str, fields: tuple[str, ...], at: datetime, by) -> Return:
    locked.standing = Standing(after)
    locked.save(update_fields=["standing", *fields])
    insert(new(Step, of=locked, place_no=locked.place_no, event=event, words=words.strip()[:LONGEST], by_id=by.pk, at=at))
    trail.write(f"nodal.return.{event.lower()}", about=locked, version=locked.version)
    return locked


def _not_the_maker(by, *makers) -> None:
    if by.pk is not None and by.pk in makers:
        raise Refused([("", "own_work")])


@dataclass(frozen=True)
class Remark:
    """What an officer writes of a district that stands out, and the numbers it was said about."""

    role: str
    told: Mapping[str, object]
    words: str
    action: str = ""
    due_on: date | None = None


@action
def note_area(*, place: Place, remark: Remark, at: datetime, by) -> AreaNote:
    _check_words(remark.words)
    if finds_a_person(remark.action):
        raise Refused([("action", "finds_a_person")])
    if remark.action.strip() and (remark.due_on is None or remark.due_on < day_in_india(at)):
        raise Refused([("due_on", "day_to_come")])
    row = new(
        AreaNote, place=place, place_no=place.place_no, role=remark.role, told=dict(remark.told), words=remark.words.strip(),
        action=remark.action.strip(), due_on=remark.due_on if remark.action.strip() else None, by_id=by.pk, at=at,
    )  # fmt: skip
    insert(row)
    trail.write("nodal.area.noted", about=row, role=row.role)
    return row


@action
def finish_area(*, note: AreaNote, words: str, at: datetime, by) -> AreaNote:
    """What was to be done about a district is done."""
    locked = AreaNote.objects.select_for_update().filter(pk=note.pk, done_on=None).exclude(action="").first()
    if locked is None:
        raise Refused([("", "not_from_here")])
    _check_words(words, 300)
    locked.done_on, locked.done_words = day_in_india(at), words.strip()
    locked.save(update_fields=["done_on", "done_words"])
    trail.write("nodal.area.done", about=locked)
    return locked
