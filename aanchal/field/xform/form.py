"""A form compiled once: what it asks, and the checks of its own binds on what phones send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .bind import Rules
from .choices import Choices, read_choices
from .compiler import Compiled, Surroundings, compile_expression
from .drawing import draw_fields
from .errors import NotKnown, XPathError
from .fields import Field
from .plan import Plan, make_plan
from .reader import Parts, take_apart
from .submission import Instance, local_name
from .template import Node
from .validation import validate
from .verdict import Verdict


@dataclass(frozen=True, slots=True)
class Unsupported:
    """An expression of the form that cannot be checked here."""

    path: str
    part: str
    why: str


@dataclass(frozen=True, slots=True)
class Form:
    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    fields: tuple[Field, ...]
    repeats: frozenset[str]
    unsupported: tuple[Unsupported, ...]
    _plan: Plan = field(repr=False, compare=False)

    @classmethod
    def from_xml(cls, xform: bytes, media: Mapping[str, bytes] | None = None) -> "Form":
        """Raises BadForm where the bytes are no XForm; an expression it cannot compile is listed in `unsupported`."""
        parts = take_apart(xform, media or {})
        rules = _compile(parts)
        return cls(
            form_id=parts.form_id,
            version=parts.version,
            title=parts.title,
            languages=parts.itext.languages,
            default_language=parts.itext.default_language,
            fields=draw_fields(parts, rules),
            repeats=frozenset(node.path for node in _nodes(parts.top) if node.is_repeat),
            unsupported=tuple(_unsupported(rules)),
            _plan=make_plan(parts, rules),
        )

    def validate(self, instance: Instance, *, today: date, now: datetime) -> Verdict:
        """Check a submission. `today` and `now` are what today() and now() were on the phone when it was filled."""
        return validate(self._plan, instance.root, today=today, now=now)


def _nodes(top: Node) -> tuple[Node, ...]:
    return (top, *top.below())


def _compile(parts: Parts) -> dict[Node, Rules]:
    rules = {node: Rules(is_asked=node in parts.controls) for node in _nodes(parts.top)}

    def choice_labels(node: Node) -> Mapping[str, Mapping[str, str]]:
        choices = rules[node].choices
        if choices is None or choices.listed is not None and choices.offered is None:
            raise XPathError("jr:choice-name() needs a question with choices of the form.")
        if choices.offered is None:
            raise NotKnown(node.path)
        return choices.labels

    form = Surroundings(parts.top, parts.lists, choice_labels)
    for node, control in parts.controls.items():
        tag = local_name(control.tag)
        if tag in ("select", "select1", "rank"):
            rules[node].choices = read_choices(control, node, form, parts.itext, tag != "select1")
    for node in rules:
        _compile_bind(node, rules[node], form)
    for node, count in parts.counts.items():
        if count:
            rules[node].count = compile_expression(count, node, form, "number")
    return rules


def _compile_bind(node: Node, rules: Rules, form: Surroundings) -> None:
    bind = node.bind
    if bind is None:
        return
    if bind.relevant:
        rules.relevant = compile_expression(bind.relevant, node, form, "truth")
    if bind.calculate:
        rules.calculate = compile_expression(bind.calculate, node, form, "text")
    if bind.required and rules.is_asked:
        rules.required = compile_expression(bind.required, node, form, "truth")
    if bind.constraint and rules.is_asked:
        rules.constraint = compile_expression(bind.constraint, node, form, "truth")


def _unsupported(rules: Mapping[Node, Rules]) -> list[Unsupported]:
    found = []
    for node, rule in rules.items():
        parts: dict[str, Compiled | None] = {
            part: getattr(rule, part) for part in ("relevant", "calculate", "required", "constraint", "count")
        }
        parts["choices"] = _doubtful(rule.choices)
        found += [Unsupported(node.path, part, each.unsupported) for part, each in parts.items() if each and each.unsupported]
    return found


def _doubtful(choices: Choices | None) -> Compiled | None:
    return (choices.listed or choices.condition) if choices else None
