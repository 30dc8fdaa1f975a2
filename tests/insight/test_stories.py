"""A story: written by one, published by another, of nobody who can be recognised; a photo keeps nothing hidden; a stranger reads none."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from PIL import Image

from aanchal.insight import rules, storying
from aanchal.insight.actions import Refused
from aanchal.insight.models import Story
from aanchal.insight.storying import Told
from tests.insight.builders import AT, told

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
SENT = {"title": "The fair", "first": "2026-03-01", "last": "2026-03-20", "text": "A stall at the fair.", "lesson": "Come on market day."}
TOLD = Told(first=MARCH, last=date(2026, 3, 20), title="The fair", text="A stall at the fair.", lesson="Come on market day.")


def photo(**more) -> SimpleUploadedFile:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "taken at her door"
    Image.new("RGB", (40, 30), "green").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("stall.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def people(posted):
    return posted("block_officer", "east block"), posted("district_manager", "east")


@pytest.fixture
def story(acting, india, people):
    """Waits for a decision."""
    with acting(people[0]):
        one = storying.write(place=india["east block"], told=TOLD, at=AT, by=people[0])
        return storying.submit(story=one, by=people[0])


def test_it_is_written_submitted_and_published_by_another(india, people, signed_in):
    told(india["east block"], {"TRK02": (60, 100)}, MARCH)
    writer, second = people
    client = signed_in(writer)
    address = client.post(
        f"/insight/{india['east block'].pk}/stories/new/", SENT | {"photo": photo(), "photo_words": "The stall", "has_no_face": "on"}
    )["Location"]
    client.post(f"{address}change/", SENT | {"title": "The spring fair", "photo_words": "The stall"})
    client.post(f"{address}submit/")
    assert client.post(f"{address}decide/", {"to": "PUBLISHED", "nobody_recognised": "on"}).status_code == 404
    client = signed_in(second)
    assert "Tick that no survivor can be recognised" in client.post(f"{address}decide/", {"to": "PUBLISHED"}).content.decode()
    assert client.post(f"{address}decide/", {"to": "PUBLISHED", "nobody_recognised": "on"}).status_code == 302
    page = client.get(address).content.decode()
    assert "The spring fair" in page
    assert "60.0 %" in page
    assert "The spring fair" in client.get(f"/insight/{india['east'].pk}/stories/").content.decode()
    answer = client.get(f"{address}photo/")
    kept = answer.content
    assert answer.headers["Cache-Control"] == "no-store"
    assert kept.startswith(b"\xff\xd8")
    assert b"taken at her door" not in kept


def test_what_came_back_is_changed_and_submitted_again(acting, people, story):
    writer, second = people
    with acting(second):
        with pytest.raises(Refused, match="no_reason"):
            storying.decide(story=story, publish=False, nobody_recognised=False, note=" ", at=AT, by=second)
        storying.decide(story=story, publish=False, nobody_recognised=False, note="Say which day", at=AT, by=second)
    with acting(writer):
        storying.change(story=story, told=TOLD, by=writer)
        assert storying.submit(story=story, by=writer).standing == "SUBMITTED"
        with pytest.raises(Refused, match="story_not_open"):
            storying.change(story=story, told=TOLD, by=writer)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "Call 98123 45678 for more"}, "telephone numbers"),
        ({"lesson": "Aadhaar 1234-5678-9012"}, "telephone numbers"),
        ({"text": "Write to asha@example.org"}, "mail addresses"),
        ({"last": "2026-02-01"}, "The last day is before the first."),
        ({"first": "soon"}, "valid date"),
        ({"photo": True, "photo_words": "The stall"}, "Tick that no face"),
        ({"photo": True, "has_no_face": "on"}, "Say in a few words what the photo shows."),
        ({"photo": SimpleUploadedFile("a.svg", b"<svg/>"), "has_no_face": "on", "photo_words": "x"}, "This file is no photo"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_its_reason(india, people, signed_in, wrong, said):
    if wrong.get("photo") is True:
        wrong = wrong | {"photo": photo()}
    page = signed_in(people[0]).post(f"/insight/{india['east block'].pk}/stories/new/", SENT | wrong)
    assert page.status_code == 422
    assert said in page.content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9812345678", True),
        ("९८१२३४५६७८", True),
        ("98-123 456.78", True),
        ("a@b.in", True),
        ("Rs 12,50,000 in 2025-26", False),
        ("", False),
    ],
)
def test_a_number_that_finds_a_person_is_known_in_any_script(text, found):
    assert rules.finds_a_person(text) == found


def test_a_draft_is_its_writers_alone_and_a_stranger_reads_none(acting, india, people, posted, signed_in, story):
    writer, second = people
    with acting(writer):
        draft = storying.write(place=india["east block"], told=TOLD, at=AT, by=writer)
    assert signed_in(second).get(f"/insight/stories/{draft.pk}/").status_code == 404
    assert signed_in(second).get(f"/insight/stories/{story.pk}/").status_code == 200
    for role, place in (("district_manager", "west"), ("state_expert", "far state"), ("block_officer", "west block")):
        stranger = posted(role, place)
        client = signed_in(stranger)
        for rest in ("", "photo/", "change/"):
            assert client.get(f"/insight/stories/{story.pk}/{rest}").status_code == 404
        with acting(stranger), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM insight_story")
            assert cursor.fetchone() == (0,)


def test_the_database_lets_nobody_publish_what_they_wrote_or_rewrite_what_is_published(acting, people, story):
    writer, second = people
    told_by = {"standing": "PUBLISHED", "decided_at": AT}
    with acting(writer), pytest.raises(DatabaseError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(decided_by=second, **told_by)
    with acting(second), pytest.raises(DatabaseError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(decided_by=second, text="other words", **told_by)
    with acting(second):
        storying.decide(story=story, publish=True, nobody_recognised=True, note="", at=AT, by=second)
    for user in (writer, second):
        with acting(user), pytest.raises(DatabaseError), transaction.atomic():
            Story.objects.filter(pk=story.pk).update(text="other words")
