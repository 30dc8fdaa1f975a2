"""A cheap phone with the offline app on it: enrolled, slow, with or without a network."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser import visitor
from tests.browser.visitor import PHONE, Visitor

PIN = "271828"
READY = "[data-ready]"
PLACE = {"latitude": 24.75, "longitude": 85.2, "accuracy": 8}
ENROL = (
    "INSERT INTO access_device (id, user_id, label, token_hash, enrolled_at)"
    " SELECT gen_random_uuid(), id, 'handset', %s, now() FROM access_user WHERE username = %s RETURNING id::text"
)


@dataclass
class Handset:
    visitor: Visitor
    device: str
    token: str
    heard: list[tuple[str, int]] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.visitor.page

    def text(self, where: str = "main") -> str:
        return self.page.locator(where).inner_text()

    def enrol(self, pin: str = PIN, language: str = "en") -> None:
        self.page.goto(f"{self.visitor.site.address}/field/#token={self.token}")
        self.speak(language)
        self.page.locator("#pin").fill(pin)
        self.page.locator("#again").fill(pin)
        self.page.locator("button[type=submit]").click()
        self.page.locator(".tiles").wait_for()

    def unlock(self, pin: str = PIN) -> None:
        self.page.locator("#pin").fill(pin)
        self.page.locator("button[type=submit]").click()

    def start_again(self) -> None:
        """The app was ended and is opened from the home screen."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.visitor.site.address}/field/")

    def show(self, screen: str, sign: str = "h1") -> None:
        self.page.evaluate("screen => { location.hash = screen }", f"#{screen}")
        self.page.wait_for_timeout(150)
        self.page.locator(f"main {sign}").first.wait_for()

    def speak(self, language: str) -> None:
        self.page.locator("#app-head select").select_option(language)

    def offline(self, is_off: bool = True) -> None:
        self.visitor.context.set_offline(is_off)

    def kept_for_start(self) -> None:
        """The service worker has the whole app."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")

    def until(self, holds: Callable[[], bool], patience: int = 150) -> None:
        """Playwright's own waiting evaluates a string, which the app's policy refuses."""
        while not holds():
            patience -= 1
            assert patience, "it did not come to pass"
            self.page.wait_for_timeout(100)

    def rows(self, drawer: str) -> int:
        return self.page.evaluate(
            """drawer => new Promise((done) => { const asked = indexedDB.open("aanchal"); asked.onsuccess = () => {
              const counted = asked.result.transaction(drawer).objectStore(drawer).count();
              counted.onsuccess = () => { asked.result.close(); done(counted.result); } } })""",
            drawer,
        )

    def held(self) -> str:
        """Every octet that the phone holds, as Latin-1: what a thief with the right tools reads."""
        return self.page.evaluate(
            """async () => {
              const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
              const open = await answer(indexedDB.open("aanchal"));
              let all = JSON.stringify(localStorage) + document.cookie;
              for (const drawer of open.objectStoreNames) {
                const rows = await answer(open.transaction(drawer).objectStore(drawer).getAll());
                for (const row of rows) for (const value of Object.values(row)) {
                  const octets = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
                  all += octets instanceof Uint8Array ? new TextDecoder().decode(octets) : JSON.stringify(value);
                }
              }
              open.close();
              return all; }"""
        )

    def sent(self) -> list[int]:
        return [status for path, status in self.heard if path.endswith("/submission")]

    def fill(self, answers: dict[str, str], *, files: dict | None = None, is_part: bool = False) -> None:
        """Page by page as she would, to the end, or to the first question that is not told."""
        self.page.locator(READY).wait_for()
        for _page in range(90):
            self.answer_page(answers, files or {})
            if "end" in (self.page.locator(".form-footer").get_attribute("class") or ""):
                return
            self.page.locator(".next-page").click()
            self.page.wait_for_timeout(60)
            if self.page.locator(":is(.invalid-required, .invalid-constraint) :is(input, select)").count():
                assert is_part, self.text("form.or [data-role=page].current")
                return
        raise AssertionError("the form has no end")

    def answer_page(self, answers: dict[str, str], files: dict) -> None:
        current = self.page.locator("form.or [data-role=page].current")
        for path, value in answers.items():
            choice = current.locator(f":is(input[type=radio][data-name='{path}'], input[type=checkbox][name='{path}'])[value='{value}']")
            if choice.count() and choice.first.is_visible() and not choice.first.is_checked():
                choice.first.check(force=True)
            menu = current.locator(f"select[name='{path}']")
            if menu.count() and menu.is_visible():
                menu.select_option(value)
            box = current.locator(f":is(input:not([type=radio], [type=checkbox], .hide), textarea)[name='{path}']")
            if box.count() and box.is_visible():
                box.fill(value)
                box.blur()
        for path, photo in files.items():
            if current.locator(f"input[name='{path}']").count():
                current.locator("input[type=file]").set_input_files(photo)
                current.locator("img.taken").wait_for()

    def finish(self) -> None:
        self.page.locator(".finish").click()
        self.page.locator("#toasts .success").wait_for()


def take(browser, site, *, username: str = "crp", language: str = "en", slowdown: int = 4) -> Handset:
    told = visitor.arrive(browser, site, language=language, width=PHONE)
    told.context.grant_permissions(["geolocation"], origin=site.address)
    told.context.set_geolocation(PLACE)
    told.context.new_cdp_session(told.page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    token = secrets.token_urlsafe(32)
    [device] = site.ask(ENROL, hashlib.sha256(token.encode()).digest(), username)
    handset = Handset(told, device, token)
    told.page.on("response", lambda answer: handset.heard.append((answer.url.partition("?")[0], answer.status)))
    return handset
