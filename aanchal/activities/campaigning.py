"""Every change to the campaign: materials, what villages are to hear, events, what people asked and remembered."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby, product
from operator import itemgetter
from typing import Any

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.activities import papers, queries, rules
from aanchal.activities.models import CampaignEvent, Material, PlannedMessage, Question, Recall
from aanchal.activities.rules import Refused
from aanchal.activities.terms import BANDS, GROUPS
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.places.models import Place
from aanchal.places.queries import within


@action
def publish(*, place: Place, told: Mapping[str, Any], file: bytes | None = None, at: datetime, by) -> Material:
    """A material in a language; said again it is the next version. Raises Refused for a file that is no paper or picture."""
    kind, title, language = papers.kind_of(file), told["title"].strip(), told["language"].strip()
    before = Material.objects.filter(place=place, title__iexact=title, language__iexact=language).order_by("-version").first()
    row = new(
        Material, place=place, place_no=place.place_no, title=before.title if before else title,
        language=before.language if before else language, version=before.version + 1 if before else 1, method=told["method"],
        message=told["message"].strip(), file=file, file_kind=kind, recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    _once(row, "title", "material_already")
    trail.write("activities.material.published", about=row, version=row.version)
    return row


@action
def plan_messages(*, villages: Iterable[Place], told: Mapping[str, Any], at: datetime, by) -> int:
    """A message in each of these villages in a month; where it is planned already nothing changes. How many are new."""
    villages, month = list(villages), told["month"].replace(day=1)
    same = {"month": month, "method": told["method"], "message": told["message"].strip()}
    held = set(PlannedMessage.objects.filter(place__in=villages, **same).values_list("place_id", flat=True))
    rest = {"language": told["language"].strip(), "material": told.get("material"), "recorded_by_id": by.pk, "recorded_at": at}
    rows = [new(PlannedMessage, place=one, place_no=one.place_no, **same, **rest) for one in villages if one.pk not in held]
    if not rows:
        raise Refused([("message", "planned_already")])
    insert(*rows)
    trail.write("activities.messages.planned", about=rows[0], villages=len(rows))
    return len(rows)


@action
def record_event(*, place: Place, told: Mapping[str, Any], at: datetime, by, corrects: CampaignEvent | None = None) -> CampaignEvent:
    """Who came, and who of them had come before: so nobody is counted as reached twice. Raises Refused where that cannot be."""
    _not_later(told["on"], at)
    told = {**told, **rules.children_of(told, {child: [key for key, _label in bands] for child, bands in BANDS.items()})}
    came = {group: told[group] for group in GROUPS}
    if not any(came.values()):
        raise Refused([("women", "nobody_came")])
    again = {group: told.get(f"again_{group}", 0) for group in GROUPS}
    rules.check_reach(came, again, reached_before=queries.reached_before(place, told["on"]))
    if corrects is None and CampaignEvent.objects.filter(place=place, **told).exists():
        raise Refused([("title", "stands_already")])
    row = new(CampaignEvent, place=place, place_no=place.place_no, corrects=corrects, recorded_by_id=by.pk, recorded_at=at, **told)
    insert(row)
    trail.write("activities.event.recorded", about=row, came=row.came, reach=row.reach)
    return row


def check_standing(*, place_id: int) -> None:
    """Raises Refused when an event of the state counts more as reached before than were reached until its day."""
    place = Place.objects.select_related("state").get(pk=place_id)
    names = [*GROUPS, *(f"again_{group}" for group in GROUPS)]
    reached = dict.fromkeys(GROUPS, 0)
    found = CampaignEvent.objects.filter(within(place.state or place)).order_by("on").values("on", *names)
    for _on, events in groupby(found, key=itemgetter("on")):
        same_day = list(events)
        for group in GROUPS:
            reached[group] += sum(one[group] - one[f"again_{group}"] for one in same_day)
        for one, group in product(same_day, GROUPS):
            if one[f"again_{group}"] > reached[group] - (one[group] - one[f"again_{group}"]):
                raise Refused([("", "counted_upon")])


@action
def note_question(*, event: CampaignEvent, topic: str, words: str, times: int, by, corrects: Question | None = None) -> Question:
    """What people asked. Raises Refused for a telephone number in it: no person is told of here."""
    _no_number("words", words)
    row = new(Question, event=event, place_no=event.place_no, topic=topic, words=words.strip(), times=times, corrects=corrects)
    insert(row)
    trail.write("activities.question.noted", about=row, topic=topic, **_corrected(corrects))
    return row


@action
def check_recall(
    *, event: CampaignEvent, on: date, message: str, asked: int, remembered: int, at: datetime, by, corrects: Recall | None = None
) -> Recall:
    _not_later(on, at)
    faults = []
    if on < event.on:
        faults.append(("on", "before_the_event"))
    if asked > event.came:
        faults.append(("asked", "more_asked_than_came"))
    if remembered > asked:
        faults.append(("remembered", "more_remembered_than_asked"))
    if faults:
        raise Refused(faults)
    _no_number("message", message)
    told = {"on": on, "message": message.strip(), "asked": asked, "remembered": remembered}
    row = new(Recall, event=event, place_no=event.place_no, corrects=corrects, **told)
    insert(row)
    trail.write("activities.recall.checked", about=row, asked=asked, remembered=remembered, **_corrected(corrects))
    return row


def _corrected(line: Question | Recall | None) -> dict[str, str]:
    return {"corrects": str(line.pk)} if line else {}


def _no_number(field: str, words: str) -> None:
    if not words.strip():
        raise Refused([(field, "length")])
    if rules.PHONE.search(words):
        raise Refused([(field, "personal_number")])


def _not_later(on: date, at: datetime) -> None:
    if on > day_in_india(at):
        raise Refused([("on", "in_the_future")])


def _once(row, field: str, code: str) -> None:
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError as twice:
        raise Refused([(field, code)]) from twice
