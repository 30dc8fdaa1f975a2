"""The families of a place as one reader may see them, and what narrows their list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.people.models import Household, Membership
from aanchal.people.terms import Sex
from aanchal.people.words import ADULT
from aanchal.places.models import Place
from aanchal.registers.queries import inside
from aanchal.risk import queries
from aanchal.risk.models import Assessment
from aanchal.risk.terms import AT_RISK_BANDS, Band

ON_THE_REGISTER = "RISK"
SURVEYED = "KNOWN"
URGENT = Q(is_urgent=True) | Q(grounds__is_urgent=True)
"""Grounds are behind a narrower wall: who may not read them finds only what is openly urgent."""
AT_RISK = Q(band__in=AT_RISK_BANDS) | Q(is_urgent=True)
"""queries.at_risk, as a condition."""


@dataclass(frozen=True)
class Filters:
    """What narrows the list; each is a part of its address."""

    band: str = ""
    is_urgent: bool = False
    need: str = ""
    is_complete: bool | None = None
    code: str = ""
    is_own: bool = False
    """By the bands of the village's own points, where it signed some."""

    def conditions(self) -> Mapping[str, Q]:
        told = {}
        if self.band:
            told["band"] = band_is(self.band, is_own=self.is_own)
        if self.is_urgent:
            told["urgent"] = URGENT
        if self.need:
            told["need"] = Q(needs__contains=[self.need])
        if self.is_complete is not None:
            told["complete"] = Q(is_complete=self.is_complete)
        if self.code:
            told["q"] = Q(household__code=self.code)
        return told


def band_is(asked: str, *, is_own: bool = False) -> Q:
    match asked:
        case "RISK":
            return Q(is_urgent=True) | _in(AT_RISK_BANDS, is_own) if is_own else AT_RISK
        case "KNOWN":
            return ~Q(band=Band.UNKNOWN)
        case _:
            return _in((asked,), is_own)


def _in(bands: Iterable[str], is_own: bool) -> Q:
    """A family that was not read by the village's points stands in the state's band."""
    here = Q(band__in=list(bands))
    return Q(own_band__in=list(bands)) | (here & Q(own_band=None)) if is_own else here


def readable(user, place: Place) -> QuerySet[Assessment]:
    """The current assessment of every family of a place that the user may see."""
    return policy.visible(user, Permission.RISK_READ, queries.families()).filter(inside(place)).select_related("grounds")


def narrowed(families: QuerySet[Assessment], filters: Filters, *, but: str = "") -> QuerySet[Assessment]:
    for name, condition in filters.conditions().items():
        if name != but:
            families = families.filter(condition)
    return families


def counted(families: QuerySet[Assessment], filters: Filters, needs: list[str]) -> dict[str, dict[str, int]]:
    """For each thing that narrows the list, how many families each of its choices would leave beside the others chosen."""
    choices = {
        "band": {key: band_is(key, is_own=filters.is_own) for key in (ON_THE_REGISTER, *reversed(Band))},
        "urgent": {"1": URGENT},
        "need": {need: Q(needs__contains=[need]) for need in needs},
        "complete": {"yes": Q(is_complete=True), "no": Q(is_complete=False)},
    }
    return {name: _each(narrowed(families, filters, but=name), offered) for name, offered in choices.items()}


def women_and_girls(assessments: list[Assessment], on: date) -> dict:
    """Household -> (women, girls under 18). Who is of unknown age is counted as a woman."""
    age = Func(
        F("person__born_on"), F("person__years"), F("person__told_on"), on, function="age_on", output_field=IntegerField()
    )  # fmt: skip
    homes = {record: one.household_id for one in assessments for record in one.household.records}
    members = Membership.objects.filter(household__in=list(homes), until=None, person__sex=Sex.FEMALE, person__merged_into=None)
    found = members.annotate(age=age).values("household").annotate(girls=Count("pk", filter=Q(age__lt=ADULT)), everyone=Count("pk"))
    counted = dict.fromkeys(homes.values(), (0, 0))
    for row in found.order_by():
        women, girls = counted[homes[row["household"]]]
        counted[homes[row["household"]]] = women + row["everyone"] - row["girls"], girls + row["girls"]
    return {home: both for home, both in counted.items() if any(both)}


def history(household: Household) -> list[Assessment]:
    """Every assessment of a family, the newest first."""
    found = Assessment.objects.filter(household__in=household.records)
    return list(found.select_related("grounds", "survey").order_by("-is_current", "-pk"))


def _each(families: QuerySet[Assessment], offered: Mapping[str, Q]) -> dict[str, int]:
    if not offered:
        return {}
    alias = {f"n{n}": key for n, key in enumerate(offered)}
    found = families.order_by().aggregate(**{name: Count("pk", filter=offered[key]) for name, key in alias.items()})
    return {key: found[name] for name, key in alias.items()}
