"""Whether an organisation of a file of LokOS stands here already, entered by hand and without its id: asked, never assumed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from aanchal.benefits.models import Cbo
from aanchal.benefits.terms import CboKind
from aanchal.core.likeness import WORDLESS, name_key
from aanchal.core.scripts import romanise
from aanchal.places.models import Place

NEW = "new"
"""The answer that it is another one."""
CLOSE = 0.85


@dataclass(frozen=True)
class Question:
    """What a person is asked of one organisation of the file; `answer`: NEW, the id of one of `standing`, or nothing yet."""

    lokos_id: str
    name: str
    kind: str
    village: Place
    standing: tuple[Cbo, ...]
    answer: str


class Unanswered(Exception):
    """Nobody has said yet whether it is the one that stands here."""


class NotFree(Exception):
    """What was chosen was chosen for another id too, or was closed or given an id meanwhile."""


def ask(*, kind: str, lokos_id: str, name: str, village: Place, taken: Iterable[UUID], same: Mapping[str, str]) -> Question | None:
    """Nothing where none is alike. Raises NotFree."""
    standing = tuple(one for one in alike(kind, name, village) if one.pk not in set(taken))
    answer = same.get(lokos_id, "")
    if answer not in ("", NEW, *(str(one.pk) for one in standing)):
        raise NotFree
    return Question(lokos_id, name, str(CboKind(kind).label), village, standing, answer) if standing else None


def alike(kind: str, name: str, village: Place) -> list[Cbo]:
    """Open ones of this village and kind without a LokOS id whose name is said alike, in whatever script it is written."""
    wanted = _key(name, village)
    found = Cbo.objects.filter(kind=kind, place=village, lokos_id="", closed_on=None).order_by("name", "pk")
    return [one for one in found if _is_close(_key(one.name, village), wanted)]


def _key(name: str, village: Place) -> str:
    """Without the name of the village, which half of its groups bear."""
    here = {name_key(romanise(word)) for written in (village.name, village.local_name) for word in written.split()}
    words = [romanise(word) for word in name.split()]
    own = [word for word in words if word and name_key(word) not in here | WORDLESS]
    return name_key(" ".join(own or words))


def _is_close(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= CLOSE
