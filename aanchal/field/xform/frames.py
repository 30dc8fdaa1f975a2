"""A submission laid over the template: one frame of values per occurrence of a repeat."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

from .submission import local_name
from .template import TEMPLATE, FramePlan, Node

Report = Callable[[str, "Frame", Node, str], None]

# OpenRosa metadata that clients add whether or not the form declares it
META = frozenset({"instanceID", "instanceName", "deprecatedID", "timeStart", "timeEnd", "userID", "deviceID", "audit", "entity"})


class Frame:
    """`sent` holds the text of each node or None where it was not sent; `values` what expressions see.
    Slot 0 is the repeat itself (or the root)."""

    __slots__ = ("plan", "parent", "index", "sent", "values", "shown", "repeats")

    def __init__(self, plan: FramePlan, parent: "Frame | None", index: int):
        self.plan = plan
        self.parent = parent
        self.index = index
        self.sent: list[str | None] = [None] * len(plan.nodes)
        self.values: list[str] = []
        self.shown: list[bool] = [True] * len(plan.nodes)
        self.repeats: dict[Node, list[Frame]] = {repeat: [] for repeat in plan.repeats}

    def path(self, node: Node) -> str:
        """Where the node is, with the numbers of the repeats: /data/hh/member[2]/age."""
        top = self.plan.top
        if self.parent is None:
            return node.path
        return f"{self.parent.path(top)}[{self.index}]{node.path[len(top.path) :]}"


def lay_over(top: Node, root: ET.Element, report: Report) -> dict[FramePlan, list[Frame]]:
    """All frames by plan, in document order."""
    frames: dict[FramePlan, list[Frame]] = {}
    frame = _new_frame(frames, top, None, 1)
    if local_name(root.tag) != top.name:
        report("UNKNOWN_NODE", frame, top, "")
    _fill(frames, frame, top, root, report)
    for plan in frames:
        for each in frames[plan]:
            each.values = [value or "" for value in each.sent]
    return frames


def _new_frame(frames: dict[FramePlan, list[Frame]], top: Node, parent: Frame | None, index: int) -> Frame:
    frame = Frame(top.frame, parent, index)
    frame.sent[0] = ""
    frames.setdefault(top.frame, []).append(frame)
    return frame


def _fill(frames: dict[FramePlan, list[Frame]], frame: Frame, group: Node, element: ET.Element, report: Report) -> None:
    sent, known, leaf_slots = frame.sent, group.children, group.leaf_slots
    if group.attributes:
        _take_attributes(sent, group, element)
    for child in element:
        slot = leaf_slots.get(child.tag)
        if slot is not None and sent[slot] is None and not len(child):
            sent[slot] = child.text or ""
            continue
        node = known.get(child.tag) or known.get(local_name(child.tag))
        if node is None:
            if group.name != "meta" or local_name(child.tag) not in META:
                report("UNKNOWN_NODE", frame, group, local_name(child.tag))
        elif node.is_repeat:
            _fill_repeat(frames, frame, node, child, report)
        elif sent[node.slot] is not None:
            report("DUPLICATE_NODE", frame, node, "")
        elif node.is_group:
            sent[node.slot] = ""
            _fill(frames, frame, node, child, report)
        else:
            sent[node.slot] = child.text or ""
            if len(child):
                _fill(frames, frame, node, child, report)


def _fill_repeat(frames: dict[FramePlan, list[Frame]], frame: Frame, repeat: Node, element: ET.Element, report: Report) -> None:
    if TEMPLATE in element.attrib:
        return
    occurrences = frame.repeats[repeat]
    new = _new_frame(frames, repeat, frame, len(occurrences) + 1)
    occurrences.append(new)
    _fill(frames, new, repeat, element, report)


def _take_attributes(sent: list[str | None], node: Node, element: ET.Element) -> None:
    for name, attribute in node.attributes.items():
        sent[attribute.slot] = element.get(name[1:])


def hide(frame: Frame, node: Node) -> None:
    """Switch off a node and everything inside it."""
    size = node.end - node.slot
    frame.shown[node.slot : node.end] = [False] * size
    frame.values[node.slot : node.end] = [""] * size
    for repeat in node.nested:
        for occurrence in frame.repeats[repeat]:
            hide(occurrence, repeat)


def is_answered(frame: Frame, node: Node) -> bool:
    """Whether anything was sent inside a node."""
    if any(frame.sent[node.slot : node.end]):
        return True
    return any(is_answered(each, repeat) for repeat in node.nested for each in frame.repeats[repeat])
