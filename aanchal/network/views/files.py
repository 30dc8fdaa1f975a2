"""A file of a list: sent, looked at row by row, written, taken back; its refused rows to repair and send again."""

import tempfile
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.web import requires
from aanchal.core import sheets
from aanchal.core.list_files import FileList
from aanchal.network import directory, importing, reading, rows_of_files, rowwise, stakeholder_forms, tasks, terms, words
from aanchal.network.importing import BUSY
from aanchal.network.models import DIRECTORY, ImportFile, Stakeholder
from aanchal.network.rules import Refused
from aanchal.network.terms import Fate, FileState
from aanchal.network.views.found import A_PAGE, RECORD, REFUSED, crumbs, own_places, row_or_404, say
from aanchal.network.views.found import sent as sent_file
from aanchal.places.models import Place

SHOWN = (Fate.MAKE, Fate.CHANGE, Fate.REFUSED, Fate.SAME, Fate.STAYED, Fate.TAKEN_BACK)
EXAMPLE = (
    ("VO-12", "VO", "Ujala Village Organisation", "VILLAGE", "123456", "CLF-3", "14", "", "", "", "", "no", "2026-04-01"),
    ("PS-4", "POLICE", "Police station, Sadar", "BLOCK", "4321", "", "", "", "Station road", "112", "", "yes", ""),
)


