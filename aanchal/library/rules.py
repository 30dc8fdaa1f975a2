"""What is searched for, and what may be asked of a document and of a practice. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aanchal.library.folding import COMMON, words

MOST_TERMS = 8
PLACES_OF_A_WORD = 3
LAST_PLACE = 16_383
"""PostgreSQL counts no further in a text."""
AROUND = 90
"""Letters before and after the first word that is found."""
LEAST_PREFIX = 2


class Refused(ValueError):
    """What was asked cannot be so; `faults` are (field, code) pairs."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{field}: {code}" for field, code in self.faults))


@dataclass(frozen=True)
class Snippet:
    """Words of a text in pieces; those that are told true were searched for."""

    pieces: tuple[tuple[str, bool], ...]


def terms(asked: str) -> list[str]:
    """The folded words of a search, the common ones left out when there are others."""
    found = list(dict.fromkeys(word for word, _, _ in words(asked)))
    return ([word for word in found if word not in COMMON] or found)[:MOST_TERMS]


def query(asked: str) -> str:
    """As PostgreSQL reads a tsquery: every word must be there, from its beginning. Empty when nothing can be searched."""
    return " & ".join(f"'{one}'" + (":*" if len(one) >= LEAST_PREFIX else "") for one in terms(asked))


def vector(*parts: tuple[str, str]) -> str:
    """As PostgreSQL reads a tsvector: (text, weight A to D) one after another, each word with its first places."""
    places: dict[str, list[str]] = {}
    at = 0
    for text, weight in parts:
        for word, _, _ in words(text):
            at = min(at + 1, LAST_PLACE)
            known = places.setdefault(word, [])
            if len(known) < PLACES_OF_A_WORD:
                known.append(f"{at}{weight}")
    return " ".join(f"'{word}':{','.join(where)}" for word, where in sorted(places.items()))


def snippet(text: str, asked: str) -> Snippet | None:
    """The text around the first word that was searched for; no further is read."""
    wanted = tuple(terms(asked))
    found: list[tuple[int, int]] = []
    for word, start, end in words(text) if wanted else ():
        if found and end > found[0][1] + AROUND:
            break
        if word.startswith(wanted):
            found.append((start, end))
    if not found:
        return None
    first, last = max(found[0][0] - AROUND, 0), found[0][1] + AROUND
    pieces, at = [("… " if first else "", False)], first
    for start, end in found:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return Snippet((*pieces, (text[at:last], False), ("…" if last < len(text) else "", False)))


def may_not_release(*, by: UUID | None, recorded_by: UUID | None, is_public: bool, version: Any) -> str:
    """Why this person does not release the newest file, or the record without one; empty when she does. Two people stand behind whatever
    everyone reads: who releases neither recorded the document nor added the file."""
    if is_public and (version is None or version.released_at is not None):
        return "public_already"
    own = ([] if is_public else [recorded_by]) + ([version.by_id] if version else [])
    if by is not None and by in own:
        return "own_file"
    return "not_looked_through" if version and version.reading == "FAILED" else ""


def check_words(field: str, said: str, most: int) -> str:
    """Without the white space around it. Raises Refused for nothing and for too much."""
    said = said.strip()
    if not said:
        raise Refused([(field, "empty")])
    if len(said) > most:
        raise Refused([(field, "too_long")])
    return said
