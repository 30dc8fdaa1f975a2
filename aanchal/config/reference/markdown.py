"""Tables and diagrams as Markdown."""

from collections.abc import Iterable, Mapping, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [_line(headings), "|" + "---|" * len(headings)]
    return "\n".join([*lines, *map(_line, rows)]) + "\n"


def section(title: str, *parts: str) -> str:
    return "\n".join([f"## {title}\n", *parts])


def page(title: str, about: str, *sections: str) -> str:
    return "\n".join([f"# {title}\n", f"{about}\n", *sections])


def code(value: object) -> str:
    return f"`{value}`" if str(value) else ""


def diagram(transitions: Mapping[str, Iterable[str]], starts: Iterable[str]) -> str:
    """A state machine, drawn by whatever shows Mermaid."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    [*] --> {state}" for state in starts]
    lines += [f"    {before} --> {after}" for before, every in transitions.items() for after in sorted(every)]
    return "\n".join([*lines, "```"]) + "\n"


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
