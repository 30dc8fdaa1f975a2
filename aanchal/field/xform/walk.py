"""Node-sets at run time, for the paths that could not be resolved when the form was compiled."""

from collections.abc import Callable, Iterable, Iterator

from .frames import Frame
from .lists import Item
from .template import Node
from .values import Value, any_truth

Predicate = Callable[["Spot | Item", int, int], bool]


class Spot:
    """A node of the submission: a template node in one frame (or the document, above the root)."""

    __slots__ = ("frame", "node")

    def __init__(self, frame: Frame, node: Node | None):
        self.frame = frame
        self.node = node

    @property
    def name(self) -> str:
        return self.node.name.lstrip("@") if self.node else ""

    @property
    def text(self) -> str:
        return self.frame.values[self.node.slot] if self.node else ""

    @property
    def shown(self) -> bool:
        return self.frame.shown[self.node.slot] if self.node else True

    @property
    def index(self) -> int:
        return self.frame.index if self.node and self.node.is_repeat else 1

    @property
    def parent(self) -> "Spot | None":
        if self.node is None:
            return None
        if self.node.is_repeat and self.frame.parent:
            return Spot(self.frame.parent, self.node.parent)
        return Spot(self.frame, self.node.parent)

    @property
    def children(self) -> "list[Spot]":
        if self.node is None:
            return [Spot(self.frame, self.frame.plan.top)]
        found: list[Spot] = []
        for child in self.node.children.values():
            if child.is_repeat:
                found += [Spot(frame, child) for frame in self.frame.repeats[child]]
            else:
                found.append(Spot(self.frame, child))
        return found

    @property
    def attributes(self) -> "list[Spot]":
        return [Spot(self.frame, child) for child in self.node.attributes.values()] if self.node else []

    def siblings(self) -> "list[Spot]":
        above = self.parent
        return above.children if above else [self]

    def key(self) -> tuple[int, ...]:
        """Sorts in document order; the same for the same node."""
        parts: list[int] = []
        spot: Spot | None = self
        while spot is not None and spot.node is not None:
            parts += [spot.index, spot.node.order]
            spot = spot.parent
        return (0, *reversed(parts))


AnyNode = Spot | Item


def _descendants(node: AnyNode) -> Iterator[AnyNode]:
    for child in node.children:
        yield child
        yield from _descendants(child)


def _ancestors(node: AnyNode) -> Iterator[AnyNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _around(node: AnyNode, *, later: bool) -> Iterator[AnyNode]:
    here = node.key()
    family: list[AnyNode] = sorted(node.siblings(), key=lambda each: each.key(), reverse=not later)
    for sibling in family:
        if (sibling.key() > here) if later else (sibling.key() < here):
            yield sibling


def _outside(node: AnyNode, *, later: bool) -> Iterator[AnyNode]:
    for base in (node, *_ancestors(node)):
        for sibling in _around(base, later=later):
            below = list(_descendants(sibling))
            yield from [sibling, *below] if later else [*reversed(below), sibling]


def along(node: AnyNode, axis: str) -> Iterable[AnyNode]:
    match axis:
        case "child":
            return node.children
        case "attribute":
            return node.attributes
        case "self":
            return (node,)
        case "parent":
            return () if node.parent is None else (node.parent,)
        case "descendant":
            return _descendants(node)
        case "descendant-or-self":
            return (node, *_descendants(node))
        case "ancestor":
            return _ancestors(node)
        case "ancestor-or-self":
            return (node, *_ancestors(node))
        case "following-sibling" | "preceding-sibling":
            return _around(node, later=axis == "following-sibling")
        case _:
            return _outside(node, later=axis == "following")


def _passes(node: AnyNode, test: str) -> bool:
    if not node.shown:
        return False
    if test == "node()":
        return True
    if test == "text()":
        # Text has no node of its own here: a leaf that is filled stands for it.
        return not node.children and node.text != ""
    return node.name == test or test == "*" and node.name != ""


def step(nodes: Iterable[AnyNode], axis: str, test: str, *predicates: Predicate) -> list[AnyNode]:
    found: dict[tuple[int, ...], AnyNode] = {}
    for node in nodes:
        onward = along(node, axis if test != "text()" or axis != "child" else "self")
        for kept in narrowed([each for each in onward if _passes(each, test)], *predicates):
            found.setdefault(kept.key(), kept)
    return [found[key] for key in sorted(found)]


def narrowed(nodes: list[AnyNode], *predicates: Predicate) -> list[AnyNode]:
    for holds in predicates:
        size = len(nodes)
        nodes = [node for at, node in enumerate(nodes, 1) if holds(node, at, size)]
    return nodes


def union(left: Iterable[AnyNode], right: Iterable[AnyNode]) -> list[AnyNode]:
    found = {node.key(): node for node in (*left, *right)}
    return [found[key] for key in sorted(found)]


def texts(nodes: Iterable[AnyNode]) -> list[str]:
    return [node.text for node in nodes]


def index_of(nodes: list[AnyNode]) -> float:
    return float(nodes[0].index) if nodes else 0.0


def name_of(nodes: list[AnyNode]) -> str:
    return nodes[0].name if nodes else ""


def chosen(value: Value, position: int) -> bool:
    """A predicate whose kind is known only now: a number is a position (XPath 1.0 section 2.4)."""
    return value == position if isinstance(value, float) else any_truth(value)


def nth(frame: Frame | None, repeat: Node, index: float) -> Frame | None:
    """indexed-repeat(): an index below 1 counts as 1 (JavaRosa)."""
    if frame is None or index != index:
        return None
    frames = frame.repeats[repeat]
    at = max(int(index), 1) - 1 if abs(index) < 1e9 else len(frames)
    return frames[at] if at < len(frames) else None


def answer(frame: Frame | None, slot: int) -> str:
    return frame.values[slot] if frame else ""
