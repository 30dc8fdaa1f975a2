"""An XForm document taken apart: model, binds, body, lists."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field

from .bind import Bind
from .errors import BadForm
from .itext import Itext, X
from .lists import SecondaryInstance, from_element, from_media
from .submission import BadXml, Limits, local_name, read_xml
from .template import JR, Node, build_template, find

_H = "{http://www.w3.org/1999/xhtml}"
_LIMITS = Limits(max_bytes=50_000_000, max_elements=2_000_000, max_attributes=4_000_000, max_depth=200)
_CONTROLS = frozenset({"input", "select", "select1", "upload", "trigger", "range", "rank", "secret"})
_XML_ROLE = frozenset({"group", "repeat"})


@dataclass(slots=True)
class Parts:
    title: str
    form_id: str
    version: str
    itext: Itext
    top: Node
    lists: dict[str, SecondaryInstance | None]
    controls: dict[Node, ET.Element] = field(default_factory=dict)
    groups: dict[Node, ET.Element] = field(default_factory=dict)
    counts: dict[Node, str] = field(default_factory=dict)


def take_apart(xform: bytes, media: Mapping[str, bytes]) -> Parts:
    try:
        document = read_xml(xform, limits=_LIMITS)
    except BadXml as error:
        raise BadForm(f"The form is not XML this program reads: {error}") from None
    model, body = document.find(f"{_H}head/{X}model"), document.find(f"{_H}body")
    instances = model.findall(f"{X}instance") if model is not None else []
    if model is None or body is None or not instances or not len(instances[0]):
        raise BadForm("The form has no model with an instance, or no body.")
    main, itext = instances[0][0], Itext(model)
    binds = {_path(bind.get("nodeset", "")): bind for bind in model.iterfind(f"{X}bind")}
    repeats = {_path(repeat.get("nodeset", "")) for repeat in body.iter(f"{X}repeat")}
    top = build_template(main, repeats, binds.keys())
    parts = Parts(
        title=document.findtext(f"{_H}head/{_H}title") or "",
        form_id=main.get("id") or main.tag[1:].partition("}")[0] if main.tag[0] == "{" else main.get("id", ""),
        version=main.get("version") or main.get("{http://openrosa.org/xforms}version") or "",
        itext=itext,
        top=top,
        lists={each.get("id", ""): _list(each, media) for each in instances[1:]},
    )
    for path, bind in binds.items():
        node = find(top, path)
        if node is not None:
            node.bind = _bind(bind, itext)
    _read_body(parts, body, top.path)
    return parts


def _path(nodeset: str) -> str:
    """Without prefixes: nodes are matched by local name."""
    return re.sub(r"(?<=[/@])[\w.\-]+:", "", nodeset.strip())


def _bind(element: ET.Element, itext: Itext) -> Bind:
    return Bind(
        type=element.get("type", "string").rpartition(":")[2],
        required=element.get("required", ""),
        relevant=element.get("relevant", ""),
        constraint=element.get("constraint", ""),
        calculate=element.get("calculate", ""),
        is_readonly=element.get("readonly", "").strip() == "true()",
        required_message=itext.referred(element.get(f"{JR}requiredMsg", "")),
        constraint_message=itext.referred(element.get(f"{JR}constraintMsg", "")),
    )


def _list(instance: ET.Element, media: Mapping[str, bytes]) -> SecondaryInstance | None:
    """None where the list is a file that is not at hand."""
    source = instance.get("src", "")
    if source:
        name = source.rpartition("/")[2]
        found = name if name in media else f"{name}.csv"
        return from_media(found, media[found]) if found in media else None
    return from_element(instance[0]) if len(instance) else None


def _read_body(parts: Parts, element: ET.Element, context: str) -> None:
    for child in element:
        tag = local_name(child.tag)
        path = _joined(context, _path(child.get("ref") or child.get("nodeset") or ""))
        node = find(parts.top, path)
        if tag in _CONTROLS and node is not None:
            parts.controls.setdefault(node, child)
        elif tag in _XML_ROLE:
            if node is not None and tag == "repeat":
                parts.counts[node] = child.get(f"{JR}count", "")
                parts.groups.setdefault(node, child)
            elif node is not None:
                parts.groups.setdefault(node, child)
            _read_body(parts, child, path)


def _joined(context: str, path: str) -> str:
    if not path:
        return context
    return path if path.startswith("/") else f"{context}/{path}"
