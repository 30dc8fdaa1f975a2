"""Imports a list of stakeholders from the command line, as the person whose list it is, and says what became of each row."""

import sys
from pathlib import Path

from django.utils import timezone
from tqdm import tqdm

from aanchal.access import policy
from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.network import importing, words
from aanchal.network.models import ImportFile
from aanchal.network.reading import Unreadable
from aanchal.network.terms import Fate
from aanchal.places.models import Place

LISTED = 100


def run(path: Path, *, by: str, dry: bool) -> int:
    """0 when every row is good, 1 when some are refused, 2 when it is no list or nobody may send it."""
    user = User.objects.filter(username=by.lower(), is_active=True).first()
    place = _place(user)
    if place is None:
        print(f"{by} may not write the directory anywhere.", file=sys.stderr)
        return 2
    try:
        file = checked(path.read_bytes(), path.name, place=place, by=user)
    except Unreadable as damage:
        print(f"{path.name}: {words.FILE_FAULTS[damage.code]}", file=sys.stderr)
        return 2
    if not dry:
        with acting(user):
            importing.write(file=file, at=timezone.now(), by=user)
    counts = ", ".join(f"{n:,} {Fate(fate).label.lower()}" for fate, n in file.counts.items())
    print(f"{path.name}: {file.rows:,} rows: {counts}{' (nothing is changed: --dry-run)' if dry else ''}")
    return 1 if _say_refused(file, user) else 0


def checked(content: bytes, name: str, *, place: Place, by: User) -> ImportFile:
    """Sent and checked, part by part. Raises Unreadable."""
    with acting(by):
        file = importing.unpack(file=importing.send(place=place, content=content, file_name=name, at=timezone.now(), by=by), by=by)
    with tqdm(total=file.rows, desc=name, unit=" rows", disable=None) as bar:
        is_more = True
        while is_more:
            with acting(by):
                is_more = importing.check_part(file=file, at=timezone.now(), by=by)
            bar.update(file.checked - bar.n)
    with acting(by):
        return importing.settle(file=file, by=by)


def _place(user: User | None) -> Place | None:
    held = policy.current_postings(user, on=policy.day_in_india(timezone.now())) if user else []
    return next((one.place for one in held if Permission.STAKEHOLDER_RECORD in one.held.permissions), None)


def _say_refused(file: ImportFile, user: User) -> int:
    refused = file.counts.get(Fate.REFUSED, 0)
    with acting(user):
        for line in file.lines.filter(fate=Fate.REFUSED).order_by("nth")[:LISTED]:
            why = "; ".join(f"{column}: {words.FAULTS[code]}" for column, code in line.faults)
            print(f"  row {line.nth}: {why}", file=sys.stderr)
    if refused > LISTED:
        print(f"  and {refused - LISTED:,} more", file=sys.stderr)
    return refused
