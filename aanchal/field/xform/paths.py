"""Paths: resolved to slots when the form is compiled where they can be, walked at run time where they cannot."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import code
from .code import ANY, LEAF, NODES, NUMBER, VALUES, Code
from .errors import Unresolved, XPathError
from .grammar import CURRENT, Binary, Call, Expression, Filter, Path, Step, calls_function
from .list_paths import from_list, item_field, known_list
from .scope import ROOT_FRAME, Scope, at_thing, frame_above, in_frame, values_of
from .template import Node

if TYPE_CHECKING:
    from .compiler import Compiler


# How a step of an absolute path may share the repeats of its context; "" for relative paths.
_WITHIN, _LAST = "within", "last"


@dataclass(frozen=True, slots=True)
class _At:
    """The template node reached; in one frame (`frame`), or in each of a list of frames (`many`)."""

    node: Node
    frame: str
    many: str = ""


def compile_path(compiler: "Compiler", path: Path, scope: Scope) -> Code:
    try:
        return _resolved(compiler, path, scope)
    except Unresolved:
        return _walked(compiler, path, scope)


def _resolved(compiler: "Compiler", path: Path, scope: Scope) -> Code:
    if isinstance(path.start, Call) and path.start.name == "instance":
        return from_list(compiler, path.start, path.steps, scope)
    if path.start == "context" and scope.is_item:
        return item_field(path.steps, scope)
    at, steps = _start(compiler, path, scope)
    for place, step in enumerate(steps):
        sharing = _WITHIN if place < len(steps) - 1 else _LAST
        following = _follow(compiler, at, step, scope, sharing if path.start == "root" else "")
        if following is None:
            return Code(VALUES, "()")
        at = following
    return _reached(compiler, at)


def _start(compiler: "Compiler", path: Path, scope: Scope) -> tuple[_At, tuple[Step, ...]]:
    if path.start == "root":
        top = compiler.form.top
        if not path.steps or path.steps[0].axis != "child" or path.steps[0].predicates:
            raise Unresolved
        if path.steps[0].test not in (top.name, "*"):
            raise Unresolved
        return _At(top, ROOT_FRAME), path.steps[1:]
    if path.start not in ("context", CURRENT):
        raise Unresolved
    here = scope if path.start == "context" else scope.current
    if here.node is None:
        raise Unresolved
    return _At(here.node, here.frame), path.steps


def _follow(compiler: "Compiler", at: _At, step: Step, scope: Scope, sharing: str) -> _At | None:
    if step.test == "node()" and step.axis in ("self", "parent") and not step.predicates:
        return at if step.axis == "self" else _parent(at)
    if step.axis not in ("child", "attribute") or step.test == "*" or step.test.endswith("()"):
        raise Unresolved
    child = at.node.child(("@" if step.axis == "attribute" else "") + step.test)
    if child is None:
        return None
    compiler.reads.add(child)
    if child.is_repeat:
        return _into_repeat(compiler, at, child, step, scope, sharing)
    if step.predicates:
        raise Unresolved
    return replace(at, node=child)


def _parent(at: _At) -> _At:
    if at.many or at.node.parent is None:
        raise Unresolved
    if not at.node.is_repeat:
        return _At(at.node.parent, at.frame)
    above = at.node.parent.frame
    return _At(at.node.parent, frame_above(at.frame, at.node.frame, above))


def _into_repeat(compiler: "Compiler", at: _At, child: Node, step: Step, scope: Scope, sharing: str) -> _At:
    home = scope.home
    if sharing and not at.many and not step.predicates and home.node and child.frame.encloses(home.node.frame):
        # JavaRosa's contextualize: an absolute path shares the repeats the context is in, unless it filters them.
        if sharing == _WITHIN:
            return _At(child, frame_above(home.frame, home.node.frame, child.frame))
        # Where the repeat itself is meant, as in count(/data/member), Collect shares it and Enketo does not.
        compiler.is_volatile = True
    each, key = compiler.variable(), compiler.constant(child)
    conditions = [f"{each}.shown[0]"] if child.can_hide() else []
    for place, predicate in enumerate(step.predicates):
        position = f"float({each}.index)" if place == 0 else ""
        conditions.append(_frame_condition(compiler, predicate, in_frame(scope, child, each, position)))
    if at.many:
        above = compiler.variable()
        source = f"[{each} for {above} in {at.many} for {each} in {above}.repeats[{key}]"
    elif not conditions:
        return _At(child, "", f"{at.frame}.repeats[{key}]")
    else:
        source = f"[{each} for {each} in {at.frame}.repeats[{key}]"
    return _At(child, "", source + "".join(f" if {condition}" for condition in conditions) + "]")


def _frame_condition(compiler: "Compiler", predicate: Expression, scope: Scope) -> str:
    """A condition after another counts among what is left, and last() among all: those are walked."""
    if not scope.position and calls_function(predicate, "position") or calls_function(predicate, "last"):
        raise Unresolved
    found = compiler.expression(predicate, scope)
    if found.kind == NUMBER and scope.position:
        return f"{scope.frame}.index == {found.source}"
    if found.kind in (NUMBER, ANY):
        raise Unresolved
    return code.as_truth(found)


def _reached(compiler: "Compiler", at: _At) -> Code:
    compiler.reads.add(at.node)
    slot = at.node.slot
    if not at.many:
        shown = f"{at.frame}.shown[{slot}]" if at.node.can_hide() else ""
        return Code(LEAF, f"{values_of(at.frame)}[{slot}]", node=at.node, shown=shown)
    each = compiler.variable()
    if at.node.is_repeat:
        return Code(VALUES, f"['' for {each} in {at.many}]", counted=at.many)
    condition = f" if {each}.shown[{slot}]" if at.node.can_hide(until=at.node.frame.top) else ""
    return Code(VALUES, f"[{each}.values[{slot}] for {each} in {at.many}{condition}]")


def _walked(compiler: "Compiler", path: Path, scope: Scope) -> Code:
    source, nodes = start_nodes(compiler, path.start, scope)
    for step in path.steps:
        nodes = _template_step(compiler, nodes, step)
        compiler.reads |= {node for node in nodes if node.parent}
        predicates = _predicates(compiler, step.predicates, nodes, scope)
        source = f"step({source}, {step.axis!r}, {step.test!r}{predicates})"
    return Code(NODES, source)


def start_nodes(compiler: "Compiler", start: "str | Expression", scope: Scope) -> tuple[str, frozenset[Node]]:
    """Python for the list of nodes a walk starts from, and the template nodes they may be."""
    if start == "root":
        return f"[Spot({ROOT_FRAME}, None)]", frozenset()
    if start in ("context", CURRENT):
        here = scope if start == "context" else scope.current
        if here.thing:
            return f"[{here.thing}]", here.nodes
        return f"[Spot({here.frame}, {compiler.constant(here.node)})]", here.nodes
    if isinstance(start, Call) and start.name == "instance":
        return f"[{compiler.constant(known_list(compiler, start).document)}]", frozenset()
    assert not isinstance(start, str)
    return _nodes_of(compiler, start, scope)


def _nodes_of(compiler: "Compiler", expression: Expression, scope: Scope) -> tuple[str, frozenset[Node]]:
    """An expression that must yield nodes, walked so that the nodes themselves are at hand."""
    if isinstance(expression, Path):
        found = _walked(compiler, expression, scope)
    elif isinstance(expression, Filter):
        found = compile_filter(compiler, expression, scope)
    elif isinstance(expression, Call) and expression.name == "randomize" and expression.arguments:
        return _nodes_of(compiler, expression.arguments[0], scope)
    elif isinstance(expression, Binary) and expression.operator == "|":
        left, ours = _nodes_of(compiler, expression.left, scope)
        right, theirs = _nodes_of(compiler, expression.right, scope)
        return f"union({left}, {right})", ours | theirs
    else:
        raise XPathError("Steps and conditions apply to node-sets only.")
    return found.source, frozenset(compiler.reads)


def walked_nodes(compiler: "Compiler", expression: Expression, scope: Scope) -> str:
    if isinstance(expression, Call) and expression.name in ("instance", "current"):
        return start_nodes(compiler, expression, scope)[0]
    return _nodes_of(compiler, expression, scope)[0]


def compile_filter(compiler: "Compiler", expression: Filter, scope: Scope) -> Code:
    if isinstance(expression.nodes, Call) and expression.nodes.name in ("instance", "current"):
        source, nodes = start_nodes(compiler, expression.nodes, scope)
    else:
        source, nodes = _nodes_of(compiler, expression.nodes, scope)
    return Code(NODES, f"narrowed({source}{_predicates(compiler, expression.predicates, nodes, scope)})")


def _predicates(compiler: "Compiler", predicates: tuple[Expression, ...], nodes: frozenset[Node], scope: Scope) -> str:
    source = ""
    for predicate in predicates:
        thing, position, size = compiler.variable(), compiler.variable(), compiler.variable()
        within = at_thing(scope, nodes, thing, position, size)
        found = compiler.expression(predicate, within)
        test = code.as_truth(found)
        if found.kind == NUMBER:
            test = f"{position} == {found.source}"
        elif found.kind == ANY:
            test = f"chosen({found.source}, {position})"
        source += f", lambda {thing}, {position}, {size}: {test}"
    return source


def _template_step(compiler: "Compiler", nodes: frozenset[Node], step: Step) -> frozenset[Node]:
    """The template nodes a step may reach: what the expression depends on."""
    top = compiler.form.top
    everything = {top, *top.below()}
    if step.axis in ("child", "attribute"):
        reached = {child for node in nodes for child in (*node.children.values(), *node.attributes.values())}
        reached |= {top} if not nodes else set()
    elif step.axis == "self":
        reached = set(nodes)
    elif step.axis == "parent":
        reached = {node.parent for node in nodes if node.parent}
    else:
        reached = everything
    if step.test in ("*", "node()", "text()"):
        return frozenset(reached or nodes)
    return frozenset(node for node in reached if node.name.lstrip("@") == step.test)
