"""Every change to modules, trainings, who trains, who attends, certificates and targets."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.activities import attending, queries, rules
from aanchal.activities.facts import Certified, VillagesTrained
from aanchal.activities.models import Attendee, Certificate, MasterTrainer, Module, Participant, Target, Trainer, Training
from aanchal.activities.rules import Refused
from aanchal.activities.terms import State
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.facts import announce
from aanchal.core.rows import insert, new
from aanchal.core.yaml_files import read_yaml
from aanchal.places.models import Place
from aanchal.places.queries import within

SHIPPED = Path(__file__).with_name("modules.yaml")


@dataclass(frozen=True)
class Someone:
    """A worker or officer: a user of Aanchal, or by name and post."""

    name: str
    post: str
    audience: str
    sex: str
    user: Any = None
    rank: str = ""
    office_no: str = ""


@dataclass(frozen=True)
class Result:
    """Of one attendee."""

    days_present: int
    before_percent: int | None
    after_percent: int | None
    why_left: str = ""


@action
def load_modules(*, by) -> int:
    """Each shipped module the database does not know yet."""
    known = set(Module.objects.filter(place=None).values_list("key", "version"))
    fresh = [Module(**one) for one in read_yaml(SHIPPED) if (one["key"], one["version"]) not in known]
    Module.objects.bulk_create(fresh)
    return len(fresh)


@action
def publish_version(*, place: Place, key: str, hours: int, pass_percent: int, source: str, on: date, by) -> Module:
    """A state's own version of a module from a day on; trainings before it keep theirs."""
    before = Module.objects.filter(key=key).order_by("-version").first()
    if before is None:
        raise Refused([("key", "not_there")])
    row = Module(
        key=key, version=before.version + 1, place=place, place_no=place.place_no, titles=before.titles, subjects=before.subjects,
        hours=hours, pass_percent=pass_percent, source=source.strip(), effective_from=on,
    )  # fmt: skip
    row.save(force_insert=True)
    trail.write("activities.module.published", about=row, key=key, version=row.version)
    return row


@action
def plan(*, place: Place, module: Module, told: Mapping[str, Any], at: datetime, by) -> Training:
    if told["ends_on"] < told["starts_on"]:
        raise Refused([("ends_on", "ends_before_it_begins")])
    if Training.objects.filter(place=place, module=module, state=State.PLANNED, **told).exists():
        raise Refused([("title", "stands_already")])
    row = new(Training, place=place, place_no=place.place_no, module=module, recorded_by_id=by.pk, recorded_at=at, **told)
    insert(row)
    trail.write("activities.training.planned", about=row, module=module.key)
    return row


@action
def nominate(*, place: Place, someone: Someone, module_key: str, source: str, on: date, at: datetime, by) -> MasterTrainer:
    """Where the cascade of a module begins."""
    participant = known(place=place, someone=someone, at=at, by=by)
    row = new(MasterTrainer, participant=participant, place_no=participant.place_no, module_key=module_key, source=source.strip(), on=on)
    _once(row, "module_key", "master_already")
    trail.write("activities.master.nominated", about=row, module=module_key)
    return row


@action
def assign_trainer(*, training: Training, participant: Participant, by) -> Trainer:
    """Raises Refused for who is no master trainer and never passed a training of trainers of the module."""
    if training.state != State.PLANNED:
        raise Refused([("", "not_planned")])
    key = training.module.key
    is_master = queries.is_master(participant, key)
    if not rules.may_train(is_master=is_master, passed_as_trainer=queries.passed_as_trainer(participant, key)):
        raise Refused([("", "never_passed")])
    if training.attendees.filter(participant=participant).exists():
        raise Refused([("", "attends")])
    row = new(Trainer, training=training, place_no=training.place_no, participant=participant)
    _once(row, "", "trains_already")
    trail.write("activities.trainer.assigned", about=row, training=str(training.pk))
    return row


@action
def enrol(*, training: Training, participant: Participant, by) -> Attendee:
    if training.state != State.PLANNED:
        raise Refused([("", "not_planned")])
    if training.trainers.filter(participant=participant).exists():
        raise Refused([("", "trains_already")])
    row = new(
        Attendee, training=training, place_no=training.place_no, participant=participant, code=attending.fresh_code(training)
    )  # fmt: skip
    _once(row, "", "attends_already")
    trail.write("activities.attendee.enrolled", about=row, training=str(training.pk))
    return row


@action
def enrol_several(*, training: Training, people: Iterable[Someone], at: datetime, by) -> int:
    """Those of a paper list; who is on the list already stays. How many are new. Raises Refused, and then nobody is."""
    enrolled = set(training.attendees.values_list("participant_id", flat=True))
    fresh = 0
    for someone in people:
        participant = known(place=training.place, someone=someone, at=at, by=by)
        if participant.pk not in enrolled:
            enrol(training=training, participant=participant, by=by)
            enrolled.add(participant.pk)
            fresh += 1
    return fresh


