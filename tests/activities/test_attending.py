"""A training's sessions, its door, its villages, who trained whom, and how far a target is."""

import threading
from datetime import time, timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.db.utils import Error
from django.test import Client
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.activities import attending, cascade, queries, training
from aanchal.activities.attending import Planned
from aanchal.activities.models import Attendee, Presence
from aanchal.activities.rules import Refused
from aanchal.activities.training import Result
from aanchal.notices.models import Notice
from aanchal.pilots import queries as pilots
from aanchal.places.terms import Level
from aanchal.villages.adopting import adopt_roadmap
from tests.activities.builders import DAY, NOW, TOLD, known, master, module, someone, trained
from tests.factories import make_nation, make_place, make_posting

FIRST = Planned(DAY, time(10), 90, "FORMS", "Stories", "CASE")


def refused(code):
    return pytest.raises(Refused, match=code)


def planned(place, by, **told):
    with acting(by):
        return training.plan(place=place, module=module(), told=TOLD | told, at=NOW, by=by)


def session(one, by, **told):
    with acting(by):
        trainer = told.pop("trainer", None)
        return attending.plan_session(training=one, told=Planned(**vars(FIRST) | told), trainer=trainer, by=by)


@pytest.fixture
def today(india, officer):
    """A training of today with one who attends, and an office number."""
    on = day_in_india(timezone.now())
    one = planned(india["east"], officer, starts_on=on, ends_on=on)
    she = known(india["east"], officer, "Asha Kumari", office_no="EM-7")
    with acting(officer):
        return one, training.enrol(training=one, participant=she, by=officer)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"starts_at": time(11)}, "sessions_overlap"), ({"starts_at": time(9), "minutes": 61}, "sessions_overlap"),
        ({"on": DAY + timedelta(days=1)}, "not_on_its_days"), ({"starts_at": time(23, 30), "minutes": 60}, "past_midnight"),
    ],
)  # fmt: skip
def test_sessions_that_overlap_or_leave_the_days_of_the_training_are_refused(india, officer, told, code):
    one = planned(india["east"], officer)
    session(one, officer)
    with refused(code):
        session(one, officer, **told)


def test_a_session_may_begin_as_another_ends(india, officer):
    one = planned(india["east"], officer)
    for hour in (time(10), time(11, 30), time(8, 30)):
        session(one, officer, starts_at=hour)
    with acting(officer):
        assert [each.starts_at for each in queries.sessions(one)] == [time(8, 30), time(10), time(11, 30)]


def test_a_trainer_gives_no_two_sessions_at_a_time_in_different_trainings(india, officer):
    first, here, there = master(india["state"], officer), planned(india["east"], officer), planned(india["west"], officer)
    with acting(officer):
        mine, other = (training.assign_trainer(training=one, participant=first, by=officer) for one in (here, there))
    session(here, officer, trainer=mine)
    with refused("trains_elsewhere"):
        session(there, officer, starts_at=time(11), trainer=other)
    session(there, officer, starts_at=time(12), trainer=other)


def test_who_scans_the_square_signs_in_once_by_her_code_or_office_number(today, client):
    one, attendee = today
    address = f"/activities/d/{attending.door(one, one.starts_on)}/sign-in/"
    assert client.get(address).status_code == 200
    for typed in (attendee.code, f" {attendee.code} ", "em-7"):
        page = client.post(address, {"code": typed})
        assert "You are signed in" in page.content.decode()
        assert "Asha" not in page.content.decode()
    wrong = client.post(address, {"code": "EM-8"})
    assert wrong.status_code == 422
    with acting(SYSTEM):
        assert Presence.objects.count() == 1


def test_a_square_that_is_too_old_made_up_or_of_another_day_opens_nothing(today, client, monkeypatch):
    one, attendee = today
    token = attending.door(one, one.starts_on)
    assert client.get(f"/activities/d/{token[:-2]}xx/sign-in/").status_code == 404
    other = signing.dumps([str(one.pk), one.starts_on.isoformat()], salt="another")
    assert client.get(f"/activities/d/{other}/sign-in/").status_code == 404
    yesterday = attending.door(one, one.starts_on - timedelta(days=1))
    assert client.post(f"/activities/d/{yesterday}/sign-in/", {"code": attendee.code}).status_code == 422
    monkeypatch.setattr(attending, "HOLDS_MINUTES", -1)
    assert client.get(f"/activities/d/{token}/sign-in/").status_code == 404
    with acting(SYSTEM):
        assert not Presence.objects.exists()


