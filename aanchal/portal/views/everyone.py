"""For everyone: helplines first, what to check before going, statistics. No signing in, no cookie; the language stands in the address."""

import io
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from aanchal.access.web import public
from aanchal.awards import queries as given
from aanchal.core import sheets
from aanchal.insight import queries, words
from aanchal.insight.models import Released, ReleasedRow
from aanchal.insight.suppression import LEAST
from aanchal.insight.terms import Age, Sex
from aanchal.network import directory
from aanchal.places.models import Place
from aanchal.places.terms import Level

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
PAGES = (
    "public", "ask", "open-posters", "open-certificate", "statistics", "open-library", "public-officers", "public-awards", "accessibility",
)  # fmt: skip
A_DAY = "public, max-age=300"
COLUMNS = (
    ("quarter", "", gettext_lazy("First day of the quarter, or of the financial year's last quarter where the row is of the year")),
    ("period", "quarter, year", gettext_lazy("A quarter, or a year from April to March")),
    ("table", "", gettext_lazy("What is counted")),
    ("level", "NATION, STATE, DISTRICT", gettext_lazy("Nation, State or district")),
    ("lgd_code", "", gettext_lazy("Code of the Local Government Directory")),
    ("state_lgd_code", "", gettext_lazy("Of the State a district lies in")),
    ("name", "", gettext_lazy("Name of the place in English")),
    ("sex", "FEMALE, MALE, OTHER, ALL", gettext_lazy("Women and girls; men and boys; transgender or not told; all")),
    ("age", "UNDER_18, ADULT, ALL", gettext_lazy("Under 18; 18 and over, or not known; all")),
    ("count", "", gettext_lazy("Empty: not told. A count from 1 to 10 is never told, nor are others that would give it away")),
)
"""Name, the words that stand in it, what it means."""


def in_their_language(view):
    """By `?lang=`, or as the browser asks; remembered nowhere."""

    @wraps(view)
    def told(request, *args, **kwargs):
        asked = request.GET.get("lang", "")
        language = asked if asked in LANGUAGES else (translation.get_language() or "en")[:2]
        with translation.override(language):
            request.chosen = f"?lang={asked}" if asked in LANGUAGES else ""
            response = view(request, *args, **kwargs)
        response["Content-Language"] = language
        response["Cache-Control"] = A_DAY if request.method in ("GET", "HEAD") else "no-store"
        return response

    return told


@require_safe
@public
@in_their_language
def front(request):
    return page_of(request, "front", heading=_("Help is free, day and night"))


@require_safe
@public
@in_their_language
def statistics(request):
    """The newest release, or the one asked for: the nation and its States; of a State, its districts."""
    releases = list(queries.published())
    if not releases:
        return page_of(request, "statistics", heading=_("Statistics"), release=None)
    release = next((one for one in releases if str(one.pk) == request.GET.get("release")), releases[0])
    measure = request.GET.get("table") if request.GET.get("table") in release.measures else release.measures[0]
    rows = queries.rows_told(release).filter(measure=measure, is_year=request.GET.get("period") == "year")
    state = _state(request, rows)
    shown = rows.filter(level=Level.DISTRICT, state_code=state.code) if state else rows.filter(level=Level.STATE)
    whole = state or rows.filter(level=Level.NATION).first()
    reports = [(words.MEASURES.get(key, key), told) for key, told in release.reports.items()]
    return page_of(
        request, "statistics", heading=_("Statistics"), release=release, releases=[(one, words.quarter(one.starts_on)) for one in releases],
        measure=measure, title=words.MEASURES.get(measure, measure),
        tables=[(key, words.MEASURES.get(key, key)) for key in release.measures],
        state=state, rows=[_shown(one) for one in ([whole] if whole else []) + list(shown)], reports=reports, licence=LICENCE,
        quarter=words.quarter(release.starts_on), is_year=request.GET.get("period") == "year",
        has_year=queries.rows_told(release).filter(is_year=True).exists(), year=words.year(release.starts_on), least=LEAST,
    )  # fmt: skip


