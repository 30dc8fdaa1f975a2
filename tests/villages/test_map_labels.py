"""Names on the map never cover one another, and marks do not hide one another."""

from itertools import combinations
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from aanchal.villages.labels import Box, Name, Room, around, width_of
from aanchal.villages.projection import Point, Projection, Spot, hull, spread

SHEET = Box(0, 0, 640, 480)
spots = st.builds(Spot, st.floats(20, 620), st.floats(20, 460))


@given(st.lists(st.tuples(spots, st.text("abcअआकించ ", min_size=1, max_size=12)), max_size=12))
def test_it_never_puts_a_name_over_another(wanted: list[tuple[Spot, str]]) -> None:
    room = Room(SHEET)
    for spot, words in wanted:
        room.find(Name(words, spot.x, spot.y, 8, 8, 20), covers=0)
    assert not any(one.touches(other) for one, other in combinations(room.taken, 2))
    assert all(box.left >= 0 and box.right <= 640 and box.top >= 0 and box.bottom <= 480 for box in room.taken)


def test_it_gives_up_a_name_that_would_hide_too_many_houses() -> None:
    crowd = [around(x, y, 4, 4) for x in range(0, 640, 8) for y in range(0, 480, 8)]
    name = Name("School", 320, 240, 8, 8, 20)
    assert Room(SHEET, houses=crowd).find(name, covers=2) is None
    assert Room(SHEET, houses=crowd).find(name, covers=999) is not None


def test_it_gives_up_a_name_wider_than_the_sheet() -> None:
    assert Room(SHEET).find(Name("x" * 90, 320, 240, 8, 8, 20), covers=0) is None


def test_it_gives_no_width_to_signs_that_sit_on_a_letter() -> None:
    assert width_of("कि", 10) == width_of("क", 10)


@given(st.lists(spots, max_size=25), st.integers(0, 24))
def test_it_moves_marks_apart_and_never_loses_one(houses: list[Spot], twin: int) -> None:
    houses = [*houses, *houses[twin : twin + 1]]
    moved = spread(houses, apart=14, rounds=60)
    assert len(moved) == len(houses)
    assert all(hypot(a.x - b.x, a.y - b.y) > 7 for a, b in combinations(moved, 2))


def test_it_leaves_marks_that_stand_free() -> None:
    free = [Spot(0, 0), Spot(100, 0), Spot(0, 100)]
    assert spread(free, apart=14) == free


@given(st.lists(spots, min_size=3, max_size=30, unique=True))
def test_it_draws_an_outline_around_all(houses: list[Spot]) -> None:
    outline = hull(houses)
    assert {min(houses), max(houses)} <= set(outline)
    turns = zip(outline, outline[1:] + outline[:1], outline[2:] + outline[:2], strict=True)
    assert all((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) >= 0 for a, b, c in turns) or len(outline) < 3


def test_it_measures_metres_on_paper() -> None:
    paper = Projection.around([Point(85.1, 25.6), Point(85.11, 25.6)], width=640, margin=40, heights=(400, 700))
    metres, length = paper.scale_bar()
    assert metres == 200
    # A hundredth of a degree of longitude at 25.6 N is 1,003.9 metres, drawn over 560 units.
    assert abs(length - 200 / 1003.9 * 560) < 0.5
