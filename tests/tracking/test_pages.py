import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.tracking import alerting, clock
from aanchal.tracking.models import Alert, CheckIn, Journey
from tests.registers.builders import make_entry, someone

NAME = "Planted Sunita"


@pytest.fixture
def recent(village, settings):
    """Journeys of pages are of today: what a page records, it records now."""
    from aanchal.registers import actions
    from tests.registers.builders import DETAILS, TEXTS, make_family

    household, person = make_family(village, someone(NAME, years=30))
    now = timezone.now()
    with acting(SYSTEM):
        entry = actions.record_entry(
            register="MIGRATION", person=person, household=household, place=village, happened_on=day_in_india(now) - timedelta(days=2),
            details=DETAILS["MIGRATION"], texts=TEXTS["MIGRATION"], at=now, by=SYSTEM,
        )  # fmt: skip
        return Journey.objects.get(entry=entry)


@pytest.fixture
def overdue(recent):
    with acting(SYSTEM):
        clock.run(at=timezone.now() + timedelta(days=8), by=SYSTEM)
        return Alert.objects.get()


def test_the_number_on_the_first_page_opens_just_what_waits_for_the_reader(signed_in, workers, village, overdue):
    with acting(SYSTEM):
        other = alerting.look_for(person=overdue.person, at=timezone.now(), by=SYSTEM)
        alerting.hand_up(alert=overdue, reason="She is alone.", at=timezone.now(), by=SYSTEM)
    for user, waits in ((workers.crp, [other]), (workers.vo, [overdue])):
        client = signed_in(user)
        address = f"/touch/alerts/?step=MINE&place={village.pk}"
        assert address.replace("&", "&amp;") in client.get("/").content.decode()
        page = client.get(address)
        assert [row["one"] for row in page.context["rows"]] == waits
    assert "Choose another step or kind above" in client.get(f"{address}&kind=MISSING").content.decode()


def test_it_records_a_check_in_in_one_tap(signed_in, workers, recent):
    answer = signed_in(workers.crp).post(f"/touch/journeys/{recent.pk}/check-in/", {"told": "CALL.WELL"}, follow=True)
    assert "Noted: Well." in answer.content.decode()
    with acting(SYSTEM):
        assert CheckIn.objects.get().by == workers.crp


def test_it_says_why_a_day_before_she_left_is_refused_and_what_to_do(signed_in, workers, recent):
    day = recent.departed_on - timedelta(days=1)
    told = {"way": "CALL", "answer": "WELL", "on": day.isoformat(), "note": "spoke with her aunt"}
    page = signed_in(workers.crp).post(f"/touch/journeys/{recent.pk}/check-in/", told, follow=True).content.decode()
    assert "before they left" in page
    assert "correct the line" in page
    assert "spoke with her aunt" in page


def test_what_an_action_refuses_stays_written_on_its_form(signed_in, workers, recent, overdue):
    client, today = signed_in(workers.crp), day_in_india(timezone.now())
    page = client.post(f"/touch/alerts/{overdue.pk}/close/", {"outcome": "REPORTED_MISSING", "note": "her aunt went there"})
    assert page.status_code == 422
    assert "Write the line in the missing register first." in page.content.decode()
    assert "her aunt went there" in page.content.decode()
    page = client.post(f"/touch/journeys/{recent.pk}/end/", {"on": (today + timedelta(days=1)).isoformat()})
    assert (page.status_code, "That day has not come yet." in page.content.decode()) == (422, True)
    assert client.post(f"/touch/journeys/{recent.pk}/end/", {"on": today.isoformat(), "event": "REPORTED"}).status_code == 422
    with acting(SYSTEM):
        recent.refresh_from_db()
        overdue.refresh_from_db()
        assert (recent.is_open, overdue.is_live) == (True, True)


def test_each_label_leads_to_its_own_field(signed_in, workers, recent, overdue):
    for address in (f"/touch/journeys/{recent.pk}/", f"/touch/alerts/{overdue.pk}/"):
        ids = re.findall(r' id="([^"]+)"', signed_in(workers.crp).get(address).content.decode())
        assert len(ids) == len(set(ids))


