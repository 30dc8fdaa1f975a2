"""Asking for a review, preparing it step by step, taking its files."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import translation

from aanchal.core import paper as papers
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.insight import rules
from aanchal.insight.actions import Refused
from aanchal.insight.models import Review, ReviewFile
from aanchal.insight.review import content, paper, sheet
from aanchal.insight.review.reading import Read
from aanchal.insight.terms import Span
from aanchal.places.models import Place

LANGUAGES = ("en", "hi", "te")
MAKERS: dict[str, Callable[[Read], bytes]] = {"xlsx": sheet.workbook, "pdf": paper.pdf}
FILES = tuple((kind, language) for kind in MAKERS for language in LANGUAGES)
STEPS = len(content.PARTS) + len(FILES)
PATIENCE = timedelta(minutes=10)
"""After this a review that is not ready may be asked for again."""


@action
def ask(*, place: Place, month: date, at: datetime, by, span: str = Span.MONTH) -> Review:
    """Begin one of the period a month lies in, or give the one that is being prepared. Raises Refused where no month was computed."""
    first = rules.first_of(span, month)
    if not content.Period.of(span, first).computed:
        raise Refused("month_not_computed")
    waits = Review.objects.filter(place=place, span=span, month=first, ready_at=None, asked_at__gt=at - PATIENCE).first()
    if waits:
        return waits
    row = Review(place=place, place_no=place.place_no, span=span, month=first, steps=STEPS, asked_by_id=by.pk, asked_at=at)
    insert(row)
    trail.write("insight.review.asked", about=row, month=f"{first:%Y-%m}", span=span)
    return row


@action
def take_step(*, review: Review, at: datetime, by) -> Review:
    """The next one of its steps; each is kept by itself, so that who waits sees how far it is."""
    step, parts = review.done, len(content.PARTS)
    if review.is_ready:
        return review
    if step < parts:
        review.content = review.content | content.PARTS[step](review.place, content.Period.of(review.span, review.month))
    else:
        _make(review, *FILES[step - parts])
    review.done = step + 1
    if review.done == parts:
        review.sha256 = content.digest(review.content)
    if review.done == review.steps:
        review.ready_at = at
        trail.write("insight.review.ready", about=review, digest=review.sha256)
    review.save(update_fields=["content", "sha256", "done", "ready_at"])
    return review


@action
def take_file(*, review: Review, kind: str, language: str, by) -> ReviewFile | None:
    """None where there is no such file."""
    found = review.files.filter(kind=kind, language=language).first()
    if found:
        trail.write("insight.review.taken", about=review, kind=kind, language=language)
    return found


def _make(review: Review, kind: str, language: str) -> None:
    if kind == "pdf" and not papers.are_here():
        return  # the page offers what there is
    with translation.override(language):
        made = MAKERS[kind](Read(review))
    sha256 = hashlib.sha256(made).hexdigest()
    insert(ReviewFile(review=review, place_no=review.place_no, kind=kind, language=language, content=made, sha256=sha256))
