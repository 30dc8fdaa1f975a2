"""Re-evaluates a form's binds over a submission: lay over, settle, check, answer."""

import xml.etree.ElementTree as ET
from datetime import date, datetime
from typing import Any

from .checking import Checking
from .frames import Frame, lay_over
from .plan import Plan
from .report import Report
from .session import open_session
from .settling import Settling
from .template import Node
from .verdict import Verdict


def validate(plan: Plan, root: ET.Element, *, today: date, now: datetime) -> Verdict:
    report = Report()
    frames = lay_over(plan.top, root, report.misplaced)
    top = frames[plan.top.frame][0]
    session = open_session(top, plan.languages, plan.version, today, now)
    Settling(plan, frames, session, report).all()
    Checking(plan, frames, session, report).all()
    # Told in the order of the form; within a repeat, occurrence by occurrence.
    faults = sorted(report.faults, key=lambda fault: plan.orders.get(fault.field, 0))
    return Verdict(not faults, tuple(faults), _answers(plan.top, top))


def _answers(group: Node, frame: Frame) -> dict[str, Any]:
    found: dict[str, Any] = {}
    values, shown = frame.values, frame.shown
    for node in group.members:
        if node.is_repeat:
            found[node.name] = [_answers(node, each) for each in frame.repeats[node] if each.shown[0]]
        elif shown[node.slot]:
            found[node.name] = _answers(node, frame) if node.is_group else values[node.slot] or None
    return found
