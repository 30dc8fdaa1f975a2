import pytest


@pytest.fixture
def runner(posted):
    """Who runs the pilot in the state."""
    return posted("programme_officer", "state")


@pytest.fixture
def expert(posted):
    return posted("state_expert", "state")


@pytest.fixture
def manager(posted):
    return posted("district_manager", "east")


@pytest.fixture
def next_door(posted):
    """Who runs the pilot in another district."""
    return posted("programme_officer", "west")
