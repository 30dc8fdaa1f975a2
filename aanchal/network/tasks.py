"""Files of lists, part by part: what was done is seen while the rest waits. Each part acts as who sent the file."""

import logging
from collections.abc import Callable

from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import acting
from aanchal.access.jobs import job
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.network import importing
from aanchal.network.models import ImportFile
from aanchal.network.reading import Unreadable
from aanchal.network.rules import Refused
from aanchal.network.terms import FileState

log = logging.getLogger(__name__)


def _sent(pk: str) -> tuple[ImportFile, object]:
    file = ImportFile.objects.select_related("sent_by", "place").get(pk=pk)
    return file, file.sent_by


@job
def unpack(file: str) -> None:
    row, sender = _sent(file)
    if row.state != FileState.WAITING:
        return
    code = _whole(row, sender, lambda: _unpacked(row, sender))
    if code:
        importing.mark_broken(file=row, code=code, by=sender)
    elif code == "":
        check.defer(file=file)


@job
def check(file: str) -> None:
    row, sender = _sent(file)
    if row.state == FileState.CHECKING and _whole(row, sender, lambda: _checked(row, sender)):
        check.defer(file=file)


@job
def write(file: str) -> None:
    row, sender = _sent(file)
    _whole(row, sender, lambda: _written(row, sender))


@job
def take_back(file: str, by: str) -> None:
    row, _sender = _sent(file)
    user = User.objects.get(pk=by)
    _whole(row, user, lambda: importing.take_back(file=row, at=timezone.now(), by=user))


STEPS = {FileState.WAITING: unpack, FileState.CHECKING: check, FileState.RUNNING: write}


def go_on(row: ImportFile, by) -> None:
    """Asks for the step that the file waits for."""
    if row.state == FileState.UNDOING:
        take_back.defer(file=str(row.pk), by=str(by.pk))
    else:
        STEPS[FileState(row.state)].defer(file=str(row.pk))


def _whole(row: ImportFile, who, step: Callable):
    """What a step answers; None when it broke off: then nothing of it is left, and the file says so."""
    try:
        with acting(who):
            return step()
    except Exception as damage:  # whatever it was, nobody is to wait for it without end
        log.error("file %s: %s", row.pk, type(damage).__name__)  # no text of it: a cell may stand there
    with acting(who):
        importing.fail(file=row, by=who)
    return None


def _unpacked(row: ImportFile, sender) -> str:
    """The code of what is wrong with the whole file, or nothing."""
    if not policy.can(sender, Permission.STAKEHOLDER_RECORD, row):
        return "NOT_POSTED"
    try:
        importing.unpack(file=row, by=sender)
    except Unreadable as damage:
        return damage.code
    return ""


def _checked(row: ImportFile, sender) -> bool:
    """Whether some rows are left. Asked for twice, the second finds nothing to do."""
    row = ImportFile.objects.select_for_update(of=("self",)).select_related("place").get(pk=row.pk)
    if row.state != FileState.CHECKING:
        return False
    is_more = importing.check_part(file=row, at=timezone.now(), by=sender)
    if not is_more:
        importing.settle(file=row, by=sender)
    return is_more


def _written(row: ImportFile, sender) -> None:
    try:
        importing.write(file=row, at=timezone.now(), by=sender)
    except Refused:
        importing.look_again(file=row, by=sender)
