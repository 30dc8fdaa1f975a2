"""Every change to found people, candidate pairs and links, and every reading of the names in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.inbox.models import Attachment
from aanchal.matching import naming, queries, rules
from aanchal.matching.facts import FoundRecorded, LinkConfirmed, LinkUndone, ModelApproved, PairsSeen
from aanchal.matching.likeness import small
from aanchal.matching.models import Candidate, ConfirmedLink, Decision, FoundPerson, LearntModel, Task
from aanchal.matching.terms import Answer, ModelStanding, Standing
from aanchal.people import actions as people
from aanchal.people.models import Person
from aanchal.people.queries import Names, names_of, survivors
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.registers.terms import YesNo

TEXTS = ("name", "alias", "father", "mother", "village", "marks", "remarks")
MOST_COMPARED, MOST_SHOWN = 20_000, 20


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
def follow_report(*, person: UUID, by) -> None:
    """A missing report that was closed by other means takes its pairs out of the queue; one that is open again brings them back."""
    with acting(SYSTEM):
        mine = Candidate.objects.filter(person_id=person)
        if queries.standing_report(person) is None:
            mine.filter(standing__in=rules.WAITING).update(stood=F("standing"), standing=Standing.CLOSED)
        else:
            _open_again(mine.filter(standing=Standing.CLOSED, closed_by=None))


@action
def decide(*, candidate: Candidate, answer: str, reasons: Iterable[str], note: str, at: datetime, by) -> Decision:
    """Same, different or unsure. Two different people who say "the same" make a link. Raises NotPossible."""
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    first = _first(candidate)
    standing = rules.after(candidate.standing, answer, by=by.pk, first=first.by_id if first else None)
    decision = Decision(
        candidate=candidate, place_no=candidate.place_no, found_place_no=candidate.found_place_no, answer=Answer(answer),
        reasons=sorted(set(reasons)), at=at, by_id=by.pk,
    )  # fmt: skip
    if note.strip():
        decision.seal({"note": note.strip()})
    insert(decision)
    Candidate.objects.filter(pk=candidate.pk).update(standing=standing)
    trail.write("matching.pair.decided", about=candidate, answer=answer, reasons=decision.reasons)
    facts.announce(PairsSeen(frozenset({candidate.person_id}), at))
    if standing == Standing.CONFIRMED and first:
        _confirm(candidate, first, decision, at=at, by=by)
    return decision


@action
def look_again(*, candidate: Candidate, at: datetime, by) -> Candidate:
    """One person said that it is not she, and was mistaken: the pair waits again. No search brings it back. Raises NotPossible."""
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    rules.may_look_again(candidate.standing, is_looked_for=_are_looked_for(candidate))
    insert(
        Decision(
            candidate=candidate, place_no=candidate.place_no, found_place_no=candidate.found_place_no, answer=Answer.UNSURE,
            reasons=["NOT_ENOUGH"], at=at, by_id=by.pk,
        )
    )  # fmt: skip
    Candidate.objects.filter(pk=candidate.pk).update(standing=Standing.UNSURE)
    trail.write("matching.pair.reopened", about=candidate)
    facts.announce(PairsSeen(frozenset({candidate.person_id}), at))
    return candidate


@action
def undo(*, link: ConfirmedLink, at: datetime, by) -> ConfirmedLink:
    """It is not she after all: the register line is open again, the pair is to be looked at again, all that was said is kept."""
    if not ConfirmedLink.objects.filter(pk=link.pk, undone_at=None).update(undone_at=at, undone_by=by.pk):
        raise rules.NotPossible("undone")
    link.refresh_from_db()
    trail.write("matching.link.undone", about=link)
    with acting(SYSTEM):
        _take_back(link, at=at)
    facts.announce(LinkUndone(link=link, by=by))
    return link


@action
def complete_task(*, task: Task, at: datetime, by) -> Task:
    if not Task.objects.filter(pk=task.pk, done_at=None).update(done_at=at, done_by=by.pk):
        raise rules.NotPossible("done")
    trail.write("matching.task.done", about=task, kind=task.kind)
    return task


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


def _first(candidate: Candidate) -> Decision | None:
    """Who said "the same" before, since the pair last became undecided."""
    if candidate.standing != Standing.SAID_SAME:
        return None
    return candidate.decisions.filter(answer=Answer.SAME).order_by("-at").first()


def _are_looked_for(candidate: Candidate) -> bool:
    with acting(SYSTEM):
        is_missed = queries.standing_report(candidate.person_id) is not None
        return is_missed and FoundPerson.objects.filter(pk=candidate.found_id, is_open=True).exists()


def _confirm(candidate: Candidate, first: Decision, second: Decision, *, at: datetime, by) -> ConfirmedLink:
    """The register says that she is found, and people are told what to do next. Either side may lie outside what `by` reaches."""
    link = ConfirmedLink(
        candidate=candidate, place_no=candidate.place_no, found_place_no=candidate.found_place_no, first=first, second=second,
        confirmed_at=at,
    )  # fmt: skip
    with acting(SYSTEM):
        link.closed = _close(candidate, link, at=at)
    insert(link)
    _set_tasks(link, candidate.facts, at)
    trail.write("matching.link.confirmed", about=link)
    facts.announce(LinkConfirmed(link=link, by=by))
    return link


def _close(candidate: Candidate, link: ConfirmedLink, *, at: datetime) -> Entry:
    """The line of the missing register as it then reads; neither of the two is looked for any more, and `link` is why."""
    entry, found = queries.standing_report(candidate.person_id), FoundPerson.objects.get(pk=candidate.found_id)
    if entry is None or not found.is_open:
        raise rules.NotPossible("closed")
    others = queries.others_of(candidate).filter(standing__in=rules.WAITING)
    others.update(stood=F("standing"), standing=Standing.CLOSED, closed_by=link)
    FoundPerson.objects.filter(pk=found.pk).update(is_open=found.kind == "SIGHTED")
    changes = registers.Changes(details=rules.closing(found.kind, max(found.found_on, entry.happened_on)))
    return registers.correct_entry(entry=entry, changes=changes, reason="LINK_CONFIRMED", at=at, by=SYSTEM)


def _take_back(link: ConfirmedLink, *, at: datetime) -> None:
    candidate = link.candidate
    Candidate.objects.filter(pk=candidate.pk).update(standing=Standing.UNSURE)
    FoundPerson.objects.filter(pk=candidate.found_id).update(is_open=True)
    closed = Entry.objects.select_related("corrects", "person", "household", "place")
    line = closed.filter(pk=link.closed_id).first() if link.closed_id else None
    if line and line.stands and line.corrects:
        changes = registers.Changes(details=rules.reopening(line.corrects.details))
        registers.correct_entry(entry=line, changes=changes, reason="LINK_UNDONE", at=at, by=SYSTEM)
    _open_again(Candidate.objects.filter(standing=Standing.CLOSED, closed_by=link))


def _open_again(closed: QuerySet[Candidate]) -> None:
    """As they stood before, where both are looked for again; where another link holds one of them, that link is now the reason."""
    for candidate in closed:
        holding = queries.links_holding(candidate).first()
        if holding or queries.standing_report(candidate.person_id) is None:
            Candidate.objects.filter(pk=candidate.pk).update(closed_by=holding)
        else:
            Candidate.objects.filter(pk=candidate.pk).update(standing=candidate.stood or Standing.OPEN, stood="", closed_by=None)


def _set_tasks(link: ConfirmedLink, told: Mapping[str, Any], at: datetime) -> None:
    day = day_in_india(at)
    tasks = rules.follow_ups(kind=told["found"]["kind"], age=told["missing"].get("age"))
    numbers = {"place_no": link.place_no, "found_place_no": link.found_place_no}
    insert(*(Task(link=link, kind=one.kind, due_on=day + one.due, **numbers) for one in tasks))


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