def test_after_many_wrong_numbers_the_door_of_the_day_shuts(today, client, monkeypatch):
    cache.clear()
    one, attendee = today
    monkeypatch.setattr(attending, "MOST_WRONG", 2)
    address = f"/activities/d/{attending.door(one, one.starts_on)}/sign-in/"
    for _ in range(2):
        client.post(address, {"code": "no"})
    assert client.post(address, {"code": attendee.code}).status_code == 422
    cache.clear()


def test_an_office_number_that_two_share_signs_nobody_in(today, officer, india):
    one, _attendee = today
    with acting(officer):
        other = training.known(place=india["east"], someone=someone("Other Kumari", office_no="EM-7"), at=NOW, by=officer)
        training.enrol(training=one, participant=other, by=officer)
        with refused("fits_nobody"):
            attending.sign_in(training=one, typed="EM-7", on=one.starts_on, at=timezone.now(), by=officer)


def test_the_door_is_shown_to_who_leads_it_and_to_nobody_next_door(today, enter, officer, stranger):
    one, attendee = today
    page = enter(officer).get(f"/activities/trainings/{one.pk}/door/").content.decode()
    assert "<svg" in page
    assert attendee.code in page
    client = enter(stranger)
    for end in ("door", "plan"):
        assert client.get(f"/activities/trainings/{one.pk}/{end}/").status_code == 404
    with acting(stranger), connection.cursor() as cursor:
        for table in ("session", "presence", "trainedvillage"):
            cursor.execute(f"SELECT count(*) FROM activities_{table}")
            assert cursor.fetchone() == (0,)
    with acting(stranger), pytest.raises(Error), transaction.atomic():
        Presence.objects.create(attendee=attendee, place_no=attendee.place_no, on=DAY, at=NOW)


def test_a_training_sums_up_who_stayed_left_and_never_came_and_both_tests(india, officer):
    one, first = planned(india["east"], officer, ends_on=DAY + timedelta(days=1)), master(india["state"], officer)
    people = [known(india["east"], officer, f"Worker {n}") for n in range(3)]
    with acting(officer):
        training.assign_trainer(training=one, participant=first, by=officer)
        enrolled = [training.enrol(training=one, participant=each, by=officer) for each in people]
        results = (Result(2, 40, 80), Result(1, 20, None, "DUTY"), Result(0, None, None, "UNKNOWN"))
        told = dict(zip((each.pk for each in enrolled), results, strict=True))
        training.hold(training=one, results=told, at=NOW, by=officer)
        assert queries.summed_up(one) == {"stayed": 1, "left": 1, "never": 1, "before": 40, "after": 80}
        assert Attendee.objects.get(pk=enrolled[1].pk).why_left == "DUTY"


def test_the_cascade_is_a_tree_in_which_each_trainer_stands_once(india, officer, django_assert_max_num_queries):
    first = master(india["state"], officer)
    second, third = known(india["state"], officer, "Second Trainer"), known(india["east"], officer, "Third Worker")
    for trainer, people, is_tot in ((first, [second], True), (second, [third], True), (first, [third], False)):
        trained(india["east"], officer, trainer, people, is_of_trainers=is_tot)
    with acting(officer), django_assert_max_num_queries(12):
        [top] = cascade.tree(officer, "basics")
    assert (top.person, top.trained) == (first, 2)
    assert {node.person.name for node in top.below} == {"Second Trainer"} or len(top.below) == 1
    names, waiting = [], [top]
    while waiting:
        node = waiting.pop()
        names.append(node.person.name)
        waiting += node.below
    assert sorted(names) == ["Meera Devi", "Second Trainer", "Third Worker"]


def test_under_a_trainer_stand_those_who_passed_and_on_top_those_whose_trainers_are_not_seen(india, officer, district_officer, stranger):
    first, second = master(india["state"], officer), known(india["east"], officer, "Second Trainer")
    trained(india["state"], officer, first, [second], is_of_trainers=True)
    trained(india["state"], officer, first, [known(india["state"], officer, "Who did not pass")], is_of_trainers=True, after=50)
    trained(india["east"], officer, second, [known(india["east"], officer, "Third Worker")])
    with acting(district_officer):
        assert [(node.person, node.trained) for node in cascade.tree(district_officer, "basics")] == [(second, 1)]
    with acting(officer):
        [top] = cascade.tree(officer, "basics")
        assert (top.person, top.trained, [node.person for node in top.below]) == (first, 2, [second])
    with acting(stranger):
        assert cascade.tree(stranger, "basics") == []


