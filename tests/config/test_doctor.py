"""Each fault is planted, and the doctor names it."""

import shutil
from collections import namedtuple

import psycopg
import pytest
from django.db import connections

from aanchal.config import archiving, assets, doctor

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def folder(tmp_path, settings):
    tmp_path.chmod(0o711)
    settings.DATA_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def superuser(server, own_database):
    with psycopg.connect(server.conninfo(own_database), autocommit=True) as connection:
        yield connection


def test_it_finds_no_fault_in_a_sound_installation(own_database, folder):
    assert [finding for finding in doctor.findings() if finding.words and finding.fault] == []


def test_it_names_what_was_found_in_a_sentence_and_says_what_to_do(own_database, folder):
    for finding in doctor.findings():
        assert bool(finding.words) == bool(finding.cure)


@pytest.mark.parametrize("mode", [0o755, 0o744, 0o740])
def test_it_sees_a_data_folder_others_can_read(folder, mode):
    folder.chmod(mode)
    assert "can be read by other users" in doctor.data_folder().words


@pytest.mark.parametrize("name", ["secrets", "anchors"])
def test_it_sees_secrets_and_anchors_others_can_open(folder, name):
    (folder / name).mkdir(mode=0o700)
    assert doctor.data_folder().words == ""
    (folder / name).chmod(0o750)
    assert f"{name} can be opened by other users" in doctor.data_folder().words


def test_it_sees_a_data_folder_that_is_not_there(folder, settings):
    settings.DATA_FOLDER = folder / "absent"
    assert "cannot be written" in doctor.data_folder().words


def test_it_sees_a_full_disk(folder, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1, 1, 10_000_000))
    assert "only 10 MB are free" in doctor.disk().words


def test_it_sees_a_table_of_persons_without_a_wall(superuser):
    assert doctor.walls().words == ""
    superuser.execute("CREATE TABLE people_forgotten (name text, place_no bigint)")
    assert "people_forgotten" in doctor.walls().words


@pytest.mark.parametrize("command", ["DISABLE", "NO FORCE"])
def test_it_sees_a_wall_that_was_taken_down(superuser, command):
    superuser.execute(f"ALTER TABLE people_identity {command} ROW LEVEL SECURITY")
    assert "people_identity" in doctor.walls().words


@pytest.mark.parametrize("user", ["postgres", "aanchal_owner"])
def test_it_sees_an_application_role_that_can_pass_the_wall(own_database, user):
    usual = connections["default"].settings_dict["USER"]
    connections["default"].close()
    connections["default"].settings_dict["USER"] = user
    try:
        assert f"role {user} can pass the wall" in doctor.roles().words
    finally:
        connections["default"].close()
        connections["default"].settings_dict["USER"] = usual


def test_it_sees_a_database_older_than_the_program_and_asks_no_more(superuser, folder):
    superuser.execute("DELETE FROM django_migrations WHERE app = 'people'")
    found = list(doctor.findings())
    assert found[-1].about == "Migrations"
    assert "older than the program" in found[-1].words


def test_it_sees_a_database_prepared_under_another_key(superuser, folder):
    superuser.execute("UPDATE core_secret SET inner_block = sha256(inner_block) WHERE name = 'acting'")
    found = list(doctor.findings())
    assert found[-1].about == "Keys"
    assert "another SECRET_KEY" in found[-1].words


def test_it_sees_a_database_that_does_not_answer(own_database, folder):
    usual = connections["default"].settings_dict["NAME"]
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = "aanchal_nowhere"
    try:
        found = list(doctor.findings())
    finally:
        connections["default"].settings_dict["NAME"] = usual
    assert found[-1].about == "Database"
    assert "does not answer" in found[-1].words


def test_it_sees_that_the_clock_went_back(superuser):
    superuser.execute(
        "INSERT INTO core_trail (shard, seq, at, verb, about, about_id, detail, mac) VALUES (0, 999, '2049-01-01', '', '', '', '{}', '')"
    )
    assert "the clock went back" in doctor.clock().words


def test_it_sees_work_that_waits_and_nobody_to_do_it(superuser):
    assert not doctor.worker().fault
    superuser.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at) VALUES ('default', 'a', now() - interval '1 hour')"
    )
    found = doctor.worker()
    assert found.fault
    assert "1 jobs have waited over 15 minutes" in found.words


def test_it_sees_a_search_that_nobody_makes(superuser):
    superuser.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert doctor.engine().words == ""
    superuser.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at) VALUES ('matching_engine', 'a', now() - interval '1 hour')"
    )
    assert "1 searches for missing people" in doctor.engine().words
    assert doctor.worker().words == ""


def test_it_sees_translations_that_are_older_than_their_source(tmp_path, settings):
    source = tmp_path / "hi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Village"\nmsgstr "गाँव"\n')
    settings.LOCALE_PATHS = [tmp_path]
    assert "not compiled: hi" in doctor.translations().words
    assets.compile_translations()
    assert doctor.translations().words == ""
    assert "गाँव".encode() in source.with_suffix(".mo").read_bytes()


def test_it_sees_static_files_that_are_not_collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    assert "not collected" in doctor.static_files().words


BY_HAND = """
    INSERT INTO risk_total (place_no, last_no, version, category, what, key, observed, points, families)
    VALUES (0, (1::bigint << 58) - 1, 'household-1', 'OBC', 'S', 'SEVERE', 60, 32, 7)
"""


def test_it_sees_a_total_that_is_not_what_a_recount_says_and_names_the_cure(superuser):
    assert doctor.running_totals().words == ""
    superuser.execute(BY_HAND)
    found = doctor.running_totals()
    assert found.words.startswith("1 figures of 1 places differ")
    assert "aanchal score --recount" in found.cure
    superuser.execute("SELECT risk_totals_recount()")
    assert doctor.running_totals().words == ""


def test_it_notes_that_many_changes_wait(superuser, monkeypatch):
    monkeypatch.setattr(doctor, "MANY_WAITING", 0)
    superuser.execute(
        "INSERT INTO risk_totalchange (place_no, version, category, points, observed, band, is_urgent, deprived, families)"
        " SELECT 1, 'household-1', 'OBC', 0, 60, 'NOT_AT_RISK', false, '{}', n FROM (VALUES (1), (-1)) AS sign (n)"
    )
    found = doctor.running_totals()
    assert (found.fault, found.words[:16]) == (False, "2 changes wait t")


def test_it_says_when_nobody_archives_and_when_the_archive_stands_still(own_database, superuser, settings):
    settings.EMBEDDED = True
    assert not doctor.archive().fault
    superuser.execute("SELECT pg_create_physical_replication_slot(%s, true)", [archiving.SLOT])
    try:
        found = doctor.archive()
    finally:
        superuser.execute("SELECT pg_drop_replication_slot(%s)", [archiving.SLOT])
    assert found.fault
    assert "MB of changes wait" in found.words
    settings.EMBEDDED = False
    assert not doctor.archive().fault
