"""One filled world for each file that only reads it."""

from pathlib import Path

import pytest

from tests.trust.world import make_world


@pytest.fixture(scope="session", autouse=True)
def _folder_of_static_files(django_db_blocker):
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="module")
def world(own_database_of_module):
    from aanchal.places.queries import forget_villages

    forget_villages()
    return make_world()
