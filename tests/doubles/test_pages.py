"""The pages of records told twice: no name until it is asked for, each step through the site."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.doubles.models import Double
from aanchal.people.models import Household
from tests.doubles.builders import person

NAMES = ("Phulmati", "Salomi", "फूलमती", "Budhram")


@pytest.fixture
def site(twice, signed_in):
    return signed_in(twice.officer)


def address(twice, name: str = "pair") -> str:
    return reverse(f"doubles:{name}", args=[twice.double.pk])


def test_the_queue_shows_the_pair_by_code(twice, site):
    page = site.get(reverse("doubles:queue")).content.decode()
    assert twice.one.shown_code in page
    assert twice.other.shown_code in page
    assert not any(name in page for name in NAMES)


def test_the_pair_shows_no_name_until_it_is_asked_for(twice, site):
    page = site.get(address(twice)).content.decode()
    assert not any(name in page for name in NAMES)
    opened = site.post(address(twice, "open")).content.decode()
    assert all(name in opened for name in NAMES)
    with acting(SYSTEM):
        read = Trail.objects.filter(verb="people.identity.read", actor=twice.officer.pk, detail__reason="DOUBLE")
        assert read.count() == 6


def test_the_same_is_said_and_the_card_shows_both_histories(twice, site):
    with acting(SYSTEM):
        members = [f"{one}:{other}" for one, other, _ in twice.double.members]
    answer = site.post(address(twice, "decide"), {"answer": "SAME", "stays": str(twice.one.pk), "members": members})
    assert answer.status_code == 302
    card = site.get(reverse("family", args=[twice.one.pk])).content.decode()
    assert f"Also recorded as {twice.other.shown_code}" in card
    old_address = site.get(reverse("family", args=[twice.other.pk]))
    assert f"<h1>{twice.one.shown_code}</h1>" in old_address.content.decode()
    listed = site.get(reverse("families"), {"place": twice.village.pk}).content.decode()
    assert twice.one.shown_code in listed
    assert twice.other.shown_code not in listed


def test_a_merge_is_split_on_the_page(twice, site):
    site.post(address(twice, "decide"), {"answer": "SAME", "stays": str(twice.one.pk), "members": []})
    assert twice.other.shown_code in site.get(reverse("doubles:joined")).content.decode()
    assert "Split: they are not the same" in site.get(address(twice)).content.decode()
    site.post(address(twice, "split"))
    with acting(SYSTEM):
        assert Household.objects.filter(pk=twice.other.pk).exists()
        assert Double.objects.get().standing == "UNSURE"


def test_the_same_without_saying_which_stays_is_asked_again(twice, site):
    answer = site.post(address(twice, "decide"), {"answer": "SAME"})
    assert answer.status_code == 422
    assert "Say which record stays" in answer.content.decode()


def test_why_they_cannot_be_joined_is_said_before_anyone_tries(twice, site):
    from aanchal.people.models import Person
    from aanchal.risk import appeals
    from tests.doubles.builders import LATER
    from tests.factories import DAY

    with acting(SYSTEM):
        appeals.dispute(household=twice.one, indicator="B3", disputed_by="FAMILY", why="Paid back.", on=DAY, at=LATER, by=SYSTEM)
        Person.objects.filter(pk=person(twice.other, 1).pk).update(sex="MALE")
    assert "disputes an answer" in site.get(address(twice)).content.decode()


def test_a_code_of_a_record_that_points_to_another_finds_the_family(twice, site):
    site.post(address(twice, "decide"), {"answer": "SAME", "stays": str(twice.one.pk), "members": []})
    found = site.get(reverse("search"), {"q": twice.other.shown_code}).content.decode()
    assert reverse("family", args=[twice.one.pk]) in found
    assert reverse("family", args=[twice.other.pk]) not in found


def test_a_search_now_is_a_job_for_each_block_of_the_officer(twice, site, india):
    site.post(reverse("doubles:look"))
    with acting(SYSTEM):
        jobs = ProcrastinateJob.objects.filter(task_name="aanchal.doubles.tasks.look")
        assert [job.args for job in jobs] == [{"block": india["east block"].pk}]


def test_a_name_search_finds_either_spelling_and_shows_her_once(twice, site):
    site.post(
        address(twice, "decide"),
        {"answer": "SAME", "stays": str(twice.one.pk), "members": [f"{one}:{other}" for one, other, _ in twice.double.members]},
    )
    page = site.post(reverse("matching:names"), {"name": "सलोमी"}).content.decode()
    assert page.count("Salomi Oraon") == 1
