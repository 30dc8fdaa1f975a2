"""What each page of the library looks for first, and how it says that something was refused."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils import timezone

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.library import files, queries, words
from aanchal.library.models import Document, Practice
from aanchal.library.queries import A_PAGE, Asked, Found
from aanchal.library.rules import Refused
from aanchal.places.models import Place

REFUSED = 422


def document_or_404(pk) -> Document:
    """Out of scope and absent look the same: the database's own policy says which."""
    row = queries.documents().filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def practice_or_404(user, pk) -> Practice:
    row = queries.practices(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def keeps(user, document: Document) -> bool:
    """Whether this person keeps the library of its whole place."""
    return policy.covers(user, Permission.LIBRARY_RECORD, document.place)


def place_of(user, permission: Permission) -> Place | None:
    """The widest place where this person holds the permission."""
    held = policy.current_postings(user, on=policy.day_in_india(timezone.now()))
    places = [post.place for post in held if permission in post.held.permissions]
    return min(places, key=lambda place: (place.place_no - place.last_no, place.pk), default=None)


class Counted(Paginator):
    """Of a page that was cut by the database already."""

    def __init__(self, found: Found):
        super().__init__(found.rows, A_PAGE)
        self.found = found

    count = property(lambda self: self.found.count)

    def page(self, number) -> Page:
        return Page(list(self.found.rows), self.validate_number(number), self)


def asked_of(request, form) -> Asked:
    told = form.told()
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 1
    return Asked(told.pop("q", ""), told, max(page, 1))


def page_of(found: Found) -> Page:
    pages = Counted(found)
    return pages.get_page(found.page)


def attempt(form, act, **told):
    """The answer of an action, or None with what it refused said on the form."""
    try:
        return act(**told)
    except Refused as refused:
        form.refuse(refused)
        return None


def paper_of(form):
    """The file of a form, looked through; None with what is wrong said on the form."""
    file = form.cleaned_data["file"]
    return attempt(form, files.taken, name=file.name, size=file.size, file=file)


def say(request, refused: Refused) -> None:
    for _field, code in refused.faults:
        messages.warning(request, words.FAULTS[code])
