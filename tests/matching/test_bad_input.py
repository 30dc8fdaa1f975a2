"""Whatever a file holds: no crash, no quadratic time, and an account of what was set aside."""

import json
from argparse import ArgumentParser
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aanchal.config.commands import match_command
from aanchal.matching.engine import asking, files, kernel, matching, model, running
from aanchal.matching.engine.evaluating import figures, truth

WORST = ["", " ", "A", "😀😀", "x" * 500, "gaikwadपुरम", "Pooja Kumari", "\u200d", "नं", None, "1234", "O'Brien-खान"]


def people(side: str, count: int, **columns) -> pa.Table:
    day = "date_missing" if side == "missing" else "date_found"
    told = {
        "id": [f"{side[0]}{n}" for n in range(count)], "name": ["Pooja Kumari"] * count, "father": ["Ramesh"] * count,
        "mother": [None] * count,
        "alias": [None] * count, "sex": [1] * count, "age": [15] * count, day: [date(2024, 1, 1 if side == "missing" else 31)] * count,
        "home_state": [10] * count, "home_district": [200] * count, "home_block": [-1] * count,
        "village": [""] * count, "langs": ["hi"] * count,
        "height": [150.0] * count, "marks": [""] * count, "script": ["Latn"] * count,
    }  # fmt: skip
    return pa.table(told | columns)


def run(folder, missing, found, pairs=()):
    for side, table in (("missing", missing), ("found", found)):
        pq.write_table(table, folder / f"{side}.parquet")
    made = running.run(folder / "missing.parquet", folder / "found.parquet", model.load(), files.mapping(None), threads=1)
    told = pa.table(
        {"mid": [m for m, _ in pairs], "fid": [f for _, f in pairs]}, schema=pa.schema({"mid": pa.string(), "fid": pa.string()})
    )
    return made, figures(made.pairs, truth(told, made.people.missing, made.people.found), len(made.people.missing), len(made.people.found))


def test_every_kind_of_bad_name_is_read(tmp_path):
    made, _ = run(tmp_path, people("missing", len(WORST), name=WORST), people("found", len(WORST), name=WORST))
    assert made.people.aside["missing: no name that can be read"] == 6
    assert len(made.pairs)


def test_what_cannot_be_is_set_aside_and_counted(tmp_path):
    missing = people("missing", 4, age=[150, -3, 15, None], height=[999.0, 150.0, None, 1.0], id=["m1", "m1", "m2", "m3"])
    made, _ = run(tmp_path, missing, people("found", 2))
    assert made.people.aside["missing: id twice"] == 1
    assert made.people.aside["missing: age that cannot be"] == 1
    assert made.people.aside["missing: height that cannot be"] == 2


def test_someone_found_before_she_was_missed_is_no_candidate(tmp_path):
    made, _ = run(tmp_path, people("missing", 1, date_missing=[date(2025, 1, 1)]), people("found", 1, date_found=[date(2020, 1, 1)]))
    assert not len(made.pairs)


def test_dates_and_numbers_as_text_are_read_or_counted(tmp_path):
    missing = people("missing", 4, date_missing=["2024-01-01", "31/12/2023", "2024-02-31", ""], age=["15", "fifteen", "", None])
    made, _ = run(tmp_path, missing, people("found", 1))
    assert made.people.aside["missing: date that cannot be read"] == 2
    assert made.people.aside["missing: number that cannot be read"] == 1


@pytest.mark.parametrize(("missing", "found"), [(1, 0), (0, 1)])
def test_nobody_on_the_other_side_is_an_answer(tmp_path, missing, found):
    run(tmp_path, people("missing", missing), people("found", found))
    sides = [tmp_path / "missing.parquet", tmp_path / "found.parquet"]
    assert asking.one(*sides, "m0" if missing else "f0", model.load(), files.mapping(None))["best"] == []


def test_people_of_whom_nothing_but_an_id_is_known_are_no_pair(tmp_path):
    made, _ = run(tmp_path, pa.table({"id": ["m1", "m2"]}), pa.table({"id": ["f1"]}))
    assert not len(made.pairs)
    assert made.people.aside["missing: no name that can be read"] == 2


def test_a_file_that_calls_two_columns_the_same_is_refused(tmp_path):
    path = tmp_path / "missing.csv"
    path.write_text("id,name,name\nm1,Sita,Gita\n", encoding="utf-8")
    with pytest.raises(files.CannotRead, match="more than one column is called name"):
        files.people(path, "missing", files.mapping(None))


def test_nobody_at_all_is_an_answer(tmp_path):
    made, told = run(tmp_path, people("missing", 0), people("found", 0))
    assert (len(made.pairs), told["recall_at_10"]) == (0, 0.0)


def test_of_a_register_of_one_name_only_so_many_are_looked_at(tmp_path):
    count, most = 6_000, 9_000
    made, _ = run(tmp_path, people("missing", count), people("found", 50))
    index = made.searcher.index
    starts, probes = index.probes(made.people.found, made.searcher.codes)
    whole = _people(index, starts, probes)
    kept = kernel.looked_at(starts, probes, index.starts, index.worth, most)
    assert _people(index, starts, np.where(kept, probes, -1)).max() <= most < whole.min()
    assert made.people.aside["not looked at, too many alike: given name"] > 0


