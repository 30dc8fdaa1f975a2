"""From the body of a form to its fields, in document order."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from .bind import Bind, Rules
from .fields import Field
from .itext import X
from .reader import Parts
from .submission import local_name
from .template import Node

_SELECTS = {"select1": "select_one", "select": "select_multiple", "rank": "rank", "range": "range"}
_TYPES = {"int": "integer", "string": "text"}


def draw_fields(parts: Parts, rules: Mapping[Node, Rules]) -> tuple[Field, ...]:
    return tuple(_field(node, parts, rules[node]) for node in parts.top.below())


def _field(node: Node, parts: Parts, rules: Rules) -> Field:
    control = parts.controls.get(node)
    drawn = control if control is not None else parts.groups.get(node)
    bind = node.bind or Bind()
    choices = rules.choices
    return Field(
        path=node.path,
        type=_type(node, bind, control),
        labels=parts.itext.of(drawn.find(f"{X}label")) if drawn is not None else {},
        hints=parts.itext.of(drawn.find(f"{X}hint")) if drawn is not None else {},
        choices=(choices.offered or ()) if choices else (),
        required_messages=_filled(bind.required_message),
        constraint_messages=_filled(bind.constraint_message),
        appearance=drawn.get("appearance", "") if drawn is not None else "",
        repeat=next((each.path for each in node.ancestors() if each.is_repeat), None),
        is_relevant_always=not node.can_hide(),
        is_required=rules.required is not None and rules.required.constant is not False,
        is_readonly=bind.is_readonly,
        has_filter=choices is not None and (choices.condition or choices.listed) is not None,
    )


def _filled(messages: Mapping[str, str]) -> dict[str, str]:
    return {language: message for language, message in messages.items() if message}


def _type(node: Node, bind: Bind, control: ET.Element | None) -> str:
    if node.is_group:
        return "repeat" if node.is_repeat else "group"
    if control is None:
        return "calculate" if bind.calculate else "hidden"
    tag = local_name(control.tag)
    if tag in _SELECTS:
        return _SELECTS[tag]
    if tag == "trigger":
        return "acknowledge"
    if tag == "upload":
        kind = control.get("mediatype", "").partition("/")[0]
        return kind if kind in ("image", "audio", "video") else "file"
    if bind.is_readonly:
        return "note"
    return _TYPES.get(bind.type, bind.type)
