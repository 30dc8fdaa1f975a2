"""Paths into lists: instance('x')/root/item[...]/field, whose items are known when the form is compiled."""

from typing import TYPE_CHECKING

from . import code
from .code import ANY, LEAF, NODES, NUMBER, VALUES, Code
from .errors import NotKnown, Unresolved, XPathError
from .grammar import CURRENT, Binary, Call, Expression, Path, Step, Text, calls_function
from .lists import SecondaryInstance
from .scope import Scope, at_item

if TYPE_CHECKING:
    from .compiler import Compiler


def item_field(steps: tuple[Step, ...], scope: Scope) -> Code:
    if len(steps) != 1 or steps[0].axis != "child" or steps[0].predicates or steps[0].test.endswith("()"):
        raise Unresolved
    if steps[0].test == "*":
        raise Unresolved
    return Code(code.TEXT, f"{scope.thing}.fields.get({steps[0].test!r}, '')")


def known_list(compiler: "Compiler", call: Call) -> SecondaryInstance:
    if len(call.arguments) != 1 or not isinstance(call.arguments[0], Text):
        raise XPathError("instance() takes one literal name.")
    name = call.arguments[0].value
    if name not in compiler.form.lists:
        raise XPathError(f"The form has no instance {name!r}.")
    found = compiler.form.lists[name]
    if found is None:
        raise NotKnown(name)
    return found


def from_list(compiler: "Compiler", call: Call, steps: tuple[Step, ...], scope: Scope) -> Code:
    """instance('x')/root/item[…]/field: the items are known now, the conditions later."""
    plain = 0
    while plain < len(steps) and steps[plain].axis == "child" and not steps[plain].test.endswith("()"):
        plain += 1
        if steps[plain - 1].predicates:
            break
    if plain == 0:
        raise Unresolved
    secondary = known_list(compiler, call)
    filtered, rest = steps[plain - 1], steps[plain:]
    if len(rest) > 1 or rest and (rest[0].axis != "child" or rest[0].predicates or rest[0].test.endswith("()")):
        raise Unresolved
    names = tuple(step.test for step in steps[:plain])
    source = _chosen_items(compiler, secondary, names, filtered.predicates, scope)
    if not rest:
        return Code(NODES, source)
    if rest[0].test == "*":
        raise Unresolved
    each, name = compiler.variable(), repr(rest[0].test)
    return Code(VALUES, f"[{each}.fields[{name}] for {each} in {source} if {name} in {each}.fields]")


def _chosen_items(
    compiler: "Compiler",
    secondary: SecondaryInstance,
    names: tuple[str, ...],
    predicates: tuple[Expression, ...],
    scope: Scope,
) -> str:
    if not predicates:
        return compiler.constant(secondary.items(names))
    if len(predicates) > 1 or calls_function(predicates[0], "position") or calls_function(predicates[0], "last"):
        raise Unresolved
    condition, conditions = predicates[0], []
    source = ""
    for part in _conjuncts(condition):
        found = "" if source else _indexed(compiler, secondary, names, part, scope)
        source = source or found
        if not found:
            conditions.append(part)
    each = compiler.variable()
    within = at_item(scope, each)
    tests = ""
    for part in conditions:
        test = compiler.expression(part, within)
        if test.kind in (NUMBER, ANY):
            raise Unresolved
        tests += f" if {code.as_truth(test)}"
    source = source or compiler.constant(secondary.items(names))
    return f"[{each} for {each} in {source}{tests}]" if tests else source


def _conjuncts(expression: Expression) -> list[Expression]:
    found = []
    while isinstance(expression, Binary) and expression.operator == "and":
        found.append(expression.right)
        expression = expression.left
    return [expression, *reversed(found)]


def _indexed(compiler: "Compiler", secondary: SecondaryInstance, names: tuple[str, ...], part: Expression, scope: Scope) -> str:
    """field = text, looked up instead of searched; empty where it is another kind of condition."""
    if not isinstance(part, Binary) or part.operator != "=":
        return ""
    for one, other in ((part.left, part.right), (part.right, part.left)):
        name = _plain_field(one)
        if name and _stands_alone(other):
            wanted = compiler.expression(other, scope)
            if wanted.kind in (code.TEXT, LEAF, code.DATE) and not (wanted.node and wanted.node.is_numeric):
                index = compiler.constant(secondary.by_field(names, name))
                return f"{index}.get({code.as_text(wanted)}, ())"
    return ""


def _plain_field(expression: Expression) -> str:
    if isinstance(expression, Path) and expression.start == "context" and len(expression.steps) == 1:
        step = expression.steps[0]
        if step.axis == "child" and not step.predicates and step.test != "*" and not step.test.endswith("()"):
            return step.test
    return ""


def _stands_alone(expression: Expression) -> bool:
    """Whether it means the same outside the predicate: a literal, or a path that does not start at the item."""
    if isinstance(expression, Text):
        return True
    return isinstance(expression, Path) and (expression.start == "root" or expression.start == CURRENT and bool(expression.steps))
