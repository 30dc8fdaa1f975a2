"""The choices of a select: those of the form for drawing it, those allowed in a submission for checking it."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .compiler import Compiled, Surroundings, compile_condition, compile_parsed
from .errors import XPathError
from .grammar import Call, Expression, Path, Text, parse_expression
from .itext import Itext, Texts, X
from .lists import Item
from .template import Node


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    labels: Mapping[str, str]


@dataclass(slots=True)
class Choices:
    """`offered` are all choices without the filter. A filter is checked by `condition` (items by value) or `listed`.

    Not checked at all where the list is not here (`offered` is None and there is nothing to evaluate).
    """

    is_multiple: bool
    offered: tuple[Choice, ...] | None = None
    known: frozenset[str] = frozenset()
    by_value: Mapping[str, list[Item]] | None = None
    condition: Compiled | None = None
    listed: Compiled | None = None

    def refused(self, answer: str, own: list[str], root: list[str], frame: Any, session: Any) -> list[str]:
        """The chosen values that the form does not offer here."""
        given = answer.split() if self.is_multiple else [answer]
        if self.listed is not None:
            allowed = set(self.listed.run(own, root, frame, session)) if self.listed.run else set(given)
            return [value for value in given if value not in allowed]
        if self.offered is None:
            return []
        if self.condition is None or self.condition.run is None:
            return [value for value in given if value not in self.known]
        holds: Callable[..., bool] = self.condition.run
        items = self.by_value or {}
        return [value for value in given if not any(holds(own, root, frame, session, item) for item in items.get(value, ()))]

    @property
    def is_plain_set(self) -> bool:
        """Whether every choice of the list is offered every time."""
        return self.offered is not None and self.condition is None and self.listed is None

    @property
    def labels(self) -> dict[str, Mapping[str, str]]:
        return {choice.value: choice.labels for choice in self.offered or ()}


def read_choices(control: ET.Element, node: Node, form: Surroundings, itext: Itext, is_multiple: bool) -> Choices:
    itemset = control.find(f"{X}itemset")
    if itemset is None:
        return _fixed(control, itext, is_multiple)
    value = itemset.find(f"{X}value")
    label = itemset.find(f"{X}label")
    value_ref = (value.get("ref", "") if value is not None else "").strip().removeprefix("./")
    label_ref = label.get("ref", "") if label is not None else ""
    try:
        nodeset = _without_shuffle(parse_expression(itemset.get("nodeset", "")))
    except XPathError as error:
        return Choices(is_multiple, listed=Compiled(unsupported=str(error)))
    return _from_nodeset(nodeset, value_ref, label_ref, node, form, itext, is_multiple)


def _fixed(control: ET.Element, itext: Itext, is_multiple: bool) -> Choices:
    offered = []
    for item in control.iterfind(f"{X}item"):
        value = (item.findtext(f"{X}value") or "").strip()
        offered.append(Choice(value, itext.of(item.find(f"{X}label"))))
    return Choices(is_multiple, tuple(offered), frozenset(choice.value for choice in offered))


def _without_shuffle(nodeset: Expression) -> Expression:
    while isinstance(nodeset, Call) and nodeset.name == "randomize" and nodeset.arguments:
        nodeset = nodeset.arguments[0]
    return nodeset


def _from_nodeset(
    nodeset: Expression, value_ref: str, label_ref: str, node: Node, form: Surroundings, itext: Itext, multiple: bool
) -> Choices:
    name, names, predicates = _list_path(nodeset)
    secondary = form.lists.get(name)
    if name in form.lists and secondary is None:
        return Choices(multiple)
    if secondary is None:
        return Choices(multiple, listed=compile_parsed(_values_of(nodeset, value_ref), node, form, "values"))
    items = secondary.items(names)
    offered = tuple(_choice(item, value_ref, label_ref, itext) for item in items)
    found = Choices(multiple, offered, frozenset(choice.value for choice in offered))
    if not predicates:
        return found
    found.by_value = secondary.by_field(names, value_ref)
    found.condition = compile_condition(predicates[0], node, form) if len(predicates) == 1 else None
    if found.condition is None:
        found.listed = compile_parsed(_values_of(nodeset, value_ref), node, form, "values")
    return found


def _list_path(nodeset: Expression) -> tuple[str, tuple[str, ...], tuple[Expression, ...]]:
    """Name, path and conditions of instance('name')/root/item[…]; an empty name for any other node-set."""
    if not isinstance(nodeset, Path) or not isinstance(nodeset.start, Call) or nodeset.start.name != "instance":
        return "", (), ()
    named, steps = nodeset.start.arguments, nodeset.steps
    if len(named) != 1 or not isinstance(named[0], Text) or any(step.axis != "child" for step in steps):
        return "", (), ()
    if any(step.predicates for step in steps[:-1]):
        return "", (), ()
    return named[0].value, tuple(step.test for step in steps), steps[-1].predicates


def _values_of(nodeset: Expression, value_ref: str) -> Expression:
    try:
        value = parse_expression(value_ref)
    except XPathError:
        return nodeset
    steps = value.steps if isinstance(value, Path) else ()
    if isinstance(nodeset, Path):
        return replace(nodeset, steps=nodeset.steps + steps)
    return Path(nodeset, steps)


def _choice(item: Item, value_ref: str, label_ref: str, itext: Itext) -> Choice:
    labels: Texts = itext.of_item(label_ref, item.fields)
    return Choice(item.fields.get(value_ref, ""), labels)
