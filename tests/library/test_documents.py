"""A document: filed, searched in every script, given out, replaced, withdrawn, read; nothing of it for another State."""

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from aanchal.access.acting import SYSTEM, acting
from aanchal.library import actions, queries
from aanchal.library.models import Acknowledgement, Document, OpenFile, OpenPaper, Version
from aanchal.library.queries import Asked
from aanchal.library.rules import Refused
from aanchal.notices.models import Notice
from aanchal.places.queries import nation
from tests.factories import NOON
from tests.library.builders import filed, paper, pdf


def titles(user, words: str, **narrowed) -> list[str]:
    with acting(user):
        return [one.title for one in queries.search(Asked(words, narrowed)).rows]


def act(name, document, by, **more):
    with acting(by):
        return getattr(actions, name)(document=document, at=NOON, by=by, **more)


def test_it_is_found_by_its_words_in_any_spelling_best_first(cast, india):
    filed(cast["cell"], india["nation"], "Minutes of a meeting", "मानव तस्करी के सम्बन्ध में; the word kiln stands here")
    filed(cast["cell"], india["nation"], "Advisory on kilns", "nothing else", number="F. 12/3")
    filed(cast["cell"], india["nation"], "మానవ అక్రమ రవాణా", "సంబంధం", language="te")
    assert titles(cast["leader"], "संबंध") == ["Minutes of a meeting"]
    assert titles(cast["leader"], "kiln") == ["Advisory on kilns", "Minutes of a meeting"]
    assert titles(cast["leader"], "సమ్బన్ధం") == ["మానవ అక్రమ రవాణా"]
    assert titles(cast["leader"], "advis kiln") == ["Advisory on kilns"]
    assert titles(cast["leader"], "kiln", language="te") == titles(cast["leader"], "' | !(") == []
    assert len(titles(cast["leader"], "")) == 3


def test_the_library_of_a_state_is_its_own(cast, india, signed_in):
    ours = filed(cast["expert"], india["state"], "Circular of the State", "bricks")
    assert titles(cast["leader"], "bricks") == ["Circular of the State"]
    for who in ("stranger", "far_leader"):
        assert titles(cast[who], "bricks") == []
        client = signed_in(cast[who])
        for end in ("", "file/1/"):
            assert client.get(f"/library/{ours.pk}/{end}").status_code == 404
        assert client.post(f"/library/{ours.pk}/act/", {"what": "acknowledge"}).status_code == 404
        with acting(cast[who]), connection.cursor() as cursor:
            for table in ("document", "version", "indexed", "acknowledgement"):
                cursor.execute(f"SELECT count(*) FROM library_{table}")
                assert cursor.fetchone() == (0,), table
            cursor.execute("SELECT count(*) FROM library_found('bricks'::tsquery, '{}', 20, 0)")
            assert cursor.fetchone() == (0,)
    told = {"place": india["state"], "place_no": ours.place_no, "last_no": ours.last_no, "kind": "LIST", "recorded_at": NOON}
    with acting(cast["stranger"]), pytest.raises(Error), transaction.atomic():
        Document.objects.create(title="x", **told)
    with acting(cast["leader"]):
        assert Document.objects.filter(pk=ours.pk).update(title="changed") == 0


def test_a_newer_one_takes_its_place_and_an_old_one_is_withdrawn(cast, india):
    old = filed(cast["expert"], india["state"], "The first", "old words")
    act("release", old, cast["cell"])
    new = filed(cast["expert"], india["state"], "The second", "new words", supersedes=old)
    with acting(cast["leader"]):
        old = Document.objects.get(pk=old.pk)
    assert old.standing == "SUPERSEDED"
    assert OpenPaper.objects.get(pk=old.pk).superseded_by == new.pk
    assert titles(cast["leader"], "words", standing="IN_FORCE") == ["The second"]
    with pytest.raises(Refused, match="not_in_force"):
        filed(cast["expert"], india["state"], "The third", supersedes=old)
    act("withdraw", new, cast["expert"], words="A court said so")
    with pytest.raises(Refused, match="not_in_force"):
        act("withdraw", new, cast["expert"], words="Again")


