"""`aanchal import places … --dry-run` says what all the files together would do, and does none of it."""

import pytest

from aanchal.config import directory_import
from aanchal.places.models import Place
from aanchal.places.terms import Level

FILES = {
    "blocks.csv": "state_lgd,district_lgd,lgd_code,name\n22,9001,9101,TOKAPAL\n22,9002,9102,NOWHERE\n",
    "districts.csv": "state_lgd,lgd_code,name\n22,9001,BASTAR\n",
}


@pytest.fixture
def files(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in FILES]


def test_the_smaller_places_are_laid_upon_the_larger_of_the_same_run(db, files, capsys):
    assert directory_import.run(files, level=None, dry=True) == 1
    said = capsys.readouterr()
    assert "districts.csv: 1 rows of District: 1 new, 0 updated, 0 unchanged, 0 bad (nothing is changed: --dry-run)" in said.out
    assert "blocks.csv: 2 rows of Block: 1 new, 0 updated, 0 unchanged, 1 bad (nothing is changed: --dry-run)" in said.out
    assert "line 3: District 9002 is not in the directory" in said.err
    assert not Place.objects.filter(level__in=(Level.DISTRICT, Level.BLOCK)).exists()


def test_a_file_that_cannot_be_read_leaves_the_others_to_be_rehearsed(db, files, tmp_path, capsys):
    (tmp_path / "other.csv").write_text("nothing\n", encoding="utf-8")
    assert directory_import.run([tmp_path / "other.csv", files[1]], level=None, dry=True) == 2
    assert "districts.csv: 1 rows of District: 1 new" in capsys.readouterr().out


def test_the_run_itself_writes_them(db, files):
    assert directory_import.run(files, level=None, dry=False) == 1
    assert [one.name for one in Place.objects.filter(level__in=(Level.DISTRICT, Level.BLOCK)).order_by("place_no")] == ["Bastar", "Tokapal"]
