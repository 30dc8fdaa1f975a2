"""The endpoint as ODK Collect calls it: who may send, what it answers, in whose language."""

import io
import logging
from base64 import b64encode

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.translation import gettext

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM
from aanchal.access.models import Device
from aanchal.config import wsgi
from aanchal.core import facts
from aanchal.field import openrosa
from aanchal.inbox.facts import SubmissionReceived
from aanchal.inbox.models import Submission
from aanchal.villages.models import SafetyPoint
from tests.factories import PASSWORD, make_posting, make_user
from tests.field import phone

pytestmark = pytest.mark.django_db


def basic(username, password) -> dict:
    return {"Authorization": "Basic " + b64encode(f"{username}:{password}".encode()).decode()}


def assert_open_rosa(response):
    assert response["X-OpenRosa-Version"] == "1.0"
    assert response["X-OpenRosa-Accept-Content-Length"] == "100000000"
    assert response["Date"].endswith("GMT")


def test_head_says_that_someone_is_there(client, token):
    response = client.head(f"/d/{token}/submission?deviceID=a")
    assert (response.status_code, response.content) == (204, b"")
    assert_open_rosa(response)


@pytest.mark.parametrize("method", ["head", "post"])
def test_an_unknown_phone_is_asked_for_its_password(method, client, db):
    response = getattr(client, method)("/d/nobody/submission")
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Basic ")


def test_a_revoked_phone_sends_no_more(client, token, village, acting, kept):
    with acting(SYSTEM):
        access.revoke_device(device=Device.objects.get(), at=timezone.now(), by=SYSTEM)
    assert phone.post(client, token, phone.filled("safety_point", phone.safety_point(village))).status_code == 401
    assert kept(Submission.objects.all()) == []


def test_the_phone_of_someone_who_left_sends_no_more(client, token, crp, village, acting):
    with acting(SYSTEM):
        access.deactivate_user(user=crp, by=SYSTEM)
    assert phone.post(client, token, phone.filled("safety_point", phone.safety_point(village))).status_code == 401


def test_a_name_and_a_password_will_do(client, village, acting, kept):
    with acting(SYSTEM):
        user = make_posting("gender_crp", village, user=make_user("savita", password=PASSWORD))
    xml = {"xml_submission_file": phone.part(phone.filled("safety_point", phone.safety_point(village)))}
    assert client.post("/submission", xml, headers=basic("savita", "wrong")).status_code == 401
    assert client.post("/submission", xml, headers={"Authorization": "Basic %%%"}).status_code == 401
    xml = {"xml_submission_file": phone.part(phone.filled("safety_point", phone.safety_point(village)))}
    assert client.post("/submission", xml, headers=basic("savita", PASSWORD)).status_code == 201
    assert [submission.sender_id for submission in kept(Submission.objects.all())] == [user.pk]


@pytest.mark.parametrize("role", ["gender_crp", "block_officer"])
@pytest.mark.parametrize("given", [False, True])
def test_a_password_alone_opens_nothing_to_whom_it_was_given_or_whose_post_needs_a_second_step(client, village, acting, kept, role, given):
    opens = role == "gender_crp" and not given
    with acting(SYSTEM):
        user = make_posting(role, village, user=make_user("savita", password=PASSWORD))
        user.must_change_password = given
        user.save()
    xml = {"xml_submission_file": phone.part(phone.filled("safety_point", phone.safety_point(village)))}
    told = {"headers": basic("savita", PASSWORD)}
    sent, forms = client.post("/submission", xml, **told), client.get("/formList", **told)
    assert (sent.status_code, forms.status_code) == ((201, 200) if opens else (403, 403))
    assert opens or "sign in on the site and enrol this phone" in sent.content.decode() == forms.content.decode()
    assert len(kept(Submission.objects.all())) == opens


def test_it_answers_as_open_rosa_says(send, village):
    response = send("safety_point", phone.safety_point(village))
    assert response.status_code == 201
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert '<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message nature="submit_success">' in phone.said(response)
    assert_open_rosa(response)


def test_a_refusal_is_words_for_the_phone(client, token):
    response = client.post(f"/d/{token}/submission", {})
    assert response.status_code == 400
    assert '<message nature="error">No form was sent.</message>' in phone.said(response)
    assert_open_rosa(response)


