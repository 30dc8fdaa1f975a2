import json
from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.config import tasks
from aanchal.core import anchors, trail
from aanchal.places import queries
from tests.factories import NOON


def write_and_anchor(folder, times: int = 3):
    for hour in range(times):
        with acting(SYSTEM):
            trail.write("tests.line", about=queries.nation())
        path = anchors.append(folder, at=NOON + timedelta(hours=hour))
    return path


def test_it_keeps_every_head_ever_anchored_and_they_fit_the_trail(db, tmp_path):
    path = write_and_anchor(tmp_path)
    heads = anchors.read(path)
    assert {(head["shard"], head["seq"]) for head in trail.heads() if head["seq"]} <= {(head["shard"], head["seq"]) for head in heads}
    assert trail.faults(heads) == []


def test_it_is_closed_to_other_users(db, tmp_path):
    path = write_and_anchor(tmp_path, 1)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def changed(line: str, **values) -> str:
    return json.dumps({**json.loads(line), **values})


@pytest.mark.parametrize(
    "tamper",
    [
        lambda lines: [changed(lines[0], at="2020-01-01T00:00:00+00:00"), *lines[1:]],
        lambda lines: [lines[0], changed(lines[1], heads=[]), lines[2]],
        lambda lines: [lines[0], lines[2]],
        lambda lines: lines[1:],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [*lines, lines[2]],
        lambda lines: [*lines, "{}"],
        lambda lines: [*lines, "nonsense"],
    ],
)
def test_it_refuses_anchors_that_were_tampered_with_and_does_not_write_on(db, tmp_path, tamper):
    path = write_and_anchor(tmp_path)
    path.write_text("".join(f"{line}\n" for line in tamper(path.read_text().splitlines())))
    with pytest.raises(anchors.NotOurs):
        anchors.read(path)
    before = path.read_bytes()
    with pytest.raises(anchors.NotOurs):
        anchors.append(tmp_path, at=NOON)
    assert path.read_bytes() == before


def test_it_goes_on_after_a_crash_cut_its_last_line_short(db, tmp_path):
    path = write_and_anchor(tmp_path)
    path.write_bytes(path.read_bytes()[:-30])
    assert len(path.read_bytes().splitlines()) == 3
    anchors.append(tmp_path, at=NOON)
    assert len(path.read_bytes().splitlines()) == 3
    assert trail.faults(anchors.read(path)) == []


def test_it_is_written_by_the_clock(db, tmp_path, settings):
    settings.DATA_FOLDER = tmp_path
    with acting(SYSTEM):
        trail.write("tests.line", about=queries.nation())
    tasks.write_anchors(timestamp=0)
    assert anchors.read(anchors.file(tmp_path))
