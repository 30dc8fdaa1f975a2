"""Who lives in a household: sizes, ages and ties as in an Indian village, drawn at random."""

from dataclasses import dataclass
from random import Random

LARGEST = 11
_HEADS = {  # share of households by who heads them, and how much hardship adds to it
    "COUPLE": (84.0, 0.0),
    "WIDOW": (5.5, 7.0),
    "SINGLE_WOMAN": (2.0, 5.0),
    "AGED": (3.5, 4.0),
    "CHILD": (0.1, 0.8),
    "SINGLE_MAN": (2.5, 0.0),
}


@dataclass(frozen=True, slots=True)
class Kin:
    """One person before anything has happened to them."""

    relation: str
    sex: str
    age: int
    marital: str = "SINGLE"


def draw_head(rng: Random, hardship: float) -> str:
    """Who heads the household; hardship makes a woman, a child or the aged likelier."""
    weights = [base + hardship * more for base, more in _HEADS.values()]
    return rng.choices(tuple(_HEADS), weights)[0]


def draw_family(rng: Random, headed_by: str, girls_per_1000_boys: int) -> list[Kin]:
    """The head first, then everybody else, at most eleven."""
    girls = girls_per_1000_boys / (1000 + girls_per_1000_boys)
    if headed_by == "CHILD":
        return _siblings(rng, girls)
    if headed_by == "AGED":
        return _aged(rng, girls)
    if headed_by == "COUPLE":
        return _couple(rng, girls)[:LARGEST]
    return _alone(rng, headed_by, girls)[:LARGEST]


def _sex(rng: Random, girls: float) -> str:
    return "FEMALE" if rng.random() < girls else "MALE"


def _wife_age(rng: Random, husband: int) -> int:
    return max(18, husband - rng.choice((1, 2, 3, 3, 4, 5, 6)))


def _children(rng: Random, mother: int, girls: float, relations: tuple[str, str]) -> list[Kin]:
    """Children still at home: born when the mother was 18 to 36, grown daughters mostly married away."""
    wanted = rng.choices((0, 1, 2, 3, 4, 5, 6), (4, 12, 33, 27, 14, 7, 3))[0]
    births = [rng.randint(18, 26)]
    while len(births) < wanted:
        births.append(births[-1] + rng.choice((1, 2, 2, 3, 3, 4)))
    kin = []
    for birth in births[:wanted]:
        age, sex = mother - birth, _sex(rng, girls)
        if age >= 0 and birth <= 40 and rng.random() < _at_home(sex, age):
            kin.append(Kin(relations[sex == "MALE"], sex, age))
    return kin


def _at_home(sex: str, age: int) -> float:
    if age < 18:
        return 0.99
    married_away = {"FEMALE": 0.13, "MALE": 0.05}[sex]
    return max(0.03, 0.9 - married_away * (age - 17))


def _couple(rng: Random, girls: float) -> list[Kin]:
    joint = rng.random() < 0.31
    husband = round(rng.triangular(44, 78, 54)) if joint else round(rng.triangular(21, 62, 34))
    woman_heads = rng.random() < 0.03
    wife = _wife_age(rng, husband)
    pair = [Kin("SELF", "MALE", husband, "MARRIED"), Kin("SPOUSE", "FEMALE", wife, "MARRIED")]
    if woman_heads:
        pair = [Kin("SELF", "FEMALE", wife, "MARRIED"), Kin("SPOUSE", "MALE", husband, "MARRIED")]
    kin = pair + _children(rng, wife, girls, ("DAUGHTER", "SON"))
    if joint:
        sons = rng.choices((1, 2), (4, 1))[0]
        return kin + [person for _ in range(sons) for person in _married_son(rng, wife, girls)]
    if rng.random() < 0.3:
        kin += _parent(rng, husband)
    return kin


def _married_son(rng: Random, mother: int, girls: float) -> list[Kin]:
    son = max(20, mother - rng.randint(18, 22))
    wife = max(rng.choices((17, 18, 19), (1, 5, 14))[0], son - rng.choice((2, 3, 4, 5)))
    home = [Kin("SON", "MALE", son, "MARRIED"), Kin("DAUGHTER_IN_LAW", "FEMALE", wife, "MARRIED")]
    return home + _children(rng, wife, girls, ("GRANDCHILD", "GRANDCHILD"))[:3]


def _parent(rng: Random, child: int) -> list[Kin]:
    sex = rng.choices(("FEMALE", "MALE"), (3, 1))[0]
    return [Kin("PARENT", sex, min(95, child + rng.randint(19, 30)), "WIDOWED")]


def _alone(rng: Random, headed_by: str, girls: float) -> list[Kin]:
    sex = "MALE" if headed_by == "SINGLE_MAN" else "FEMALE"
    age = round(rng.triangular(24, 59, 40))
    marital = {
        "WIDOW": "WIDOWED",
        "SINGLE_WOMAN": rng.choice(("DESERTED", "SEPARATED", "DIVORCED", "SINGLE")),
        "SINGLE_MAN": rng.choice(("WIDOWED", "SEPARATED", "SINGLE")),
    }[headed_by]
    kin = [Kin("SELF", sex, age, marital)]
    if marital != "SINGLE":
        kin += _children(rng, age, girls, ("DAUGHTER", "SON"))
    if marital == "SINGLE" or rng.random() < 0.2:
        kin += _parent(rng, age)
    return kin


def _aged(rng: Random, girls: float) -> list[Kin]:
    age = round(rng.triangular(61, 84, 66))
    sex = rng.choices(("FEMALE", "MALE"), (3, 2))[0]
    kin = [Kin("SELF", sex, age, "WIDOWED")]
    if rng.random() < 0.35:
        kin = [Kin("SELF", "MALE", age, "MARRIED"), Kin("SPOUSE", "FEMALE", _wife_age(rng, age), "MARRIED")]
    for _ in range(rng.choices((0, 1, 2, 3), (35, 35, 20, 10))[0]):
        kin.append(Kin("GRANDCHILD", _sex(rng, girls), rng.randint(3, 17)))
    return kin


def _siblings(rng: Random, girls: float) -> list[Kin]:
    age = rng.randint(15, 17)
    kin = [Kin("SELF", _sex(rng, girls), age)]
    for _ in range(rng.randint(1, 3)):
        age -= rng.randint(2, 4)
        kin.append(Kin("SIBLING", _sex(rng, girls), age))
    return kin