def test_it_speaks_the_workers_language(client, village, enrol, acting):
    with acting(SYSTEM):
        user = make_posting("gender_crp", village, user=make_user(language="hi"))
    response = phone.post(client, enrol(user), phone.filled("safety_point", phone.safety_point(village)))
    with translation.override("hi"):
        assert gettext("Received. Thank you.") in phone.said(response)


def test_a_user_without_a_village_is_told(client, enrol, acting, village):
    with acting(SYSTEM):
        user = make_user()
    response = phone.post(client, enrol(user), phone.filled("safety_point", phone.safety_point(village)))
    assert response.status_code == 403
    assert "block officer" in phone.said(response)


def test_the_same_again_is_202_and_counts_once(client, token, village, kept):
    xml = phone.filled("safety_point", phone.safety_point(village))
    assert [phone.post(client, token, xml).status_code for _ in range(3)] == [201, 202, 202]
    assert len(kept(Submission.objects.all())) == len(kept(SafetyPoint.objects.all())) == 1


def test_other_content_under_the_same_number_is_409(send, village, kept):
    assert send("safety_point", phone.safety_point(village), instance_id="uuid:7").status_code == 201
    assert send("safety_point", phone.safety_point(village, name="New ghat"), instance_id="uuid:7").status_code == 409
    assert [point.name for point in kept(SafetyPoint.objects.all())] == ["Old ghat"]


def test_a_number_taken_in_another_village_is_409_and_shows_nothing(send, client, enrol, stranger, village, kept):
    xml = phone.filled("safety_point", phone.safety_point(village), instance_id="uuid:7")
    send("safety_point", phone.safety_point(village), instance_id="uuid:7")
    assert phone.post(client, enrol(stranger), xml).status_code == 409
    assert len(kept(Submission.objects.all())) == 1


@pytest.fixture
def a_broken_reaction():
    """The story of the system with a step in it that breaks."""
    from aanchal.config.flow import FLOW

    def break_down(_fact):
        raise ZeroDivisionError("Sita Devi")

    facts.connect(FLOW | {SubmissionReceived: [*FLOW[SubmissionReceived], break_down]})
    yield
    facts.connect(FLOW)


def test_what_breaks_on_the_way_keeps_the_form_and_writes_nothing_else(send, village, a_broken_reaction, kept, caplog):
    with caplog.at_level(logging.ERROR):
        assert send("safety_point", phone.safety_point(village)).status_code == 201
    [submission] = kept(Submission.objects.all())
    assert (submission.status, [told["kind"] for told in submission.faults]) == ("FLAGGED", ["CANNOT_APPLY"])
    assert kept(SafetyPoint.objects.all()) == []
    assert "ZeroDivisionError in break_down" in caplog.text
    assert "Sita" not in caplog.text


@pytest.fixture
def in_chunks(client, token):
    def send(*parts: bytes, named: str = "xml_submission_file"):
        head = f'--x\r\nContent-Disposition: form-data; name="{named}"; filename="a"\r\nContent-Type: text/xml\r\n\r\n'
        environ = RequestFactory().post(f"/d/{token}/submission", content_type="multipart/form-data; boundary=x").environ
        del environ["CONTENT_LENGTH"]
        environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True, "HTTP_HOST": "localhost"}
        environ["wsgi.input"] = io.BytesIO(b"".join([head.encode(), *parts, b"\r\n--x--\r\n"]))
        return client.request(**wsgi.with_a_length(environ))

    return send


def test_a_form_that_comes_in_chunks_is_taken_in(in_chunks, village, kept):
    filled = phone.filled("safety_point", phone.safety_point(village))
    assert [in_chunks(filled).status_code for _ in range(2)] == [201, 202]
    assert len(kept(Submission.objects.all())) == 1


@pytest.mark.parametrize("named", ["xml_submission_file", "photo.jpg"])
def test_what_comes_in_chunks_is_no_larger_than_what_comes_whole(in_chunks, village, kept, named):
    filled = phone.filled("safety_point", phone.safety_point(village))
    answer = in_chunks(filled, b" " * openrosa.MAX_XML * 2, named=named)
    assert answer.status_code == 413
    assert_open_rosa(answer)
    assert kept(Submission.objects.all()) == []


def test_of_any_other_page_a_body_in_chunks_is_not_read():
    environ = {"PATH_INFO": "/accounts/login/", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    assert "CONTENT_LENGTH" not in wsgi.with_a_length(environ)
