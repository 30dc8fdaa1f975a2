import pytest

from aanchal.core import facts


@pytest.fixture(autouse=True)
def _nobody_reacts(monkeypatch):
    """What the apps above do with a line is their own tests' business."""
    monkeypatch.setattr(facts, "_flow", {})


@pytest.fixture
def village(india):
    return india["east village 1"]


@pytest.fixture
def _plain_files(settings, tmp_path):
    """Pages need no collected files here."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def signed_in(client, _plain_files):
    """A function that signs a user in, second factor given, and returns the client."""

    def enter(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["second_factor"] = True
        session.save()
        return client

    return enter
