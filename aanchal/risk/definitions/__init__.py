"""The index definitions that ship with Aanchal, one YAML file a version."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from aanchal.risk.definition import Definition
from aanchal.risk.loading import load

HOUSEHOLD = "household-1"
VILLAGE = "village-1"


def mapping(version: str) -> dict[str, Any]:
    """The plain data of a shipped version, to store, show or build a state's own version from."""
    path = Path(__file__).with_name(f"{version}.yaml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def shipped(version: str) -> Definition:
    return load(mapping(version))
