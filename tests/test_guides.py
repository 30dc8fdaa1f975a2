"""What the guides tell people to type and to press is there: commands, options, addresses, settings, permissions, words of the screen."""

import json
import re
import shlex
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import Resolver404, resolve

from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.config import cli, install

ROOT = Path(__file__).resolve().parents[1]
GUIDES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
PAGES = [ROOT / "README.md", *GUIDES]
CODE = re.compile(r"`([^`\n]+)`")
PRESSED = re.compile(r"(?<!\*)\*(?![\s*])([^*]+?)\*(?!\*)")
OF_ODK_COLLECT = {"configure with qr code", "add project", "manually enter project details"}


def of(name: str) -> str:
    return name.name


def code(page: Path) -> list[str]:
    """What stands in backticks, and each line of a block."""
    said = page.read_text(encoding="utf-8")
    lines = [line.strip() for line in said.splitlines() if line.startswith("    ") or re.match(r"(script/|aanchal )", line)]
    return [one.replace("\n", " ").strip() for one in CODE.findall(re.sub(r"```.*?```", "", said, flags=re.DOTALL))] + lines


def commands(page: Path) -> list[list[str]]:
    found = []
    for one in code(page):
        told = one.removeprefix(".venv/bin/")
        if told.startswith("aanchal "):
            found.append(shlex.split(re.sub(r"[\[\]]", "", told), comments=True)[1:])
    return found


def is_understood(words: list[str]) -> bool:
    try:
        cli._parser(words)[0].parse_args(words)
    except SystemExit as ended:
        return ended.code == 0
    return True


@pytest.mark.parametrize("page", PAGES, ids=of)
def test_every_command_can_be_typed_as_it_is_written(page, capsys):
    for words in commands(page):
        is_whole = "…" not in words and words[0] in cli.COMMANDS
        asked = [word.strip("…") or "x" for word in words] if is_whole else [words[0], "--help"]
        assert is_understood(asked) or ("required: " in capsys.readouterr().err and len(words) == 1), f"aanchal {' '.join(words)}"


@pytest.mark.parametrize("page", PAGES, ids=of)
def test_every_script_is_there(page):
    for one in re.findall(r"\bscript/(\w+)", page.read_text(encoding="utf-8")):
        assert (ROOT / "script" / one).is_file(), one


@pytest.mark.parametrize("page", PAGES, ids=of)
def test_every_address_leads_somewhere(page):
    for one in code(page):
        if re.fullmatch(r"/[a-z]+/([a-z-]+/)*", one):
            try:
                resolve(one)
            except Resolver404:
                pytest.fail(f"{page.name}: {one}")


@pytest.mark.parametrize("page", PAGES, ids=of)
def test_every_setting_permission_role_and_file_is_there(page):
    settings = (ROOT / ".env.example").read_text(encoding="utf-8")
    for one in code(page):
        if re.fullmatch(r"[A-Z]+(_[A-Z]+)+", one):
            assert f"\n{one}=" in settings or one == "LANGUAGES", one
        if re.fullmatch(r"[a-z]+\.(read|record|manage|import|approve|decide|edit|keep)", one):
            assert one in set(Permission), one
        if re.fullmatch(r"(aanchal|docs|requirements|tests)/[\w./-]+", one) and "NAME" not in one:
            assert (ROOT / one).exists(), one
    for one in re.findall(r"--role (\w+)|role `(?!aanchal_)(\w+)`", page.read_text(encoding="utf-8")):
        assert (one[0] or one[1]) in ROLES, one


@pytest.fixture(scope="module")
def words():
    """All that the screens and the offline app say in English."""
    with (ROOT / "aanchal/locale/hi/LC_MESSAGES/django.po").open("rb") as file:
        said = [one for message in read_po(file) if message.id for one in (message.id if isinstance(message.id, tuple) else (message.id,))]
    said += [told[0] for told in json.loads((ROOT / "aanchal/field/app/src/words.json").read_text(encoding="utf-8")).values()]
    return {f" {plain(one)} " for one in said}


def plain(said: str) -> str:
    return " ".join(re.sub(r"\W+", " ", re.sub(r"%\(\w+\)s|\{\w+\}", " ", said)).lower().split())


@pytest.mark.parametrize("page", GUIDES, ids=of)
def test_what_is_to_be_pressed_stands_on_a_screen_in_these_words(page, words):
    text = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))
    asked = {plain(one) for told in PRESSED.findall(text) for one in told.split("→")} - OF_ODK_COLLECT
    assert [one for one in sorted(asked) if not any(f" {one} " in word for word in words)] == []


def test_a_server_is_prepared_as_the_program_prepares_its_own():
    blocks = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/how-to/install-on-a-server.md").read_text(encoding="utf-8"), re.DOTALL)
    roles, schema = ([line.strip().removesuffix(";") for line in block.strip().splitlines()] for block in blocks)
    assert tuple(one for one in roles if "DATABASE" not in one) == install.ROLE_STATEMENTS
    assert tuple(schema) == install.SCHEMA_STATEMENTS
