"""Ages, and what makes two names the same for finding a double entry."""

import math
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

METRES_IN_A_DEGREE = 111_320
HONORIFICS = {
    "smt",
    "shri",
    "sri",
    "kumari",
    "km",
    "mr",
    "mrs",
    "ms",
    "late",
    "श्रीमती",
    "श्री",
    "कुमारी",
    "స్వర్గీయ",
    "శ్రీమతి",
    "శ్రీ",
}


@dataclass(frozen=True)
class Age:
    """How old someone is known to be: by a date, or by years on the day they were told."""

    basis: str
    born_on: date | None = None
    years: int | None = None
    told_on: date | None = None

    def on(self, day: date) -> int | None:
        """Completed years on a day; None when not known."""
        if self.born_on:
            return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))
        if self.years is None:
            return None
        return self.years + max(0, (day - self.told_on).days // 365) if self.told_on else self.years


def folded(name: str) -> str:
    """A name for comparing: case, accents of composition, punctuation and honorifics taken away; the script stays."""
    words = "".join(map(_kept, unicodedata.normalize("NFKC", name).casefold())).split()
    return " ".join(word for word in words if word not in HONORIFICS)


@lru_cache(maxsize=4_096)
def _kept(letter: str) -> str:
    """Letters, the signs that belong to them, and digits stay; joiners go, for they only shape a word; all else parts words."""
    category = unicodedata.category(letter)
    return letter if category[0] in "LMN" else "" if category == "Cf" else " "


def shifted(longitude: float, latitude: float, mark: bytes) -> tuple[float, float]:
    """A house's position moved by 10 to 30 m, the same way each time for the same house (`mark`: 8 bytes nobody can guess).

    Our own phones shift before they send; another OpenRosa client does not, so nothing exact is kept outside the sealed form.
    """
    angle = int.from_bytes(mark[:4]) / 2**32 * math.tau
    metres = 10 + int.from_bytes(mark[4:8]) / 2**32 * 20
    north = latitude + metres * math.cos(angle) / METRES_IN_A_DEGREE
    east = longitude + metres * math.sin(angle) / (METRES_IN_A_DEGREE * max(0.01, math.cos(math.radians(latitude))))
    return round(east, 6), round(north, 6)
