"""The offline app on a phone of 360 pixels with a processor four times slower, as a Gender CRP uses it for days without a network."""

import io
import json
import re

import pytest
from PIL import Image

from aanchal.config import front_end
from tests.browser import handset as handsets
from tests.browser import rules_of_pages as rules
from tests.browser.handset import PIN, READY, Handset

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (front_end.BUILT / "manifest.json").exists(), reason="the offline app is not built: script/setup"),
]
NOT_OURS = "Failed to load resource"
"""What Chromium says of a request that the test itself cut off."""
ATTACHED = "inbox_attachment a JOIN inbox_submission s ON s.id = a.submission_id WHERE s.device_id = %s"
SCREENS = (("home", ".tiles"), ("families/first", "li.card"), ("tasks", "li.card"), ("outbox", "section"), ("fill/household_survey", READY))
VISIT = {
    "/data/met": "yes",
    "/data/now/ration_card": "PHH",
    "/data/now/food_short_months": "3",
    "/data/now/shg_member": "yes",
    "/data/now/wage_advance": "no",
    "/data/now/agent_approach": "no",
    "/data/now/member_missing": "no",
    "/data/now/contact_lost": "no",
}


@pytest.fixture
def handset(browser, site):
    """A function that gives a phone; at the end none may have complained, and each is ended."""
    given: list[Handset] = []

    def take(**how) -> Handset:
        given.append(handsets.take(browser, site, **how))
        return given[-1]

    yield take
    for one in given:
        one.visitor.context.close()
        site.ask("UPDATE access_device SET revoked_at = coalesce(revoked_at, now()) WHERE id = %s RETURNING id", one.device)
    assert [said for one in given for said in one.visitor.complaints if NOT_OURS not in said] == []


def received(site, token_of: Handset) -> int:
    return site.ask("SELECT count(*) FROM inbox_submission WHERE device_id = %s", token_of.device)[0]


def first_family(phone: Handset) -> None:
    phone.show("families/first", "li.card")
    phone.page.locator("main li.card a").first.click()
    phone.page.locator("main a[href^='#fill/follow_up/']").wait_for()


