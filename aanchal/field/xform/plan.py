"""What validation does for a form, in order: settle relevance and calculations, then check each frame's leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .bind import Bind, Rules
from .choices import Choices
from .compiler import Compiled, Run
from .order import settled_order
from .reader import Parts
from .template import FramePlan, Node
from .types import SHOWN_TYPES, TYPES


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


@dataclass(frozen=True, slots=True)
class Check:
    """A leaf. `required` is False, True or a function; the other checks are None where there is nothing to check."""

    node: Node
    slot: int
    default: str
    is_calculated: bool
    required: bool | Run
    is_typed: Callable[[str], object] | None
    constraint: Run | None
    choices: Choices | None
    may_show: bool


@dataclass(frozen=True, slots=True)
class Plan:
    top: Node
    version: str
    languages: tuple[str, ...]
    steps: tuple[tuple[tuple[Task, ...], bool], ...]
    checks: Mapping[FramePlan, tuple[Check, ...]]
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
    )


def _checks(rules: Mapping[Node, Rules]) -> dict[FramePlan, tuple[Check, ...]]:
    found: dict[FramePlan, list[Check]] = {}
    for node, rule in rules.items():
        checks = found.setdefault(node.frame, [])
        if not node.is_group:
            checks.append(_check(node, rule))
    return {plan: tuple(checks) for plan, checks in found.items()}


def _check(node: Node, rule: Rules) -> Check:
    required = rule.required
    by_choice = rule.choices is not None
    return Check(
        node=node,
        slot=node.slot,
        default=node.default,
        is_calculated=rule.calculate is not None,
        required=_required(required),
        is_typed=None if by_choice else TYPES.get(node.type),
        constraint=rule.constraint.run if rule.constraint and rule.constraint.constant is not True else None,
        choices=rule.choices,
        may_show=by_choice or node.type in SHOWN_TYPES,
    )


def _required(required: Compiled | None) -> bool | Run:
    if required is None or required.run is None:
        return False
    return required.run if required.constant is None else required.constant


def _unsupported(rule: Rules) -> tuple[str, ...]:
    parts = ("relevant", "calculate", "required", "constraint", "count")
    found = [part for part in parts if (each := getattr(rule, part)) and each.unsupported]
    choices = rule.choices
    if choices and any(each and each.unsupported for each in (choices.listed, choices.condition)):
        found.append("choices")
    return tuple(found)
