"""Secondary instances: choice lists inside the form, and CSV, XML or GeoJSON files that come with it."""

import csv
import itertools
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Any

from .errors import BadForm
from .submission import BadXml, Limits, local_name, read_xml

_MEDIA_LIMITS = Limits(max_bytes=50_000_000, max_elements=2_000_000, max_attributes=2_000_000)


class Item:
    """A node of a secondary instance; `fields` is the text of its children by name."""

    __slots__ = ("name", "text", "parent", "children", "attributes", "fields", "order")

    def __init__(self, name: str, text: str, parent: "Item | None", order: int):
        self.name = name
        self.text = text
        self.parent = parent
        self.children: list[Item] = []
        self.attributes: list[Item] = []
        self.fields: dict[str, str] = {}
        self.order = order
        if parent is not None:
            parent.children.append(self)
            parent.fields.setdefault(name, text)

    shown = True

    @property
    def index(self) -> int:
        same = [sibling for sibling in self.siblings() if sibling.name == self.name]
        return same.index(self) + 1

    def siblings(self) -> "list[Item]":
        return self.parent.children if self.parent else [self]

    def key(self) -> tuple[int, ...]:
        return (1, self.order)


class SecondaryInstance:
    def __init__(self, document: Item):
        self.document = document
        self._items: dict[tuple[str, ...], list[Item]] = {}
        self._by_field: dict[tuple[tuple[str, ...], str], dict[str, list[Item]]] = {}

    def items(self, names: tuple[str, ...]) -> list[Item]:
        """The items at a path of names such as root/item."""
        if names not in self._items:
            found = [self.document]
            for name in names:
                found = [child for item in found for child in item.children if name in ("*", child.name)]
            self._items[names] = found
        return self._items[names]

    def by_field(self, names: tuple[str, ...], field: str) -> dict[str, list[Item]]:
        """Those items by the text of one field."""
        if (names, field) not in self._by_field:
            index: dict[str, list[Item]] = {}
            for item in self.items(names):
                index.setdefault(item.fields.get(field, ""), []).append(item)
            self._by_field[names, field] = index
        return self._by_field[names, field]


# Numbers the items of all lists, so that an item's number is its identity and its place.
_numbers = itertools.count(1)


def from_element(root: ET.Element) -> SecondaryInstance:
    document = Item("", "", None, next(_numbers))
    _grow(document, root)
    return SecondaryInstance(document)


def _grow(parent: Item, element: ET.Element) -> None:
    item = Item(local_name(element.tag), (element.text or "") if not len(element) else "", parent, next(_numbers))
    for name, value in element.attrib.items():
        attribute = Item(local_name(name), value, None, next(_numbers))
        attribute.parent = item
        item.attributes.append(attribute)
    for child in element:
        _grow(item, child)


def _from_rows(rows: Iterator[Mapping[Any, Any]]) -> SecondaryInstance:
    document = Item("", "", None, next(_numbers))
    root = Item("root", "", document, next(_numbers))
    for row in rows:
        item = Item("item", "", root, next(_numbers))
        for name, value in row.items():
            if name and not isinstance(value, list):
                Item(str(name), str(value if value is not None else ""), item, next(_numbers))
    return SecondaryInstance(document)


def from_media(name: str, content: bytes) -> SecondaryInstance:
    kind = name.rpartition(".")[2].lower()
    try:
        if kind == "csv":
            return _from_rows(csv.DictReader(content.decode("utf-8-sig").splitlines()))
        if kind == "geojson":
            return _from_rows(_feature_rows(json.loads(content)))
        return from_element(read_xml(content, limits=_MEDIA_LIMITS))
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error, BadXml) as error:
        raise BadForm(f"The list {name} cannot be read: {error}") from None


def _feature_rows(collection: Any) -> Iterator[Mapping[str, Any]]:
    for feature in collection["features"]:
        point = (feature.get("geometry") or {}).get("coordinates") or []
        geometry = f"{point[1]} {point[0]} 0 0" if len(point) >= 2 else ""
        yield {"id": feature.get("id"), "geometry": geometry} | feature["properties"]
