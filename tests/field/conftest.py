"""A phone enrolled for the Gender CRP, and what the phone sends."""

import pytest
from django.utils import timezone

from tests.field import phone


@pytest.fixture
def enrol(db):
    """A function that enrols a phone for a user and returns its token."""
    from aanchal.access import actions
    from aanchal.access.acting import SYSTEM, acting

    def enrol(user, label="a phone"):
        with acting(SYSTEM):
            return actions.enrol_device(user=user, label=label, at=timezone.now(), by=SYSTEM)[1]

    return enrol


@pytest.fixture
def village(india):
    return india["east village 1"]


@pytest.fixture
def token(crp, enrol):
    return enrol(crp)


@pytest.fixture
def send(client, token):
    """A function that posts a filled form from the worker's phone."""

    def send(form_id, answers, files=None, **more):
        return phone.post(client, token, phone.filled(form_id, answers, **more), **(files or {}))

    return send


@pytest.fixture
def kept():
    """A function that reads, as the installation, what a query finds."""
    from aanchal.access.acting import SYSTEM, acting

    def kept(rows):
        with acting(SYSTEM):
            return list(rows)

    return kept


@pytest.fixture(autouse=True)
def _plain_static_files(settings, tmp_path):
    """No test waits for collectstatic."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def desk(client, send, officer):
    """The officer at her browser; what phones send needs no one signed in."""
    from tests.field.browser import sign_in

    return sign_in(client, officer)


@pytest.fixture
def flagged(send, kept):
    """A function that sends what will be flagged, and returns it as kept."""
    from aanchal.inbox.models import Submission

    def flagged(form_id, answers, **more):
        before = {submission.pk for submission in kept(Submission.objects.all())}
        assert send(form_id, answers, **more).status_code == 201
        [submission] = [one for one in kept(Submission.objects.all()) if one.pk not in before]
        assert submission.status == "FLAGGED", submission.faults
        return submission

    return flagged


@pytest.fixture
def now(kept):
    """A function that reads a submission as it stands now."""
    return lambda submission: kept(type(submission).objects.filter(pk=submission.pk))[0]
