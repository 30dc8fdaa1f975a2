"""Where an expression stands: the template node, the frame, and the variables that hold them in generated code."""

from dataclasses import dataclass

from .template import FramePlan, Node


@dataclass(frozen=True, slots=True)
class Scope:
    """`thing` is the variable of a run-time node where the context is one (predicates of unresolved paths, items).

    `nodes` are the template nodes the context may be, for dependencies. `origin` is the scope of the whole expression.
    """

    nodes: frozenset[Node]
    node: Node | None = None
    frame: str = ""
    thing: str = ""
    is_item: bool = False
    position: str = ""
    size: str = ""
    origin: "Scope | None" = None

    @property
    def current(self) -> "Scope":
        return self.origin or self

    @property
    def home(self) -> "Scope":
        """The scope whose repeats an absolute path shares."""
        return self if self.node else self.current


# The arguments of a compiled expression: values of its own frame, values of the root frame, the frame, the session.
ARGUMENTS = "own, root, frame, session"
ROOT_FRAME = "session.root"
_VALUES = {"frame": "own", ROOT_FRAME: "root"}


def values_of(frame: str) -> str:
    return _VALUES.get(frame, f"{frame}.values")


def frame_above(frame: str, plan: FramePlan, target: FramePlan) -> str:
    """The variable of an enclosing frame, as seen from one of `plan`."""
    if target.depth == 0:
        return ROOT_FRAME if plan.depth else frame
    return frame + ".parent" * (plan.depth - target.depth)


def top_scope(node: Node) -> Scope:
    frame = "frame" if node.frame.depth else ROOT_FRAME
    return Scope(frozenset({node}), node, frame)


def in_frame(scope: Scope, node: Node, frame: str, position: str) -> Scope:
    """The context of a condition on the occurrences of a repeat."""
    return Scope(frozenset({node}), node, frame, position=position, origin=scope.current)


def at_item(scope: Scope, thing: str) -> Scope:
    """The context of a condition on the items of a list."""
    return Scope(frozenset(), thing=thing, is_item=True, origin=scope.current)


def at_thing(scope: Scope, nodes: frozenset[Node], thing: str, position: str, size: str) -> Scope:
    """The context of a condition on nodes found at run time."""
    return Scope(nodes, thing=thing, position=position, size=size, origin=scope.current)
