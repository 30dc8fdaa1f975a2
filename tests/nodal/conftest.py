import pytest

from tests.factories import cast_of
from tests.nodal.builders import begin, make_call


@pytest.fixture
def cast(india):
    """Who writes, who approves, who accepts at the nation, and the same people of another State."""
    return cast_of(
        india,
        mis=("state_mis", "state"),
        officer=("nodal_officer", "state"),
        cell=("national_analyst", "nation"),
        stranger=("state_mis", "far state"),
        far_officer=("nodal_officer", "far state"),
        crp=("gender_crp", "east village 1"),
    )


@pytest.fixture
def call(cast):
    return make_call(cast)


@pytest.fixture
def draft(call, india, cast):
    return begin(call, india["state"], cast["mis"])
