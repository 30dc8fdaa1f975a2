"""What a member of the public finds: help first, statistics that point at nobody, no cookie."""

import csv
import gzip
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from tests.insight.builders import published, quarter
from tests.insight.test_releases import TOLD

pytestmark = pytest.mark.django_db
PAGES = (
    "/public/", "/ask/", "/missing/", "/certificate/", "/statistics/", "/accessibility/", "/public/library/", "/public/nodal-officers/",
    "/public/awards/",
)  # fmt: skip
FIRST_VISIT = 60 * 1024


@pytest.fixture
def release(india, posted):
    quarter({india[name]: cells for name, cells in TOLD.items()})
    return published(posted("national_analyst", "nation"), posted("national_analyst", "nation"))


@pytest.mark.parametrize("path", PAGES)
def test_it_opens_without_signing_in_and_sets_no_cookie(client, path):
    for language in ("", "?lang=hi", "?lang=te"):
        page = client.get(path + language)
        assert page.status_code == 200
        assert not page.cookies


@pytest.mark.parametrize(("path", "asked"), [("/ask/", {"words": "sample"}), ("/certificate/", {"number": "AAAA"})])
def test_an_answer_needs_no_cookie_and_stays_in_no_cache(path, asked):
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.post(f"{path}?lang=hi", asked)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert '<html lang="hi"' in page.content.decode()
    assert not stranger.cookies


@pytest.mark.parametrize("path", PAGES)
def test_it_speaks_the_language_of_its_address(client, path):
    for code in ("en", "hi", "te"):
        page = client.get(f"{path}?lang={code}")
        assert f'<html lang="{code}"' in page.content.decode()
        assert page["Content-Language"] == code


def test_helplines_come_before_everything(client):
    page = client.get("/public/").content.decode()
    main = page[page.index("<main") :]
    assert main.index("tel:1098") < main.index("/ask/")
    assert "data-exit" in page


def test_it_says_that_a_count_is_not_told(client, release):
    page = client.get("/statistics/").content.decode()
    assert "not told" in page
    assert "CC BY 4.0" in page
    assert "Told to within 2" in page


def test_the_districts_of_a_state_are_one_step_away(client, release, india):
    page = client.get(f"/statistics/?state={india['state'].lgd_code}").content.decode()
    assert "west" in page
    assert client.get("/statistics/?state=999999").status_code == 404
    assert client.get("/statistics/?state=x&table=nobody&release=1").status_code == 404


def test_the_file_holds_what_is_told_and_no_more(client, release):
    answer = client.get(f"/statistics/file/?release={release.pk}")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    counts = [int(row["count"]) for row in rows if row["count"]]
    assert counts
    assert not [count for count in counts if 0 < count < 11]
    assert any(row["count"] == "" for row in rows)
    told = client.get("/statistics/dictionary/").content.decode("utf-8-sig")
    assert all(f'"{column}"' in told for column in rows[0])
    assert "licence" in told
    in_hindi = client.get("/statistics/dictionary/?lang=hi").content.decode("utf-8-sig")
    assert all(f'"{column}"' in in_hindi for column in rows[0])
    assert "ज़िले का राज्य" in in_hindi


def test_a_draft_is_not_to_be_found(client, release):
    assert client.get(f"/statistics/file/?release={uuid4()}").status_code == 404


def test_the_first_visit_is_small(client, release, settings):
    from django.contrib.staticfiles.finders import find

    page = client.get("/statistics/?lang=hi").content
    files = [Path(find(name)).read_bytes() for name in ("aanchal/aanchal.css", "aanchal/aanchal.js", "aanchal/icon.svg")]
    assert sum(len(gzip.compress(one)) for one in [page, *files]) < FIRST_VISIT


def test_the_sitemap_names_pages_that_open(client):
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    found = [one.text.replace("http://testserver", "") for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(found) == 36
    assert all(client.get(path).status_code == 200 for path in found)
