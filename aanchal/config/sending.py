"""Filled forms sent from files, as a phone would send them: one after another, whatever becomes of the one before."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import override
from tqdm import tqdm

from aanchal.access.acting import SYSTEM, acting
from aanchal.field import faults, intake, openrosa, photos
from aanchal.field.xform import DEFAULT, Instance, parse
from aanchal.inbox import actions as inbox

REFUSED = (intake.BadXml, intake.UnknownForm, intake.NowhereToKeepIt, intake.SaysSomethingElse, photos.TooLarge)
AGAIN = "Send the same files again: nothing is taken twice."


@dataclass
class Tally:
    """What became of the files so far."""

    new: int = 0
    known: int = 0
    flagged: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[Path, str]] = field(default_factory=list)

    def told(self, is_new: bool, found: Iterable[dict]) -> None:
        self.new, self.known = self.new + is_new, self.known + (not is_new)
        kinds = {told["kind"] for told in found} if is_new else set()
        self.flagged += bool(kinds)
        self.reasons.update(kinds)

    def __str__(self):
        lines = [f"{self.new} new, {self.known} already there, {self.flagged} flagged, {len(self.refused)} refused"]
        lines += [f"  {count:>6} flagged: {faults.SENTENCES[kind]}" for kind, count in self.reasons.most_common()]
        lines += [f"  refused: {path}: {why}" for path, why in self.refused]
        return "\n".join(lines)


def forms_in(paths: Iterable[Path]) -> list[Path]:
    """The forms among some files and folders, in the order of their names."""
    return [form for path in paths for form in (sorted(path.rglob("*.xml")) if path.is_dir() else [path])]


def send(forms: list[Path], user, *, attachments: Path | None = None, is_trial: bool = False) -> int:
    """0; 1 when something was refused; 130 when someone stopped it."""
    tally, code = Tally(), 0
    one = _try if is_trial else _send
    try:
        for path in tqdm(forms, unit=" forms", disable=None):
            _counted(tally, path, lambda path=path: one(path, user, attachments))
    except KeyboardInterrupt:
        print(f"Stopped. {AGAIN}", file=sys.stderr)
        code = 130
    except (OperationalError, InterfaceError):
        print(f"The database does not answer. {AGAIN}", file=sys.stderr)
        code = 1
    print(f"{'Nothing was kept. It would be: ' if is_trial else ''}{tally}")
    return code or (1 if tally.refused else 0)


def _counted(tally: Tally, path: Path, take) -> None:
    try:
        tally.told(*take())
    except REFUSED as problem:
        with override("en"):
            tally.refused.append((path, openrosa.words_for(problem)[1]))
    except OSError as problem:
        tally.refused.append((path, f"The file cannot be read: {problem.strerror}."))


def _send(path: Path, user, folder: Path | None) -> tuple[bool, list[dict]]:
    xml = _within(path, DEFAULT.max_bytes, intake.BadXml("TOO_LARGE", path.name))
    parcel = intake.Parcel(xml=xml, attachments=_attachments(parse(xml), folder or path.parent))
    receipt = intake.take_in(parcel=parcel, at=timezone.now(), by=user)
    return receipt.is_new, receipt.submission.faults


def _try(path: Path, user, folder: Path | None) -> tuple[bool, list[dict]]:
    xml = _within(path, DEFAULT.max_bytes, intake.BadXml("TOO_LARGE", path.name))
    files = _attachments(parse(xml), folder or path.parent)
    with acting(user):
        reading = intake.read(xml, at=timezone.now(), by=user)
    with acting(SYSTEM):
        known = inbox.known(instance_id=reading.arrival.instance_id, xml=xml)
    return known is None, [*reading.faults, *intake.file_faults(files)]


def _attachments(instance: Instance, folder: Path) -> dict[str, bytes]:
    """The files of a folder that the answers name."""
    named = {(element.text or "").strip() for element in instance.root.iter() if not len(element)}
    found = [path for path in sorted(folder.iterdir()) if path.name in named and path.is_file() and path.suffix != ".xml"]
    return {path.name: _within(path, photos.MAX_BYTES, photos.TooLarge(path.name)) for path in found}


def _within(path: Path, most: int, problem: Exception) -> bytes:
    if path.stat().st_size > most:
        raise problem
    return path.read_bytes()
