"""Arithmetic over the columns of a file, as a mapping writes it: names, numbers, + - * / and brackets, nothing else."""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

OPERATIONS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
LONGEST = 500


class NotAFormula(ValueError):
    """The text is not arithmetic over column names; the message says where."""


@dataclass(frozen=True)
class Formula:
    text: str
    names: frozenset[str]
    tree: ast.expr

    def of(self, cells: Mapping[str, Fraction | None]) -> Fraction | None:
        """Exact; None where a cell is empty or a divisor is nought."""
        try:
            return _value(self.tree, cells)
        except (_Empty, ZeroDivisionError):
            return None


class _Empty(Exception):
    pass


def parse(text: str) -> Formula:
    try:
        tree = ast.parse(text[:LONGEST], mode="eval").body
    except SyntaxError as problem:
        raise NotAFormula(f"{text!r} is not arithmetic: {problem.msg}") from None
    return Formula(text, frozenset(_names(tree, text)), tree)


def _names(node: ast.expr, text: str) -> set[str]:
    match node:
        case ast.BinOp(left, op, right) if type(op) in OPERATIONS:
            return _names(left, text) | _names(right, text)
        case ast.UnaryOp(ast.USub(), operand):
            return _names(operand, text)
        case ast.Name(name):
            return {name}
        case ast.Constant(value) if isinstance(value, int | float) and not isinstance(value, bool):
            return set()
    raise NotAFormula(f"{text!r}: only column names, numbers, + - * / and brackets may stand in it")


def _value(node: ast.expr, cells: Mapping[str, Fraction | None]) -> Fraction:
    match node:
        case ast.BinOp(left, op, right):
            return OPERATIONS[type(op)](_value(left, cells), _value(right, cells))
        case ast.UnaryOp(ast.USub(), operand):
            return -_value(operand, cells)
        case ast.Name(name):
            if (cell := cells[name]) is None:
                raise _Empty
            return cell
        case ast.Constant(value):
            return Fraction(str(value))
    raise NotAFormula("a formula changed after it was read")
