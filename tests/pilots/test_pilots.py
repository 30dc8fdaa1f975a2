"""A state's pilot from its approved selection to its standing at a glance."""

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import actions as meetings
from aanchal.activities import campaigning, training
from aanchal.money.actions import load_heads
from aanchal.pilots import actions, queries, rules
from aanchal.pilots.models import PilotPlace, Strategy
from aanchal.pilots.rules import Refused
from tests.activities.builders import DAY, known, make_force, make_meeting, master, trained
from tests.factories import make_posting
from tests.money.builders import Slot, commit, make_budget, spend
from tests.pilots.builders import approved_run, draft_run

NOW = datetime(2026, 9, 15, 6, tzinfo=UTC)
FIRST, LAST = date(2026, 4, 1), date(2036, 3, 31)
PDF = b"%PDF-1.7 strategy"


def refused(code):
    return pytest.raises(Refused, match=code)


@pytest.fixture
def officer(india):
    with acting(SYSTEM):
        training.load_modules(by=SYSTEM)
        return make_posting("programme_officer", india["state"])


@pytest.fixture
def stranger(india):
    with acting(SYSTEM):
        return make_posting("programme_officer", india["far state"])


@pytest.fixture
def pilot(india, officer):
    return begin(india, officer, approved_run(india["east"]))


def begin(india, by, run):
    with acting(by):
        told = {"title": "Pilot", "starts_on": FIRST, "ends_on": LAST, "runs": [run]}
        return actions.begin(state=india["state"], at=NOW, by=by, **told)


def test_its_places_are_those_of_an_approved_selection_by_the_action_and_by_the_database(india, officer, pilot):
    with acting(officer):
        assert [one.place for one in queries.places_of(pilot)] == [india["east"]]
        approved = pilot.places.get().run
    draft = draft_run(india["west"])
    with refused("not_approved"):
        begin(india, officer, draft)
    with acting(officer):
        for chosen_by in (draft, approved):
            with pytest.raises(Error), transaction.atomic():
                PilotPlace.objects.create(pilot=pilot, place=india["west"], place_no=india["west"].place_no, run=chosen_by)


def test_a_selection_approved_later_widens_it_and_none_is_in_it_twice(india, officer, pilot):
    with acting(officer):
        assert actions.widen(pilot=pilot, run=pilot.places.get().run, by=officer) == 0
    later = approved_run(india["west"])
    with acting(officer):
        assert actions.widen(pilot=pilot, run=later, by=officer) == 1


def test_it_refuses_days_outside_the_pilot_and_a_phase_ended_before_it_began_or_twice(officer, pilot):
    with acting(officer):
        with refused("outside_the_pilot"):
            actions.plan_phase(pilot=pilot, title="Late", starts_on=LAST, ends_on=LAST + timedelta(days=1), by=officer)
        with refused("ends_before_it_begins"):
            actions.plan_phase(pilot=pilot, title="Turned", starts_on=LAST, ends_on=FIRST, by=officer)
        with refused("outside_the_pilot"):
            actions.set_aim(pilot=pilot, measure="TRAINED", words="x", unit="people", number=5, by_on=LAST + timedelta(days=1), by=officer)
        ahead = actions.plan_phase(pilot=pilot, title="Ahead", starts_on=date(2026, 12, 1), ends_on=LAST, by=officer)
        with refused("not_begun"):
            actions.end_phase(phase=ahead, at=NOW, by=officer)
        first = actions.plan_phase(pilot=pilot, title="First", starts_on=FIRST, ends_on=FIRST, by=officer)
        assert queries.phase_on(pilot, FIRST) == first
        actions.end_phase(phase=first, at=NOW, by=officer)
        with refused("done_already"):
            actions.end_phase(phase=first, at=NOW, by=officer)
        assert queries.phase_on(pilot, FIRST) is None


def test_what_is_counted_is_not_told_by_hand_and_what_is_told_has_its_day(officer, pilot):
    with acting(officer):
        told = {"pilot": pilot, "words": "x", "unit": "people", "number": 10, "by_on": LAST, "by": officer}
        counted, by_hand = (actions.set_aim(measure=measure, **told) for measure in ("TRAINED", "TOLD"))
        with refused("is_counted"):
            actions.tell_aim(aim=counted, reached=3, at=NOW, by=officer)
        actions.tell_aim(aim=by_hand, reached=3, at=NOW, by=officer)
        assert sorted((one.reached, one.percent) for one in queries.aims_of(pilot, NOW.date())) == [(0, 0), (3, 30)]


def test_a_strategy_keeps_its_checksum_and_stays_beside_a_later_one(officer, pilot):
    with acting(officer):
        for file in (PDF, PDF + b"2"):
            actions.file_strategy(pilot=pilot, file=file, at=NOW, by=officer)
        with refused("not_a_paper"):
            actions.file_strategy(pilot=pilot, file=b"<html>", at=NOW, by=officer)
        assert pilot.strategies.get(nth=1).sha256 == sha256(PDF).hexdigest()
    with acting(SYSTEM), pytest.raises(Error), transaction.atomic():
        Strategy.objects.update(nth=9)


