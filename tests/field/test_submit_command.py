"""`aanchal submit`: the same as a phone, from files; a bad file stops nothing."""

import io

import pytest
from PIL import Image

from aanchal.config import sending
from aanchal.inbox.models import Attachment, Submission
from aanchal.villages.models import SafetyPoint
from tests.field import phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, village):
    """A good form, the same again, one to flag, and three that are none."""
    forms = tmp_path / "forms"
    forms.mkdir()
    good = phone.filled("safety_point", phone.safety_point(village))
    (forms / "1-good.xml").write_bytes(good)
    (forms / "2-again.xml").write_bytes(good)
    (forms / "3-old.xml").write_bytes(phone.filled("safety_point", phone.safety_point(village), version="1999"))
    (forms / "4-cut.xml").write_bytes(good[:80])
    (forms / "5-empty.xml").write_bytes(b"")
    with (forms / "6-huge.xml").open("wb") as huge:
        huge.truncate(600_000_000)
    (forms / "notes.txt").write_text("not a form")
    return forms


def test_it_sends_each_file_and_says_what_became_of_it(folder, crp, kept, capsys):
    assert sending.send(sending.forms_in([folder]), crp) == 1
    said = capsys.readouterr().out
    assert "2 new, 1 already there, 1 flagged, 3 refused" in said
    assert "Sent with a version of the form that was never published" in said
    for name in ("4-cut.xml", "5-empty.xml", "6-huge.xml"):
        assert f"{name}: The form arrived damaged" in said
    assert len(kept(Submission.objects.all())) == 2
    assert len(kept(SafetyPoint.objects.all())) == 1


def test_sending_again_takes_nothing_twice(folder, crp, kept, capsys):
    sending.send(sending.forms_in([folder]), crp)
    sending.send(sending.forms_in([folder]), crp)
    assert "0 new, 3 already there, 0 flagged, 3 refused" in capsys.readouterr().out
    assert len(kept(Submission.objects.all())) == 2


def test_a_trial_keeps_nothing_and_says_the_same(folder, crp, kept, capsys):
    assert sending.send(sending.forms_in([folder]), crp, is_trial=True) == 1
    assert "Nothing was kept. It would be: 3 new, 0 already there, 1 flagged, 3 refused" in capsys.readouterr().out
    assert kept(Submission.objects.all()) == []


def test_good_files_end_with_0(folder, crp):
    assert sending.send([folder / "1-good.xml"], crp) == 0


def test_photos_are_found_by_the_names_in_the_answers(tmp_path, crp, village, kept):
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    (tmp_path / "face.png").write_bytes(out.getvalue())
    (tmp_path / "other.png").write_bytes(out.getvalue())
    form = tmp_path / "a.xml"
    form.write_bytes(phone.filled("missing_entry", phone.missing(village) | {"photo_consent": "yes", "photo": "face.png"}))
    assert sending.send([form], crp) == 0
    assert [attachment.name for attachment in kept(Attachment.objects.all())] == ["face.png"]


def test_it_stops_when_told_and_says_what_is_done(folder, crp, village, capsys, monkeypatch):
    class Stopped(list):
        def __iter__(self):
            yield folder / "1-good.xml"
            raise KeyboardInterrupt

    monkeypatch.setattr(sending, "tqdm", lambda forms, **_more: Stopped(forms))
    assert sending.send([folder / "1-good.xml"], crp) == 130
    assert "1 new" in capsys.readouterr().out
