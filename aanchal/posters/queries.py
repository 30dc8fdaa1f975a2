"""Reads of missing-person notices, of what is on record about who they would show, and of what everyone reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.cases.finding import likeness
from aanchal.cases.models import Case, CaseIdentity
from aanchal.cases.terms import Gender
from aanchal.matching import queries as finding
from aanchal.matching.models import Candidate
from aanchal.people.models import Consent as FamilyConsent
from aanchal.people.models import Household, Person
from aanchal.people.queries import household_of, names_of, standing_for
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.posters import rules
from aanchal.posters.models import OpenPoster, Poster, Seen
from aanchal.posters.rules import Consent, Known
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from aanchal.risk.answers import EVER_MARRIED
from aanchal.risk.models import Survey
from aanchal.tracking.models import Alert

AT_HOME = ("violence_disclosed", "survivor_returned")
OF_CHILD = ("child_marriage", "marriage_imminent")
FIR = ("FIR_REGISTERED", "UNDER_INVESTIGATION")
MARRIED_AWAY = ("MARRIAGE", "ELOPED")
VIOLENCE = ("DOMESTIC_VIOLENCE",)


@dataclass(frozen=True)
class Wanted:
    """What narrows the public list: a State at least."""

    state: int
    district: int | None = None
    sex: str = ""
    age: str = ""


def poster(pk: UUID) -> Poster | None:
    related = ("place__district", "place__state", "person", "entry", "proposed_by", "decided_by")
    return Poster.objects.select_related(*related).filter(pk=pk).first()


def posters(user, state: str = "") -> QuerySet[Poster]:
    """Those a person may see: what waits first, then what is out, then the others."""
    rows = policy.visible(user, Permission.POSTER_READ, Poster.objects.select_related("place__district"))
    rows = rows.annotate(unread=Count("seen", filter=Q(seen__read_at=None)))
    return (rows.filter(state=state) if state else rows).order_by("-unread", "-proposed_at", "pk")


def waiting(user) -> dict[str, int]:
    """How many notices a person has to decide, and how many words of the public nobody has read; nothing for who keeps none."""
    if not policy.holds(user, Permission.POSTER_READ):
        return {}
    mine = policy.visible(user, Permission.POSTER_READ, Poster.objects.all())
    unread = policy.visible(user, Permission.POSTER_READ, Seen.objects.filter(read_at=None)).count()
    return {"decide": mine.filter(state="PROPOSED").exclude(proposed_by=user).count(), "unread": unread}


def live_of(people: Iterable[UUID]) -> list[Poster]:
    told = list(people)
    hers = Q(person__in=told) | Q(person__merged_into__in=told)
    return list(Poster.objects.filter(hers, state__in=rules.LIVE).select_related("person"))


def live_with(consent: FamilyConsent) -> list[Poster]:
    """Of who gave it: one person, or a family with its people and its lines in the register."""
    if consent.person_id:
        return live_of([consent.person_id])
    records = consent.household.records if consent.household else []
    hers = Q(person__memberships__household__in=records) | Q(entry__household__in=records)
    return list(Poster.objects.filter(hers, state__in=rules.LIVE).select_related("person").distinct())


def live() -> QuerySet[Poster]:
    return Poster.objects.filter(state__in=rules.LIVE).select_related("person").order_by("pk")


def released(number: str, on: date) -> Poster | None:
    return Poster.objects.select_related("place").filter(number=number, state="RELEASED", until__gte=on).first()


def told_today(one: Poster, at: datetime) -> int:
    return Seen.objects.filter(poster=one, at__gt=at - timedelta(days=1)).count()


def entry(pk: UUID) -> Entry | None:
    """An open or closed line of the missing register."""
    lines = Entry.objects.filter(pk=pk, register=Register.MISSING, stands=True)
    return lines.select_related("person", "household", "place__district", "place__state").first()


def known(*, entry: Entry, person: Person, checks: Mapping[str, str], consent: Consent | None, on: date) -> Known:
    """All that any record says of her: as the installation, for nobody may read all of it. Only the rule's answer leaves."""
    person = standing_for(person)
    records = person.records
    household = entry.household or household_of(person)
    age = person.age.on(on)
    line = finding.standing_report(entry.person_id)
    others = list(Entry.objects.filter(person_id__in=records, stands=True).exclude(register=Register.MISSING).only("register", "details"))
    return Known(
        on=on,
        is_looked_for=line is not None and line.pk == entry.pk,
        age=age,
        missing_on=entry.happened_on,
        circumstance=str(entry.details.get("missing_circumstance", "")),
        has_fir="fir_on" in entry.details or entry.details.get("missing_status") in FIR,
        is_protected=_is_protected(records, household, others, is_child=age is None or age < rules.CHILD),
        is_married=person.marital_status in EVER_MARRIED or any(_is_marriage(one) for one in others),
        is_own_wish=_is_own_wish(records, others),
        may_be_found=_may_be_found(records),
        checks=checks,
        consent=consent,
    )


