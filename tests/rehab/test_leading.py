"""By her own choice a resource person, among others, and nothing tells who is who."""

from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.rehab import leading, queries, rules
from aanchal.rehab.models import Engagement, LeaderLink, ResourcePerson
from tests.factories import DAY, NOON

CALLED = leading.Called("Plantedchosen", "")


def choose(case, staff, chose_on=DAY):
    by = staff.worker
    with acting(by):
        return leading.choose(case=case, place=staff.place, fields=["MIGRATION"], called=CALLED, chose_on=chose_on, at=NOON, by=by)


def test_in_the_list_nothing_tells_her_from_others(case, staff):
    link = choose(case, staff)
    with acting(staff.worker):
        leading.enter(place=staff.place, fields=["MIGRATION"], called=leading.Called("Another"), since=DAY, at=NOON, by=staff.worker)
        listed = list(queries.resource_people(staff.worker))
    told = [{name: value for name, value in vars(one).items() if name not in ("_state", "id", "sealed", "wrapped_key")} for one in listed]
    assert told[0] == told[1]
    assert link.person_id in {one.pk for one in listed}
    assert {field.name for field in ResourcePerson._meta.fields} == {
        "id", "sealed", "wrapped_key", "place_no", "place", "fields", "since", "until", "by",
    }  # fmt: skip


def test_the_link_is_read_by_those_assigned_only(case, staff):
    choose(case, staff)
    with acting(staff.worker):
        assert LeaderLink.objects.exists()
    for user in (staff.other, staff.officer, staff.stranger, staff.lead, staff.supervisor):
        with acting(user):
            assert not LeaderLink.objects.exists()


def test_a_district_does_not_read_the_link_from_the_trail(case, staff, india):
    choose(case, staff)
    with acting(staff.officer):
        assert not Trail.objects.filter(verb__startswith="rehab.link").exists()
    with acting(SYSTEM):
        [line] = Trail.objects.filter(verb="rehab.link.made")
        assert line.place_no == 0
        assert str(case.pk) not in str(line.detail) + line.about_id


def test_only_by_her_choice_and_only_as_an_adult(case, girl, staff):
    for one, day, kind in ((case, None, "her_choice"), (case, DAY + timedelta(days=2), "her_choice"), (girl, DAY, "leader_minor")):
        with pytest.raises(rules.NotPossible, match=kind):
            choose(one, staff, day)


def test_she_withdraws_and_her_name_there_is_gone(case, staff):
    link = choose(case, staff)
    with acting(staff.worker):
        leading.withdraw(link=link, at=NOON, by=staff.worker)
        person = ResourcePerson.objects.get(pk=link.person_id)
        assert (person.until, person.sealed, person.wrapped_key) == (DAY, None, None)
        assert queries.leader_link(case) is None
        with pytest.raises(rules.NotPossible, match="over"):
            leading.withdraw(link=link, at=NOON, by=staff.worker)


def test_what_she_did_is_paid_in_whole_paise_once(case, staff):
    link = choose(case, staff)
    told = {"person": link.person, "field": "MIGRATION", "on": DAY, "hours": 3, "at": NOON, "by": staff.worker}
    with acting(staff.worker):
        done = leading.engage(honorarium_paise=500_50, **told)
        assert leading.pay(engagement=done, on=DAY, at=NOON, by=staff.worker).paid_on == DAY
        with pytest.raises(rules.NotPossible, match="paid"):
            leading.pay(engagement=done, on=DAY, at=NOON, by=staff.worker)
        with pytest.raises(rules.NotPossible, match="not_her_field"):
            leading.engage(honorarium_paise=0, **told | {"field": "PALLIATIVE"})
        with pytest.raises(rules.NotPossible, match="not_engaged_then"):
            leading.engage(honorarium_paise=0, **told | {"on": DAY - timedelta(days=1)})
        with pytest.raises(rules.NotPossible, match="amount"):
            leading.engage(honorarium_paise=-1, **told)


def test_a_name_is_opened_on_the_trail(case, staff):
    link = choose(case, staff)
    with acting(staff.worker):
        assert leading.open_names(people=[link.person], by=staff.worker)[link.person_id] == CALLED
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="rehab.resource_person.read", about_id=str(link.person_id)).count() == 1


def test_a_stranger_sees_no_resource_person(case, staff):
    choose(case, staff)
    with acting(staff.stranger):
        assert not ResourcePerson.objects.exists()
        assert not Engagement.objects.exists()
