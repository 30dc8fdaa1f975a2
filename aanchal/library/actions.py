"""Everything that happens to a document: recorded, given a file, released, replaced, withdrawn, read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aanchal.access.policy import current_postings, day_in_india
from aanchal.core import envelope, trail
from aanchal.core.action import action
from aanchal.core.facts import announce
from aanchal.core.rows import insert, new
from aanchal.library import publishing, queries, rules
from aanchal.library.facts import ReadingAsked
from aanchal.library.files import Paper
from aanchal.library.models import Acknowledgement, Document, Indexed, Version
from aanchal.library.rules import Refused
from aanchal.library.terms import Standing
from aanchal.places.models import Place


@dataclass(frozen=True)
class Details:
    """What a document says of itself. `roles` must say that they read it."""

    kind: str
    title: str
    number: str = ""
    dated_on: date | None = None
    language: str = "en"
    source: str = ""
    roles: Sequence[str] = ()
    read_by_on: date | None = None
    told_size: str = ""
    catalogue_no: int | None = None


@action
def record(
    *, place: Place, details: Details, at: datetime, by, paper: Paper | None = None, supersedes: Document | None = None
) -> Document:
    """A document, with its file where there is one, and the one it takes the place of. Raises Refused."""
    title = rules.check_words("title", details.title, 400)
    if details.dated_on and details.dated_on > day_in_india(at):
        raise Refused([("dated_on", "to_come")])
    if details.read_by_on and not details.roles:
        raise Refused([("read_by_on", "of_nobody")])
    before = _to_be_replaced(supersedes, place) if supersedes else None
    row = new(
        Document, place=place, place_no=place.place_no, last_no=place.last_no, kind=details.kind, number=details.number.strip(),
        title=title, dated_on=details.dated_on, language=details.language, source=details.source.strip(), told_size=details.told_size,
        catalogue_no=details.catalogue_no, roles=list(details.roles), read_by_on=details.read_by_on, supersedes=before,
        recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    insert(row)
    insert(_indexed(row, ""))
    if before:
        _replace(before, row)
    if paper:
        add_version(document=row, paper=paper, at=at, by=by)
    trail.write("library.document.recorded", about=row, kind=row.kind, supersedes=str(before.pk) if before else None)
    return row


@action
def add_version(*, document: Document, paper: Paper, at: datetime, by) -> Version:
    """Its file, or a later one: who read the one before is asked again, and everyone reads the earlier one until another person releases
    this. Raises Refused for the same file once more."""
    document = _locked(document)
    before = queries.newest(document)
    if before and before.sha256 == paper.sha256:
        raise Refused([("file", "same_file")])
    row = Version(
        document=document, place_no=document.place_no, last_no=document.last_no, nth=before.nth + 1 if before else 1, file_kind=paper.kind,
        size=len(paper.content), sha256=paper.sha256, pages=paper.pages, reading=paper.reading, by_id=by.pk, at=at,
    )  # fmt: skip
    seal, row.wrapped_key = envelope.new(row.pk)
    row.sealed = seal.seal("content", paper.content)
    insert(row)
    index = _indexed(document, paper.text)
    Indexed.objects.filter(pk=document.pk).update(text=index.text, title_words=index.title_words, words=index.words)
    _ask(document, at, by)
    trail.write("library.version.added", about=row, nth=row.nth, sha256=row.sha256, reading=row.reading)
    return row


@action
def release(*, document: Document, at: datetime, by, nth: int | None = None) -> Document:
    """For everyone, by another than who recorded it and added its newest file; a later file once more. `nth` is the newest that she has
    seen. Raises Refused."""
    document = _locked(document)
    version = queries.newest(document)
    if nth is not None and (version is None or version.nth != nth):
        raise Refused([("", "newer_came")])
    if fault := rules.may_not_release(by=by.pk, recorded_by=document.recorded_by_id, is_public=document.is_public, version=version):
        raise Refused([("", fault)])
    if not document.is_public:
        document.released_by_id, document.released_at = by.pk, at
        document.save(update_fields=["released_by", "released_at"])
    if version:
        version.released_by_id, version.released_at = by.pk, at
        version.save(update_fields=["released_by", "released_at"])
    publishing.publish(document=document, version=version, at=at)
    trail.write("library.document.released", about=document, nth=version.nth if version else None)
    return document


@action
def withdraw(*, document: Document, words: str, at: datetime, by) -> Document:
    """It holds no more, and nothing takes its place. Raises Refused."""
    document = _locked(document)
    document.withdrawn_words = rules.check_words("words", words, 300)
    document.standing = Standing.WITHDRAWN
    document.save(update_fields=["standing", "withdrawn_words"])
    _tell_standing(document)
    trail.write("library.document.withdrawn", about=document)
    return document


@action
def acknowledge(*, document: Document, at: datetime, by) -> Acknowledgement:
    """She has read the newest version. Raises Refused when she was not asked, or said so before."""
    on = day_in_india(at)
    version = queries.newest(document)
    if version is None or not queries.must_read(by, document, on):
        raise Refused([("", "not_asked")])
    post = next(one for one in current_postings(by, on=on) if one.role in document.roles)
    row = new(Acknowledgement, document=document, nth=version.nth, user=by, place_no=post.place.place_no, at=at)
    insert(row)
    trail.write("library.document.read", about=document, nth=row.nth)
    return row


@action
def open_file(*, version: Version, by) -> bytes:
    """As it came, if it still has its checksum. Raises Refused."""
    content = version.content()
    if publishing.digest(content) != version.sha256:
        raise Refused([("", "altered")])
    return content


@action
def load_catalogue(*, place: Place, at: datetime, by) -> int:
    """The list of the Anti Trafficking Cell's page, each document that is not there yet: its record without a file, for everyone."""
    known = set(Document.objects.exclude(catalogue_no=None).values_list("catalogue_no", flat=True))
    fresh = [one for one in queries.shipped() if one["nth"] not in known]
    for one in fresh:
        details = Details(
            kind=one["kind"], title=one["title"], dated_on=one.get("dated"), told_size=one["size"], catalogue_no=one["nth"],
            source="Ministry of Home Affairs, Anti Trafficking Cell",
        )  # fmt: skip
        release(document=record(place=place, details=details, at=at, by=by), at=at, by=by)
    return len(fresh)


