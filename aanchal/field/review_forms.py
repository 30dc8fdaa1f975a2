"""What a reviewer fills in beside a submission, and the correction form drawn from the form's own questions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from aanchal.field import lines
from aanchal.field.decisions import VILLAGE, Case
from aanchal.field.lines import Line
from aanchal.field.xform import Field

NOTE = 300
REASONS = {
    "ASK_AGAIN": _("Please ask the family again and send the form anew."),
    "SAME_FAMILY": _("This family is already recorded: it is the same family."),
    "SAME_LINE": _("This person is already in the register. Correct the line that is there."),
    "WRONG_VILLAGE": _("This is not your village. Give it to the worker of that village."),
    "NEW_PHOTO": _("The photo cannot be opened. Please take it again."),
    "OTHER": _("Another reason, written below."),
}
CONTROLS = {
    "select_one": "radio", "select_multiple": "checkbox", "rank": "checkbox", "integer": "number", "range": "number", "decimal": "decimal",
    "date": "date", "time": "time", "dateTime": "text", "acknowledge": "text",
}  # fmt: skip
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+ ?")
"""What comes along when text is pasted, and no form can carry (XML 1.0, 2.2 Characters)."""
FILES = {"image", "audio", "video", "file"}
MANY = 8
MOST_ELEMENTS = 850
"""Of questions on one page, beside what stands around them (a page has 1,200 at most)."""


class Accept(forms.Form):
    note = forms.CharField(label=_("Note"), help_text=_("Why it is right as it stands. No names."), max_length=NOTE, required=False)


class SendBack(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS.items(), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"), help_text=_("The worker reads this. No names."), max_length=NOTE - 100, required=False
    )

    def clean(self):
        told = super().clean()
        if told.get("reason") == "OTHER" and not told.get("words", "").strip():
            self.add_error("words", _("Write the reason."))
        return told

    def note(self, language: str) -> str:
        """As the worker will read it, in her language."""
        code, words = self.cleaned_data["reason"], self.cleaned_data["words"].strip()
        with translation.override(language):
            chosen = "" if code == "OTHER" else str(REASONS[code])
        return f"{chosen} {words}".strip()[:NOTE]


def control(field: Field) -> str:
    """Which control of HTML asks a question; a long list of choices is a menu."""
    if field.path == VILLAGE or (field.type == "select_one" and len(field.choices) > MANY):
        return "menu"
    return CONTROLS.get(field.type, "file" if field.type in FILES else "long" if "multiline" in field.appearance else "text")


@dataclass(frozen=True)
class Typed:
    """A correction form as it came back. What is to be struck out still stands in `lines`, numbered as on the page; not in `kept`."""

    lines: list[Line]
    struck: list[str]
    shown: frozenset[str]
    """The questions that stood on the page."""

    @property
    def kept(self) -> list[Line]:
        return _renumbered(self.staying)

    @property
    def staying(self) -> list[Line]:
        gone = tuple(f"{path}/" for path in self.struck)
        return [line for line in self.lines if not f"{line.path}/".startswith(gone)] if gone else self.lines

    def on_the_page(self, found: list[dict]) -> list[dict]:
        """Faults of what is kept, numbered as on the page again."""
        numbers = {new.path: old.path for new, old in zip(self.kept, self.staying, strict=True)}
        return [{**told, "path": numbers.get(told["path"], told["path"])} for told in found]

    def to_ask(self, case: Case, answers: Mapping) -> set[str]:
        """What the form asks by these answers; all that was ever answered, to be taken back; and every question of who was added."""
        told = {line.path for line in (*case.lines, *self.lines) if line.value}
        sent = {line.path for line in case.lines}
        return {line.path for line in self.lines if line.path not in sent or line.path in told or lines.asks(answers, line.path)}

    def folded(self, case: Case, to_ask: set[str], opened: Iterable[str], wrong: Iterable[str] = ()) -> frozenset[str]:
        """Of a form too long for one page: members whom nobody opened, and with whom nothing is `wrong` or more than fits is.

        They stay as they were sent.
        """
        weights = {line.path: _elements(line.field) for line in self.lines if line.path in to_ask and line.is_asked}
        sent = {line.path for line in case.lines}
        members = [line.path for line in self.lines if line.field.type == "repeat" and line.path in sent]
        left = sum(weights.values()) - MOST_ELEMENTS
        if left <= 0:
            return frozenset()
        opened, wrong = (_around(members, paths) for paths in ((*self.shown, *opened), wrong))
        folded = set()
        for member in sorted(set(members) - opened, key=lambda one: (one in wrong, -members.index(one))):
            if member not in wrong or left > 0:
                folded.add(member)
                left -= sum(weight for path, weight in weights.items() if path.startswith(f"{member}/"))
        return frozenset(folded)


def _around(members: list[str], paths: Iterable[str]) -> set[str]:
    """Whose paths they are."""
    told = [f"{path}/" for path in paths]
    return {member for member in members if any(one.startswith(f"{member}/") for one in told)}


def is_inside(path: str, folded: Iterable[str]) -> bool:
    return any(path.startswith(f"{one}/") for one in folded)


def _elements(field: Field) -> int:
    """How much of a page a question takes: its frame, label, mark and hint, and each choice."""
    kind, choices = control(field), len(field.choices) + 1
    return 5 + (2 * choices if kind in ("radio", "checkbox") else choices if kind == "menu" else 1)


def typed(case: Case, posted: Mapping) -> Typed:
    """The lines with the answers as typed, with one more occurrence where it was asked for."""
    whole = [_answered(line, posted) for line in _with_more(case, case.lines, posted)]
    return Typed(whole, posted.getlist("remove"), frozenset(name.removeprefix("asked:") for name in posted if name.startswith("asked:")))


def _with_more(case: Case, whole: list[Line], posted: Mapping) -> list[Line]:
    """Occurrences added on this page before, and the one asked for now, at the end of their repeat."""
    for repeat in (field for field in case.form.fields if field.type == "repeat" and field.repeat is None):
        there = sum(line.field is repeat for line in whole)
        wanted = max(there, _count(posted.get(f"count:{repeat.path}"))) + (posted.get("add") == repeat.path)
        order = [field.path for field in case.form.fields]
        end = next((i for i, line in enumerate(whole) if _stands_after(line, repeat, order)), len(whole))
        more = [lines.blank_occurrence(case.form, repeat, number) for number in range(there + 1, wanted + 1)]
        whole = [*whole[:end], *(line for occurrence in more for line in occurrence), *whole[end:]]
    return whole


def _stands_after(line: Line, repeat: Field, order: list[str]) -> bool:
    is_inside = line.field.path.startswith(f"{repeat.path}/")
    return not is_inside and order.index(line.field.path) > order.index(repeat.path)


def _count(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 3 else 0


def _answered(line: Line, posted: Mapping) -> Line:
    if not line.is_asked or line.field.type in FILES or f"asked:{line.path}" not in posted:
        return line
    told = (NOT_IN_XML.sub(" ", one).strip() for one in posted.getlist(line.path))
    return replace(line, value=" ".join(one for one in told if one))


def _renumbered(whole: list[Line]) -> list[Line]:
    """Occurrences counted again from 1 after some were struck out."""
    new: dict[str, str] = {}
    seen: dict[str, int] = {}
    found = []
    for line in whole:
        above, _, step = line.path.rpartition("/")
        above = new.get(above, above)
        if line.field.type == "repeat":
            seen[f"{above}/{line.field.name}"] = number = seen.get(f"{above}/{line.field.name}", 0) + 1
            step = f"{line.field.name}[{number}]"
        new[line.path] = f"{above}/{step}"
        found.append(replace(line, path=new[line.path]))
    return found
