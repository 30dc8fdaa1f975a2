"""How each function of ODK XPath becomes Python (docs.getodk.org/form-operators-functions)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import code
from .code import (
    ANY,
    DATE,
    LEAF,
    NODES,
    NUMBER,
    TEXT,
    TRUTH,
    VALUES,
    Code,
    as_any,
    as_number,
    as_text,
    as_truth,
    as_values,
)
from .errors import NotKnown, XPathError
from .grammar import Call, Expression, Path, Text
from .lists import SecondaryInstance
from .paths import known_list, start_nodes, walked_nodes
from .scope import Scope, frame_above
from .template import Node, find
from .values import day_number, instant

if TYPE_CHECKING:
    from .compiler import Compiler

Arguments = tuple[Expression, ...]
Emit = Callable[["Compiler", Arguments, Scope], Code]
MANY = 10_000


@dataclass(frozen=True, slots=True)
class Function:
    least: int
    most: int
    emit: Emit


FUNCTIONS: dict[str, Function] = {}
_CONVERT = {"t": as_text, "n": as_number, "b": as_truth, "v": as_values, "a": as_any}


def _plain(name: str, takes: str, kind: str, source: str, least: int | None = None, *, is_volatile: bool = False) -> None:
    """A function whose arguments convert to fixed kinds: t text, n number, b truth, v node-set."""

    def emit(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
        compiler.is_volatile = compiler.is_volatile or is_volatile
        given = [_CONVERT[take](compiler.expression(each, scope)) for take, each in zip(takes, arguments, strict=False)]
        return Code(kind, source.replace("$$", ", ".join(given)) if "$$" in source else _filled(source, given))

    FUNCTIONS[name] = Function(len(takes) if least is None else least, len(takes), emit)


def _filled(source: str, given: list[str]) -> str:
    parts = source.split("$")
    return parts[0] + "".join(given[int(part[0])] + part[1:] for part in parts[1:])


def _special(*names: str, least: int, most: int | None = None) -> Callable[[Emit], Emit]:
    def register(emit: Emit) -> Emit:
        for name in names:
            FUNCTIONS[name] = Function(least, least if most is None else most, emit)
        return emit

    return register


_plain("true", "", TRUTH, "True")
_plain("false", "", TRUTH, "False")
_plain("not", "b", TRUTH, "(not $0)")
_plain("boolean", "b", TRUTH, "$0")
_plain("boolean-from-string", "t", TRUTH, "($0.lower() in ('true', '1'))")
_plain("number", "n", NUMBER, "$0")
_plain("int", "n", NUMBER, "whole($0)")
_plain("floor", "n", NUMBER, "down($0)")
_plain("ceiling", "n", NUMBER, "up($0)")
_plain("round", "nn", NUMBER, "rounded($$)", least=1)
_plain("abs", "n", NUMBER, "abs($0)")
_plain("pow", "nn", NUMBER, "power($$)")
_plain("exp10", "n", NUMBER, "power(10.0, $0)")
_plain("pi", "", NUMBER, "3.141592653589793")
for _name in ("acos", "asin", "atan", "cos", "exp", "log", "log10", "sin", "sqrt", "tan"):
    _plain(_name, "n", NUMBER, f"guarded('{_name}', $0)")
_plain("atan2", "nn", NUMBER, "guarded('atan2', $0, $1)")
_plain("count-non-empty", "v", NUMBER, "filled($0)")
_plain("sum", "v", NUMBER, "total($0)")
_plain("contains", "tt", TRUTH, "($1 in $0)")
_plain("starts-with", "tt", TRUTH, "$0.startswith($1)")
_plain("ends-with", "tt", TRUTH, "$0.endswith($1)")
_plain("substr", "tnn", TEXT, "part($$)", least=2)
_plain("substring", "tnn", TEXT, "substring($$)", least=2)
_plain("substring-before", "tt", TEXT, "before($$)")
_plain("substring-after", "tt", TEXT, "after($$)")
_plain("translate", "ttt", TEXT, "translated($$)")
_plain("regex", "tt", TRUTH, "matches($$)")
_plain("count-selected", "t", NUMBER, "float(len($0.split()))")
_plain("selected-at", "tn", TEXT, "selected_at($$)")
_plain("decimal-time", "t", NUMBER, "time_fraction($0)")
_plain("digest", "ttt", TEXT, "digest($$)", least=2)
_plain("base64-decode", "t", TEXT, "decoded($0)")
_plain("version", "", TEXT, "session.version")
_plain("uuid", "n", TEXT, "''", least=0, is_volatile=True)
_plain("random", "", NUMBER, "0.5", is_volatile=True)
_plain("property", "t", TEXT, "''", is_volatile=True)
# Clients differ in the formula of areas and distances, so a sent one stands.
_plain("area", "v", NUMBER, "area($0)", is_volatile=True)
_plain("enclosed-area", "v", NUMBER, "area($0)", is_volatile=True)
_plain("distance", "v", NUMBER, "distance($0)", is_volatile=True)


@_special("if", least=3)
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


@_special("coalesce", least=2, most=MANY)
def _coalesce(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    given = [as_text(compiler.expression(each, scope)) for each in arguments]
    return Code(TEXT, f"({' or '.join(given)})")


@_special("once", least=1)
def _once(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    own = as_text(_context(compiler, scope.current))
    return Code(TEXT, f"({own} or {as_text(compiler.expression(arguments[0], scope))})")


def _context(compiler: "Compiler", scope: Scope) -> Code:
    return compiler.expression(Path("context", ()), scope)


@_special("current", least=0)
def _current(compiler: "Compiler", _arguments: Arguments, scope: Scope) -> Code:
    return _context(compiler, scope.current)


@_special("instance", least=1)
def _instance(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(NODES, start_nodes(compiler, Call("instance", arguments), scope)[0])


@_special("string", least=0, most=1)
def _string(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(TEXT, _text_or_context(compiler, arguments, scope))


@_special("string-length", least=0, most=1)
def _string_length(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(NUMBER, f"float(len({_text_or_context(compiler, arguments, scope)}))")


@_special("normalize-space", least=0, most=1)
def _normalize_space(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(TEXT, f"' '.join({_text_or_context(compiler, arguments, scope)}.split())")


def _text_or_context(compiler: "Compiler", arguments: Arguments, scope: Scope) -> str:
    return as_text(compiler.expression(arguments[0], scope) if arguments else _context(compiler, scope))


@_special("selected", "is-selected", least=2)
def _selected(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    answer, choice = (compiler.expression(each, scope) for each in arguments)
    if isinstance(choice.literal, str):
        return Code(TRUTH, f"({f' {choice.literal.strip()} '!r} in ' ' + {as_text(answer)} + ' ')")
    return Code(TRUTH, f"has_selected({as_text(answer)}, {as_text(choice)})")


@_special("count", least=1)
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


@_special("max", least=1, most=MANY)
def _max(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(NUMBER, f"largest({_all_values(compiler, arguments, scope)})")


@_special("min", least=1, most=MANY)
def _min(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(NUMBER, f"smallest({_all_values(compiler, arguments, scope)})")


@_special("concat", least=0, most=MANY)
def _concat(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(TEXT, f"''.join({_all_values(compiler, arguments, scope)})")


@_special("join", least=1, most=MANY)
def _join(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    mark = as_text(compiler.expression(arguments[0], scope))
    return Code(TEXT, f"{mark}.join({_all_values(compiler, arguments[1:], scope)})")


@_special("position", least=0, most=1)
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


@_special("last", least=0)
def _last(_compiler: "Compiler", _arguments: Arguments, scope: Scope) -> Code:
    return Code(NUMBER, f"float({scope.size})") if scope.size else code.literal(1.0)


@_special("name", "local-name", least=0, most=1)
def _name_of(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    return Code(TEXT, f"name_of({walked_nodes(compiler, arguments[0] if arguments else Path('context', ()), scope)})")


@_special("namespace-uri", least=0, most=1)
def _namespace(_compiler: "Compiler", _arguments: Arguments, _scope: Scope) -> Code:
    return code.literal("")


@_special("today", least=0)
def _today(_compiler: "Compiler", _arguments: Arguments, _scope: Scope) -> Code:
    return Code(DATE, "session.today", days="session.today_number")


@_special("now", least=0)
def _now(compiler: "Compiler", _arguments: Arguments, _scope: Scope) -> Code:
    compiler.is_volatile = True
    return Code(DATE, "session.now", days="session.now_number")


@_special("date", least=1)
def _date(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    given = compiler.expression(arguments[0], scope)
    if given.kind == DATE:
        return Code(DATE, f"{given.source}[:10]", days=f"down({given.days})")
    if isinstance(given.literal, str) and instant(given.literal):
        return code.date_literal(given.literal[:10])
    source = f"date_text({as_text(given)})"
    return Code(DATE, source, days=f"day_number({source})")


@_special("date-time", least=1)
def _date_time(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    given = compiler.expression(arguments[0], scope)
    if given.kind == DATE:
        return given
    source = f"moment_text({as_text(given)})"
    return Code(DATE, source, days=f"day_number({source})")


@_special("decimal-date-time", "decimal-date", least=1)
def _decimal_date_time(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    given = compiler.expression(arguments[0], scope)
    if isinstance(given.literal, str):
        return code.literal(day_number(given.literal))
    return Code(NUMBER, as_number(given))


@_special("format-date", "format-date-time", least=2)
def _format_date(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    moment, form = (compiler.expression(each, scope) for each in arguments)
    if not isinstance(form.literal, str) or "%b" in form.literal or "%a" in form.literal:
        compiler.is_volatile = True  # names of months and days are in the device's language
    return Code(TEXT, f"dated({as_text(moment)}, {as_text(form)})")


@_special("checklist", least=2, most=MANY)
def _checklist(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    least, most = (as_number(compiler.expression(each, scope)) for each in arguments[:2])
    return Code(TRUTH, f"within({least}, {most}, {_truths(compiler, arguments[2:], scope)})")


@_special("weighted-checklist", least=2, most=MANY)
def _weighted_checklist(compiler: "Compiler", arguments: Arguments, scope: Scope) -> Code:
    if len(arguments) % 2:
        raise XPathError("weighted-checklist() takes pairs.")
    least, most = (as_number(compiler.expression(each, scope)) for each in arguments[:2])
    truths = _truths(compiler, arguments[2::2], scope)
    weights = _all_values(compiler, arguments[3::2], scope)
    return Code(TRUTH, f"weighed({least}, {most}, {truths}, [number(w) for w in {weights}])")


def _truths(compiler: "Compiler", arguments: Arguments, scope: Scope) -> str:
    given = [compiler.expression(each, scope) for each in arguments]
    if len(given) == 1 and given[0].kind in (VALUES, NODES):
        return f"[t != '' for t in {as_values(given[0])}]"
    return f"[{', '.join(map(as_truth, given))}]"


@_special("randomize", least=1, most=2)
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


@_special("indexed-repeat", least=3, most=11)
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


@_special("jr:choice-name", least=2)
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


@_special("pulldata", least=4)
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
