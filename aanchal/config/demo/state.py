"""Kalpana Pradesh ("the land of imagination"): a state that does not exist, for demonstrations and tests.

Codes start at 900,000,001. In the real directory (March 2022) no state is above 38, no district above 763, no block
above 7,496, and villages have six digits.
Positions lie in the empty Indian Ocean (5 degrees south, 85 degrees east, more than 1,000 km from any land). They are
true geographic coordinates, because phones send such, and a point dropped on any base map falls into water and on
nobody's house.
"""

import math
from dataclasses import dataclass
from random import Random

FIRST_CODE = 900_000_001
CENTRE = (-5.0, 85.0)
_SPACING = 0.034  # degrees between neighbouring villages: about 3.8 km
_RADIUS = 0.012  # of a village's outline: about 1.3 km
_CORNERS = 12


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """One place; `outline` is a closed ring of (latitude, longitude), kept for villages only."""

    level: str
    code: int
    parent: int | None
    en: str
    hi: str
    te: str
    lat: float
    lon: float
    language: str = "hi"
    outline: tuple[tuple[float, float], ...] = ()


_STATE = ("Kalpana Pradesh", "कल्पना प्रदेश", "కల్పనా ప్రదేశ్")
_DISTRICTS = (("Kahanipur", "कहानीपुर", "కహానీపూర్"), ("Paheligarh", "पहेलीगढ़", "పహేలీగఢ్"))
_BLOCKS = (  # district, place on the grid, names
    (0, (0, 0), ("Sapnapar", "सपनापार", "సప్నాపార్")),
    (0, (6, 1), ("Kissagarh", "किस्सागढ़", "కిస్సాగఢ్")),
    (1, (24, 9), ("Bujhowal", "बुझौवल", "బుఝౌవల్")),
)
_PANCHAYATS = (  # block, language, villages; the first village gives the panchayat its name
    (
        0,
        "hi",
        (
            ("Lehartola", "लहरटोला", "లహర్‌టోలా"),
            ("Naukaghat", "नौकाघाट", "నౌకాఘాట్"),
            ("Machhuapar", "मछुआपार", "మఛువాపార్"),
        ),
    ),
    (
        0,
        "hi",
        (
            ("Bhattapar", "भट्ठापार", "భట్టాపార్"),
            ("Eentgaon", "ईंटगाँव", "ఈంట్‌గావ్"),
            ("Dhoolpur", "धूलपुर", "ధూల్‌పూర్"),
        ),
    ),
    (
        0,
        "hi",
        (
            ("Lorigaon", "लोरीगाँव", "లోరీగావ్"),
            ("Chandamamapur", "चंदामामापुर", "చందమామాపూర్"),
            ("Jhulabari", "झूलाबाड़ी", "ఝూలాబాడీ"),
        ),
    ),
    (
        0,
        "hi",
        (
            ("Vanvati", "वनवाटी", "వనవాటి"),
            ("Mahuasapna", "महुआसपना", "మహువాసప్నా"),
            ("Paharkissa", "पहाड़किस्सा", "పహాడ్‌కిస్సా"),
        ),
    ),
    (
        0,
        "te",
        (
            ("Kathapalle", "कथापल्ले", "కథాపల్లె"),
            ("Kalalapadu", "कललपाडु", "కలలపాడు"),
            ("Pagatikala", "पगटिकल", "పగటికల"),
        ),
    ),
    (
        1,
        "hi",
        (
            ("Dadikissa", "दादीकिस्सा", "దాదీకిస్సా"),
            ("Nanikissa", "नानीकिस्सा", "నానీకిస్సా"),
            ("Parikatha", "परीकथा", "పరీకథ"),
        ),
    ),
    (
        2,
        "hi",
        (
            ("Uljhanpur", "उलझनपुर", "ఉల్ఝన్‌పూర్"),
            ("Suljhanpur", "सुलझनपुर", "సుల్ఝన్‌పూర్"),
            ("Paheliya", "पहेलिया", "పహేలియా"),
        ),
    ),
)
_HAMLETS = (
    ("Upper Hamlet", "ऊपर टोला", "ఎగువ వాడ"),
    ("Lower Hamlet", "नीचे टोला", "దిగువ వాడ"),
    ("East Hamlet", "पूरब टोला", "తూర్పు వాడ"),
    ("West Hamlet", "पश्चिम टोला", "పడమటి వాడ"),
    ("School Hamlet", "स्कूल टोला", "బడి వాడ"),
    ("Pond Hamlet", "तालाब टोला", "చెరువు వాడ"),
    ("River Hamlet", "नदी टोला", "ఏటి వాడ"),
    ("New Hamlet", "नया टोला", "కొత్త వాడ"),
)


