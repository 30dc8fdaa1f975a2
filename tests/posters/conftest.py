import pytest

from tests.posters.builders import missing, released


@pytest.fixture
def entry(india):
    return missing(india["east village 1"])


@pytest.fixture
def ahtu(posted):
    return posted("ahtu_officer", "east")


@pytest.fixture
def second(posted):
    return posted("ahtu_officer", "east")


@pytest.fixture
def poster(entry, ahtu, second):
    return released(entry, ahtu, second)
