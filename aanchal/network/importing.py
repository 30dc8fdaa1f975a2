"""A file of a list: unpacked, checked, written at once, taken back at once. The directory by statements, other lists row by row."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.network import reading, rows_of_files, rowwise, statements
from aanchal.network.models import DIRECTORY, ImportFile, ImportRow
from aanchal.network.rows_of_files import Said
from aanchal.network.rules import Refused
from aanchal.network.terms import Fate, FileState
from aanchal.places.models import Place

A_PART = 5_000
A_STATEMENT = 2_000
"""Rows that travel to the database in one statement."""
STANDS_STILL = timedelta(minutes=10)
"""A file that came no step further for so long may be taken up again."""
BUSY = (FileState.WAITING, FileState.CHECKING, FileState.RUNNING, FileState.UNDOING)


@action
def send(
    *, place: Place, content: bytes, file_name: str, at: datetime, by, listed: str = DIRECTORY, belongs: UUID | None = None
) -> ImportFile:
    """Kept as it came. Keys of its rows are those of the list of this place."""
    file = ImportFile(
        place=place, place_no=place.place_no, content=content, file_name=file_name[-120:], sha256=sha256(content).hexdigest(), sent_at=at,
        sent_by_id=by.pk, step_at=at, listed=listed, belongs=belongs,
    )  # fmt: skip
    file.save(force_insert=True)
    trail.write("network.file.sent", about=file, sha256=file.sha256, listed=listed)
    return file


@action
def unpack(*, file: ImportFile, by) -> ImportFile:
    """Its headings and how many rows it has. Raises Unreadable."""
    file.content = reading.as_csv(bytes(file.content))
    told = reading.rows(file.content)
    _first, cells = next(told, (0, []))
    file.headings = rows_of_files.headings(cells, *_columns(file))
    file.rows = sum(1 for _row in told)
    if not file.rows:
        raise reading.Unreadable("EMPTY")
    if file.listed != DIRECTORY and file.rows > rowwise.MOST_ROWS:
        raise reading.Unreadable("TOO_MANY_LINES")
    file.state = FileState.CHECKING
    file.save(update_fields=["headings", "rows", "content", "state"])
    return file


@action
def mark_broken(*, file: ImportFile, code: str, by) -> None:
    ImportFile.objects.filter(pk=file.pk).update(state=FileState.BROKEN, fault=code, content=None)


@action
def check_part(*, file: ImportFile, at: datetime, by, most: int = A_PART) -> bool:
    """Reads the next rows one by one. Whether some are left."""
    if file.listed != DIRECTORY:
        return _keep(file, at)
    today = day_in_india(at)
    told = islice(reading.rows(bytes(file.content), skip=file.checked + 1), most)
    while part := list(islice(told, A_STATEMENT)):
        said = [rows_of_files.read(file.headings, cells, today) for _nth, cells in part]
        _place(said, file.place, by)
        insert(*(_line(file, nth, cells, one) for (nth, cells), one in zip(part, said, strict=True)))
        file.checked += len(part)
    is_more = file.checked < file.rows
    file.content, file.step_at = file.content if is_more else None, at
    file.save(update_fields=["checked", "step_at"] if is_more else ["checked", "content", "step_at"])
    return is_more


@action
def settle(*, file: ImportFile, by) -> ImportFile:
    """Which rows are new, changed or as they stand, by the list of this moment; nothing of it is written."""
    if file.listed != DIRECTORY:
        file.counts, file.state = rowwise.tried(file, at=file.step_at or file.sent_at, by=by), FileState.CHECKED
        file.save(update_fields=["counts", "state"])
        return file
    told = {"file": file.pk, "source": file.place_id}
    _do(statements.PLAN, {})
    for statement in (statements.FORGET, statements.TWICE, statements.KNOWN, statements.KNOWN_BY_ID):
        _do(statement, told)
    if "parent_key" in file.headings:
        _do(statements.PARENTS, told)
        while _do(statements.PARENTS_REFUSED, told):
            pass
    _do(statements.FATES, told)
    file.counts, file.state = _counted(file), FileState.CHECKED
    file.save(update_fields=["counts", "state"])
    return file


@action
def write(*, file: ImportFile, at: datetime, by) -> ImportFile:
    """As it was shown: raises Refused when the directory has changed since. All of it happens or none."""
    file = ImportFile.objects.select_for_update().get(pk=file.pk)
    if file.state not in (FileState.CHECKED, FileState.RUNNING):
        raise Refused([("", "decided_already")])
    if file.listed != DIRECTORY:
        with trail.savepoint():
            file.counts = rowwise.written(file, at=at, by=by)
    else:
        _write_directory(file, at, by)
    file.state, file.done_at = FileState.DONE, at
    file.save(update_fields=["state", "done_at"])
    trail.write("network.file.written", about=file, **file.counts)
    return file


def _write_directory(file: ImportFile, at: datetime, by) -> None:
    shown = file.counts
    settle(file=file, by=by)
    if file.counts != shown:
        raise Refused([("", "changed_since")])
    told = {"file": file.pk, "source": file.place_id, "at": at, "by": by.pk}
    try:
        with transaction.atomic():
            for statement in (statements.MAKE, statements.REMEMBER, statements.CHANGE):
                _do(statement, told)
    except IntegrityError as clash:
        raise Refused([("", "changed_since")]) from clash


@action
def take_back(*, file: ImportFile, at: datetime, by) -> ImportFile:
    """What the file made or changed and nobody changed since is as it was before; the other rows stay, and are named."""
    file = ImportFile.objects.select_for_update().get(pk=file.pk)
    if file.state not in (FileState.DONE, FileState.UNDOING):
        raise Refused([("", "decided_already")])
    file.counts = rowwise.taken_back(file, at=at, by=by) if file.listed != DIRECTORY else _take_back_directory(file, at, by)
    file.state = FileState.UNDONE
    file.undone_at, file.undone_by_id = at, by.pk
    file.save(update_fields=["counts", "state", "undone_at", "undone_by"])
    trail.write("network.file.taken_back", about=file, **file.counts)
    return file


def _take_back_directory(file: ImportFile, at: datetime, by) -> dict[str, int]:
    told = {"file": file.pk, "at": at, "by": by.pk}
    _do(statements.PLAN, {})
    _do(statements.CHANGED_STAYS, told)
    _do(statements.STAYS, told)
    while _do(statements.PARENT_STAYS, told):
        pass
    for statement in (statements.TAKE_BACK, statements.REMEMBER_RESTORED, statements.RESTORE, statements.TAKEN_BACK):
        _do(statement, told)
    return _counted(file)


@action
def begin(*, file: ImportFile, what: str, at: datetime, by) -> None:
    """Somebody asked that it be written, or taken back: from now on it waits for that. Raises Refused."""
    before = {FileState.RUNNING: FileState.CHECKED, FileState.UNDOING: FileState.DONE}[FileState(what)]
    if not ImportFile.objects.filter(pk=file.pk, state=before).update(state=what, fault="", step_at=at):
        raise Refused([("", "decided_already")])


def stands_still(file: ImportFile, at: datetime) -> bool:
    """Its work was broken off: nothing of it is half done, and it may be taken up where it stands."""
    return file.state in BUSY and at - (file.step_at or file.sent_at) > STANDS_STILL


@action
def take_up(*, file: ImportFile, at: datetime, by) -> None:
    """Its next step is asked for once more. Raises Refused while the last one may still run."""
    still = Q(step_at=None) | Q(step_at__lt=at - STANDS_STILL)
    if not ImportFile.objects.filter(still, pk=file.pk, state__in=BUSY).update(step_at=at):
        raise Refused([("", "not_still")])
    trail.write("network.file.taken_up", about=file, state=file.state)


@action
def fail(*, file: ImportFile, by) -> None:
    """A step of it broke off, and nothing of that step is left. A file that was to be written, or taken back, stands as before."""
    now = ImportFile.objects.defer("content").get(pk=file.pk)
    back = {FileState.RUNNING: FileState.CHECKED, FileState.UNDOING: FileState.DONE}
    ImportFile.objects.filter(pk=file.pk).update(state=back.get(FileState(now.state), FileState.BROKEN), fault="FAILED")
    trail.write("network.file.failed", about=now, state=now.state)


@action
def look_again(*, file: ImportFile, by) -> None:
    """The list has changed since it was checked: it is shown anew. One that was written meanwhile stays as it is."""
    file = ImportFile.objects.select_for_update(of=("self",)).select_related("place").get(pk=file.pk)
    if file.state not in (FileState.CHECKED, FileState.RUNNING):
        return
    settle(file=file, by=by)
    ImportFile.objects.filter(pk=file.pk).update(fault="CHANGED")


def _place(said: Sequence[Said], whole: Place, by) -> None:
    """Where each row lies: only within the place of the file, where who sends it records."""
    asked = {(one.level, one.code) for one in said if one.code is not None}
    found = {}
    for level in {level for level, _code in asked}:
        codes = [code for at, code in asked if at == level]
        there = Place.objects.filter(level=level, lgd_code__in=codes, part_of=None).only("pk", "level", "lgd_code", "place_no")
        found |= {(level, place.lgd_code): place for place in there}
    for one in said:
        place = found.get((one.level, one.code))
        if place is None:
            if one.code is not None and one.level in rows_of_files.LEVELS:
                one.faults.append(("place_code", "no_place"))
        elif place.place_no not in whole.interval or not policy.can(by, Permission.STAKEHOLDER_RECORD, place):
            one.faults.append(("place_code", "not_yours"))
        else:
            one.told |= {"place_id": place.pk, "place_no": place.place_no}


def _line(file: ImportFile, nth: int, cells: list[str], said: Said) -> ImportRow:
    """What a row says; who it is, is settled later."""
    row = new(
        ImportRow, file=file, place_no=file.place_no, nth=nth, cells=cells, key=rows_of_files.own_key(said, said.told.get("place_id")),
        parent_key=said.parent_key[:120], told=said.told, faults=[list(fault) for fault in said.faults],
        fate=Fate.REFUSED if said.faults else Fate.MAKE,
    )  # fmt: skip
    row.stakeholder_id = row.pk
    return row


def _columns(file: ImportFile) -> tuple[Sequence[str], Sequence[str]]:
    """Those that the file may have, and those it has to have."""
    if file.listed == DIRECTORY:
        return rows_of_files.COLUMNS, rows_of_files.NEEDED
    listed = rowwise.LISTS[file.listed]
    return listed.columns, listed.needed


def _keep(file: ImportFile, at: datetime) -> bool:
    """The rows as they came: what they say is tried all at once."""
    rows = [
        new(ImportRow, file=file, place_no=file.place_no, nth=nth, cells=cells, fate=Fate.MAKE)
        for nth, cells in reading.rows(bytes(file.content), skip=1)
    ]
    for row in rows:
        row.stakeholder_id = row.pk
    insert(*rows)
    file.checked, file.content, file.step_at = len(rows), None, at
    file.save(update_fields=["checked", "content", "step_at"])
    return False


def _counted(file: ImportFile) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(statements.COUNT, {"file": file.pk})
        return dict(cursor.fetchall())


def _do(statement: str, told: dict) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return cursor.rowcount

