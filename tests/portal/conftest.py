import pytest


@pytest.fixture
def village(india):
    return india["east village 1"]
