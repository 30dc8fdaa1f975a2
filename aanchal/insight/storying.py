"""Stories of the programme: written by one, published by another account; of no survivor, with no face, no number of a person."""

from dataclasses import dataclass
from datetime import date, datetime

from aanchal.core import photos, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.insight import rules
from aanchal.insight.actions import Refused
from aanchal.insight.models import Story
from aanchal.insight.terms import StoryStanding
from aanchal.places.models import Place

OPEN = (StoryStanding.DRAFT, StoryStanding.RETURNED)


@dataclass(frozen=True)
class Told:
    """`photo` is what was sent, or None to leave what is there; `photo_words` say what it shows, for who does not see it."""

    first: date
    last: date
    title: str
    text: str
    lesson: str
    photo: bytes | None = None
    photo_words: str = ""
    has_no_face: bool = False


@action
def write(*, place: Place, told: Told, at: datetime, by) -> Story:
    """Raises Refused."""
    row = Story(place=place, place_no=place.place_no, made_by_id=by.pk, made_at=at)
    _fill(row, told)
    insert(row)
    trail.write("insight.story.written", about=row, has_photo=row.photo is not None)
    return row


@action
def change(*, story: Story, told: Told, by) -> Story:
    """A draft or what came back becomes a draft again. Raises Refused."""
    if story.made_by_id != by.pk or story.standing not in OPEN:
        raise Refused("story_not_open")
    _fill(story, told)
    story.standing = StoryStanding.DRAFT
    story.save(update_fields=["first", "last", "title", "text", "lesson", "photo", "photo_words", "standing"])
    trail.write("insight.story.changed", about=story, has_photo=story.photo is not None)
    return story


@action
def submit(*, story: Story, by) -> Story:
    """Raises Refused."""
    if story.made_by_id != by.pk or story.standing not in OPEN:
        raise Refused("story_not_open")
    story.standing = StoryStanding.SUBMITTED
    story.save(update_fields=["standing"])
    trail.write("insight.story.submitted", about=story)
    return story


@action
def decide(*, story: Story, publish: bool, nobody_recognised: bool, note: str, at: datetime, by) -> Story:
    """Publish or return what another wrote; who publishes declares that no survivor can be recognised. Raises Refused."""
    if story.standing != StoryStanding.SUBMITTED:
        raise Refused("story_not_submitted")
    if story.made_by_id == by.pk:
        raise Refused("not_your_story")
    if publish and not nobody_recognised:
        raise Refused("not_declared")
    if not publish and not note.strip():
        raise Refused("no_reason")
    story.standing = StoryStanding.PUBLISHED if publish else StoryStanding.RETURNED
    story.decided_by_id, story.decided_at, story.decide_note = by.pk, at, note.strip()
    story.save(update_fields=["standing", "decided_by", "decided_at", "decide_note"])
    trail.write(f"insight.story.{story.standing.lower()}", about=story, nobody_recognised=nobody_recognised)
    return story


def _fill(row: Story, told: Told) -> None:
    if told.last < told.first:
        raise Refused("ends_before")
    if any(rules.finds_a_person(text) for text in (told.title, told.text, told.lesson, told.photo_words)):
        raise Refused("finds_a_person")
    if told.photo is not None:
        row.photo = _photo(told)
    row.first, row.last = told.first, told.last
    row.title, row.text, row.lesson = told.title.strip(), told.text.strip(), told.lesson.strip()
    row.photo_words = told.photo_words.strip() if row.photo is not None else ""
    if row.photo is not None and not row.photo_words:
        raise Refused("photo_without_words")


def _photo(told: Told) -> bytes:
    """Redrawn: the camera, the day and the place that a phone writes into a photo are gone."""
    if not told.has_no_face:
        raise Refused("face_not_declared")
    try:
        return photos.redrawn("photo", told.photo)[0]
    except photos.TooLarge as problem:
        raise Refused("photo_too_large") from problem
    except photos.NotKept as problem:
        raise Refused("not_a_photo") from problem