def public_file(client, one) -> bytes | None:
    answer = client.get(f"/public/library/{one.pk}/file/")
    return answer.content if answer.status_code == 200 else None


def test_it_is_released_by_another(cast, india, client):
    one = filed(cast["expert"], india["state"], "For everyone", "first file")
    with pytest.raises(Refused, match="own_file"):
        act("release", one, cast["expert"])
    assert client.get(f"/public/library/{one.pk}/").status_code == 404
    with acting(cast["expert"]), pytest.raises(Error), transaction.atomic():
        Document.objects.filter(pk=one.pk).update(released_by=cast["expert"], released_at=NOON)
    act("release", one, cast["cell"])
    assert public_file(client, one) == b"first file"
    with pytest.raises(Refused, match="public_already"):
        act("release", one, cast["second"])
    act("withdraw", one, cast["expert"], words="No more")
    assert public_file(client, one) is None


def test_who_added_the_file_of_anothers_record_does_not_release_it(cast, india, client):
    one = filed(cast["expert"], india["state"], "A record")
    act("add_version", one, cast["cell"], paper=paper("its file"))
    for who in ("expert", "cell"):
        with pytest.raises(Refused, match="own_file"):
            act("release", one, cast[who])
    act("release", one, cast["second"])
    assert public_file(client, one) == b"its file"


def test_its_later_file_waits_for_another_too(cast, india, client):
    one = filed(cast["expert"], india["state"], "For everyone", "first file")
    act("release", one, cast["cell"])
    act("add_version", one, cast["expert"], paper=paper("second kilns"))
    assert public_file(client, one) == b"first file"
    assert "For everyone" not in client.get("/public/library/?q=kilns").content.decode()
    assert titles(cast["leader"], "kilns") == ["For everyone"]
    with pytest.raises(Refused, match="own_file"):
        act("release", one, cast["expert"])
    with pytest.raises(Refused, match="newer_came"):
        act("release", one, cast["cell"], nth=1)
    act("release", one, cast["cell"], nth=2)
    assert public_file(client, one) == b"second kilns"
    assert "For everyone" in client.get("/public/library/?q=kilns").content.decode()
    with acting(cast["leader"]):
        assert [version.nth for version in queries.versions(one)] == [2, 1]
    with pytest.raises(Refused, match="same_file"):
        act("add_version", one, cast["expert"], paper=paper("second kilns"))


def test_a_later_file_that_waits_when_it_is_withdrawn_or_replaced_never_goes_out(cast, india, client):
    withdrawn, replaced = (filed(cast["expert"], india["state"], title, f"first {title}") for title in ("One", "Two"))
    for one in (withdrawn, replaced):
        act("release", one, cast["cell"])
        act("add_version", one, cast["expert"], paper=paper(f"second {one}"))
    act("withdraw", withdrawn, cast["expert"], words="A court said so")
    filed(cast["expert"], india["state"], "Three", "third", supersedes=replaced)
    for one in (withdrawn, replaced):
        with pytest.raises(Refused, match="not_in_force"):
            act("release", one, cast["cell"])
    assert public_file(client, withdrawn) is None
    assert public_file(client, replaced) == b"first Two"
    with acting(cast["cell"]):
        assert not queries.to_release(cast["cell"])


