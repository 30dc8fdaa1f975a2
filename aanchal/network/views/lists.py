"""Posts, NGOs, honoraria and resource pools as files, in the columns in which they may be sent back and some to read."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.views.decorators.http import require_POST

from aanchal.access.web import requires
from aanchal.core import sheets
from aanchal.network import directory, lists, stakeholder_forms, stakeholders, terms
from aanchal.network.views.found import RECORD, own_places, sent, today

CHUNK = 1_000


@dataclass(frozen=True)
class Told:
    """`line` gives the values of a row beside its day; the headings are codes, for they are read back."""

    headings: tuple[str, ...]
    rows: Callable[[Any], Iterable]
    line: Callable[[Any, date], list]


@require_POST
@requires(RECORD)
def export(request, listed):
    """All that she sees of the list as it is filtered; that it went out is on the trail."""
    places = own_places(request.user, RECORD)
    if listed not in LISTS or not places:
        raise Http404
    told, on = LISTS[listed], today()
    kind = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    cells = (told.line(row, on) for row in told.rows(request))
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    count = sheets.write_xlsx(out, told.headings, cells, title=listed) if kind == "xlsx" else sheets.write_csv(out, told.headings, cells)
    stakeholders.note_export(place=places[0], rows=count, kind=f"{listed}.{kind}", by=request.user)
    return sent(out, f"{listed}-{on.isoformat()}", kind)


def _posts(request):
    kind = request.GET.get("kind", "")
    return directory.posts(request.user, kind=kind if kind in terms.PostKind else "").iterator(chunk_size=CHUNK)


def _post(row, on: date) -> list:
    held = next((one for one in row.tenures.all() if one.since <= on and (one.until is None or one.until >= on)), None)
    return [*lists.posts_told(row, on), row.place.name, held.holder.name if held else ""]


def _ngo(row, on: date) -> list:
    rating = f"{row.rating:.1f}" if row.rating else ""
    return [*lists.ngo_told(row), row.stakeholder.name, row.stakeholder.place.name, row.engaged, rating, "yes" if row.is_listed else "no"]


def _honoraria(request):
    asked = stakeholder_forms.MonthForm(request.GET)
    return directory.honoraria(request.user, asked.chosen(today())).iterator(chunk_size=CHUNK)


def _honorarium(row, on: date) -> list:
    post = row.tenure.post
    due = f"{row.due_paise // 100}.{row.due_paise % 100:02}"
    return [*lists.payment_told(row), row.month, row.tenure.holder.name, post.title, post.place.name, due]


def _pool(request):
    form = stakeholder_forms.PoolFindForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    found = directory.pool(request.user, topic=told.get("topic", ""), language=told.get("language", ""))
    return found.iterator(chunk_size=CHUNK)


def _member(row, on: date) -> list:
    return [*lists.member_told(row), row.place.name, row.stakeholder.name, row.stakeholder.kind, row.stakeholder.phone]


LISTS = {
    "posts": Told((*lists.POSTS, "place", "holder"), _posts, _post),
    "ngos": Told(
        (*lists.NGOS, "name", "place", "engagements", "rating", "blacklisted"),
        lambda request: directory.ngos(request.user).iterator(chunk_size=CHUNK), _ngo,
    ),
    "honoraria": Told((*lists.HONORARIA, "month", "holder", "post", "place", "due_rupees"), _honoraria, _honorarium),
    "pool": Told((*lists.POOL, "place", "name", "kind", "phone"), _pool, _member),
}  # fmt: skip
