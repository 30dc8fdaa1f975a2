"""Resource people of the community, survivors among them by their own choice, and nothing that tells which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from aanchal.access import policy
from aanchal.cases import queries as cases
from aanchal.cases.models import Case
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.places.models import Place
from aanchal.rehab import queries, rules
from aanchal.rehab.models import Engagement, LeaderLink, ResourcePerson

NATION_NO = 0
"""The trail of a link is read with the nation's: beside the line of the resource person it would tell a district who she is."""


@dataclass(frozen=True)
class Called:
    """The name she wants to be called by there, and a number, sealed."""

    name: str
    phone: str = ""


@action
def enter(*, place: Place, fields: Sequence[str], called: Called, since: date, at: datetime, by) -> ResourcePerson:
    """Anyone of the community who helps others."""
    if since > policy.day_in_india(at):
        raise rules.NotPossible("future")
    if not fields:
        raise rules.NotPossible("fields")
    row = ResourcePerson(place=place, place_no=place.place_no, fields=sorted(fields), since=since, by_id=by.pk)
    row.seal({"name": called.name.strip()[:120], "phone": called.phone.strip()[:20]})
    insert(row)
    trail.write("rehab.resource_person.entered", about=row)
    return row


@action
def choose(*, case: Case, place: Place, fields: Sequence[str], called: Called, chose_on: date | None, at: datetime, by) -> LeaderLink:
    """By her own choice, as an adult, with the day she chose. Raises NotPossible."""
    today = policy.day_in_india(at)
    rules.check_live(case.is_live)
    rules.check_leader(age=cases.age(case, today), chose_on=chose_on, today=today)
    if queries.leader_link(case):
        raise rules.NotPossible("leads_already")
    person = enter(place=place, fields=fields, called=called, since=today, at=at, by=by)
    row = LeaderLink(case=case, place_no=case.place_no, person=person, chose_on=chose_on, by_id=by.pk)
    insert(row)
    trail.write("rehab.link.made", about=row, place_no=NATION_NO)
    return row


@action
def withdraw(*, link: LeaderLink, at: datetime, by) -> LeaderLink:
    """Whenever she wants, without a reason. Her name in the list is erased: what she did stays counted."""
    one = LeaderLink.objects.select_for_update().get(pk=link.pk)
    if one.withdrew_on is not None:
        raise rules.NotPossible("over")
    one.withdrew_on = policy.day_in_india(at)
    one.save(update_fields=["withdrew_on"])
    trail.write("rehab.link.ended", about=one, place_no=NATION_NO)
    leave(person=ResourcePerson.objects.get(pk=one.person_id), at=at, by=by)
    return one


@action
def leave(*, person: ResourcePerson, at: datetime, by) -> ResourcePerson:
    """No longer in the list; her name and number become unreadable."""
    one = ResourcePerson.objects.select_for_update().get(pk=person.pk)
    if one.until is not None:
        raise rules.NotPossible("over")
    one.until, one.sealed, one.wrapped_key = policy.day_in_india(at), None, None
    one.save(update_fields=["until", "sealed", "wrapped_key"])
    trail.write("rehab.resource_person.left", about=one)
    return one


@action
def engage(*, person: ResourcePerson, field: str, on: date, hours: int, honorarium_paise: int, at: datetime, by) -> Engagement:
    """What she did on a day, and what is paid for it."""
    if on > policy.day_in_india(at):
        raise rules.NotPossible("future")
    if field not in person.fields:
        raise rules.NotPossible("not_her_field")
    if not 1 <= hours <= 24:
        raise rules.NotPossible("hours")
    rules.check_engagement(on=on, since=person.since, until=person.until, honorarium_paise=honorarium_paise)
    row = Engagement(
        person=person, place_no=person.place_no, field=field, on=on, hours=hours, honorarium_paise=honorarium_paise, at=at, by_id=by.pk
    )
    insert(row)
    trail.write("rehab.engagement.told", about=row, field=field, paise=honorarium_paise)
    return row


@action
def pay(*, engagement: Engagement, on: date, at: datetime, by) -> Engagement:
    one = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if one.paid_on is not None:
        raise rules.NotPossible("paid")
    if not one.on <= on <= policy.day_in_india(at):
        raise rules.NotPossible("future" if on > one.on else "before_last_step")
    one.paid_on = on
    one.save(update_fields=["paid_on"])
    trail.write("rehab.engagement.paid", about=one, paise=one.honorarium_paise)
    return one


@action
def open_names(*, people: Iterable[ResourcePerson], by) -> dict[UUID, Called]:
    """Names and numbers, to call them. Each reading is on the trail."""
    found = {}
    for one in people:
        trail.write("rehab.resource_person.read", about=one)
        found[one.pk] = Called(**one.told()) if one.sealed else Called("")
    return found