def test_it_shows_no_name_until_someone_opens_it(signed_in, workers, recent):
    client = signed_in(workers.crp)
    assert NAME not in client.get(f"/touch/journeys/{recent.pk}/").content.decode()
    page = client.post(f"/touch/journeys/{recent.pk}/open/").content.decode()
    assert NAME in page
    assert "Suraj of the bus stand" in page


def test_it_never_shows_a_name_to_a_leader(signed_in, workers, recent):
    client = signed_in(workers.vo)
    assert client.get(f"/touch/journeys/{recent.pk}/").status_code == 200
    assert client.post(f"/touch/journeys/{recent.pk}/open/").status_code == 404


def test_it_is_absent_for_who_works_in_the_next_village(signed_in, stranger, recent, overdue):
    client = signed_in(stranger)
    for path in (f"journeys/{recent.pk}/", f"journeys/{recent.pk}/kit/", f"alerts/{overdue.pk}/"):
        assert client.get(f"/touch/{path}").status_code == 404
    for path in (
        f"journeys/{recent.pk}/check-in/",
        f"journeys/{recent.pk}/end/",
        f"alerts/{overdue.pk}/close/",
        f"alerts/{overdue.pk}/snooze/",
    ):
        assert client.post(f"/touch/{path}", {"told": "CALL.WELL"}).status_code == 404
    assert str(overdue.pk) not in client.get("/touch/alerts/").content.decode()


def test_it_lists_what_waits_and_closes_it_with_an_outcome(signed_in, workers, overdue):
    client = signed_in(workers.crp)
    assert "Waits for you" in client.get("/touch/alerts/").content.decode()
    refused = client.post(f"/touch/alerts/{overdue.pk}/close/", {"outcome": ""})
    assert refused.status_code == 422
    client.post(f"/touch/alerts/{overdue.pk}/close/", {"outcome": "HEARD_SAFE", "note": "spoke with her aunt"})
    with acting(SYSTEM):
        overdue.refresh_from_db()
        assert (overdue.state, overdue.outcome) == ("CLOSED", "HEARD_SAFE")


def test_it_puts_off_hands_up_and_shows_who_was_told(signed_in, workers, overdue):
    client = signed_in(workers.crp)
    client.post(f"/touch/alerts/{overdue.pk}/hand-up/", {"reason": "DANGER"})
    until = (day_in_india(timezone.now()) + timedelta(days=2)).isoformat()
    told = {"until": until, "reason": "TRAVELLING"}
    page = client.get(f"/touch/alerts/{overdue.pk}/").content.decode()
    assert "It stands higher than you now" in page
    assert "Put off until that day" not in page
    assert "This alert stands higher now." in client.post(f"/touch/alerts/{overdue.pk}/snooze/", told).content.decode()
    signed_in(workers.vo).post(f"/touch/alerts/{overdue.pk}/snooze/", told)
    page = client.get(f"/touch/alerts/{overdue.pk}/").content.decode()
    assert "There is danger" in page
    assert "Is travelling" in page
    assert f"told: {workers.vo.name}" in page


def test_the_alert_of_a_marriage_leads_to_its_line_and_says_what_the_law_says(signed_in, workers, village):
    entry = make_entry(village, "MARRIAGE", who=someone(NAME, years=15))
    with acting(SYSTEM):
        alert = Alert.objects.get()
    page = signed_in(workers.crp).get(f"/touch/alerts/{alert.pk}/").content.decode()
    assert f"/registers/line/{entry.pk}/" in page
    assert "Child Marriage Prohibition Officer" in page
    assert NAME not in page


