"""What would bring a family's band down: each reason whose end would be enough, found by assessing the changed facts."""

from dataclasses import dataclass

from aanchal.risk.conditions import All, Any, AtLeast, Below, Condition, Facts, Is, Not
from aanchal.risk.definition import Definition, Indicator
from aanchal.risk.rules import assess


@dataclass(frozen=True)
class Lowering:
    """`alone`: reasons whose end lowers the band by itself, with that band. `together`: how many must end where none is enough."""

    alone: tuple[tuple[Indicator, str], ...] = ()
    together: int = 0


def lowering(definition: Definition, facts: Facts) -> Lowering:
    now = assess(definition, facts)
    held = [indicator for indicator in definition.indicators if indicator.key in now.deprived]
    bands = [(indicator, assess(definition, without(indicator.deprived, facts)).band) for indicator in held]
    alone = tuple((indicator, band) for indicator, band in bands if _is_lower(definition, band, now.band))
    return Lowering(alone, 0 if alone else _together(definition, facts, held, now.band))


def without(condition: Condition, facts: Facts) -> Facts:
    """The facts changed as little as it takes for a condition not to hold."""
    return _settled(condition, False, dict(facts))


def _together(definition: Definition, facts: Facts, held: list[Indicator], band: str) -> int:
    """The heaviest end first, so that no smaller number is enough."""
    for count, indicator in enumerate(sorted(held, key=lambda one: -one.points), start=1):
        facts = without(indicator.deprived, facts)
        if _is_lower(definition, assess(definition, facts).band, band):
            return count
    return 0


def _is_lower(definition: Definition, band: str, than: str) -> bool:
    return definition.band_keys.index(band) < definition.band_keys.index(than)


def _settled(condition: Condition, wanted: bool, facts: dict) -> dict:
    if condition.truth(facts) is wanted:
        return facts
    match condition:
        case Not(part):
            return _settled(part, not wanted, facts)
        case All(parts) | Any(parts):
            return _joined(parts, wanted, facts, all_of_them=isinstance(condition, All) is wanted)
        case _:
            return facts | {condition.fact: _value(condition, wanted)}


def _joined(parts: tuple[Condition, ...], wanted: bool, facts: dict, *, all_of_them: bool) -> dict:
    for part in parts if all_of_them else parts[:1]:
        facts = _settled(part, wanted, facts)
    return facts


def _value(condition: Is | AtLeast | Below, wanted: bool) -> int:
    match condition:
        case Is(_, value):
            return value if wanted else value - 1 if value else 1
        case AtLeast(_, bound):
            return bound if wanted else bound - 1
        case Below(_, bound):
            return bound - 1 if wanted else bound
