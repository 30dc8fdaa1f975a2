"""A person at a screen: signs in, opens pages; what the browser complains of is kept."""

import json
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response

from tests.browser.site import Site

PATIENCE = 30_000
"""Milliseconds to wait for a page of a machine that has much else to do."""
PHONE, DESK = 360, 1280
HEIGHTS = {PHONE: 740, DESK: 900}
LANGUAGE = {"hi": "hi-IN", "te": "te-IN", "en": "en-IN"}

_playwrights_click = Locator.click


def click(locator: Locator, **how) -> None:
    """Playwright's own click returns as soon as the page it opens has begun: who counts then counts half a page."""
    _playwrights_click(locator, **how)
    locator.page.wait_for_load_state("domcontentloaded")


@dataclass
class Visitor:
    site: Site
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Addresses that the test asks for to be refused."""

    def open(self, path: str, expected: int = 200) -> Response:
        if expected != 200:
            self.refused.add(self.site.address + path)
        answer = self.page.goto(self.site.address + path)
        assert answer.status == expected, f"{path}: {answer.status}"
        return answer

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def press(self, words: str, role: str = "button") -> None:
        """The control with these words, wherever it stands on the page."""
        self.page.get_by_role(role, name=words, exact=True).first.click()

    def sign_in(self, username: str) -> None:
        account = self.site.accounts[username]
        self.open("/accounts/login/")
        self.give_password(username, account["password"])
        if account["secret"]:
            self.page.locator("input[name=code]").fill(self.site.code(username))
            self.submit()
        assert self.page.url == f"{self.site.address}/", self.text()

    def give_password(self, username: str, password: str) -> None:
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.submit()

    def submit(self) -> None:
        with self.page.expect_navigation():
            self.page.locator("main form button[type=submit]").first.click()


def arrive(
    browser: Browser, site: Site, username: str = "", *, language: str = "en", width: int = DESK, theme: str = "light", scripts: bool = True
) -> Visitor:
    """A browser window of its own; as this person when a name is given."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        locale=LANGUAGE[language],
        java_script_enabled=scripts,
        storage_state=_signed_in(browser, site, username) if username else None,
        accept_downloads=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    chosen = {"django_language": language, "theme": theme}
    context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in chosen.items()])
    visitor = Visitor(site, context, context.new_page())
    visitor.page.on("console", lambda message: _heard(visitor, message))
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return visitor


def _heard(visitor: Visitor, message: ConsoleMessage) -> None:
    """All but that a page was refused which the test asked for to be refused."""
    address = message.location.get("url", "")
    if message.type in ("error", "warning") and address not in visitor.refused:
        visitor.complaints.append(f"{message.text} {address}")


def _signed_in(browser: Browser, site: Site, username: str) -> dict:
    """The session of this person: one for the run, for a code serves only once."""
    kept = site.folder / f"session-{username}.json"
    with site.alone(f"session-{username}"):
        if not kept.exists():
            visitor = arrive(browser, site)
            visitor.sign_in(username)
            visitor.context.storage_state(path=kept)
            visitor.context.close()
    return json.loads(kept.read_text())
