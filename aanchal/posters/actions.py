"""Every change of a missing-person notice: asked for, released by another, renewed, ended; and what the public tells."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from aanchal.access import queries as access
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.codes import ALPHABET, LENGTH
from aanchal.core.rows import insert
from aanchal.matching import queries as finding
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.people import actions as people
from aanchal.people.models import Consent
from aanchal.people.rules import HONORIFICS
from aanchal.posters import queries, rules
from aanchal.posters.models import SHOWN, Agreement, OpenPoster, Poster, Seen
from aanchal.posters.rules import Known, Refused
from aanchal.posters.terms import Check, End, State
from aanchal.registers.models import Entry

OFFICER = "ahtu_officer"
STRUCK = "CLOSED_FALSE"


@dataclass(frozen=True)
class Told:
    """What the officer chooses to show, of closed lists; the rest is taken from the record."""

    shows_name: bool = False
    languages: tuple[str, ...] = ()
    height: str = ""
    build: str = ""
    features: tuple[str, ...] = ()
    clothes: str = ""


@dataclass(frozen=True)
class Agreed:
    """The paper that the family signed."""

    giver: str
    name: str
    written: str
    language: str
    on: date

    @property
    def consent(self) -> rules.Consent:
        return rules.Consent(self.giver, bool(self.written), self.on)


@dataclass(frozen=True)
class Opened:
    """What is sealed in a notice: the first name that it shows, who agreed, what people told, the newest first."""

    name: str
    givers: dict[UUID, str]
    seen: list[tuple[datetime, str, str]]


def forbidden(*, entry: Entry, on: date) -> list[rules.Rule]:
    """What on record forbids a notice of this line, before anything is asked: the answers of the officer and the consent come later."""
    said = dict.fromkeys(Check.values, "NO")
    return rules.refusals(_known(entry, said, None, on), with_consent=False)


@action
def propose(*, entry: Entry, told: Told, agreed: Agreed, checks: Mapping[str, str], at: datetime, by) -> Poster:
    """Raises Refused, with every reason at once."""
    on = day_in_india(at)
    clothes = rules.check_clothes(told.clothes)
    known = _allowed(_known(entry, checks, agreed.consent, on))
    _is_fresh(agreed, on)
    age, child_years = known.age or 0, known.age if known.is_child else None
    poster = Poster(
        number=_new_number(), person=entry.person, entry=entry, place=entry.place, place_no=entry.place_no, sex=entry.person.sex,
        age=rules.band(age), years=child_years, last_seen_on=entry.happened_on, languages=list(told.languages), height=told.height,
        build=told.build, features=sorted(told.features), clothes=clothes, until=rules.last_day(agreed.on), checks=dict(checks),
        proposed_by_id=by.pk, proposed_at=at,
    )  # fmt: skip
    poster.seal({"name": _first_name(entry, by)} if told.shows_name else {})
    try:
        with transaction.atomic():
            insert(poster)
    except IntegrityError as twice:
        raise Refused([("", "there_is_one")]) from twice
    _agree(poster, agreed, at=at, by=by)
    trail.write("posters.poster.proposed", about=poster, shows_name=told.shows_name)
    return poster


@action
def release(*, poster: Poster, at: datetime, by) -> Poster:
    """For everyone, by another than who asked for it, after the rule was asked once more. Raises Refused."""
    poster = _locked(poster)
    _to_decide(poster, by)
    _allowed(_known_of(poster, day_in_india(at)))
    _decide(poster, State.RELEASED, "", at=at, by=by)
    place = poster.place
    insert(
        OpenPoster(
            id=poster.pk, place_no=place.district.place_no, state_code=place.state.lgd_code, district_code=place.district.lgd_code,
            state_names={"en": place.state.name} | place.state.names, district_names={"en": place.district.name} | place.district.names,
            name=poster.told().get("name", ""), **{field: getattr(poster, field) for field in SHOWN},
        )
    )  # fmt: skip
    trail.write("posters.poster.released", about=poster, number=poster.number)
    return poster


@action
def send_back(*, poster: Poster, words: str, at: datetime, by) -> Poster:
    """Raises Refused."""
    poster = _locked(poster)
    _to_decide(poster, by)
    if not words.strip():
        raise Refused([("words", "no_words")])
    _decide(poster, State.RETURNED, words.strip()[:300], at=at, by=by)
    trail.write("posters.poster.returned", about=poster)
    return poster


@action
def renew(*, poster: Poster, agreed: Agreed, at: datetime, by) -> Poster:
    """The family was asked again: ninety days from then. Raises Refused."""
    poster, on = _locked(poster), day_in_india(at)
    if poster.state != State.RELEASED or poster.until < on:
        raise Refused([("", "decided")])
    last = max(one.given_on for one in poster.agreements.all())
    if agreed.on <= last:
        raise Refused([("given_on", "consent_same")])
    _allowed(_known(poster.entry, poster.checks, agreed.consent, on))
    _is_fresh(agreed, on)
    _agree(poster, agreed, at=at, by=by)
    poster.until = rules.last_day(agreed.on)
    poster.save(update_fields=["until"])
    OpenPoster.objects.filter(pk=poster.pk).update(until=poster.until)
    trail.write("posters.poster.renewed", about=poster, until=f"{poster.until}")
    return poster


@action
def withdraw(*, poster: Poster, at: datetime, by) -> Poster:
    """The family takes its consent back: nobody asks why."""
    poster = _locked(poster)
    if not poster.is_live:
        raise Refused([("", "decided")])
    poster.agreements.filter(withdrawn_at=None).update(withdrawn_at=at)
    _end(poster, End.WITHDRAWN, at=at, by=by)
    return poster


@action
def withdraw_with(*, consent: Consent, at: datetime) -> int:
    """The family takes back what it agreed to of its records: its notices go with that. As the installation. How many ended."""
    with acting(SYSTEM):
        posters = queries.live_with(consent)
        for poster in map(_locked, posters):
            poster.agreements.filter(withdrawn_at=None).update(withdrawn_at=at)
            _end(poster, End.WITHDRAWN, at=at, by=SYSTEM)
    return len(posters)


@action
def take_down(*, poster: Poster, at: datetime, by) -> Poster:
    poster = _locked(poster)
    if not poster.is_live:
        raise Refused([("", "decided")])
    _end(poster, End.NO_NEED, at=at, by=by)
    return poster


@action
def look_again(*, people: Iterable[UUID], at: datetime, is_found: bool = False) -> int:
    """Something was recorded of these people: whose notice must end, ends now. As the installation. How many ended."""
    with acting(SYSTEM):
        return sum(_look_at(one, at=at, is_found=is_found) for one in queries.live_of(people))


@action
def look_at_all(*, at: datetime) -> int:
    """The clock's part: what is over, and whatever changed without a word."""
    return sum(_look_at(one, at=at) for one in queries.live())


