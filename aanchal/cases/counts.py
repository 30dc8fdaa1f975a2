"""Cases counted, without a name and without an id: by the columns of the CTDC codebook, by NCRB's heads, and by corridor."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, QuerySet

from aanchal.cases.models import Case, Leg, Step
from aanchal.cases.terms import Happening, State
from aanchal.core.tallies import Tally, of_people
from aanchal.places.models import Place

LEAST = 11
"""Smaller counts are hidden, as in CTDC's own k-anonymised release (shared domain.md 1.3)."""
MEANS = {
    "DEBT": "meansDebtBondageEarnings", "TAKES_EARNINGS": "meansDebtBondageEarnings", "PHYSICAL_THREATS": "meansThreats",
    "THREATS_LAW": "meansThreats", "THREATS_FAMILY": "meansThreats", "PSYCHOLOGICAL": "meansAbusePsyPhySex",
    "PHYSICAL_ABUSE": "meansAbusePsyPhySex", "SEXUAL_ABUSE": "meansAbusePsyPhySex", "FALSE_PROMISES": "meansFalsePromises",
    "SUBSTANCE": "meansDrugsAlcohol", "RESTRICTS_MOVEMENT": "meansDenyBasicNeeds", "MONEY": "meansDenyBasicNeeds",
    "MEDICAL": "meansDenyBasicNeeds", "NECESSITIES": "meansDenyBasicNeeds", "HOURS": "meansExcessiveWorkHours",
    "DOCUMENTS": "meansWithholdDocs",
}  # fmt: skip
"""The codebook merges HTCDS's methods of control into eight; OTHER has no column."""
EXPLOITATION = {
    **dict.fromkeys(("FORCED_LABOUR", "BONDED_LABOUR", "CHILD_LABOUR", "DOMESTIC_SERVITUDE", "CYBER"), "isForcedLabour"),
    **dict.fromkeys(("COMMERCIAL_SEXUAL", "OTHER_SEXUAL", "PORNOGRAPHY"), "isSexualExploit"),
    **dict.fromkeys(
        ("FORCED_MARRIAGE", "BEGGING", "PETTY_CRIME", "ORGANS", "ARMED_GROUP", "ADOPTION", "SURROGACY", "OTHER"), "isOtherExploit"
    ),
}
RECRUITERS = {
    "PARTNER": "recruiterRelationIntimatePartner", "FAMILY": "recruiterRelationFamily", "NEIGHBOUR": "recruiterRelationFriend",
    "KNOWN_AGENT": "recruiterRelationOther", "STRANGER": "recruiterRelationOther",
}  # fmt: skip
NCRB = {
    "FORCED_LABOUR": "Forced Labour", "BONDED_LABOUR": "Forced Labour", "CHILD_LABOUR": "Forced Labour",
    "COMMERCIAL_SEXUAL": "Sexual Exploitation for Prostitution", "DOMESTIC_SERVITUDE": "Domestic Servitude",
    "FORCED_MARRIAGE": "Forced Marriage", "PETTY_CRIME": "Petty Crimes", "PORNOGRAPHY": "Child Pornography", "BEGGING": "Begging",
    "ORGANS": "Removal of Organs",
}  # fmt: skip
"""Heads of the table of purposes, Crime in India 2018; every other purpose is among the other reasons."""
OTHER_REASONS = "Other reasons"
AGES = ("a0_8", "a9_17", "a18_20", "a21_23", "a24_26", "a27_29", "a30_38", "a39_47", "a48plus")


@dataclass(frozen=True)
class Counted:
    """A figure and of how many: records that tell anything of its group. Null is not zero (codebook, section 6)."""

    n: int
    of: int

    @property
    def shown(self) -> int | None:
        """None: too few to be told."""
        return self.n if self.n == 0 or self.n >= LEAST else None


@dataclass(frozen=True)
class Corridor:
    origin: int
    destination: int
    n: int


@dataclass(frozen=True)
class Way:
    """How many cases of one kind, opened in one month, were taken from where to where; first district and last, by id.

    A district is None where it lies abroad or was not told; the country then says which. `age` is one of lt12, a12_16, a16_18, a18plus
    (NCRB since 2021), child, adult where no years are known. A case of several purposes is counted once, with all of them.
    """

    month: date
    origin: int | None
    origin_country: str
    destination: int | None
    destination_country: str
    gender: str
    age: str
    purposes: tuple[str, ...]
    n: int


