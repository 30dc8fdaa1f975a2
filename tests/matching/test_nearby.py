"""In the register of one district, to be of that district says nothing: only what tells people apart may make a pair probable."""

from datetime import date

import pytest

from aanchal.matching.engine import model
from aanchal.matching.engine.few import Someone
from aanchal.matching.engine.living import Engine

NAMES = ("Rukmini Soren", "Apu Mahato", "Lata Bai", "Meera Oraon", "Zubeda Bano", "Nirmala Das", "Parvati Nayak", "Kamala Devi")
HERE = {"state": 1, "district": 7, "at_state": 1, "at_district": 7, "sex": 1}


def someone(side: str, number: int, name: str, **more) -> Someone:
    day = date(2026, 10, 1 if side == "missing" else 31)
    return Someone(**{"id": f"{side} {number}", "name": name, "father": "", "age": 15, "day": day, **HERE} | more)


@pytest.fixture
def held():
    """A function that gives an engine which holds these names as missing, all of one district unless told."""

    def held(names=NAMES, **more) -> Engine:
        engine = Engine(model.load())
        engine.missing.add(someone("missing", at, name, **{key: of(at) for key, of in more.items()}) for at, name in enumerate(names))
        return engine

    return held


def test_a_stranger_of_the_same_district_is_not_probable(held):
    best = held(NAMES * 5).best(someone("found", 0, "Somari Toppo"), is_found=True)
    assert best
    assert all(fit.probability < 0.2 for fit in best)
    assert all(fit.bits["place"] == 0.0 == fit.bits["found_at"] for fit in best)


def test_she_herself_is(held):
    best = held().best(someone("found", 0, "অপু মাহাতো"), is_found=True)
    assert (best[0].id, best[0].probability > 0.5) == ("missing 1", True)
    assert all(fit.probability < 0.05 for fit in best[1:])


def test_in_a_register_of_many_districts_the_same_one_says_much(held):
    engine = held([f"{name} {number}" for number, name in enumerate(NAMES * 40)], district=lambda number: 100 + number)
    [fit] = [fit for fit in engine.best(someone("found", 0, NAMES[0], district=100), is_found=True) if fit.id == "missing 0"]
    assert fit.bits["place"] > 5


def test_a_report_among_few_found_is_no_more_probable_than_the_other_way_round(held):
    engine = held()
    found = someone("found", 0, "Apurva Mahato")
    engine.found.add([found])
    [there] = [fit for fit in engine.best(found, is_found=True) if fit.id == "missing 1"]
    [back] = engine.best(someone("missing", 1, NAMES[1]), is_found=False)
    assert back.probability == pytest.approx(there.probability, abs=0.05)
