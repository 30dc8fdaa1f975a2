"""Commands as an operator types them, in a fresh data folder."""

import pytest

from tests.config.live import migrated_home

pytestmark = pytest.mark.live

DISTRICTS = "state_lgd,state,lgd_code,name\n22,CHHATTISGARH,9001,BASTAR\n"


@pytest.fixture(scope="module")
def home():
    with migrated_home() as home:
        yield home


@pytest.fixture
def districts(home):
    file = home.folder / "districts.csv"
    file.write_text(DISTRICTS)
    return file


def test_it_imports_says_what_it_did_and_ends_with_zero(home, districts):
    rehearsed = home.run("import", "places", str(districts), "--dry-run")
    assert "1 rows of District: 1 new" in rehearsed
    assert "nothing is changed" in rehearsed
    assert "1 rows of District: 1 new, 0 updated, 0 unchanged, 0 bad" in home.run("import", "places", str(districts))


def test_it_lists_bad_rows_and_ends_with_one(home, districts):
    with districts.open("ab") as file:
        file.write("22,CHHATTISGARH,9002,Café\n".encode("cp1252"))
    said = home.run("import", "places", str(districts), code=1)
    assert "line 3: byte 25 (0xE9) is not UTF-8; save the file as 'CSV UTF-8'" in said


def test_it_ends_with_two_for_what_is_no_directory_file(home, districts):
    districts.write_text("nothing")
    assert "not a directory file" in home.run("import", "places", str(districts), code=2)


def test_it_makes_a_user_whose_password_it_shows_once(home):
    said = home.run("user", "add", "Asha", "--role", "block_officer", "--place", "22/state")
    assert "Password, shown only now: " in said
    assert "Asha is Block officer, Chhattisgarh." in said
    assert "There is a user Asha already." in home.run("user", "add", "Asha", code=1)


def test_it_anchors_and_verifies_the_trail(home):
    assert "no anchor was given" in home.run("trail", "verify")
    home.run("trail", "anchor")
    assert "The trail is whole" in home.run("trail", "verify")


def test_it_finds_nothing_wrong_with_a_fresh_installation(home):
    said = home.run("doctor")
    assert "WRONG" not in said
    assert "ok     Walls" in said


def test_it_says_when_the_database_was_prepared_under_another_key(home):
    assert "prepared under another SECRET_KEY" in home.run("doctor", code=1, SECRET_KEY="another")


def test_it_refuses_to_start_in_production_without_secrets(home):
    assert "SECRET_KEY (or SECRET_KEY_FILE) must be set in production" in home.run("doctor", code=3, PRODUCTION="1")


def test_it_writes_a_backup_and_checks_it(home):
    file = home.folder / "copy"
    assert "rows of" in home.run("backup", "write", str(file))
    assert "whole: rows, trail and names are as they were written" in home.run("backup", "check", str(file))
    file.write_bytes(file.read_bytes()[:-40])
    assert "cut short" in home.run("backup", "check", str(file), code=1)