def ctdc(place: Place, first: date, last: date) -> dict[str, Counted]:
    """By the codebook's columns; only those who agreed to be counted in statistics."""
    told = _tally(place, first, last, consented=True)
    found = _columns(told, "control", MEANS) | _columns(told, "purpose", EXPLOITATION) | _columns(told, "recruiter", RECRUITERS)
    ages = {f"ageBroad {key}": Counted(told["age"].get(key, 0), sum(told["age"].values())) for key in AGES}
    genders = {f"gender {key}": Counted(n, sum(told["gender"].values())) for key, n in told["gender"].items()}
    return found | ages | genders


def ncrb(place: Place, first: date, last: date) -> dict[str, Counted]:
    """Victims by purpose, and by sex and age, as the yearly return asks."""
    told = _tally(place, first, last, consented=False)
    heads: dict[str, int] = dict.fromkeys((*dict.fromkeys(NCRB.values()), OTHER_REASONS), 0)
    for purposes, n in told["purpose"].items():
        for head in {NCRB.get(one, OTHER_REASONS) for one in purposes.split(",") if one}:
            heads[head] += n
    persons = {key: n for key, n in told["person"].items()}
    every = sum(persons.values())
    return {head: Counted(n, every) for head, n in (heads | persons).items()}


def corridors(place: Place, first: date, last: date) -> list[Corridor]:
    """From district to district, the busiest first; those of fewer than eleven are left out by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT origin, destination, n FROM cases_corridors(%s, %s, %s, %s, %s)", [place.place_no, place.last_no, first, last, LEAST]
        )
        return [Corridor(*row) for row in cursor.fetchall()]


def ways(place: Place, first: date, last: date, *, side: str = "KEPT") -> list[Way]:
    """Cases opened in the period by their ways. `side` says what lies in the place: where the case is KEPT, ORIGIN or DESTINATION.

    Small numbers are told: who shows them hides them. Raises DatabaseError for a place whose counts are not hers to read.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM cases_ways(%s, %s, %s, %s, %s) ORDER BY 1, 2, 4, 6, 7, 8", [place.place_no, place.last_no, first, last, side]
        )
        return [Way(*row[:7], tuple(row[7].split(",")) if row[7] else (), row[8]) for row in cursor.fetchall()]


def _columns(told: Mapping[str, Mapping[str, int]], group: str, columns: Mapping[str, str]) -> dict[str, Counted]:
    """Each case once a column, whichever of its values led there. Values stand together: "DEBT,HOURS" is one case's."""
    of, found = sum(told[group].values()), dict.fromkeys(columns.values(), 0)
    for values, n in told[group].items():
        for column in {columns[one] for one in values.split(",") if one in columns}:
            found[column] += n
    return {column: Counted(n, of) for column, n in found.items()}


def _tally(place: Place, first: date, last: date, *, consented: bool) -> dict[str, dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, key, n FROM cases_tally(%s, %s, %s, %s, %s)", [place.place_no, place.last_no, first, last, consented])
        told: dict[str, dict[str, int]] = defaultdict(dict)
        for what, key, n in cursor.fetchall():
            told[what][key] = n
        return told


def opened(first: date, last: date) -> Iterator[Tally]:
    """Cases opened between two days, by district of the worker, gender and whether a child."""
    cases = Case.objects.filter(opened_on__gte=first, opened_on__lte=last)
    return of_people(cases.order_by().values_list("place_no", "gender", "is_child").annotate(n=Count("pk")))


def working(*, children: bool = False) -> QuerySet[Case]:
    """Cases that are worked on, as they stand now; or those of children."""
    cases = Case.objects.filter(state=State.ACTIVE)
    return cases.filter(is_child=True) if children else cases


def closed(first: date, last: date, *, reopened: bool = False) -> QuerySet[Case]:
    """Cases that were closed between two days, each once; of them those that were opened again since."""
    ended = Step.objects.filter(case=OuterRef("pk"), happening=Happening.CLOSE, at__date__gte=first, at__date__lte=last)
    if not reopened:
        return Case.objects.filter(Exists(ended))
    again = Step.objects.filter(case=OuterRef("case"), happening=Happening.REOPEN, at__gt=OuterRef("at"))
    return Case.objects.filter(Exists(ended.filter(Exists(again))))


def taken_to_another_district(first: date, last: date) -> QuerySet[Case]:
    """Cases opened between two days of whom it is known from which district to which other she was taken."""
    far = Leg.objects.filter(case=OuterRef("pk"), origin__isnull=False, destination__isnull=False).exclude(origin=F("destination"))
    return Case.objects.filter(Exists(far), opened_on__gte=first, opened_on__lte=last)
