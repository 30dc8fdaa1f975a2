"""Every rule shows what it does; the keys of one name are the same in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.core.scripts import LETTERS, romanise, script_of
from aanchal.matching import names
from aanchal.matching.spelling import FOLD, SKELETON, SOFT, fold, skeleton

WRITTEN = [
    ("Aparna Mahato", "অপর্ণা মাহাতো"),
    ("Shabana", "शबाना"),
    ("Shabana", "ਸ਼ਬਾਨਾ"),
    ("Shabana", "શબાના"),
    ("Tanuja", "ତନୁଜା"),
    ("Kumari Lata", "కుమారి లత"),
    ("Sharada", "ಶಾರದಾ"),
    ("Ravindran", "ரவீந்திரன்"),
    ("Priya", "പ്രിയ"),
    ("Krishna", "कृष्ण"),
    ("Salma", "سلمہ"),
    ("Parvin", "پروین"),
]


@pytest.mark.parametrize("rule", [*FOLD, SOFT, *SKELETON], ids=lambda rule: rule.pattern)
def test_it_does_what_its_example_says(rule):
    assert rule.hint in rule.before
    assert rule.apply(rule.before) == rule.after


@pytest.mark.parametrize(("latin", "native"), WRITTEN)
def test_it_gives_the_same_skeleton_in_every_script(latin, native):
    assert names.read(native).given_key == names.read(latin).given_key


@pytest.mark.parametrize("title", ["Kumari", "Km.", "Smt", "Md", "कुमारी", "Devi"])
def test_a_title_changes_no_key(title):
    assert names.read(f"{title} Aparna Mahato").given_key == names.read("Aparna Mahato").given_key


def test_the_order_of_the_words_does_not_matter_to_the_whole_name():
    assert names.read("Mahato Aparna").joined_key == names.read("Aparna Mahato").joined_key


def test_two_words_written_as_one_part_at_a_known_family_name():
    families = frozenset({fold("gogoi")})
    assert names.read("Jagdishgogoi", families).given == names.read("Jagdish Gogoi", families).given


def test_it_finds_the_given_name_behind_the_family_name():
    families = frozenset({fold("tirki")})
    assert names.read("तीर्की वंशी", families).given == names.read("वंशी तीर्की", families).given


@pytest.mark.parametrize("text", ["", "  ", "😀😀", "12345", "///", "\u200d\u200c", "।", None])
def test_what_is_no_name_gives_no_key(text):
    assert names.read(text) == names.NOTHING


@given(st.text(max_size=600))
def test_any_text_is_read_without_failing(text):
    read = names.read(text)
    assert all(len(part) <= 64 for part in read)
    assert set(read.given_key) <= set("ahklmnprst")


@given(st.sampled_from(["aparna", "shabana", "gita", "laxmi", "prasad", "rukhsar"]), st.data())
def test_a_letter_written_twice_changes_no_skeleton(word, data):
    at = data.draw(st.integers(1, len(word) - 1))
    doubled = word[:at] + word[at] + word[at:]
    if word[at] not in "aeiou":
        assert skeleton(fold(doubled)) == skeleton(fold(word))


@pytest.mark.parametrize(
    ("text", "script"), [("राम", "Deva"), ("Ram", "Latn"), ("سلمہ", "Arab"), ("മീന", "Mlym"), ("😀", "Zyyy"), ("gaikwadपुरम", "Latn")]
)
def test_it_names_the_script(text, script):
    assert script_of(text) == script


def test_every_brahmic_consonant_has_latin_letters():
    assert all(latin for kind, latin in LETTERS.values() if kind == "c")


def test_both_scripts_of_a_mixed_word_are_read():
    assert romanise("gaikwadपुरम") == "gaikwadpurama"
