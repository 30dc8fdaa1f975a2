"""python -m bench [--json] NAME"""

import argparse
import importlib
import sys
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if "def main(" in path.read_text() and path.stem != "__main__")
ALSO = {"import": "import_directory"}  # a word of Python names no module
NAMES += ALSO

parser = argparse.ArgumentParser(prog="script/bench", description="Measures one thing against a floor in the same run.")
parser.add_argument("name", choices=NAMES)
parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
options = parser.parse_args()
sys.exit(importlib.import_module(f"bench.{ALSO.get(options.name, options.name)}").main(json=options.json))
