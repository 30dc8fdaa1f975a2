"""The page of the app, its service worker, its manifest: public, without anybody's data, under a strict policy."""

import json

import pytest
from django.test import Client

from aanchal.field import app_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(monkeypatch, tmp_path):
    told = {
        "main.js": {"file": "main-a1.js", "isEntry": True, "css": ["main-b2.css"], "dynamicImports": ["form/engine.js"]},
        "form/engine.js": {"file": "engine-c3.js", "isDynamicEntry": True},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    monkeypatch.setattr(app_pages, "BUILT", tmp_path)


def test_the_page_starts_the_app_and_holds_nothing_inline(built):
    answer = Client().get("/field/")
    page = answer.content.decode()
    assert '<script type="module" src="/static/field/app/main-a1.js"></script>' in page
    assert '<link rel="stylesheet" href="/static/field/app/main-b2.css">' in page
    assert "<script>" not in page
    assert "style=" not in page
    assert "script-src 'self';" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_worker_keeps_every_part_even_that_of_a_form(built):
    answer = Client().get("/field/sw.js")
    script = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    for one in ("/field/", "/static/field/app/main-a1.js", "/static/field/app/main-b2.css", "/static/field/app/engine-c3.js"):
        assert f'"{one}"' in script
    assert len(script) < 2_048


def test_another_build_is_another_version(built, tmp_path):
    before = Client().get("/field/sw.js").content
    (tmp_path / "manifest.json").write_text(json.dumps({"main.js": {"file": "main-z9.js", "isEntry": True}}))
    assert Client().get("/field/sw.js").content != before


def test_the_manifest_lets_it_be_installed():
    told = Client().get("/field/manifest.webmanifest").json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/field/", "/field/", "standalone")
    assert told["icons"][0]["sizes"] == "any"


def test_without_a_build_the_page_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(app_pages, "BUILT", tmp_path)
    page = Client().get("/field/").content.decode()
    assert "not built on this server" in page
    assert "<script" not in page
