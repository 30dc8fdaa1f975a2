"""The table of functions, and those whose arguments simply convert (docs.getodk.org/form-operators-functions)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .code import NUMBER, TEXT, TRUTH, Code, as_any, as_number, as_text, as_truth, as_values
from .grammar import Expression
from .scope import Scope

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


def special(*names: str, least: int, most: int | None = None) -> Callable[[Emit], Emit]:
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
_plain("decimal-time", "t", NUMBER, "day_fraction($0)")
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
