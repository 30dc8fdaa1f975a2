"""What must not be joined is refused with its reason, and nothing of it is done."""

from datetime import date, timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.doubles import actions, rules
from aanchal.doubles.models import Double, Verdict
from aanchal.doubles.rules import Line, NotPossible
from aanchal.people import merging, queries
from aanchal.people.changes import Seen, Source
from aanchal.people.models import Household, Person
from aanchal.people.rules import Age, contradiction
from aanchal.registers.terms import Register
from aanchal.risk import actions as risk
from aanchal.risk import appeals
from tests.doubles.builders import AGAIN, LATER, WENT, family, line, person
from tests.factories import DAY


def refused(twice, **more) -> str:
    with acting(twice.officer), pytest.raises(NotPossible) as told:
        actions.decide(double=twice.double, **{"answer": "SAME", "stays": twice.one.pk, "at": LATER, "by": twice.officer} | more)
    with acting(SYSTEM):
        assert not Household.every.exclude(merged_into=None).exists()
        assert not Person.every.exclude(merged_into=None).exists()
        assert not Verdict.objects.exists()
        assert Double.objects.get().standing == "OPEN"
    return str(told.value)


def test_open_lines_that_contradict(twice):
    line(person(twice.one, 1), household=twice.one)
    line(person(twice.other, 1), household=twice.other, on=WENT + timedelta(days=9))
    assert refused(twice) == "lines"


def test_different_sex(twice):
    with acting(SYSTEM):
        Person.objects.filter(pk=person(twice.other, 1).pk).update(sex="MALE")
    assert refused(twice) == "sex"


def test_dates_of_birth_from_documents_that_differ(twice):
    with acting(SYSTEM):
        for side, year in ((twice.one, 2010), (twice.other, 2011)):
            Person.objects.filter(pk=person(side, 1).pk).update(born_on=date(year, 1, 1), age_basis="DOCUMENTED")
    assert refused(twice) == "born_on"


def test_a_conflict_that_waits(twice, crp):
    """Two of the block visit the second record on one day, neither knowing of the other, and hear different answers."""
    for worker, told in ((crp, 3), (twice.officer, 5)):
        with acting(worker):
            source = Source(worker, DAY, LATER, seen=lambda: Seen(base=1))
            visit = {"household": queries.locked(twice.other.pk), "told": {"food_short_months": told}, "visited_on": DAY}
            risk.record_follow_up(**visit, submission_id=None, at=LATER, by=worker, source=source)
    assert refused(twice) == "conflict"


def test_an_answer_that_is_disputed(twice, crp):
    with acting(crp):
        appeals.dispute(household=twice.other, indicator="B3", disputed_by="FAMILY", why="Paid back.", on=DAY, at=LATER, by=crp)
    assert refused(twice) == "appeal"


def test_no_record_that_stays(twice, india):
    assert refused(twice, stays=None) == "stays"


def test_a_record_that_is_none_of_the_two(twice):
    assert refused(twice, stays=twice.double.pk) == "stays"


def test_families_of_two_villages(twice, india):
    elsewhere = family(india["east village 2"], AGAIN)
    with acting(SYSTEM):
        assert merging.why_not_one_family(twice.one, elsewhere) == "village"


def test_what_was_decided_before(twice):
    with acting(twice.officer):
        actions.decide(double=twice.double, answer="DIFFERENT", at=LATER, by=twice.officer)
        with pytest.raises(NotPossible, match="decided"):
            actions.decide(double=twice.double, answer="SAME", stays=twice.one.pk, at=LATER, by=twice.officer)


BORN = [Age("DOCUMENTED", born_on=date(year, 1, 1)) for year in (2010, 2011)]
TOLD = Age("STATED", years=15)


@pytest.mark.parametrize(
    ("sexes", "ages", "reason"),
    [
        (("FEMALE", "FEMALE"), (TOLD, TOLD), ""),
        (("FEMALE", "MALE"), (TOLD, TOLD), "sex"),
        (("FEMALE", "TRANSGENDER"), (TOLD, TOLD), "sex"),
        (("FEMALE", "UNKNOWN"), (TOLD, TOLD), ""),
        (("FEMALE", "FEMALE"), (BORN[0], BORN[1]), "born_on"),
        (("FEMALE", "FEMALE"), (BORN[0], BORN[0]), ""),
        (("FEMALE", "FEMALE"), (BORN[0], TOLD), ""),
    ],
)
def test_what_contradicts(sexes, ages, reason):
    assert contradiction(*sexes, *ages) == reason


def told(n, on=0, *, is_open=True, register=Register.MIGRATION, **details) -> Line:
    return Line(n, register, is_open, DAY + timedelta(days=on), details)


@pytest.mark.parametrize(
    ("here", "there", "twice_told"),
    [
        ([told(1)], [told(2)], [2]),
        ([told(1, companion="ALONE")], [told(2)], [2]),
        ([told(1, is_open=False)], [told(2, is_open=False)], [2]),
        ([told(1, is_open=False)], [told(2, 5)], []),
        ([told(1)], [told(2, register=Register.LEFT)], []),
        ([told(1, 9, is_open=False), told(3)], [told(2)], [2]),
        ([], [told(2)], []),
    ],
)
def test_lines_that_both_told(here, there, twice_told):
    assert rules.told_twice(here, there) == twice_told


@pytest.mark.parametrize(("here", "there"), [(told(1), told(2, 1)), (told(1, companion="ALONE"), told(2, companion="FAMILY"))])
def test_open_lines_of_one_register_that_do_not_say_the_same(here, there):
    with pytest.raises(NotPossible, match="lines"):
        rules.told_twice([here], [there])
