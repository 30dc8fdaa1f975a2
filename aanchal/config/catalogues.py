"""Every English sentence of the site, gathered into the Hindi and Telugu catalogues: what is new comes empty, what is gone goes."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from aanchal.core.yaml_files import read_yaml

PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
DATA = ("tracking/statutory.yaml", "rescue/clocks.yaml", "benefits/schemes/*.yaml", "benefits/norms.yaml")
"""Data that ship with the program and say in English what a law or a scheme holds; titles of laws in them stay as they are written."""
SENTENCES = ("law", "source")
# Django's own rule for both languages; another rule would keep our catalogue from merging with Django's.
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def languages() -> list[str]:
    return sorted(path.parent.parent.name for path in PACKAGE.glob("locale/*/LC_MESSAGES/django.po"))


def path_of(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def kept(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def found() -> Catalog:
    """What the code and the templates say today, without translations."""
    catalogue = Catalog()
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]):
        place = path.relative_to(PACKAGE.parent).as_posix()
        for message, context in _spoken(path):
            catalogue.add(message, context=context, locations=[(place, None)])
    for path in sorted(path for data in DATA for path in PACKAGE.glob(data)):
        for message in _written(read_yaml(path)):
            catalogue.add(message, locations=[(path.relative_to(PACKAGE.parent).as_posix(), None)])
    return catalogue


def _written(told) -> Iterator[str]:
    """Whatever stands under a key of SENTENCES, however deep."""
    for key, value in told.items() if isinstance(told, dict) else enumerate(told):
        if isinstance(value, dict | list):
            yield from _written(value)
        elif key in SENTENCES:
            yield value


def _spoken(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text()
    if path.suffix != ".py":
        # A template's indentation is not Python's, and templatize writes no string over two lines.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    for _line, function, message, _comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {}):
        if said := _read(KEYWORDS[function] or (1,), message):
            yield said


def _read(places: tuple, message: str | tuple) -> tuple[str | tuple[str, ...], str | None] | None:
    """The words and their context; nothing when a word is not written out in the source."""
    given = message if isinstance(message, tuple) else (message,)
    context = next((given[place[0] - 1] for place in places if isinstance(place, tuple)), None)
    words = tuple(given[place - 1] for place in places if isinstance(place, int) and place <= len(given))
    if not words or not all(words):
        return None
    return (words if len(words) > 1 else words[0]), context


def merged(language: str, current: Catalog) -> Catalog:
    before = kept(language)
    catalogue = Catalog()
    for message in current:
        if message.id:
            known = before.get(message.id, message.context)
            catalogue.add(message.id, _translation(message, known), message.locations, context=message.context)
    return catalogue


def _translation(message, known) -> str | tuple[str, ...]:
    if known and known.pluralizable == message.pluralizable:
        return known.string
    return ("", "") if message.pluralizable else ""


def written(language: str, catalogue: Catalog) -> bytes:
    body = io.BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.format(language=language).encode() + body.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    return [_first(message.id) for message in catalogue if message.id and not _is_complete(message.string)]


def _is_complete(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def _first(words: str | tuple[str, ...]) -> str:
    return words[0] if isinstance(words, tuple) else words


def main() -> int:
    current = found()
    for language in languages():
        catalogue = merged(language, current)
        path_of(language).write_bytes(written(language, catalogue))
        print(f"{language}: {len(catalogue)} messages, {len(missing(catalogue))} without a translation")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
