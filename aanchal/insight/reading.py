"""The figures of a place as its page shows them: value, trend, target, peers, and the list that a number counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aanchal.core.pictures import spark
from aanchal.insight import listing, queries, rules, words
from aanchal.insight.measures import MEASURES
from aanchal.insight.models import Attention, Definition, Figure, Target
from aanchal.insight.terms import Domain, Lack
from aanchal.places.models import Place

WHY = {
    "WORSE": _("%(title)s: worse than its peers, by more than chance"),
    "TARGET": _("%(title)s: the target is not reached"),
    "FALLING": _("%(title)s: worse three months in a row"),
    rules.SILENT: _("Nothing came from here this month. Silent is not the same as safe."),
}
SHOWN_REASONS = 3


@dataclass(frozen=True)
class Row:
    """`url` opens the list of the numerator, `of_url` that of the denominator, for who may open them."""

    definition: Definition
    figure: Figure | None
    trend: SafeString | str
    target: Target | None
    peers: float | None
    url: str = ""
    of_url: str = ""

    @property
    def told(self) -> str:
        return "" if self.figure is None else words.told(self.definition, self.figure.value)

    @property
    def beside(self) -> str:
        return "" if self.peers is None else words.told(self.definition, self.peers)

    @property
    def is_behind(self) -> bool:
        if self.target is None or self.figure is None or self.definition.better == "NEITHER":
            return False
        short = self.figure.value - float(self.target.value)
        return short < 0 if self.definition.better == "MORE" else short > 0


@dataclass(frozen=True)
class Section:
    domain: Domain
    rows: Sequence[Row]
    lacking: Sequence[tuple[Definition, str]]

    @property
    def shown(self) -> list[Row]:
        """Those that say something of this month, or of which a target is set."""
        return [one for one in self.rows if one.figure or one.target]

    @property
    def untold(self) -> list[Definition]:
        return [one.definition for one in self.rows if not one.figure and not one.target]


@dataclass(frozen=True)
class Concern:
    place: Place
    reasons: Sequence[str]
    more: int


def sections(user, place: Place, month: date) -> list[Section]:
    """Every indicator of this kind of place, by domain, also those that cannot be computed, with why."""
    trends, peers, targets = queries.trends(place, month), queries.peers(place, month), queries.targets(place, month)
    definitions = [one for one in queries.definitions(rules.month_after(month)) if place.level in one.levels]
    found = []
    for domain in Domain:
        own = [one for one in definitions if one.code.startswith(domain)]
        told = ((one, trends.get(one.pk, []), peers.get(one.pk), targets.get(one.code)) for one in own if one.numerator)
        rows = [_row(user, place, month, *each) for each in told]
        lacking = [(one, str(Lack(one.lacks).label)) for one in own if one.lacks]
        if own:
            found.append(Section(domain, rows, lacking))
    return found


def concern(one: Attention, titles: dict[str, str]) -> Concern:
    told = [str(WHY[why]) % {"title": titles.get(code, code)} for code, _, why in (reason.partition(":") for reason in one.reasons)]
    return Concern(one.place, told[:SHOWN_REASONS], max(len(told) - SHOWN_REASONS, 0))


def list_of(user, code: str, measure: str, place: Place, month: date) -> str:
    """The list a measure counts, narrowed to place and month; for who may not open it, the page that says why."""
    if not measure:
        return ""
    opens = MEASURES[measure].opens
    if opens is None or not listing.is_elsewhere(user, opens, place, month):
        page = reverse("insight:list", args=[place.pk, measure])
        return f"{page}?{urlencode({'month': f'{month:%Y-%m}', 'of': code})}"
    first, last = listing.days(month)
    days = {"since": first.isoformat(), "until": last.isoformat()} if opens.by_days else {}
    return f"{reverse(opens.name, args=opens.args)}?{urlencode({'place': place.pk, **opens.narrows, **days})}"


def _row(user, place: Place, month: date, one: Definition, past: Sequence[Figure], peers: float | None, target: Target | None) -> Row:
    figure = past[-1] if past and past[-1].month == month else None
    line = spark([each.value for each in past]) if len(past) > 1 else ""
    if figure is None:
        return Row(one, None, line, target, peers)
    lists = (list_of(user, one.code, measure, place, month) for measure in ("" if one.is_typical else one.numerator, one.denominator))
    return Row(one, figure, line, target, peers, *lists)
