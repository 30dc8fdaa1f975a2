"""Indicators are data: every one of the list is here, said in three languages, computed from known measures or saying why not."""

import copy
import csv
from pathlib import Path

import pytest
import yaml

from aanchal.config.commands import indicators_command
from aanchal.insight import terms
from aanchal.insight.actions import Refused, load_definitions
from aanchal.insight.definition import BETTER, EVERY, LACKS, SHIPPED, UNITS, DefinitionError, read
from aanchal.insight.measures import MEASURES
from aanchal.insight.models import Definition
from aanchal.insight.releasing import PUBLIC
from aanchal.insight.words import MEASURES as WORDS

LIST = Path(__file__).resolve().parents[3] / "shared" / "domain" / "indicators.csv"
CONTENT = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))


def written(tmp_path, **changes):
    content = copy.deepcopy(CONTENT)
    content["indicators"]["PRV03"] |= changes
    path = tmp_path / "indicators.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.skipif(not LIST.exists(), reason="THE LIST OF INDICATORS IS NOT HERE: ../shared/domain")
def test_every_indicator_of_the_list_is_here():
    with LIST.open(encoding="utf-8") as source:
        codes = {row["id"] for row in csv.DictReader(source)}
    found = read(SHIPPED, MEASURES)
    assert {one.code for one in found} == codes
    assert len(codes) == 71


def test_what_is_computed_is_counted_and_what_is_not_says_why():
    for one in read(SHIPPED, MEASURES):
        assert bool(one.numerator) != bool(one.lacks), one.code
    assert sum(bool(one.numerator) for one in read(SHIPPED, MEASURES)) == 70


def test_the_words_of_the_data_are_those_of_the_pages():
    assert set(UNITS) == set(terms.Unit.values)
    assert set(BETTER) == set(terms.Better.values)
    assert set(EVERY) == set(terms.Every.values)
    assert set(LACKS) == set(terms.Lack.values)
    assert {one.code[:3] for one in read(SHIPPED, MEASURES)} == set(terms.Domain.values)


def test_every_public_table_has_its_words():
    assert set(PUBLIC) == WORDS.keys()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"counts": ["forces_met", "nobody"]}, "PRV03: unknown measure 'nobody'"),
        ({"unit": "MILES"}, "PRV03: unit is 'MILES'"),
        ({"lacks": "INCOME"}, "PRV03: either what it counts, or why"),
        ({"counts": ["days_to_fir", "forces"]}, "PRV03: what is typical stands over those of whom it is"),
        ({"counts": ["forces"]}, "PRV03: a share needs two measures"),
        ({"title": {"en": "Task forces"}}, "PRV03: no title in hi"),
        ({"levels": ["VILLAGE"]}, "PRV03: unknown level 'VILLAGE'"),
    ],
)
def test_a_faulty_file_is_refused_naming_the_fault(tmp_path, changes, said):
    with pytest.raises(DefinitionError, match=said):
        read(written(tmp_path, **changes), MEASURES)


@pytest.mark.django_db
def test_a_change_of_meaning_needs_a_new_version(acting, monkeypatch, tmp_path):
    from aanchal.access.acting import SYSTEM
    from aanchal.insight import actions

    monkeypatch.setattr(actions, "SHIPPED", written(tmp_path, counts=["forces", "forces_met"]))
    with acting(SYSTEM), pytest.raises(Refused, match="changed:PRV03"):
        load_definitions(by=SYSTEM)
    monkeypatch.setattr(actions, "SHIPPED", written(tmp_path, counts=["forces", "forces_met"], version=2))
    with acting(SYSTEM):
        assert load_definitions(by=SYSTEM) == 1
    assert Definition.objects.filter(code="PRV03").count() == 2


def test_no_month_is_misread():
    assert indicators_command.run(type("Options", (), {"verb": "compute", "month": "April"})) == 2


def test_a_month_to_come_is_not_counted(db, capsys, monkeypatch):
    from aanchal.config import cli

    monkeypatch.setattr(cli, "ready", lambda: None)
    assert indicators_command.run(type("Options", (), {"verb": "compute", "month": "9998-12"})) == 2
    assert "9998-12 has not begun" in capsys.readouterr().err


def test_comparing_lists_starts_no_database(tmp_path, capsys, monkeypatch):
    from aanchal.config import cli

    monkeypatch.setattr(cli, "ready", None)
    path = tmp_path / "list.csv"
    path.write_text("id,indicator\n" + "".join(f"{code},\n" for code in CONTENT["indicators"]) + "ABC01,\n", encoding="utf-8")
    assert indicators_command.run(type("Options", (), {"verb": "compare", "file": path})) == 1
    told = capsys.readouterr().out
    assert "72 in list.csv, 71 here, 70 computed" in told
    assert "ABC01: only there" in told
    assert "LIV07 Change of income after a year of the plan: INCOME" in told
