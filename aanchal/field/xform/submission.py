"""A phone's submission: parsed within bounds, refused when it is not plain well-formed XML."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

# expat's codes for a document that stops before its end
_CUT_SHORT = {3, 5, 6, 20}
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)""")
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_LONG_TAG = re.compile(rb"<[^<>]{65536}")


@dataclass(frozen=True, slots=True)
class Limits:
    max_bytes: int = 10_000_000
    max_elements: int = 20_000
    max_attributes: int = 20_000
    max_depth: int = 40


DEFAULT = Limits()


class BadXml(ValueError):
    """The bytes are not a submission; `reason` is a code, the message is for the sender."""

    def __init__(self, reason: str, message: str):
        super().__init__(message)
        self.reason = reason


def parse(xml: bytes, *, limits: Limits = DEFAULT) -> "Instance":
    root = read_xml(xml, limits=limits)
    return Instance(root)


def read_xml(xml: bytes, *, limits: Limits) -> ET.Element:
    _refuse_before_parsing(xml, limits)
    parser = ET.XMLParser(encoding="utf-8")
    try:
        parser.feed(xml)
        root = parser.close()
    except ET.ParseError as error:
        raise _why(error.code, error.position) from None
    except (ValueError, LookupError) as error:
        raise BadXml("NOT_XML", f"The XML cannot be read: {type(error).__name__}.") from None
    if _is_deeper(root, limits.max_depth):
        raise _too_deep(limits)
    return root


def _refuse_before_parsing(xml: bytes, limits: Limits) -> None:
    if len(xml) > limits.max_bytes:
        raise BadXml("TOO_LARGE", f"The XML has {len(xml)} bytes; at most {limits.max_bytes} are accepted.")
    if not xml or xml.isspace():
        raise BadXml("NOT_XML", "There is no XML.")
    declared = _ENCODING.match(xml)
    if declared and declared[1].lower() not in _PLAIN_ENCODINGS or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise BadXml("ENCODING", "The XML must be in UTF-8.")
    # Cheap upper bounds first; only a document that exceeds one is counted exactly.
    tags = xml.count(b"<") - xml.count(b"</")
    if tags > limits.max_elements or xml.count(b"=") > limits.max_attributes or b"<!DOCTYPE" in xml:
        _count_exactly(xml, limits)
    if len(xml) > 65536 and _LONG_TAG.search(xml) and _has_long_tag(xml):
        raise BadXml("TOO_LARGE", "A tag of the XML is longer than 65536 bytes.")


def _count_exactly(xml: bytes, limits: Limits) -> None:
    elements = attributes = 0

    def started(_name: str, names_and_values: list[str]) -> None:
        nonlocal elements, attributes
        elements += 1
        attributes += len(names_and_values) // 2
        if elements > limits.max_elements:
            raise BadXml("TOO_MANY_ELEMENTS", f"The XML has more than {limits.max_elements} elements.")
        if attributes > limits.max_attributes:
            raise BadXml("TOO_MANY_ATTRIBUTES", f"The XML has more than {limits.max_attributes} attributes.")

    def doctype(*_declaration: object) -> None:
        raise BadXml("DTD", "The XML declares a document type or entities, which is not accepted.")

    if _LONG_TAG.search(xml) and _has_long_tag(xml):
        raise BadXml("TOO_LARGE", "A tag of the XML is longer than 65536 bytes.")
    parser = expat.ParserCreate("utf-8")
    parser.ordered_attributes = True
    parser.StartElementHandler = started
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise _why(error.code, (error.lineno, error.offset)) from None


def _has_long_tag(xml: bytes) -> bool:
    """Comments and CDATA may run long and hold no attributes; a tag may not."""
    return any(xml[found.start() + 1 : found.start() + 2] != b"!" for found in _LONG_TAG.finditer(xml))


def _why(code: int, position: tuple[int, int]) -> BadXml:
    where = f"line {position[0]}, column {position[1] + 1}"
    if code in _CUT_SHORT:
        return BadXml("TRUNCATED", f"The XML ends too early ({where}).")
    return BadXml("NOT_XML", f"The XML is not well formed: {expat.ErrorString(code)} ({where}).")


def _too_deep(limits: Limits) -> BadXml:
    return BadXml("TOO_DEEP", f"The XML is nested deeper than {limits.max_depth} levels.")


def _is_deeper(root: ET.Element, limit: int) -> bool:
    level = [root]
    for _ in range(limit):
        level = [child for element in level if len(element) for child in element]
        if not level:
            return False
    return True


def local_name(tag: str) -> str:
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


@dataclass(frozen=True, slots=True)
class Instance:
    root: ET.Element

    @property
    def form_id(self) -> str:
        """OpenRosa: the id attribute, or the namespace of the root where there is none."""
        namespace = self.root.tag[1:].partition("}")[0] if self.root.tag[0] == "{" else ""
        return self.root.get("id") or namespace

    @property
    def version(self) -> str:
        return self.root.get("version") or self.root.get("{http://openrosa.org/xforms}version") or ""

    @property
    def instance_id(self) -> str:
        return (self.text("meta/instanceID") or self.root.get("instanceID") or "").strip()

    @property
    def deprecated_id(self) -> str:
        return (self.text("meta/deprecatedID") or "").strip()

    def text(self, path: str) -> str | None:
        """Text of the first node at an absolute ("/data/hh/phone") or relative ("hh/phone") path."""
        names = [name.rpartition(":")[2] for name in path.split("/") if name]
        if path.startswith("/") and (not names or names.pop(0) != local_name(self.root.tag)):
            return None
        found = next(_matches(self.root, names), None)
        return None if found is None else found.text

    def values(self, repeats: Collection[str] = ()) -> dict[str, Any]:
        """Nested answers; `repeats` names the paths that are lists even when they occur once (`Form.repeats`)."""
        return _nested(self.root, "/" + local_name(self.root.tag), repeats)


def _matches(element: ET.Element, names: list[str]) -> Iterator[ET.Element]:
    if not names:
        yield element
        return
    for child in element:
        if local_name(child.tag) == names[0]:
            yield from _matches(child, names[1:])


def _nested(element: ET.Element, path: str, repeats: Collection[str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for child in element:
        name = local_name(child.tag)
        below = f"{path}/{name}"
        value = _nested(child, below, repeats) if len(child) else child.text
        if below in repeats:
            out.setdefault(name, []).append(value or {})
        elif name not in out:
            out[name] = value
        elif isinstance(out[name], list):
            out[name].append(value)
        else:
            out[name] = [out[name], value]
    return out
