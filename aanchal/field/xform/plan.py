"""What validation does for a form, in order: settle relevance and calculations, then check each frame's leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .bind import Bind, Rules
from .choices import Choices
from .compiler import Compiled, Run
from .order import settled_order
from .reader import Parts
from .template import FramePlan, Node
from .types import SHOWN_TYPES, TYPES
from .types import Check as IsTyped


@dataclass(frozen=True, slots=True)
class Task:
    """A node whose relevance or value follows from other answers."""

    node: Node
    slot: int
    relevant: Run | None
    relevant_unknown: bool
    calculate: Compiled | None
    type: str
    is_editable: bool
    is_leaf: bool


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    node: Node
    slot: int
    choices: Choices | None
    may_show: bool


@dataclass(slots=True)
class Checks:
    """The leaves of a frame by what is checked of them, each with its slot first."""

    entered: list[tuple[int, str, Leaf]] = field(default_factory=list)
    calculated: list[tuple[int, Leaf]] = field(default_factory=list)
    required: list[tuple[int, Leaf]] = field(default_factory=list)
    maybe_required: list[tuple[int, Run, Leaf]] = field(default_factory=list)
    typed: list[tuple[int, IsTyped, Leaf]] = field(default_factory=list)
    constrained: list[tuple[int, Run, IsTyped | None, Leaf]] = field(default_factory=list)
    selects: list[tuple[int, frozenset[str], Leaf]] = field(default_factory=list)
    multiples: list[tuple[int, frozenset[str], Leaf]] = field(default_factory=list)
    chosen: list[tuple[int, Choices, Leaf]] = field(default_factory=list)

    @property
    def has_conditions(self) -> bool:
        return bool(self.maybe_required or self.constrained or self.chosen)


@dataclass(frozen=True, slots=True)
class Plan:
    top: Node
    version: str
    languages: tuple[str, ...]
    steps: tuple[tuple[tuple[Task, ...], bool], ...]
    checks: Mapping[FramePlan, Checks]
    orders: Mapping[str, int]
    counts: tuple[tuple[Node, Compiled, Compiled | None], ...]
    unsupported: Mapping[Node, tuple[str, ...]]


def make_plan(parts: Parts, rules: Mapping[Node, Rules]) -> Plan:
    tasks = [node for node, rule in rules.items() if rule.relevant or rule.calculate]
    ordered = settled_order(tasks, {node: _reads(rules[node]) for node in tasks})
    return Plan(
        top=parts.top,
        version=parts.version,
        languages=parts.itext.languages,
        steps=tuple((tuple(_task(node, rules[node]) for node in group), circular) for group, circular in ordered),
        checks=_checks(rules),
        orders={node.path: node.order for node in rules},
        counts=tuple((node, rule.count, rule.relevant) for node, rule in rules.items() if rule.count),
        unsupported={node: found for node, rule in rules.items() if (found := _unsupported(rule))},
    )


def _reads(rule: Rules) -> set[Node]:
    return {node for each in (rule.relevant, rule.calculate) if each for node in each.reads}


def _task(node: Node, rule: Rules) -> Task:
    relevant = rule.relevant
    return Task(
        node=node,
        slot=node.slot,
        relevant=relevant.run if relevant and relevant.constant is not True else None,
        relevant_unknown=relevant is not None and relevant.run is None,
        calculate=rule.calculate if rule.calculate and rule.calculate.run else None,
        type=node.type,
        is_editable=rule.is_asked and not (node.bind or Bind()).is_readonly,
        is_leaf=not node.is_group,
    )


def _checks(rules: Mapping[Node, Rules]) -> dict[FramePlan, Checks]:
    found: dict[FramePlan, Checks] = {}
    for node, rule in rules.items():
        checks = found.setdefault(node.frame, Checks())
        if not node.is_group:
            _add(checks, node, rule)
    return found


def _add(checks: Checks, node: Node, rule: Rules) -> None:
    leaf = Leaf(node, node.slot, rule.choices, rule.choices is not None or node.type in SHOWN_TYPES)
    if rule.calculate:
        checks.calculated.append((node.slot, leaf))
    else:
        checks.entered.append((node.slot, node.default, leaf))
    _add_conditions(checks, node, rule, leaf)
    choices = rule.choices
    if choices is None and node.type in TYPES:
        checks.typed.append((node.slot, TYPES[node.type], leaf))
    elif choices and choices.is_plain_set:
        kept, known = (checks.multiples, choices.known) if choices.is_multiple else (checks.selects, choices.known | {""})
        kept.append((node.slot, known, leaf))
    elif choices:
        checks.chosen.append((node.slot, choices, leaf))


def _add_conditions(checks: Checks, node: Node, rule: Rules, leaf: Leaf) -> None:
    required, constraint = rule.required, rule.constraint
    if required and required.constant:
        checks.required.append((node.slot, leaf))
    elif required and required.run and required.constant is None:
        checks.maybe_required.append((node.slot, required.run, leaf))
    if constraint and constraint.run and constraint.constant is not True:
        is_typed = None if rule.choices else TYPES.get(node.type)
        checks.constrained.append((node.slot, constraint.run, is_typed, leaf))


def _unsupported(rule: Rules) -> tuple[str, ...]:
    parts = ("relevant", "calculate", "required", "constraint", "count")
    found = [part for part in parts if (each := getattr(rule, part)) and each.unsupported]
    choices = rule.choices
    if choices and any(each and each.unsupported for each in (choices.listed, choices.condition)):
        found.append("choices")
    return tuple(found)
