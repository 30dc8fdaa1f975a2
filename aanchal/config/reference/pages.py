"""The pages of docs/reference/generated, written from the code itself: script/reference writes them, a test holds them current."""

from collections.abc import Callable
from pathlib import Path

from django.utils import translation

from aanchal.config.reference import forms, running, states, who

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference" / "generated"
PAGES: dict[str, Callable[[], str]] = {
    "roles.md": who.roles,
    "addresses.md": who.addresses,
    "flow.md": states.flow,
    "states.md": states.states,
    "faults.md": states.faults,
    "registers.md": forms.registers,
    "forms.md": forms.dictionary,
    "index-household.md": forms.household_index,
    "index-village.md": forms.village_index,
    "settings.md": running.settings,
    "commands.md": running.commands,
}
NOTE = "<!-- Written by script/reference from the code. Change the code, not this page. -->\n\n"


def current() -> dict[str, str]:
    """File name -> text, in English."""
    with translation.override("en"):
        return {name: NOTE + page() for name, page in PAGES.items()}


def write() -> list[Path]:
    """Writes what is not as it should be, and takes away what no longer is a page. Returns the paths touched."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = current()
    touched = [path for path in FOLDER.glob("*.md") if path.name not in wanted]
    for path in touched:
        path.unlink()
    for name, text in wanted.items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            touched.append(path)
    return touched
