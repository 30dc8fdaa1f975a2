"""The real tables load and are checked; the error that is known to be in them is found and named."""

import shutil
from pathlib import Path

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.nodal import ncrb, queries
from aanchal.nodal.models import Published
from aanchal.places.models import Place
from aanchal.places.queries import nation

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "ncrb"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no public tables beside the repository")


@pytest.fixture(scope="module")
def found():
    return ncrb.read(FOLDER)


def test_every_table_is_read(found):
    assert len(found.files) == len(list(FOLDER.glob("*.csv"))) == 9
    total = {(row.edition, row.head): 0 for row in found.rows}
    for row in found.rows:
        if row.level != "NATION":
            total[row.edition, row.head] += row.value
    assert total["NCRB_2018", "cases_total"] == 2_465
    assert total["NCRB_2018", "rescued_total"] == 5_264
    assert total["NCRB_2018", "victims_total"] == 5_689
    assert total["NCRB_2016", "victims_total"] == 15_379
    assert sum(n for (edition, head), n in total.items() if edition == "NCRB_2016" and head.startswith("purpose_")) == 22_697
    assert (total["NCRB_MISSING_2021", "missing_total"], total["NCRB_MISSING_2022", "missing_total"]) == (77_535, 83_220)


def test_the_known_error_is_named_beside_the_one_other_that_is_there(found):
    wrong = [one for one in found.problems if one.doubt in ("SUM", "NATION")]
    assert [(one.file, one.line, one.label, one.words) for one in wrong] == [
        ("2018_victims_trafficked_state.csv", 20, "Delhi UT", "below 18: male 99 and female 531 add up to 630, the print says 432"),
        ("missing_persons_2021_2022_district.csv", 1791, "Delhi: South", "transgender: the age bands add up to 10, the print says 0"),
    ]
    assert {one.label for one in found.problems if one.doubt == "PART"} == {"Goa", "Uttarakhand", "West Bengal"}


def test_a_table_without_a_column_or_with_letters_is_refused_by_name(tmp_path):
    for name in ("2018_cases_state.csv",):
        shutil.copy(FOLDER / name, tmp_path / name)
    path = tmp_path / "2018_cases_state.csv"
    path.write_text(path.read_text().replace("Cases Reported", "Cases"))
    with pytest.raises(ncrb.CannotRead, match="no column Cases Reported"):
        ncrb.read(tmp_path)
    path.write_text("State/UT,Cases Reported\nGoa,many\n")
    with pytest.raises(ncrb.CannotRead, match="line 2: “many” is no count"):
        ncrb.read(tmp_path)


def test_they_are_kept_once_with_their_doubt_and_shown_with_their_breaks(india, found, posted):
    states = [row for row in found.rows if row.level != "DISTRICT"]
    some = ncrb.Found(states, found.problems, found.files)
    with acting(SYSTEM):
        assert ncrb.rehearse(found=some, by=SYSTEM) == (len(states), [])
        assert Published.objects.count() == 0
        for _twice in range(2):
            assert ncrb.load(found=some, by=SYSTEM) == (len(states), [])
        assert Published.objects.count() == len(states)
        doubted = Published.objects.filter(doubt="SUM")
        assert {(one.label, one.head.key) for one in doubted} == {
            ("Delhi UT", "victims_girls"), ("Delhi UT", "victims_boys"), ("Delhi UT", "victims_total"),
        }  # fmt: skip
        dadra = Place.objects.get(level="STATE", lgd_code=38)
        assert Published.objects.filter(place=dadra, head__key="cases_total").count() == 2
    reader = posted("national_analyst", "nation")
    with acting(reader):
        points = queries.series(reader, "victims_total", nation())
    assert [(point.starts_on.year, point.value, point.is_break) for point in points] == [(2016, 15_379, False), (2018, 5_689, True)]


def test_names_that_are_no_place_are_told(india, found):
    [row] = [row for row in found.rows if row.level == "DISTRICT"][:1]
    with acting(SYSTEM):
        assert ncrb.load(found=ncrb.Found([row], [], [row.file]), by=SYSTEM) == (0, [row.label])
