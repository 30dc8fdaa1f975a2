"""Seeded runs of ten phones against the server's own code: offline visits, lost answers, wrong clocks, moved workers, wiped phones."""

import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from aanchal.access import actions as access
from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Device, Posting, User
from aanchal.field import decisions, tasks
from aanchal.inbox.models import Submission
from aanchal.people import correcting
from aanchal.people.actions import HouseholdDetails, PersonDetails
from aanchal.people.models import Conflict, Household
from aanchal.people.queries import names_of
from aanchal.people.rules import Age
from aanchal.people.terms import Choice, ConflictState
from aanchal.places.models import Place
from aanchal.places.rules import child
from aanchal.places.terms import COLUMN, Level
from aanchal.risk import actions as risk
from aanchal.risk import queries, settling
from aanchal.risk.answers import facts_of_survey
from bench import oracle, phones
from bench.phones import Family, Letter, Phone

PHONES, VILLAGES, FAMILIES = 10, 3, 4
SAFE = (201, 202)
LATE = timedelta(days=8)
SINCE = date(2020, 1, 1)


@dataclass
class Ground:
    """The block where the runs of a process take place, each in a panchayat of its own, and its officer."""

    block: Place
    officer: User
    panchayats: int = 0


def district() -> Place:
    """Where all runs take place. Made before the processes part: two that begin at once would both make it."""
    with acting(SYSTEM):
        place = Place.objects.get(level=Level.NATION)
        for level, number in ((Level.STATE, 199), (Level.DISTRICT, 500)):
            place = _known(level, place, number) or _place(level, place, number)
    return place


def ground(ordinal: int) -> Ground:
    """A block of its own for each process."""
    above = district()
    with acting(SYSTEM):
        place = _known(Level.BLOCK, above, ordinal) or _place(Level.BLOCK, above, ordinal)
        officer = _worker("officer", "block_officer", place)
    return Ground(place, officer)


def run(ground: Ground, seed: int, *, events: int = 30) -> oracle.Found:
    """One run; what it found must be nothing."""
    world = World(ground, seed)
    world.begin()
    for _event in range(events):
        world.happen()
    world.end()
    return world.judged()