@requires(RECORD)
def files(request):
    """What was sent before of one list, and a form for the next."""
    listed, belongs = _asked(request)
    places = _places(request.user, listed, belongs)
    form = stakeholder_forms.FileForm(places, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (row := _sent(request, form, listed, belongs)):
        return redirect("network:file", pk=row.pk)
    rows = directory.files(request.user).filter(listed=listed.key if listed else DIRECTORY, belongs=belongs.pk if belongs else None)
    context = _told(request, listed, belongs) | {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "form": form, "listed": listed, "belongs": belongs,
    }  # fmt: skip
    return render(request, "network/files.html", context, status=REFUSED if request.method == "POST" else 200)


@requires(RECORD)
def file(request, pk):
    row = _found(request.user, ImportFile.objects.defer("content").select_related("place", "sent_by"), pk)
    if request.method == "POST":
        _begin(request, row)
        return redirect("network:file", pk=pk)
    fate = _fate(request, row)
    told = row.lines.filter(fate=fate).select_related("file").defer("file__content").order_by("nth")
    lines = Paginator(told, A_PAGE).get_page(request.GET.get("page"))
    listed = rowwise.LISTS.get(row.listed)
    context = {
        "heading": row.file_name, "row": row, "is_busy": row.state in BUSY, "fate": fate, "page": lines, "lines": _lines(lines, row, fate),
        "fates": [(one, one.label, row.counts.get(one, 0)) for one in SHOWN if row.counts.get(one)], "listed": listed,
        "fault": words.FILE_FAULTS.get(row.fault, ""), "can_write": row.state == FileState.CHECKED and _writes(row),
        "stands_still": importing.stands_still(row, timezone.now()),
        "crumbs": crumbs((_("Files"), _address(listed, row.belongs)), (row.file_name, "")),
    }  # fmt: skip
    return render(request, "network/file.html", context)


@require_safe
@requires(RECORD)
def refused(request, pk):
    """The refused rows as they came, with what is to be repaired: send this file again when it is."""
    row = _found(request.user, ImportFile.objects.defer("content"), pk)
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    own = [name for name in row.headings if name not in ("row", "to_repair")]
    told = (_to_repair(line, row, own) for line in row.lines.filter(fate=Fate.REFUSED).order_by("nth").iterator(chunk_size=1_000))
    headings = [*own, "row", "to_repair"]
    if kind == "xlsx":
        sheets.write_xlsx(out, headings, told, title="to repair")
    else:
        sheets.write_csv(out, headings, told)
    return sent_file(out, "to-repair", kind)


@require_safe
@requires(RECORD)
def example(request):
    """The headings with rows that show them."""
    listed = _list_asked(request)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    sheets.write_csv(out, listed.columns if listed else rows_of_files.COLUMNS, listed.example if listed else EXAMPLE)
    return sent_file(out, f"{listed.key if listed else DIRECTORY}-example", "csv")


def _list_asked(request) -> FileList | None:
    """None for the directory itself. Raises Http404 for a list that is not there, or not hers to write."""
    key = request.GET.get("list", DIRECTORY)
    listed = rowwise.LISTS.get(key)
    if key != DIRECTORY and (listed is None or not policy.holds(request.user, listed.permission)):
        raise Http404
    return listed


def _asked(request) -> tuple[FileList | None, Any]:
    """The list, and what a file of it hangs on."""
    listed, of = _list_asked(request), request.GET.get("of", "")
    if listed is None or listed.belongs is None:
        return listed, None
    try:
        belongs = listed.belongs(request.user, UUID(of))
    except ValueError as no_id:
        raise Http404 from no_id
    if belongs is None:
        raise Http404
    return listed, belongs


def _places(user, listed: FileList | None, belongs) -> list[Place]:
    """Where she keeps the directory and the list; what a file hangs on is written at its place, or at her own part of it."""
    if listed and belongs and policy.covers(user, listed.permission, belongs.place):
        return [belongs.place]
    wanted = [place for place in own_places(user, RECORD) if listed is None or policy.can(user, listed.permission, place)]
    return [place for place in wanted if belongs is None or place.place_no in belongs.place.interval]


def _found(user, rows, pk) -> ImportFile:
    row = row_or_404(user, rows, pk, RECORD)
    listed = rowwise.LISTS.get(row.listed)
    if listed is not None and not policy.can(user, listed.permission, row):
        raise Http404
    return row


def _address(listed: FileList | None, belongs) -> str:
    query = {"list": listed.key} if listed else {}
    return f"{reverse('network:files')}?{urlencode(query | ({'of': belongs} if belongs else {}))}".rstrip("?")


def _told(request, listed: FileList | None, belongs) -> dict:
    """What the page says of a list: its columns and the codes in them."""
    heading = _("Lists from files") if listed is None else _("%(list)s: from a file") % {"list": listed.title}
    others = [(one.key, one.title) for one in rowwise.LISTS.values() if not one.belongs and policy.holds(request.user, one.permission)]
    return {
        "heading": heading, "columns": listed.columns if listed else rows_of_files.COLUMNS, "others": others,
        "needed": listed.needed if listed else rows_of_files.NEEDED, "codes": [(name, kind.choices) for name, kind in listed.codes]
        if listed else [], "kinds": [] if listed else stakeholder_forms.kinds_grouped(), "query": _address(listed, None).partition("?")[2],
        "back": listed.back(belongs) if listed else reverse("network:stakeholders"), "crumbs": crumbs((_("Files"), "")),
        "most": rowwise.MOST_ROWS if listed else reading.MAX_ROWS, "has_places": listed.has_places if listed else True,
    }  # fmt: skip


def _sent(request, form, listed: FileList | None, belongs) -> ImportFile | None:
    upload = form.cleaned_data["file"]
    if upload.size > reading.MAX_BYTES:
        form.add_error("file", words.FILE_FAULTS["TOO_LARGE"])
        return None
    told = {"place": form.chosen_place(), "content": upload.read(), "file_name": upload.name}
    told |= {"listed": listed.key, "belongs": belongs.pk if belongs else None} if listed else {}
    row = importing.send(**told, at=timezone.now(), by=request.user)
    tasks.unpack.defer(file=str(row.pk))
    return row


def _begin(request, row: ImportFile) -> None:
    """It is written, or taken back, by the worker."""
    what = request.POST.get("what", "")
    if what not in ("write", "undo", "again"):
        raise Http404
    told = {"file": row, "at": timezone.now(), "by": request.user}
    try:
        if what == "again":
            importing.take_up(**told)
        else:
            importing.begin(what=FileState.RUNNING if what == "write" else FileState.UNDOING, **told)
    except Refused as refused:
        say(request, refused)
        return
    if what == "again":
        tasks.go_on(row, request.user)
        messages.success(request, _("It is taken up where it stood."))
    elif what == "write":
        tasks.write.defer(file=str(row.pk))
        messages.success(request, _("It is being written."))
    else:
        tasks.take_back.defer(file=str(row.pk), by=str(request.user.pk))
        messages.success(request, _("It is being taken back."))


def _fate(request, row: ImportFile) -> str:
    """The asked one, or the first that has rows: what was refused before everything else."""
    asked = request.GET.get("show", "")
    if asked in row.counts:
        return asked
    return next((one for one in (Fate.STAYED, Fate.REFUSED, *SHOWN) if row.counts.get(one)), Fate.MAKE)


def _writes(row: ImportFile) -> bool:
    return bool(row.counts.get(Fate.MAKE) or row.counts.get(Fate.CHANGE))


def _lines(page, file: ImportFile, fate: str) -> list[dict]:
    """What each row says; of a changed one what stands now, of a refused one what is wrong in which column."""
    told = list(page)
    if file.listed != DIRECTORY:
        return [{"row": line, "name": _first(line, file), "faults": _faults(line)} for line in told]
    now = Stakeholder.objects.in_bulk([line.stakeholder_id for line in told]) if fate in (Fate.CHANGE, Fate.STAYED, Fate.SAME) else {}
    places = Place.objects.in_bulk([line.told["place_id"] for line in told if "place_id" in line.told])
    labels = dict(terms.StakeholderKind.choices)
    return [
        {
            "row": line, "name": line.told.get("name", ""), "kind": labels.get(line.told.get("kind", ""), ""),
            "place": places.get(line.told.get("place_id")), "faults": _faults(line), "stakeholder": now.get(line.stakeholder_id),
            "changes": _differences(line, now.get(line.stakeholder_id)) if fate == Fate.CHANGE else [],
        }
        for line in told
    ]  # fmt: skip


def _first(line, file: ImportFile) -> str:
    """The row as it came, its needed columns first."""
    said, needed = dict(zip(file.headings, line.cells, strict=False)), rowwise.LISTS[file.listed].needed
    return " · ".join(said[name] for name in needed if said.get(name)) or " · ".join(cell for cell in line.cells if cell)


def _faults(line) -> list[tuple[str, str, str]]:
    """(column, what it says, why that cannot be)."""
    headings = line.file.headings
    said = {name: line.cells[nth] for nth, name in enumerate(headings) if nth < len(line.cells)}
    return [(column, said.get(column, ""), _why(line.file, code)) for column, code in line.faults]


def _why(file: ImportFile, code: str) -> str:
    listed = rowwise.LISTS.get(file.listed)
    return str(listed.words[code] if listed and code in listed.words else words.FAULTS[code])


def _differences(line, row: Stakeholder | None) -> list[tuple[str, str, str]]:
    """(column, now, then) of what a person reads; references and keys of ours are left out."""
    if row is None:
        return []
    names = [name for name in (*rows_of_files.COLUMNS, "is_public") if name in line.told]
    pairs = ((name, getattr(row, name), line.told[name]) for name in names)
    told = [(name, now, then) for name, now, then in pairs if _text(now) != _text(then)]
    return [(name, _text(now) or "–", _text(then) or "–") for name, now, then in told]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _to_repair(line, file: ImportFile, own: list[str]) -> list[str | int]:
    said = dict(zip(file.headings, line.cells, strict=False))
    why = "; ".join(f"{column}: {_why(file, code)}" if column else _why(file, code) for column, code in line.faults)
    return [*(said.get(name, "") for name in own), line.nth, why]

