"""Checks settled answers: what is missing, mistyped, out of bounds, not offered, not asked, miscounted."""

from collections.abc import Mapping

from .compiler import Compiled, Run
from .frames import Frame
from .plan import Checks, Leaf, Plan
from .report import Report
from .session import EVALUATION_ERRORS, Session
from .template import FramePlan, Node
from .verdict import FaultKind


class Checking:
    def __init__(self, plan: Plan, frames: Mapping[FramePlan, list[Frame]], session: Session, report: Report):
        self.plan = plan
        self.frames = frames
        self.session = session
        self.report = report

    def all(self) -> None:
        self.counts()
        for frame_plan, frames in self.frames.items():
            checks = self.plan.checks[frame_plan]
            for frame in frames:
                self.leaves(checks, frame)
                if checks.has_conditions:
                    self.conditions(checks, frame)
        for node, parts in self.plan.unsupported.items():
            for frame in self.frames.get(node.frame, ()):
                if _would_matter(parts, frame, node):
                    self.report.at_node(FaultKind.UNSUPPORTED, frame, node)

    def leaves(self, checks: Checks, frame: Frame) -> None:
        """Checks that need no expression. Blank values pass all but `required`; what is hidden is blank."""
        values, shown, sent, fault = frame.values, frame.shown, frame.sent, self.report.at_leaf
        if False in shown:
            for slot, default, leaf in checks.entered:
                if sent[slot] and not shown[slot] and sent[slot] != default:
                    fault(FaultKind.IRRELEVANT_VALUE, frame, leaf, sent[slot] or "")
        for slot, leaf in checks.calculated:
            if values[slot] != (sent[slot] or "") and shown[slot]:
                fault(FaultKind.CALCULATION, frame, leaf, sent[slot] or "")
        for leaf in [leaf for slot, leaf in checks.required if not values[slot] and shown[slot]]:
            fault(FaultKind.REQUIRED, frame, leaf, "")
        for leaf in [leaf for slot, is_typed, leaf in checks.typed if values[slot] and not is_typed(values[slot])]:
            fault(FaultKind.TYPE, frame, leaf, values[leaf.slot])
        for leaf in [leaf for slot, known, leaf in checks.selects if values[slot] not in known]:
            fault(FaultKind.CHOICE, frame, leaf, values[leaf.slot])
        for slot, known, leaf in checks.multiples:
            if values[slot] and not known.issuperset(values[slot].split()):
                for refused in set(values[slot].split()) - known:
                    fault(FaultKind.CHOICE, frame, leaf, refused)

    def conditions(self, checks: Checks, frame: Frame) -> None:
        values, root, session = frame.values, self.session.root.values, self.session
        for slot, is_required, leaf in checks.maybe_required:
            if not values[slot] and frame.shown[slot] and self.holds(is_required, frame, leaf):
                self.report.at_leaf(FaultKind.REQUIRED, frame, leaf, "")
        for slot, constraint, is_typed, leaf in checks.constrained:
            value = values[slot]
            if value:
                try:
                    # A value of the wrong type is told as that alone.
                    if not constraint(values, root, frame, session) and (is_typed is None or is_typed(value)):
                        self.report.at_leaf(FaultKind.CONSTRAINT, frame, leaf, value)
                except EVALUATION_ERRORS:
                    self.report.at_node(FaultKind.UNSUPPORTED, frame, leaf.node)
        for slot, choices, leaf in checks.chosen:
            if values[slot]:
                try:
                    for refused in choices.refused(values[slot], values, root, frame, session):
                        self.report.at_leaf(FaultKind.CHOICE, frame, leaf, refused)
                except EVALUATION_ERRORS:
                    self.report.at_node(FaultKind.UNSUPPORTED, frame, leaf.node)

    def holds(self, condition: Run, frame: Frame, leaf: Leaf) -> bool:
        try:
            return bool(condition(frame.values, self.session.root.values, frame, self.session))
        except EVALUATION_ERRORS:
            self.report.at_node(FaultKind.UNSUPPORTED, frame, leaf.node)
            return False

    def counts(self) -> None:
        for repeat, count, relevant in self.plan.counts:
            for frame in self.frames.get(repeat.parent.frame, ()) if repeat.parent else ():
                if repeat.parent and frame.shown[repeat.parent.slot] and count.run:
                    self.count(repeat, count, relevant, frame)

    def count(self, repeat: Node, count: Compiled, relevant: Compiled | None, frame: Frame) -> None:
        """The count, like the relevance, is written from inside the repeat, even where it never occurs."""
        occurrences = frame.repeats[repeat]
        trial = occurrences[0] if occurrences else _blank(repeat, frame)
        given = (trial.values, self.session.root.values, trial, self.session)
        try:
            is_asked = not relevant or not relevant.run or relevant.run(*given)
            wanted = count.run(*given)  # type: ignore[misc]
        except EVALUATION_ERRORS:
            self.report.at_node(FaultKind.UNSUPPORTED, frame, repeat)
            return
        if is_asked and wanted == wanted and len(occurrences) != max(wanted, 0):
            self.report.uncounted(frame, repeat, len(occurrences))


def _would_matter(parts: tuple[str, ...], frame: Frame, node: Node) -> bool:
    """An expression that cannot be checked matters where phones would have acted on it."""
    slot = node.slot
    if "relevant" in parts:
        above = node.parent if not node.is_repeat else None
        return above is None or frame.shown[above.slot]
    if not frame.shown[slot]:
        return False
    is_filled = frame.values[slot] != ""
    if "calculate" in parts or "count" in parts:
        return True
    if "required" in parts and not is_filled:
        return True
    return is_filled and ("constraint" in parts or "choices" in parts)


def _blank(repeat: Node, parent: Frame) -> Frame:
    frame = Frame(repeat.frame, parent, 1)
    frame.values = [""] * len(repeat.frame.nodes)
    return frame
