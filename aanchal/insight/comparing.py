"""What changed after the pilot, as its page shows and says it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aanchal.insight import effects, pictures, words
from aanchal.insight.models import Comparison, Definition
from aanchal.insight.terms import Verdict
from aanchal.places.models import Place

PILLS = {effects.BETTER: "good", effects.WORSE: "bad", effects.OTHER: "info", effects.APART: "warn", effects.ALIKE: "", effects.FEW: ""}
ORDER = (effects.WORSE, effects.BETTER, effects.OTHER, effects.APART, effects.ALIKE, effects.FEW)


@dataclass(frozen=True)
class Row:
    title: str
    code: str
    verdict: str
    pill: str
    said: str
    picture: SafeString | str


@dataclass(frozen=True)
class Beside:
    """A pilot block, when the pilot began, and the blocks beside it with their ranks."""

    block: Place
    rank: int
    began: date
    others: Sequence[tuple[Place, int]]


def rows(found: Comparison, titles: Mapping[str, str]) -> list[Row]:
    """What chance does not explain first."""
    told = sorted(found.changes, key=lambda one: (ORDER.index(one["verdict"]), one["code"]))
    spans = {one["code"]: pictures.Span(one["estimate"], one["low"], one["high"]) for one in told if one["estimate"] is not None}
    units = {one["code"]: one.get("unit", "") for one in told}
    scales = {unit: pictures.widest([span for code, span in spans.items() if units[code] == unit]) for unit in set(units.values())}
    return [_row(one, titles, spans.get(one["code"]), scales[units[one["code"]]]) for one in told]


def chance_alone(found: Comparison) -> tuple[int, int]:
    """(how many were tested, how many of them chance alone would let stand out)."""
    tested = sum(one["low"] is not None for one in found.changes)
    return tested, round(tested * effects.CHANCE)


def sets(found: Comparison) -> list[Beside]:
    keys = {key for one in found.sets for key in (one["pilot"], *(key for key, _rank in one["beside"]))}
    places = Place.objects.select_related("district").in_bulk(keys)
    return [
        Beside(
            places[one["pilot"]], one["rank"], date.fromisoformat(one["began"]), [(places[key], rank) for key, rank in one["beside"]]
        )
        for one in found.sets
    ]  # fmt: skip


def titles(definitions: Iterable[Definition]) -> dict[str, str]:
    return {one.code: one.title for one in definitions}


def said(one: Mapping) -> str:
    """A change in plain words: in points of a hundred, or in the unit of what is typical."""
    if one["estimate"] is None:
        return _("There are too few blocks to tell, and too few to show their difference.")
    told = {name: words.points(one[name]) for name in ("estimate", "low", "high", "before")}
    if one.get("unit"):
        return _said_in_days(one["verdict"], told)
    if one["verdict"] == effects.FEW:
        return _("So far the pilot's blocks changed by %(estimate)s points more than those beside them. The blocks are too few to say "
                 "whether that is more than chance.") % told  # fmt: skip
    if one["verdict"] == effects.ALIKE:
        return _("The pilot's blocks changed by %(estimate)s points more than those beside them, between %(low)s and %(high)s. "
                 "Chance alone could explain it.") % told  # fmt: skip
    if one["verdict"] == effects.APART:
        return _("The pilot's blocks changed by %(estimate)s points more than those beside them. But they had moved apart by %(before)s "
                 "points before the pilot began: it cannot be put down to the pilot.") % told  # fmt: skip
    return _("The pilot's blocks changed by %(estimate)s points more than those beside them, between %(low)s and %(high)s. "
             "Chance does not explain it.") % told  # fmt: skip


def _said_in_days(verdict: str, told: Mapping[str, str]) -> str:
    if verdict == effects.FEW:
        return _("So far the pilot's blocks changed by %(estimate)s days more than those beside them. The blocks are too few to say "
                 "whether that is more than chance.") % told  # fmt: skip
    if verdict == effects.ALIKE:
        return _("The pilot's blocks changed by %(estimate)s days more than those beside them, between %(low)s and %(high)s. "
                 "Chance alone could explain it.") % told  # fmt: skip
    if verdict == effects.APART:
        return _("The pilot's blocks changed by %(estimate)s days more than those beside them. But they had moved apart by %(before)s "
                 "days before the pilot began: it cannot be put down to the pilot.") % told  # fmt: skip
    return _("The pilot's blocks changed by %(estimate)s days more than those beside them, between %(low)s and %(high)s. "
             "Chance does not explain it.") % told  # fmt: skip


def of_blocks(n: int) -> str:
    return ngettext("%(n)s block", "%(n)s blocks", n) % {"n": n}


def _row(one: Mapping, titles: Mapping[str, str], span: pictures.Span | None, scale: float) -> Row:
    title, sentence = titles.get(one["code"], one["code"]), said(one)
    picture = pictures.interval(span, scale, title=f"{title}: {words.points(span.estimate)}") if span else ""
    sentence, verdict = f"{sentence} ({of_blocks(one['blocks'])})", one["verdict"]
    return Row(title, one["code"], str(Verdict(verdict).label), PILLS[verdict], sentence, picture)
