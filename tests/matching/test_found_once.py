"""A page that is sent twice records someone found once; two of whom nothing is known may be two."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.matching import actions
from aanchal.matching.actions import FoundDetails
from aanchal.matching.models import FoundPerson
from tests.factories import DAY, make_posting

TOLD = {"kind": "RESCUED", "found_on": DAY.isoformat(), "sex": "FEMALE", "name": "Kavita Oraon", "languages": ["kru", "hi"]}


@pytest.fixture
def officer(india):
    with acting(SYSTEM):
        return make_posting("ahtu_officer", india["far"])


@pytest.fixture
def site(officer, signed_in):
    return signed_in(officer)


def recorded() -> int:
    with acting(SYSTEM):
        return FoundPerson.objects.count()


def test_the_same_once_more_is_refused_in_words_and_nothing_is_lost(site):
    assert site.post(reverse("matching:record-found"), TOLD).status_code == 302
    answer = site.post(reverse("matching:record-found"), TOLD)
    assert answer.status_code == 422
    assert "The same is recorded already" in answer.content.decode()
    assert "Kavita Oraon" in answer.content.decode()
    assert recorded() == 1


@pytest.mark.parametrize("more", [{"name": "Kavita"}, {"years": 12}, {"languages": ["hi"]}, {"remarks": "The elder sister"}])
def test_one_who_differs_is_another(site, more):
    for told in (TOLD, TOLD | more):
        assert site.post(reverse("matching:record-found"), told).status_code == 302
    assert recorded() == 2


def test_two_of_whom_nothing_is_known_are_one_only_within_a_moment(officer, india):
    now, told = timezone.now(), FoundDetails(kind="RESCUED", found_on=DAY, sex="FEMALE")
    with acting(officer):
        for minutes, is_taken in ((0, True), (0.5, False), (2, True)):
            told_at = {"at": now + timedelta(minutes=minutes), "by": officer}
            if is_taken:
                actions.record_found_once(details=told, place=india["far"], **told_at)
            else:
                with pytest.raises(actions.rules.NotPossible, match="twice"):
                    actions.record_found_once(details=told, place=india["far"], **told_at)
    assert recorded() == 2


def test_what_was_struck_may_be_recorded_anew(site):
    site.post(reverse("matching:record-found"), TOLD)
    with acting(SYSTEM):
        [one] = FoundPerson.objects.all()
    site.post(reverse("matching:found-strike", args=[one.pk]), {"reason": "Another day"})
    assert site.post(reverse("matching:record-found"), TOLD).status_code == 302
