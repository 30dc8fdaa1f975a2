from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.rescue import rules
from aanchal.rescue.terms import AccusedState, AgeBasis, Event, LeadState, OperationState, Stage

NOW = datetime(2026, 4, 1, 6, 30, tzinfo=UTC)
HELD = rules.Holder("OFFICER", user="asha")


def refused(word):
    return pytest.raises(rules.NotPossible, match=f"^{word}$")


@pytest.mark.parametrize(
    ("years", "basis", "looks", "is_child"),
    [
        (17, "DOCUMENTED", False, True), (18, "DOCUMENTED", False, False), (18, "DOCUMENTED", True, False),
        (20, "MEDICAL", True, False), (17, "CWC", False, True), (18, "CWC", False, False),
        (17, "STATED", False, True), (18, "STATED", False, False), (19, "STATED", True, True), (25, "ESTIMATED", True, True),
        (None, "STATED", False, True), (None, "ESTIMATED", False, True), (None, "DOCUMENTED", False, True), (40, "ESTIMATED", False, False),
    ],
)  # fmt: skip
def test_without_a_proof_whoever_may_be_a_child_is_one(years, basis, looks, is_child):
    assert rules.is_child(years=years, basis=basis, looks_under_18=looks) is is_child


@given(years=st.none() | st.integers(0, 110), basis=st.sampled_from(AgeBasis), looks=st.booleans())
def test_looking_younger_never_makes_a_child_an_adult(years, basis, looks):
    assert rules.is_child(years=years, basis=basis, looks_under_18=True) >= rules.is_child(years=years, basis=basis, looks_under_18=looks)


def test_every_state_has_its_row_and_leads_only_to_states():
    for table, states in ((rules.LEAD, LeadState), (rules.PROSECUTION, Stage), (rules.ACCUSED, AccusedState)):
        assert set(table) == set(states)
        assert {after for follow in table.values() for after in follow} <= set(states)
    assert set(rules.OPERATION) == set(OperationState)


def test_every_open_operation_can_come_to_an_end():
    for state in rules.OPERATION_OPEN:
        for event in (Event.CALL_OFF, Event.START, Event.LEAVE, Event.FINISH):
            state = rules.OPERATION[state].get(event, state)
        assert state in ("DONE", "CALLED_OFF")


@pytest.mark.parametrize(
    ("one", "other"),
    [("P.S. Kotwali", "kotwali"), ("Kotwali  Thana", "KOTWALI"), ("कोतवाली थाना", "कोतवाली"), ("Sadar Police Station", "PS Sadar")],
)
def test_it_knows_the_same_station_written_otherwise(one, other):
    assert rules.station_key(one) == rules.station_key(other)


def test_it_keeps_stations_apart_that_are_not_the_same():
    assert rules.station_key("Kotwali") != rules.station_key("Sadar")
    assert rules.station_key("Police Station") == "police station"


@pytest.mark.parametrize(("written", "number"), [("0112/2026", "112"), (" 112 ", "112"), ("7a", "7A"), ("000", ""), ("/2026", "")])
def test_it_reads_the_number_of_an_fir(written, number):
    assert rules.plain_number(written) == number


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        (date(2024, 7, 1), None, date(2024, 7, 1), True), (date(2024, 7, 1), None, date(2024, 6, 30), False),
        (None, date(2024, 6, 30), date(2024, 6, 30), True), (None, date(2024, 6, 30), date(2024, 7, 1), False),
        (None, None, date(1980, 1, 1), True),
    ],
)  # fmt: skip
def test_a_section_holds_for_its_days(since, until, day, holds):
    assert rules.holds(rules.Section("X", since, until), day) is holds


def test_only_remand_is_heard_before_the_charge_sheet():
    day = date(2026, 4, 1)
    rules.check_hearing("INVESTIGATION", "REMAND", on=day, registered_on=day)
    with refused("charge_sheet"):
        rules.check_hearing("INVESTIGATION", "EVIDENCE", on=day, registered_on=day)
    for stage in rules.IN_COURT:
        rules.check_hearing(stage, "EVIDENCE", on=day, registered_on=day)
    for stage in rules.ENDED:
        with refused("ended"):
            rules.check_hearing(stage, "EVIDENCE", on=day, registered_on=day)
    with refused("before_fir"):
        rules.check_hearing("TRIAL", "EVIDENCE", on=day - timedelta(days=1), registered_on=day)


def hand(holder, taker, by, at=NOW, now=NOW):
    rules.check_hand_over(holder=holder, taker=taker, by=by, at=at, since=NOW, now=now)


def test_only_who_holds_it_hands_it_over():
    lab, other = rules.Holder("LABORATORY", office="State laboratory"), rules.Holder("OFFICER", user="binu")
    hand(HELD, lab, "asha")
    hand(lab, other, "binu")
    with refused("not_holder"):
        hand(HELD, lab, "binu")
    with refused("take_back"):
        hand(lab, other, "asha")
    with refused("take_back"):
        hand(lab, rules.Holder("COURT", office="District court"), "binu")
    with refused("holds_it"):
        hand(HELD, HELD, "asha")
    with refused("before_last"):
        hand(HELD, lab, "asha", at=NOW - timedelta(seconds=1))
    with refused("future"):
        hand(HELD, lab, "asha", at=NOW + timedelta(seconds=1))


def chain(holders):
    found, before, giver = [], "", ""
    for nth, taker in enumerate(holders, 1):
        link = rules.Link(nth, giver, taker, "TO_KEEP", True, NOW + timedelta(hours=nth), giver or taker)
        before = rules.chain_link("digest", before, link)
        found.append((link, before))
        giver = taker
    return found


HOLDERS = st.lists(st.text("ABC", min_size=1, max_size=3), min_size=1, max_size=8)


@given(holders=HOLDERS)
def test_a_chain_is_whole_as_it_was_written(holders):
    assert rules.first_break("digest", chain(holders)) is None


@given(holders=HOLDERS, at=st.data())
def test_a_chain_that_was_touched_breaks_there(holders, at):
    links = chain(holders)
    nth = at.draw(st.integers(0, len(links) - 1))
    link, told = links[nth]
    forged = rules.Link(link.nth, link.giver, link.taker + "X", link.why, link.is_seal_whole, link.at, link.by)
    assert rules.first_break("digest", [*links[:nth], (forged, told), *links[nth + 1 :]]) == nth + 1
    if nth < len(links) - 1:
        assert rules.first_break("digest", [*links[:nth], *links[nth + 1 :]]) == nth + 1
    assert rules.first_break("another", links) == 1
