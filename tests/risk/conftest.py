import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.risk import actions
from tests.factories import make_posting


@pytest.fixture(autouse=True)
def _plain_files(settings, tmp_path):
    """Pages need no collected files here."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def village(india):
    """The first eastern village, in an installation that knows its indices."""
    with acting(SYSTEM):
        actions.load_definitions(by=SYSTEM)
    return india["east village 1"]


@pytest.fixture
def posted(india):
    """A function that gives someone a role at a place of the small world."""

    def give(role, place):
        with acting(SYSTEM):
            return make_posting(role, india[place])

    return give


@pytest.fixture
def leader(posted):
    return posted("vo_leader", "east village 1")


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
