"""Texts of a form in its languages: itext, labels, hints and messages."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

X = "{http://www.w3.org/2002/xforms}"
_REFERENCE = re.compile(r"""\s*jr:itext\(\s*['"](.*)['"]\s*\)\s*\Z""", re.DOTALL)
NO_LANGUAGE = "default"

Texts = dict[str, str]


class Itext:
    def __init__(self, model: ET.Element):
        self.languages: tuple[str, ...] = ()
        self.default_language = NO_LANGUAGE
        self._texts: dict[str, Texts] = {}
        for translation in model.iterfind(f"{X}itext/{X}translation"):
            self._read(translation, translation.get("lang", NO_LANGUAGE))
        if not self.languages:
            self.languages = (NO_LANGUAGE,)

    def _read(self, translation: ET.Element, language: str) -> None:
        if not self.languages or translation.get("default"):
            self.default_language = language
        self.languages += (language,)
        for entry in translation.iterfind(f"{X}text"):
            for value in entry.iterfind(f"{X}value"):
                if value.get("form") is None:
                    self._texts.setdefault(entry.get("id", ""), {})[language] = plain(value)

    def text(self, key: str) -> Texts:
        return self._texts.get(key, {})

    def referred(self, text: str) -> Texts:
        """A message attribute: a reference to itext, or the text itself in every language."""
        found = _REFERENCE.match(text)
        return self.text(found[1]) if found else dict.fromkeys(self.languages, text)

    def of(self, element: ET.Element | None) -> Texts:
        """A label or hint element."""
        if element is None:
            return {}
        found = _REFERENCE.match(element.get("ref", ""))
        if found:
            return self.text(found[1])
        written = plain(element)
        return dict.fromkeys(self.languages, written) if written else {}

    def of_item(self, label_ref: str, fields: Mapping[str, str]) -> Texts:
        """The label of an item of a list: jr:itext(field), or a field."""
        keyed = re.match(r"\s*jr:itext\(\s*([\w.\-]+)\s*\)\s*\Z", label_ref)
        if keyed:
            return self.text(fields.get(keyed[1], ""))
        written = fields.get(label_ref.strip().removeprefix("./"), "")
        return dict.fromkeys(self.languages, written) if written else {}


def plain(element: ET.Element) -> str:
    """Text with each <output> shown as the name of the answer it repeats."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{X}output":
            parts.append("${" + child.get("value", child.get("ref", "")).strip().rpartition("/")[2] + "}")
        else:
            parts.append(plain(child))
        parts.append(child.tail or "")
    return "".join(parts).strip()
