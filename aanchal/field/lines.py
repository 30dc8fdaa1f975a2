"""A filled form line by line: each question where it stands, numbered within repeats, to be read or corrected."""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aanchal.field.xform import Field, Form
from aanchal.field.xform.submission import local_name

HEADINGS = {"group", "repeat"}
UNASKED = {"calculate", "hidden", "note"}
META = "meta"


@dataclass(frozen=True)
class Line:
    """`path` numbers the repeats (/data/member[2]/age), as the faults of a verdict do."""

    path: str
    field: Field
    value: str = ""

    @property
    def is_heading(self) -> bool:
        return self.field.type in HEADINGS

    @property
    def is_asked(self) -> bool:
        return self.field.type not in HEADINGS | UNASKED

    @property
    def number(self) -> str:
        """Which occurrence of a repeat a heading begins."""
        return self.path.rpartition("[")[2].rstrip("]") if self.field.type == "repeat" else ""


def of_instance(form: Form, root: ET.Element) -> list[Line]:
    """Every line of a filled form in the form's order, also what no one is asked; what the form does not know is left out."""
    top = f"/{_top(form)}"
    return list(_below(_children(form), top, top, root))


def blank_occurrence(form: Form, repeat: Field, number: int) -> list[Line]:
    """The lines of one more occurrence of a repeat."""
    path = f"{repeat.path}[{number}]"
    return [Line(path, repeat), *_below(_children(form), repeat.path, path, ET.Element(repeat.name))]


def to_xml(form: Form, lines: Iterable[Line], meta: Mapping[str, str]) -> bytes:
    """The lines as an instance of the form, in its present version."""
    root = ET.Element(_top(form), {"id": form.form_id, "version": form.version})
    places = {f"/{root.tag}": root}
    for line in lines:
        above, _, step = line.path.rpartition("/")
        if step == META or above.endswith(f"/{META}"):
            continue
        places[line.path] = made = ET.SubElement(places[above], step.partition("[")[0])
        made.text = line.value or None
    about = ET.SubElement(root, META)
    for name, value in meta.items():
        ET.SubElement(about, name).text = value
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def answer_at(answers: Mapping, path: str) -> str:
    """The answer a verdict holds for a numbered path; empty where there is none."""
    found = _held(answers, path)
    return found if isinstance(found, str) else ""


def asks(answers: Mapping, path: str) -> bool:
    """Whether the form asks this here: where it does not, a verdict holds not even a blank."""
    above, _, step = path.rpartition("/")
    name, _, number = step.partition("[")
    around = _held(answers, above)
    found = isinstance(around, Mapping) and name in around
    return found and (not number or isinstance(_held(answers, path), Mapping))


def _held(answers: Mapping, path: str) -> object:
    found: object = answers
    for step in path.split("/")[2:]:
        name, _, number = step.partition("[")
        found = found.get(name) if isinstance(found, Mapping) else None
        if number and isinstance(found, list):
            found = found[int(number.rstrip("]")) - 1] if int(number.rstrip("]")) <= len(found) else None
    return found


def in_language(texts: Mapping[str, str], language: str) -> str:
    """A text of the form in a reader's language; forms name theirs as “हिन्दी (hi)”."""
    own = next((text for name, text in texts.items() if name.endswith(f"({language})")), "")
    return own or next(iter(texts.values()), "")


def labels(form: Form, language: str) -> dict[str, str]:
    return {field.path: in_language(field.labels, language) for field in form.fields if field.labels}


def _top(form: Form) -> str:
    return form.fields[0].path.split("/")[1]


def _children(form: Form) -> dict[str, list[Field]]:
    below = defaultdict(list)
    for field in form.fields:
        below[field.path.rpartition("/")[0]].append(field)
    return below


def _below(children: Mapping[str, list[Field]], plain: str, path: str, element: ET.Element) -> Iterator[Line]:
    for field in children.get(plain, ()):
        found = [child for child in element if local_name(child.tag) == field.name]
        if field.type == "repeat":
            for number, one in enumerate(found, start=1):
                here = f"{path}/{field.name}[{number}]"
                yield Line(here, field)
                yield from _below(children, field.path, here, one)
        elif field.type == "group":
            yield Line(f"{path}/{field.name}", field)
            yield from _below(children, field.path, f"{path}/{field.name}", found[0] if found else ET.Element(field.name))
        else:
            yield Line(f"{path}/{field.name}", field, (found[0].text or "").strip() if found else "")
