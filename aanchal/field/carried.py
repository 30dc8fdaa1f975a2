"""What our own app holds on a worker's phone, and no more than that: names only where her task needs them, nothing told in private."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from aanchal.access import policy
from aanchal.access.models import Device
from aanchal.access.permissions import Permission
from aanchal.field import enketo, entities, named, offered, queries, rules, sealed, work_lists
from aanchal.field.routing import REGISTERS
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status
from aanchal.people import queries as known
from aanchal.people.models import Household, Person
from aanchal.people.terms import Relation
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers import rules as register_rules
from aanchal.registers.models import Entry
from aanchal.registers.terms import MissingStatus, Register
from aanchal.risk import queries as risk
from aanchal.risk.models import Appeal, Assessment
from aanchal.risk.terms import AppealState, Band, Subject
from aanchal.villages import pictures
from aanchal.villages import queries as villages
from aanchal.villages.projection import Point

MOST_VILLAGES = 50
OPEN_PLACES = {"safety_point"}
"""Forms whose position is that of a public place; every other is of a house, and shifted on the phone."""
WITHOUT_POLICE = {MissingStatus.REPORTED_VILLAGE, MissingStatus.SIGHTED}

ASK_AGAIN = "consent_withdrawn"
"""In place of every reason, of a family that took its consent back."""


@dataclass(frozen=True)
class Families:
    told: dict = field(repr=False)
    named: tuple[UUID, ...]
    """Whose names are in it."""


def bundle(user, device: Device, today: date) -> dict:
    """Who works with this phone and where; which forms; what the office has of hers."""
    return {
        "worker": {"name": user.name, "language": user.language},
        "device": {"id": str(device.pk)},
        "today": today.isoformat(),
        "villages": [{"code": str(one.lgd_code), "name": _in_languages(one)} for one in _villages(user)],
        "forms": [_form(one) for one in offered.forms_for(user)],
        "counts": _counts(user),
        "words": _words_of(user, today),
        "office": sealed.public_key(),
    }


def families(user, today: date) -> Families:
    """The families of her villages in the order in which to visit them; what was told in private moves nobody up."""
    kept = {one.pk: one for one in entities.families(user)}
    found = {one.household_id: one for one in _assessed(user, kept)}
    away = work_lists.away(user)
    around = _Around(user, kept, found, away)
    ordered = [*found, *(pk for pk in kept if pk not in found)]
    due = rules.tasks((around.duties(kept[pk]) for pk in ordered), today)
    told = {
        "families": [around.row(kept[pk], today) for pk in ordered],
        "due": {kind: sum(one.kind == kind for one in due) for kind in rules.ORDER},
        "journeys": [around.journey(one) for one in away],
    }
    return Families(told, tuple(around.names))


def map_of(user, village: Place) -> dict:
    """The safety map as it is drawn for her, in each language."""
    found = list(policy.visible(user, Permission.RISK_READ, risk.families()).filter(household__place=village))
    gone = known.without_consent(one.household for one in found)
    shown = [one for one in found if one.household_id not in gone]
    return {"drawing": {language: _drawn(village, shown, language) for language, _name in settings.LANGUAGES}}


class _Around:
    """What is known around the families of one phone, asked once for all."""

    def __init__(self, user, kept: dict[UUID, Household], found: dict[UUID, Assessment], away: list[Entry]):
        self.found = found
        self.members = defaultdict(list)
        for one in known.members_of_all(kept.values()):
            self.members[one.home_id].append(one)
        self.lines = defaultdict(list)
        self.homes = {record: one.pk for one in kept.values() for record in one.records}
        for line in policy.visible(user, Permission.ENTRY_READ, Entry.objects.filter(household__in=self.homes, stands=True, is_open=True)):
            self.lines[self.homes[line.household_id]].append(line)
        self.appeals = defaultdict(list)
        for one in policy.visible(user, Permission.RISK_REASONS, Appeal.objects.filter(household__in=kept, state=AppealState.OPEN)):
            self.appeals[one.household_id].append(one)
        self.may_know = {pk: policy.can(user, Permission.RISK_REASONS, one) for pk, one in kept.items()}
        self.without_consent = known.without_consent(kept.values())
        self.names = {}
        if named.are_named(user):
            needed = [*self._needed(kept.values()), *(one.person_id for one in away)]
            self.names = {pk: names.name for pk, names in known.names_of(named.agreed(needed)).items()}

    def _needed(self, kept: Iterable[Household]) -> list[UUID]:
        """The head of each family, to find its door; its members only where there is something to ask about them."""
        needed = []
        for family in kept:
            duties = self.duties(family)
            asks = rules.is_at_risk(duties) or duties.calls or duties.alerts
            needed += [one.person_id for one in self.members[family.pk] if asks or one.relation == Relation.SELF]
        return needed

    def row(self, family: Household, today: date) -> dict:
        duties, assessment = self.duties(family), self.found.get(family.pk)
        members = self.members[family.pk]
        heads = [self.names[one.person_id] for one in members if one.relation == Relation.SELF and one.person_id in self.names]
        return {
            "id": duties.id,
            "code": family.shown_code,
            "village": str(family.place.lgd_code),
            "hamlet": family.hamlet,
            "version": family.version,
            "visited_on": duties.visited_on.isoformat(),
            "band": duties.band,
            "is_urgent": duties.is_urgent,
            "needs": list(assessment.needs) if assessment and family.pk not in self.without_consent else [],
            "reasons": self._reasons(family.pk, assessment),
            "head": heads[0] if heads else None,
            "members": [self._member(one, today) for one in members],
            "calls": [{"entry": one.entry, "since": one.since.isoformat(), "every": one.every} for one in duties.calls],
            "alerts": [{"record": one.record, "what": one.what, "since": one.since.isoformat()} for one in duties.alerts],
        }

    def duties(self, family: Household) -> rules.Family:
        """What the rules of tasks read of a family: openly, so that no reason can be guessed from a task."""
        assessment, lines = self.found.get(family.pk), self.lines[family.pk]
        calls = (one for one in lines if one.register == Register.MIGRATION and one.details.get("check_in_interval_days"))
        disputed = (rules.Alert(str(one.pk), "DISPUTED", one.raised_on) for one in self.appeals[family.pk])
        alerts = [*filter(None, map(_alert, lines)), *disputed]
        return rules.Family(
            id=str(family.pk),
            band=str(assessment.band) if assessment else Band.UNKNOWN.value,
            is_urgent=bool(assessment and assessment.is_urgent),
            visited_on=family.visited_on,
            calls=tuple(rules.Call(str(one.pk), _day(one), int(one.details["check_in_interval_days"])) for one in calls),
            alerts=tuple(alerts),
        )

    def journey(self, line: Entry) -> dict:
        """Someone who is away, to be chosen in a check-in."""
        told = {"id": str(line.pk), "code": line.household.shown_code if line.household else "", "village": str(line.place.lgd_code)}
        told |= {"family": str(self.homes.get(line.household_id, "")), "left_on": line.happened_on.isoformat()}
        told["back_by"] = work_lists.back_by(line)
        return told | ({"name": self.names[line.person_id]} if line.person_id in self.names else {})

    def _reasons(self, pk: UUID, assessment: Assessment | None) -> list[str]:
        if pk in self.without_consent:
            return [ASK_AGAIN]
        grounds = getattr(assessment, "grounds", None) if self.may_know[pk] else None
        if grounds is None:
            return []
        index = risk.definition(assessment.definition_id)
        held = [one for one in index.overrides if one.key in grounds.overrides]
        held += [one for one in index.indicators if one.key in grounds.deprived]
        return [one.key for one in held if not one.is_private]

    def _member(self, one, today: date) -> dict:
        told = {"id": str(one.person_id), "relation": one.relation, "sex": one.person.sex, "age": one.person.age.on(today)}
        return told | ({"name": self.names[one.person_id]} if one.person_id in self.names else {})


def opened(named: Iterable[UUID]) -> list[Person]:
    return [Person(pk=pk) for pk in named]


def _assessed(user, kept: dict) -> Iterable[Assessment]:
    mine = policy.visible(user, Permission.RISK_READ, risk.families().filter(household__in=kept))
    return risk.visit_first(mine.select_related("grounds"), openly=True)


def _alert(line: Entry) -> rules.Alert | None:
    if line.register == Register.MISSING and line.details.get("missing_status") in WITHOUT_POLICE:
        return rules.Alert(str(line.pk), "MISSING", _day(line))
    return rules.Alert(str(line.pk), "SILENT", _day(line)) if register_rules.flags([line.line])["contact_lost"] else None


def _day(line: Entry) -> date:
    return policy.day_in_india(line.recorded_at)


def _villages(user) -> list[Place]:
    here = policy.visible(user, Permission.SUBMISSION_SEND, Place.objects.filter(level=Level.VILLAGE))
    return list(here.order_by("name", "pk")[:MOST_VILLAGES])


def _in_languages(place: Place) -> dict[str, str]:
    return {language: place.names.get(language) or place.name for language, _name in settings.LANGUAGES}


def _form(form) -> dict:
    return {
        "id": form.form_id,
        "version": form.version,
        "md5": f"{form.md5}.{enketo.VERSION}",
        "title": {language: queries.title(form.form_id, language) for language, _name in settings.LANGUAGES},
        "is_register": form.form_id in REGISTERS,
        "are_houses_shifted": form.form_id not in OPEN_PLACES,
    }


def _counts(user) -> dict[str, int]:
    waits = {"flagged": Count("pk", filter=Q(status=Status.FLAGGED)), "returned": Count("pk", filter=Q(status=Status.RETURNED))}
    return Submission.objects.filter(sender=user).aggregate(received=Count("pk"), **waits)


def _words_of(user, today: date) -> dict[str, dict[str, str]]:
    places = [None, *_villages(user)[:1]]
    told: dict[str, dict[str, str]] = {}
    for place in places:
        told |= _words(risk.definition_in_force(Subject.HOUSEHOLD, today, place).version)
    return told


@lru_cache(maxsize=16)
def _words(version: str) -> dict[str, dict[str, str]]:
    """What the codes on the phone mean, in each language. Nothing of what is told in private has a word there."""
    index = risk.definition(version)
    told = {f"band.{one.key}": dict(one.title) for one in index.bands}
    told |= {f"need.{one.key}": dict(one.title) for one in index.dimensions}
    told |= {f"reason.{one.key}": dict(one.reason) for one in (*index.indicators, *index.overrides) if not one.is_private}
    for language, _name in settings.LANGUAGES:
        with override(language):
            told.setdefault("band.UNKNOWN", {})[language] = str(Band.UNKNOWN.label)
            told.setdefault(f"reason.{ASK_AGAIN}", {})[language] = _("Consent withdrawn: ask again before you write anything")
            for relation in Relation:
                told.setdefault(f"relation.{relation}", {})[language] = str(relation.label)
    return told


def _drawn(village: Place, shown: list[Assessment], language: str) -> str:
    with override(language):
        points = villages.map_points(village)
        titles = {band.value: str(band.label) for band in Band}
        return str(
            pictures.MapPicture(
                title=_("Safety map of %(village)s") % {"village": village.local_name},
                words=titles,
                houses=[_house(one, titles) for one in shown if one.household.longitude is not None],
                hamlets=points.hamlets,
                places=points.places,
                areas=points.calamity,
            ).drawing
        )


def _house(one: Assessment, titles: dict[str, str]) -> pictures.House:
    return pictures.House(
        code=one.household.shown_code,
        band=one.band,
        at=Point(one.household.longitude, one.household.latitude),
        hamlet=one.household.hamlet,
        says=titles[one.band],
        is_urgent=one.is_urgent,
    )
