from datetime import date, timedelta

import pytest

from aanchal.access.acting import acting
from aanchal.rescue import law, prosecuting, queries, rules
from aanchal.rescue.models import Accused, Fir
from tests.factories import DAY, NOON
from tests.rescue.builders import ACCUSED, go_to, make_accused, make_evidence, make_fir


def refused(word):
    return pytest.raises(rules.NotPossible, match=f"^{word}$")


@pytest.mark.parametrize(("station", "number"), [("Kotwali", "112"), ("P.S. KOTWALI", "0112/2026"), ("kotwali thana", " 112 ")])
def test_it_refuses_a_second_fir_of_the_same_number_and_station(fir, unit, people, station, number):
    with acting(people.officer), refused("second_fir"):
        make_fir(unit, by=people.officer, station=station, number=number)


def test_it_takes_the_same_number_of_another_station_and_year(fir, unit, people):
    with acting(people.officer):
        make_fir(unit, by=people.officer, station="Sadar")
        make_fir(unit, by=people.officer, on=date(2025, 4, 1))
        assert Fir.objects.count() == 3


def test_a_section_must_have_held_on_the_day_of_the_offence(unit, people):
    by = people.officer
    with acting(by):
        with refused("section_day"):
            make_fir(unit, by=by, offence_on=date(2024, 6, 30))
        assert not Fir.objects.exists()
        fir = make_fir(unit, by=by, offence_on=date(2024, 6, 30), sections=("IPC 370", "ITPA 5"))
        with refused("section_day"):
            prosecuting.add_section(fir=fir, code="BNS 143(4)", on=DAY, by=by)
        with refused("section_twice"):
            prosecuting.add_section(fir=fir, code="ITPA 5", on=DAY, by=by)
        with refused("section"):
            prosecuting.add_section(fir=fir, code="XYZ 1", on=DAY, by=by)


def test_one_section_stays(fir, people):
    by = people.officer
    with acting(by):
        with refused("last_section"):
            prosecuting.drop_section(section=fir.sections.get(), on=DAY, by=by)
        prosecuting.add_section(fir=fir, code="POCSO 6", on=DAY, by=by)
        prosecuting.drop_section(section=fir.sections.get(code="BNS 143(4)"), on=DAY, by=by)
        assert [one.code for one in queries.sections(fir)] == ["POCSO 6"]


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"number": " 000 "}, "number"), ({"sections": ()}, "section"), ({"on": DAY + timedelta(days=1)}, "future"),
        ({"offence_on": DAY + timedelta(days=1)}, "offence_after"),
    ],
)  # fmt: skip
def test_it_refuses_an_fir_that_cannot_be(unit, people, told, word):
    with acting(people.officer), refused(word):
        make_fir(unit, by=people.officer, **told)


def test_no_hearing_before_the_charge_sheet_but_remand(fir, people):
    by = people.officer
    told = {"fir": fir, "at": NOON, "by": by}
    with acting(by):
        with refused("charge_sheet"):
            prosecuting.set_hearing(on=DAY, purpose="EVIDENCE", **told)
        prosecuting.set_hearing(on=DAY, purpose="REMAND", **told)
        with refused("hearing_twice"):
            prosecuting.set_hearing(on=DAY, purpose="REMAND", **told)
        go_to(fir, "CHARGE_SHEETED", by=by)
        hearing = prosecuting.set_hearing(on=DAY + timedelta(days=20), purpose="EVIDENCE", **told)
        with refused("future"):
            prosecuting.note_hearing(hearing=hearing, held="HELD", witnesses=2, at=NOON, by=by)
        later = NOON + timedelta(days=20)
        assert prosecuting.note_hearing(hearing=hearing, held="HELD", witnesses=2, at=later, by=by).witnesses == 2


def test_it_goes_to_its_end_step_by_step(fir, people):
    by = people.officer
    with acting(by):
        with refused("stage"):
            go_to(fir, "TRIAL", by=by)
        with refused("sheet_number"):
            prosecuting.go_on(fir=fir, stage="CHARGE_SHEETED", on=DAY, number=" ", court="", at=NOON, by=by)
        ended = go_to(fir, "CHARGE_SHEETED", "COGNIZANCE", "CHARGES_FRAMED", "TRIAL", "CONVICTED", by=by)
        assert (ended.stage, ended.court, ended.is_open) == ("CONVICTED", "Special court", False)
        assert go_to(ended, "APPEAL", "ACQUITTED", by=by).stage == "ACQUITTED"


def test_a_step_is_not_before_the_one_before_it(fir, people):
    with acting(people.officer), refused("before_last"):
        go_to(fir, "CHARGE_SHEETED", by=people.officer, on=DAY - timedelta(days=1))


def test_a_court_decides_about_the_accused_only_after_the_charge_sheet(fir, people):
    by = people.officer
    with acting(by):
        accused = make_accused(by=by, fir=fir)
        told = {"accused": accused, "on": DAY, "at": NOON, "by": by}
        with refused("not_in_court"):
            prosecuting.move_accused(state="CONVICTED", **told)
        prosecuting.move_accused(state="ARRESTED", **told)
        go_to(fir, "CHARGE_SHEETED", by=by)
        assert prosecuting.move_accused(state="CONVICTED", **told).arrested_on == DAY
        with refused("accused"):
            prosecuting.move_accused(state="ABSCONDING", **told)


def test_the_accused_and_the_evidence_of_an_operation_belong_to_its_fir(running, unit, people):
    by = people.officer
    with acting(by):
        first = make_accused(by=by, operation=running)
        make_evidence(unit, running, by=by)
        fir = make_fir(unit, by=by, operation=running)
        second = make_accused(by=by, fir=fir)
        assert [one.label for one in queries.accused_of(fir=fir)] == [first.label, second.label] == ["A1", "A2"]
        assert [one.label for one in queries.evidence_of(operation=running, fir=fir)] == ["E1"]
        assert second.operation == running


def test_the_name_of_an_accused_is_sealed(fir, people):
    with acting(people.officer):
        accused = make_accused(by=people.officer, fir=fir)
        assert ACCUSED.encode() not in bytes(Accused.objects.get().sealed)
        assert prosecuting.open_accused(accused=[accused], by=people.officer)[accused.pk]["name"] == ACCUSED


def test_every_section_has_its_words_in_three_languages():
    assert len(law.sections()) > 40
    for one in law.sections().values():
        assert set(one.texts) == {"en", "hi", "te"}
        assert all(one.texts.values())
    codes = {one.section.code for one in law.sections_on(date(2026, 1, 1))}
    assert "BNS 143(4)" in codes
    assert "IPC 370" not in codes


def test_it_is_nothing_to_an_officer_of_the_next_district(fir, people):
    with acting(people.stranger):
        assert not Fir.objects.exists()
        with pytest.raises(Fir.DoesNotExist):
            go_to(fir, "CHARGE_SHEETED", by=people.stranger)
