"""Small index definitions and random facts for the tests of risk."""


from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from aanchal.core.yaml_files import read_yaml
from aanchal.risk.rules import load

a_few = settings(max_examples=30, deadline=None)  # each example is itself many families
many = settings(max_examples=100, deadline=None)
SHIPPED = Path(__file__).parents[2] / "aanchal/risk/definitions"


def shipped(version):
    return read_yaml(SHIPPED / f"{version}.yaml")


HOUSEHOLD = load(shipped("household-1"))
VILLAGE = load(shipped("village-1"))


def said(text="words"):
    return {"en": text, "hi": text, "te": text}


def indicator(key, *, dimension="all", points=15, deprived=None, **more):
    deprived = {"fact": key.lower()} if deprived is None else deprived
    return {"key": key, "dimension": dimension, "points": points, "deprived": deprived, "source": "test",
            "reason": said(key), **more}


def toy(**changes):
    """Four equal indicators and a cutoff of one half: the shape of the toy example of Alkire and Foster (2011)."""
    return {
        "key": "toy", "version": "toy-1", "effective_from": "2026-04-01", "title": said(), "total_points": 60,
        "complete_share": 0.8, "poor_from": "POOR",
        "bands": [{"key": "FINE", "from": 0, "title": said()}, {"key": "POOR", "from": 30, "title": said()}],
        "parameters": {},
        "facts": {name: {"kind": "yes_no"} for name in "abcd"},
        "dimensions": [{"key": "all", "points": 60, "title": said()}],
        "indicators": [indicator(key) for key in "ABCD"],
        "overrides": [],
        **changes,
    }


def facts_of(definition):
    """Any facts a definition can meet, unknown ones among them."""
    return st.fixed_dictionaries({
        fact.key: st.none() | (st.integers(0, fact.highest) if fact.is_number else st.booleans())
        for fact in definition.facts
    })


@st.composite
def any_definition(draw):
    """Any definition the loader accepts: random facts, conditions, points, bands and overrides."""
    names = st.sampled_from([f"f{n}" for n in range(8)])
    facts = draw(st.dictionaries(names, st.sampled_from([1, 2, 12, 127, 128, 40_000]), min_size=1, max_size=6))
    conditions = _conditions(facts)
    points = draw(st.lists(st.integers(1, 20), min_size=1, max_size=12))
    total = sum(points)
    bands = sorted(draw(st.sets(st.integers(1, total), min_size=1, max_size=3)))
    overrides = draw(st.lists(conditions, max_size=10))
    mapping = toy(
        total_points=total,
        complete_share=draw(st.sampled_from([0.5, 0.8, 1])),
        poor_from=f"BAND{draw(st.integers(1, len(bands)))}",
        bands=[{"key": f"BAND{n}", "from": start, "title": said()} for n, start in enumerate([0, *bands])],
        facts={key: {"kind": "number", "to": to} if to > 1 else {"kind": "yes_no"} for key, to in facts.items()},
        dimensions=[{"key": "all", "points": total, "title": said()}],
        indicators=[
            indicator(f"I{n}", points=held, deprived=draw(conditions)) for n, held in enumerate(points)],
        overrides=[
            {"key": f"O{n}", "raised": raised, "source": "test", "reason": said(), "task": said()}
            for n, raised in enumerate(overrides)],
    )
    return load(_with_only_facts_read(mapping))


def _conditions(facts):
    leaves = st.one_of([_leaves(key, to) for key, to in facts.items()])
    return st.recursive(leaves, lambda inner: st.one_of(
        st.builds(lambda part: {"not": part}, inner),
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
    ), max_leaves=5)


def _leaves(key, to):
    if to == 1:
        return st.sampled_from([{"fact": key}, {"fact": key, "is": False}, {"fact": key, "is": True}])
    whole = st.integers(1, to)
    return st.one_of(
        st.builds(lambda n: {"fact": key, "at_least": n}, whole),
        st.builds(lambda n: {"fact": key, "below": n}, whole),
        st.builds(lambda n: {"fact": key, "over": n - 1}, whole),
        st.builds(lambda n: {"fact": key, "is": n - 1}, whole),
        st.builds(lambda n: {"fact": key, "over": f"{n - 1}.5"}, whole),
    )


def _with_only_facts_read(mapping):
    read = _facts_in([*mapping["indicators"], *mapping["overrides"]])
    return {**mapping, "facts": {key: fact for key, fact in mapping["facts"].items() if key in read}}


def _facts_in(data):
    if isinstance(data, list):
        return set().union(*map(_facts_in, data)) if data else set()
    if isinstance(data, dict):
        own = {data["fact"]} if "fact" in data else set()
        return own.union(*map(_facts_in, data.values()))
    return set()