@require_safe
@public
@in_their_language
def file(request):
    """A release as CSV, every cell a line; its columns are told in the dictionary."""
    releases = list(queries.published())
    asked = request.GET.get("release", "")
    release = next((one for one in releases if not asked or str(one.pk) == asked), None)
    if release is None:
        raise Http404
    return _csv([name for name, *_told in COLUMNS], _lines(release), f"aanchal-{release.starts_on}.csv")


@require_safe
@public
@in_their_language
def dictionary(request):
    """What the columns of the file mean, in the reader's language; their names are the same in each."""
    licence = _("Creative Commons Attribution 4.0, %(url)s. Name the source: Aanchal, and the quarter") % {"url": LICENCE}
    return _csv(["column", "values", "meaning"], [*COLUMNS, ("licence", "", licence)], "aanchal-dictionary.csv")


@require_safe
@public
@in_their_language
def officers(request):
    """Whom to call in which State, with the day on which it was confirmed; those that name nobody are named after them."""
    known = directory.nodal_offices()
    states = Place.objects.filter(level=Level.STATE, part_of=None).order_by("name", "pk")
    told = [(place, known[place.pk]) for place in states if known.get(place.pk)]
    lacking = [place for place in states if not known.get(place.pk)]
    return page_of(request, "officers", heading=_("Nodal officers"), states=told, lacking=lacking)


@require_safe
@public
@in_their_language
def awards(request):
    """What was given in which year, as it was published."""
    return page_of(request, "awards", heading=_("Awards"), years=list(given.open_awards().items()))


@require_safe
@public
@in_their_language
def accessibility(request):
    return page_of(request, "accessibility", heading=_("For every reader"))


@require_safe
@public
def sitemap(request):
    base = f"{request.scheme}://{request.get_host()}"
    found = [f"{base}{reverse(name)}{lang}" for name in PAGES for lang in ("", *(f"?lang={code}" for code in LANGUAGES))]
    entries = "".join(f"<url><loc>{address}</loc></url>" for address in found)
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    return HttpResponse(text, content_type="application/xml")


@require_safe
@public
def robots(request):
    """Notices of missing people are not copied; they also say so themselves (portal.views.missing)."""
    found = reverse("open-posters")
    lines = ("User-agent: *", f"Disallow: {found}?*state=", f"Disallow: {found}*/", f"Sitemap: {request.scheme}://{request.get_host()}{reverse('sitemap')}")
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain")


def page_of(request, name: str, *, status: int = 200, **told):
    """Without a token for forms: that would be a cookie."""
    languages = [(code, translation.get_language_info(code)["name_local"]) for code in LANGUAGES]
    frame = {"csrf_token": "", "chosen": request.chosen, "languages": languages, "page_name": name}
    return render(request, f"portal/public/{name}.html", frame | told, status=status)


def _state(request, rows) -> ReleasedRow | None:
    asked = request.GET.get("state", "")
    if not asked:
        return None
    found = rows.filter(level=Level.STATE, code=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if found is None:
        raise Http404
    return found


def _shown(row: ReleasedRow) -> dict:
    women, men, others, everyone = (row.cells[n : n + 3] for n in range(0, 12, 3))
    return {"row": row, "all": everyone, "women": women, "men": men, "others": others}


def _lines(release: Released):
    groups = [(sex, age) for sex in (*Sex.values, "ALL") for age in (*Age.values, "ALL")]
    for row in queries.rows_told(release).order_by("measure", "is_year", "level", "state_code", "code"):
        place = (row.measure, row.level, row.code, row.state_code, row.name)
        for (sex, age), count in zip(groups, row.cells, strict=True):
            yield (release.starts_on, "year" if row.is_year else "quarter", *place, sex, age, count)


def _csv(headings, rows, name: str) -> HttpResponse:
    out = io.BytesIO()
    sheets.write_csv(out, headings, rows)
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
