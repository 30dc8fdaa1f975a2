from datetime import date

import pytest
from django.db.utils import DatabaseError

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import counts
from aanchal.cases.models import Case, CaseConsent, Leg
from aanchal.core.rows import insert, new
from tests.factories import NOON

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def cases(staff, how_many: int, *, agree: bool = True, way=(), **told) -> None:
    """Rows as the actions would leave them, many at once."""
    plain = {"gender": "FEMALE", "years": 20, "is_child": False, "purposes": ["COMMERCIAL_SEXUAL", "PORNOGRAPHY"], "controls": ["DEBT"]}
    with acting(SYSTEM):
        for _ in range(how_many):
            case = new(
                Case, code=_code(), place=staff.place, place_no=staff.place.place_no, opened_on=date(2026, 4, 1), opened_at=NOON,
                opened_by=staff.worker, **plain | told,
            )  # fmt: skip
            insert(case)
            if agree:
                consent = {"purpose": "RESEARCH", "giver": "SELF", "explained": "SPOKEN", "language": "hi", "given_on": date(2026, 4, 1)}
                insert(new(CaseConsent, case=case, place_no=case.place_no, until=date(2099, 1, 1), recorded_by=staff.worker, **consent))
            for n, (one, other) in enumerate(zip(way, way[1:], strict=False), 1):
                insert(new(Leg, case=case, place_no=case.place_no, number=n, origin=one, destination=other))


def _code() -> str:
    from aanchal.cases.actions import new_code

    return new_code()


def test_ctdc_counts_those_who_agreed_and_a_case_once_a_column(staff):
    cases(staff, 12, controls=["DEBT", "TAKES_EARNINGS"])
    cases(staff, 3, controls=["OTHER"])
    cases(staff, 2, agree=False)
    with acting(staff.supervisor):
        told = counts.ctdc(staff.place, *YEAR)
    assert told["meansDebtBondageEarnings"] == counts.Counted(12, 15)
    assert told["isSexualExploit"] == counts.Counted(15, 15)
    assert told["ageBroad a18_20"].n == 15
    assert told["isForcedLabour"].shown == 0


def test_null_is_not_zero(staff):
    cases(staff, 11)
    cases(staff, 5, controls=[], years=None)
    with acting(staff.supervisor):
        told = counts.ctdc(staff.place, *YEAR)
    assert told["meansDebtBondageEarnings"].of == 11
    assert told["ageBroad a18_20"].of == 11


def test_ncrb_counts_everyone_by_its_heads(staff):
    cases(staff, 11, agree=False)
    cases(staff, 12, agree=False, purposes=["SURROGACY"], gender="MALE", is_child=True, years=9)
    cases(staff, 1, status="RULED_OUT")
    with acting(staff.supervisor):
        told = counts.ncrb(staff.place, *YEAR)
    assert told["Sexual Exploitation for Prostitution"].n == told["Child Pornography"].n == 11
    assert told["Other reasons"] == counts.Counted(12, 23)
    assert told["Male below 18"].n == 12


def test_fewer_than_eleven_are_not_told(staff):
    cases(staff, 10)
    with acting(staff.supervisor):
        assert counts.ctdc(staff.place, *YEAR)["isSexualExploit"].shown is None


def test_corridors_are_counted_by_district_from_eleven_on(staff, india):
    cases(staff, 11, way=(india["west"], india["east"], india["far"]))
    cases(staff, 10, way=(india["far"], india["west"]))
    with acting(staff.supervisor):
        found = counts.corridors(staff.place, *YEAR)
    ends = {(one.origin, one.destination): one.n for one in found}
    assert ends == {(india["west"].pk, india["east"].pk): 11, (india["east"].pk, india["far"].pk): 11}


@pytest.mark.parametrize("who", ["far", "worker"])
def test_counts_of_a_place_are_refused_to_who_may_not_count_there(staff, who):
    with pytest.raises(DatabaseError, match="not yours"), acting(getattr(staff, who)):
        counts.ncrb(staff.place, *YEAR)


def test_ways_are_counted_whole_by_month_and_kind_without_hiding(staff, india):
    cases(staff, 2, way=(india["west"], india["state"], india["far"]))
    cases(staff, 1, way=(india["west"], india["far"]), years=15, is_child=True, purposes=["BEGGING"])
    cases(staff, 4, way=(), status="CONFIRMED")
    with acting(staff.supervisor):
        found = counts.ways(staff.place, *YEAR)
    assert {(one.origin, one.destination) for one in found} == {(india["west"].pk, india["far"].pk)}
    assert [(one.age, one.purposes, one.n) for one in found] == [
        ("a12_16", ("BEGGING",), 1),
        ("a18plus", ("COMMERCIAL_SEXUAL", "PORNOGRAPHY"), 2),
    ]
    assert {one.month for one in found} == {date(2026, 4, 1)}


def test_ways_are_asked_by_where_she_comes_from_or_was_taken_to(staff, india, posted):
    cases(staff, 2, way=(india["west"], india["far"]))
    for place, side in (("west", "ORIGIN"), ("far", "DESTINATION"), ("state", "ORIGIN")):
        with acting(posted("case_supervisor", place)):
            assert [one.n for one in counts.ways(india[place], *YEAR, side=side)] == [2], (place, side)
            assert counts.ways(india[place], *YEAR, side="ORIGIN" if side == "DESTINATION" else "DESTINATION") == []


@pytest.mark.parametrize("who", ["far", "worker"])
def test_ways_of_a_place_are_refused_to_who_may_not_count_there(staff, who):
    with pytest.raises(DatabaseError, match="not yours"), acting(getattr(staff, who)):
        counts.ways(staff.place, *YEAR)
