"""The settings of .env.example and the verbs of the command `aanchal`."""

import argparse
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from aanchal.config.cli import COMMANDS
from aanchal.config.reference.markdown import code, page, section, table

EXAMPLE = Path(__file__).resolve().parents[3] / ".env.example"
SETTING = re.compile(r"([A-Z_]+)=(.*)")


def settings() -> str:
    parts: list[str] = []
    for title, rows in _sections():
        parts.append(section(title, table(["Setting", "Default", "What it is"], rows)))
    return page(
        "Settings",
        "From `.env.example`. All come from the environment. Each secret may instead lie in a file: `NAME_FILE` holds its path.",
        *parts,
    )


def commands() -> str:
    return page(
        "The command line",
        "`aanchal VERB --help` says the same. Every verb starts the embedded database when it is not running and no server is named.",
        *(section(f"aanchal {name}", f"{purpose[0].upper()}{purpose[1:]}.\n", *_told(name)) for name, purpose in COMMANDS.items()),
    )


def _sections() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Each heading of the file with its settings; the lines of comment above a setting say what it is."""
    title, said, rows = "", [], []
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# -- "):
            if rows:
                yield title, rows
            title, said, rows = line.removeprefix("# -- "), [], []
        elif found := SETTING.fullmatch(line):
            if not found[1].endswith("_FILE"):
                rows.append((code(found[1]), code(found[2]), " ".join(said)))
            said = []
        elif line.startswith("#"):
            said.append(line.lstrip("# "))
    yield title, rows


def _told(name: str) -> list[str]:
    parser = argparse.ArgumentParser(prog=f"aanchal {name}")
    importlib.import_module(f"aanchal.config.commands.{name}_command").arguments(parser)
    rows = list(_rows(parser))
    return [table(["Write", "Meaning"], rows)] if rows else []


def _rows(parser: argparse.ArgumentParser, purpose: str = "") -> Iterator[tuple[str, str]]:
    """What one verb takes; then each verb under it."""
    under = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    own = [one for one in parser._actions if one not in under and not isinstance(one, argparse._HelpAction)]
    if purpose:
        yield code(" ".join([parser.prog, *(_written(one) for one in own if one.required)])), purpose
    for one in own:
        if not purpose or not one.required:
            yield code(_written(one)), _meaning(one)
    for action in under:
        purposes = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, verb in action.choices.items():
            yield from _rows(verb, purposes[name])


def _written(action: argparse.Action) -> str:
    value = action.metavar or (action.dest if action.choices is None else "|".join(map(str, action.choices)))
    if not action.option_strings:
        return f"{value}..." if action.nargs == "+" else str(value)
    return action.option_strings[0] if action.nargs == 0 else f"{action.option_strings[0]} {value}"


def _meaning(action: argparse.Action) -> str:
    default = f"default {action.default}" if action.choices and action.default else ""
    return "; ".join(filter(None, [action.help or ("one of these" if action.choices else ""), default]))
