"""The frame of every page: light, safe under a strict content policy, in the reader's language."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

ROOT = Path(__file__).parents[2] / "aanchal"
STATIC = ROOT / "core/static/aanchal"
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
INLINE = re.compile(r"""\sstyle=|\son(?!e=)[a-z]+=|<style|<script(?![^>]*\ssrc=)|(?:src|href|action)=["']?(?:javascript:|//)""", re.I)


@pytest.fixture(autouse=True)
def _without_collected_files(settings) -> None:
    """The names of static files as they are, so that no test waits for collectstatic."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_has_nothing_inline_and_nothing_from_elsewhere(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


def test_it_would_notice_what_is_inline() -> None:
    samples = ['<p style="">', "<b onclick=x>", "<script>", "<style>", '<a href="javascript:x">', "<img src=//x>"]
    assert all(INLINE.search(sample) for sample in samples)


def test_it_loads_no_font_and_no_picture_by_address() -> None:
    css = (STATIC / "aanchal.css").read_text()
    assert "@font-face" not in css
    assert "url(" not in css
    assert "@import" not in css


@pytest.mark.parametrize(("name", "most"), [("aanchal.css", 8192), ("aanchal.js", 3072)])
def test_it_stays_light(name: str, most: int) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes())) <= most


@pytest.mark.parametrize("language", ["en", "hi", "te"])
def test_it_speaks_the_language_of_the_reader(language: str, rf) -> None:
    with translation.override(language):
        page = render_to_string("aanchal/base.html", {"heading": "H"}, rf.get("/"))
    assert f'<html lang="{language}" dir="ltr" data-theme="auto">' in page


def test_it_turns_round_for_urdu(rf) -> None:
    with translation.override("ur"):
        assert 'dir="rtl"' in render_to_string("aanchal/base.html", {}, rf.get("/"))


@pytest.mark.parametrize("number", ["1098", "181", "112"])
@pytest.mark.parametrize("page", ["404.html", "500.html"])
def test_it_always_has_help_at_hand(page: str, number: str, rf) -> None:
    assert f'href="tel:{number}"' in render_to_string(page, {}, rf.get("/"))


def test_it_shows_a_place_out_of_reach_as_a_place_that_is_not(rf) -> None:
    pages = [render_to_string(f"{code}.html", {}, rf.get("/x")) for code in (403, 404)]
    one, other = (re.sub(r"\b\w{64}\b", "token", page) for page in pages)
    assert one == other


@pytest.mark.parametrize("page", ["400.html", "500.html", "403_csrf.html"])
def test_it_says_kind_words_even_when_nothing_else_works(page: str) -> None:
    assert "<h1>" in render_to_string(page)


def test_it_keeps_four_places_in_reach_of_a_thumb(rf) -> None:
    items = [{"url": f"/{n}", "label": f"L{n}", "icon": "map", "is_current": n == 5} for n in range(6)]
    page = render_to_string("aanchal/navigation.html", {"navigation": items})
    assert page.count('class="far"') == 3
    assert "More" in page
    assert 'class="more"' in page


def test_it_moves_what_a_desk_has_no_room_for_under_more(rf) -> None:
    items = [{"url": f"/{n}", "label": f"L{n}", "icon": "map", "is_current": False, "is_beyond": n > 4} for n in range(8)]
    page = render_to_string("aanchal/navigation.html", {"navigation": items})
    assert page.count('class="far all"') == 3
    assert 'class="more all"' in page
    assert page.count('class="near"') == 2


def test_it_needs_no_more_for_four(rf) -> None:
    items = [{"url": f"/{n}", "label": f"L{n}", "icon": "map", "is_current": False} for n in range(4)]
    assert "More" not in render_to_string("aanchal/navigation.html", {"navigation": items})


def test_it_marks_synthetic_data(rf) -> None:
    assert "Synthetic" in render_to_string("aanchal/foot.html", {"is_demo": True})
    assert "Synthetic" not in render_to_string("aanchal/foot.html", {"is_demo": False})


def test_it_offers_a_quick_exit_only_in_public(rf) -> None:
    assert "data-exit" in render_to_string("aanchal/base.html", {"is_public": True}, rf.get("/"))
    assert "data-exit" not in render_to_string("aanchal/base.html", {}, rf.get("/"))


def test_it_keeps_no_page_in_the_browsers_store(rf) -> None:
    assert '"historyCacheSize":0' in render_to_string("aanchal/base.html", {}, rf.get("/"))
    assert "torage" not in (STATIC / "aanchal.js").read_text()
