"""How soon the offline app is ready on a slow phone: cold, warm without a network, and the first sync of a village of 200 families.

Cold: from the link of the enrolment square, on a phone that has nothing, until the app asks for the PIN, and from the tap on the household
survey to its first question; what she types is no part of it. `cold_kb` is all that came for that, the form included. The profile is that
of Lighthouse's mobile test (processor 4 times slower, 1.6 Mbit/s, 150 ms), for 260 KB in 4 s cannot come at 400 kbit/s. Beside it, at
400 kbit/s and 400 ms: until the app asks for the PIN, and the first sync.
"""

import json as codec
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

VILLAGE = re.compile(rb"<village>\d+</village>")
ROOT = Path(__file__).resolve().parents[1]
ADDRESS = "http://127.0.0.1:8766"
FAMILIES = 200
PIN = "271828"
SLOW_PHONE = {"rate": 4, "kilobits": 1_600, "latency": 150}
SLOW_LINE = {"rate": 4, "kilobits": 400, "latency": 400}
REPEATS = 3
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
QUIET = ("--no-sandbox", "--disable-gpu")


def main(json: bool) -> None:
    """Prints the figures; with `json` the last line is one JSON object."""
    figures = measure()
    if json:
        print(codec.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:>18} {figure}")


def first_sync_s() -> float:
    """Seconds of the first sync of a village of 200 families at 400 kbit/s: all that the phone gets, until it is kept and the app opens."""
    return measure(only_sync=True)["first_sync_s"]


def measure(*, only_sync: bool = False) -> dict:
    from playwright.sync_api import sync_playwright

    with _site() as tokens, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            sync = _Phone(chromium, next(tokens), SLOW_LINE)
            figures = {"first_sync_s": sync.enrols(), "app_400_s": sync.asked}
            figures["first_sync_kb"] = sync.kilobytes
            sync.end()
            return figures if only_sync else figures | _ready(chromium, tokens)
        finally:
            chromium.close()


