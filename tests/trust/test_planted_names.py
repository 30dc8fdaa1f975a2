"""Names that a phone sent are looked for in every byte the installation leaves behind (shared trust.md, figure 4)."""

import http.client
import subprocess
from urllib.parse import urlencode

import psycopg
import pytest

from tests.config.live import end, kill
from tests.trust.pilot_home import pilot_home, send, served, village
from tests.trust.world import PLANTED, forms

pytestmark = pytest.mark.live
SEEN = "Old ghat"
"""A place of the safety map: no person's name, kept in the clear. Where it is found the search has power."""


@pytest.fixture(scope="module")
def left_behind():
    """(home, tokens, what the programs said) after the forms came, well and badly, and a backup was made."""
    with pilot_home() as (home, tokens):
        said = use(home, tokens)
        with psycopg.connect(home.server.conninfo("aanchal"), autocommit=True) as database:
            for statement in ("ANALYZE", "CHECKPOINT", "SELECT pg_switch_wal()"):
                database.execute(statement)
        said += home.run("backup", "write", str(home.folder / "backup"))
        yield home, tokens, said


def use(home, tokens) -> str:
    code, token = next(iter(tokens.items()))
    with served(home) as (process, port):
        sent = forms(village(code))
        for form_id, answers, files in sent:
            assert post(port, token, form_id, answers, {name: content for name, content in files.values()}) == 201
        form_id, answers, _ = sent[0]
        assert post(port, token, form_id, answers | {"hh": {"household_id": PLANTED[0]}}) == 201  # flagged
        assert post(port, PLANTED[0].replace(" ", "-"), form_id, answers) == 401
        for path in (f"/registers/?{urlencode({'q': PLANTED[0]})}", "/d/x/y/z"):
            read(port, path)
        kill(home.postmaster())
        assert post(port, token, form_id, answers) == 503
        read(port, "/accounts/login/")
        home.server._begin()
        sign_in_badly(port)  # after the crash: the cache is an unlogged table, emptied by it
        return end(process)[1]


def post(port, token, form_id, answers, files=None) -> int:
    from tests.field import phone

    return send(port, token, phone.filled(form_id, answers), files).status


def read(port, path, *, method="GET", body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def sign_in_badly(port) -> None:
    """A name typed where the user name belongs: into the rate limiter's table, the session, the log?"""
    cookie = read(port, "/accounts/login/").headers["Set-Cookie"].split(";")[0]
    body = urlencode({"login": PLANTED[0], "password": "wrong-word-here", "csrfmiddlewaretoken": cookie.split("=")[1]})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{port}/"}
    assert read(port, "/accounts/login/", method="POST", body=body, headers=headers).status == 200


def holding(home, *needles: str) -> list[str]:
    """Files of the installation that hold one of these words, whatever they are; the server's own programs are not searched."""
    words = {form for needle in needles for form in (needle, needle.lower(), needle.upper())}
    patterns = [part for word in words for part in ("-e", word)]
    command = ["grep", "-rlaF", "--exclude-dir=postgres-*", *patterns, str(home.folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"LC_ALL": "C"}).stdout.splitlines()


def test_no_name_is_left_in_any_file(left_behind):
    home, _, _ = left_behind
    assert holding(home, *PLANTED) == []


def test_no_part_of_a_name_is_left_in_any_file(left_behind):
    home, _, _ = left_behind
    assert holding(home, "Chandrakala", "Plantedagent", "Plantedgroom", "Plantedmole") == []


def test_the_search_finds_what_lies_in_the_clear(left_behind):
    """The twin: a word not sealed is found in the data files and in the write-ahead log, so a name would be."""
    home, _, _ = left_behind
    found = holding(home, SEEN)
    assert any("/base/" in path for path in found)
    assert any("/pg_wal/" in path for path in found)
    assert not any(path.endswith("/backup") for path in found)


def test_no_name_and_no_token_is_in_what_the_programs_said(left_behind):
    home, tokens, said = left_behind
    assert "/d/-/submission" in said, "an error about a phone's address was logged"
    for word in (*PLANTED, *tokens.values()):
        assert word not in said
    assert holding(home, *tokens.values()) == []


def test_the_tables_of_sessions_and_of_the_cache_hold_no_name(left_behind):
    home, _, _ = left_behind
    with psycopg.connect(home.server.conninfo("aanchal")) as database:
        for table in ("aanchal_cache", "django_session", "core_trail", "procrastinate_jobs"):
            told = "\n".join(row for (row,) in database.execute(f"SELECT t::text FROM {table} t"))
            assert not any(word in told for word in PLANTED), table
        assert database.execute("SELECT count(*) FROM aanchal_cache").fetchone()[0] > 0
