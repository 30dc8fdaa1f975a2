"""A published form as the HTML and the model that Enketo fills in (docs/adr/0026).

The two stylesheets are those of the package enketo-transformer; what that package does beside them in JavaScript, for the forms that
pyxform writes, is done here.
"""

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from uuid import UUID

from lxml import etree

from aanchal.field.models import PublishedForm

VERSION = 1
"""Raised when what is made of a form changes: phones then get it anew."""
SHEETS = Path(__file__).parent / "app" / "xsl"
H, XF = "http://www.w3.org/1999/xhtml", "http://www.w3.org/2002/xforms"
NAMES = {"h": H, "xf": XF}
LANGUAGE = re.compile(r"^(.{0,100}?)\s{0,9}\(([A-Za-z][A-Za-z0-9-]*)\)\s*$")
ITEXT = re.compile(r"itext\((.*)\)")
BOLD = re.compile(r"\*\*(.{1,500}?)\*\*|__(.{1,500}?)__")
ITALIC = re.compile(r"(?<![\w*])\*(?!\s)(.{1,500}?)\*(?![\w*])|(?<!\w)_(?!\s)(.{1,500}?)_(?!\w)")
SHOWN = "//*[@name=$name and (contains(../@class, 'question') or contains(../../@class, 'option-wrapper'))][not(@type='hidden')]"
FORBIDDEN = ("script", "iframe", "object", "embed", "link", "base", "meta")


class NotBuilt(Exception):
    """The stylesheets are not here: the front end was not built (script/setup)."""


@dataclass(frozen=True)
class Rendered:
    form: str
    model: str
    languages: tuple[tuple[str, str], ...]
    """(tag, name) of each, the form's default first."""
    media: tuple[str, ...]


def rendered(form: PublishedForm) -> Rendered:
    """A published version never changes, so this is kept."""
    return _rendered(form.pk)


@lru_cache(maxsize=64)
def _rendered(pk: UUID) -> Rendered:
    return transformed(bytes(PublishedForm.objects.only("xform").get(pk=pk).xform))


def transformed(xform: bytes) -> Rendered:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    source = etree.fromstring(xform, parser)
    _label_itemsets(source)
    _plain_lists(source)
    page = _sheet("openrosa2html5form")(source).getroot()
    model = _sheet("openrosa2xmlmodel")(source).getroot()
    languages = _tag_languages(page)
    _move_actions(page)
    _write_appearances(page)
    _mark_down(page)
    for title in page.iter("h4"):
        title.tag = "h2"  # the form's own title is the first heading of the page
    media = _make_safe(page)
    form = page.find(".//form")
    return Rendered(
        form=etree.tostring(form, method="html", encoding="unicode", with_tail=False),
        model=etree.tostring(model.find("{*}model"), encoding="unicode", with_tail=False),
        languages=languages,
        media=media,
    )


@cache
def _sheet(name: str) -> etree.XSLT:
    path = SHEETS / f"{name}.xsl"
    if not path.exists():
        raise NotBuilt(path.name)
    return etree.XSLT(etree.parse(path))


def _label_itemsets(source: etree._Element) -> None:
    """Writes into each itemset where its values and translated labels lie (`processItemsets` of the package)."""
    for itemset in source.iter(f"{{{XF}}}itemset"):
        value, label = (_ref(itemset, name) for name in ("value", "label"))
        nodeset = itemset.get("nodeset", "")
        instance = nodeset.partition("instance(")[2].partition(")")[0][1:-1]
        path = nodeset.partition(")")[2]
        if "randomize(" in nodeset:
            path = path.partition("," if "," in nodeset else ")")[0]
        path = re.sub(r"\[.*?\]", "", path.replace("/", "/xf:"))
        where = f'/h:html/h:head/xf:model/xf:instance[@id="{instance}"]{path}'
        itemset.attrib.update({"valueRef": value, "labelRef": label, "itextPath": where})
        if named := ITEXT.search(label):
            items = source.getroottree().xpath(f"{where}/*[name() = $name]", namespaces=NAMES, name=named[1])
            itemset.extend(deepcopy(item) for item in items)


def _plain_lists(source: etree._Element) -> None:
    """A long list is the phone's own menu, which every phone draws well: no list to type into."""
    for control in source.iter(f"{{{XF}}}select1", f"{{{XF}}}select"):
        words = control.get("appearance", "").split()
        if {"autocomplete", "search"} & {*words}:
            control.set("appearance", " ".join([*(one for one in words if one not in ("autocomplete", "search", "minimal")), "minimal"]))


