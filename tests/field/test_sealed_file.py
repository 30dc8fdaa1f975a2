"""A sealed file that a worker brings: taken in once, told form by form, never read or forged on the way."""

import json
from base64 import b64decode, b64encode
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM
from aanchal.access.models import Device
from aanchal.core.models import Trail
from aanchal.field import sealed
from aanchal.inbox.models import Attachment, Submission
from tests.factories import make_posting
from tests.field import phone
from tests.field.browser import sign_in
from tests.trust.world import picture

pytestmark = pytest.mark.django_db


def seal(token, xml: bytes, **files: bytes) -> dict:
    """As app/src/seal.js does."""
    office = sealed.public_key()
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b64decode(office["key"]))
    ours = ec.generate_private_key(ec.SECP256R1())
    point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=point, info=sealed.INFO).derive(ours.exchange(ec.ECDH(), theirs))
    inside = [{"name": name, "type": "image/jpeg", "data": b64encode(content).decode()} for name, content in files.items()]
    told = {"token": token, "at": timezone.now().isoformat(), "xml": xml.decode(), "files": inside}
    iv = b"123456789012"
    data = AESGCM(key).encrypt(iv, json.dumps(told).encode(), sealed.INFO + f" 1 {office['id']}".encode())
    return {"key": office["id"], **{name: b64encode(value).decode() for name, value in (("point", point), ("iv", iv), ("data", data))}}


def bring(client, *items, content=None):
    told = content if content is not None else json.dumps({"aanchal": "sealed forms", "version": 1, "items": items}).encode()
    return client.post("/sealed/", {"file": SimpleUploadedFile("aanchal-2026-11-22.sealed", told)})


def counts(answer) -> tuple[int, int, int]:
    told = answer.context["counts"]
    return told["new"], told["known"], told["refused"]


@pytest.fixture
def desk(officer):
    return sign_in(Client(), officer)


@pytest.fixture
def survey(village):
    return phone.filled("household_survey", phone.survey(village) | {"photo": "a.jpg"})


def test_it_is_taken_in_as_hers_with_its_photo(desk, token, crp, survey, kept):
    answer = bring(desk, seal(token, survey, **{"a.jpg": picture()}))
    assert counts(answer) == (1, 0, 0)
    [one] = kept(Submission.objects.all())
    assert (one.sender_id, one.device_id, one.status) == (crp.pk, Device.objects.get().pk, "APPLIED")
    assert [file.name for file in kept(Attachment.objects.all())] == ["a.jpg"]
    [line] = kept(Trail.objects.filter(verb="field.sealed.imported"))
    assert line.detail == {"new": 1, "known": 0, "refused": 0}


def test_what_is_already_here_is_told_and_not_doubled(desk, client, token, survey, village, kept):
    phone.post(client, token, survey)
    other = phone.filled("household_survey", phone.survey(village, phone.head("Lata")))
    assert counts(bring(desk, seal(token, survey), seal(token, other))) == (1, 1, 0)
    assert counts(bring(desk, seal(token, survey), seal(token, other))) == (0, 2, 0)
    assert len(kept(Submission.objects.all())) == 2


@pytest.mark.parametrize("field", ["data", "iv", "point"])
def test_one_that_was_changed_is_refused_and_the_others_are_taken_in(desk, token, survey, village, kept, field):
    good = phone.filled("safety_point", phone.safety_point(village))
    broken = seal(token, survey)
    octets = bytearray(b64decode(broken[field]))
    octets[-1] ^= 1
    answer = bring(desk, broken | {field: b64encode(octets).decode()}, seal(token, good))
    assert counts(answer) == (1, 0, 1)
    assert "changed on the way" in answer.content.decode()
    assert [one.form_id for one in kept(Submission.objects.all())] == ["safety_point"]


NOT_OURS = (b"", b"{", b"[]", b'{"aanchal": "sealed forms", "version": 2, "items": []}', b"\x00" * 2_000, b"[" * 100_000)
@pytest.mark.parametrize(("language", "said"), [("hi", "फ़ाइल ख़ाली है।"), ("te", "ఫైల్ ఖాళీగా ఉంది.")])
def test_an_empty_file_is_refused_in_her_own_words(desk, language, said):
    desk.cookies["django_language"] = language
    assert said in bring(desk, content=b"").content.decode()


NO_ITEMS = ({}, {"key": 99, "point": "", "iv": "", "data": ""}, {"key": "x"}, {"key": 1, "point": "!!", "iv": "!", "data": "!"})


@pytest.mark.parametrize("content", NOT_OURS)
def test_a_file_that_is_not_ours_is_refused_in_words(desk, content, kept):
    answer = bring(desk, content=content)
    assert answer.status_code == 422
    assert kept(Submission.objects.all()) == []


@pytest.mark.parametrize("item", NO_ITEMS)
def test_an_item_that_is_none_is_refused(desk, item):
    assert counts(bring(desk, item)) == (0, 0, 1)


def test_whoever_holds_no_phone_of_ours_cannot_forge_one(desk, survey, kept):
    assert counts(bring(desk, seal("not-a-token", survey))) == (0, 0, 1)
    assert kept(Submission.objects.all()) == []


def test_an_officer_of_another_block_is_told_to_pass_it_on(token, survey, india, kept, acting):
    with acting(SYSTEM):
        other = make_posting("block_officer", india["west block"])
    answer = bring(sign_in(Client(), other), seal(token, survey))
    assert counts(answer) == (0, 0, 1)
    assert "works elsewhere" in answer.content.decode()
    assert kept(Submission.objects.all()) == []


def test_one_from_a_phone_that_was_ended_waits_for_a_person(desk, token, survey, acting, kept):
    with acting(SYSTEM):
        access.revoke_device(device=Device.objects.get(), at=timezone.now(), by=SYSTEM)
    assert counts(bring(desk, seal(token, survey))) == (1, 0, 0)
    [one] = kept(Submission.objects.all())
    assert one.status == "FLAGGED"
    assert [told["kind"] for told in one.faults] == ["ENDED_PHONE"]


def test_damaged_answers_inside_are_refused_in_words(desk, token):
    unknown = f'<data id="nothing" version="1"><meta><instanceID>{uuid4()}</instanceID></meta></data>'.encode()
    assert counts(bring(desk, seal(token, b"<data"), seal(token, unknown))) == (0, 0, 2)


def test_a_worker_does_not_have_the_page(crp):
    assert sign_in(Client(), crp).get("/sealed/").status_code == 404


def test_a_key_no_longer_in_use_still_opens_what_was_sealed_before(desk, token, survey, settings):
    before = seal(token, survey)
    settings.MASTER_KEYS = settings.MASTER_KEYS | {max(settings.MASTER_KEYS) + 1: bytes(32)}
    assert before["key"] != sealed.public_key()["id"]
    assert sealed.opened(before).xml == survey
