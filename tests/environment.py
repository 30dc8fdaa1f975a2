"""Loaded before Django's settings are (pyproject, addopts): tests keep their data apart from the demo's."""

import os

os.environ.setdefault(
    "AANCHAL_HOME", "/tmp/aanchal-tests" if os.geteuid() == 0 else os.path.expanduser("~/.cache/aanchal-tests")
)
os.environ.setdefault("LOG_LEVEL", "ERROR")
