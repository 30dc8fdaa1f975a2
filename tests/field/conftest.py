"""A phone enrolled for the Gender CRP, and what the phone sends."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.field import phone, workbooks


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


@pytest.fixture
def mis(india, acting):
    from aanchal.access.acting import SYSTEM
    from tests.factories import make_posting

    with acting(SYSTEM):
        return make_posting("state_mis", india["state"])


@pytest.fixture
def mis_desk(mis):
    from tests.field.browser import sign_in

    return sign_in(Client(), mis)


@pytest.fixture
def elsewhere(india, acting):
    """The officer of another state."""
    from aanchal.access.acting import SYSTEM
    from tests.factories import make_posting

    with acting(SYSTEM):
        return make_posting("state_mis", india["far state"])


@pytest.fixture
def form_id():
    return workbooks.new_id()


@pytest.fixture
def draft(mis_desk, form_id, kept):
    """A function that uploads a version of the form, and returns it as kept."""
    from aanchal.field.models import StateForm

    def draft(version="1", *more, content=None):
        book = content or workbooks.census(form_id, version, *more)
        answer = mis_desk.post("/forms/own/", {"workbook": SimpleUploadedFile("census.xlsx", book)})
        assert answer.status_code == 302, answer.content.decode()
        [form] = kept(StateForm.objects.filter(pk=answer["Location"].split("/")[-2]))
        return form

    return draft


@pytest.fixture
def in_use(draft, mis_desk, form_id):
    """A function that puts a version of the form in use."""

    def in_use(version="1"):
        form = draft(version)
        assert mis_desk.post(f"/forms/own/{form.pk}/use/").status_code == 302
        return form

    return in_use
