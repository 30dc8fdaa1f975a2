"""How a fund may be lent: the nation's norms as they ship, and a state's own from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext

from aanchal.benefits.models import FundNorm
from aanchal.core.yaml_files import read_yaml

PAISE = 100
SHIPPED = Path(__file__).with_name("norms.yaml")


@dataclass(frozen=True)
class Norm:
    """Of one fund. `interest_bp`: a hundredth of a per cent a month."""

    version: str
    kept_by: tuple[str, ...]
    largest_paise: int
    months: int
    interest_bp: int
    may_grant: bool
    per_member_paise: int
    source: str
    is_unverified: bool
    effective_from: date
    row: FundNorm | None = None
    """The state's own version, with who wrote it; None where the nation's holds."""

    @property
    def local_source(self) -> str:
        return gettext(self.source)

    @property
    def interest(self) -> str:
        return f"{self.interest_bp / PAISE:g}%"


@cache
def shipped() -> Mapping[str, Norm]:
    told = read_yaml(SHIPPED)
    return {
        kind: Norm(
            version=told["version"], kept_by=tuple(one["kept_by"]), largest_paise=one["largest_rupees"] * PAISE, months=one["months"],
            interest_bp=one["interest_bp"], may_grant=one["grant"], per_member_paise=one["per_member_rupees"] * PAISE,
            source=one["source"], is_unverified=one["unverified"], effective_from=told["effective_from"],
        )
        for kind, one in told["funds"].items()
    }  # fmt: skip


def in_force(kind: str, on: date, place) -> Norm:
    """What holds on a day where `place` (anything with a place_no) lies: the state's own before the nation's."""
    here = FundNorm.objects.filter(kind=kind, place__place_no__lte=place.place_no, place__last_no__gte=place.place_no)
    row = here.filter(effective_from__lte=on).select_related("place", "set_by").order_by("-effective_from", "-pk").first()
    return _of(row) if row else shipped()[kind]


def versions(kind: str, state) -> list[FundNorm]:
    """Of a state, the newest first."""
    return list(FundNorm.objects.filter(kind=kind, place=state).select_related("set_by").order_by("-effective_from", "-pk"))


def _of(row: FundNorm) -> Norm:
    return Norm(
        version=row.version, kept_by=tuple(row.kept_by), largest_paise=row.largest_paise, months=row.months, interest_bp=row.interest_bp,
        may_grant=row.may_grant, per_member_paise=row.per_member_paise, source=row.source, is_unverified=row.is_unverified,
        effective_from=row.effective_from, row=row,
    )  # fmt: skip
