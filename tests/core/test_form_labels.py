"""A button says what its own form does: the words of one form do not stand on the next."""

import re
from pathlib import Path

import pytest

PARTS = re.compile(r'{% (?:translate|blocktranslate)[^%]*as submit_label %}|{% include "aanchal/form.html"[^%]*%}')
TEMPLATES = [path for path in Path("aanchal").rglob("templates/**/*.html") if "aanchal/form.html" in path.read_text()]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_button_has_the_words_of_another_form(path):
    stands = said = False
    for part in PARTS.findall(path.read_text()):
        if "as submit_label" in part:
            stands, said = True, False
        elif "submit_label=" not in part:
            assert not (stands and said), part
            said = True
