"""What the site needs on disk before it serves: static files collected, translations compiled. Made again only when stale."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def make() -> None:
    compile_translations()
    if static_is_stale():
        call_command("collectstatic", interactive=False, verbosity=0)


def static_is_stale() -> bool:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    found = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    return any(path.stat().st_mtime > made for path in found)


def stale_translations() -> list[Path]:
    catalogues = (path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po"))
    return [path for path in catalogues if not _is_compiled(path)]


def compile_translations() -> None:
    """Each is put in place whole: another process may read it meanwhile."""
    for source in stale_translations():
        draft = source.with_suffix(f".{os.getpid()}")
        with source.open("rb") as po, draft.open("wb") as mo:
            write_mo(mo, read_po(po))
        draft.replace(_compiled(source))


def _compiled(source: Path) -> Path:
    return source.with_suffix(".mo")


def _is_compiled(source: Path) -> bool:
    return _compiled(source).exists() and _compiled(source).stat().st_mtime >= source.stat().st_mtime
