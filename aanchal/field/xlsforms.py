"""The form sources in forms/*.yaml, as questions, XLSForm workbooks and XForms."""

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from aanchal.core.yaml_files import read_yaml_words

FORMS = Path(__file__).parent / "forms"
LANGUAGES = {"en": "English (en)", "hi": "हिन्दी (hi)", "te": "తెలుగు (te)"}
CONTAINERS = {"group", "repeat"}
METADATA = ("start", "end", "today", "deviceid")
UNSEEN = {*METADATA, "calculate"}
EXPRESSIONS = {
    "required": "required",
    "relevant": "relevant",
    "constraint": "constraint",
    "calculation": "calculation",
    "count": "repeat_count",
    "appearance": "appearance",
    "choice_filter": "choice_filter",
    "default": "default",
    "parameters": "parameters",
}
TEXTS = {"label": "label", "hint": "hint", "message": "constraint_message"}
REFERENCE_IN_PREDICATE = re.compile(r"\[[^\]]*\$\{")


@dataclass(frozen=True)
class Question:
    """One question with the place it has in the submission: path is ('member', 'name') for /data/member/name."""

    name: str
    type: str
    path: tuple[str, ...]
    repeat: str | None
    label: dict = field(default_factory=dict)
    hint: dict = field(default_factory=dict)
    message: dict = field(default_factory=dict)
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    calculation: str = ""
    choice_filter: str = ""
    choices: dict = field(default_factory=dict)
    file: str = ""


def sources():
    return sorted(path.stem for path in FORMS.glob("*.yaml"))


def title(form_id, language="en"):
    return _source(form_id)["title"][language]


def version(form_id):
    return _source(form_id)["version"]


def questions(form_id):
    """Every question of the form in order, groups and repeats opened."""
    return tuple(_questions(form_id, _source(form_id)["questions"], (), None))


def workbook(form_id):
    """The XLSForm as the dict of sheets that pyxform accepts."""
    source = _source(form_id)
    return {
        "survey": list(_survey_rows(source["questions"])),
        "choices": list(_choice_rows(form_id)),
        "settings": [_settings(form_id)],
        **({"entities": [source["entity"]]} if "entity" in source else {}),
    }


def to_xform(form_id):
    from pyxform.xls2xform import convert  # a fifth of the time in which any process starts; few convert

    return convert(workbook(form_id), validate=False).xform.encode()


def write_xlsx(form_id, path):
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        for name, rows in workbook(form_id).items():
            sheet = book.add_worksheet(name)
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            sheet.write_row(0, 0, headings, bold)
            for line, row in enumerate(rows, start=1):
                for column, heading in enumerate(headings):
                    sheet.write_string(line, column, row.get(heading, ""))
            sheet.freeze_panes(1, 2)
            sheet.autofit(400)


def lint(form_id):
    """What a translator or pyxform would trip over; an empty list means the form may be published."""
    source = _source(form_id)
    faults = [f"title: no {language}" for language in LANGUAGES if not source["title"].get(language)]
    faults += _choice_faults(form_id)
    names = []
    for element in _elements(source["questions"]):
        names.append(element["name"])
        faults += _element_faults(form_id, element)
    return faults + [f"{name}: asked twice" for name in sorted({n for n in names if names.count(n) > 1})]


def _element_faults(form_id, element):
    name, kind = element["name"], element["type"]
    if kind not in UNSEEN and "label" not in element:
        yield f"{name}: no label"
    for text in TEXTS:
        if text in element:
            yield from (f"{name}: no {text} in {code}" for code in LANGUAGES if not element[text].get(code, "").strip())
    if "constraint" in element and "message" not in element:
        yield f"{name}: no message for its constraint"
    if "choices" in element and element["choices"] not in _choice_lists(form_id):
        yield f"{name}: no list {element['choices']}"
    for attribute in EXPRESSIONS:
        if REFERENCE_IN_PREDICATE.search(element.get(attribute, "")):
            yield f"{name}: pyxform makes a reference inside [ ] of {attribute} absolute; write the bare name"


def _choice_faults(form_id):
    for list_name in _lists_used(form_id):
        for code, choice in _choice_lists(form_id).get(list_name, {}).items():
            yield from (f"{list_name}.{code}: no {x}" for x in LANGUAGES if not choice.get(x, "").strip())


@functools.cache
def _read(path):
    return read_yaml_words(path)


def _shared(name):
    return _read(FORMS / "shared" / f"{name}.yaml")


@functools.cache
def _source(form_id):
    if form_id not in sources():
        raise KeyError(form_id)
    source = _read(FORMS / f"{form_id}.yaml")
    metadata = [{"name": name, "type": name} for name in METADATA]
    return source | {"questions": metadata + _opened(source["questions"])}


def _opened(elements):
    """The elements with `include:` replaced by its shared block and `check:` by its shared constraint."""
    opened = []
    for element in elements:
        element = dict(element)
        if "include" in element:
            element = _shared("blocks")[element.pop("include")] | element
        if "check" in element:
            element |= _shared("checks")[element.pop("check")]
        if "questions" in element:
            element["questions"] = _opened(element["questions"])
        opened.append(element)
    return opened


def _elements(elements):
    for element in elements:
        yield element
        yield from _elements(element.get("questions", ()))


def _choice_lists(form_id):
    return _shared("choices") | _source(form_id).get("choices", {})


def _lists_used(form_id):
    used = (element["choices"] for element in _elements(_source(form_id)["questions"]) if "choices" in element)
    return list(dict.fromkeys(used))


def _questions(form_id, elements, path, repeat):
    for element in elements:
        here = (*path, element["name"])
        if element["type"] in CONTAINERS:
            inside = element["name"] if element["type"] == "repeat" else repeat
            yield from _questions(form_id, element["questions"], here, inside)
        else:
            yield _question(form_id, element, here, repeat)


def _question(form_id, element, path, repeat):
    plain = {key: element[key] for key in ("name", "type", *TEXTS, "file") if key in element}
    expressions = {key: element.get(key, "") for key in ("relevant", "constraint", "calculation", "choice_filter")}
    return Question(
        **plain,
        **expressions,
        path=path,
        repeat=repeat,
        required=element.get("required") == "yes",
        choices=_choice_lists(form_id)[element["choices"]] if "choices" in element else {},
    )


def _survey_rows(elements):
    for element in elements:
        kind = element["type"]
        if kind in CONTAINERS:
            yield _survey_row(element, f"begin_{kind}")
            yield from _survey_rows(element["questions"])
            yield {"type": f"end_{kind}", "name": element["name"]}
        else:
            yield _survey_row(element, " ".join(filter(None, (kind, element.get("choices"), element.get("file")))))


def _survey_row(element, kind):
    row = {"type": kind, "name": element["name"]}
    for text, column in TEXTS.items():
        if text in element:
            row |= _translated(column, element[text])
    return row | {column: element[key] for key, column in EXPRESSIONS.items() if key in element}


def _choice_rows(form_id):
    for list_name in _lists_used(form_id):
        for code, choice in _choice_lists(form_id)[list_name].items():
            columns = {key: value for key, value in choice.items() if key not in LANGUAGES}
            yield {"list_name": list_name, "name": code} | _translated("label", choice) | columns


def _translated(column, texts):
    return {f"{column}::{language}": texts[code] for code, language in LANGUAGES.items()}


def _settings(form_id):
    source = _source(form_id)
    return {
        "form_title": " · ".join(source["title"][code] for code in LANGUAGES),
        "form_id": form_id,
        "version": source["version"],
        "default_language": LANGUAGES["en"],
        "instance_name": source["instance_name"],
        "style": "pages",
    }