def _indexed(document: Document, text: str) -> Indexed:
    head = f"{document.title} {document.number}"
    return Indexed(
        document=document, place_no=document.place_no, last_no=document.last_no, kind=document.kind, language=document.language,
        standing=document.standing, dated_on=document.dated_on, text=text,
        title_words=rules.vector((head, "A")), words=rules.vector((head, "A"), (document.source, "C"), (text, "D")),
    )  # fmt: skip


def _to_be_replaced(found: Document, place: Place) -> Document:
    before = _locked(found)
    if before.place_no != place.place_no:
        raise Refused([("", "of_another_place")])
    return before


def _replace(before: Document, after: Document) -> None:
    before.standing = Standing.SUPERSEDED
    before.save(update_fields=["standing"])
    _tell_standing(before, after)


def _tell_standing(document: Document, after: Document | None = None) -> None:
    """To the words, and to the public's copy."""
    Indexed.objects.filter(pk=document.pk).update(standing=document.standing)
    publishing.tell_standing(document, by=after)


def _locked(found: Document) -> Document:
    """As it stands now, and held: two changes of one document come after one another. Raises Refused for what is not in force."""
    document = Document.objects.select_for_update(of=("self",)).select_related("place").get(pk=found.pk)
    if document.standing != Standing.IN_FORCE:
        raise Refused([("", "not_in_force")])
    return document


def _ask(document: Document, at: datetime, by) -> None:
    if document.roles:
        users = frozenset(queries.asked_to_read(document, day_in_india(at)).values_list("pk", flat=True))
        announce(ReadingAsked(document=document.pk, users=users, at=at, by=by))
