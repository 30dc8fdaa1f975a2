"""The letters of PDF files: Noto for thirteen scripts, from npm's packages by lock and integrity, copied beside the code once.

`python -m aanchal.config.fonts` (script/setup calls it) needs nothing else of the program.
"""

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from aanchal.config.front_end import STEPS, npm

FOLDER = Path(__file__).resolve().parents[1] / "core" / "paper" / "fonts"
STAMP = FOLDER / "taken-from.txt"
PACKAGES = {
    "NotoNastaliqUrdu": "noto-nastaliq-urdu", "NotoSans": "noto-sans", "NotoSansArabic": "noto-sans-arabic",
    "NotoSansBengali": "noto-sans-bengali", "NotoSansDevanagari": "noto-sans-devanagari", "NotoSansGujarati": "noto-sans-gujarati",
    "NotoSansGurmukhi": "noto-sans-gurmukhi", "NotoSansKannada": "noto-sans-kannada", "NotoSansMalayalam": "noto-sans-malayalam",
    "NotoSansMeeteiMayek": "noto-sans-meetei-mayek", "NotoSansOlChiki": "noto-sans-ol-chiki", "NotoSansOriya": "noto-sans-oriya",
    "NotoSansTamil": "noto-sans-tamil", "NotoSansTelugu": "noto-sans-telugu",
}  # fmt: skip
WEIGHTS = ("400Regular", "700Bold")


def wanted() -> str:
    return sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()


def are_here() -> bool:
    return STAMP.exists() and STAMP.read_text() == wanted()


def fetch() -> None:
    """Raises OSError or CalledProcessError."""
    command, environment = npm()
    subprocess.run([*command, *STEPS[0]], cwd=FOLDER, env=environment, check=True, stdout=subprocess.DEVNULL)
    for family, package in PACKAGES.items():
        for weight in WEIGHTS:
            name = f"{family}_{weight}.ttf"
            shutil.copyfile(FOLDER / "node_modules" / "@expo-google-fonts" / package / weight / name, FOLDER / name)
    STAMP.write_text(wanted())


def main() -> int:
    """A machine that cannot reach npm's packages prints by the browser: it says so, and tries again next time."""
    if are_here():
        return 0
    try:
        fetch()
    except (ImportError, OSError, subprocess.CalledProcessError) as problem:
        print(f"*** THE FONTS OF PDF FILES ARE NOT HERE ({problem}): papers are printed by the browser. ***", file=sys.stderr)
    finally:
        shutil.rmtree(FOLDER / "node_modules", ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