def a_photo() -> dict:
    picture = Image.new("RGB", (2400, 1800), (90, 120, 60))
    notes = picture.getexif()
    notes[0x010E] = "Plantedplace"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=notes)
    return {"name": "IMG_Plantedname.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_she_enrols_installs_and_starts_without_a_network(arrive, handset, site):
    desk = arrive("crp")
    desk.open("/phones/")
    desk.page.locator("input#id_label").fill("app journey")
    desk.press("Show the square")
    link = desk.page.locator("#open-app").get_attribute("href")
    phone = handset()
    phone.token = link.partition("#token=")[2]
    phone.enrol()
    assert phone.token not in phone.page.url
    assert rules.faults_axe_finds(phone.visitor) == []
    assert rules.sideways(phone.visitor) == []
    wrong = phone.visitor.context.new_cdp_session(phone.page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in wrong if one["errorId"] != "in-incognito"] == []
    phone.kept_for_start()
    phone.offline()
    phone.start_again()
    phone.unlock()
    phone.page.locator(".tiles").wait_for()
    first = phone.text("a.tile.first")
    assert re.search(r"Visit first\s+\d+", first)
    phone.show("fill/household_survey", READY)
    assert "Powered by Enketo" in phone.text()
    assert phone.page.locator("form.or [data-role=page].current").count() == 1
    phone.show("fill/check_in", READY)
    phone.fill({"/data/in_list": "yes"}, is_part=True)
    away = phone.page.locator("form.or [data-role=page].current select[name='/data/journey'] option")
    assert away.count() > 1, "who is away can be chosen without a network"
    assert phone.page.locator("#toasts .error").filter(has_text="journeys").count() == 0


def test_a_visit_made_without_a_network_is_sent_when_there_is_one(handset, site):
    phone = handset()
    phone.enrol()
    phone.offline()
    first_family(phone)
    code = phone.text("h1").split()[-1]
    phone.page.locator("main a[href^='#fill/follow_up/']").click()
    phone.page.locator(READY).wait_for()
    assert code in phone.page.locator("select[name='/data/household'] option:checked").inner_text(), "the family is known already"
    phone.fill(VISIT)
    phone.finish()
    phone.page.get_by_text("Visited; not sent yet").first.wait_for()
    assert phone.page.locator(".badge b").inner_text() == "1"
    assert (received(site, phone), phone.rows("outbox"), phone.rows("sealed"), phone.rows("drafts")) == (0, 1, 1, 0)
    phone.show("outbox")
    assert "No network" in phone.text()
    phone.offline(False)
    phone.page.get_by_role("button", name="Send now").click()
    phone.page.get_by_text("Nothing waits.").wait_for()
    assert (received(site, phone), phone.rows("outbox"), phone.rows("sealed"), phone.rows("files")) == (1, 0, 0, 0)
    assert site.ask("SELECT status, faults::text FROM inbox_submission WHERE device_id = %s", phone.device) == ("APPLIED", "[]")


def test_a_photo_leaves_small_and_bare_and_a_language_keeps_the_answers(handset, site):
    phone = handset()
    phone.enrol(language="hi")
    phone.show("fill/missing_entry", READY)
    told = {
        "/data/person/name": "Zubeda Planted", "/data/person/sex": "FEMALE", "/data/person/age_basis": "STATED",
        "/data/person/age_years": "15", "/data/happened_on": "2026-10-02", "/data/missing_circumstance": "UNKNOWN",
        "/data/photo_consent": "yes", "/data/police_informed": "no", "/data/missing_status": "REPORTED_VILLAGE",
    }  # fmt: skip
    phone.fill(told, files={"/data/photo": a_photo()})
    before = phone.page.locator("form.or").evaluate("form => [...form.elements].map((one) => one.checked ?? one.value).join('|')")
    phone.speak("te")
    phone.page.get_by_role("button", name=rules_word("te", "finish")).wait_for()
    after = phone.page.locator("form.or").evaluate("form => [...form.elements].map((one) => one.checked ?? one.value).join('|')")
    assert after == before
    phone.page.wait_for_timeout(900)
    held = phone.held()
    assert phone.rows("drafts") == 1
    assert not any(planted in held for planted in ("Zubeda", "Plantedname", "Plantedplace", phone.token))
    phone.finish()
    phone.until(lambda: len(phone.sent()) == 2)
    assert phone.sent() == [201, 202]
    name, size = site.ask(f"SELECT a.name, a.size FROM {ATTACHED}", phone.device)
    assert name.endswith(".jpg")
    assert "Planted" not in name
    assert size < 200_000


def rules_word(language: str, key: str) -> str:
    words = json.loads((front_end.APP / "src" / "words.json").read_text())
    return words[key][("en", "hi", "te").index(language)]


def test_a_draft_is_edited_after_the_app_was_ended(handset):
    phone = handset()
    phone.enrol()
    phone.kept_for_start()
    phone.offline()
    phone.show("fill/safety_point", READY)
    phone.fill({"/data/kind": "DANGER"}, is_part=True)
    phone.page.wait_for_timeout(1_200)
    phone.start_again()
    phone.unlock()
    phone.page.locator("a.tile[href='#drafts']").click()
    phone.page.locator("main li.card a").first.click()
    phone.page.locator(READY).wait_for()
    phone.fill({"/data/type": "DARK_PATH", "/data/name": "Old ghat"}, is_part=True)
    assert "Answer this question." in phone.text("form.or [data-role=page].current")
    phone.page.get_by_role("button", name="Take the position").click()
    phone.page.get_by_text("The position is taken").wait_for()
    phone.fill({})
    phone.finish()
    phone.show("outbox")
    phone.page.get_by_role("link", name="Edit").click()
    phone.page.locator(READY).wait_for()
    assert (phone.rows("outbox"), phone.rows("sealed"), phone.rows("drafts")) == (0, 0, 1)
    assert phone.page.locator("input[value=DANGER]").is_checked()


def test_a_network_that_breaks_loses_nothing_and_sends_no_part_twice(handset, site):
    phone = handset()
    phone.enrol()
    answers = {"posts": 0}

    def breaks(route):
        answers["posts"] += 1
        if answers["posts"] == 2:
            route.fetch()  # it arrives, but its answer is lost on the way back
            return route.abort()
        return route.abort() if answers["posts"] in (1, 4) else route.continue_()

    phone.page.route("**/submission", breaks)
    phone.show("fill/missing_entry", READY)
    told = {
        "/data/person/name": "Hira Devi", "/data/person/sex": "FEMALE", "/data/person/age_basis": "STATED", "/data/person/age_years": "33",
        "/data/happened_on": "2026-09-02", "/data/missing_circumstance": "UNKNOWN", "/data/photo_consent": "yes",
        "/data/police_informed": "no", "/data/missing_status": "REPORTED_VILLAGE",
    }  # fmt: skip
    phone.fill(told, files={"/data/photo": a_photo()})
    phone.finish()
    phone.show("outbox")
    for _try in range(5):
        if "Nothing waits" in phone.text():
            break
        button = phone.page.get_by_role("button", name="Send now")
        button.wait_for()
        button.click()
        phone.page.wait_for_timeout(700)
    assert "Nothing waits" in phone.text()
    assert received(site, phone) == 1
    assert site.ask(f"SELECT count(*) FROM {ATTACHED}", phone.device)[0] == 1
    assert answers["posts"] == 5, "answers refused, lost, kept; photo refused, kept"


def test_a_full_phone_says_so_and_keeps_what_it_has(handset):
    phone = handset()
    phone.enrol()
    phone.show("fill/safety_point", READY)
    phone.page.evaluate(
        """() => { const put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (...row) {
            if (this.name === "drafts") throw new DOMException("full", "QuotaExceededError");
            return put.apply(this, row); }; }"""
    )
    phone.fill({"/data/kind": "HELP"}, is_part=True)
    phone.page.get_by_text("This phone is full.").wait_for()
    assert phone.page.locator("input[value=HELP]").is_checked()


def test_a_wrong_pin_waits_longer_and_at_last_erases_all_but_what_is_sealed(handset):
    phone = handset()
    phone.enrol()
    phone.offline()
    phone.show("fill/follow_up", READY)
    first = phone.page.locator("select[name='/data/household'] option:nth-child(3)").get_attribute("value")
    phone.fill(VISIT | {"/data/household": first})
    phone.finish()
    phone.offline(False)
    phone.page.route("**/submission", lambda route: route.abort())
    phone.start_again()
    for _ in range(3):
        phone.unlock("999999")
        phone.page.locator("#pin-said", has_text="Wrong PIN").wait_for()
        phone.page.locator("button[type=submit]:enabled").wait_for()
        said = phone.text("#pin-said")
        phone.page.evaluate("document.getElementById('pin-said').textContent = ''")
    assert "7 tries" in said
    assert "Wait until" in said
    phone.unlock(PIN)
    phone.page.locator("#pin-said", has_text="Wait until").wait_for()
    phone.page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open("aanchal"); asked.onsuccess = () => {
          const drawer = asked.result.transaction("lock", "readwrite").objectStore("lock");
          drawer.put({ id: "tries", wrong: 9, until: 0 }).onsuccess = () => { asked.result.close(); done(); } } })"""
    )
    phone.unlock("999999")
    phone.page.get_by_text("What Aanchal held on this phone is erased.").wait_for()
    assert [phone.rows(one) for one in ("lock", "kept", "drafts", "outbox", "files", "sealed")] == [0, 0, 0, 0, 0, 1]
    with phone.page.expect_download() as saving:
        phone.page.get_by_role("button", name="Save to a file").click()
    assert saving.value.suggested_filename.endswith(".sealed")


def test_what_never_found_a_network_is_taken_in_at_the_office_once(handset, arrive, site, tmp_path):
    phone = handset()
    phone.enrol()
    phone.offline()
    first_family(phone)
    phone.page.locator("main a[href^='#fill/follow_up/']").click()
    phone.fill(VISIT)
    phone.finish()
    phone.show("outbox")
    with phone.page.expect_download() as saving:
        phone.page.get_by_role("button", name="Save to a file").click()
    saving.value.save_as(tmp_path / "aanchal.sealed")
    assert "household" not in (tmp_path / "aanchal.sealed").read_text()
    office = arrive("block_officer", language="en")
    for counts in (("1", "0", "0"), ("0", "1", "0")):
        office.open("/sealed/")
        office.page.locator("input[type=file]").set_input_files(tmp_path / "aanchal.sealed")
        office.press("Take it in")
        assert tuple(office.page.locator(f"#{one}").inner_text() for one in ("taken", "known", "refused")) == counts
    assert received(site, phone) == 1
    phone.offline(False)
    phone.page.get_by_role("button", name="Send now").click()
    phone.page.get_by_text("Nothing waits.").wait_for()
    assert phone.sent() == [202]


def test_the_office_has_it_erased_even_while_it_is_closed(handset, site):
    phone = handset()
    phone.enrol()
    site.ask("UPDATE access_device SET wipe_asked_at = now() WHERE id = %s RETURNING id", phone.device)
    phone.start_again()
    phone.page.get_by_text("What Aanchal held on this phone is erased.").wait_for()
    phone.page.wait_for_timeout(500)
    assert [phone.rows(one) for one in ("lock", "kept", "drafts", "outbox", "files", "sealed")] == [0] * 6
    assert site.ask("SELECT wiped_at IS NOT NULL AND revoked_at IS NOT NULL FROM access_device WHERE id = %s", phone.device)[0]


def test_a_phone_that_was_ended_drops_the_families_and_keeps_her_own_work(handset, site):
    phone = handset()
    phone.enrol()
    phone.show("fill/safety_point", READY)
    phone.fill({"/data/kind": "HELP"}, is_part=True)
    phone.page.wait_for_timeout(1_200)
    site.ask("UPDATE access_device SET revoked_at = now() WHERE id = %s RETURNING id", phone.device)
    phone.show("outbox")
    phone.page.get_by_role("button", name="Send now").click()
    phone.page.locator(".note.bad", has_text="may no longer send").wait_for()
    phone.page.locator("#toasts .error").wait_for()
    phone.show("families")
    assert "No family is on this phone" in phone.text()
    assert phone.rows("drafts") == 1


@pytest.mark.parametrize("language", ["en", "hi", "te"])
def test_its_screens_are_readable_by_everyone(handset, language):
    phone = handset(slowdown=1)
    phone.enrol(language=language)
    wrong = []
    for screen, sign in SCREENS:
        phone.show(screen, sign)
        wrong += [f"{screen}: {one}" for one in rules.faults_axe_finds(phone.visitor) + rules.sideways(phone.visitor)]
    phone.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    wrong += rules.faults_axe_finds(phone.visitor, "color-contrast")
    assert wrong == []
