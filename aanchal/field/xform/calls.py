"""The functions of ODK XPath that look at their arguments before converting them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from . import code
from .code import ANY, DATE, LEAF, NODES, NUMBER, TEXT, TRUTH, VALUES, Code, as_any, as_number, as_text, as_truth, as_values
from .errors import NotKnown, XPathError
from .functions import FUNCTIONS, MANY, Arguments, special
from .grammar import Call, Expression, Path, Text
from .list_paths import known_list
from .lists import SecondaryInstance
from .paths import start_nodes, walked_nodes
from .scope import Scope, frame_above
from .template import Node, find
from .values import day_number, instant

if TYPE_CHECKING:
    from .compiler import Compiler

__all__ = ["FUNCTIONS"]


@special("if", least=3)
def _if(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    condition = as_truth(compiler.expression(arguments[0], scope))
    yes, no = (compiler.expression(each, scope) for each in arguments[1:])
    kind, convert = _common(yes, no)
    otherwise = no.open if no.chain == "if" and no.kind == kind else convert(no)
    source = f"{convert(yes)} if {condition} else {otherwise}"
    return Code(kind, f"({source})", open=source, chain="if")


def _common(one: Code, other: Code) -> tuple[str, Callable[[Code], str]]:
    texts = {TEXT, LEAF, DATE, VALUES, NODES}
    if one.kind == other.kind == NUMBER:
        return NUMBER, as_number
    if one.kind == other.kind == TRUTH:
        return TRUTH, as_truth
    if one.kind in texts and other.kind in texts:
        return TEXT, as_text
    return ANY, as_any


@special("coalesce", least=2, most=MANY)
def _coalesce(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    given = [compiler.expression(each, scope) for each in arguments]
    if all(each.kind not in (NUMBER, TRUTH, ANY) for each in given):
        return Code(TEXT, f"({' or '.join(map(as_text, given))})")
    return Code(ANY, f"filled_first({', '.join(map(as_any, given))})")


@special("once", least=1)
def _once(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    own = as_text(_context(compiler, scope.current))
    return Code(TEXT, f"({own} or {as_text(compiler.expression(arguments[0], scope))})")


def _context(compiler: "Compiler", scope: Scope) -> Code:
    return compiler.expression(Path("context", ()), scope)


@special("current", least=0)
def _current(compiler: "Compiler", _arguments: Arguments, scope: Scope) -> Code:
    return _context(compiler, scope.current)


@special("instance", least=1)
def _instance(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(NODES, start_nodes(compiler, Call("instance", arguments), scope)[0])


@special("string", least=0, most=1)
def _string(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(TEXT, _text_or_context(compiler, arguments, scope))


@special("string-length", least=0, most=1)
def _string_length(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(NUMBER, f"float(len({_text_or_context(compiler, arguments, scope)}))")


@special("normalize-space", least=0, most=1)
def _normalize_space(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(TEXT, f"' '.join({_text_or_context(compiler, arguments, scope)}.split())")


def _text_or_context(compiler: "Compiler", arguments: Arguments, scope: Scope) -> str:
    return as_text(compiler.expression(arguments[0], scope) if arguments else _context(compiler, scope))


@special("selected", "is-selected", least=2)
def _selected(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    answer, choice = (compiler.expression(each, scope) for each in arguments)
    if isinstance(choice.literal, str):
        return Code(TRUTH, f"({f' {choice.literal.strip()} '!r} in ' ' + {as_text(answer)} + ' ')")
    return Code(TRUTH, f"has_selected({as_text(answer)}, {as_text(choice)})")


@special("count", least=1)
def _count(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    nodes = compiler.expression(arguments[0], scope)
    if nodes.kind not in (LEAF, VALUES, NODES):
        raise XPathError("count() takes a node-set.")
    return Code(NUMBER, f"float(len({nodes.counted or as_values(nodes)}))")


def _all_values(compiler: "Compiler", arguments: Arguments, scope: Scope) -> str:
    given = [compiler.expression(each, scope) for each in arguments]
    if len(given) == 1:
        return as_values(given[0])
    parts = [f"*{as_values(each)}" if each.kind in (VALUES, NODES) else as_text(each) for each in given]
    return f"({', '.join(parts)}{',' if parts else ''})"


def _all_numbers(compiler: "Compiler", arguments: Arguments, scope: Scope) -> str:
    given = [compiler.expression(each, scope) for each in arguments]
    parts = [f"*numbers({as_values(each)})" if each.kind in (VALUES, NODES) else as_number(each) for each in given]
    return f"({', '.join(parts)},)"


@special("max", least=1, most=MANY)
def _max(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(NUMBER, f"largest({_all_numbers(compiler, arguments, scope)})")


@special("min", least=1, most=MANY)
def _min(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(NUMBER, f"smallest({_all_numbers(compiler, arguments, scope)})")


@special("concat", least=0, most=MANY)
def _concat(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(TEXT, f"''.join({_all_values(compiler, arguments, scope)})")


@special("join", least=1, most=MANY)
def _join(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    mark = as_text(compiler.expression(arguments[0], scope))
    return Code(TEXT, f"{mark}.join({_all_values(compiler, arguments[1:], scope)})")


@special("position", least=0, most=1)
def _position(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    if not arguments:
        if scope.position:
            return Code(NUMBER, f"float({scope.position})")
        arguments = (Path("context", ()),)
    path = arguments[0]
    if isinstance(path, Path) and path.start == "context" and scope.node and _only_parents(path):
        node, frame = scope.node, scope.frame
        for _ in path.steps:
            above = node.parent
            if above is None:
                return code.literal(0.0)
            if node.is_repeat:
                frame = frame_above(frame, node.frame, above.frame)
            node = above
        return Code(NUMBER, f"float({frame}.index)") if node.is_repeat else code.literal(1.0)
    return Code(NUMBER, f"index_of({walked_nodes(compiler, path, scope)})")


def _only_parents(path: Path) -> bool:
    return all(step.axis == "parent" and step.test == "node()" and not step.predicates for step in path.steps)


@special("last", least=0)
def _last(_compiler: "Compiler", _arguments: Arguments, scope: Scope) -> Code:
    return Code(NUMBER, f"float({scope.size})") if scope.size else code.literal(1.0)


@special("name", "local-name", least=0, most=1)
def _name_of(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(TEXT, f"name_of({walked_nodes(compiler, arguments[0] if arguments else Path('context', ()), scope)})")


@special("namespace-uri", least=0, most=1)
def _namespace(_compiler: "Compiler", _arguments: Arguments, _scope: Scope) -> Code:
    return code.literal("")


@special("today", least=0)
def _today(_compiler: "Compiler", _arguments: Arguments, _scope: Scope) -> Code:
    return Code(DATE, "session.today", days="session.today_number")


@special("now", least=0)
def _now(compiler: "Compiler", _arguments: Arguments, _scope: Scope) -> Code:
    compiler.is_volatile = True
    return Code(DATE, "session.now", days="session.now_number")


@special("date", least=1)
def _date(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    given = compiler.expression(arguments[0], scope)
    if given.kind == DATE:
        return Code(DATE, f"{given.source}[:10]", days=f"down({given.days})")
    if isinstance(given.literal, str) and instant(given.literal):
        return code.date_literal(given.literal[:10])
    source = f"date_text({as_text(given)})"
    return Code(DATE, source, days=f"day_number({source})")


@special("date-time", least=1)
def _date_time(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    given = compiler.expression(arguments[0], scope)
    if given.kind == DATE:
        return given
    source = f"moment_text({as_text(given)})"
    return Code(DATE, source, days=f"day_number({source})")


@special("decimal-date-time", "decimal-date", least=1)
def _decimal_date_time(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    given = compiler.expression(arguments[0], scope)
    if isinstance(given.literal, str):
        return code.literal(day_number(given.literal))
    return Code(NUMBER, as_number(given))


@special("format-date", "format-date-time", least=2)
def _format_date(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    moment, form = (compiler.expression(each, scope) for each in arguments)
    if not isinstance(form.literal, str) or "%b" in form.literal or "%a" in form.literal:
        compiler.is_volatile = True  # names of months and days are in the device's language
    return Code(TEXT, f"dated({as_text(moment)}, {as_text(form)})")


@special("checklist", least=2, most=MANY)
def _checklist(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    least, most = (as_number(compiler.expression(each, scope)) for each in arguments[:2])
    return Code(TRUTH, f"within({least}, {most}, {_truths(compiler, arguments[2:], scope)})")


@special("weighted-checklist", least=2, most=MANY)
def _weighted_checklist(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    if len(arguments) % 2:
        raise XPathError("weighted-checklist() takes pairs.")
    least, most = (as_number(compiler.expression(each, scope)) for each in arguments[:2])
    truths = _truths(compiler, arguments[2::2], scope)
    weights = _all_values(compiler, arguments[3::2], scope)
    return Code(TRUTH, f"weighed({least}, {most}, {truths}, numbers({weights}))")


def _truths(compiler: "Compiler", arguments: Arguments, scope: Scope) -> str:
    given = [compiler.expression(each, scope) for each in arguments]
    if len(given) == 1 and given[0].kind in (VALUES, NODES):
        return f"[t != '' for t in {as_values(given[0])}]"
    return f"[{', '.join(map(as_truth, given))}]"


@special("randomize", least=1, most=2)
def _randomize(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    compiler.is_volatile = True
    return compiler.expression(arguments[0], scope)


def _template_node(compiler: "Compiler", expression: Expression, scope: Scope) -> Node:
    """The node a plain path names, whatever the repeats."""
    if not isinstance(expression, Path) or expression.start not in ("root", "context"):
        raise XPathError("A plain path is needed.")
    node, steps = scope.node, expression.steps
    if expression.start == "root":
        node, steps = compiler.form.top, steps[1:]
    for step in steps:
        if node is not None and step.axis != "self":
            node = node.parent if step.axis == "parent" else node.child(step.test)
    if node is None:
        raise XPathError("A plain path is needed.")
    return node


@special("indexed-repeat", least=3, most=11)
def _indexed_repeat(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    if len(arguments) % 2 == 0:
        raise XPathError("indexed-repeat() takes pairs of repeat and index.")
    target = _template_node(compiler, arguments[0], scope)
    compiler.reads.add(target)
    chosen = {}
    for repeat, index in zip(arguments[1::2], arguments[2::2], strict=True):
        node = _template_node(compiler, repeat, scope)
        chosen[node] = as_number(compiler.expression(index, scope))
    repeats = [each for each in reversed((target, *target.ancestors())) if each.is_repeat]
    if not set(chosen) <= set(repeats):
        raise XPathError("indexed-repeat() needs repeats around its first path.")
    frame = "session.root"
    for around in repeats:
        at = chosen.get(around) or _own_index(around, scope)
        frame = f"nth({frame}, {compiler.constant(around)}, {at})"
    return Code(TEXT, f"answer({frame}, {target.slot})")


def _own_index(repeat: Node, scope: Scope) -> str:
    here = scope.home
    if here.node and repeat.frame.encloses(here.node.frame):
        return f"{frame_above(here.frame, here.node.frame, repeat.frame)}.index"
    return "1"


@special("jr:choice-name", least=2)
def _choice_name(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    if not isinstance(arguments[1], Text):
        raise XPathError("jr:choice-name() takes the path as a text.")
    path = arguments[1].value.strip()
    node = find(compiler.form.top, path)
    if node is None:
        raise XPathError("jr:choice-name() names no question of the form.")
    compiler.by_language = True
    labels = compiler.constant(compiler.form.choice_labels(node))
    return Code(TEXT, f"choice_name({labels}, {as_text(compiler.expression(arguments[0], scope))}, session.language)")


@special("pulldata", least=4)
def _pulldata(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    name, wanted, key = (compiler.expression(each, scope).literal for each in arguments[:3])
    if not (isinstance(name, str) and isinstance(wanted, str) and isinstance(key, str)):
        raise XPathError("pulldata() takes literal names of the list and its columns.")
    secondary = _list_named(compiler, name)
    index = compiler.constant(secondary.by_field(("root", "item"), key))
    found = f"{index}.get({as_text(compiler.expression(arguments[3], scope))}, ())"
    return Code(TEXT, f"first([i.fields.get({wanted!r}, '') for i in {found}])")


def _list_named(compiler: "Compiler", name: str) -> SecondaryInstance:
    stem = name.removesuffix(".csv")
    if stem not in compiler.form.lists:
        raise NotKnown(name)
    return known_list(compiler, Call("instance", (Text(stem),)))
