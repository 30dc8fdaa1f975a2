"""A paper is a real PDF: shaped letters, text that can be read out again, tables over pages, the same bytes for the same content."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
import uharfbuzz as hb
from PIL import Image

from aanchal.core import paper
from aanchal.core.paper import letters
from aanchal.core.paper.lines import Setting
from aanchal.core.paper.page import LEADING, SMALL, TALL
from aanchal.core.paper.widths import PAD, widths
from tests.paper_reading import contents, text_of, words

pytestmark = pytest.mark.skipif(not paper.are_here(), reason="the fonts are not here: script/setup")
AT = datetime(2026, 1, 1, 6, 30, tzinfo=UTC)
NAMES = {
    "Arab": "کٲشُرۋ ۋۅ", "Aran": "سنیتا دیوی ٹھاکر", "Mtei": "ꯃꯅꯤꯄꯨꯔ ꯏꯝꯐꯥꯜ", "Beng": "সুনীতা মুর্মু",
    "Deva": "सुनीता क्षत्रिय", "Gujr": "સુનીતા પટેલ", "Guru": "ਸੁਨੀਤਾ ਕੌਰ",
    "Knda": "ಸುನೀತಾ ಕೃಷ್ಣ", "Latn": "Suneeta Döe", "Mlym": "സുനിത കൃഷ്ണൻ", "Olck": "ᱥᱩᱱᱤᱛᱟ ᱢᱩᱨᱢᱩ", "Orya": "ସୁନୀତା ମୁର୍ମୁ",
    "Taml": "சுனிதா கிருஷ்ணன்", "Telu": "సునీత కృష్ణ",
}  # fmt: skip
SENTENCES = {"en": "Before the court, Rs 1,200", "hi": "क्षत्रिय विद्यार्थी द्वितीय श्री ज़िला", "te": "శ్రీ క్షి స్త్రీ ఫారమ్‌ మద్దతు"}


def made(language: str = "hi", rows: int = 3) -> paper.Paper:
    one = paper.Paper("न्यायालय के लिए", language, made_at=AT, foot="JH-1")
    one.facts([("Case", "JH-1"), ("जिला", "पाकुड़")])
    one.table(["नाम", "Number"], [[f"सुनीता {row}", str(row)] for row in range(rows)], numbers=[1])
    return one


def glyphs(text: str, script: str) -> list[int]:
    return [glyph.number for run in letters.shaped(text, False).runs for glyph in run.glyphs if run.font[0] == script]


@pytest.mark.parametrize(
    ("text", "script"), [("क्षि", "Deva"), ("श्री", "Deva"), ("र्कि", "Deva"), ("द्वि", "Deva"), ("క్షి", "Telu"), ("స్త్రీ", "Telu")]
)
def test_it_draws_conjuncts_as_harfbuzz_shapes_them_and_not_letter_by_letter(text, script):
    font = hb.Font(letters.face(script, False))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    apart = [font.get_nominal_glyph(ord(letter)) for letter in text]
    assert glyphs(text, script) == [info.codepoint for info in buffer.glyph_infos] != apart
    one = paper.Paper(text, "hi", made_at=AT)
    drawn = "".join(f"{info.codepoint:04X}" for info in buffer.glyph_infos[:1])
    assert f"<{drawn}" in contents(one.bytes())[0]


def test_the_short_i_stands_before_its_conjunct():
    assert glyphs("क्षि", "Deva")[0] != glyphs("क्षा", "Deva")[0]
    assert len(glyphs("क्ष", "Deva")) == 1


@pytest.mark.parametrize("language", SENTENCES)
def test_its_text_can_be_read_out_again(language):
    one = paper.Paper("T", language, made_at=AT)
    one.paragraph(SENTENCES[language])
    data = one.bytes()
    assert words(contents(data)[0]) == [word for word in SENTENCES[language].split() if not word.isascii()]
    assert SENTENCES[language] in text_of(data)


@pytest.mark.parametrize(("script", "name"), NAMES.items())
def test_a_name_in_any_script_of_ours_is_drawn_and_read_out_again(script, name):
    one = paper.Paper("T", "en", made_at=AT)
    one.paragraph(name)
    one.heading(name)
    assert not one.lost
    runs = [run for word in name.split() for run in letters.shaped(word, True).runs]
    assert {run.font[0] for run in runs} == {script}
    assert all(glyph.number for run in runs for glyph in run.glyphs)
    assert name in text_of(one.bytes())


@pytest.mark.parametrize(
    ("script", "conjunct"),
    [("Beng", "ক্ষি"), ("Gujr", "ક્ષિ"), ("Knda", "ಕ್ಷಿ"), ("Mlym", "ക്ഷേ"), ("Orya", "କ୍ଷି"), ("Taml", "கொ")],
)
def test_its_conjuncts_are_shaped_in_every_script(script, conjunct):
    font = hb.Font(letters.face(script, False))
    assert glyphs(conjunct, script) != [font.get_nominal_glyph(ord(letter)) for letter in conjunct]


def test_words_from_the_right_stand_from_the_right_and_their_numbers_do_not():
    one = paper.Paper("T", "en", made_at=AT)
    one.paragraph("Name سنیتا ۲۰۲۶ دیوی Ranchi")
    told = next(line for line in contents(one.bytes())[0].split("\n") if line.count(" Tm ") == 9)
    at = [float(place) for place in re.findall(r"1 0 0 1 ([\d.]+) [\d.]+ Tm", told)]
    name, _, first, _, year, _, last, _, city = at
    assert name < last < year < first < city
    assert "Name سنیتا ۲۰۲۶ دیوی Ranchi" in text_of(one.bytes())
    letters_of, numbers = letters.shaped("سن۲۶", False).runs
    assert [letters_of.glyphs[0].starts, letters_of.glyphs[-1].starts] == [1, 0]
    assert [numbers.glyphs[0].starts, numbers.glyphs[-1].starts] == [0, 1]


def test_a_line_in_nastaliq_is_tall_enough_and_one_without_is_not():
    at = {}
    for name in ("سنیتا", "سنیۋ", "Sunita"):
        one = paper.Paper("T", "en", made_at=AT)
        one.facts([("Name", name), ("Next", "line")])
        at[name] = one.y
    assert at["سنیتا"] - at["Sunita"] == pytest.approx(SMALL * (TALL - LEADING))
    assert at["سنیۋ"] == at["Sunita"]
    font = hb.Font(letters.face("Aran", False)).get_font_extents("ltr")
    assert (font.ascender - font.descender) / letters.face("Aran", False).upem <= TALL


def test_one_word_of_two_scripts_is_drawn_with_two_fonts():
    assert [script for script, _ in letters.scripts_of("NRLM-में")] == ["Latn", "Deva"]
    assert [part for _, part in letters.scripts_of("(क्षि)12")] == ["(", "क्षि", ")12"]
    assert list(letters.scripts_of("ఫారమ్\u200c।")) == [("Telu", "ఫారమ్\u200c।")]


def test_the_heads_of_a_long_table_stand_on_every_page():
    one = made(rows=150)
    pages = contents(one.bytes())
    assert len(pages) >= 4
    assert all("नाम" in words(page) for page in pages)
    rows = [word for page in pages for word in words(page) if word == "सुनीता"]
    assert len(rows) == 150


def test_a_row_longer_than_a_page_goes_on_on_the_next():
    one = paper.Paper("T", "hi", made_at=AT)
    one.table(["A", "B"], [["x", "शब्द " * 3000], ["y", "अंत"]])
    pages = contents(one.bytes())
    assert len(pages) > 2
    assert sum(words(page).count("शब्द") for page in pages) == 3000


def test_a_row_that_fits_on_one_page_is_never_cut():
    one = paper.Paper("T", "hi", made_at=AT)
    one.table(["A"], [["एक " * 400], ["दो " * 400], ["तीन " * 400], ["चार " * 400]])
    for word in ("एक", "दो", "तीन", "चार"):
        assert sorted(words(page).count(word) for page in contents(one.bytes()))[-1] == 400


def test_the_same_content_is_the_same_file():
    assert made().bytes() == made().bytes()
    assert made(rows=4).bytes() != made().bytes()


def test_it_says_its_title_language_and_structure_to_a_screen_reader():
    one = made("te")
    one.heading("शीर्षक")
    one.picture(png(), "एक तस्वीर", width=30)
    data = one.bytes()
    for told in (
        b"/Lang (te)",
        b"/DisplayDocTitle true",
        b"/MarkInfo << /Marked true >>",
        b"/S /H1",
        b"/S /H2",
        b"/S /TH",
        b"/S /TD",
        b"/S /Figure",
    ):
        assert told in data
    assert "न्यायालय के लिए".encode("utf-16-be").hex().upper().encode() in data
    assert "एक तस्वीर".encode("utf-16-be").hex().upper().encode() in data


def test_every_object_stands_where_the_table_of_the_file_says():
    data = made().bytes()
    start = int(re.search(rb"startxref\n(\d+)\n", data).group(1))
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n ", data[start:])]
    assert places
    for number, place in enumerate(places, 1):
        assert data[place:].startswith(f"{number} 0 obj\n".encode())


def test_its_fonts_hold_only_the_letters_used():
    assert len(made().bytes()) < 80_000


def test_a_word_wider_than_its_column_is_cut_between_clusters():
    setting = Setting()
    long = "क्षत्रियविद्यार्थी" * 8
    lines = setting.lines(long, size=10, width=60)
    assert len(lines) > 5
    assert "".join(word.text for line in lines for word in line) == long
    assert all(setting.length(line, 10) <= 60 for line in lines)
    assert not any(word.text[0] in "\u094d\u093f\u0940\u093e" for line in lines for word in line)


def test_letters_of_other_scripts_are_told_to_the_one_who_prints():
    one = made()
    assert not one.lost
    one.paragraph("བོད་ཡིག")
    assert one.lost >= {"བ", "ཡ"}


def test_bytes_that_are_no_picture_are_refused():
    with pytest.raises(OSError, match="cannot identify"):
        made().picture(b"no picture", "x")


def test_a_table_without_rows_and_an_empty_cell_are_drawn():
    one = paper.Paper("T", "en", made_at=AT)
    one.facts([])
    one.table(["A", "B"], [])
    one.table(["A", "B"], [["", "b"]])
    assert len(contents(one.bytes())) == 1


def test_without_its_fonts_it_says_what_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr(letters, "FONTS", tmp_path)
    letters.face.cache_clear()
    letters._font.cache_clear()
    assert not paper.are_here()
    with pytest.raises(paper.FontsMissing, match="script/setup"):
        made()


def png() -> bytes:
    made = BytesIO()
    Image.new("RGBA", (30, 20), (200, 80, 80, 120)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("heading", ["లక్ష్యం", "लक्ष्य", "Target"])
def test_no_column_is_narrower_than_its_longest_word(heading):
    """By rounding neither: a word exactly as wide as its column is not broken."""
    setting = Setting()
    for long in ("word " * n for n in range(1, 40)):
        found = widths(setting, [["A title", heading, "Peers together"], [long, "–", "65.0"]], size=8.0, room=495.0)
        assert len(setting.lines(heading, size=8.0, width=found[1] - 2 * PAD, bold=True)) == 1
