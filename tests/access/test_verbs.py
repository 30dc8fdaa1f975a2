"""What the trail says is said in words."""

import re
from pathlib import Path

from aanchal.access.terms import READINGS
from aanchal.access.verbs import VERBS

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


def test_every_reading_has_its_words():
    assert set(READINGS) <= VERBS.keys()
