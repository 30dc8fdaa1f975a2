"""Pieces of generated Python: what kind of value they yield and how to turn it into another."""

from dataclasses import dataclass

from .template import Node
from .values import day_number, number, text

NUMBER, TEXT, TRUTH, DATE = "number", "text", "truth", "date"
LEAF, VALUES, NODES, ANY = "leaf", "values", "nodes", "any"


@dataclass(frozen=True, slots=True)
class Code:
    """`source` is a self-contained Python expression.

    LEAF is the value of one template node; VALUES a list of texts; NODES a list of run-time nodes; DATE a text that
    has a number of days; ANY is known only at run time. `open` is the source without its brackets where a chain of
    the same operator, or an else branch, may continue it; `chain` says which.
    """

    kind: str
    source: str
    literal: float | str | None = None
    node: Node | None = None
    shown: str = ""
    counted: str = ""
    days: str = ""
    open: str = ""
    chain: str = ""


def literal(value: float | str) -> Code:
    if isinstance(value, str):
        return Code(TEXT, repr(value), literal=value)
    return Code(NUMBER, repr(float(value)) if value == value else "NAN", literal=float(value))


def as_text(code: Code) -> str:
    match code.kind:
        case "text" | "leaf" | "date":
            return code.source
        case "number":
            return repr(text(float(code.literal))) if code.literal is not None else f"text({code.source})"
        case "truth":
            return f"('true' if {code.source} else 'false')"
        case "values" | "nodes":
            return f"first({as_values(code)})"
        case _:
            return f"any_text({code.source})"


def as_number(code: Code) -> str:
    match code.kind:
        case "number":
            return code.source
        case "text" if isinstance(code.literal, str):
            return literal(number(code.literal)).source
        case "truth":
            return f"float({code.source})"
        case "date":
            return code.days
        case "leaf" if code.node is not None and code.node.type == "date":
            return f"day_number({code.source})"
        case "any":
            return f"any_number({code.source})"
        case _:
            return f"number({as_text(code)})"


def as_truth(code: Code) -> str:
    match code.kind:
        case "truth":
            return code.source
        case "number":
            return f"(abs({code.source}) > 0)"
        case "values" | "nodes":
            return f"bool({code.counted or code.source})"
        case "leaf" if code.node is not None and code.node.is_numeric:
            return f"(abs(number({code.source})) > 0)"
        case "leaf" if code.node is not None and code.node.type == "boolean":
            return f"({code.source} in ('true', '1'))"
        case "any":
            return f"any_truth({code.source})"
        case _:
            return f"({code.source} != '')"


def as_values(code: Code) -> str:
    match code.kind:
        case "values":
            return code.source
        case "nodes":
            return f"texts({code.source})"
        case "leaf" if code.shown:
            return f"(({code.source},) if {code.shown} else ())"
        case _:
            return f"({as_text(code)},)"


def as_any(code: Code) -> str:
    """A value that keeps its type at run time."""
    return code.source if code.kind in (NUMBER, TRUTH, ANY) else as_text(code)


def date_literal(value: str) -> Code:
    return Code(DATE, repr(value), literal=value, days=literal(day_number(value)).source)
