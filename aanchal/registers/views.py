"""The pages of the registers."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aanchal.access import policy
from aanchal.access.details import REASONS
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.places.models import Place
from aanchal.registers import actions, columns, forms, queries, rules
from aanchal.registers.lines import Reading, who
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register

LINES_A_PAGE = 30
LINES_FOUND = 200


@dataclass
class Asked:
    """What the address of a list asks for: a register, a place, and what narrows it."""

    user: object
    register: Register
    place: Place
    narrow: forms.Narrow

    @cached_property
    def entries(self) -> QuerySet[Entry]:
        if not self.narrow.is_valid():
            return Entry.objects.none()
        return queries.entries(self.user, self.register, self.place, self.narrow.filters())


@require_GET
@requires(Permission.ENTRY_READ)
def index(request):
    """The registers of a place, with the number of lines in each."""
    place = _place(request)
    counted = {register: queries.entries(request.user, register, place) for register in Register}
    tiles = [
        {"label": register.label, "slug": register.lower(), "lines": found.count(), "open": found.filter(is_open=True).count()}
        for register, found in counted.items()
    ]
    may_record = policy.can(request.user, Permission.ENTRY_RECORD, place)
    context = {"heading": _("Registers"), "place": place, "tiles": tiles, "may_record": may_record, **_around(request, place)}
    return render(request, "registers/index.html", context)


@require_GET
@requires(Permission.ENTRY_READ)
def lines(request, register):
    if "place" not in request.GET:
        return redirect(f"{request.path}?place={_place(request).pk}")
    asked = asked_for(request, register)
    return _list(request, asked, _page(request, asked))


@requires(Permission.IDENTITY_READ)
def show_names(request, register):
    """The same page of the list, with the names of those the reader may know; each reading is on the trail."""
    asked = asked_for(request, register)
    if request.method != "POST":
        return redirect(with_query(request, asked, "registers:list"))
    page = _page(request, asked)
    return _list(request, asked, page, names=actions.open_names(entries=page.object_list, reason="REGISTER_LIST", by=request.user))


@requires(Permission.IDENTITY_READ)
def find(request, register):
    """Lines of persons who bear a name. The name comes in the body and goes nowhere else."""
    asked, form = asked_for(request, register), forms.Find(request.POST)
    if request.method != "POST":
        return redirect(with_query(request, asked, "registers:list"))
    if not form.is_valid():
        return _list(request, asked, _page(request, asked), find=form)
    found = actions.find_by_name(entries=asked.entries, name=form.cleaned_data["name"], place=asked.place, by=request.user)
    page = Paginator(asked.entries.filter(pk__in=found), LINES_FOUND).get_page(1)
    return _list(request, asked, page, find=form, found=len(found))


@require_GET
@requires(Permission.ENTRY_READ)
def detail(request, pk):
    return _detail(request, entry_or_404(request, Permission.ENTRY_READ, pk))


@requires(Permission.IDENTITY_READ)
def open_line(request, pk):
    entry = entry_or_404(request, Permission.IDENTITY_READ, pk)
    if request.method != "POST":
        return redirect("registers:detail", pk=entry.pk)
    opened = actions.open_line(versions=queries.history(entry), reason="REGISTER_LINE", by=request.user)
    return _detail(request, entry, opened)


@requires(Permission.ENTRY_RECORD)
def correct(request, pk):
    entry = entry_or_404(request, Permission.ENTRY_RECORD, pk)
    if not entry.stands:
        messages.warning(request, _("This line stands no longer. Correct the newest line."))
        return redirect("registers:detail", pk=queries.history(entry)[-1].pk)
    form = forms.Correction(entry, request.POST or None)
    if request.method == "POST" and form.is_valid() and (line := _corrected(form, by=request.user)):
        messages.success(request, _("The line was corrected. The earlier one is kept below it."))
        return redirect("registers:detail", pk=line.pk)
    crumbs = [*crumbs_of(entry), {"label": _("Correct")}]
    context = {"heading": _("Correct or close this line"), "entry": entry, "who": who(entry), "form": form, "crumbs": crumbs}
    return render(request, "registers/correct.html", context, status=422 if form.errors else 200)


def asked_for(request, slug: str) -> Asked:
    register = next((register for register in Register if register.lower() == slug), None)
    if register is None:
        raise Http404
    return Asked(user=request.user, register=register, place=_place(request), narrow=forms.Narrow(register, request.GET))


def _place(request) -> Place:
    """The place of the address, or the first the reader looks after."""
    asked = request.GET.get("place", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        return place_or_404(request.user, Permission.ENTRY_READ, int(asked))
    near = queries.places_of(request.user)
    if asked or not near:
        raise Http404
    return near[0]


def entry_or_404(request, permission: Permission, pk) -> Entry:
    entry = queries.entry(pk)
    if entry is None or not all(policy.can(request.user, needed, entry) for needed in (Permission.ENTRY_READ, permission)):
        raise Http404
    return entry


def striker_of(entry: Entry) -> Permission:
    """Nobody in the village alone ends the search for someone who is missing."""
    return Permission.SUBMISSION_REVIEW if entry.register == Register.MISSING else Permission.ENTRY_RECORD


def _page(request, asked: Asked):
    return Paginator(asked.entries, LINES_A_PAGE).get_page(request.GET.get("page"))


def _list(request, asked: Asked, page, *, names=None, find=None, found=None) -> HttpResponse:
    reading = Reading(asked.register, names)
    context = {
        "heading": asked.register.label,
        "slug": asked.register.lower(),
        "asked": asked,
        "place": asked.place,
        "page": page,
        "headings": reading.headings(),
        "rows": [{"pk": entry.pk, "cells": list(zip(reading.headings(), reading.values(entry), strict=True))} for entry in page],
        "find": find or forms.Find(),
        "found": found,
        "may_open": policy.can(request.user, Permission.IDENTITY_READ, asked.place),
        "may_export": policy.can(request.user, Permission.REGISTER_EXPORT, asked.place),
        "are_names_shown": names is not None,
        "languages": settings.LANGUAGES,
        "query": request.GET.urlencode(),
        "crumbs": [_registers_of(asked.place), {"label": asked.register.label}],
        **_around(request, asked.place),
    }
    is_wrong = not asked.narrow.is_valid() or (find and find.errors)
    return render(request, "registers/list.html", context, status=422 if is_wrong else 200)


def _detail(request, entry: Entry, opened=None) -> HttpResponse:
    reading = Reading(entry.register)
    versions = [_version(version, reading, (opened or {}).get(version.pk)) for version in reversed(queries.history(entry))]
    context = {
        "heading": who(entry),
        "entry": entry,
        "versions": versions,
        "is_open": opened is not None,
        "may_open": policy.can(request.user, Permission.IDENTITY_READ, entry),
        "may_correct": entry.stands and policy.can(request.user, Permission.ENTRY_RECORD, entry),
        "may_strike": entry.stands and rules.may_be_struck(entry.line) and policy.can(request.user, striker_of(entry), entry),
        "may_take_back": queries.standing_strike(entry) and policy.can(request.user, Permission.SUBMISSION_REVIEW, entry),
        "crumbs": crumbs_of(entry)[:-1] + [{"label": who(entry)}],
    }
    return render(request, "registers/detail.html", context)


def _version(entry: Entry, reading: Reading, opened) -> dict:
    told = columns.keyed(entry.register)
    answers = [(column.label, reading.answer(entry, column)) for column in told.values() if column.key in entry.details]
    texts = [(told[key].label, text) for key, text in opened.texts.items()] if opened else []
    told_of = opened.strikes if opened else {}
    strikes = [{"one": one, "told": told_of.get(one.pk, {})} for one in queries.strikes(entry)]
    is_struck = any(one["one"].undone_at is None for one in strikes)
    shown = {"entry": entry, "who": who(entry), "answers": answers, "texts": texts, "opened": opened}
    why = REASONS.get(opened.reason, opened.reason) if opened else ""
    return {**shown, "why": why, "strikes": strikes, "is_struck": is_struck, "is_newest": not hasattr(entry, "corrected_by")}


def _corrected(form: forms.Correction, *, by) -> Entry | None:
    try:
        return actions.correct_entry(entry=form.entry, changes=form.changes(), reason=form.cleaned_data["reason"], at=timezone.now(), by=by)
    except actions.InTheFuture:
        form.add_error(None, _("A date lies after today. A register tells what has happened."))
    except actions.AlreadyRecorded:
        form.add_error(None, _("This person already has a line in the register for this day, or one that is still open."))
    except actions.AlreadyCorrected:
        form.add_error(None, _("Someone else corrected this line just now. Open the newest line."))
    except rules.NotSaid as refusal:
        form.add_error(None, _("The register does not take this answer: %(column)s") % {"column": refusal})
    return None


def _around(request, place: Place) -> dict:
    """Where a reader may go from here: the places inside, one level up, and the other places they look after."""
    near = queries.places_near(request.user, place)
    return {"near": near, "own": [one for one in queries.places_of(request.user) if one != place and one not in near]}


def crumbs_of(entry: Entry) -> list[dict]:
    here = f"{reverse('registers:list', args=[entry.register.lower()])}?place={entry.place_id}"
    return [
        _registers_of(entry.place),
        {"label": Register(entry.register).label, "url": here},
        {"label": who(entry), "url": reverse("registers:detail", args=[entry.pk])},
    ]


def _registers_of(place: Place) -> dict:
    return {"label": _("Registers"), "url": f"{reverse('registers:index')}?place={place.pk}"}


def with_query(request, asked: Asked, name: str) -> str:
    query = request.GET.copy()
    query.pop("language", None)
    return f"{reverse(name, args=[asked.register.lower()])}?{query.urlencode()}"