def test_whose_keys_were_not_all_looked_at_is_counted(tmp_path):
    made, _ = run(tmp_path, people("missing", 3_000), people("found", 50))
    rows, _bits, short = made.searcher.best(made.people.found, asked_are_found=True, effort=matching.Effort(looked=5_000))
    assert short == 50
    assert (rows[:, 0] >= 0).all()


def _people(index, starts, probes):
    """How many people of the index each one asked about would look at; -1 is a key not looked at."""
    sizes = np.append(np.diff(index.starts), 0)
    return np.add.reduceat(sizes[probes], starts[:-1])


def test_the_right_one_of_many_namesakes_comes_first(tmp_path):
    count = 3_000
    districts = list(np.arange(count) + 1)
    missing = people("missing", count, home_district=districts)
    found = missing.slice(1234, 1).rename_columns([name.replace("date_missing", "date_found") for name in missing.column_names])
    _, told = run(tmp_path, missing, found, [("m1234", "m1234")])
    assert told["recall_at_1"] == 1.0


@pytest.mark.parametrize("content", [b"not a table", b""])
def test_a_file_that_is_none_is_said_so(tmp_path, content):
    (tmp_path / "missing.parquet").write_bytes(content)
    with pytest.raises(files.CannotRead):
        files.people(tmp_path / "missing.parquet", "missing", files.mapping(None))


def test_csv_under_other_names_is_read_by_a_mapping(tmp_path):
    (tmp_path / "columns.yaml").write_text("missing:\n  id: REPORT\n  name: FULL_NAME\n  date: SINCE\n")
    (tmp_path / "missing.csv").write_text("REPORT,FULL_NAME,SINCE,age\nr1,Aparna Mahato,2024-02-01,15\n")
    table, aside = files.people(tmp_path / "missing.csv", "missing", files.mapping(tmp_path / "columns.yaml"))
    assert (table["name"].to_pylist(), table["age"].to_pylist()) == (["Aparna Mahato"], [15.0])
    assert aside["no column father"] == 1
    assert not {"no column name", "no column REPORT", "no column age"} & aside.keys()


def match(*words) -> int:
    parser = ArgumentParser()
    match_command.arguments(parser)
    return match_command.run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def folder(tmp_path):
    """Missing people, found people and true pairs of them, as `data/linkage` has them."""
    for side in ("missing", "found"):
        pq.write_table(people(side, 3, name=["Aparna Mahato", "Lata Bai", "Sita Kumari"]), tmp_path / f"{side}.parquet")
    pq.write_table(pa.table({"mid": ["m0", "m0", "m1", "zz"], "fid": ["f0", "f0", "f1", None]}), tmp_path / "truth.parquet")
    return tmp_path


def test_of_true_pairs_each_counts_once_and_who_is_in_no_file_is_told(folder, capsys):
    assert match("evaluate", folder, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["true_pairs"] == 3
    assert told["recall_at_1"] == pytest.approx(2 / 3)
    assert told["set_aside"] == {"truth: pair twice": 1, "truth: pair of people who are not in the files": 1}


NO_MODEL, NO_YAML = "this is no model", "this is not YAML"
WRONG = [
    (["evaluate"], {"truth.parquet": None}, "Not there: "),
    (["evaluate"], {"truth.parquet": pa.table({"a": ["m0"]})}, "no column mid; it has a"),
    (["evaluate"], {"missing.parquet": people("missing", 3).drop_columns(["id"])}, "no column id; it has name"),
    (["evaluate"], {"missing.parquet": people("missing", 3, name=[{"is": 1}] * 3)}, "column name (struct"),
    (["evaluate", "--card", "{}/nowhere/card.md"], {}, "there is no folder"),
    (["batch", "--out", "{}/nowhere/pairs.parquet"], {}, "there is no folder"),
    (["batch", "--out", "{}/pairs", "--model", "{}/odd"], {"odd": b"{}"}, NO_MODEL),
    (["batch", "--out", "{}/pairs", "--model", "{}/odd"], {"odd": b"not JSON"}, NO_MODEL),
    (["batch", "--out", "{}/pairs", "--columns", "{}/odd"], {"odd": b": : :\n\t- x"}, NO_YAML),
    (["batch", "--out", "{}/pairs", "--columns", "{}/odd"], {"odd": b"missing: {nmae: name}"}, "missing has no column nmae"),
    (["one", "--id", "nobody"], {}, "has the id nobody"),
    (["train", "--out", "{}/model.json"], {}, "at least 40 are needed"),
]


@pytest.mark.parametrize(("words", "put", "said"), WRONG, ids=lambda told: told if isinstance(told, str) else None)
def test_the_command_says_what_is_wrong(folder, capsys, words, put, said):
    for name, content in put.items():
        if content is None:
            (folder / name).unlink()
        elif isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            pq.write_table(content, folder / name)
    assert match(words[0], folder, *(word.format(folder) for word in words[1:])) in (1, 2)
    assert said in capsys.readouterr().err


def test_languages_in_a_list_are_read(tmp_path):
    pq.write_table(people("missing", 2, langs=[["hi", "bn"], None]), tmp_path / "missing.parquet")
    assert files.people(tmp_path / "missing.parquet", "missing", files.mapping(None))[0]["langs"].to_pylist() == ["hi|bn", None]


def test_effort_is_bounded_for_the_nation():
    assert running.effort_for(1_000_000).gathered <= matching.Effort().gathered
