import pytest

from aanchal.core import facts


@pytest.fixture(autouse=True)
def _nobody_reacts(monkeypatch):
    """What the apps above do with a line is their own tests' business."""
    monkeypatch.setattr(facts, "_flow", {})


@pytest.fixture
def village(india):
    return india["east village 1"]
