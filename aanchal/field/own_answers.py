"""What is sent with a state's own forms: kept beside the inbox, sealed, read with a line on the trail."""

from collections.abc import Iterable

from uuid_utils.compat import uuid7

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core import envelope, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.field.models import FormAnswers, PublishedForm, TestAnswers, packed_answers


@action
def keep(*, form: PublishedForm, submission, answers: dict, by) -> FormAnswers:
    pk = uuid7()
    seal, wrapped = envelope.new(pk)
    sealed = seal.seal("answers", packed_answers(answers))
    row = FormAnswers(
        id=pk, form=form, place=submission.place, place_no=submission.place_no, submission_id=submission.pk,
        received_at=submission.received_at, sender=submission.sender, wrapped_key=wrapped, sealed=sealed,
    )  # fmt: skip
    insert(row)
    trail.write("field.answers.kept", about=row, form=form.form_id)
    return row


@action
def opened(*, form: PublishedForm, rows: Iterable[FormAnswers], by) -> list[tuple[FormAnswers, dict]]:
    """The rows with what they say; that they were read is on the trail."""
    found = [(row, row.answers()) for row in rows if policy.can(by, Permission.FORM_READ, row)]
    trail.write("field.answers.opened", about=form, place_no=form.place.place_no, form=form.form_id, rows=len(found))
    return found


@action
def note_export(*, form: PublishedForm, rows: int, kind: str, by) -> None:
    trail.write("field.answers.exported", about=form, place_no=form.place.place_no, form=form.form_id, rows=rows, kind=kind)


@action
def opened_tests(*, form: PublishedForm, rows: Iterable[TestAnswers], by) -> list[tuple[TestAnswers, dict]]:
    """What testers typed may be real names: read like the answers themselves."""
    found = [(row, row.answers()) for row in rows if policy.can(by, Permission.FORM_MANAGE, row)]
    trail.write("field.answers.opened", about=form, place_no=form.place.place_no, form=form.form_id, rows=len(found))
    return found
