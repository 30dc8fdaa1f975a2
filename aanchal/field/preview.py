"""A form as a page: its questions in order, in one of its languages, with when each is asked, what it takes and what it calculates."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from aanchal.field import plain_words
from aanchal.field.plain_words import Vocabulary
from aanchal.field.xform import Field, Form
from aanchal.field.xform.bind import Bind
from aanchal.field.xform.reader import Parts, take_apart
from aanchal.field.xform.template import find

KINDS = {
    "text": _("words"), "integer": _("a whole number"), "decimal": _("a number"), "date": _("a date"), "time": _("a time"),
    "dateTime": _("a date and time"), "select_one": _("one of these"), "select_multiple": _("one or more of these"),
    "rank": _("these in an order"), "range": _("a number on a line"), "geopoint": _("a point on the map"),
    "geotrace": _("a way on the map"), "geoshape": _("an area on the map"), "image": _("a photo"), "audio": _("a sound"),
    "video": _("a film"), "file": _("a file"),
    "barcode": _("a barcode"), "note": _("only read"), "acknowledge": _("a tick"), "calculate": _("calculated"),
    "hidden": _("filled by the phone"),
}  # fmt: skip
MOST_CHOICES = 30


@dataclass(frozen=True)
class Asked:
    """One line of the preview. `depth` is how many groups stand around it."""

    name: str
    kind: str
    kind_in_words: str
    label: str
    hint: str
    depth: int
    is_required: bool
    relevance: str
    constraint: str
    message: str
    calculation: str
    choices: tuple[str, ...]
    more_choices: int
    choices_from: str
    is_filtered: bool

    @property
    def is_heading(self) -> bool:
        return self.kind in ("group", "repeat")


@dataclass(frozen=True)
class Preview:
    form: Form
    parts: Parts
    language: str

    @classmethod
    def of(cls, xform: bytes, language: str) -> "Preview":
        """In the language asked for, or the form's own."""
        form = Form.from_xml(xform)
        return cls(form, take_apart(xform, {}), language if language in form.languages else form.default_language)

    @cached_property
    def words(self) -> Vocabulary:
        labels = {field.path: self._text(field.labels) for field in self.form.fields}
        choices = {field.path: {one.value: self._text(one.labels) for one in field.choices} for field in self.form.fields if field.choices}
        return Vocabulary(labels, choices)

    def questions(self) -> list[Asked]:
        return [self._asked(field) for field in self.form.fields if "/meta/" not in field.path and not field.path.endswith("/meta")]

    def _asked(self, field: Field) -> Asked:
        node = find(self.parts.top, field.path)
        bind = (node.bind if node else None) or Bind()
        offered = tuple(self._text(one.labels) or one.value for one in field.choices)
        control = self.parts.controls.get(node) if node else None
        return Asked(
            name=field.name, kind=field.type, kind_in_words=str(KINDS.get(field.type, "")), label=self._text(field.labels),
            hint=self._text(field.hints), depth=field.path.count("/") - 2, is_required=field.is_required,
            relevance=self._said(bind.relevant, field), constraint=self._said(bind.constraint, field),
            message=self._text(field.constraint_messages), calculation=bind.calculate.strip(), choices=offered[:MOST_CHOICES],
            more_choices=max(0, len(offered) - MOST_CHOICES), choices_from=_file_of(control) if not offered else "",
            is_filtered=field.has_filter,
        )  # fmt: skip

    def _said(self, expression: str, field: Field) -> str:
        return plain_words.said(expression, field.path, self.words) if expression else ""

    def _text(self, texts) -> str:
        """In the language of the preview, else in any: pyxform writes “-” where one is missing."""
        written = {language: text for language, text in (texts or {}).items() if text and text != "-"}
        return written.get(self.language) or next(iter(written.values()), "")


def _file_of(control) -> str:
    """The name of the list that choices come from when they are not in the form."""
    itemset = control.find("{http://www.w3.org/2002/xforms}itemset") if control is not None else None
    return itemset.get("nodeset", "").partition("instance('")[2].partition("'")[0] if itemset is not None else ""