def _at(column: float, row: float) -> tuple[float, float]:
    return round(CENTRE[0] - row * _SPACING, 5), round(CENTRE[1] + column * _SPACING, 5)


def _above() -> list[DemoPlace]:
    state = DemoPlace("STATE", FIRST_CODE, None, *_STATE, *_at(8, 4))
    districts = [
        DemoPlace("DISTRICT", FIRST_CODE + 10 + i, state.code, *names, *_at(i * 24 + 2, i * 9 + 2)) for i, names in enumerate(_DISTRICTS)
    ]
    blocks = [
        DemoPlace("BLOCK", FIRST_CODE + 100 + i, districts[district].code, *names, *_at(column + 1, row + 2))
        for i, (district, (column, row), names) in enumerate(_BLOCKS)
    ]
    return [state, *districts, *blocks]


def _panchayat(index: int) -> list[DemoPlace]:
    """One panchayat with its villages and their hamlets: a row of the grid."""
    block, language, villages = _PANCHAYATS[index]
    column, row = _BLOCKS[block][1]
    row += sum(other == block for other, _, _ in _PANCHAYATS[:index])
    code = FIRST_CODE + 1_000 + index
    places = [DemoPlace("PANCHAYAT", code, FIRST_CODE + 100 + block, *villages[0], *_at(column + 1, row), language)]
    for place, names in enumerate(villages):
        places += _village(FIRST_CODE + 10_000 + index * 10 + place, code, names, _at(column + place, row), language)
    return places


def _village(code: int, parent: int, names: tuple, at: tuple[float, float], language: str) -> list[DemoPlace]:
    rng = Random(code)
    lat, lon = (round(value + rng.uniform(-0.003, 0.003), 5) for value in at)
    outline = _ring(rng, lat, lon)
    hamlets = rng.sample(_HAMLETS, rng.choice((2, 3, 3, 4)))
    turn = rng.uniform(0, math.tau)
    return [
        DemoPlace("VILLAGE", code, parent, *names, lat, lon, language, outline),
        *(
            DemoPlace("HAMLET", code + 90_000 + 1_000 * i, code, *hamlet, *spot, language)
            for i, hamlet in enumerate(hamlets)
            for spot in [_off(lat, lon, _RADIUS * 0.5, turn + math.tau * i / len(hamlets))]
        ),
    ]


def _ring(rng: Random, lat: float, lon: float) -> tuple[tuple[float, float], ...]:
    corners = [_off(lat, lon, _RADIUS * rng.uniform(0.78, 1.12), math.tau * corner / _CORNERS) for corner in range(_CORNERS)]
    return (*corners, corners[0])


def _off(lat: float, lon: float, distance: float, angle: float) -> tuple[float, float]:
    return round(lat + distance * math.sin(angle), 5), round(lon + distance * math.cos(angle), 5)


PLACES = (*_above(), *(place for index in range(len(_PANCHAYATS)) for place in _panchayat(index)))
BY_CODE = {place.code: place for place in PLACES}
DEMO_BLOCK = next(place for place in PLACES if place.level == "BLOCK")


def children(code: int) -> tuple[DemoPlace, ...]:
    """The places right below one place."""
    return tuple(place for place in PLACES if place.parent == code)


def villages(block: int | None = None) -> tuple[DemoPlace, ...]:
    """The villages of one block, or of the whole state."""
    every = (place for place in PLACES if place.level == "VILLAGE")
    return tuple(place for place in every if block in (None, BY_CODE[place.parent].parent))
