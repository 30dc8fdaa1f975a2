"""Re-evaluates a form's binds over a submission."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from .compiler import Compiled, Run
from .frames import Frame, hide, is_answered, lay_over
from .plan import Checks, Leaf, Plan, Task
from .template import NUMERIC, FramePlan, Node
from .types import is_plain
from .values import day_number, number, same_answer, text
from .verdict import Fault, FaultKind, Verdict

# What evaluating an expression over odd answers may raise: the bind is then reported, not the submission lost.
EVALUATION_ERRORS = (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError, re.error)
_MOST_FAULTS = 200
_MOST_ROUNDS = 30


@dataclass(slots=True)
class Session:
    root: Frame
    today: str
    today_number: float
    now: str
    now_number: float
    language: str
    version: str


def validate(plan: Plan, root: ET.Element, *, today: date, now: datetime) -> Verdict:
    return _Validation(plan, root, today, now).verdict()


def _session(plan: Plan, root: Frame, today: date, now: datetime) -> Session:
    moment = now.isoformat(timespec="milliseconds")
    day = today.isoformat()
    at = now.astimezone(UTC).isoformat() if now.tzinfo else moment
    return Session(root, day, day_number(day), moment, day_number(at), plan.languages[0], plan.version)


class _Validation:
    def __init__(self, plan: Plan, root: ET.Element, today: date, now: datetime):
        self.plan = plan
        self.faults: list[Fault] = []
        self.frames = lay_over(plan.top, root, self.misplaced)
        self.root = self.frames[plan.top.frame][0]
        self.session = _session(plan, self.root, today, now)

    def verdict(self) -> Verdict:
        for tasks, is_circular in self.plan.steps:
            if is_circular:
                self.settle_circle(tasks)
            else:
                self.settle(tasks[0], self.frames.get(tasks[0].node.frame, ()))
        self.check_counts()
        for frame_plan, frames in self.frames.items():
            checks = self.plan.checks[frame_plan]
            for frame in frames:
                self.check(checks, frame)
        if self.plan.unsupported:
            self.report_unsupported()
        self.faults.sort(key=self.place)
        return Verdict(not self.faults, tuple(self.faults), _answers(self.plan.top, self.root))

    def place(self, fault: Fault) -> int:
        """Faults are told in the order of the form; within a repeat, occurrence by occurrence."""
        return self.plan.orders.get(fault.field, 0)

    def report(self, kind: FaultKind, frame: Frame, node: Node, value: str | None = None, messages: Any = None) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(Fault(kind, frame.path(node), value, messages or {}, node.path))

    def misplaced(self, kind: str, frame: Frame, node: Node, name: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            below = f"/{name[:64]}" if name else ""
            self.faults.append(Fault(FaultKind(kind), frame.path(node) + below, None, {}, node.path + below))

    def settle(self, task: Task, frames: Iterable[Frame]) -> bool:
        """Relevance, then the calculation, in each frame; whether anything changed."""
        slot, relevant, calculate, session = task.slot, task.relevant, task.calculate, self.session
        root = self.root.values
        changed = False
        for frame in frames:
            if not frame.shown[slot]:
                continue
            try:
                if relevant is not None and not relevant(frame.values, root, frame, session):
                    if task.is_leaf:
                        frame.shown[slot], frame.values[slot] = False, ""
                    else:
                        hide(frame, task.node)
                    changed = True
                    continue
                if calculate is not None:
                    computed = calculate.run(frame.values, root, frame, session)  # type: ignore[misc]
                    if computed != frame.values[slot]:
                        changed = self.keep_or_correct(task, frame, computed) or changed
            except EVALUATION_ERRORS:
                self.report(FaultKind.UNSUPPORTED, frame, task.node)
                continue
            if task.relevant_unknown and not is_answered(frame, task.node):
                hide(frame, task.node)
        return changed

    def keep_or_correct(self, task: Task, frame: Frame, computed: str) -> bool:
        sent = frame.sent[task.slot] or ""
        computed = _typed(computed, task.type)
        if self.stands(task, frame, sent, computed):
            computed = sent
        if frame.values[task.slot] == computed:
            return False
        frame.values[task.slot] = computed
        return True

    def stands(self, task: Task, frame: Frame, sent: str, computed: str) -> bool:
        """Whether a sent value says the same, cannot be known here, or was typed over."""
        if same_answer(sent, computed) or sent and task.is_editable:
            return True
        if task.calculate is None or task.calculate.is_volatile:
            return True
        return task.calculate.by_language and self.in_some_language(task.calculate, frame, sent)

    def in_some_language(self, calculate: Compiled, frame: Frame, sent: str) -> bool:
        session = self.session
        try:
            for language in self.plan.languages:
                session.language = language
                if calculate.run and calculate.run(frame.values, self.root.values, frame, session) == sent:
                    return True
        finally:
            session.language = self.plan.languages[0]
        return False

    def settle_circle(self, tasks: tuple[Task, ...]) -> None:
        """Nodes that read each other across occurrences: frame by frame, until nothing changes."""
        plans: dict[FramePlan, list[Task]] = {}
        for task in tasks:
            plans.setdefault(task.node.frame, []).append(task)
        for _ in range(_MOST_ROUNDS):
            changed = False
            for plan, group in plans.items():
                for frame in self.frames.get(plan, ()):
                    for task in group:
                        changed = self.settle(task, (frame,)) or changed
            if not changed:
                return

    def check(self, checks: Checks, frame: Frame) -> None:
        """Blank values pass all but `required`; what is hidden is blank."""
        values, shown = frame.values, frame.shown
        if False in shown:
            self.check_hidden(checks, frame)
        for slot, leaf in checks.calculated:
            if values[slot] != (frame.sent[slot] or "") and shown[slot]:
                self.fault(FaultKind.CALCULATION, frame, leaf, frame.sent[slot] or "")
        for leaf in [leaf for slot, leaf in checks.required if values[slot] == "" and shown[slot]]:
            self.fault(FaultKind.REQUIRED, frame, leaf, "")
        for leaf in [leaf for slot, known, leaf in checks.selects if values[slot] not in known]:
            self.fault(FaultKind.CHOICE, frame, leaf, values[leaf.slot])
        mistyped = [leaf for slot, is_typed, leaf in checks.typed if values[slot] and not is_typed(values[slot])]
        for leaf in mistyped:
            self.fault(FaultKind.TYPE, frame, leaf, values[leaf.slot])
        self.check_conditions(checks, frame, mistyped)

    def check_hidden(self, checks: Checks, frame: Frame) -> None:
        for slot, leaf in checks.entered:
            sent = frame.sent[slot]
            if sent and not frame.shown[slot] and sent != leaf.node.default:
                self.fault(FaultKind.IRRELEVANT_VALUE, frame, leaf, sent)

    def check_conditions(self, checks: Checks, frame: Frame, mistyped: list[Leaf]) -> None:
        values, root, session = frame.values, self.root.values, self.session
        for slot, is_required, leaf in checks.maybe_required:
            if values[slot] == "" and frame.shown[slot] and self.holds(is_required, frame, leaf) is True:
                self.fault(FaultKind.REQUIRED, frame, leaf, "")
        for slot, constraint, leaf in checks.constrained:
            if values[slot]:
                try:
                    if constraint(values, root, frame, session) or leaf in mistyped:
                        continue
                    self.fault(FaultKind.CONSTRAINT, frame, leaf, values[slot])
                except EVALUATION_ERRORS:
                    self.report(FaultKind.UNSUPPORTED, frame, leaf.node)
        for slot, choices, leaf in checks.chosen:
            if values[slot]:
                try:
                    for refused in choices.refused(values[slot], values, root, frame, session):
                        self.fault(FaultKind.CHOICE, frame, leaf, refused)
                except EVALUATION_ERRORS:
                    self.report(FaultKind.UNSUPPORTED, frame, leaf.node)

    def holds(self, condition: Run, frame: Frame, leaf: Leaf) -> bool | None:
        try:
            return bool(condition(frame.values, self.root.values, frame, self.session))
        except EVALUATION_ERRORS:
            self.report(FaultKind.UNSUPPORTED, frame, leaf.node)
            return None

    def fault(self, kind: FaultKind, frame: Frame, leaf: Leaf, value: str) -> None:
        bind = leaf.node.bind
        messages: Mapping[str, str] = {}
        if bind and kind is FaultKind.REQUIRED:
            messages = bind.required_message
        elif bind and kind is FaultKind.CONSTRAINT:
            messages = bind.constraint_message
        safe = {language: message for language, message in messages.items() if message}
        self.report(kind, frame, leaf.node, _shown_value(leaf, value), safe)

    def check_counts(self) -> None:
        for repeat, count, relevant in self.plan.counts:
            for frame in self.frames.get(repeat.parent.frame, ()) if repeat.parent else ():
                if repeat.parent and frame.shown[repeat.parent.slot] and count.run:
                    self.check_count(repeat, count, relevant, frame)

    def check_count(self, repeat: Node, count: Compiled, relevant: Compiled | None, frame: Frame) -> None:
        occurrences = frame.repeats[repeat]
        trial = occurrences[0] if occurrences else _blank(repeat, frame)
        try:
            wanted = count.run(trial.values, self.root.values, trial, self.session)  # type: ignore[misc]
            is_asked = not relevant or not relevant.run or relevant.run(trial.values, self.root.values, trial, self.session)
        except EVALUATION_ERRORS:
            self.report(FaultKind.UNSUPPORTED, frame, repeat)
            return
        if is_asked and wanted == wanted and len(occurrences) != max(wanted, 0):
            place = f"{frame.path(repeat.parent)}/{repeat.name}" if repeat.parent else repeat.path
            self.faults.append(Fault(FaultKind.REPEAT_COUNT, place, str(len(occurrences)), {}, repeat.path))

    def report_unsupported(self) -> None:
        for node, parts in self.plan.unsupported.items():
            for frame in self.frames.get(node.frame, ()):
                if _would_matter(parts, frame, node):
                    self.report(FaultKind.UNSUPPORTED, frame, node)


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


def _typed(computed: str, kind: str) -> str:
    if computed == "NaN":
        return ""
    if kind in NUMERIC and kind not in ("decimal", "double", "float"):
        value = number(computed)
        return text(float(int(value))) if abs(value) < 1e18 else ""
    return computed


def _shown_value(leaf: Leaf, value: str) -> str | None:
    """Only known choices, numbers and moments: a fault names nobody."""
    if not leaf.may_show or not value:
        return None
    if leaf.choices is not None:
        known = leaf.choices.known
        return value if all(part in known for part in value.split()) else None
    return value if is_plain(value) else None


def _blank(repeat: Node, parent: Frame) -> Frame:
    frame = Frame(repeat.frame, parent, 1)
    frame.values = [""] * len(repeat.frame.nodes)
    return frame


def _answers(group: Node, frame: Frame) -> dict[str, Any]:
    found: dict[str, Any] = {}
    values, shown = frame.values, frame.shown
    for node in group.members:
        if node.is_repeat:
            found[node.name] = [_answers(node, each) for each in frame.repeats[node] if each.shown[0]]
        elif shown[node.slot]:
            found[node.name] = _answers(node, frame) if node.is_group else values[node.slot] or None
    return found
