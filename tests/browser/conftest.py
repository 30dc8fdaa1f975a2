"""Headless Chromium and the site it visits."""

import os
import shutil

import pytest

from tests.browser import site as sites

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""Debian's browser without its own windows; the whole one costs four times the processor for each page."""
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@pytest.fixture(scope="session")
def site(server, new_database, tmp_path_factory):
    """The site of the run. `new_database` is asked for the migrated template it makes."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    folder.mkdir(exist_ok=True)
    yield sites.join(server, folder)
    sites.leave(server, folder)


@pytest.fixture(scope="module")
def browser(site):
    """For one file only: while Playwright's loop runs, Django refuses the database to every other test of the process."""
    from playwright.sync_api import Locator, sync_playwright

    from tests.browser import visitor

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", visitor.click)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET), timeout=120_000)
        yield chromium
        chromium.close()


@pytest.fixture
def arrive(browser, site):
    """A function that opens a window for a person; at the end nobody's browser may have complained."""
    from tests.browser import visitor

    come = []

    def window(*who, **how):
        come.append(visitor.arrive(browser, site, *who, **how))
        return come[-1]

    yield window
    for one in come:
        one.context.close()
    assert [complaint for one in come for complaint in one.complaints] == []
