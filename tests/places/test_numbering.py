"""A place is an interval: its children lie inside it, and apart from one another, whatever is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanchal.places import rules
from aanchal.places.terms import PARENT, Level

STEPS = [(str(parent), str(level)) for level, parent in PARENT.items()]


@st.composite
def places(draw):
    """A place of any level but the lowest, reached from the nation by any ordinals; with one of the levels right below it."""
    parent, level = draw(st.sampled_from(STEPS))
    chain = [parent]
    while chain[0] != Level.NATION:
        chain.insert(0, str(PARENT[Level(chain[0])]))
    interval = rules.NATION
    for above, below in zip(chain, chain[1:], strict=False):
        interval = rules.child(interval, below, draw(st.integers(1, rules.room_for(above, below))))
    return parent, interval, level


@given(places(), st.data())
def test_it_puts_children_inside_the_parent_and_apart(place, data):
    above, parent, level = place
    ordinals = data.draw(st.lists(st.integers(1, rules.room_for(above, level)), unique=True, min_size=2, max_size=5))
    children = sorted((rules.child(parent, level, ordinal) for ordinal in ordinals), key=lambda child: child.first)
    for child in children:
        assert parent.first < child.first <= child.last <= parent.last
    for one, other in zip(children, children[1:], strict=False):
        assert one.last < other.first


@given(places(), st.data())
def test_it_finds_the_ordinal_again_from_the_number(place, data):
    above, parent, level = place
    ordinal = data.draw(st.integers(1, rules.room_for(above, level)))
    assert rules.ordinal_of(parent, level, rules.child(parent, level, ordinal).first) == ordinal


@given(places(), st.integers(-5, 1 << 60))
def test_it_refuses_every_ordinal_beyond_the_room(place, ordinal):
    above, parent, level = place
    if 1 <= ordinal <= rules.room_for(above, level):
        rules.child(parent, level, ordinal)
    else:
        with pytest.raises(rules.Full):
            rules.child(parent, level, ordinal)


@pytest.mark.parametrize(
    ("said", "readable"),
    [
        ("ANDAMAN AND NICOBAR ISLANDS", "Andaman and Nicobar Islands"),
        ("THE DADRA AND NAGAR HAVELI AND DAMAN AND DIU", "Dadra and Nagar Haveli and Daman and Diu"),
        ("24 PARAGANAS  NORTH", "24 Paraganas North"),
        ("SPSR NELLORE", "SPSR Nellore"),
        ("Y.S.R.", "Y.S.R."),
        ("MEERUT-II", "Meerut-II"),
        ("DR. B.R. AMBEDKAR KONASEEMA", "Dr. B.R. Ambedkar Konaseema"),
        ("Aalo HQ", "Aalo HQ"),
        ("కాలేపాల్", "కాలేపాల్"),
    ],
)
def test_it_writes_a_name_in_capitals_as_a_sign_would(said, readable):
    assert rules.readable_name(said) == readable
    assert rules.readable_name(readable) == readable