def test_a_target_of_officers_counts_each_once_by_rank_sex_and_place(india, officer, enter):
    first = master(india["state"], officer)
    told = {"audience": "POLICE", "rank": "INSPECTOR"}
    people = [known(india["east"], officer, "Inspector One", **told)]
    people.append(known(india["west"], officer, "Inspector Two", **told | {"sex": "MALE"}))
    people.append(known(india["east"], officer, "Asha Kumari"))
    for _again in range(2):
        trained(india["east"], officer, first, people)
    with acting(officer):
        target = training.set_target(
            place=india["state"], module_key="basics", people=10_000, by_on=DAY, of_officers=True, at=NOW, by=officer
        )  # fmt: skip
        [progress] = queries.progress(officer, DAY)
        assert progress.people == 2
        parts = {key: dict(rows) for key, rows in queries.parts_of(target)}
    assert parts["rank"]["Inspector"] == 2 == sum(parts["rank"].values())
    assert (parts["sex"]["Women"], parts["sex"]["Men"]) == (1, 1)
    assert sorted(parts["district"].values()) == [1, 1]
    assert enter(officer).get(f"/activities/trainings/targets/{target.pk}/").status_code == 200


def test_after_the_training_the_village_is_offered_its_roadmap_and_its_leader_adopts_it(india, officer, enter):
    village = india["east village 1"]
    with acting(SYSTEM):
        leader = make_posting("vo_leader", village)
        next_door = make_posting("vo_leader", india["east village 2"])
    one, first = planned(india["east"], officer, audience="CBO"), master(india["state"], officer)
    with acting(officer):
        training.assign_trainer(training=one, participant=first, by=officer)
        attending.invite_villages(training=one, villages=[village], by=officer)
        enrolled = training.enrol(training=one, participant=training.known(
            place=village, someone=someone("Leader Devi"), at=NOW, by=officer), by=officer)  # fmt: skip
        training.hold(training=one, results={enrolled.pk: Result(1, None, None)}, at=NOW, by=officer)
    with acting(SYSTEM):
        assert list(Notice.objects.filter(topic="OFFER").values_list("user", flat=True)) == [leader.pk]
    page = enter(leader).get(f"/villages/{village.pk}/roadmap/").content.decode()
    assert "The Village Organisation was trained on" in page
    assert "its roadmap waits to be adopted" in enter(leader).get("/").content.decode()
    with acting(next_door):
        assert pilots.offer_to(village) is None
    with acting(leader):
        adopt_roadmap(place=village, adopted_on=DAY, meeting="Monthly", village_organisation="Ujala VO", at=NOW, by=leader)
    assert "was trained on" not in enter(leader).get(f"/villages/{village.pk}/roadmap/").content.decode()


def test_villages_are_invited_by_code_and_a_code_of_elsewhere_is_named(india, officer, enter):
    one, client = planned(india["east"], officer), enter(officer)
    address = f"/activities/trainings/{one.pk}/plan/"
    far, near = (india[name].lgd_code for name in ("far village 1", "east village 1"))
    answer = client.post(address, {"what": "villages", "codes": f"{near}\n{far}"})
    assert answer.status_code == 422
    assert str(far) in answer.content.decode()
    assert client.post(address, {"what": "villages", "codes": f"{near}, {near}"}).status_code == 302
    told = {"what": "session", "on": DAY.isoformat(), "starts_at": "10:00", "minutes": 90, "subject": "FORMS", "method": "CASE"}
    told["words"] = "Stories"
    assert client.post(address, told).status_code == 302
    assert client.post(address, told).status_code == 422
    assert "Stories" in client.get(address).content.decode()


def test_phones_that_try_at_once_at_a_door_try_no_more_wrong_numbers_than_may_be(own_database):
    """Each over a connection of its own: whoever tries holds the training before she reads the count."""
    left, phones = 3, 8
    with acting(SYSTEM):
        east = make_place(Level.DISTRICT, make_place(Level.STATE, make_nation(), "state"), "east")
        officer, on = make_posting("programme_officer", east), day_in_india(timezone.now())
    one = planned(east, officer, starts_on=on, ends_on=on)
    cache.set(f"activities.door.{one.pk}.{on}", attending.MOST_WRONG - left)
    address, begun, answers = f"/activities/d/{attending.door(one, on)}/sign-in/", threading.Barrier(phones), []

    def try_it():
        begun.wait()
        try:
            answers.append("Nobody signs in here now" in Client().post(address, {"code": "no"}).content.decode())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_it) for _ in range(phones)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers.count(False), answers.count(True)) == (left, phones - left)
    assert cache.get(f"activities.door.{one.pk}.{on}") == attending.MOST_WRONG