def _is_protected(records: list[UUID], household: Household | None, others: list[Entry], *, is_child: bool) -> bool:
    if Case.objects.filter(person_id__in=records).exists() or _is_in_a_case(records):
        return True
    if Candidate.objects.filter(person_id__in=records, standing="CONFIRMED", found__kind="RESCUED").exists():
        return True
    if any(one.details.get("migration_reason") in VIOLENCE for one in others):
        return True
    told = Survey.objects.filter(household_id__in=household.records).values_list("facts", flat=True) if household else []
    asked = AT_HOME + (OF_CHILD if is_child else ())
    return any(facts.get(fact) for facts in told for fact in asked)


def _is_in_a_case(records: list[UUID]) -> bool:
    """A case of the same name and guardian in any district, of which nobody told that it is she. Compared here; shown to nobody."""
    places = Place.objects.filter(pk__in=Case.objects.values("place")).order_by("district_id", "pk").distinct("district_id")
    known = [(one.name, one.guardian_name or "") for one in names_of(records).values()]
    marks = [likeness(name, guardian, gender, place) for name, guardian in known for gender in Gender.values for place in places]
    return bool(marks) and CaseIdentity.objects.filter(likeness__in=marks).exists()


def tells_danger(one: Entry) -> bool:
    """A line of another register that may forbid a notice of the same person."""
    return _is_marriage(one) or one.details.get("migration_reason") in VIOLENCE


def _is_marriage(one: Entry) -> bool:
    return (
        one.register == Register.MARRIAGE
        or one.details.get("departure_kind") in MARRIED_AWAY
        or one.details.get("migration_reason") == "MARRIAGE"
        or one.details.get("with_whom") == "HUSBAND"
    )


def _is_own_wish(records: list[UUID], others: list[Entry]) -> bool:
    left = any(one.details.get("departure_kind") == "ELOPED" for one in others)
    return left or Alert.objects.filter(person_id__in=records, outcome="OWN_WISH").exists()


def _may_be_found(records: list[UUID]) -> bool:
    """A pair that is likelier she than not, or of which one person says so, with someone rescued, found, or dead."""
    pairs = Candidate.objects.filter(person_id__in=records).exclude(found__kind="SIGHTED")
    likely = Q(standing__in=("SAID_SAME", "CONFIRMED")) | Q(standing__in=("OPEN", "UNSURE"), probability__gte=rules.LIKELY)
    return pairs.filter(likely).exists()


def states() -> list[Place]:
    return list(Place.objects.filter(level=Level.STATE, part_of=None).order_by("name", "pk"))


def districts(state: int) -> list[Place]:
    return list(Place.objects.filter(level=Level.DISTRICT, part_of=None, state__lgd_code=state).order_by("name", "pk"))


def open_posters(wanted: Wanted, on: date) -> QuerySet[OpenPoster]:
    """What everyone may read today, by the connection that can read nothing else."""
    rows = _open(on).filter(state_code=wanted.state)
    for column, value in (("district_code", wanted.district), ("sex", wanted.sex), ("age", wanted.age)):
        if value:
            rows = rows.filter(**{column: value})
    return rows.order_by("-last_seen_on", "pk")


def open_poster(number: str, on: date) -> OpenPoster | None:
    return _open(on).filter(number=number).first()


def _open(on: date) -> QuerySet[OpenPoster]:
    return OpenPoster.objects.using(settings.PUBLIC_READS_BY).filter(until__gte=on)