def _ref(itemset: etree._Element, name: str) -> str:
    found = itemset.find(f"{{{XF}}}{name}")
    return "" if found is None else found.get("ref", "")


def _tag_languages(page: etree._Element) -> tuple[tuple[str, str], ...]:
    """“हिन्दी (hi)” is told by its tag from here on."""
    chooser = page.find(".//select[@id='form-languages']")
    if chooser is None:
        return ()
    tags = {}
    for option in chooser.iter("option"):
        written = option.get("value") or option.text or ""
        parts = LANGUAGE.match(written)
        tags[written], option.text = (parts[2], parts[1]) if parts else (written, written)
        option.set("value", tags[written])
        option.set("data-dir", "rtl" if tags[written][:2] in ("ur", "ks", "sd", "ar", "fa") else "ltr")
    for element in page.iter("*"):
        if element.get("lang") in tags:
            element.set("lang", tags[element.get("lang")])
    default = chooser.get("data-default-lang", "")
    chooser.set("data-default-lang", tags.get(default, default))
    named = [(option.get("value", ""), option.text or "") for option in chooser.iter("option")]
    return tuple(sorted(named, key=lambda one: one[0] != chooser.get("data-default-lang")))


def _move_actions(page: etree._Element) -> None:
    """A <setvalue> inside a question stands beside it, or in it where it only gives the default (`correctAction`)."""
    for kind in ("setgeopoint", "setvalue"):
        for action in page.xpath(f'//*[contains(@class, "question")]//label/input[@data-{kind}]'):
            action.getparent().getparent().replace(action.getparent(), deepcopy(action))
        for action in page.xpath(f'//label[contains(@class, "{kind}")]/input[@data-{kind}]'):
            same = page.xpath(SHOWN, name=action.get("name"))
            if same:
                same[0].attrib.update({name: action.get(name, "") for name in (f"data-{kind}", "data-event")})
                action.getparent().getparent().remove(action.getparent())


def _write_appearances(page: etree._Element) -> None:
    """Appearances as classes; old names of some bring the new ones with them (`transformAppearances`)."""
    for element in page.xpath("//*[@data-appearances]"):
        is_select = element.attrib.pop("data-appearances-select-type", None) is not None
        classes = []
        for appearance in element.attrib.pop("data-appearances").lower().split():
            classes.append(f"or-appearance-{appearance}")
            classes += _old_name(appearance) if is_select else []
        kept = element.get("class", "").split()
        at = kept.index("or-appearances-placeholder") if "or-appearances-placeholder" in kept else len(kept)
        element.set("class", " ".join([*kept[:at], *classes, *kept[at + 1 :]]))


def _old_name(appearance: str) -> list[str]:
    if appearance.startswith("compact-"):
        return [appearance.removeprefix("compact-"), "or-appearance-no-buttons"]
    return {
        "horizontal": ["or-appearance-columns"],
        "horizontal-compact": ["or-appearance-columns-pack"],
        "compact": ["or-appearance-columns-pack", "or-appearance-no-buttons"],
    }.get(appearance, [])


def _mark_down(page: etree._Element) -> None:
    """**bold**, *italic* and new lines of labels and hints; what holds a computed output is left as it is."""
    for span in page.xpath('//span[contains(@class, "question-label") or contains(@class, "or-hint")]'):
        if len(span) == 0 and span.text:
            _set_marked(span, span.text.strip())


def _set_marked(span: etree._Element, text: str) -> None:
    marked = _escaped(text)
    marked = BOLD.sub(lambda m: f"<strong>{m[1] or m[2]}</strong>", marked)
    marked = ITALIC.sub(lambda m: f"<em>{m[1] or m[2]}</em>", marked).replace("\n", "<br/>")
    inner = etree.fromstring(f"<span>{marked}</span>")
    span.text = inner.text
    span.extend(list(inner))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _make_safe(page: etree._Element) -> tuple[str, ...]:
    """Nothing inline for the content policy to stop; media by name, for the phone holds the files itself. Their names in order."""
    media = []
    for element in list(page.iter("*")):
        if element.tag in FORBIDDEN:
            element.getparent().remove(element)
            continue
        for name in [*element.attrib]:
            value = element.get(name, "")
            if name.startswith("on") or name == "style" or (name in ("href", "src") and not value.startswith(("jr://", "https://"))):
                del element.attrib[name]
            elif name == "src" and value.startswith("jr://"):
                del element.attrib[name]
                element.set("data-media", value.rpartition("/")[2])
                media.append(value.rpartition("/")[2])
    return tuple(dict.fromkeys(media))
