"""Reads of the library, of who has read, of the compendium, and of what is the public's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from django.conf import settings
from django.db import connections
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from psycopg.types.json import Jsonb

from aanchal.access import policy
from aanchal.access.models import Posting, User
from aanchal.access.permissions import Permission
from aanchal.library import rules
from aanchal.library.models import Acknowledgement, Document, Indexed, OpenPaper, Practice, Version

A_PAGE = 20
CATALOGUE = Path(__file__).with_name("catalogue.yaml")


@dataclass(frozen=True)
class Asked:
    """What is looked for: words, and what narrows them (column -> value; of a list, one that is in it)."""

    words: str = ""
    narrowed: Mapping[str, str] | None = None
    page: int = 1


@dataclass(frozen=True)
class Found:
    """A page of what was found, in order; how many there are in all."""

    rows: Sequence
    count: int
    page: int


INSIDE = {"table": "library_document", "function": "library_found", "columns": ("kind", "language", "standing")}
OPEN = {"table": "library_openpaper", "function": "library_found_open", "columns": ("kind", "language", "standing", "problems", "causes")}
LISTS = ("problems", "causes")


@cache
def shipped() -> list[dict]:
    """The catalogue of the Anti Trafficking Cell as its page prints it."""
    return yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["documents"]


def search(asked: Asked) -> Found:
    """Documents the acting person may read."""
    ids, count = _ids(INSIDE, asked, "default")
    found = Document.objects.select_related("place", "superseded_by").in_bulk(ids)
    return Found([found[pk] for pk in ids if pk in found], count, asked.page)


def search_open(asked: Asked) -> Found:
    """What is the public's, by the connection that can read nothing else."""
    ids, count = _ids(OPEN, asked, settings.PUBLIC_READS_BY)
    found = open_papers().defer("text", "title_words", "words").in_bulk(ids)
    return Found([found[pk] for pk in ids if pk in found], count, asked.page)


def _ids(where: Mapping, asked: Asked, alias: str) -> tuple[list[UUID], int]:
    """One page of ids: the best first, or without words the newest."""
    narrowed = {key: value for key, value in (asked.narrowed or {}).items() if value and key in where["columns"]}
    query = rules.query(asked.words)
    if asked.words.strip() and not query:
        return [], 0
    values: list
    page = [A_PAGE, A_PAGE * (asked.page - 1)]
    if query:
        statement, values = f"SELECT id, of_all FROM {where['function']}(%s::tsquery, %s, %s, %s)", [query, Jsonb(narrowed), *page]
    else:
        tests = [f"%s = ANY (d.{key})" if key in LISTS else f"d.{key} = %s" for key in narrowed]
        condition = f" WHERE {' AND '.join(tests)}" if tests else ""
        statement = f"SELECT d.id, count(*) OVER () FROM {where['table']} d{condition} ORDER BY d.dated_on DESC NULLS LAST, d.id DESC"
        statement, values = f"{statement} LIMIT %s OFFSET %s", [*narrowed.values(), *page]
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
        if not rows and asked.page > 1:
            return _ids(where, Asked(asked.words, asked.narrowed, 1), alias)
    return [pk for pk, _count in rows], rows[0][1] if rows else 0


def snippets(found: Found, words: str) -> dict[UUID, rules.Snippet]:
    """Where the words stand in each document of a page."""
    if not rules.terms(words):
        return {}
    texts = Indexed.objects.filter(pk__in=[one.pk for one in found.rows]).values_list("pk", "text")
    return {pk: told for pk, text in texts if (told := rules.snippet(text, words))}


def open_snippets(found: Found, words: str) -> dict[UUID, rules.Snippet]:
    if not rules.terms(words):
        return {}
    texts = open_papers().filter(pk__in=[one.pk for one in found.rows]).values_list("pk", "text")
    return {pk: told for pk, text in texts if (told := rules.snippet(text, words))}


def open_papers() -> QuerySet[OpenPaper]:
    return OpenPaper.objects.using(settings.PUBLIC_READS_BY)


def documents() -> QuerySet[Document]:
    """Those the acting person may read: the database's own policy narrows them."""
    return Document.objects.select_related("place", "supersedes", "superseded_by", "recorded_by", "released_by")


def versions(document: Document) -> QuerySet[Version]:
    """The newest first, without their content."""
    return document.versions.defer("sealed").select_related("by").order_by("-nth")


def newest(document: Document) -> Version | None:
    return versions(document).first()


def asked_to_read(document: Document, on: date) -> QuerySet[User]:
    """Who holds one of the roles that must read it, inside its place."""
    held = Posting.objects.filter(
        Q(until=None) | Q(until__gte=on), since__lte=on, role__in=document.roles, place_no__gte=document.place_no,
        place_no__lte=document.last_no,
    )  # fmt: skip
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("name", "pk")


def must_read(user, document: Document, on: date) -> bool:
    """Whether this person is asked to say that she read the newest version, and has not."""
    newest_one = newest(document)
    if not document.roles or newest_one is None or document.standing != "IN_FORCE":
        return False
    is_asked = asked_to_read(document, on).filter(pk=user.pk).exists()
    return is_asked and not Acknowledgement.objects.filter(document=document, nth=newest_one.nth, user=user).exists()


def readings(document: Document, nth: int) -> dict[UUID, Acknowledgement]:
    """By user; only those the acting person may see."""
    return {one.user_id: one for one in Acknowledgement.objects.filter(document=document, nth=nth)}


def to_read(user, on: date) -> QuerySet[Document]:
    """What waits for her to read: in force, asked of a role she holds there, its newest version not acknowledged."""
    held = [(post.role, post.place) for post in policy.current_postings(user, on=on)]
    asked = Q(pk__in=[])
    for role, place in held:
        asked |= Q(roles__contains=[role], place_no__lte=place.place_no, last_no__gte=place.place_no)
    newest_one = Version.objects.filter(document=OuterRef("pk")).order_by("-nth").values("nth")[:1]
    read = Acknowledgement.objects.filter(document=OuterRef("pk"), nth=OuterRef("newest"), user=user)
    found = Document.objects.filter(asked, standing="IN_FORCE").annotate(newest=Subquery(newest_one))
    return found.exclude(newest=None).exclude(Exists(read)).order_by("read_by_on", "pk")


def to_release(user) -> QuerySet[Document]:
    """Public documents whose later file waits for this person: she keeps the library there and did not add it."""
    kept = Q(pk__in=[])
    for one in policy.scope(user, Permission.LIBRARY_RECORD):
        kept |= Q(place_no__gte=one.first, last_no__lte=one.last)
    later = Version.objects.filter(document=OuterRef("document"), nth__gt=OuterRef("nth"))
    waits = Version.objects.filter(released_at=None).exclude(reading="FAILED").exclude(by=user).exclude(Exists(later))
    return Document.objects.filter(kept, standing="IN_FORCE", pk__in=waits.values("document")).exclude(released_at=None).order_by("pk")


def practices(user) -> QuerySet[Practice]:
    """Those that this person told of or may decide about."""
    told = policy.visible(user, Permission.PRACTICE_SUBMIT, Practice.objects.all())
    return (told | policy.visible(user, Permission.PRACTICE_REVIEW, Practice.objects.all())).select_related("place", "submitted_by")