def _ready(chromium, tokens) -> dict:
    """The median of the repeats."""
    runs = []
    for _repeat in range(REPEATS):
        token = next(tokens)
        cold, warm = _Phone(chromium, token, SLOW_PHONE, keeps=False), _Phone(chromium, token, SLOW_PHONE)
        runs.append(cold.cold() | warm.warm())
        cold.end()
        warm.end()
    return {name: sorted(run[name] for run in runs)[len(runs) // 2] for name in runs[0]}


class _Phone:
    """A phone of 360 pixels, slow, on a slow line; its clock is the bench's."""

    def __init__(self, chromium, token: str, profile: dict, *, keeps: bool = True):
        """`keeps`: the service worker may fetch the rest meanwhile; else everything comes when it is asked for, and is counted."""
        self.token, self.profile = token, profile
        workers = "allow" if keeps else "block"
        self.context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en-IN", service_workers=workers)
        self.page = self.context.new_page()
        self.bytes = 0
        self.asked = 0.0
        self.line = self.context.new_cdp_session(self.page)
        self.line.send("Network.enable")
        self.line.send("Emulation.setCPUThrottlingRate", {"rate": profile["rate"]})
        self._network(is_off=False)
        self.line.on("Network.loadingFinished", self._came)

    def _came(self, told: dict) -> None:
        self.bytes += int(told["encodedDataLength"])

    def _network(self, *, is_off: bool) -> None:
        octets = self.profile["kilobits"] * 1000 / 8
        told = {"offline": is_off, "latency": self.profile["latency"], "downloadThroughput": octets, "uploadThroughput": octets}
        self.line.send("Network.emulateNetworkConditions", told)

    @property
    def kilobytes(self) -> float:
        return round(self.bytes / 1024, 1)

    def _asks_for_pin(self) -> float:
        began = time.perf_counter()
        self.page.goto(f"{ADDRESS}/field/#token={self.token}", wait_until="commit")
        self.page.locator("#again").wait_for()
        return time.perf_counter() - began

    def enrols(self) -> float:
        """From the PIN to the first screen with every family, form and map on the phone."""
        self.asked = round(self._asks_for_pin(), 2)
        self.page.locator("#pin").fill(PIN)
        self.page.locator("#again").fill(PIN)
        before, began = self.bytes, time.perf_counter()
        self.page.locator("button[type=submit]").click()
        self.page.locator(".tiles").wait_for(timeout=120_000)
        self.bytes -= before
        return round(time.perf_counter() - began, 2)

    def cold(self) -> dict:
        """What the worker waits for before her first question: the app; then, after her first sync, the engine and the form."""
        app = self._asks_for_pin()
        of_app = self.kilobytes
        synced = self.enrolled()
        self.bytes = 0
        form = self._opens_form()
        return {"cold_ready_s": round(app + form, 2), "cold_kb": round(of_app + self.kilobytes + self._form_kb(), 1), "cold_sync_s": synced}

    def enrolled(self) -> float:
        self.page.locator("#pin").fill(PIN)
        self.page.locator("#again").fill(PIN)
        began = time.perf_counter()
        self.page.locator("button[type=submit]").click()
        self.page.locator(".tiles").wait_for(timeout=120_000)
        return round(time.perf_counter() - began, 2)

    def _form_kb(self) -> float:
        """The survey itself, which came with the first sync, counts as if it came now."""
        told = self.page.evaluate(
            """async (token) => { const got = await (await fetch(`/d/${token}/app/bundle`, { credentials: "omit" })).json();
              return got.forms.find((one) => one.id === "household_survey").version; }""",
            self.token,
        )
        before = self.bytes
        self.page.evaluate(f"fetch('/d/{self.token}/app/forms/household_survey/{told}').then((got) => got.text()).then(() => null)")
        self.page.wait_for_timeout(300)
        return (self.bytes - before) / 1024

    def _opens_form(self) -> float:
        began = time.perf_counter()
        self.page.evaluate("location.hash = '#fill/household_survey'")
        self.page.locator("[data-ready]").wait_for(timeout=60_000)
        return time.perf_counter() - began

    def warm(self) -> dict:
        """The app was ended; no network: from opening it, with the PIN typed at once, to the first screen with its families."""
        self._asks_for_pin()
        self.enrolled()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        self.page.wait_for_timeout(1_500)
        self.page.goto("about:blank")
        self.context.set_offline(True)
        self._network(is_off=True)
        began = time.perf_counter()
        self.page.goto(f"{ADDRESS}/field/", wait_until="commit")
        self.page.locator("#pin").wait_for()
        asked = time.perf_counter() - began
        self.page.locator("#pin").fill(PIN)
        self.page.locator("button[type=submit]").click()
        self.page.locator(".tiles").wait_for()
        return {"warm_ready_s": round(time.perf_counter() - began, 2), "warm_pin_s": round(asked, 2)}

    def end(self) -> None:
        self.context.close()


@contextmanager
def _site():
    """A site of its own with a village of 200 families surveyed by post, and the tokens of as many phones as are asked for."""
    with tempfile.TemporaryDirectory(prefix="aanchal-bench-") as folder:
        os.environ |= {"AANCHAL_HOME": folder, "DJANGO_SETTINGS_MODULE": "aanchal.config.settings", "BIND": ADDRESS.removeprefix("http://")}
        os.chmod(folder, 0o711)
        from aanchal.config import cli

        server = cli.ready()
        serving = None
        try:
            worker = _village()
            serving = subprocess.Popen([sys.executable, "-m", "aanchal", "serve", "--no-worker"], cwd=ROOT, stdout=subprocess.DEVNULL)
            _until_it_answers()
            yield iter(worker)
        finally:
            if serving:
                serving.terminate()
                serving.wait(30)
            server.stop()


def _village() -> list[str]:
    from django.utils import timezone

    from aanchal.access import actions
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config.demo import people, post, state, surveys
    from aanchal.config.demo.pilot import load_places
    from aanchal.field.intake import Parcel, take_in
    from aanchal.places.models import Place

    now = timezone.now()
    with acting(SYSTEM):
        load_places(by=SYSTEM)
        place = Place.objects.get(lgd_code=state.PLACES[0].code)
        worker = actions.create_user(username="bench", name="Bench", password="neem-tree-by-the-well", at=now, by=SYSTEM)
        actions.post(user=worker, role="gender_crp", place=place, since=date(2020, 1, 1), by=SYSTEM)
        tokens = [actions.enrol_device(user=worker, label="bench", at=now, by=SYSTEM)[1] for _ in range(REPEATS + 1)]
    village = str(next(one.code for one in state.villages(state.DEMO_BLOCK.code)))
    for xml in _surveys(people, post, surveys, village):
        take_in(parcel=Parcel(xml=xml), at=now, by=worker)
    with acting(SYSTEM):
        actions.end_posting(posting=worker.postings.get(), until=date(2020, 1, 2), by=SYSTEM)
        actions.post(user=worker, role="gender_crp", place=Place.objects.get(lgd_code=village), since=date(2020, 1, 1), by=SYSTEM)
    from django.db import connections

    connections.close_all()
    return tokens


def _surveys(people, post, surveys, village: str):
    """Families of the demo's generator, all laid into one village."""
    from itertools import islice
    from random import Random

    rng = Random(7)
    for household in islice((one for one in people.households(7, date(2026, 11, 1)) if one.consent), FAMILIES):
        xml = post.sent(rng, surveys.survey(rng, household)).xml
        yield VILLAGE.sub(f"<village>{village}</village>".encode(), xml, count=1)


def _until_it_answers() -> None:
    from urllib.request import urlopen

    for _attempt in range(150):
        try:
            urlopen(f"{ADDRESS}/field/", timeout=2).read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the site did not start")