def test_each_number_at_a_glance_leads_to_the_rows_it_counts(india, officer, pilot, signed_in):
    with acting(SYSTEM):
        load_heads(by=SYSTEM)
        roles = {"finance": "finance_officer", "director": "mission_director"}
        cast = {name: make_posting(role, india["state"]) for name, role in roles.items()}
    budget = make_budget(india, cast)
    spend(commit(budget, cast["finance"], 50_000, Slot("MEETINGS")), cast["finance"], 30_000)
    meeting = make_meeting(make_force(india["east"], officer), officer)
    with acting(officer):
        meetings.decide(meeting=meeting, decision="Boards in time", office="Transport", due_on=meeting.on, at=NOW, by=officer)
        for n, on in enumerate((FIRST, LAST)):
            told = {"title": f"Training {n}", "audience": "CRP", "starts_on": on, "ends_on": on, "venue": "Hall"}
            training.plan(place=india["east"], module=training.Module.objects.first(), told=told, at=NOW, by=officer)
        figures = {one.key: one for one in queries.figures(officer, pilot, date(2026, 10, 1))}
    assert {key: one.number for key, one in figures.items()} == {"held": 0, "planned": 2, "late": 1, "released": 300_000, "spent": 30_000}
    client = signed_in(officer)
    assert "Training 0" in client.get(figures["planned"].url).content.decode()
    assert "Training 0" not in client.get(figures["held"].url).content.decode()
    assert "Boards in time" in client.get(figures["late"].url).content.decode()
    for one in figures.values():
        assert client.get(one.url).status_code == 200
    page = client.get(f"/pilots/{pilot.pk}/").content.decode()
    assert "₹3,000" in page
    assert "east" in page


def test_the_pages_begin_a_pilot_and_fill_it(india, officer, signed_in):
    run, client = approved_run(india["east"]), signed_in(officer)
    told = {"title": "Pilot", "starts_on": FIRST.isoformat(), "ends_on": LAST.isoformat(), "runs": [str(run.pk)]}
    assert client.post("/pilots/", told | {"ends_on": "2026-01-01"}).status_code == 422
    assert "longer than one day" in client.post("/pilots/", told | {"ends_on": told["starts_on"]}).content.decode()
    address = client.post("/pilots/", told)["Location"]
    aim = {"what": "aim", "aim-measure": "TOLD", "aim-words": "Boards", "aim-number": 40, "aim-unit": "boards"}
    aim["aim-by_on"] = LAST.isoformat()
    assert client.post(address, aim).status_code == 302
    phase = {"what": "phase", "phase-title": "First steps", "phase-starts_on": FIRST.isoformat(), "phase-ends_on": LAST.isoformat()}
    assert client.post(address, phase).status_code == 302
    assert client.post(address, {"what": "nothing"}).status_code == 404
    assert "First steps" in client.get(address).content.decode()


def test_a_stranger_of_another_state_finds_no_pilot(pilot, officer, stranger, signed_in):
    with acting(officer):
        actions.file_strategy(pilot=pilot, file=PDF, at=NOW, by=officer)
        strategy = pilot.strategies.get()
    client = signed_in(stranger)
    for address in (f"/pilots/{pilot.pk}/", f"/pilots/strategies/{strategy.pk}/"):
        assert client.get(address).status_code == 404
    assert "Pilot</b>" not in client.get("/pilots/").content.decode()
    with acting(stranger), connection.cursor() as cursor:
        for table in ("pilot", "pilotplace", "aim", "phase", "strategy"):
            cursor.execute(f"SELECT count(*) FROM pilots_{table}")
            assert cursor.fetchone() == (0,), table
    with acting(stranger), pytest.raises(Error), transaction.atomic():
        Strategy.objects.create(pilot=pilot, place_no=pilot.place_no, nth=9, file=PDF, file_kind="application/pdf", sha256="", at=NOW)


def test_a_pilot_is_widened_on_its_page_by_one_more_approved_selection(india, officer, pilot, signed_in):
    run = approved_run(india["west"])
    client, page = signed_in(officer), f"/pilots/{pilot.pk}/"
    assert "Widen the pilot" in client.get(page).content.decode()
    assert client.post(page, {"what": "widen", "widen-runs": "no"}).status_code == 422
    assert client.post(page, {"what": "widen", "widen-runs": str(run.pk)}).status_code == 302
    with acting(officer):
        assert {one.place for one in queries.places_of(pilot)} == {india["east"], india["west"]}
    assert "Widen the pilot" not in client.get(page).content.decode()


