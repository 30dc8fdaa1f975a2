"""The pages of docs/reference/generated say what the code says now: script/reference writes them again."""

import re
from pathlib import Path

import pytest

from aanchal.access.permissions import Permission
from aanchal.config.reference import pages as reference

DOCS = Path("docs")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def pages():
    return reference.current()


@pytest.mark.parametrize("name", reference.PAGES)
def test_it_is_as_the_code_says(pages, name):
    assert (reference.FOLDER / name).read_text(encoding="utf-8") == pages[name], "run script/reference"


def test_it_holds_no_page_that_is_no_longer_written():
    assert {path.name for path in reference.FOLDER.glob("*.md")} == set(reference.PAGES)


def test_it_says_what_every_permission_means(pages):
    rows = [line for line in pages["roles.md"].splitlines() if line.startswith("| `")]
    assert all(any(line.startswith(f"| `{one}` | ") and line.split("|")[2].strip() for line in rows) for one in Permission)


def test_every_link_between_the_documents_leads_somewhere():
    broken = []
    for page in [Path("README.md"), *DOCS.rglob("*.md")]:
        targets = LINK.findall(page.read_text(encoding="utf-8"))
        broken += [f"{page}: {one}" for one in targets if "://" not in one and not (page.parent / one).exists()]
    assert broken == []


def test_every_page_is_reached_from_the_first_one():
    linked = {one.split("/")[-1] for one in LINK.findall((DOCS / "README.md").read_text(encoding="utf-8"))}
    assert {page.name for page in DOCS.rglob("*.md")} - linked == {"README.md"}
