"""Tests of a draft: kept apart from the inbox, checked like any submission, applied to nothing."""

from datetime import datetime

from uuid_utils.compat import uuid7

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.core import envelope, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.field import faults, queries
from aanchal.field.models import PublishedForm, TestAnswers, packed_answers
from aanchal.field.xform import Instance


def form_of(instance: Instance, by) -> PublishedForm | None:
    """The draft a test was filled with, where the sender tests the forms of its state."""
    form = queries.version(instance.form_id, instance.version)
    return form if form and form.is_test and policy.can(by, Permission.FORM_MANAGE, form.place) else None


@action
def keep(*, form: PublishedForm, instance: Instance, instance_id: str, at: datetime, by) -> tuple[TestAnswers, bool]:
    """The test, and whether it is new. What is wrong with it is shown to who tests, and flags nothing."""
    known = TestAnswers.objects.filter(instance_id=instance_id).first()
    if known:
        return known, False
    verdict = queries.compiled(form.form_id, form.version).validate(instance, today=policy.day_in_india(at), now=at)
    pk = uuid7()
    seal, wrapped = envelope.new(pk)
    row = TestAnswers(
        id=pk, form=form, place=form.place, place_no=form.place.place_no, instance_id=instance_id, received_at=at,
        faults=faults.from_verdict(verdict), sender=by, wrapped_key=wrapped, sealed=seal.seal("answers", packed_answers(verdict.answers)),
    )  # fmt: skip
    insert(row)
    trail.write("field.form.tested", about=row, form=form.form_id)
    return row, True