def test_a_district_of_the_pilot_reads_it_and_changes_nothing_and_another_reads_nothing(india, officer, pilot, signed_in):
    with acting(SYSTEM):
        here, beside = (make_posting("programme_officer", india[name]) for name in ("east", "west"))
    with acting(officer):
        actions.file_strategy(pilot=pilot, file=PDF, at=NOW, by=officer)
        actions.plan_phase(pilot=pilot, title="Begin", starts_on=FIRST, ends_on=FIRST + timedelta(days=9), by=officer)
        strategy = Strategy.objects.get()
    client, page = signed_in(here), f"/pilots/{pilot.pk}/"
    body = client.get(page).content.decode()
    assert ("counted in" in body, "Behind its plan" in body, "Set a target" in body) == (True, True, False)
    assert "Behind its plan" in client.get("/pilots/").content.decode()
    assert client.get(f"/pilots/strategies/{strategy.pk}/").status_code == 200
    assert client.post("/pilots/export/", {"format": "csv"}).status_code == 200
    assert client.post(page, {"what": "aim"}).status_code == 404
    with acting(here), connection.cursor() as cursor:
        for table in ("pilot", "phase", "strategy"):
            cursor.execute(f"SELECT count(*) FROM pilots_{table}")
            assert cursor.fetchone() == (1,), table
        cursor.execute("UPDATE pilots_phase SET title = 'x'")
        assert cursor.rowcount == 0
    client = signed_in(beside)
    assert client.get(page).status_code == client.get(f"/pilots/strategies/{strategy.pk}/").status_code == 404
    assert client.post("/pilots/export/").status_code == 404
    with acting(beside), connection.cursor() as cursor:
        for table in ("pilot", "phase", "strategy"):
            cursor.execute(f"SELECT count(*) FROM pilots_{table}")
            assert cursor.fetchone() == (0,), table


@pytest.mark.parametrize(
    ("on", "is_late", "told"),
    [
        (FIRST - timedelta(days=1), True, "NOT_BEGUN"), (FIRST, False, "RUNNING"), (LAST, True, "LATE"),
        (LAST + timedelta(days=1), True, "ENDED"),
    ],
)  # fmt: skip
def test_how_a_pilot_stands(on, is_late, told):
    assert rules.standing(rules.Span(FIRST, LAST), is_late=is_late, on=on) == told


def test_a_target_past_its_day_makes_the_pilot_late_in_every_list_of_who_reads_it(india, officer, stranger, pilot, signed_in):
    with acting(SYSTEM):
        here = make_posting("programme_officer", india["east"])

    def late(user) -> tuple[bool, ...]:
        client = signed_in(user)
        csv = b"".join(client.post("/pilots/export/", {"format": "csv"}).streaming_content).decode()
        pages = (client.get(path).content.decode() for path in ("/pilots/", f"/pilots/{pilot.pk}/"))
        return tuple("Behind its plan" in one for one in (*pages, csv))

    with acting(officer):
        told = {"pilot": pilot, "unit": "people", "number": 10, "by_on": FIRST + timedelta(days=3), "by": officer}
        actions.set_aim(measure="TRAINED", words="Counted", **told)
    assert (late(officer), late(here)) == ((True,) * 3, (True,) * 3)
    with acting(stranger):
        assert queries.missed([pilot], NOW.date()) == {}


@pytest.mark.parametrize("who", ["officer", "here"])
def test_what_is_missed_is_counted_in_the_whole_state_as_its_progress_is(india, officer, pilot, who):
    on = NOW.date()
    with acting(SYSTEM):
        readers = {"officer": officer, "here": make_posting("programme_officer", india["east"])}
    west, first = india["west"], master(india["state"], officer)
    for n, day in enumerate((DAY, DAY)):
        trained(west, officer, first, [known(west, officer, name) for name in ("Rani", f"Worker {n}")], starts_on=day, ends_on=day)
    make_meeting(make_force(west, officer), officer)
    with acting(officer):
        notice = meetings.Notice("WORKSHOP", "All departments", DAY, time(11), "Hall", "Plan")
        workshop = meetings.call(place=west, notice=notice, at=NOW, by=officer)
        meetings.hold(meeting=workshop, present=[("Police", "POLICE", True)], at=NOW, by=officer)
        told = {"on": DAY, "method": "PLAY", "title": "Play", "language": "Hindi", "women": 30, "girls": 4, "men": 0, "boys": 0}
        campaigning.record_event(place=west, told=told, at=NOW, by=officer)
        for measure, n in (("TRAINED", 3), ("REACHED", 34), ("MEETINGS", 1), ("WORKSHOPS", 1), ("TOLD", 5)):
            for more in (0, 1):
                told = {"measure": measure, "words": f"{measure} {more}", "unit": "people", "number": n + more, "by_on": FIRST}
                aim = actions.set_aim(pilot=pilot, by=officer, **told)
                if measure == "TOLD":
                    actions.tell_aim(aim=aim, reached=5, at=NOW, by=officer)
        counted = {told.aim.words: told.reached for told in queries.aims_of(pilot, on)}
    assert {words: n for words, n in counted.items() if words.endswith("0")} == {
        "TRAINED 0": 3, "REACHED 0": 34, "MEETINGS 0": 1, "WORKSHOPS 0": 1, "TOLD 0": 5,
    }  # fmt: skip
    with acting(readers[who]):
        missed = {aim.words for aim in queries.missed([pilot], on)[pilot.pk]}
    assert missed == {"TRAINED 1", "REACHED 1", "MEETINGS 1", "WORKSHOPS 1", "TOLD 1"}
