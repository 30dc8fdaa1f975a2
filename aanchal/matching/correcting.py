"""What was written of someone found, corrected, or struck as entered by mistake, by whoever records found people. Both histories stay."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.matching import deciding, queries, rules
from aanchal.matching.actions import TEXTS, FoundDetails
from aanchal.matching.facts import FoundCorrected, PairsSeen
from aanchal.matching.models import Candidate, ConfirmedLink, Decision, FoundChange, FoundPerson, Task
from aanchal.matching.rules import Standing
from aanchal.places.models import Place

REASON = "reason"
CODED = ("kind", "found_on", "sex", "years", "height_cm", "home_id", "languages")


@action
def correct_found(*, found: FoundPerson, details: FoundDetails, reason: str, at: datetime, by, place: Place | None = None) -> FoundPerson:
    """Coded answers as they are now; of the words those that are named, an empty one taken away; the place, where it is named. What stood

    before is kept. Raises NotPossible: where two people agree who she is, they decided by what was written, and have to take that back.
    """
    if details.found_on > day_in_india(at):
        raise rules.NotPossible("future")
    found = _held(found)
    rules.may_change(is_struck=found.is_struck)
    if place and place.pk != found.place_id and not policy.can(by, Permission.FOUND_RECORD, place):
        raise rules.NotPossible("elsewhere")
    words, was = found.told(), {key: getattr(found, key) for key in CODED}
    now = {**words, **{key: details.texts[key].strip() for key in TEXTS if key in details.texts}}
    for key, value in _coded(details).items():
        setattr(found, key, value)
    before = {key: value for key, value in was.items() if value != getattr(found, key)}
    before_words = {key: words.get(key, "") for key in now if words.get(key, "") != now[key]}
    if place and place.pk != found.place_id:
        before["place_id"] = found.place_id
        found.place, found.place_no = place, place.place_no
    if not before and not before_words:
        raise rules.NotPossible("same")
    found.seal({key: text for key, text in now.items() if text})
    found.save(update_fields=[*CODED, "place", "place_no", "sealed", "wrapped_key"])
    if "place_id" in before:
        _take_along(found)
    _keep(found, before=_plain(before), words={**before_words, REASON: reason.strip()}, at=at, by=by)
    trail.write("matching.found.corrected", about=found, changed=sorted({*before, *before_words}))
    facts.announce(FoundCorrected(found=found, by=by))
    return found


@action
def strike_found(*, found: FoundPerson, reason: str, at: datetime, by) -> FoundPerson:
    """Entered by mistake: nobody looks for her any more, what waited for a decision is closed. Nothing is deleted. Raises NotPossible."""
    found = _held(found)
    rules.may_change(is_struck=found.is_struck)
    found.is_struck, found.is_open = True, False
    found.save(update_fields=["is_struck", "is_open"])
    waiting = Candidate.objects.filter(found=found, standing__in=rules.WAITING)
    people = frozenset(waiting.values_list("person", flat=True))
    waiting.update(stood=F("standing"), standing=Standing.CLOSED)
    _keep(found, before={"is_struck": False}, words={REASON: reason.strip()}, at=at, by=by)
    trail.write("matching.found.struck", about=found, pairs=len(people))
    if people:
        facts.announce(PairsSeen(people, at))
    return found


@action
def stand_again(*, found: FoundPerson, reason: str, at: datetime, by) -> FoundPerson:
    """It was no mistake: she is looked for again, pairs stand where they stood, and the search begins anew. Raises NotPossible."""
    found = _held(found)
    if not found.is_struck:
        raise rules.NotPossible("not_struck")
    found.is_struck, found.is_open = False, True
    found.save(update_fields=["is_struck", "is_open"])
    with acting(SYSTEM):
        deciding.open_again(Candidate.objects.filter(found=found, standing=Standing.CLOSED, closed_by=None))
    _keep(found, before={"is_struck": True}, words={REASON: reason.strip()}, at=at, by=by)
    trail.write("matching.found.stands_again", about=found)
    if people := queries.people_thought_of(found.pk):
        facts.announce(PairsSeen(frozenset(people), at))
    facts.announce(FoundCorrected(found=found, by=by))
    return found


@action
def follow_age(*, found: UUID, years: int, at: datetime, by) -> None:
    """Whose age was proved is looked for by that age from now on; where two people agree who she is, nobody looks for her."""
    one = FoundPerson.objects.filter(pk=found).select_related("home").first()
    if one and one.years != years and not one.is_struck and queries.link_of_found(one.pk) is None:
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


def _held(found: FoundPerson) -> FoundPerson:
    """Hers alone until the end, after her pairs, as who decides about a pair takes them. Raises NotPossible where two people agree."""
    list(Candidate.objects.select_for_update(of=("self",)).filter(found=found).order_by("pk").values_list("pk"))
    held = FoundPerson.objects.select_for_update(of=("self",)).select_related("place").get(pk=found.pk)
    if queries.link_of_found(held.pk):
        raise rules.NotPossible("linked")
    return held


def _keep(found: FoundPerson, *, before: Mapping[str, Any], words: Mapping[str, str], at: datetime, by) -> None:
    change = FoundChange(found=found, place_no=found.place_no, before=dict(before), at=at, by_id=by.pk)
    change.seal(dict(words))
    insert(change)


def _take_along(found: FoundPerson) -> None:
    """Her pairs, what was said of them and what was changed before lie where she does: who decides there reads why."""
    FoundChange.objects.filter(found=found).update(place_no=found.place_no)
    Decision.objects.filter(candidate__found=found).update(found_place_no=found.place_no)
    for rows in (ConfirmedLink.objects.filter(candidate__found=found), Task.objects.filter(link__candidate__found=found)):
        rows.update(found_place_no=found.place_no)
    Candidate.objects.filter(found=found).update(found_place=found.place, found_place_no=found.place_no)


def _coded(details: FoundDetails) -> dict[str, Any]:
    told = {key: getattr(details, key) for key in CODED if key not in ("home_id", "languages")}
    return {**told, "home_id": details.home.pk if details.home else None, "languages": list(details.languages)}


def _plain(before: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if key == "found_on" else value for key, value in before.items()}
