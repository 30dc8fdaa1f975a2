"""Files of lists whose rows are written one by one, by the actions of their app: tried, written, taken back."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import IntegrityError, connection

from aanchal.access import policy
from aanchal.core import trail
from aanchal.core.list_files import Cells, Faulty, FileList, Sending, Wrote, remove, restore, snapshot
from aanchal.core.rows import insert, new
from aanchal.network.models import ImportFile, ImportRow, Touched
from aanchal.network.rules import Refused
from aanchal.network.terms import Fate, FileState
from aanchal.places.models import Place

MOST_ROWS = 2_000
"""All of them are tried in one transaction."""
LISTS: dict[str, FileList] = {}
"""By key; every app tells its own, `config` brings them here."""
LEVELS = ("NATION", "STATE", "DISTRICT", "BLOCK", "PANCHAYAT", "VILLAGE")


@dataclass(frozen=True)
class Outcome:
    row: ImportRow
    fate: str
    faults: list[tuple[str, str]]
    wrote: list[Wrote]


class _Tried(Exception):
    pass


def tried(file: ImportFile, *, at: datetime, by) -> dict[str, int]:
    """What would become of each row, noted on the row; of what the rows would write nothing is left."""
    outcomes: list[Outcome] = []
    try:
        with trail.savepoint():
            outcomes = list(_outcomes(file, at, by))
            raise _Tried
    except _Tried:
        _note(outcomes)
    return _counted(outcomes)


def written(file: ImportFile, *, at: datetime, by) -> dict[str, int]:
    """All of it, in the order of the rows. Raises Refused when it is not what was shown."""
    outcomes = list(_outcomes(file, at, by))
    counts = _counted(outcomes)
    if counts != file.counts:
        raise Refused([("", "changed_since")])
    fresh = [_touched(one, nth, wrote) for one in outcomes for nth, wrote in enumerate(one.wrote)]
    insert(*fresh)
    return counts


def taken_back(file: ImportFile, *, at: datetime, by) -> dict[str, int]:
    """The last row first. What was changed since, or something hangs on, stays with the reason."""
    listed = LISTS[file.listed]
    ImportFile.objects.filter(pk=file.pk).update(state=FileState.UNDOING)  # only then may anything be deleted
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what hangs on a record refuses at once that it goes
    outcomes = []
    for row in file.lines.filter(fate__in=[Fate.MAKE, Fate.CHANGE]).prefetch_related("touched").order_by("-nth"):
        things = sorted(row.touched.all(), key=lambda one: -one.nth)
        try:
            with trail.savepoint():
                for one in things:
                    _back(one)
                if listed.stands:
                    listed.stands([one.after for one in things])
            outcomes.append(Outcome(row, Fate.TAKEN_BACK, [], []))
        except IntegrityError:
            outcomes.append(Outcome(row, Fate.STAYED, [("", "built_upon")], []))
        except (Refused, listed.refused) as refused:
            outcomes.append(Outcome(row, Fate.STAYED, list(refused.faults), []))
    _note(outcomes)
    counts = Counter(ImportRow.objects.filter(file=file).values_list("fate", flat=True))
    return dict(sorted(counts.items()))


def _outcomes(file: ImportFile, at: datetime, by) -> Iterator[Outcome]:
    listed = LISTS[file.listed]
    belongs = listed.belongs(by, file.belongs) if listed.belongs else None
    if listed.belongs and belongs is None:
        raise Refused([("", "not_yours")])
    for row in file.lines.order_by("nth").iterator(chunk_size=500):
        yield _outcome(listed, row, file, Sending(file.place, file.place, belongs, at, by))


def _outcome(listed: FileList, row: ImportRow, file: ImportFile, sending: Sending) -> Outcome:
    cells = Cells(dict(zip(file.headings, row.cells, strict=False)))
    try:
        if len(row.cells) > len(file.headings):
            raise Faulty([("", "too_many_cells")])
        if listed.has_places:
            sending = Sending(sending.whole, _place(cells, sending, listed.permission), None, sending.at, sending.by)
        with trail.savepoint():
            wrote = listed.write(cells, sending)
    except (Faulty, listed.refused) as refused:
        return Outcome(row, Fate.REFUSED, list(refused.faults), [])
    fate = Fate.SAME if not wrote else Fate.MAKE if any(one.before is None for one in wrote) else Fate.CHANGE
    return Outcome(row, fate, [], wrote)


def _place(cells: Cells, sending: Sending, permission: str) -> Place:
    """Where the row lies: within the place of the file, where who sends it records. Raises Faulty."""
    level, code = cells.said.get("place_level", "").upper(), cells.whole("place_code", 0, 999_999_999, needed=True)
    if level not in LEVELS:
        cells.faults.append(("place_level", "unknown_level" if level else "empty"))
    cells.check()
    place = Place.objects.filter(level=level, lgd_code=code, part_of=None).first()
    if place is None:
        raise Faulty([("place_code", "no_place")])
    if place.place_no not in sending.whole.interval or not policy.can(sending.by, permission, place):
        raise Faulty([("place_code", "not_yours")])
    return place


def _touched(one: Outcome, nth: int, wrote: Wrote) -> Touched:
    thing = wrote.thing
    return new(
        Touched, row=one.row, place_no=one.row.place_no, nth=nth, table=thing._meta.label, thing=thing.pk, before=wrote.before,
        after=snapshot(type(thing), thing.pk),
    )  # fmt: skip


def _back(one: Touched) -> None:
    """Raises Refused for what is not as the file left it; IntegrityError where something hangs on it."""
    model = apps.get_model(one.table)
    now = snapshot(model, one.thing)
    if now is None or any(now.get(name) != value for name, value in one.after.items()):  # a column may have come since
        raise Refused([("", "moved_on_since")])
    about = model.objects.get(pk=one.thing)
    if one.before is None:
        done = remove(model, one.thing)
    else:
        done = restore(model, one.thing, one.before, [name for name, value in one.before.items() if value != now[name]])
    if not done:
        raise Refused([("", "not_yours")])
    trail.write("network.row.taken_back", about=about, row=str(one.row_id))


def _note(outcomes: list[Outcome]) -> None:
    for one in outcomes:
        one.row.fate, one.row.faults = one.fate, [list(fault) for fault in one.faults]
    ImportRow.objects.bulk_update([one.row for one in outcomes], ["fate", "faults"], batch_size=500)


def _counted(outcomes: list[Outcome]) -> dict[str, int]:
    return dict(sorted(Counter(str(one.fate) for one in outcomes).items()))
