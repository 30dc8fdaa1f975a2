"""Loaded before Django's settings are (pyproject, addopts): tests keep their data apart from the demo's."""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault(
    "AANCHAL_HOME", "/tmp/aanchal-tests" if os.geteuid() == 0 else os.path.expanduser("~/.cache/aanchal-tests")
)
os.environ.setdefault("LOG_LEVEL", "ERROR")

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no test fails on a slow machine
settings.register_profile("quick", settings.get_profile("patient"), max_examples=10)  # for script/check
settings.load_profile("patient")
