"""A person is told of without a name."""

import itertools

import pytest

from aanchal.people.terms import Sex
from aanchal.people.words import kind_of, schooling

ADULTS = {"FEMALE": "woman", "MALE": "man", "TRANSGENDER": "transgender person", "UNKNOWN": "person"}
CHILDREN = {"FEMALE": "girl", "MALE": "boy", "TRANSGENDER": "transgender child", "UNKNOWN": "child"}


@pytest.mark.parametrize(("sex", "age"), list(itertools.product(Sex, [0, 17, 18, 90, None])))
def test_it_tells_a_child_from_an_adult_of_each_sex(sex, age):
    assert kind_of(sex, age) == (CHILDREN if age is not None and age < 18 else ADULTS)[sex]


@pytest.mark.parametrize(
    ("status", "said"), [("ENROLLED", "at school"), ("KGBV_HOSTEL", "at school"), ("DROPPED_OUT", "out of school"), ("", "")]
)
def test_it_tells_who_is_at_school(status, said):
    assert schooling(status) == said
