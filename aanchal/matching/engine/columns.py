"""What the engine keeps of a person: whole numbers only. Words are numbers of the vocabulary, 0 where nothing is known."""

from enum import IntEnum

UNKNOWN = -1_000_000  # of a day: no date, no age


class Column(IntEnum):
    GIVEN = 0
    GIVEN_KEY = 1
    REST = 2
    REST_KEY = 3
    JOINED = 4
    ALIAS = 5
    ALIAS_KEY = 6
    FATHER = 7
    FATHER_KEY = 8
    MOTHER = 9
    MOTHER_KEY = 10
    VILLAGE = 11
    VILLAGE_KEY = 12
    TITLE = 13
    SECOND_KEY = 14  # of a second given name
    SEX = 15  # 0 man, 1 woman, 2 other or unknown
    BIRTH = 16  # day of birth, from the age in whole years
    DAY = 17  # missing since, found on
    STATE = 18
    DISTRICT = 19
    BLOCK = 20
    AT_STATE = 21  # where she was found
    AT_DISTRICT = 22
    HEIGHT = 23
    IS_CALLED = 24  # the given name is one that families call many children by: Guddi


WORDS = tuple(range(Column.GIVEN, Column.SECOND_KEY + 1))
NUMBERS = len(Column)
YEAR = 365.25

COMPARISONS = (
    "given",
    "family",
    "father",
    "mother",
    "sex",
    "birth",
    "place",
    "village",
    "languages",
    "height",
    "marks",
    "gap",
    "found_at",
    "title",
)
LEVELS = 10  # levels of a comparison at most; 0 is "not known"
FREQUENT = 8  # comparisons with a level weighed by how common the value is; see kernel.common

SEXES = {
    "0": 0,
    "1": 1,
    "2": 2,
    "m": 0,
    "f": 1,
    "male": 0,
    "female": 1,
    "man": 0,
    "woman": 1,
    "boy": 0,
    "girl": 1,
    "transgender": 2,
    "t": 2,
}
OLDEST = 110
