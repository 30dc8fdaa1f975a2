"""Missing-person notices for everyone: by State and district, twenty a page, kept in no cache and by no search engine. No cookie."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.web import public
from aanchal.matching.terms import LANGUAGES
from aanchal.portal.views.everyone import in_their_language, page_of
from aanchal.posters import forms, queries
from aanchal.posters.terms import Feature

A_PAGE = 20
FORGET = "noindex, nofollow, noarchive, nosnippet, noimageindex"


def kept_nowhere(view):
    """Whoever copies it has it after it was taken down: no cache, no search engine, no archive. The empty page may be found."""

    @wraps(view)
    def told(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        if kwargs or request.GET.get("state"):
            response["X-Robots-Tag"] = FORGET
        return response

    return told


@require_safe
@public
@kept_nowhere
@in_their_language
def posters(request):
    """Nobody is shown before a State is chosen."""
    form = forms.OpenForm(request.GET)
    wanted = form.wanted()
    page = Paginator(queries.open_posters(wanted, _today()), A_PAGE).get_page(request.GET.get("page")) if wanted else None
    return page_of(request, "posters", heading=_("Have you seen them?"), form=form, page=page, is_kept_nowhere=bool(page))


@require_safe
@public
@kept_nowhere
@in_their_language
def poster(request, number):
    one = queries.open_poster(number, _today())
    if one is None:
        raise Http404
    return page_of(
        request, "poster", heading=one.name or _("A missing person"), one=one, spoken=[LANGUAGES.get(code, code) for code in one.languages],
        features=[Feature(key).label for key in one.features], is_kept_nowhere=True,
    )  # fmt: skip


def _today():
    return policy.day_in_india(timezone.now())
