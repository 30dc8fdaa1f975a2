"""Good practices: told by one, decided by another, sent back with words, published."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.library import publishing, rules
from aanchal.library.models import Practice
from aanchal.library.rules import Refused
from aanchal.library.terms import PracticeState
from aanchal.places.models import Place

MOST = {"title": 200, "organisation": 160, "was": 2_000, "done": 6_000, "came": 2_000}


@dataclass(frozen=True)
class Told:
    """A practice in its teller's words."""

    title: str
    organisation: str
    problems: Sequence[str]
    causes: Sequence[str]
    was: str
    done: str
    came: str
    language: str = "en"


@action
def submit(*, place: Place, told: Told, at: datetime, by) -> Practice:
    """To a second person. Raises Refused."""
    row = new(Practice, place=place, place_no=place.place_no, submitted_by_id=by.pk, submitted_at=at, **_checked(told))
    insert(row)
    trail.write("library.practice.submitted", about=row)
    return row


@action
def tell_again(*, practice: Practice, told: Told, at: datetime, by) -> Practice:
    """After it was sent back, by who told it. Raises Refused."""
    if practice.state != PracticeState.RETURNED or practice.submitted_by_id != by.pk:
        raise Refused([("", "not_from_here")])
    for name, value in _checked(told).items():
        setattr(practice, name, value)
    practice.state, practice.submitted_at, practice.decided_by, practice.decided_at = PracticeState.SUBMITTED, at, None, None
    practice.save()
    trail.write("library.practice.submitted", about=practice)
    return practice


@action
def decide(*, practice: Practice, publish: bool, words: str, at: datetime, by) -> Practice:
    """By another than who told it; sent back with words. Raises Refused."""
    locked = Practice.objects.select_for_update(of=("self",)).select_related("place").get(pk=practice.pk)
    if locked.state != PracticeState.SUBMITTED:
        raise Refused([("", "not_from_here")])
    if by.pk == locked.submitted_by_id:
        raise Refused([("", "own_work")])
    locked.decide_words = words.strip() if publish else rules.check_words("words", words, 500)
    locked.state = PracticeState.PUBLISHED if publish else PracticeState.RETURNED
    locked.decided_by_id, locked.decided_at = by.pk, at
    locked.save(update_fields=["state", "decided_by", "decided_at", "decide_words"])
    if publish:
        publishing.publish_practice(practice=locked, at=at)
    trail.write("library.practice.published" if publish else "library.practice.returned", about=locked)
    return locked


def _checked(told: Told) -> dict:
    if not told.problems:
        raise Refused([("problems", "choose_one")])
    if not told.causes:
        raise Refused([("causes", "choose_one")])
    words = {name: rules.check_words(name, getattr(told, name), most) for name, most in MOST.items()}
    return asdict(told) | words | {"problems": list(told.problems), "causes": list(told.causes)}
