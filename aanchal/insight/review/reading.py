"""A review in the reader's language: the same rows for its page and for its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from aanchal.core.numbers import grouped
from aanchal.insight import comparing, queries, rules, words
from aanchal.insight.models import Definition, Review
from aanchal.insight.reading import WHY
from aanchal.insight.terms import Domain, Verdict
from aanchal.places.models import Place

NOT_TOLD = "–"


@dataclass(frozen=True)
class Row:
    """An indicator. Values are of every hundred where it is a share, or a number."""

    definition: Definition
    n: int | None
    of: int | None
    target: float | None
    peers: float | None
    past: Sequence[tuple[str, float]]
    before: float | None
    """The value of the period before it."""

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def is_share(self) -> bool:
        return self.definition.is_share

    @property
    def value(self) -> float | None:
        if self.n is None:
            return None
        return 100 * self.n / self.of if self.is_share and self.of else float(self.n)

    @property
    def change(self) -> float | None:
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def is_behind(self) -> bool | None:
        """Of its target; None where there is none."""
        if self.target is None or self.value is None or self.definition.better == "NEITHER":
            return None
        return self.value < self.target if self.definition.better == "MORE" else self.value > self.target

    @property
    def is_behind_peers(self) -> bool | None:
        if self.peers is None or self.value is None or self.definition.better == "NEITHER":
            return None
        return self.value < self.peers if self.definition.better == "MORE" else self.value > self.peers

    @property
    def told(self) -> str:
        return NOT_TOLD if self.value is None else words.told(self.definition, self.value)

    @property
    def counted(self) -> str:
        if self.n is None:
            return NOT_TOLD
        if self.definition.is_typical:
            return _("of %(n)s") % {"n": grouped(self.of)}
        return f"{grouped(self.n)} / {grouped(self.of)}" if self.of is not None else grouped(self.n)

    @property
    def changed(self) -> str:
        if self.change is None:
            return NOT_TOLD
        return words.points(self.change) if self.is_share else f"{self.change:+.0f}".replace("-", "\u2212")


@dataclass(frozen=True)
class Concern:
    place: str
    above: str
    reasons: Sequence[str]


@dataclass(frozen=True, eq=False)
class Read:
    """All of a ready review. Everything is said in the language that is active when it is asked for."""

    review: Review

    @property
    def content(self) -> Mapping:
        return self.review.content

    @property
    def title(self) -> str:
        return _("Review: %(place)s, %(month)s") % {"place": self.review.place.local_name, "month": self.period}

    @property
    def period(self) -> str:
        return words.period(self.review.span, self.review.month)

    @property
    def change_heading(self) -> str:
        return words.change(self.review.span)

    @cached_property
    def rows(self) -> list[Row]:
        told = self.content["figures"]
        known = queries.versions((one["code"], one["version"]) for one in told)
        return [
            Row(
                known[one["code"], one["version"]], one["n"], one["of"], one["target"], one["peers"], list(map(tuple, one["past"])),
                _before(one, self.review.month),
            )
            for one in told
        ]  # fmt: skip

    def domains(self) -> list[tuple[str, list[Row]]]:
        """Those that can be told."""
        told = [one for one in self.rows if one.value is not None]
        found = [(str(domain.label), [one for one in told if one.code.startswith(domain)]) for domain in Domain]
        return [(label, rows) for label, rows in found if rows]

    def untold(self) -> list[str]:
        return [f"{one.definition.title} ({one.code})" for one in self.rows if one.value is None]

    @cached_property
    def places(self) -> dict[int, Place]:
        keys = {one["place"] for one in (*self.content["attention"]["places"], *self.content["stories"]["stories"])}
        return Place.objects.select_related("district", "state").in_bulk(keys)

    def concerns(self) -> list[Concern]:
        titles = {one.code: one.definition.title for one in self.rows}
        told = [(self.places[one["place"]], one["reasons"]) for one in self.content["attention"]["places"]]
        return [Concern(place.local_name, _above(place), [_why(reason, titles) for reason in reasons]) for place, reasons in told]

    def more_concerns(self) -> int:
        return self.content["attention"]["count"] - len(self.content["attention"]["places"])

    def stories(self) -> list[dict]:
        return [one | {"where": self.places[one["place"]].local_name} for one in self.content["stories"]["stories"]]

    def more_stories(self) -> int:
        return self.content["stories"]["count"] - len(self.content["stories"]["stories"])

    def compared(self) -> list[tuple[str, str, str]]:
        """(indicator, verdict, sentence), what chance does not explain first."""
        told = self.content["compared"]
        titles = comparing.titles(queries.definitions(date.max)) if told else {}
        rows = sorted(told["changes"], key=lambda one: (comparing.ORDER.index(one["verdict"]), one["code"])) if told else []
        return [(titles.get(one["code"], one["code"]), str(Verdict(one["verdict"]).label), comparing.said(one)) for one in rows]

    def summary(self) -> list[tuple[str, str]]:
        rows = self.rows
        told = [one for one in rows if one.value is not None]
        behind = [one.is_behind for one in rows if one.is_behind is not None]
        peers = [one.is_behind_peers for one in rows if one.is_behind_peers is not None]
        months = rules.MONTHS[self.review.span]
        counted = [(_("Months that were counted"), f"{len(self.content['months'])} / {months}")] if months > 1 else []
        return [
            *counted,
            (_("Indicators that can be told"), f"{len(told)} / {len(rows)}"),
            (_("Targets reached"), f"{behind.count(False)} / {len(behind)}"),
            (_("As good as their peers or better"), f"{peers.count(False)} / {len(peers)}"),
            (_("Places below that need attention"), grouped(self.content["attention"]["count"])),
        ]


def _before(told: Mapping, month: date) -> float | None:
    """A review of the first version tells of earlier months alone."""
    earlier = [value for when, value in told["past"] if when < f"{month:%Y-%m}"]
    return told["before"] if "before" in told else earlier[-1] if earlier else None


def _above(place: Place) -> str:
    above = place.district or place.state
    return above.local_name if above else ""


def _why(reason: str, titles: Mapping[str, str]) -> str:
    code, _colon, why = reason.partition(":")
    return str(WHY[why]) % {"title": titles.get(code, code)}
