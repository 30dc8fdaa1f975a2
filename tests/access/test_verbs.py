"""What the trail says is said in words."""

import ast
import re
from pathlib import Path

import pytest

from aanchal.access.details import KEYS, in_words
from aanchal.access.terms import READINGS
from aanchal.access.verbs import VERBS
from aanchal.core.models import Trail

WRITTEN = re.compile(r'trail\.write\(\s*(f?)"([a-z_]+(?:\.[^"\s]+)+)"')
TOLD = re.compile(r"\{[^}]*\}")


def written() -> dict[str, str]:
    """Verb, or pattern of one, -> a file that writes it."""
    found = {}
    for path in Path("aanchal").rglob("*.py"):
        for filled, verb in WRITTEN.findall(path.read_text()):
            found["[a-z_]+".join(map(re.escape, TOLD.split(verb))) if filled else re.escape(verb)] = str(path)
    return found


def test_every_verb_that_an_action_writes_has_its_words():
    """Of a verb that is put together at least one form has."""
    found = written()
    assert len(found) > 300
    assert [(verb, path) for verb, path in sorted(found.items()) if not any(re.fullmatch(verb, known) for known in VERBS)] == []


def keys_written() -> dict[str, str]:
    """Key of a detail -> a file that writes it."""
    found = {}
    for path in Path("aanchal").rglob("*.py"):
        calls = [one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Call)]
        writes = [one for one in calls if ast.unparse(one.func) == "trail.write"]
        found |= {word.arg: str(path) for one in writes for word in one.keywords if word.arg not in (None, "about", "place_no")}
    return found


def test_every_detail_that_an_action_writes_has_its_words():
    found = keys_written()
    assert len(found) > 100
    assert {key: path for key, path in found.items() if key not in KEYS} == {}


REPORTED = [
    ("tracking.Search", {"state": "WITH_AHTU", "outcome": ""}, "state With the AHTU"),
    ("registers.Entry", {"register": "MISSING"}, "register Missing person register"),
    ("matching.Candidate", {"answer": "SAME", "reasons": ["NAME", "AGE"]}, "answer The same person, why The name, The age"),
    ("matching.FoundPerson", {"changed": ["home_id", "years"]}, "changed comes from, age"),
    ("registers.Entry", {"reason": "LINK_CONFIRMED"}, "why two people agree that she was found"),
    ("rescue.Rescued", {"is_child": True, "basis": "NOT_A_CODE_OF_OURS"}, "a child yes, basis NOT_A_CODE_OF_OURS"),
    ("places.Place", {"paise": 150_000_00, "until": "2026-05-09"}, "amount ₹1,50,000, until 9 May 2026"),
    ("places.Place", {"until": "2026-02-31", "new": {"rows": 3}}, "until 2026-02-31, new rows 3"),
]


@pytest.mark.parametrize(("about", "detail", "said"), REPORTED)
def test_a_code_in_a_detail_is_said_in_words(about, detail, said):
    assert in_words(Trail(about=about, detail=detail)) == said


def test_every_reading_has_its_words():
    assert set(READINGS) <= VERBS.keys()
