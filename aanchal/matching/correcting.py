"""What was written of someone found, corrected: once, by whoever records found people, and the search begins anew."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.matching import queries, rules
from aanchal.matching.actions import TEXTS, FoundDetails
from aanchal.matching.facts import FoundCorrected
from aanchal.matching.models import FoundChange, FoundPerson

REASON = "reason"
CODED = ("kind", "found_on", "sex", "years", "height_cm", "home_id", "languages")


@action
def correct_found(*, found: FoundPerson, details: FoundDetails, reason: str, at: datetime, by) -> FoundPerson:
    """Coded answers as they are now; of the words those that are named, an empty one taken away. What stood before is kept. Raises

    NotPossible: where two people agree who she is, they decided by what was written, and have to take that back first.
    """
    if details.found_on > day_in_india(at):
        raise rules.NotPossible("future")
    found = FoundPerson.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if queries.link_of_found(found.pk):
        raise rules.NotPossible("linked")
    words, was = found.told(), {key: getattr(found, key) for key in CODED}
    now = {**words, **{key: details.texts[key].strip() for key in TEXTS if key in details.texts}}
    for key, value in _coded(details).items():
        setattr(found, key, value)
    before = {key: value for key, value in was.items() if value != getattr(found, key)}
    before_words = {key: words.get(key, "") for key in now if words.get(key, "") != now[key]}
    if not before and not before_words:
        raise rules.NotPossible("same")
    change = FoundChange(found=found, place_no=found.place_no, before=_plain(before), at=at, by_id=by.pk)
    change.seal({**before_words, REASON: reason.strip()})
    insert(change)
    found.seal({key: text for key, text in now.items() if text})
    found.save(update_fields=[*CODED, "sealed", "wrapped_key"])
    trail.write("matching.found.corrected", about=found, changed=sorted({*before, *before_words}))
    facts.announce(FoundCorrected(found=found, by=by))
    return found


@action
def follow_age(*, found: UUID, years: int, at: datetime, by) -> None:
    """Whose age was proved is looked for by that age from now on; where two people agree who she is, nobody looks for her."""
    one = FoundPerson.objects.filter(pk=found).select_related("home").first()
    if one and one.years != years and queries.link_of_found(one.pk) is None:
        details = FoundDetails(
            kind=one.kind, found_on=one.found_on, sex=one.sex, years=years, height_cm=one.height_cm, home=one.home,
            languages=tuple(one.languages),
        )  # fmt: skip
        correct_found(found=one, details=details, reason="AGE_PROVED", at=at, by=by)


@action
def open_found(*, found: FoundPerson, changes: Iterable[FoundChange], reason: str, by) -> tuple[dict[str, str], dict[UUID, dict[str, str]]]:
    """The words of someone found, and those that stood there before. The reading is on the trail."""
    trail.write("matching.found.opened", about=found, reason=reason)
    return found.told(), {one.pk: one.told() for one in changes}


def _coded(details: FoundDetails) -> dict[str, Any]:
    told = {key: getattr(details, key) for key in CODED if key not in ("home_id", "languages")}
    return {**told, "home_id": details.home.pk if details.home else None, "languages": list(details.languages)}


def _plain(before: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if key == "found_on" else value for key, value in before.items()}
