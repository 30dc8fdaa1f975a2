"""Every command that is given a file says in a sentence which one is wrong and how, and leaves nothing behind."""

import argparse
import os
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from aanchal.access.acting import SYSTEM, acting
from aanchal.config import cli
from tests.factories import make_posting

READS = {
    "import places": "import places {}",
    "import indicators": "import indicators {} --mapping census-2011-pca",
    "import indicators --mapping": "import indicators {good} --mapping {}",
    "import stakeholders": "import stakeholders {} --by {user}",
    "submit": "submit {} --as {user}",
    "score": "score {} --out {out}",
    "score --definition": "score {good} --out {out} --definition {}",
    "index lint": "index lint {}",
    "index preview": "index preview {} --place nation",
    "indicators compare": "indicators compare {}",
    "match batch": "match batch {} {good} --out {out}",
    "match batch --columns": "match batch {good} {good} --out {out} --columns {}",
    "match batch --model": "match batch {good} {good} --out {out} --model {}",
    "match one": "match one {} {good} --id x",
    "match train": "match train {} {good} {good} --out {out}",
    "match evaluate": "match evaluate {good} {good} {}",
    "trail verify": "trail verify --anchors {}",
    "backup check": "backup check {}",
    "backup restore": "backup restore {} --into {base}",
}
FOLDERS = {
    "ncrb": "ncrb import {}", "submit --attachments": "submit {good} --as {user} --attachments {}",
    "backup recover": "backup recover {} --into {out}",
}  # fmt: skip
WRITES = {
    "forms xlsx": "forms xlsx {}", "backup write": "backup write {}", "backup keep": "backup keep {} --once",
    "registers": "registers migration --place {place} --as {officer} --out {}", "match batch --out": "match batch {good} {good} --out {}",
    "match train --out": "match train {good} {good} {good} --out {}", "score --out": "score {good} --out {}",
    "match evaluate --card": "match evaluate {good} {good} {good} --card {}",
}  # fmt: skip
TAKES_FOLDERS = {"submit", "score"}
TAKES_EMPTY = {"match batch --columns"}
"""A mapping that says nothing changes nothing."""
UNNAMED = {"files", "folder", "file", "out"}
DAMAGE = {"empty": b"", "bytes": b"\x00\xff\xfe\x9d" * 40, "cut": b"PK\x03\x04cut", "another": b"one,two\n1,2\n"}



@pytest.fixture
def said(india, tmp_path, monkeypatch, capfd, settings):
    """Runs a command in the tests' own database; its exit code and all that it printed."""
    monkeypatch.setattr(cli, "ready", lambda **_: None)
    settings.ADMIN_CONNINFO = make_conninfo(settings.ADMIN_CONNINFO, dbname=connection.settings_dict["NAME"])
    with acting(SYSTEM):
        user, officer = make_posting("programme_officer", india["state"]), make_posting("block_officer", india["east block"])
    pq.write_table(pa.table({"nothing": [1]}), tmp_path / "good.parquet")

    def run(words: str, path) -> tuple[int, str]:
        told = {"good": tmp_path / "good.parquet", "out": tmp_path / "out", "base": f"refused_{os.getpid()}"}
        told |= {"user": user.username, "officer": officer.username, "place": india["east block"].pk}
        capfd.readouterr()
        try:
            code = cli.main([word.format(path, **told) for word in words.split()])
        except SystemExit as ended:
            code = ended.code
        heard = capfd.readouterr()
        return code, heard.out + heard.err

    return run


def is_sentence(heard: str, path) -> None:
    assert path.name in heard
    assert not re.search(r"\[Errno|Traceback|[a-z]Error\b|Exception\b|^None$", heard, re.MULTILINE), heard


@pytest.mark.parametrize("name", [*READS, *FOLDERS])
def test_what_is_not_there_is_named_and_ends_with_two(name, said, tmp_path):
    code, heard = said((READS | FOLDERS)[name], tmp_path / "absent.csv")
    assert code == 2, heard
    is_sentence(heard, tmp_path / "absent.csv")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", [name for name in READS if name not in TAKES_FOLDERS])
def test_a_folder_where_a_file_is_asked_is_named_and_ends_with_two(name, said, tmp_path):
    (tmp_path / "folder").mkdir()
    code, heard = said(READS[name], tmp_path / "folder")
    assert code == 2, heard
    is_sentence(heard, tmp_path / "folder")


@pytest.mark.parametrize("name", FOLDERS)
def test_a_file_where_a_folder_is_asked_is_named_and_ends_with_two(name, said, tmp_path):
    (tmp_path / "a.csv").touch()
    code, heard = said(FOLDERS[name], tmp_path / "a.csv")
    assert code == 2, heard
    is_sentence(heard, tmp_path / "a.csv")


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_named_and_nothing_is_left(name, damage, said, tmp_path):
    path = tmp_path / "damaged.csv"
    path.write_bytes(DAMAGE[damage])
    code, heard = said(READS[name], path)
    assert code in (1, 2) or (damage == "empty" and name in TAKES_EMPTY), heard
    is_sentence(heard, path) if code else None
    assert not [one.name for one in tmp_path.iterdir() if one.name not in ("damaged.csv", "good.parquet")]


@pytest.mark.parametrize("name", WRITES)
def test_where_nothing_can_be_written_is_named_and_ends_with_two(name, said, tmp_path):
    (tmp_path / "file").touch()
    code, heard = said(WRITES[name], tmp_path / "file" / "inside")
    assert code == 2, heard
    is_sentence(heard, tmp_path / "file" / "inside")


def test_every_command_that_takes_a_file_is_asked_here():
    tried = {tuple(words.split()[:2]) for words in (*READS.values(), *FOLDERS.values(), *WRITES.values())}
    for command in cli.COMMANDS:
        parser, _ = cli._parser([command])
        [verbs] = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
        of_files = [action for action in verbs.choices[command]._actions if action.dest in UNNAMED]
        assert not of_files or any(words[0] == command for words in tried), command
