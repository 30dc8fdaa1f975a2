"""Where someone was found is corrected: her pairs, what was said of them and both histories lie where she does from then on."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.matching import deciding, queries
from aanchal.matching.models import Candidate, ConfirmedLink, Decision, FoundChange, FoundPerson, Task
from aanchal.places.terms import Level
from tests.factories import NOON, make_place, make_posting
from tests.matching.test_a_life import confirm, say
from tests.matching.test_found_corrected import address, answers


@pytest.fixture
def both(pair, india):
    """Someone who answers for the place that was written and for the right one."""
    with acting(SYSTEM):
        return make_posting("ahtu_officer", india["far"].state)


@pytest.fixture
def right(india):
    with acting(SYSTEM):
        return make_place(Level.DISTRICT, india["far state"], "farther")


def move(signed_in, pair, both, right, **more):
    return signed_in(both).post(address(pair.found), answers(place=right.name, home=pair.home.district.name, **more))


def test_the_pairs_and_what_was_said_go_with_her(signed_in, pair, both, right):
    with acting(SYSTEM):
        officer = make_posting("ahtu_officer", right)
    say(pair, pair.here)
    signed_in(both).post(address(pair.found), answers(place=pair.far.name, home=pair.home.district.name, years=16))
    assert move(signed_in, pair, both, right, years=16).status_code == 302
    with acting(officer):
        [kept] = queries.queue(officer)
        assert (kept.found_place_id, kept.standing, Decision.objects.get().answer) == (right.pk, "SAID_SAME", "SAME")
        assert FoundChange.objects.count() == 2
    with acting(pair.there):
        for model in (FoundPerson, FoundChange, Candidate, Decision):
            assert not model.objects.exists(), model
    page = signed_in(officer).get(reverse("matching:found", args=[pair.found.pk])).content.decode()
    assert pair.far.local_name in page.split("What stood before")[1]


def test_the_second_person_there_can_confirm_it(signed_in, pair, both, right):
    with acting(SYSTEM):
        officer = make_posting("ahtu_officer", right)
    say(pair, pair.here)
    move(signed_in, pair, both, right)
    say(pair, officer)
    with acting(officer):
        link = queries.link_of(queries.candidate(pair.candidate.pk))
        assert link.found_place_no == right.place_no


def test_a_link_that_was_undone_goes_with_her_too(signed_in, pair, both, right):
    link = confirm(pair)
    with acting(pair.there):
        deciding.undo(link=link, at=NOON, by=pair.there)
    move(signed_in, pair, both, right)
    with acting(SYSTEM):
        assert set(ConfirmedLink.objects.values_list("found_place_no", flat=True)) == {right.place_no}
        assert set(Task.objects.values_list("found_place_no", flat=True)) == {right.place_no}


def test_a_place_outside_is_refused_in_words_and_nothing_is_lost(signed_in, pair, right):
    answer = signed_in(pair.there).post(address(pair.found), answers(place=right.name, name="Aparna Mahato"))
    assert answer.status_code == 422
    assert "outside what you look after" in answer.content.decode()
    assert "Aparna Mahato" in answer.content.decode()
    with acting(SYSTEM):
        assert FoundPerson.objects.get().place_id == pair.far.pk


@pytest.mark.parametrize("place", ["", "Nowhere at all", "x" * 200])
def test_a_place_that_is_not_one_is_refused(signed_in, pair, place):
    assert signed_in(pair.there).post(address(pair.found), answers(place=place)).status_code == 422
    with acting(SYSTEM):
        assert not FoundChange.objects.exists()


def test_the_database_lets_nothing_but_the_place_of_a_saying_change(pair):
    say(pair, pair.there)
    with acting(pair.there), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Decision.objects.update(answer="DIFFERENT")


def test_whoever_holds_two_posts_says_in_which_place_she_was_found(signed_in, pair, right):
    with acting(SYSTEM):
        make_posting("ahtu_officer", right, user=pair.there)
    site = signed_in(pair.there)
    told = {"kind": "RESCUED", "found_on": "2026-01-01", "sex": "FEMALE", "name": "Kavita"}
    for more in ({}, {"place": ""}, {"place": pair.home.pk}, {"place": "x"}):
        answer = site.post(reverse("matching:record-found"), told | more)
        assert answer.status_code == 422
        assert "Say where she was found" in answer.content.decode()
        assert "Kavita" in answer.content.decode()
    with acting(SYSTEM):
        assert FoundPerson.objects.count() == 1
    assert site.post(reverse("matching:record-found"), told | {"place": right.pk}).status_code == 302
