"""`.env.example` is the documentation of the settings: it names all of them, and nothing else."""

import re
from pathlib import Path

CONFIG = Path("aanchal/config")
READ = re.compile(r"""(?:env\.(?:text|flag|secret)|_secret)\(\s*"([A-Z_]+)\"""")
SECRET = re.compile(r"""(?:env\.secret|_secret)\(\s*"([A-Z_]+)\"""")


def named(pattern) -> set[str]:
    sources = [path.read_text() for path in CONFIG.glob("*.py")]
    return {name for source in sources for name in pattern.findall(source)}


def test_it_names_every_setting_and_the_file_of_every_secret():
    written = set(re.findall(r"^([A-Z_]+)=", Path(".env.example").read_text(), re.MULTILINE))
    assert written == named(READ) | {f"{name}_FILE" for name in named(SECRET)}
    assert {"SECRET_KEY", "DATABASE_URL", "AANCHAL_HOME", "BIND"} <= written
