"""A condition of a form in plain words, for who reads a preview; what is beyond it stays as it was written."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aanchal.field.xform.errors import XPathError
from aanchal.field.xform.grammar import Binary, Call, Expression, Negative, Number, Path, Text, parse_expression


@dataclass(frozen=True)
class Vocabulary:
    """The questions and choices of a form in one language, by path."""

    labels: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]


class Beyond(Exception):
    """No plain words for this."""


def said(expression: str, path: str, words: Vocabulary) -> str:
    """`path` is the question that the condition stands at."""
    try:
        return _said(parse_expression(expression), path, words)
    except (Beyond, XPathError):
        return expression.strip()


def _said(found: Expression, path: str, words: Vocabulary) -> str:
    match found:
        case Binary("and", left, right):
            return _("%(one)s and %(other)s") % {"one": _part(left, path, words, "and"), "other": _part(right, path, words, "and")}
        case Binary("or", left, right):
            return _("%(one)s or %(other)s") % {"one": _part(left, path, words, "or"), "other": _part(right, path, words, "or")}
        case Binary(("=" | "!=" | "<" | "<=" | ">" | ">=") as operator, left, right):
            return _compared(operator, left, right, path, words)
        case Call("not", (inner,)):
            return _("not: %(inner)s") % {"inner": _part(inner, path, words, "not")}
        case Call("selected", (Path() as where, Text(value))):
            asked = _target(where, path)
            told = {"question": _label(asked, path, words), "answer": _choice(asked, value, words)}
            return _("%(question)s has the answer “%(answer)s”") % told
        case Call("true", ()):
            return _("always")
        case Call("false", ()):
            return _("never")
    raise Beyond


def _part(found: Expression, path: str, words: Vocabulary, above: str) -> str:
    """In brackets where “and” and “or” mix."""
    text = _said(found, path, words)
    return f"({text})" if isinstance(found, Binary) and found.operator in ("and", "or") and found.operator != above else text


def _compared(operator: str, left: Expression, right: Expression, path: str, words: Vocabulary) -> str:
    if isinstance(right, Text) and right.value == "" and operator in ("=", "!="):
        asked = {"question": _value(left, None, path, words)}
        return _("%(question)s is not answered") % asked if operator == "=" else _("%(question)s is answered") % asked
    told = {
        "question": _value(left, None, path, words),
        "answer": _value(right, _target(left, path) if isinstance(left, Path) else None, path, words),
    }
    match operator:
        case "=":
            return _("%(question)s is %(answer)s") % told
        case "!=":
            return _("%(question)s is not %(answer)s") % told
        case "<":
            return _("%(question)s is less than %(answer)s") % told
        case "<=":
            return _("%(question)s is at most %(answer)s") % told
        case ">":
            return _("%(question)s is more than %(answer)s") % told
    return _("%(question)s is at least %(answer)s") % told


def _value(found: Expression, asked: str | None, path: str, words: Vocabulary) -> str:
    """`asked` is the question that a text is compared with: its choice is said as the form says it."""
    match found:
        case Number(value):
            return f"{value:g}"
        case Negative(Number(value)):
            return f"-{value:g}"
        case Text(value):
            return f"“{_choice(asked, value, words) if asked else value}”"
        case Path():
            return _label(_target(found, path), path, words)
        case Call("today", ()):
            return _("today")
        case Call("count-selected", (Path() as where,)):
            return _("the number of answers to %(question)s") % {"question": _label(_target(where, path), path, words)}
        case Call("count", (Path() as where,)) if not any(step.predicates for step in where.steps):
            return _("the number of %(question)s") % {"question": _label(_target(where, path), path, words)}
    raise Beyond


def _target(found: Path, path: str) -> str:
    """The question a path leads to, from where the condition stands."""
    steps = [one for one in found.steps if one.axis != "self"]
    if any(one.predicates or one.axis not in ("child", "parent") for one in steps):
        raise Beyond
    is_absolute = found.start == "root"
    if not is_absolute and found.start != "context" and found.start != Call("current", ()):
        raise Beyond
    here = [] if is_absolute else path.split("/")[1:]
    for step in steps:
        here = here[:-1] if step.axis == "parent" else [*here, step.test]
    return "/" + "/".join(here)


def _label(asked: str, path: str, words: Vocabulary) -> str:
    if asked == path:
        return _("the answer")
    return f"“{words.labels.get(asked) or asked.rpartition('/')[2]}”"


def _choice(asked: str | None, value: str, words: Vocabulary) -> str:
    return words.choices.get(asked or "", {}).get(value) or value