class World:
    """Ten phones, three villages, four families."""

    def __init__(self, ground: Ground, seed: int):
        self.ground, self.rng, self.client = ground, Random(seed), Client(headers={"host": "127.0.0.1"})
        self.now, self.today = timezone.now(), policy.day_in_india(timezone.now())
        self.villages: list[Place] = []
        self.phones: list[Phone] = []
        self.letters: list[Letter] = []
        self.first: dict[UUID, dict] = {}
        self.members: dict[UUID, tuple[UUID, UUID, str]] = {}
        self.known: dict[UUID, Family] = {}
        self.found = oracle.Found()
        self.ways = (
            (8, self.visit), (7, self.sync), (1, self.release), (2, self.decide), (1, self.move), (0.4, self.wipe), (0.7, self.take_back),
        )  # fmt: skip

    def begin(self) -> None:
        with acting(SYSTEM):
            self.ground.panchayats += 1
            panchayat = _place(Level.PANCHAYAT, self.ground.block, self.ground.panchayats)
            self.villages = [_place(Level.VILLAGE, panchayat, n + 1) for n in range(VILLAGES)]
            self.phones = self._phones()
            for n in range(FAMILIES):
                self._family(self.villages[n % VILLAGES])
        for phone in self.phones:
            phone.refreshed({pk: one for pk, one in self.known.items() if one.village == phone.village.lgd_code})

    def happen(self) -> None:
        weights, ways = zip(*self.ways, strict=True)
        [way] = self.rng.choices(ways, weights)
        way()

    def end(self) -> None:
        """Every phone finds a network, every visit that waited is applied, every form of a place that was left is accepted."""
        for phone in self.phones:
            while phone.outbox:
                self._send_all(phone, is_calm=True)
        self.release()
        self.release(at=timezone.now() + LATE)
        self._accept_what_waits()
        for _time in range(3):
            self.decide()
        self.take_back()
        for phone in self.phones:
            self._refresh(phone)
            self._check_scope(phone)

    def judged(self) -> oracle.Found:
        with acting(SYSTEM):
            history = oracle.History.read(list(self.first), [one.instance for one in self.letters])
            for one in history.submissions.values():
                self.found.note("lost", f"waits for ever: {[told['kind'] for told in one.faults]}", one.status == "FLAGGED")
            safe = {one.instance for one in self.letters if one.heard or one.instance in history.submissions}
            oracle.judge(self.found, history, [one for one in self.letters if one.instance in safe], self.first)
        return self.found

    def visit(self) -> None:
        letter = self.rng.choice(self.phones).visit(self.rng, self.today)
        if letter:
            self.letters.append(letter)

    def sync(self) -> None:
        phone = self.rng.choice(self.phones)
        self._send_all(phone, is_calm=False)
        if self.rng.random() < 0.8:
            self._refresh(phone)
            self._check_scope(phone)

    def release(self, at=None) -> None:
        with acting(SYSTEM):
            tasks.release_in_order(at=at or timezone.now())

    def decide(self) -> None:
        """The officer settles a conflict one way or another."""
        with acting(self.ground.officer):
            conflict = self._a_conflict(ConflictState.OPEN)
            if conflict:
                choice = Choice(self.rng.choice(Choice.values))
                value = self.rng.choice(phones.DOMAINS[conflict.field])
                decision = settling.Decision(choice, "asked", conflict.household.version, value)
                settling.settle(conflict=conflict, decision=decision, at=timezone.now(), by=self.ground.officer)

    def take_back(self) -> None:
        with acting(self.ground.officer):
            conflict = self._a_conflict(ConflictState.SETTLED)
            if conflict:
                try:
                    settling.reopen(conflict=conflict, at=timezone.now(), by=self.ground.officer)
                except settling.ChangedMeanwhile:
                    return

    def move(self) -> None:
        """A worker's posting ends; she works in another village from today."""
        phone = self.rng.choice(self.phones)
        phone.village = self.rng.choice([one for one in self.villages if one != phone.village])
        yesterday = self.today - timedelta(days=1)
        with acting(SYSTEM):
            posting = Posting.objects.get(user=phone.user, until=None)
            access.end_posting(posting=posting, until=yesterday, by=SYSTEM)
            access.post(user=phone.user, role="gender_crp", place=phone.village, since=SINCE, by=SYSTEM)

    def wipe(self) -> None:
        """What it holds is gone, unsent work too; it is enrolled anew."""
        phone = self.rng.choice(self.phones)
        phone.rows, phone.outbox = {}, []
        with acting(SYSTEM):
            phone.token = access.enrol_device(user=phone.user, label="again", at=timezone.now(), by=SYSTEM)[1]
        self._refresh(phone)

    def _send_all(self, phone: Phone, *, is_calm: bool) -> None:
        """Mostly in order. Some never arrive, some answers are never heard, some are sent twice."""
        waiting = list(phone.outbox)
        if self.rng.random() < 0.3:
            self.rng.shuffle(waiting)
        for letter in waiting:
            luck = 1.0 if is_calm else self.rng.random()
            if luck < 0.1:
                continue
            for _time in range(2 if luck > 0.9 else 1):
                status = self._post(phone, letter)
            if luck < 0.25:
                continue
            if status not in SAFE:
                self.found.note("lost", f"refused with {status}")
            letter.heard = True
            phone.outbox.remove(letter)

    def _post(self, phone: Phone, letter: Letter) -> int:
        part = SimpleUploadedFile("submission.xml", letter.xml, "text/xml")
        return self.client.post(f"/d/{phone.token}/submission", {"xml_submission_file": part}).status_code

    def _refresh(self, phone: Phone) -> None:
        """As the app does: what it may hold, the values of it, and what to drop once nothing waits."""
        told = json.dumps({"waiting": len(phone.outbox), "holds": [str(pk) for pk in phone.rows]})
        answer = self.client.post(f"/d/{phone.token}/scope", told, content_type="application/json").json()
        self._drop(phone, answer["drop"])
        phone.refreshed(self._families({UUID(pk): version for pk, version in answer["households"].items()}))

    def _drop(self, phone: Phone, ids: list[str]) -> None:
        for pk in ids:
            del phone.rows[UUID(pk)]

    def _check_scope(self, phone: Phone) -> None:
        if phone.outbox:
            return
        with acting(SYSTEM):
            here = set(Household.objects.filter(place=phone.village).values_list("pk", flat=True))
        outside = phone.rows.keys() - here
        self.found.note("out_of_scope", "a phone holds what is not its worker's", len(outside))
        self.found.note("out_of_scope", "a phone lacks what is its worker's", len((here & self.first.keys()) - phone.rows.keys()))

    def _families(self, versions: dict[UUID, int]) -> dict[UUID, Family]:
        """What the server holds of them now, as the list on a phone would say."""
        stale = [pk for pk, version in versions.items() if pk not in self.known or self.known[pk].version != version]
        if stale:
            with acting(SYSTEM):
                for one in Household.objects.filter(pk__in=stale).select_related("place"):
                    self.known[one.pk] = self._family_now(one)
        return {pk: self.known[pk] for pk in versions}

    def _family_now(self, one: Household) -> Family:
        head, girl, guardian = self.members[one.pk]
        facts = queries.newest_facts(one)
        values = {name: facts[name] for name in phones.FACTS} | {"hamlet": one.hamlet, "name": names_of([head])[head].name}
        values["school_status"] = correcting.standing(one, girl, "school_status")
        return Family(one.pk, one.place.lgd_code, head, girl, guardian, values, one.version, one.version)

    def _accept_what_waits(self) -> None:
        """Forms of a place that was left, which the officer there accepts; the earliest of a run first."""
        with acting(self.ground.officer):
            waiting = Submission.objects.filter(status="FLAGGED", place__in=self.villages).order_by("received_at", "pk")
            for submission in list(waiting):
                kinds = {told["kind"] for told in submission.faults}
                self.found.note("lost", f"flagged for {kinds}", not kinds <= {"LEFT_PLACE", "OUT_OF_ORDER"})
                decisions.accept(submission=submission, note="asked", at=timezone.now(), by=self.ground.officer)

    def _a_conflict(self, state: ConflictState) -> Conflict | None:
        near = Conflict.objects.filter(household__in=list(self.first), state=state, field__in=list(phones.DOMAINS))
        found = list(near.select_related("household", "other", "settlement").order_by("pk"))
        return self.rng.choice(found) if found else None

    def _phones(self) -> list[Phone]:
        """Workers and their phones, all at once: how they are enrolled is not what is tried here."""
        tokens = [secrets.token_urlsafe(32) for _ in range(PHONES)]
        at = [self.villages[n % VILLAGES] for n in range(PHONES)]
        workers = [User(username=f"worker-{uuid4().hex[:16]}", name="A synthetic worker", joined_at=self.now) for _ in range(PHONES)]
        User.objects.bulk_create(workers)
        who = list(zip(workers, at, tokens, strict=True))
        Posting.objects.bulk_create(
            Posting(user=one, role="gender_crp", place=place, place_no=place.place_no, since=SINCE) for one, place, _token in who
        )
        Device.objects.bulk_create(
            Device(user=one, label="phone", token_hash=access.token_hash(token), enrolled_at=self.now) for one, _place, token in who
        )
        return [Phone(token, one, place, skew=self.rng.choice((0, 0, 0, -3, 4, -20))) for one, place, token in who]

    def _family(self, village: Place) -> None:
        values = {name: self.rng.choice(domain) for name, domain in phones.DOMAINS.items()}
        head, girl, guardian = uuid4(), uuid4(), phones.a_guardian()
        family = Family(uuid4(), village.lgd_code, head, girl, guardian, values)
        answers = phones.survey(family)
        age = Age(basis="STATED", years=34, told_on=self.today)
        young = Age(basis="STATED", years=12, told_on=self.today)
        school = {"marital_status": "SINGLE", "school_status": values["school_status"]}
        members = (
            PersonDetails(head, values["name"], "FEMALE", age, guardian, relation="SELF", marital_status="WIDOWED"),
            PersonDetails(girl, "Gita", "FEMALE", young, relation="DAUGHTER", **school),
        )
        details = HouseholdDetails(id=family.pk, hamlet=values["hamlet"], members=members)
        told = facts_of_survey({**answers["hh"], **answers["private"]}, answers["member"])
        risk.record_survey(details=details, told=told, place=village, visited_on=date(2026, 1, 1), at=self.now, by=SYSTEM)
        self.first[family.pk], self.members[family.pk], self.known[family.pk] = dict(values), (head, girl, guardian), family


def _known(level: Level, parent: Place, ordinal: int) -> Place | None:
    return Place.objects.filter(level=level, place_no=child(parent.interval, level, ordinal).first).first()


def _place(level: Level, parent: Place, ordinal: int) -> Place:
    interval = child(parent.interval, level, ordinal)
    above = {f"{column}_id": getattr(parent, f"{column}_id") for column in COLUMN.values()}
    above[f"{COLUMN[Level(parent.level)]}_id"] = parent.pk
    code = 10**14 + interval.first % 10**13
    return Place.objects.create(
        level=level, lgd_code=code, name=f"{level.label} {ordinal}", place_no=interval.first, last_no=interval.last, **above
    )


def _worker(name: str, role: str, place: Place) -> User:
    user = access.create_user(username=f"{name}-{uuid4().hex[:12]}", name="A synthetic worker", password=None, at=timezone.now(), by=SYSTEM)
    access.post(user=user, role=role, place=place, since=SINCE, by=SYSTEM)
    return user


