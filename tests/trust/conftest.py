"""One filled world for each file that only reads it."""

import pytest

from tests.trust.world import make_world


@pytest.fixture(scope="module")
def world(own_database_of_module):
    from aanchal.places.queries import forget_villages

    forget_villages()
    return make_world()
