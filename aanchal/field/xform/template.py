"""The form's main instance as a plan: every node has a slot in the frame of its innermost repeat."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from .submission import local_name

if TYPE_CHECKING:
    from .bind import Bind

JR = "{http://openrosa.org/javarosa}"
TEMPLATE = JR + "template"
NUMERIC = frozenset({"int", "integer", "long", "short", "byte", "decimal", "double", "float"})


class Node:
    """One node of the template. A repeat is the first node of its own frame."""

    def __init__(self, name: str, parent: "Node | None", default: str):
        self.name = name
        self.parent = parent
        self.default = default
        self.path: str = f"{parent.path if parent else ''}/{name}"
        self.children: dict[str, Node] = {}
        self.attributes: dict[str, Node] = {}
        self.is_repeat = False
        self.is_attribute = name.startswith("@")
        self.frame: FramePlan
        self.slot = 0
        self.order = 0
        # The nodes inside it have the slots up to `end` of its frame, and the frames of the repeats `nested`.
        self.bind: Bind | None = None
        self.end = 0
        self.is_group = False
        self.members: tuple[Node, ...] = ()
        self.leaf_slots: dict[str, int] = {}
        self.nested: list[Node] = []

    @property
    def type(self) -> str:
        return self.bind.type if self.bind else "string"

    @property
    def is_numeric(self) -> bool:
        return self.type in NUMERIC

    def child(self, name: str) -> "Node | None":
        return self.attributes.get(name) if name.startswith("@") else self.children.get(name)

    def below(self) -> Iterator["Node"]:
        for node in (*self.attributes.values(), *self.children.values()):
            yield node
            yield from node.below()

    def ancestors(self) -> Iterator["Node"]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def can_hide(self, until: "Node | None" = None) -> bool:
        """Whether a relevant condition at this node, or above it below `until`, may switch it off."""
        node: Node | None = self
        while node is not None and node is not until:
            if node.bind and node.bind.relevant:
                return True
            node = node.parent
        return False


class FramePlan:
    """The nodes that occur once in one occurrence of a repeat (or once in the form)."""

    def __init__(self, top: Node, parent: "FramePlan | None"):
        self.top = top
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.nodes: list[Node] = []
        self.repeats: list[Node] = []

    def encloses(self, other: "FramePlan | None") -> bool:
        while other is not None and other is not self:
            other = other.parent
        return other is self


def build_template(root: ET.Element, repeats: Set[str], bound: Set[str]) -> Node:
    """`repeats` are the paths of the body's repeats, `bound` those of the binds."""
    top = _Builder(repeats, bound).node(root, None)
    _lay_out(top, FramePlan(top, None))
    for order, node in enumerate((top, *top.below())):
        node.order = order
    return top


class _Builder:
    def __init__(self, repeats: Set[str], bound: Set[str]):
        self.repeats = repeats
        self.bound = bound

    def node(self, element: ET.Element, parent: Node | None) -> Node:
        node = Node(local_name(element.tag), parent, (element.text or "") if not len(element) else "")
        node.is_repeat = parent is not None and (node.path in self.repeats or TEMPLATE in element.attrib)
        self.fill(node, element)
        return node

    def fill(self, node: Node, element: ET.Element) -> None:
        for name, value in element.attrib.items():
            attribute = Node("@" + name, node, value)
            if name[0] != "{" and node.parent is not None and (len(element) or attribute.path in self.bound):
                node.attributes.setdefault(attribute.name, attribute)
        for child in element:
            known = node.children.get(local_name(child.tag))
            if known is None:
                node.children[local_name(child.tag)] = self.node(child, node)
            else:
                # The jr:template of a repeat and its first occurrence describe the same node.
                self.fill(known, child)


def _lay_out(node: Node, frame: FramePlan) -> None:
    node.frame, node.slot = frame, len(frame.nodes)
    frame.nodes.append(node)
    for below in (*node.attributes.values(), *node.children.values()):
        if below.is_repeat:
            frame.repeats.append(below)
            node.nested.append(below)
            _lay_out(below, FramePlan(below, frame))
        else:
            _lay_out(below, frame)
            node.nested += below.nested
    node.end = len(frame.nodes)
    node.members = (*node.attributes.values(), *node.children.values())
    node.is_group = bool(node.members) or node.is_repeat
    node.leaf_slots = {child.name: child.slot for child in node.children.values() if not child.is_group}


def find(top: Node, path: str) -> Node | None:
    names = [name.strip() for name in path.strip().split("/")[1:]]
    if not names or names[0].rpartition(":")[2] != top.name:
        return None
    node: Node | None = top
    for name in names[1:]:
        mark = "@" if name.startswith("@") else ""
        node = node.child(mark + name.lstrip("@").rpartition(":")[2]) if node else None
    return node