def test_it_registers_before_leaving_and_refuses_the_second_time_with_the_way_out(signed_in, workers, village):
    told = {
        "village": village.pk, "name": NAME, "guardian_name": "Planted Ram", "sex": "FEMALE", "years": 24, "consent": "on",
        "leaves_on": (day_in_india(timezone.now()) + timedelta(days=3)).isoformat(), "migration_type": "SEASONAL",
        "migration_reason": "BETTER_WAGE", "migration_mode": "PLACEMENT_AGENCY", "companion": "ALONE", "employer_verified": "no",
        "check_in_interval_days": 15, "code_word": "neem", "phone": "98765 43210",
    }  # fmt: skip
    client = signed_in(workers.crp)
    wrong = {"phone": "call me", "expected_return_on": day_in_india(timezone.now()).isoformat()}
    refused = client.post("/touch/depart/", told | wrong).content.decode()
    assert "A phone number has 3 to 15 digits" in refused
    assert "That day lies before the day of leaving." in refused
    assert client.post("/touch/depart/", told).status_code == 302
    again = client.post("/touch/depart/", told)
    assert again.status_code == 422
    assert "open journey already" in again.content.decode()
    with acting(SYSTEM):
        journey = Journey.objects.get()
    assert f'href="/touch/journeys/{journey.pk}/"' in again.content.decode()
    kit = client.post(f"/touch/journeys/{journey.pk}/kit/").content.decode()
    assert "neem" in kit
    assert "1098" in kit
    assert 'href="sms:98765 43210?body=112' in kit
    assert "neem" not in kit.split("sms:")[1].split('"')[0]
    assert "neem" not in client.get(f"/touch/journeys/{journey.pk}/kit/").content.decode()


def test_it_lists_who_left_without_trace_and_raises_an_alert(signed_in, workers, village, stranger):
    entry = make_entry(village, "LEFT", who=someone(NAME, years=16))
    client = signed_in(workers.crp)
    page = client.get("/touch/without-trace/").content.decode()
    assert str(entry.person_id) in page
    assert NAME not in page
    assert client.post(f"/touch/without-trace/{entry.person_id}/").status_code == 302
    with acting(SYSTEM):
        assert Alert.objects.get().kind == "NO_TRACE"
    assert str(entry.person_id) not in signed_in(stranger).get("/touch/without-trace/").content.decode()


def test_it_moves_a_search_and_shows_the_clocks_with_their_source(signed_in, workers, child_missing):
    client = signed_in(workers.officer)
    page = client.get(f"/touch/missing/{child_missing.pk}/").content.decode()
    assert "WP(C) 75/2012" in page
    with acting(SYSTEM):
        code = child_missing.entry.household.shown_code
    assert code in client.get("/touch/alerts/").content.decode()
    told = {"state": "FIR", "on": day_in_india(timezone.now()).isoformat(), "number": "112/2026"}
    assert client.post(f"/touch/missing/{child_missing.pk}/move/", told).status_code == 302
    page = client.get(f"/touch/missing/{child_missing.pk}/").content.decode()
    assert "Unverified" in page
    assert client.get(f"/touch/missing/{child_missing.pk}/").status_code == 200
    assert client.get("/touch/missing/").status_code == 200


def test_it_shows_a_reason_that_was_not_chosen_again_with_its_form(signed_in, workers, overdue):
    answer = signed_in(workers.crp).post(f"/touch/alerts/{overdue.pk}/hand-up/", {"reason": "NOTHING"})
    assert answer.status_code == 422
    assert answer.context["hand_up"].errors["reason"]


def test_it_asks_the_database_no_more_for_more_people_missing(signed_in, workers, village):
    client = signed_in(workers.officer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/touch/missing/").status_code == 200
        return len(captured)

    make_entry(village, "MISSING", who=someone(years=15))
    asked()
    one = asked()
    for _nth in range(3):
        make_entry(village, "MISSING", who=someone(years=15))
    assert asked() == one


def test_it_cuts_no_list_off(signed_in, workers, village, monkeypatch):
    from aanchal.tracking.views import searches

    monkeypatch.setattr(searches, "A_PAGE", 2)
    for _nth in range(3):
        make_entry(village, "MISSING", who=someone(years=15))
        make_entry(village, "LEFT", who=someone(years=16))
    client = signed_in(workers.crp)
    for address in ("/touch/missing/", "/touch/without-trace/"):
        first, second = (client.get(f"{address}?page={n}").context for n in (1, 2))
        assert first["page"].paginator.count == 3
        assert [len(first["rows"]), len(second["rows"])] == [2, 1]


def test_an_address_of_a_form_opened_as_a_page_leads_back_to_the_page(signed_in, workers, recent):
    answer = signed_in(workers.crp).get(f"/touch/journeys/{recent.pk}/check-in/", headers={"accept": "text/html"})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert f'href="/touch/journeys/{recent.pk}/"' in answer.content.decode()
