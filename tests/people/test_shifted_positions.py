"""A house is never kept where it stands: near enough to walk to, and always at the same wrong spot."""

from math import cos, hypot, radians

from hypothesis import given
from hypothesis import strategies as st

from aanchal.core import keys
from aanchal.people.rules import shifted
from tests.factories import DAY
from tests.people.build import record, survey

METRES = 111_320


@given(st.floats(68, 98), st.floats(6, 38), st.binary(min_size=8, max_size=32))
def test_it_lies_ten_to_thirty_metres_away(longitude, latitude, mark):
    east, north = shifted(longitude, latitude, mark)
    away = hypot((east - longitude) * cos(radians(latitude)), north - latitude) * METRES
    assert 9.8 <= away <= 30.3


@given(st.floats(68, 98), st.floats(6, 38), st.binary(min_size=8, max_size=32))
def test_it_lies_there_each_time(longitude, latitude, mark):
    assert shifted(longitude, latitude, mark) == shifted(longitude, latitude, mark)


def test_a_second_visit_does_not_give_the_house_away(village, crp):
    told = survey(position=(78.5, 17.25))
    first = record(village, crp, told)
    again = record(village, crp, told, on=DAY.replace(day=9))
    assert (again.longitude, again.latitude) == (first.longitude, first.latitude) != (78.5, 17.25)
    assert (first.longitude, first.latitude) == shifted(78.5, 17.25, keys.keyed_hash("position", told.id))
