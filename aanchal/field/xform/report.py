"""Collects faults, with what may be told of an answer and no more."""

from collections.abc import Mapping

from .frames import Frame
from .plan import Leaf
from .template import Node
from .types import is_plain
from .verdict import Fault, FaultKind

_MOST_FAULTS = 200


class Report:
    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def at_node(self, kind: FaultKind, frame: Frame, node: Node) -> None:
        self._add(kind, frame.path(node), node.path)

    def misplaced(self, kind: str, frame: Frame, node: Node, name: str) -> None:
        below = f"/{name[:64]}" if name else ""
        self._add(FaultKind(kind), frame.path(node) + below, node.path + below)

    def uncounted(self, frame: Frame, repeat: Node, occurrences: int) -> None:
        above = frame.path(repeat.parent) if repeat.parent else ""
        self._add(FaultKind.REPEAT_COUNT, f"{above}/{repeat.name}", repeat.path, str(occurrences))

    def at_leaf(self, kind: FaultKind, frame: Frame, leaf: Leaf, value: str) -> None:
        bind = leaf.node.bind
        messages: Mapping[str, str] = {}
        if bind and kind is FaultKind.REQUIRED:
            messages = bind.required_message
        elif bind and kind is FaultKind.CONSTRAINT:
            messages = bind.constraint_message
        told = {language: message for language, message in messages.items() if message}
        self._add(kind, frame.path(leaf.node), leaf.node.path, _shown_value(leaf, value), told)

    def _add(self, kind: FaultKind, path: str, field: str, value: str | None = None, message: Mapping[str, str] | None = None) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(Fault(kind, path, value, message or {}, field))


def _shown_value(leaf: Leaf, value: str) -> str | None:
    """Only known choices, numbers and moments: a fault names nobody."""
    if not leaf.may_show or not value:
        return None
    if leaf.choices is not None:
        known = leaf.choices.known
        return value if all(part in known for part in value.split()) else None
    return value if is_plain(value) else None
