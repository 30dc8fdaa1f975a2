"""Publishing forms, and noting what was learned about the surveys that came."""

from datetime import datetime

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.field import queries, xlsforms
from aanchal.field.models import EntityStep, Look, PublishedForm
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
def publish(*, form_id: str, version: str, title: str, xform: bytes, place: Place | None = None, at: datetime, by) -> PublishedForm:
    """Without a place for the nation's phones, else for those of a state."""
    form = PublishedForm.objects.create(form_id=form_id, version=version, title=title, xform=xform, published_at=at, place=place)
    trail.write("field.form.published", about=form, place_no=place.place_no if place else None, form=form_id, version=version)
    return form


@action
def note_step(*, step, submission, is_forced: bool, at: datetime, by) -> EntityStep:
    """A visit of a run (`order.Step`) was applied; forced, when the one before it never came and no person decided it."""
    row = EntityStep(
        entity=step.entity, branch=step.branch, base=step.base, submission_id=submission.pk, place=submission.place,
        place_no=submission.place_no, is_forced=is_forced, applied_at=at,
    )  # fmt: skip
    insert(row)
    trail.write("field.step.forced" if is_forced else "field.step.applied", about=row)
    return row


@action
def settle_step(*, step: EntityStep, at: datetime, by) -> EntityStep:
    """A person looked at a visit that was applied without the one before it."""
    step.seen_by, step.seen_at = by, at
    step.save(update_fields=["seen_by", "seen_at"])
    trail.write("field.step.settled", about=step)
    return step


@action
def note_sealed_file(*, counts: dict[str, int], by) -> None:
    """A sealed file was taken in: how many forms were new, known or refused. Each that is new has its own line as well."""
    trail.write("field.sealed.imported", about=by, **{name.lower(): n for name, n in counts.items()})


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
