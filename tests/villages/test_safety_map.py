"""The safety map shows every house by its band, nothing of who lives there, and names that can be read."""

import re
from dataclasses import fields

import pytest
from django.template.loader import render_to_string

from aanchal.villages.pictures import Area, Hamlet, House, Line, MapPicture, Place, village_map
from aanchal.villages.projection import Point

WORDS = {"SEVERE": "Severe risk", "AT_RISK": "At risk", "NOT_AT_RISK": "Not at risk", "UNKNOWN": "Not yet known"}
RISKY = '"><script>alert(1)</script>'


def house(code: str = "H-01", band: str = "SEVERE", at: tuple[float, float] = (85.1, 25.6), **more: object) -> House:
    return House(code, band, Point(*at), **more)


def picture(*houses: House, **more: object) -> MapPicture:
    return MapPicture("Safety map", WORDS, houses, **more)


def marks(drawn: str) -> list[tuple[str, str, str]]:
    """Band, code and tab stop of each house; what says none is stopped at, as a link is."""
    found = re.findall(r'<a class="house (\w+)" href="#h-([^"]+)"(?: tabindex="(-1)")?', drawn)
    return [(band, code, stop or "0") for band, code, stop in found]


def test_it_links_each_house_to_its_card() -> None:
    drawn = village_map(picture(house("H-01"), house("H-02", "NOT_AT_RISK", (85.101, 25.601))))
    assert sorted(marks(drawn)) == [("NOT_AT_RISK", "H-02", "-1"), ("SEVERE", "H-01", "0")]


def test_it_rings_an_urgent_house_whatever_its_band() -> None:
    drawn = village_map(picture(house(band="NOT_AT_RISK", is_urgent=True), house("H-02")))
    assert drawn.count('class="ring"') == 1
    assert ("NOT_AT_RISK", "H-01", "0") in marks(drawn)


def test_it_draws_those_to_visit_first_on_top() -> None:
    bands = ["SEVERE", "UNKNOWN", "AT_RISK", "NOT_AT_RISK"]
    houses = [house(f"H-{band}", band, is_urgent=band == "AT_RISK") for band in bands]
    assert [mark[0] for mark in marks(village_map(picture(*houses)))] == ["UNKNOWN", "NOT_AT_RISK", "SEVERE", "AT_RISK"]


def test_it_never_shows_a_band_it_does_not_know_as_safe() -> None:
    strange = picture(house(band="RED"))
    assert marks(village_map(strange)) == [("UNKNOWN", "H-01", "-1")]
    assert [(part.band, part.count) for part in strange.counts] == [("UNKNOWN", 1)]


def test_it_has_no_place_for_a_name_or_a_survivor() -> None:
    assert {field.name for field in fields(House)} == {"code", "band", "at", "hamlet", "says", "is_urgent"}


def test_it_lets_no_words_become_markup() -> None:
    at = Point(85.1, 25.6)
    drawn = village_map(
        picture(
            house(RISKY, RISKY, says=RISKY),
            hamlets=[Hamlet(RISKY, at)],
            places=[Place(RISKY, RISKY, "school", at)],
            areas=[Area(RISKY, (at,))],
            lines=[Line(RISKY, (at, Point(85.2, 25.7)))],
        )
    )
    assert "<script" not in drawn
    assert " style=" not in drawn


def test_it_says_its_counts_to_those_who_cannot_see_it() -> None:
    drawn = village_map(picture(house(), house("H-02", "AT_RISK", is_urgent=True)))
    assert ">Severe risk: 1; At risk: 1; Act today: 1</desc>" in drawn


def test_it_puts_north_above_and_east_to_the_right() -> None:
    drawn = village_map(picture(house("NW", at=(85.1, 25.61)), house("SE", at=(85.11, 25.6))))
    spots = dict(re.findall(r'href="#h-(\w+)".*?translate\(([\d. ]+)\)', drawn))
    (west, north), (east, south) = ([float(n) for n in spots[code].split()] for code in ("NW", "SE"))
    assert west < east
    assert north < south


@pytest.mark.parametrize("points", [[], [(85.1, 25.6)], [(85.1, 25.6)] * 3, [(85, 25), (86, 25)], [(85, 25), (85, 26)]])
def test_it_draws_any_village_inside_its_sheet(points: list[tuple[float, float]]) -> None:
    drawn = village_map(picture(*[house(f"H{n}", at=at) for n, at in enumerate(points)]))
    width, height = (float(n) for n in re.search(r'viewBox="0 0 (\S+) (\S+)"', drawn).groups())
    spots = [[float(n) for n in spot.split()] for spot in re.findall(r"translate\(([-\d. ]+)\)", drawn)]
    assert len(spots) == len(points)
    assert all(10 < x < width - 10 and 10 < y < height - 10 for x, y in spots)
    assert "nan" not in drawn


def test_it_gives_danger_a_shape_of_its_own() -> None:
    at = Point(85.1, 25.6)
    places = [Place("a", "School", "school", at), Place("b", "Brick kiln", "factory", Point(85.11, 25.6), is_danger=True)]
    drawn = village_map(picture(places=places))
    assert re.search(r'help-place" href="#p-a".*?<circle class="disc"', drawn)
    assert re.search(r'danger-place" href="#p-b".*?<path class="disc"', drawn)


def test_it_counts_households_without_a_position_in_words() -> None:
    page = render_to_string("villages/map_figure.html", {"map": picture(house(), without_position=1200)})
    assert "1,200 households have no position yet." in page


def test_it_names_the_next_step_when_the_map_is_empty() -> None:
    page = render_to_string("villages/map_figure.html", {"map": picture(without_position=3)})
    assert "Nothing is on this map yet" in page
    assert '<svg class="pic' not in page
