import pytest

from aanchal.access.acting import SYSTEM, acting
from tests.factories import make_posting


@pytest.fixture(autouse=True)
def _plain_files(settings, tmp_path):
    """Pages need no collected files here."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def signed_in(client):
    """A function that signs a user in, second factor given, and returns the client."""

    def enter(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["second_factor"] = True
        session.save()
        return client

    return enter


@pytest.fixture
def posted(india):
    """A function that gives someone a role at a place of the small world."""

    def give(role, place, **more):
        with acting(SYSTEM):
            return make_posting(role, india[place], **more)

    return give
