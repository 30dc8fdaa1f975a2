"""Five people, from a girl reported missing to the first session she leads: each sees what her task needs, and the rest is not there."""

import re
from datetime import date, timedelta

import pytest

from aanchal.config import front_end
from tests.browser import handset as handsets
from tests.browser.handset import READY
from tests.browser.test_rehabilitation import fill as fill_fields
from tests.browser.visitor import PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (front_end.BUILT / "manifest.json").exists(), reason="the offline app is not built: script/setup"),
]
HERS, FATHER = "Champa Plantedjourney", "Jagdish Plantedjourney"
DAYS_AGO = 400
"""Days since she was freed: a girl of 17 then, a woman now. The officer writes it down late, with the days as they were."""
FREED = date.today() - timedelta(days=DAYS_AGO)
REPORT = {
    "/data/person/name": HERS, "/data/person/guardian_name": FATHER, "/data/person/sex": "FEMALE", "/data/person/age_basis": "STATED",
    "/data/person/age_years": "17", "/data/happened_on": str(date.today() - timedelta(days=2)), "/data/missing_circumstance": "UNKNOWN",
    "/data/photo_consent": "no", "/data/police_informed": "no", "/data/missing_status": "REPORTED_VILLAGE",
}  # fmt: skip
GATES = ("RESCUED", "MEDICAL", "PSYCHOLOGICAL", "HER_WORD")


def fill(visitor, **told) -> None:
    fill_fields(visitor, told)


def tick(visitor, *values: str) -> None:
    for value in values:
        visitor.page.locator(f"main input[value='{value}']").first.check()


def choose(visitor, name: str, username: str) -> None:
    visitor.page.locator(f"main select[name={name}]").select_option(label=f"Demo {username} ({username})")


def send(visitor, words: str) -> None:
    with visitor.page.expect_navigation():
        visitor.press(words)


def told(visitor, words: str) -> None:
    visitor.page.get_by_text(words).first.wait_for()


def test_from_a_missing_report_to_a_leaders_first_session(browser, arrive, site):
    alert = reported(browser, site)
    crp = arrive("crp", width=PHONE)
    hand_up(crp, alert)
    officer = arrive("ahtu_officer")
    operation, rescued = freed(officer, site, alert)
    case = opened(officer, rescued)
    cwc = before_the_committee(arrive, officer, case)
    counsellor, worker = ready(arrive, officer, case)
    course = learns(worker, case)
    leader, engagement = leads(worker, site, case)
    rescue_pages = [f"/rescue/operations/{operation}/", f"/rescue/people/{rescued}/", f"/rescue/leads/from-alert/{alert}/"]
    case_pages = [f"/cases/{case}/", f"/rehabilitation/case/{case}/", f"/rehabilitation/course/{course}/"]
    whole_pages = [f"/rehabilitation/case/{case}/{page}/" for page in ("return", "leading", "own")]
    leader_pages = ["/resource-people/", f"/resource-people/{leader}/"]
    session = site.ask("SELECT id::text FROM rehab_session WHERE case_id = %s", case)[0]
    seen = (
        (crp, [f"/touch/alerts/{alert}/"]),
        (officer, [f"/touch/alerts/{alert}/", *rescue_pages, *case_pages, *whole_pages]),
        (cwc, case_pages),
        (counsellor, [*case_pages, *whole_pages, f"/rehabilitation/session/{session}/"]),
        (worker, [*case_pages, *whole_pages, *leader_pages]),
    )
    every = {page for _, pages in seen for page in pages}
    for visitor, pages in seen:
        for page in sorted(every):
            visitor.open(page, 200 if page in pages else 404)
            assert HERS not in visitor.text(), "no name stands on a page before somebody asks for it"
    worker.open(f"/resource-people/{leader}/")
    code = site.ask("SELECT code FROM cases_case WHERE id = %s", case)[0]
    assert f"{code[:4]}-{code[4:]}" not in worker.text(), "nothing leads from a resource person to a case"
    assert site.ask("SELECT count(*) FROM rehab_engagement WHERE id = %s AND field = 'COUNSELLING'", engagement) == (1,)


def reported(browser, site) -> str:
    """The worker of the village writes it on her phone; the id of the alert that follows."""
    phone = handsets.take(browser, site, slowdown=1)
    phone.enrol()
    phone.show("fill/missing_entry", READY)
    phone.fill(REPORT)
    phone.finish()
    phone.until(lambda: phone.sent() == [201])
    phone.visitor.context.close()
    site.ask("UPDATE access_device SET revoked_at = now() WHERE id = %s RETURNING id", phone.device)
    newest = "SELECT a.id::text FROM tracking_alert a WHERE a.kind = 'MISSING' ORDER BY a.raised_at DESC, a.id DESC LIMIT 1"
    return site.ask(newest)[0]


def hand_up(crp, alert: str) -> None:
    crp.open(f"/touch/alerts/{alert}/")
    assert HERS not in crp.text()
    crp.page.locator("details", has=crp.page.locator("form[action$='/hand-up/']")).locator("summary").click()
    fill(crp, reason="DANGER")
    send(crp, "Hand up")


