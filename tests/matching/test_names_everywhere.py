"""A name is found in any script by who may open names, and by nobody else."""

import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.matching import naming
from tests.matching.builders import report


@pytest.mark.parametrize("typed", ["Aparna", "अपर्णा", "aparna mahto", "APRNA", "ଅପର୍ଣା"])
def test_it_is_found_however_it_is_written(typed):
    assert naming.nearest(naming.wanted(typed), {1: "অপর্ণা মাহাতো", 2: "Gita Devi"}, 5) == [1]


def test_every_word_asked_for_has_to_be_there():
    assert naming.nearest(naming.wanted("Aparna Devi Soren"), {1: "Aparna Mahato"}, 5) == []


def test_a_worker_finds_her_and_both_searching_and_reading_are_on_the_trail(signed_in, crp, india):
    report(india["east village 1"])
    answer = signed_in(crp).post(reverse("matching:names"), {"name": "Aparna"})
    assert "অপর্ণা মাহাতো" in answer.content.decode()
    with acting(SYSTEM):
        verbs = list(Trail.objects.filter(actor=crp.pk).values_list("verb", flat=True))
        assert {"matching.names.searched", "people.identity.read"} <= set(verbs)
        assert not [line for line in Trail.objects.all() if "parna" in str(line.detail)]


def test_who_is_next_door_finds_nobody(signed_in, stranger, india):
    report(india["east village 1"])
    answer = signed_in(stranger).post(reverse("matching:names"), {"name": "Aparna"})
    assert "অপর্ণা" not in answer.content.decode()
    assert "No such name" in answer.content.decode()
