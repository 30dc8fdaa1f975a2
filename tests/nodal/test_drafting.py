"""A return drafted from the State's own records: what they honestly tell, and of every other head why it is left."""

from datetime import date, timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.nodal import actions, drafting, queries
from aanchal.nodal.words import LEFT_EMPTY
from aanchal.rescue import clocks, sops, staffing
from tests.factories import DAY, NOON, make_posting
from tests.nodal.builders import NOW
from tests.rescue import builders


@pytest.fixture
def april(cast, india):
    with acting(cast["cell"]):
        call = actions.call(period="MONTH", starts_on=date(2026, 4, 1), due_on=date(2026, 5, 10), at=NOW, by=cast["cell"])
    with acting(cast["mis"]):
        return actions.open_return(call=call, place=india["state"], at=NOW, by=cast["mis"])


@pytest.fixture
def freed(india, cast):
    """Twelve girls, two of them Nepali, eleven women; a unit with twelve FIRs, one of them acquitted."""
    with acting(SYSTEM):
        sops.load(by=SYSTEM)
        clocks.load(by=SYSTEM)
        officer = make_posting("ahtu_officer", india["east"])
        told = {"name": "Unit East", "tier": "DISTRICT", "fund": "NIRBHAYA", "posts": 12}
        unit = staffing.open_unit(place=india["east"], told=told, on=DAY, at=NOON, by=SYSTEM)
        staffing.join(unit=unit, user=officer, capacity="HEAD", on=DAY, by=SYSTEM)
    with acting(officer):
        operation = builders.make_operation(builders.make_lead(unit, by=officer), by=officer)
        operation = builders.start(operation, at=NOON + timedelta(hours=1), by=officer)
        for n in range(23):
            nationality = {"nationality": "NP"} if n < 2 else {}
            years = 15 if n < 12 else 30
            builders.rescue(operation, by=officer, years=years, age_basis="DOCUMENTED", exploitation="BEGGING", texts={}, **nationality)
        firs = [builders.make_fir(unit, by=officer, number=str(101 + n)) for n in range(12)]
        builders.go_to(firs[0], "CHARGE_SHEETED", "COGNIZANCE", "CHARGES_FRAMED", "TRIAL", "ACQUITTED", by=officer)
    return operation, officer


def drafted(one, cast) -> drafting.Draft:
    with acting(cast["mis"]):
        return drafting.of(one)


def test_nothing_recorded_is_not_zero_and_every_head_says_why(april, cast):
    draft = drafted(april, cast)
    assert draft.figures == {}
    assert set(draft.why) == {head.key for head in queries.heads(april.call.edition)}
    assert set(draft.why.values()) <= set(LEFT_EMPTY)


def test_it_tells_who_was_rescued_and_the_firs_and_hides_what_is_small(april, freed, cast):
    draft = drafted(april, cast)
    told = {head: n for head, n in draft.figures.items() if n}
    assert told == {"rescued_girls": 12, "rescued_women": 11, "rescued_total": 23, "purpose_begging": 23, "cases_total": 12}
    assert draft.figures["rescued_boys"] == draft.figures["purpose_labour"] == draft.figures["court_convicted"] == 0
    why = {
        "nationality_nepali": "hidden", "nationality_indian": "part_hidden", "court_acquitted": "hidden", "cases_143": "gravest_section",
        "persons_arrested": "no_accused", "missing_total": "none_recorded",
    }  # fmt: skip
    assert {head: draft.why[head] for head in why} == why


def test_ages_and_purposes_that_are_not_known_leave_their_heads_empty(april, freed, cast):
    operation, officer = freed
    with acting(officer):
        builders.rescue(operation, by=officer, sex="UNKNOWN", years=20, age_basis="STATED", exploitation="UNKNOWN", texts={})
    draft = drafted(april, cast)
    assert draft.figures["rescued_total"] == 24
    assert {draft.why[head] for head in drafting.RESCUED.values()} == {"age_unknown"}
    assert draft.why["purpose_begging"] == "purpose_unknown"
    assert "purpose_begging" not in draft.figures


def test_the_page_fills_what_is_told_and_says_why_the_rest_is_empty(april, freed, cast, signed_in):
    client = signed_in(cast["mis"])
    answer = client.post(f"/nodal/returns/{april.pk}/draft/", follow=True).content.decode()
    assert "What the records could not tell" in answer
    assert "Which of them is the gravest, the counts do not say." in answer
    with acting(cast["mis"]):
        assert queries.of_state(queries.figures(april))["rescued_girls"] == 12
    assert "What the records could not tell" not in client.get(f"/nodal/returns/{april.pk}/").content.decode()
