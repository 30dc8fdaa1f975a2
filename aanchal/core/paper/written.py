"""The finished file: leaves, structure for screen readers, title, language and day."""

from datetime import UTC, datetime
from itertools import groupby

from aanchal.core.paper.embedded import Embedded
from aanchal.core.paper.leaves import Element, Leaf
from aanchal.core.paper.objects import Objects, number, text
from aanchal.core.paper.pictures import Picture


class About:
    """Title, language and the instant the paper was made at (the same content made at the same instant is the same file)."""

    def __init__(self, title: str, language: str, made_at: datetime) -> None:
        self.title, self.language, self.made_at = title, language, made_at

    def write(self, objects: Objects) -> int:
        day = self.made_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
        return objects.put(f"<< /Title {text(self.title)} /Producer (Aanchal) /CreationDate ({day}) >>")


def written(
    *, leaves: list[Leaf], root: Element, fonts: Embedded, pictures: list[Picture], size: tuple[float, float], about: About
) -> bytes:
    objects = Objects()
    pages = objects.reserve()
    numbers = [objects.reserve() for _ in leaves]
    drawn = " ".join(f"/{picture.name} {picture.write(objects)} 0 R" for picture in pictures)
    contents = [objects.stream("\n".join(leaf.content).encode("ascii")) for leaf in leaves]
    resources = objects.put(f"<< /Font {fonts.write(objects)} /XObject << {drawn} >> >>")
    for leaf, page, content in zip(leaves, numbers, contents, strict=True):
        objects.put(
            f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {number(size[0])} {number(size[1])}] /Resources {resources} 0 R"
            f" /Contents {content} 0 R /StructParents {leaf.place} /Tabs /S >>", page,
        )  # fmt: skip
    objects.put(f"<< /Type /Pages /Count {len(numbers)} /Kids [{_refs(numbers)}] >>", pages)
    catalog = objects.put(
        f"<< /Type /Catalog /Pages {pages} 0 R /Lang ({about.language}) /MarkInfo << /Marked true >>"
        f" /ViewerPreferences << /DisplayDocTitle true >> /StructTreeRoot {_structure(objects, root, leaves, numbers)} 0 R >>"
    )
    return objects.whole(catalog=catalog, info=about.write(objects))


def _structure(objects: Objects, root: Element, leaves: list[Leaf], pages: list[int]) -> int:
    top, tree = objects.reserve(), objects.reserve()
    numbers: dict[int, int] = {}
    first = _element(objects, root, top, pages, numbers)
    rows = " ".join(f"{leaf.place} [{_refs([numbers[id(owner)] for owner in leaf.owners])}]" for leaf in leaves)
    objects.put(f"<< /Nums [{rows}] >>", tree)
    return objects.put(f"<< /Type /StructTreeRoot /K {first} 0 R /ParentTree {tree} 0 R /ParentTreeNextKey {len(leaves)} >>", top)


def _element(objects: Objects, element: Element, parent: int, pages: list[int], numbers: dict[int, int]) -> int:
    own = numbers[id(element)] = objects.reserve()
    kids = [f"{_element(objects, kid, own, pages, numbers)} 0 R" for kid in element.kids]
    for leaf, marks in groupby(element.marks, key=lambda mark: mark[0]):
        kids += [f"<< /Type /MCR /Pg {pages[leaf]} 0 R /MCID {mark} >>" for _, mark in marks]
    described = f" /Alt {text(element.described)}" if element.described else ""
    scope = " /A << /O /Table /Scope /Column >>" if element.kind == "TH" else ""
    return objects.put(f"<< /Type /StructElem /S /{element.kind} /P {parent} 0 R{described}{scope} /K [{' '.join(kids)}] >>", own)


def _refs(numbers: list[int]) -> str:
    return " ".join(f"{one} 0 R" for one in numbers)
