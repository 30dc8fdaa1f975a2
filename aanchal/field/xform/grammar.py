"""ODK XPath: tokens, syntax tree, and a Pratt parser (XPath 1.0 section 3 with the names of the ODK XForms spec)."""

import re
from dataclasses import dataclass

from .errors import XPathError

MAX_NESTING = 120
MAX_LENGTH = 100_000

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)
        |(?P<text>'[^']*'|"[^"]*")
        |(?P<sign>//|\.\.|::|!=|<=|>=|[-+*/|()\[\],.@=<>])
        |(?P<name>{_NAME}(?::(?:{_NAME}|\*))?))""",
    re.VERBOSE,
)
_OPERATOR_NAMES = {"or", "and", "div", "mod"}
_BINDING = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6}
_BINDING |= {"mod": 6, "|": 8}
_UNARY = 7
AXES = {"child", "parent", "self", "ancestor", "ancestor-or-self", "descendant", "descendant-or-self"}
AXES |= {"following-sibling", "preceding-sibling", "following", "preceding", "attribute"}
NODE_TYPES = {"node", "text", "comment", "processing-instruction"}


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Negative:
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Step:
    axis: str
    test: str
    predicates: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """`start` is "root", "context", or the expression whose nodes the steps start from."""

    start: "str | Expression"
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    nodes: "Expression"
    predicates: tuple["Expression", ...]


Expression = Number | Text | Negative | Binary | Call | Path | Filter
CURRENT = Call("current", ())


def parse_expression(source: str) -> Expression:
    if len(source) > MAX_LENGTH:
        raise XPathError("The expression is too long.")
    try:
        return _Parser(_tokens(source)).whole()
    except RecursionError:
        raise XPathError("The expression is nested too deeply.") from None


def _tokens(source: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at, end = 0, len(source.rstrip())
    while at < end:
        match = _TOKEN.match(source, at)
        if not match:
            raise XPathError(f"Not understood at character {at}.")
        at = match.end()
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        # XPath 1.0 section 3.7: after an operand, * and the operator names are operators.
        if (
            found
            and _ends_operand(found[-1])
            and (text == "*" or kind == "name" and text in _OPERATOR_NAMES)
            or kind == "sign"
            and text in _BINDING
            and text != "*"
        ):
            kind = "operator"
        found.append((kind, text))
    return found


def _ends_operand(token: tuple[str, str]) -> bool:
    kind, text = token
    return kind in ("number", "text", "name") or kind == "sign" and text in (")", "]", ".", "..", "*")


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]):
        self.tokens = tokens
        self.at = 0
        self.nesting = 0

    def whole(self) -> Expression:
        expression = self.expression(0)
        if self.at != len(self.tokens):
            raise XPathError(f"Unexpected {self.text()!r}.")
        return expression

    def text(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead][1] if self.at + ahead < len(self.tokens) else ""

    def kind(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead][0] if self.at + ahead < len(self.tokens) else "end"

    def take(self) -> str:
        if self.at >= len(self.tokens):
            raise XPathError("The expression ends too early.")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def expect(self, text: str) -> None:
        if self.kind() == "text" or self.text() != text:
            raise XPathError(f"Expected {text!r}, found {self.text()!r}.")
        self.at += 1

    def sees(self, text: str) -> bool:
        return self.kind() != "text" and self.text() == text

    def expression(self, floor: int) -> Expression:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise XPathError("The expression is nested too deeply.")
        left = self.operand()
        while self.kind() == "operator" and _BINDING[self.text()] > floor:
            operator = self.take()
            left = Binary(operator, left, self.expression(_BINDING[operator]))
        self.nesting -= 1
        return left

    def operand(self) -> Expression:
        if self.kind() == "operator" and self.text() == "-":
            self.take()
            return Negative(self.expression(_UNARY))
        return self.path()

    def path(self) -> Expression:
        kind, text = self.kind(), self.text()
        if kind == "number":
            return Number(float(self.take()))
        if kind == "text":
            return Text(self.take()[1:-1])
        if self.sees("(") or kind == "name" and self.text(1) == "(" and text not in NODE_TYPES:
            return self.filtered()
        if self.sees("/"):
            self.take()
            return Path("root", self.steps() if self.starts_step() else ())
        if self.sees("//"):
            self.take()
            return Path("root", (_ANYWHERE, *self.steps()))
        return Path("context", self.steps())

    def filtered(self) -> Expression:
        found = self.bracketed() if self.sees("(") else Call(self.take(), self.arguments())
        predicates = self.predicates()
        if predicates:
            found = Filter(found, predicates)
        if self.sees("/"):
            self.take()
            return Path(found, self.steps())
        if self.sees("//"):
            self.take()
            return Path(found, (_ANYWHERE, *self.steps()))
        return found

    def bracketed(self) -> Expression:
        self.expect("(")
        found = self.expression(0)
        self.expect(")")
        return found

    def arguments(self) -> tuple[Expression, ...]:
        self.expect("(")
        if self.sees(")"):
            self.take()
            return ()
        found = [self.expression(0)]
        while self.sees(","):
            self.take()
            found.append(self.expression(0))
        self.expect(")")
        return tuple(found)

    def starts_step(self) -> bool:
        return self.kind() == "name" or self.kind() == "sign" and self.text() in (".", "..", "*", "@")

    def steps(self) -> tuple[Step, ...]:
        found = [self.step()]
        while self.sees("/") or self.sees("//"):
            if self.take() == "//":
                found.append(_ANYWHERE)
            found.append(self.step())
        return tuple(found)

    def step(self) -> Step:
        if not self.starts_step():
            raise XPathError(f"Expected a name, found {self.text()!r}.")
        text = self.take()
        if text == ".":
            return Step("self", "node()", self.predicates())
        if text == "..":
            return Step("parent", "node()", self.predicates())
        if text == "@":
            return Step("attribute", self.test(self.take()), self.predicates())
        if self.sees("::"):
            self.take()
            if text not in AXES:
                raise XPathError(f"There is no axis {text!r}.")
            return Step(text, self.test(self.take()), self.predicates())
        return Step("child", self.test(text), self.predicates())

    def test(self, text: str) -> str:
        if text in NODE_TYPES and self.sees("("):
            self.take()
            if self.kind() == "text":
                self.take()
            self.expect(")")
            return text + "()"
        if text != "*" and self.tokens[self.at - 1][0] != "name":
            raise XPathError(f"Expected a name, found {text!r}.")
        return text.rpartition(":")[2]

    def predicates(self) -> tuple[Expression, ...]:
        found = []
        while self.sees("["):
            self.take()
            found.append(self.expression(0))
            self.expect("]")
        return tuple(found)


_ANYWHERE = Step("descendant-or-self", "node()")


def calls_function(expression: Expression, name: str) -> bool:
    """Whether it calls a function for its own context (not for that of a predicate inside it)."""
    waiting = [expression]
    while waiting:
        match waiting.pop():
            case Call(function, arguments):
                if function == name and not arguments:
                    return True
                waiting += arguments
            case Binary(_, left, right):
                waiting += (left, right)
            case Negative(operand):
                waiting.append(operand)
    return False