@action
def tell_seen(*, number: str, words: str, phone: str, at: datetime) -> Seen:
    """From anyone: who keeps the notice is told at once. Kept sealed. Raises Refused."""
    with acting(SYSTEM):
        poster = queries.released(number, day_in_india(at))
        if poster is None:
            raise Refused([("number", "no_number")])
        if queries.told_today(poster, at) >= rules.MOST_A_DAY:
            raise Refused([("number", "too_many")])
        seen = Seen(poster=poster, place_no=poster.place_no, at=at)
        seen.seal({"words": words.strip()[: rules.WORDS], "phone": phone.strip()[:20]})
        insert(seen)
        trail.write("posters.seen.told", about=seen)
        notices.tell(users=keepers(poster, day_in_india(at)), topic=Topic.SEEN, about=poster.pk, at=at, by=SYSTEM)
    return seen


@action
def open_words(*, poster: Poster, at: datetime, by) -> Opened:
    """What is sealed in a notice and what people told about it. The reading is on the trail; what was told counts as read."""
    trail.write("posters.poster.opened", about=poster)
    Seen.objects.filter(poster=poster, read_at=None).update(read_at=at, read_by=by.pk)
    told = [(one.at, one.told()) for one in poster.seen.order_by("-at", "-pk")]
    return Opened(
        name=poster.told().get("name", ""), givers={one.pk: one.told().get("name", "") for one in poster.agreements.all()},
        seen=[(at, words.get("words", ""), words.get("phone", "")) for at, words in told],
    )  # fmt: skip