@action
def note_attendance(*, attendee: Attendee, told: Mapping[str, Any], at: datetime, by) -> Attendee:
    """Days and tests as the paper list says, before the training is noted as held. Raises Refused for more days than there were."""
    training = attendee.training
    if training.state != State.PLANNED:
        raise Refused([("", "not_planned")])
    gone = (min(day_in_india(at), training.ends_on) - training.starts_on).days + 1
    if told.get("days_present", 0) > max(gone, 0):
        raise Refused([("days_present", "more_days_than_it_had")])
    for name, value in told.items():
        setattr(attendee, name, value)
    attendee.save(update_fields=[*told])
    trail.write("activities.attendance.noted", about=attendee, noted=sorted(told))
    return attendee


@action
def note_taken_out(*, training: Training, listed: str, rows: int, by) -> None:
    """A list of one training went out as a file."""
    trail.write("activities.list.taken_out", about=training, listed=listed, rows=rows)


@action
def hold(*, training: Training, results: Mapping[UUID, Result], at: datetime, by) -> Training:
    """It was held: who was there for how many days, the test before and after. Raises Refused without a trainer, or before its last day."""
    rules.check_held(training.ends_on, day_in_india(at))
    if not training.trainers.exists():
        raise Refused([("", "no_trainer")])
    enrolled = {one.pk: one for one in training.attendees.all()}
    if not any(one.days_present for one in results.values()):
        raise Refused([("", "nobody_came")])
    if any(one.days_present > training.days for one in results.values()) or not results.keys() <= enrolled.keys():
        raise Refused([("", "more_days_than_it_had")])
    if not Training.objects.filter(pk=training.pk, state=State.PLANNED).update(state=State.HELD):
        raise Refused([("", "not_planned")])
    for pk, result in results.items():
        for name, value in vars(result).items():
            setattr(enrolled[pk], name, value)
    Attendee.objects.bulk_update(enrolled.values(), ["days_present", "before_percent", "after_percent", "why_left"])
    training.state = State.HELD
    trail.write("activities.training.held", about=training, present=sum(bool(one.days_present) for one in results.values()))
    if villages := tuple(one.place for one in training.villages.select_related("place")):
        announce(VillagesTrained(training=training, villages=villages, at=at, by=by))
    return training


@action
def certify(*, training: Training, on: date, at: datetime, by) -> int:
    """A certificate for everyone who passed and has none; how many. Numbers cannot be guessed."""
    if training.state != State.HELD:
        raise Refused([("", "not_noted_as_held")])
    needed = training.module.pass_percent
    without = training.attendees.filter(certificate=None).select_related("participant").order_by("pk")
    made = [
        new(Certificate, attendee=one, place_no=training.place_no, number=_number(), issued_on=on)
        for one in without if rules.passed(one.days_present, one.after_percent, needed)
    ]  # fmt: skip
    insert(*made)
    trail.write("activities.training.certified", about=training, certificates=len(made))
    if users := tuple(one.attendee.participant.user_id for one in made if one.attendee.participant.user_id):
        announce(Certified(users=users, on=on, at=at, by=by))
    return len(made)


@action
def revoke(*, certificate: Certificate, why: str, on: date, by) -> Certificate:
    if not why.strip():
        raise Refused([("why", "length")])
    if not Certificate.objects.filter(pk=certificate.pk, revoked_on=None).update(revoked_on=on, why_revoked=why.strip()[:200]):
        raise Refused([("", "revoked_already")])
    trail.write("activities.certificate.revoked", about=certificate)
    certificate.refresh_from_db()
    return certificate


@action
def set_target(
    *, place: Place, module_key: str, people: int, by_on: date, of_officers: bool = False, at: datetime, by
) -> Target:
    row = new(
        Target, place=place, place_no=place.place_no, module_key=module_key, people=people, by_on=by_on, of_officers=of_officers,
        recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    _once(row, "by_on", "target_already")
    trail.write("activities.target.set", about=row, module=module_key, people=people)
    return row


@action
def known(*, place: Place, someone: Someone, at: datetime, by) -> Participant:
    """The one row of this person, written now when she is new: so she is counted once."""
    if (found := standing(place, someone)) is not None:
        return found
    row = new(
        Participant, place=place, place_no=place.place_no, user=someone.user, post=someone.post.strip(), audience=someone.audience,
        name=someone.user.name if someone.user else someone.name.strip(), sex=someone.sex, rank=someone.rank,
        office_no=someone.office_no.strip(), recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    _once(row, "username", "known_elsewhere")
    trail.write("activities.participant.recorded", about=row, audience=row.audience)
    return row


def standing(place: Place, someone: Someone) -> Participant | None:
    """Who stands in the records already: by her user; by name and post at this place; by name and number of the office inside it."""
    if someone.user is not None:
        return Participant.objects.filter(user=someone.user).first()
    named = Participant.objects.filter(name__iexact=someone.name.strip())
    found = named.filter(place=place, post__iexact=someone.post.strip()).first()
    if found is None and (number := someone.office_no.strip()):
        found = named.filter(within(place), office_no__iexact=number).order_by("pk").first()
    return found


def _number() -> str:
    return "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.NUMBER_LENGTH))


def _once(row, field: str, code: str) -> None:
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([(field, code)]) from twice
