"""Where an expression stands: the template node, the frame, and the variables that hold them in generated code."""

from dataclasses import dataclass, replace

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

    def values(self) -> str:
        return _VALUES.get(self.frame, f"{self.frame}.values")


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


def inside(scope: Scope, **changes: object) -> Scope:
    return replace(scope, origin=scope.current, **changes)  # type: ignore[arg-type]
