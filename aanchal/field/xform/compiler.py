"""Compiles an ODK XPath expression, where it stands in a form, to one Python function."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import code, runtime, values, walk
from .calls import FUNCTIONS
from .code import ANY, DATE, LEAF, NODES, NUMBER, TEXT, TRUTH, VALUES, Code, as_any, as_number, as_text, as_truth
from .errors import NotKnown, XPathError
from .grammar import Binary, Call, Expression, Filter, Negative, Number, Path, Text, calls_function, parse_expression
from .lists import SecondaryInstance
from .paths import compile_filter, compile_path
from .scope import ARGUMENTS, Scope, at_item, top_scope
from .template import Node

Run = Callable[..., Any]
_AS = {"truth": as_truth, "text": as_text, "number": as_number, "values": code.as_values}
_NAMES: dict[str, Any] = {
    name: value
    for module in (walk, values, runtime)
    for name, value in vars(module).items()
    if getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
} | {"NAN": math.nan, "inf": math.inf, "__builtins__": {}}
_NAMES |= {"bool": bool, "float": float, "len": len, "abs": abs, "str": str}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What of the form an expression may refer to."""

    top: Node
    lists: Mapping[str, SecondaryInstance | None]
    choice_labels: Callable[[Node], Mapping[str, Mapping[str, str]]]


@dataclass(slots=True)
class Compiled:
    """`run` is None where it cannot be compiled (`unsupported` says why) or a list it needs is not here."""

    run: Run | None = None
    unsupported: str = ""
    reads: frozenset[Node] = frozenset()
    is_volatile: bool = False
    by_language: bool = False
    constant: bool | None = None


def compile_expression(source: str, node: Node, form: Surroundings, want: str) -> Compiled:
    """`want` is truth, text, number or values."""
    try:
        expression = parse_expression(source)
    except XPathError as error:
        return Compiled(unsupported=str(error))
    return compile_parsed(expression, node, form, want)


def compile_parsed(expression: Expression, node: Node, form: Surroundings, want: str) -> Compiled:
    return _compiled(Compiler(form), expression, top_scope(node), want, ARGUMENTS)


def compile_condition(predicate: Expression, node: Node, form: Surroundings) -> Compiled | None:
    """A condition on one item of a list, that also takes the item; None where items have to be counted."""
    if calls_function(predicate, "position") or calls_function(predicate, "last") or isinstance(predicate, Number):
        return None
    return _compiled(Compiler(form), predicate, at_item(top_scope(node), "item"), "truth", f"{ARGUMENTS}, item")


def _compiled(compiler: "Compiler", expression: Expression, scope: Scope, want: str, arguments: str) -> Compiled:
    run, unsupported, python = None, "", ""
    try:
        python = _AS[want](compiler.expression(expression, scope))
        run = eval(compile(f"lambda {arguments}: {python}", "<xform>", "eval"), compiler.names)  # noqa: S307
    except NotKnown:
        pass
    except XPathError as error:
        unsupported = str(error)
    except (RecursionError, MemoryError, SyntaxError):
        unsupported = "The expression is nested too deeply."
    constant = {"True": True, "False": False}.get(python)
    reads = frozenset(compiler.reads)
    return Compiled(run, unsupported, reads, compiler.is_volatile, compiler.by_language, constant)


@dataclass(slots=True)
class Compiler:
    form: Surroundings
    names: dict[str, Any] = field(default_factory=lambda: dict(_NAMES))
    reads: set[Node] = field(default_factory=set)
    is_volatile: bool = False
    by_language: bool = False
    variables: int = 0

    def constant(self, value: Any) -> str:
        """A name in the generated code for an object made when the form was compiled."""
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def variable(self) -> str:
        self.variables += 1
        return f"x{self.variables}"

    def expression(self, expression: Expression, scope: Scope) -> Code:
        match expression:
            case Number(value):
                return code.literal(value)
            case Text(value):
                return code.literal(value)
            case Negative(operand):
                return self._negative(self.expression(operand, scope))
            case Binary():
                return self._chain(expression, scope)
            case Path():
                return compile_path(self, expression, scope)
            case Filter():
                return compile_filter(self, expression, scope)
            case Call(name, arguments):
                return self._call(name, arguments, scope)

    def _call(self, name: str, arguments: tuple[Expression, ...], scope: Scope) -> Code:
        function = FUNCTIONS.get(name)
        if function is None:
            raise XPathError(f"The function {name}() is not supported.")
        if not function.least <= len(arguments) <= function.most:
            raise XPathError(f"{name}() does not take {len(arguments)} arguments.")
        return function.emit(self, arguments, scope)

    def _negative(self, operand: Code) -> Code:
        if operand.literal is not None and operand.kind == NUMBER:
            return code.literal(-float(operand.literal))
        return Code(NUMBER, f"(-{as_number(operand)})")

    def _chain(self, expression: Binary, scope: Scope) -> Code:
        """A long chain of operators leans to the left: walked down and back up, not by recursion."""
        links = [expression]
        while isinstance(links[-1].left, Binary):
            links.append(links[-1].left)
        left = self.expression(links[-1].left, scope)
        for link in reversed(links):
            left = self._joined(link.operator, left, self.expression(link.right, scope))
        return left

    def _joined(self, operator: str, left: Code, right: Code) -> Code:
        match operator:
            case "and" | "or":
                return _chained(TRUTH, operator, left, as_truth(left), as_truth(right))
            case "+" | "-":
                return _chained(NUMBER, operator, left, as_number(left), as_number(right))
            case "*":
                return Code(NUMBER, f"({as_number(left)} * {as_number(right)})")
            case "div" if right.kind == NUMBER and right.literal:
                return Code(NUMBER, f"({as_number(left)} / {right.source})")
            case "div":
                return Code(NUMBER, f"divide({as_number(left)}, {as_number(right)})")
            case "mod":
                return Code(NUMBER, f"modulo({as_number(left)}, {as_number(right)})")
            case "|":
                return _union(left, right)
            case "=" | "!=":
                return _equality(operator, left, right)
            case _:
                return _comparison(operator, left, right)


