"""What we ask of a state's form beyond what pyxform asks: problems keep it from phones, remarks are for its author."""

from collections.abc import Iterator

from django.conf import settings

from aanchal.field import media, rules
from aanchal.field.uploads.conversion import Converted
from aanchal.field.xform import Form
from aanchal.field.xform.itext import NO_LANGUAGE

KNOWN_FILES = frozenset({"villages.csv", *media.ENTITIES})
LONGEST_TITLE = 120
SILENT = {"calculate", "hidden", "group", "repeat"}
MOST = 50
"""Of one kind: who has made more mistakes of it has understood."""


def problems(found: Converted) -> list[dict]:
    """As data: kind, and where or which value it is about."""
    return list(_problems(found))[: 4 * MOST]


def remarks(found: Converted) -> list[dict]:
    return [*_warned(found), *_unlanguaged(found), *_formulas(found), *_unchecked(found), *_placeless(found)]


def _problems(found: Converted) -> Iterator[dict]:
    if found.is_unreadable:
        yield {"kind": "UNREADABLE"}
        return
    if not rules.FORM_ID.fullmatch(found.form_id):
        yield {"kind": "BAD_ID", "value": found.form_id[:100]}
    if found.version and not rules.may_be_version(found.version):
        yield {"kind": "BAD_VERSION", "value": found.version[:100]}
    if len(found.title) > LONGEST_TITLE:
        yield {"kind": "LONG_TITLE"}
    for name in media.named_in(found.xform):
        if name not in KNOWN_FILES:
            yield {"kind": "UNKNOWN_FILE", "value": name}
    if found.has_external_choices:
        yield {"kind": "EXTERNAL_CHOICES"}
    if b"<entity " in found.xform or b"entities:entities-version" in found.xform:
        yield {"kind": "ENTITIES"}
    for trap in found.traps[:MOST]:
        where = f"survey {trap['row']}, {trap['name']}, {trap['column']}"
        yield {"kind": "PREDICATE", "where": where, "value": f"${{{trap['reference']}}}"}


def _warned(found: Converted) -> Iterator[dict]:
    for words in found.warnings[:MOST]:
        yield {"kind": "CONVERTER", "value": words}


def _unlanguaged(found: Converted) -> Iterator[dict]:
    """The languages our workers read, and those of the form itself where a label is missing in one."""
    if found.is_unreadable:
        return
    is_plain = found.languages == (NO_LANGUAGE,)
    for code, name in settings.LANGUAGES:
        if not (is_plain and code == "en") and not any(language.endswith(f"({code})") for language in found.languages):
            yield {"kind": "NO_LANGUAGE", "value": f"{name} ({code})"}
    labelled = [field.labels for field in Form.from_xml(found.xform).fields if field.labels and field.type not in SILENT]
    for language in found.languages:
        if any(not labels.get(language, "").strip() or labels[language] == "-" for labels in labelled):
            yield {"kind": "UNTRANSLATED", "value": language}


def _formulas(found: Converted) -> Iterator[dict]:
    for cell in found.formulas[:MOST]:
        yield {"kind": "FORMULA", "value": cell}


def _unchecked(found: Converted) -> Iterator[dict]:
    for one in found.unsupported[:MOST]:
        yield {"kind": "UNCHECKED", "where": one["path"], "value": one["part"]}


def _placeless(found: Converted) -> Iterator[dict]:
    if not found.is_unreadable and not village_question(Form.from_xml(found.xform)):
        yield {"kind": "NO_VILLAGE"}


def village_question(form: Form) -> str:
    """The path of the question that says which village; the first called `village` that is no part of a repeat."""
    return next((field.path for field in form.fields if field.name == "village" and field.repeat is None), "")
