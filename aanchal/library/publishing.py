"""What goes out to everyone: a copy that the public role may read, and nothing else of the library."""

from datetime import datetime
from hashlib import sha256

from aanchal.core.rows import insert
from aanchal.library import rules
from aanchal.library.models import Document, Indexed, OpenFile, OpenPaper, Practice, Version
from aanchal.library.terms import Kind


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def publish(*, document: Document, version: Version | None, at: datetime) -> None:
    """A released document with its released file: the first, or a later one in the place of the one that is out."""
    text = Indexed.objects.values_list("text", flat=True).get(pk=document.pk)
    told = {"text": text} | _of_file(version) | _words(document, text)
    if not OpenPaper.objects.filter(pk=document.pk).update(**told):
        row = OpenPaper(
            id=document.pk, kind=document.kind, number=document.number, title=document.title, dated_on=document.dated_on,
            language=document.language, source=document.source, told_size=document.told_size, published_at=at,
            standing=document.standing, **_of(document), **told,
        )  # fmt: skip
        insert(row)
    if version:
        content = version.content()
        if not OpenFile.objects.filter(pk=document.pk).update(content=content):
            insert(OpenFile(paper_id=document.pk, place_no=document.place_no, content=content))


def tell_standing(document: Document, by: Document | None = None) -> None:
    OpenPaper.objects.filter(pk=document.pk).update(standing=document.standing, superseded_by=by.pk if by else None)


def publish_practice(*, practice: Practice, at: datetime) -> OpenPaper:
    """For the compendium: what was wrong, what was done, what came of it."""
    told = {"was": practice.was, "done": practice.done, "came": practice.came}
    text = "\n".join(told.values())
    row = OpenPaper(
        id=practice.pk, kind=Kind.PRACTICE, title=practice.title, dated_on=at.date(), language=practice.language,
        source=practice.organisation, published_at=at, problems=practice.problems, causes=practice.causes, told=told, text=text,
        title_words=rules.vector((practice.title, "A")),
        words=rules.vector((practice.title, "A"), (practice.organisation, "C"), (text, "D")), **_of(practice),
    )  # fmt: skip
    insert(row)
    return row


def _of(record: Document | Practice) -> dict:
    return {"place_no": record.place_no, "place_names": {"en": record.place.name} | record.place.names}


def _of_file(version: Version | None) -> dict:
    if version is None:
        return {}
    return {"size": version.size, "file_kind": version.file_kind, "sha256": version.sha256}


def _words(document: Document, text: str) -> dict:
    head = f"{document.title} {document.number}"
    return {"title_words": rules.vector((head, "A")), "words": rules.vector((head, "A"), (document.source, "C"), (text, "D"))}
