"""The cascade, certificates anyone may check, and people counted once."""

import pytest
from django.db import connection, transaction
from django.db.utils import Error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import counts, queries, rules, training
from aanchal.activities.models import Certificate, Participant, Trainer
from aanchal.activities.rules import Refused
from aanchal.activities.training import Result
from tests.activities.builders import DAY, NOW, TOLD, known, master, module, someone, trained
from tests.factories import make_posting
from tests.network.builders import entered


def refused(code):
    return pytest.raises(Refused, match=code)


@pytest.fixture
def planned(india, officer):
    with acting(officer):
        return training.plan(place=india["east"], module=module(), told=TOLD, at=NOW, by=officer)


@pytest.mark.parametrize(("days", "after", "is_passed"), [(1, 60, True), (1, 59, False), (0, 100, False), (1, None, False)])
def test_who_was_there_and_reached_the_mark_has_passed(days, after, is_passed):
    assert rules.passed(days, after, 60) is is_passed


def test_a_trainer_who_never_passed_is_refused_by_the_action_and_by_the_database(planned, india, officer):
    nobody = known(india["east"], officer, "Kamla Bai")
    with acting(officer):
        with refused("never_passed"):
            training.assign_trainer(training=planned, participant=nobody, by=officer)
        with pytest.raises(Error), transaction.atomic():
            Trainer.objects.create(training=planned, participant=nobody, place_no=planned.place_no)


def test_the_cascade_goes_from_a_master_to_whom_she_trained_and_says_who_trained_whom(india, officer):
    first = master(india["state"], officer)
    second, third = known(india["state"], officer, "Second Trainer"), known(india["east"], officer, "Third Worker")
    trained(india["state"], officer, first, [second], is_of_trainers=True)
    trained(india["east"], officer, second, [third])
    with acting(officer):
        assert list(queries.trainers_of(third)) == [second]
        assert queries.trained_by(second) == 1
        assert list(queries.trainers_of(second)) == [first]
        again = training.plan(place=india["east"], module=module(), told=TOLD, at=NOW, by=officer)
        with refused("never_passed"):
            training.assign_trainer(training=again, participant=third, by=officer)


@pytest.mark.parametrize("how", ["failed", "revoked", "other module"])
def test_who_failed_or_lost_her_certificate_or_passed_another_module_does_not_train(planned, india, officer, how):
    first, second = master(india["state"], officer), known(india["state"], officer, "Second Trainer")
    trained(india["state"], officer, first, [second], is_of_trainers=True, after=59 if how == "failed" else 80)
    with acting(officer):
        if how == "revoked":
            training.revoke(certificate=Certificate.objects.get(), why="Test was copied", on=DAY, by=officer)
        one = planned
        if how == "other module":
            one = training.plan(place=india["east"], module=module("registers"), told=TOLD, at=NOW, by=officer)
        with refused("never_passed"):
            training.assign_trainer(training=one, participant=second, by=officer)


def test_it_refuses_what_cannot_be(planned, india, officer):
    first, she = master(india["state"], officer), known(india["east"], officer, "Asha Kumari")
    with acting(officer):
        entry = training.enrol(training=planned, participant=she, by=officer)
        with refused("attends_already"):
            training.enrol(training=planned, participant=she, by=officer)
        with refused("no_trainer"):
            training.hold(training=planned, results={entry.pk: Result(1, 1, 1)}, at=NOW, by=officer)
        training.assign_trainer(training=planned, participant=first, by=officer)
        with refused("trains_already"):
            training.enrol(training=planned, participant=first, by=officer)
        with refused("more_days_than_it_had"):
            training.hold(training=planned, results={entry.pk: Result(2, 1, 1)}, at=NOW, by=officer)
        with refused("nobody_came"):
            training.hold(training=planned, results={entry.pk: Result(0, None, None)}, at=NOW, by=officer)
        with refused("not_noted_as_held"):
            training.certify(training=planned, on=DAY, at=NOW, by=officer)
        with refused("ends_before_it_begins"):
            training.plan(place=india["east"], module=module(), told=TOLD | {"ends_on": DAY.replace(day=1)}, at=NOW, by=officer)


def test_a_version_of_a_state_holds_there_and_not_elsewhere(india, officer):
    with acting(officer):
        told = {"hours": 8, "pass_percent": 70, "source": "Circular 9", "on": DAY, "by": officer}
        training.publish_version(place=india["state"], key="basics", **told)
        assert {one.key: one.pass_percent for one in queries.modules(DAY, india["east"])}["basics"] == 70
        assert {one.key: one.pass_percent for one in queries.modules(DAY, india["far"])}["basics"] == 60


def test_certified_again_there_is_no_second_certificate(india, officer):
    one = trained(india["east"], officer, master(india["state"], officer), [known(india["east"], officer, "Asha Kumari")])
    with acting(officer):
        assert training.certify(training=one, on=DAY, at=NOW, by=officer) == 0


