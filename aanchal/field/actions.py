"""Publishing forms, and noting what was learned about the surveys that came."""

from datetime import datetime

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.field import queries, xlsforms
from aanchal.field.models import Look, PublishedForm
from aanchal.places.models import Place


@action
def publish_forms(*, at: datetime, by) -> list[PublishedForm]:
    """Publish each form this program ships in its present version, once. Returns the new ones."""
    return [
        publish(
            form_id=form_id,
            version=xlsforms.version(form_id),
            title=xlsforms.title(form_id),
            xform=xlsforms.to_xform(form_id),
            at=at,
            by=by,
        )
        for form_id in xlsforms.sources()
        if not queries.version(form_id, xlsforms.version(form_id))
    ]


@action
def publish(*, form_id: str, version: str, title: str, xform: bytes, at: datetime, by) -> PublishedForm:
    form = PublishedForm.objects.create(form_id=form_id, version=version, title=title, xform=xform, published_at=at)
    trail.write("field.form.published", about=form, form=form_id, version=version)
    return form


@action
def note_look(*, found, place: Place, note: str, at: datetime, by) -> Look:
    """An officer looked into a finding (`findings.Finding`) and says what she learned."""
    look = Look(
        sign=found.sign, about=found.about, worker=found.worker, place=place, place_no=place.place_no, surveys=found.of, note=note,
        looked_at=at, by=by,
    )  # fmt: skip
    insert(look)
    trail.write("field.quality.looked", about=look, sign=found.sign, worker=str(found.worker.pk))
    return look
