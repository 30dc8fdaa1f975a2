"""Loaded before Django's settings are (pyproject, addopts): tests keep their data apart from the demo's."""

import os

from hypothesis import settings

os.environ.setdefault(
    "AANCHAL_HOME", "/tmp/aanchal-tests" if os.geteuid() == 0 else os.path.expanduser("~/.cache/aanchal-tests")
)
os.environ.setdefault("LOG_LEVEL", "ERROR")

settings.register_profile("quick", max_examples=10, deadline=None)  # for script/check
