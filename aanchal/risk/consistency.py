"""Whether the parts of an index definition agree with each other: weights, bands, keys, facts, size."""

from collections.abc import Iterable
from typing import Any

from aanchal.risk.conditions import facts_read
from aanchal.risk.definition import UNKNOWN, Definition

MOST_INDICATORS = 32  # bits of a batch's mask
MOST_OVERRIDES = 16


def faults_of(whole: Definition) -> list[str]:
    return [
        *_repeated("dimensions", whole.dimensions),
        *_repeated("bands", whole.bands),
        *_repeated("indicators", whole.indicators),
        *_repeated("overrides", whole.overrides),
        *_faults_of_weights(whole),
        *_faults_of_bands(whole),
        *_faults_of_size(whole),
        *_unread_facts(whole),
    ]


def _repeated(part: str, entries: Iterable[Any]) -> list[str]:
    keys = [entry.key for entry in entries]
    return [f"{part}: duplicate key '{key}'" for key in sorted({key for key in keys if keys.count(key) > 1})]


def _faults_of_weights(whole: Definition) -> list[str]:
    known = {dimension.key for dimension in whole.dimensions}
    faults = [
        f"indicators.{indicator.key}: unknown dimension '{indicator.dimension}'"
        for indicator in whole.indicators
        if indicator.dimension not in known
    ]
    for dimension in whole.dimensions:
        held = sum(indicator.points for indicator in whole.indicators if indicator.dimension == dimension.key)
        if held != dimension.points:
            faults.append(f"dimensions.{dimension.key}: its indicators sum to {held} points, not {dimension.points}")
    held = sum(indicator.points for indicator in whole.indicators)
    if held != whole.total_points:
        faults.append(f"indicators: points sum to {held}, not the total of {whole.total_points}")
    return faults


def _faults_of_bands(whole: Definition) -> list[str]:
    starts = [band.starts_at for band in whole.bands]
    faults = []
    if not starts or starts[0] != 0 or starts != sorted(set(starts)) or starts[-1] > whole.total_points:
        faults.append(f"bands: must rise from 0 to at most {whole.total_points}, not {starts}")
    if any(band.key == UNKNOWN for band in whole.bands):
        faults.append(f"bands: '{UNKNOWN}' is the band of a family of whom nothing is known")
    if whole.poor_from not in {band.key for band in whole.bands[1:]}:
        faults.append(f"poor_from: '{whole.poor_from}' is not a band above the lowest")
    return faults


def _faults_of_size(whole: Definition) -> list[str]:
    faults = []
    if len(whole.indicators) > MOST_INDICATORS:
        faults.append(f"indicators: {len(whole.indicators)}, at most {MOST_INDICATORS}")
    if len(whole.overrides) > MOST_OVERRIDES:
        faults.append(f"overrides: {len(whole.overrides)}, at most {MOST_OVERRIDES}")
    return faults


def _unread_facts(whole: Definition) -> list[str]:
    conditions = [indicator.deprived for indicator in whole.indicators]
    conditions += [override.raised for override in whole.overrides]
    read = frozenset().union(*map(facts_read, conditions))
    return [f"facts.{fact.key}: no indicator and no override reads it" for fact in whole.facts if fact.key not in read]