def test_who_has_a_certificate_is_trained_on_the_board_of_posts(india, officer, crp):
    row = entered(india["east"], officer, "CRP", "A worker", user=crp)
    first = master(india["state"], officer)
    trained(india["east"], officer, first, [known(india["east"], officer, "", user=crp)])
    with acting(officer):
        row.refresh_from_db()
    assert row.trained_on == DAY


def test_who_did_not_pass_is_not(india, officer, crp):
    row = entered(india["east"], officer, "CRP", "A worker", user=crp)
    trained(india["east"], officer, master(india["state"], officer), [known(india["east"], officer, "", user=crp)], after=10)
    with acting(officer):
        row.refresh_from_db()
    assert row.trained_on is None


def test_anyone_checks_a_number_and_learns_of_nobody_else(client, india, officer):
    people = [known(india["east"], officer, name) for name in ("Asha Kumari", "Planted Otherwoman")]
    trained(india["east"], officer, master(india["state"], officer), people)
    with acting(officer):
        held = Certificate.objects.get(attendee__participant=people[0])
    page = client.post("/certificate/", {"number": held.shown_number.lower()}).content.decode()
    assert "Valid" in page
    assert "A. K." in page
    assert "Asha" not in page
    assert "Planted" not in page
    with acting(officer):
        training.revoke(certificate=held, why="Test was copied", on=DAY, by=officer)
    page = client.post("/certificate/", {"number": held.number}).content.decode()
    assert "Revoked" in page
    assert "copied" not in page
    for wrong in ("0000-0000-0000", "short", "x' OR 1=1"):
        assert "No certificate has this number" in client.post("/certificate/", {"number": wrong}).content.decode()
    assert client.post("/certificate/", {"number": ""}).status_code == 422


@pytest.mark.parametrize("typed", ["K7M2-QX9A-40TB", "k7m2qx9a40tb", "K7M2 QX9A 4OTB", " K7M2-QX9A-4otb "])
def test_a_number_is_read_as_people_type_it(typed):
    assert rules.shown_number(rules.read_number(typed)) == "K7M2-QX9A-40TB"


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True), min_size=1, max_size=3))
def test_each_person_is_counted_once_however_often_she_comes(india, officer, batches):
    with transaction.atomic():
        first = master(india["state"], officer)
        for batch in batches:
            trained(india["east"], officer, first, [known(india["east"], officer, f"Worker {n}") for n in batch])
        with acting(officer):
            training.set_target(place=india["state"], module_key="basics", people=10, by_on=DAY, at=NOW, by=officer)
            [told] = queries.progress(officer, DAY)
            once = len({n for batch in batches for n in batch})
            assert told.people == sum(n for _label, n in told.by_audience) == once
            assert counts.outcomes(india["state"], DAY, DAY)["trained"] == once
            assert Participant.objects.count() == once + 1
        transaction.set_rollback(True)


def test_who_was_trained_in_a_district_is_known_by_her_office_number_in_a_training_of_the_state(india, officer):
    first, who = master(india["state"], officer), {"audience": "POLICE", "office_no": "B-17"}
    people = [known(india["east"], officer, "Rani Devi", post="Constable", **who)]
    people.append(known(india["state"], officer, "rani devi", post="Sub-inspector", **who | {"office_no": "b-17"}))
    people.append(known(india["state"], officer, "Rani Devi", post="Sub-inspector", **who | {"office_no": "B-18"}))
    people.append(known(india["west"], officer, "Rani Devi", post="Constable", **who))
    assert [one == people[0] for one in people] == [True, True, False, False]
    for place in ("east", "state"):
        trained(india[place], officer, first, [people[0]])
    with acting(officer):
        training.set_target(place=india["state"], module_key="basics", people=10, by_on=DAY, at=NOW, by=officer)
        assert queries.progress(officer, DAY)[0].people == 1


def test_a_user_is_one_participant_under_whatever_post_she_is_told(india, officer, district_officer):
    with acting(officer):
        told = {"place": india["east"], "at": NOW, "by": officer}
        one = training.known(someone=someone(user=district_officer), **told)
        assert training.known(someone=someone(post="Other post", user=district_officer), **told) == one


def test_a_stranger_sees_no_participant_and_no_certificate(india, officer, stranger):
    trained(india["east"], officer, master(india["state"], officer), [known(india["east"], officer, "Asha Kumari")])
    with acting(stranger), connection.cursor() as cursor:
        for table in ("participant", "training", "attendee", "certificate", "trainer", "mastertrainer"):
            cursor.execute(f"SELECT count(*) FROM activities_{table}")
            assert cursor.fetchone() == (0,)
    with acting(SYSTEM):
        far = make_posting("programme_officer", india["far"])
    with acting(far):
        assert queries.progress(far, DAY) == []


def test_a_training_planned_twice_stands_once(india, officer):
    with acting(officer):
        told = {"place": india["east"], "module": module(), "told": TOLD, "at": NOW, "by": officer}
        training.plan(**told)
        with refused("stands_already"):
            training.plan(**told)
