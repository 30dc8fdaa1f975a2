"""The program's own data, kept in YAML files beside the code that reads it."""

from pathlib import Path
from typing import Any

import yaml

# By libyaml where PyYAML was built with it: ten times faster, and the same YAML.
_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_SAFE)


def read_yaml_words(path: Path) -> Any:
    """Every scalar as it is written: a code NO stays "NO" and does not become False."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_PLAIN)
