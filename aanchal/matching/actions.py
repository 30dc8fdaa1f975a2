"""Every change to found people, candidate pairs and links, and every reading of the names in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.inbox.models import Attachment
from aanchal.matching import naming, rules
from aanchal.matching.facts import FoundRecorded, ModelApproved, PairsSeen
from aanchal.matching.likeness import small
from aanchal.matching.models import Candidate, FoundPerson, LearntModel
from aanchal.matching.terms import ModelStanding
from aanchal.people import actions as people
from aanchal.people.models import Person
from aanchal.people.queries import Names, names_of, survivors
from aanchal.registers.models import Entry
from aanchal.registers.terms import YesNo

TEXTS = ("name", "alias", "father", "mother", "village", "marks", "remarks")
MOST_COMPARED, MOST_SHOWN = 20_000, 20
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Named:
    """Someone whose name was asked for."""

    person: Person
    names: Names


@dataclass(frozen=True)
class FoundDetails:
    """What is known of someone found. `texts` are words about persons, by TEXTS."""

    kind: str
    found_on: date
    sex: str
    years: int | None = None
    height_cm: int | None = None
    home: Any = None
    languages: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fits:
    """One pair as the engine scored it, and what both sides said then."""

    entry: Entry
    found: FoundPerson
    probability: float
    bits: Mapping[str, float]
    levels: Mapping[str, int]
    facts: Mapping[str, Mapping[str, Any]]
    told: Mapping[str, Mapping[str, str]]


@action
def record_found(*, details: FoundDetails, place, at: datetime, by) -> FoundPerson:
    """Someone rescued, found or seen. A search among the missing begins at once."""
    if details.found_on > day_in_india(at):
        raise rules.NotPossible("future")
    found = FoundPerson(
        kind=details.kind, place=place, place_no=place.place_no, home=details.home, found_on=details.found_on, sex=details.sex,
        years=details.years, height_cm=details.height_cm, languages=list(details.languages), recorded_at=at, recorded_by_id=by.pk,
    )  # fmt: skip
    found.seal({key: details.texts[key].strip() for key in TEXTS if details.texts.get(key, "").strip()})
    insert(found)
    trail.write("matching.found.recorded", about=found, kind=found.kind)
    facts.announce(FoundRecorded(found=found, by=by))
    return found


@action
def record_found_once(*, details: FoundDetails, place, at: datetime, by) -> FoundPerson:
    """From a page, which may be sent twice. Two of whom nothing is known but age and sex may be two people. Raises NotPossible."""
    list(User.objects.select_for_update(of=("self",)).filter(pk=by.pk).values_list("pk"))
    same = FoundPerson.objects.filter(
        place=place, kind=details.kind, found_on=details.found_on, sex=details.sex, years=details.years, height_cm=details.height_cm,
        home=details.home, languages=list(details.languages), is_struck=False, recorded_by=by.pk,
    )  # fmt: skip
    told = {key: said for key in TEXTS if (said := details.texts.get(key, "").strip())}
    if any(one.told() == told and (told or one.recorded_at > at - A_MOMENT) for one in same):
        raise rules.NotPossible("twice")
    return record_found(details=details, place=place, at=at, by=by)


@action
def keep_candidates(*, fits: Iterable[Fits], version: str, at: datetime, by) -> int:
    """New pairs join the queue, known ones take the new figures and words; what people decided stays as they decided it."""
    fits = list(fits)
    known = {(one.person_id, one.found_id): one for one in _known(fits)}
    fresh = []
    for fit in fits:
        age = fit.entry.person.age.on(fit.entry.happened_on)
        weight = rules.urgency(age=age, days_since=(day_in_india(at) - fit.entry.happened_on).days)
        told = {
            "probability": fit.probability, "benefit": rules.benefit(fit.probability, weight), "bits": dict(fit.bits),
            "levels": dict(fit.levels), "facts": dict(fit.facts), "model_version": version, "searched_at": at,
        }  # fmt: skip
        if candidate := known.get((fit.entry.person_id, fit.found.pk)):
            if candidate.standing in rules.WAITING:
                _say(candidate, fit)
                sealed = {"sealed": candidate.sealed, "wrapped_key": candidate.wrapped_key}
                Candidate.objects.filter(pk=candidate.pk).update(entry=fit.entry, **sealed, **told)
        elif fit.probability >= rules.LEAST_SHOWN:
            fresh.append(_candidate(fit, told))
    if fresh:
        insert(*fresh)
        trail.write("matching.candidates.found", about=fresh[0], pairs=len(fresh))
    if seen := frozenset(fit.entry.person_id for fit in fits if fit.probability >= rules.LEAST_SHOWN):
        facts.announce(PairsSeen(seen, at))
    return len(fresh)


@action
def open_pair(*, candidate: Candidate, reason: str, by) -> dict[str, dict[str, str]]:
    """Both sides with their names, for someone who has to decide; the photo where the family agreed. The reading is on the trail."""
    photo = _photo(candidate)
    trail.write("matching.pair.opened", about=candidate, reason=reason, photo=bool(photo))
    told = candidate.told()
    return told | {"missing": told.get("missing", {}) | {"photo": photo}} if photo else told


@action
def propose_model(*, told: dict[str, Any], figures: dict[str, Any], at: datetime, by) -> LearntModel:
    """A model learnt from decisions waits for a person, beside the figures of the one in force."""
    learnt = LearntModel(version=told["version"], told=told, figures=figures, learnt_at=at)
    insert(learnt)
    trail.write("matching.model.proposed", about=learnt, version=learnt.version)
    return learnt


@action
def decide_model(*, learnt: LearntModel, is_approved: bool, at: datetime, by) -> LearntModel:
    """Approved, it takes the place of the one in force; both stay. What waits is weighed by it in the background."""
    learnt = LearntModel.objects.select_for_update().get(pk=learnt.pk)
    if learnt.standing != ModelStanding.PROPOSED:
        raise rules.NotPossible("decided")
    if is_approved:
        LearntModel.objects.filter(standing=ModelStanding.IN_FORCE).update(standing=ModelStanding.PAST)
    learnt.standing = ModelStanding.IN_FORCE if is_approved else ModelStanding.REFUSED
    learnt.decided_at, learnt.decided_by_id = at, by.pk
    learnt.save(update_fields=["standing", "decided_at", "decided_by"])
    trail.write(f"matching.model.{'approved' if is_approved else 'refused'}", about=learnt, version=learnt.version)
    if is_approved:
        facts.announce(ModelApproved(learnt=learnt, by=by))
    return learnt


def _photo(candidate: Candidate) -> str:
    """Small, as a page can carry it. Nothing is computed from a face (docs/adr/0029)."""
    with acting(SYSTEM):
        entry = Entry.objects.get(pk=candidate.entry_id)
        if entry.details.get("photo_consent") != YesNo.YES or not entry.submission_id:
            return ""
        found = Attachment.objects.filter(submission=entry.submission_id, content_type__startswith="image/").first()
        return small(found.content()) if found else ""


def _known(fits: list[Fits]) -> list[Candidate]:
    people, found = {fit.entry.person_id for fit in fits}, {fit.found.pk for fit in fits}
    return list(Candidate.objects.filter(person__in=people, found__in=found).only("pk", "person_id", "found_id", "standing"))


def _candidate(fit: Fits, told: dict[str, Any]) -> Candidate:
    here, there = fit.entry.place, fit.found.place
    places = {"place": here, "place_no": here.place_no, "found_place": there, "found_place_no": there.place_no}
    made = Candidate(person_id=fit.entry.person_id, entry=fit.entry, found=fit.found, **places, **told)
    _say(made, fit)
    return made


def _say(candidate: Candidate, fit: Fits) -> None:
    """What both sides say in words now."""
    candidate.seal({side: dict(words) for side, words in fit.told.items()})


@action
def search_names(*, name: str, by) -> list[Named]:
    """People whose name sounds like this one, in any script, where the reader may open names. That names were compared, and of how many,

    is on the trail; the name asked for is not. Each one shown is a reading of her name.
    """
    wanted = naming.wanted(name)
    known = policy.visible(by, Permission.IDENTITY_READ, Person.every.select_related("place").order_by("-pk"))[:MOST_COMPARED]
    people_known = {person.pk: person for person in known}
    opened = names_of(people_known)
    likely = _each_once(naming.nearest(wanted, {pk: names.name for pk, names in opened.items()}, MOST_SHOWN), people_known)
    trail.write("matching.names.searched", about=by, read=len(opened), found=len(likely))
    shown = people.open_names(people=[people_known[pk] for pk in likely], reason="NAME_SEARCH", by=by)
    return [Named(people_known[pk], shown[pk]) for pk in likely if pk in shown]


def _each_once(likely: list[UUID], known: dict[UUID, Person]) -> list[UUID]:
    """A person told by two records, by the one that stands: under either spelling."""
    stands = survivors(pk for pk in likely if known[pk].merged_into_id)
    return [pk for pk in dict.fromkeys(stands.get(one, one) for one in likely) if pk in known]