def keepers(poster: Poster, on: date) -> set[UUID]:
    """The officer of the unit who asked for or released it, while posted there; else every officer of the unit."""
    here = set(access.posted_at((OFFICER,), poster.place_no, on=on))
    return here & {poster.proposed_by_id, poster.decided_by_id} or here


def _look_at(poster: Poster, *, at: datetime, is_found: bool = False) -> bool:
    poster = _locked(poster)
    on = day_in_india(at)
    if not poster.is_live:
        return False
    line = finding.standing_report(poster.person_id)
    if line and line.pk != poster.entry_id:
        poster.entry = line
        poster.save(update_fields=["entry"])
    end = _due(poster, line, on, is_found=is_found)
    if end:
        _end(poster, end, at=at, by=SYSTEM)
    return bool(end)


def _due(poster: Poster, line: Entry | None, on: date, *, is_found: bool) -> str:
    """Why it must end today, or nothing."""
    if line is None:
        lines = Entry.objects.filter(person_id=poster.person_id, register=poster.entry.register, stands=True)
        later = lines.order_by("-recorded_at").first()
        return End.FOUND if later and later.details.get("missing_status") != STRUCK else End.STRUCK
    if is_found:
        return End.FOUND
    if poster.until < on:
        return End.EXPIRED
    return End.RULE if rules.refusals(_known_of(poster, on)) else ""


def _end(poster: Poster, end: str, *, at: datetime, by) -> None:
    """What everyone read is deleted here, in the transaction of what ended it; that it was there stays on the trail."""
    poster.state, poster.end, poster.ended_at, poster.ended_by_id = State.ENDED, end, at, by.pk
    poster.save(update_fields=["state", "end", "ended_at", "ended_by"])
    OpenPoster.objects.filter(pk=poster.pk).delete()
    trail.write("posters.poster.ended", about=poster, number=poster.number, end=end)


def _known_of(poster: Poster, on: date) -> Known:
    agreement = poster.agreements.order_by("-given_on").first()
    return _known(poster.entry, poster.checks, agreement.consent if agreement else None, on)


def _known(entry: Entry, checks: Mapping[str, str], consent: rules.Consent | None, on: date) -> Known:
    with acting(SYSTEM):
        return queries.known(entry=entry, person=entry.person, checks=checks, consent=consent, on=on)


def _allowed(known: Known) -> Known:
    refused = rules.refusals(known)
    if refused:
        raise Refused([("", rule.key) for rule in refused])
    return known


def _is_fresh(agreed: Agreed, on: date) -> None:
    if on - agreed.on > rules.FRESH:
        raise Refused([("given_on", "consent_old")])


def _agree(poster: Poster, agreed: Agreed, *, at: datetime, by) -> None:
    row = Agreement(
        poster=poster, place_no=poster.place_no, giver=agreed.giver, written=agreed.written, language=agreed.language, given_on=agreed.on,
        noted_by_id=by.pk, noted_at=at,
    )  # fmt: skip
    row.seal({"name": agreed.name.strip()[:80]})
    insert(row)
    trail.write("posters.consent.noted", about=row, giver=row.giver, written=row.written, language=row.language, given_on=f"{row.given_on}")


def _decide(poster: Poster, state: str, words: str, *, at: datetime, by) -> None:
    poster.state, poster.decided_by_id, poster.decided_at, poster.decide_words = state, by.pk, at, words
    poster.save(update_fields=["state", "decided_by", "decided_at", "decide_words"])


def _to_decide(poster: Poster, by) -> None:
    if poster.state != State.PROPOSED:
        raise Refused([("", "decided")])
    if by.pk is None or by.pk == poster.proposed_by_id:
        raise Refused([("", "own_work")])


def _locked(poster: Poster) -> Poster:
    related = ("place__district", "place__state", "person", "entry__person", "entry__household", "entry__place")
    return Poster.objects.select_for_update(of=("self",)).select_related(*related).get(pk=poster.pk)


def _first_name(entry: Entry, by) -> str:
    names = people.open_names(people=[entry.person], reason="POSTER", by=by).get(entry.person_id)
    return rules.first_name(names.name, HONORIFICS) if names else ""


def _new_number() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
