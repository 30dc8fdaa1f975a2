"""A register made person by person, without files: what an installation keeps in memory of those it looks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import numpy as np

from aanchal.matching import names
from aanchal.matching.engine.columns import NUMBERS, OLDEST, UNKNOWN, YEAR, Column
from aanchal.matching.engine.model import Model
from aanchal.matching.engine.register import Register, Words, languages, marks
from aanchal.matching.spelling import LONGEST

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Someone:
    """One person as the engine asks for her; what is not known is empty or None."""

    id: Any
    name: str = ""
    alias: str = ""
    father: str = ""
    mother: str = ""
    sex: int = 2
    age: float | None = None
    day: date | None = None
    state: int = 0
    district: int = 0
    block: int = 0
    village: str = ""
    languages: str = ""
    marks: str = ""
    height: int = 0
    at_state: int = 0
    at_district: int = 0


class Vocabulary:
    """Words by number; it only grows."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {"": 0}
        self.made = Words(np.zeros((1, LONGEST), np.uint8), np.zeros(1, np.int64))

    def of(self, word: str) -> int:
        return self.number.setdefault(word, len(self.number))

    def words(self) -> Words:
        fresh = list(islice(self.number, len(self.made), None))
        if fresh:
            letters = np.frombuffer(b"".join(word.encode()[:LONGEST].ljust(LONGEST, b"\0") for word in fresh), np.uint8)
            lengths = np.fromiter((min(len(word), LONGEST) for word in fresh), np.int64, len(fresh))
            both = np.concatenate([self.made.letters, letters.reshape(len(fresh), LONGEST)])
            self.made = Words(both, np.concatenate([self.made.lengths, lengths]))
        return self.made


def register(people: Iterable[Someone], vocabulary: Vocabulary, model: Model) -> Register:
    people = list(people)
    numbers = np.zeros((len(people), NUMBERS), np.int32)
    bits = np.zeros((len(people), 2), np.uint64)
    for row, person in enumerate(people):
        _spell(numbers[row], person, vocabulary, model)
        _count(numbers[row], person)
        bits[row] = marks(person.marks), languages(person.languages)
    return Register([person.id for person in people], numbers, bits)


def _spell(row: np.ndarray, person: Someone, vocabulary: Vocabulary, model: Model) -> None:
    own, alias, father, mother = (names.read(text, model.families) for text in (person.name, person.alias, person.father, person.mother))
    village = names.place_name(person.village)
    told = {
        Column.GIVEN: own.given, Column.GIVEN_KEY: own.given_key, Column.JOINED: own.joined_key, Column.TITLE: own.title,
        Column.REST: own.rest or father.rest, Column.REST_KEY: own.rest_key if own.rest else father.rest_key,
        Column.SECOND_KEY: own.second_key,
        Column.ALIAS: alias.given, Column.ALIAS_KEY: alias.given_key, Column.FATHER: father.given, Column.FATHER_KEY: father.given_key,
        Column.MOTHER: mother.given, Column.MOTHER_KEY: mother.given_key, Column.VILLAGE: village[0], Column.VILLAGE_KEY: village[1],
    }  # fmt: skip
    for column, word in told.items():
        row[column] = vocabulary.of(word)
    row[Column.IS_CALLED] = own.given in model.called


def _count(row: np.ndarray, person: Someone) -> None:
    day = (person.day - EPOCH).days if person.day else UNKNOWN
    is_aged = person.age is not None and 0 <= person.age <= OLDEST and day != UNKNOWN
    row[Column.SEX], row[Column.DAY] = person.sex, day
    row[Column.BIRTH] = day - int(((person.age or 0) + 0.5) * YEAR) if is_aged else UNKNOWN
    row[Column.STATE], row[Column.DISTRICT], row[Column.BLOCK] = person.state, person.district, person.block
    row[Column.AT_STATE], row[Column.AT_DISTRICT] = person.at_state, person.at_district
    row[Column.HEIGHT] = person.height if 30 <= person.height <= 230 else 0
