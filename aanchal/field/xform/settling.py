"""Settles what follows from other answers: relevance hides, calculations are made again."""

from collections.abc import Iterable, Mapping

from .compiler import Compiled
from .frames import Frame, hide, is_answered
from .plan import Plan, Task
from .report import Report
from .session import EVALUATION_ERRORS, Session
from .template import NUMERIC, FramePlan
from .values import number, same_answer, text
from .verdict import FaultKind

_FRACTIONS = frozenset({"decimal", "double", "float"})
_MOST_ROUNDS = 30


class Settling:
    def __init__(self, plan: Plan, frames: Mapping[FramePlan, list[Frame]], session: Session, report: Report):
        self.plan = plan
        self.frames = frames
        self.session = session
        self.report = report

    def all(self) -> None:
        for tasks, is_circular in self.plan.steps:
            if is_circular:
                self.circle(tasks)
            else:
                self.one(tasks[0], self.frames.get(tasks[0].node.frame, ()))

    def circle(self, tasks: tuple[Task, ...]) -> None:
        """Nodes that read each other across occurrences: frame by frame, until nothing changes."""
        plans: dict[FramePlan, list[Task]] = {}
        for task in tasks:
            plans.setdefault(task.node.frame, []).append(task)
        for _ in range(_MOST_ROUNDS):
            changed = False
            for plan, group in plans.items():
                for frame in self.frames.get(plan, ()):
                    for task in group:
                        changed = self.one(task, (frame,)) or changed
            if not changed:
                return

    def one(self, task: Task, frames: Iterable[Frame]) -> bool:
        """Whether anything changed."""
        changed = False
        if task.relevant is not None:
            changed = self.hide_irrelevant(task, frames)
        elif task.relevant_unknown:
            self.hide_unanswered(task, frames)
        if task.calculate is not None:
            changed = self.calculate(task, task.calculate, frames) or changed
        return changed

    def hide_irrelevant(self, task: Task, frames: Iterable[Frame]) -> bool:
        slot, relevant, session, root = task.slot, task.relevant, self.session, self.session.root.values
        changed = False
        for frame in frames:
            try:
                if frame.shown[slot] and not relevant(frame.values, root, frame, session):  # type: ignore[misc]
                    changed = True
                    if task.is_leaf:
                        frame.shown[slot], frame.values[slot] = False, ""
                    else:
                        hide(frame, task.node)
            except EVALUATION_ERRORS:
                self.report.at_node(FaultKind.UNSUPPORTED, frame, task.node)
        return changed

    def hide_unanswered(self, task: Task, frames: Iterable[Frame]) -> None:
        """Where relevance cannot be known, what was answered was relevant."""
        for frame in frames:
            if frame.shown[task.slot] and not is_answered(frame, task.node):
                hide(frame, task.node)

    def calculate(self, task: Task, calculate: Compiled, frames: Iterable[Frame]) -> bool:
        slot, run, session, root = task.slot, calculate.run, self.session, self.session.root.values
        changed = False
        for frame in frames:
            if frame.shown[slot]:
                try:
                    computed = run(frame.values, root, frame, session)  # type: ignore[misc]
                except EVALUATION_ERRORS:
                    self.report.at_node(FaultKind.UNSUPPORTED, frame, task.node)
                    continue
                if computed != frame.values[slot]:
                    changed = self.keep_or_correct(task, frame, _typed(computed, task.type)) or changed
        return changed

    def keep_or_correct(self, task: Task, frame: Frame, computed: str) -> bool:
        sent = frame.sent[task.slot] or ""
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
                if calculate.run and calculate.run(frame.values, session.root.values, frame, session) == sent:
                    return True
        finally:
            session.language = self.plan.languages[0]
        return False


def _typed(computed: str, kind: str) -> str:
    """As the node's type keeps it: no NaN, and whole numbers in a node of whole numbers."""
    if computed == "NaN":
        return ""
    if kind in NUMERIC and kind not in _FRACTIONS:
        value = number(computed)
        return text(float(int(value))) if abs(value) < 1e18 else ""
    return computed
