"""The card of a model: what it was learnt from, what it weighs, how right it is, and who would be missed."""

from collections.abc import Iterable
from typing import Any

FIGURES = {
    "recall_at_10": "of the true pairs, in the first ten",
    "recall_at_1": "of the true pairs, first",
    "best_f1": "best F1 over all thresholds",
    "one_to_one_f1": "F1 when nobody may be two people",
    "calibration_error": "how far said probabilities lie from what is so",
}
LEARNT = (
    "Written by `aanchal match evaluate FOLDER --card FILE`. Learnt on {learnt_on} from {true_pairs:,} agreed pairs among"
    " {missing:,} missing and {found:,} found **synthetic** people: spelling, ages and places err there as a program made them err."
    " Before decisions about real people hang on its probabilities, look whether nine in ten are right where it says nine in ten."
)
WEIGHS = (
    "## What it weighs\n`m`: share of true pairs at this level; `u`: share of pairs drawn at random; bits: how much it counts after tuning."
    " Levels in words: `matching/words.py`; as rules: `matching/engine/splink_model.py`."
)
RARITY = (
    "Rarity of a shared name counts by {rare} (given name, its skeleton, family name, its skeleton, father's two, mother's two)."
    " Calibration: slope {slope}, shift {shift}."
)
FEW = 30
WORST = 12


def card(told: dict[str, Any], judged: dict[str, Any], name: str) -> str:
    """In Markdown. `judged` is what `aanchal match evaluate --json` says of a folder called `name` that the model was not learnt from."""
    data = told["data"]
    people, found = judged["people"]
    parts = [
        f"# Model of matching, version {told['version']}",
        LEARNT.format(learnt_on=told["learnt_on"], **data),
        f"## How right\nOn {name}, {people:,} by {found:,} people with {judged['true_pairs']:,} true pairs, not learnt from:",
        _table(("figure", "", "value"), ((f"`{key}`", words, f"{judged[key]:.4f}") for key, words in FIGURES.items())),
        "## Who would be missed\nRecall among the first ten, the lesser of asking for the missing and asking for the found.",
        _table(("who", "pairs", "recall"), _groups(judged, "by_sex", "by_age")),
        f"The {WORST} pairs of scripts with the least recall, of those with {FEW} true pairs or more (missing-found):",
        _table(("scripts", "pairs", "recall"), sorted(_groups(judged, "by_script_pair", least=FEW), key=lambda row: row[2])[:WORST]),
        WEIGHS,
        _table(("comparison", "level", "m", "u", "learnt bits", "bits"), _levels(told)),
        RARITY.format(rare=told["rare"], **told["calibration"]),
    ]
    return "\n\n".join(parts) + "\n"


def _levels(told: dict[str, Any]) -> Iterable[tuple]:
    for name, comparison in told["comparisons"].items():
        for level in comparison["levels"]:
            yield name, level["level"], f"{level['m']:.4f}", f"{level['u']:.6f}", f"{level['learnt_bits']:+.1f}", f"{level['bits']:+.1f}"


def _groups(judged: dict[str, Any], *kinds: str, least: int = 0) -> list[tuple[str, str, str]]:
    return [
        (name, f"{one['pairs']:,}", f"{one['recall_at_10']:.4f}")
        for kind in kinds
        for name, one in judged[kind].items()
        if one["pairs"] >= least
    ]


def _table(head: tuple[str, ...], rows: Iterable[tuple]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