def _chained(kind: str, operator: str, left: Code, first: str, second: str) -> Code:
    chain = "+" if operator in "+-" else operator
    start = left.open if left.kind == kind and left.chain == chain else first
    source = f"{start} {operator} {second}"
    return Code(kind, f"({source})", open=source, chain=chain)


def _union(left: Code, right: Code) -> Code:
    if left.kind == right.kind == NODES:
        return Code(NODES, f"union({left.source}, {right.source})")
    if left.kind in (LEAF, VALUES, NODES) and right.kind in (LEAF, VALUES, NODES):
        # Paths resolved at compile time name different nodes unless they are the same path.
        if left.source == right.source:
            return left
        return Code(VALUES, f"[*{code.as_values(left)}, *{code.as_values(right)}]")
    raise XPathError("| joins node-sets only.")


def _comparison(operator: str, left: Code, right: Code) -> Code:
    """Always by number (XPath 1.0 section 3.4); a list compares if any of it does."""
    one, other = as_number(left), as_number(right)
    loops = ""
    if left.kind in (VALUES, NODES):
        one, loops = "number(l)", f" for l in {code.as_values(left)}"
    if right.kind in (VALUES, NODES):
        other, loops = "number(m)", f"{loops} for m in {code.as_values(right)}"
    if loops:
        return Code(TRUTH, f"(True in [{one} {operator} {other}{loops}])")
    return Code(TRUTH, f"({one} {operator} {other})")


def _equality(operator: str, left: Code, right: Code) -> Code:
    kinds = {left.kind, right.kind}
    negated = operator == "!="
    if kinds & {VALUES, NODES} and TRUTH not in kinds:
        one, other = _typed_values(left), _typed_values(right)
        return Code(TRUTH, f"any_equal({one}, {other}, negated={negated})")
    if TRUTH in kinds:
        return Code(TRUTH, f"({as_truth(left)} {'!=' if negated else '=='} {as_truth(right)})")
    if ANY in kinds:
        return _maybe_not(f"equal({as_any(left)}, {as_any(right)})", negated)
    if NUMBER in kinds:
        return _same_number(left, right, negated)
    if _needs_number(left, right) or _needs_number(right, left):
        same = f"({as_text(left)} == {as_text(right)} or {_near(left, right)})"
        return _maybe_not(same, negated)
    cut = "[:10]" if DATE in kinds else ""
    return Code(TRUTH, f"({as_text(left)}{cut} {'!=' if negated else '=='} {as_text(right)}{cut})")


def _needs_number(one: Code, other: Code) -> bool:
    """JavaRosa compares a numeric answer with a text that is a number by number."""
    if one.kind != LEAF or one.node is None or not one.node.is_numeric:
        return False
    return other.kind != TEXT or other.literal is None or values.number(str(other.literal)) == values.number(str(other.literal))


def _typed_values(side: Code) -> str:
    return f"({side.source},)" if side.kind in (NUMBER, ANY) else code.as_values(side)


def _same_number(left: Code, right: Code, negated: bool) -> Code:
    return _maybe_not(_near(left, right), negated)


def _near(left: Code, right: Code) -> str:
    if right.literal is not None and float(values.any_number(right.literal)).is_integer():
        return f"({as_number(left)} == {as_number(right)})"
    return f"(-1e-12 < {as_number(left)} - {as_number(right)} < 1e-12)"


def _maybe_not(source: str, negated: bool) -> Code:
    return Code(TRUTH, f"(not {source})" if negated else source)
