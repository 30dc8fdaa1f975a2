"""Which states a submission may go through. A raw record is never edited and never deleted: only its state moves."""

TRANSITIONS = {
    "FLAGGED": {"APPLIED", "ACCEPTED", "CORRECTED", "RETURNED"},
    "RETURNED": {"ACCEPTED", "CORRECTED"},
    "APPLIED": set(),
    "ACCEPTED": set(),
    "CORRECTED": set(),
}


class NotPossible(Exception):
    """A submission in this state cannot go to that one."""


def check(before: str, after: str) -> None:
    if after not in TRANSITIONS[before]:
        raise NotPossible(f"{before} -> {after}")