def test_the_database_gives_out_no_file_that_another_did_not_release(cast, india):
    one = filed(cast["expert"], india["state"], "For everyone", "first file")
    act("release", one, cast["cell"])
    version = act("add_version", one, cast["expert"], paper=paper("second file"))
    released, paper_out = Version.objects.filter(pk=version.pk), OpenPaper.objects.filter(pk=one.pk)
    by_hand = (
        lambda: released.update(released_by=cast["expert"], released_at=NOON),
        lambda: released.update(released_at=NOON),
        lambda: released.update(released_by=cast["cell"], released_at=NOON),
        lambda: released.update(by=cast["cell"]),
        lambda: paper_out.update(sha256=version.sha256),
        lambda: OpenFile.objects.filter(pk=one.pk).update(content=b"second file"),
    )
    for change in by_hand:
        with acting(cast["expert"]), pytest.raises(Error), transaction.atomic():
            change()


def test_what_could_not_be_read_does_not_go_out(cast, india, client):
    one, later = filed(cast["expert"], india["state"], "Damaged"), filed(cast["expert"], india["state"], "Later damaged", "good")
    act("release", later, cast["cell"])
    damaged = actions.Paper(b"%PDF-", "pdf", "0" * 64, None, "FAILED", "")
    for document in (one, later):
        act("add_version", document, cast["expert"], paper=damaged)
        with pytest.raises(Refused, match="not_looked_through"):
            act("release", document, cast["cell"])
    assert public_file(client, later) == b"good"
    with acting(cast["cell"]), pytest.raises(Error), transaction.atomic():
        Version.objects.filter(document=later, nth=2).update(released_by=cast["cell"], released_at=NOON)


def test_its_page_says_what_waits_for_whom(cast, india, signed_in):
    one = filed(cast["expert"], india["state"], "For everyone", "first file")
    act("release", one, cast["cell"])
    act("add_version", one, cast["expert"], paper=paper("second file"))
    page = signed_in(cast["expert"]).get(f"/library/{one.pk}/").content.decode()
    assert "Waits for another's release" in page
    assert "Another person who keeps the library here releases what you filed." in page
    assert "Later files that wait" not in signed_in(cast["expert"]).get("/library/").content.decode()
    client = signed_in(cast["cell"])
    assert "Later files that wait for your release" in client.get("/library/").content.decode()
    page = client.get(f"/library/{one.pk}/").content.decode()
    assert "Everyone reads version 1 until another person than who added version 2 releases it." in page
    told = {"what": "release", "nth": "1"}
    assert "A later file came just now" in client.post(f"/library/{one.pk}/act/", told, follow=True).content.decode()
    assert "Everyone can read it now." in client.post(f"/library/{one.pk}/act/", told | {"nth": "2"}, follow=True).content.decode()
    assert "What everyone reads" in client.get(f"/library/{one.pk}/").content.decode()
    assert "Later files that wait" not in client.get("/library/").content.decode()


def test_who_must_read_it_is_told_and_says_so_once_a_version(cast, india, signed_in):
    one = filed(cast["expert"], india["state"], "Read this", "words", roles=["vo_leader"])
    assert list(Notice.objects.filter(topic="PAPER").values_list("user_id", flat=True)) == [cast["leader"].pk]
    client = signed_in(cast["leader"])
    assert "Waits to be read by you" in client.get("/library/").content.decode()
    assert "I have read it" in client.get(f"/library/{one.pk}/").content.decode()
    client.post(f"/library/{one.pk}/act/", {"what": "acknowledge"})
    assert "Waits to be read by you" not in client.get("/library/").content.decode()
    again = client.post(f"/library/{one.pk}/act/", {"what": "acknowledge"}, follow=True)
    assert "or you have said so before" in again.content.decode()
    with acting(cast["far_leader"]), pytest.raises(Error), transaction.atomic():
        Acknowledgement.objects.create(document=one, nth=1, user=cast["leader"], place_no=india["far village 1"].place_no, at=NOON)
    page = signed_in(cast["expert"]).get(f"/library/{one.pk}/readers/").content.decode()
    assert "1 of 1 have read it" in page
    assert signed_in(cast["leader"]).get(f"/library/{one.pk}/readers/").status_code == 404
    act("add_version", one, cast["expert"], paper=paper("later words"))
    assert "Waits to be read by you" in signed_in(cast["leader"]).get("/library/").content.decode()


