"""`aanchal registers`: the list of the site as a file, for a user who may take it out, and on the trail."""

import csv
from argparse import Namespace

import pytest

from aanchal.config import cli
from aanchal.config.commands import registers_command
from aanchal.core.models import Trail
from tests.field import phone

pytestmark = pytest.mark.django_db


def export(user, place, out, acting):
    options = Namespace(register="migration", format="csv", out=out)
    with acting(user):
        return registers_command._export(options, user, place)


def test_it_writes_the_lines_without_names_and_notes_it(send, village, officer, acting, kept, tmp_path, capsys):
    send("migration_entry", phone.migration(village, phone.adult("Savitri Bai")))
    assert export(officer, village, tmp_path / "a.csv", acting) == 0
    content = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(content.splitlines()))) == 2
    assert "Savitri" not in content
    assert "1 lines" in capsys.readouterr().out
    [line] = kept(Trail.objects.filter(verb="registers.register.exported"))
    assert line.detail == {"register": "MIGRATION", "rows": 1, "kind": "csv"}


@pytest.mark.parametrize("who", ["crp", "stranger"])
def test_who_may_not_take_it_out_gets_no_file(who, request, village, acting, tmp_path, capsys):
    assert export(request.getfixturevalue(who), village, tmp_path / "a.csv", acting) == 1
    assert not (tmp_path / "a.csv").exists()
    assert "may not" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_noted(village, officer, acting, kept, tmp_path, capsys):
    with pytest.raises(FileNotFoundError, match="absent/a.csv"):
        export(officer, village, tmp_path / "absent" / "a.csv", acting)
    assert not kept(Trail.objects.filter(verb="registers.register.exported"))


def test_a_folder_that_cannot_be_made_for_the_workbooks_is_said(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert cli.main(["forms", "xlsx", str(tmp_path / "file")]) == 2
    assert "file: there is a file of this name already." in capsys.readouterr().err