def freed(officer, site, alert: str) -> tuple[str, str]:
    """The alert becomes a lead, the lead an operation, by its checklist; a girl of 17 is free. Operation and rescued, by id."""
    officer.open(f"/rescue/leads/from-alert/{alert}/")
    fill(officer, words="Seen at a workshop")
    send(officer, "Save")
    with officer.page.expect_navigation():
        officer.press("Plan an operation", "link")
    fill(officer, planned_for=date.today().isoformat())
    send(officer, "Save")
    operation = officer.page.url.split("/")[-2]
    while (step := officer.page.locator("main .steps form button").first).count():
        with officer.page.expect_navigation():
            step.click()
    send(officer, "Start it")
    told(officer, "Written down.")
    then = f"{FREED}T00:30"
    site.ask("UPDATE rescue_operation SET planned_at = %s::timestamp - interval '1 day' WHERE id = %s RETURNING id", then, operation)
    officer.open(f"/rescue/operations/{operation}/rescued/")
    fill(officer, at=then, sex="FEMALE", years="17", exploitation="FORCED_LABOUR", name=HERS, father=FATHER)
    send(officer, "Save")
    told(officer, "The clocks of the law run")
    return operation, site.ask("SELECT id::text FROM rescue_rescued WHERE operation_id = %s", operation)[0]


def opened(officer, rescued: str) -> str:
    officer.open(f"/rescue/people/{rescued}/")
    with officer.page.expect_navigation():
        officer.press("Open her case", "link")
    fill(officer, opened_on=str(FREED), status="CONFIRMED", pseudonym="Kaveri", name=HERS, guardian_name=FATHER)
    choose(officer, "supervisor", "case_supervisor")
    send(officer, "Open the case")
    told(officer, "Ask her consent first of all.")
    case = re.search(r"/cases/([0-9a-f-]{36})/", officer.page.url)[1]
    for purpose in ("SUPPORT", "REFER"):
        officer.open(f"/cases/{case}/write/consent/")
        fill(officer, purpose=purpose, explained="SPOKEN", language="hi", giver="CWC", on=str(FREED))
        tick(officer, "WHY", "WITHDRAW", "REFUSE")
        officer.page.locator("main [name=child_agrees]").check()
        send(officer, "Save")
        told(officer, "Written down.")
    return case


def before_the_committee(arrive, officer, case: str):
    """The Committee is asked, sees nothing before it accepts, and then the case without her name."""
    officer.open(f"/cases/{case}/write/referral/")
    fill(officer, party="CWC", support="LEGAL", reason="SERVICES", words="To be produced before the Committee")
    choose(officer, "receiver", "cwc_member")
    send(officer, "Save")
    cwc = arrive("cwc_member", width=PHONE)
    cwc.open(f"/cases/{case}/", 404)
    cwc.open("/cases/referrals/")
    cwc.page.locator("main a[href^='/cases/referrals/']", has_text="Legal").first.click()
    told(cwc, "To be produced before the Committee")
    send(cwc, "Accept")
    told(cwc, "Answered.")
    assert cwc.page.url.endswith(f"/cases/{case}/")
    assert cwc.page.get_by_role("button", name="Show her name").count() == 0
    return cwc


def ready(arrive, officer, case: str) -> tuple:
    """A worker of the NGO and a counsellor join; gate by gate, her word before the counsellor's."""
    for username in ("case_worker", "counsellor"):
        officer.open(f"/cases/{case}/write/person/")
        choose(officer, "user", username)
        fill(officer, capacity="WORKER", why="Rehabilitation")
        send(officer, "Save")
        told(officer, "Written down.")
    worker, counsellor, today = arrive("case_worker"), arrive("counsellor", width=PHONE), date.today().isoformat()
    worker.open(f"/rehabilitation/case/{case}/")
    for gate in GATES:
        decided(worker, gate, today)
    counsellor.open(f"/rehabilitation/case/{case}/sessions/")
    fill(counsellor, kind="ALONE", on=today, minutes="40", notes="Plantednote for two")
    send(counsellor, "Write it down")
    counsellor.open(f"/rehabilitation/case/{case}/")
    decided(counsellor, "COUNSELLOR", today)
    counsellor.open(f"/cases/{case}/")
    assert counsellor.page.get_by_role("button", name="Show her name").count() == 0, "a counsellor knows her by the name she chose"
    worker.open(f"/rehabilitation/case/{case}/")
    send(worker, "Begin rehabilitation")
    told(worker, "Rehabilitation begins.")
    return counsellor, worker


def decided(visitor, gate: str, today: str) -> None:
    fill(visitor, gate=gate, answer="open", on=today)
    send(visitor, "Write it down")
    told(visitor, "Written down, with your name and the day.")


def learns(worker, case: str) -> str:
    """She was 17 when she came and is a woman by now: she learns a trade."""
    worker.open(f"/rehabilitation/case/{case}/learning/")
    worker.page.get_by_text("Enrol her").click()
    fill(worker, kind="SKILLING", trade="welding", on=date.today().isoformat())
    send(worker, "Enrol")
    with worker.page.expect_navigation():
        worker.page.locator("main a[href^='/rehabilitation/course/']").first.click()
    return worker.page.url.split("/")[-2]


def leads(worker, site, case: str) -> tuple[str, str]:
    """By her own choice, and the first session she leads. Resource person and engagement, by id."""
    worker.open(f"/rehabilitation/case/{case}/leading/")
    tick(worker, "COUNSELLING")
    fill(worker, name="Plantedcalled didi", chose_on=date.today().isoformat())
    worker.page.locator("main select[name=place]").select_option(index=1)
    send(worker, "Save")
    told(worker, "She is a resource person")
    leader = site.ask("SELECT person_id::text FROM rehab_leaderlink WHERE case_id = %s", case)[0]
    worker.open(f"/resource-people/{leader}/")
    fill(worker, field="COUNSELLING", on=date.today().isoformat(), hours="2", honorarium_paise="300")
    send(worker, "Save")
    told(worker, "Written down.")
    return leader, site.ask("SELECT id::text FROM rehab_engagement WHERE person_id = %s", leader)[0]