def test_it_is_filed_through_the_page_with_exact_words_for_bad_files(cast, india, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(cast["expert"])
    told = {"kind": "SOP", "title": "Procedure of rescue", "language": "en", "dated_on": "2026-03-01"}

    def send(name, content, **more):
        return client.post("/library/new/", told | {"file": SimpleUploadedFile(name, content)} | more)

    assert "is not what its ending says" in send("a.pdf", b"plain").content.decode()
    assert send("a.pdf", pdf("Rescue by the checklist"), title=" ").status_code == 422
    page = send("a.pdf", pdf("Rescue by the checklist")).headers["Location"]
    shown = client.get(page).content.decode()
    assert "Searchable inside" in shown
    assert "Another person who keeps the library here releases" in shown
    assert titles(cast["leader"], "checklist") == ["Procedure of rescue"]
    answer = client.get(f"{page}file/1/")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"{page}file/9/").status_code == 404
    assert client.post(f"{page}act/", {"what": "withdraw", "words": ""}).status_code == 422


class Endless:
    """A request body of `size` bytes that nobody holds in memory: how it begins, zeros, how it ends."""

    def __init__(self, head: bytes, tail: bytes, size: int):
        self.pieces = [head, None, tail]
        self.zeros = size - len(head) - len(tail)

    def read(self, size: int = 65_536) -> bytes:
        while self.pieces:
            if self.pieces[0] is None and self.zeros:
                given = min(size, self.zeros, 65_536)
                self.zeros -= given
                return b"0" * given
            piece = self.pieces.pop(0)
            if piece:
                assert len(piece) <= size
                return piece
        return b""

    readline = read


def test_300_megabytes_called_a_pdf_are_refused_in_words(cast, signed_in):
    size = 300 * 1024 * 1024
    head = b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nHuge\r\n'
    for name, value in ((b"kind", b"SOP"), (b"language", b"en")):
        head += b'--b\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value + b"\r\n"
    head += b'--b\r\nContent-Disposition: form-data; name="file"; filename="huge.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7'
    client = signed_in(cast["expert"])
    told = {"wsgi.input": Endless(head, b"\r\n--b--\r\n", size), "CONTENT_LENGTH": str(size)}
    told["CONTENT_TYPE"] = "multipart/form-data; boundary=b"
    answer = client.generic("POST", "/library/new/", b"", **told)
    assert answer.status_code == 422
    assert "The file is larger than 10 MB." in answer.content.decode()
    assert not Document.objects.filter(title="Huge").exists()


def test_the_catalogue_is_loaded_once_with_titles_and_sizes_as_printed(cast, client):
    with acting(SYSTEM):
        assert [actions.load_catalogue(place=nation(), at=NOON, by=SYSTEM) for _ in range(2)] == [21, 0]
    assert titles(cast["leader"], "placement agencies") == ["Guidlines on operation of Private Placement Agencies dated 30.10.2003"]
    with acting(cast["leader"]):
        told = dict(Document.objects.values_list("catalogue_no", "told_size"))
    assert (told[1], told[3], told[20], told[21]) == ("82.13 KB", "2.98 MB", "26.15 KB", "1.13 MB")
    assert "1 document" in client.get("/public/library/?q=saarc").content.decode()


def test_a_page_of_the_library_asks_as_much_for_many_as_for_few(cast, india, signed_in):
    client, counted = signed_in(cast["leader"]), []
    for n in range(2):
        for k in range(12):
            filed(cast["cell"], india["nation"], f"Paper {n} {k}", "bricks and kilns")
        client.get("/library/?q=brick")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/library/?q=brick").content.decode()
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert "1 to 20 of 24" in page
    assert "<mark>bricks</mark>" in client.get("/library/?q=brick&page=2").content.decode()
