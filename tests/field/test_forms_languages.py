"""Every form speaks English, Hindi and Telugu throughout, and lint says where one does not."""

import re

import pytest
from lxml import etree

from aanchal.field import xlsforms

X = "{http://www.w3.org/2002/xforms}"
SCRIPTS = {"hi": re.compile("[\u0900-\u097f]"), "te": re.compile("[\u0c00-\u0c7f]")}
BROKEN = """
title: {en: 'Broken', hi: 'टूटा'}
version: '2026112201'
instance_name: concat('Broken ', ${today})
choices:
  half: {A: {en: 'A', hi: 'अ'}}
questions:
  - {name: nameless, type: text}
  - {name: half_said, type: text, label: {en: 'Half', hi: 'आधा'}}
  - {name: chosen, type: select_one, choices: half, label: {en: 'Choose', hi: 'चुनें', te: 'ఎంచుకోండి'}}
  - {name: lost, type: select_one, choices: nowhere, label: {en: 'Choose', hi: 'चुनें', te: 'ఎంచుకోండి'}}
  - {name: silent, type: integer, constraint: '. > 0', label: {en: 'Number', hi: 'संख्या', te: 'అంకె'}}
  - {name: counted, type: calculate, calculation: 'count(${member}[${age} < 18])'}
  - {name: silent, type: calculate, calculation: '1'}
"""


def _texts(form_id):
    yield xlsforms._source(form_id)["title"]
    for question in xlsforms.questions(form_id):
        yield from filter(None, (question.label, question.hint, question.message))
        yield from question.choices.values()


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_passes_its_own_lint(form_id):
    assert xlsforms.lint(form_id) == []


@pytest.mark.parametrize("form_id", xlsforms.sources())
@pytest.mark.parametrize("language", SCRIPTS)
def test_it_writes_each_language_in_its_own_script(form_id, language):
    others = [script for code, script in SCRIPTS.items() if code != language]
    for texts in _texts(form_id):
        assert SCRIPTS[language].search(texts[language]), texts
        assert not any(script.search(texts[language]) for script in others), texts
        assert not any(script.search(texts["en"]) for script in SCRIPTS.values()), texts


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_keeps_the_same_numbers_in_every_language(form_id):
    """A helpline or a limit must not change in translation."""
    for texts in _texts(form_id):
        numbers = [set(re.findall(r"\d{3,}", texts[language])) for language in xlsforms.LANGUAGES]
        assert numbers[0] == numbers[1] == numbers[2], texts


@pytest.mark.parametrize("form_id", xlsforms.sources())
def test_it_gives_the_phone_every_text_in_every_language(form_id):
    root = etree.fromstring(xlsforms.to_xform(form_id))
    ids = {t.get("lang"): {text.get("id") for text in t} for t in root.iter(f"{X}translation")}
    assert set(ids) == set(xlsforms.LANGUAGES.values())
    assert len({frozenset(each) for each in ids.values()}) == 1
    values = [value.text for value in root.iter(f"{X}value")]
    assert values
    assert "-" not in values  # what pyxform writes for a missing translation


def test_it_names_every_fault_of_a_broken_form(tmp_path, monkeypatch):
    (tmp_path / "shared").symlink_to(xlsforms.FORMS / "shared")
    (tmp_path / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    monkeypatch.setattr(xlsforms, "FORMS", tmp_path)
    assert xlsforms.lint("broken") == [
        "title: no te",
        "half.A: no te",
        "nameless: no label",
        "half_said: no label in te",
        "lost: no list nowhere",
        "silent: no message for its constraint",
        "counted: pyxform makes a reference inside [ ] of calculation absolute; write the bare name",
        "silent: asked twice",
    ]
