"""The pages of missing-person notices: what waits, asking for one, one of them and what people told about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.matching.terms import LANGUAGES
from aanchal.posters import actions, forms, queries, rules, terms, words
from aanchal.posters.models import Poster
from aanchal.registers.models import Entry

A_PAGE = 20
REFUSED = 422


@require_safe
@requires(Permission.POSTER_READ)
def posters(request):
    state = request.GET.get("state", "")
    state = state if state in terms.State.values else ""
    page = Paginator(queries.posters(request.user, state), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Missing-person notices"), "page": page, "state": state, "states": terms.State.choices,
        "crumbs": [{"label": _("Missing-person notices")}],
    }  # fmt: skip
    return render(request, "posters/posters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.POSTER_PROPOSE)
def propose(request, entry):
    """What forbids it is told before anything is asked."""
    line, now = _line(request, entry), timezone.now()
    on = policy.day_in_india(now)
    form = forms.ProposeForm(request.POST or None, initial={"given_on": on, "language": request.user.language})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose(entry=line, told=form.told(), agreed=form.agreed(), checks=form.checks(), at=now, by=request.user)
        except rules.Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Asked for. Another person looks at it before anyone reads it."))
            return redirect("posters:poster", pk=made.pk)
    forbidden = actions.forbidden(entry=line, on=on)
    context = {
        "heading": _("Ask for a missing-person notice"), "line": line, "form": form, "crumbs": _crumbs(_("Ask for one")),
        "forbidden": [(words.REFUSALS[one.key], one.source) for one in forbidden],
        "rules": [(words.REFUSALS[one.key], one.source) for one in rules.RULES],
    }  # fmt: skip
    return render(request, "posters/propose.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(Permission.POSTER_READ)
def poster(request, pk):
    return _page(request, _one(request, pk))


@require_POST
@requires(Permission.POSTER_READ)
def open_words(request, pk):
    """The same page with what is sealed; that it was read is noted."""
    one = _one(request, pk)
    return _page(request, one, opened=actions.open_words(poster=one, at=timezone.now(), by=request.user))


@require_POST
@requires(Permission.POSTER_RELEASE)
def release(request, pk):
    return _changed(request, pk, Permission.POSTER_RELEASE, actions.release, _("Everyone can read it now."))


@require_POST
@requires(Permission.POSTER_RELEASE)
def send_back(request, pk):
    return _changed(request, pk, Permission.POSTER_RELEASE, actions.send_back, _("Sent back."), words=request.POST.get("words", ""))


@require_POST
@requires(Permission.POSTER_PROPOSE)
def renew(request, pk):
    one, form = _one(request, pk, Permission.POSTER_PROPOSE), forms.AgreedForm(request.POST)
    if form.is_valid():
        try:
            actions.renew(poster=one, agreed=form.agreed(), at=timezone.now(), by=request.user)
        except rules.Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Ninety days from the day the family agreed."))
            return redirect("posters:poster", pk=pk)
    return _page(request, one, form=form)


@require_POST
@requires(Permission.POSTER_PROPOSE)
def withdraw(request, pk):
    return _changed(request, pk, Permission.POSTER_PROPOSE, actions.withdraw, _("Taken down. Nobody can read it any more."))


@require_POST
@requires(Permission.POSTER_PROPOSE)
def take_down(request, pk):
    return _changed(request, pk, Permission.POSTER_PROPOSE, actions.take_down, _("Taken down. Nobody can read it any more."))


def _changed(request, pk, permission: Permission, change, said: str, **told):
    one = _one(request, pk, permission)
    try:
        change(poster=one, at=timezone.now(), by=request.user, **told)
    except rules.Refused as refused:
        for _field, key in refused.faults:
            messages.warning(request, words.REFUSALS[key])
    else:
        messages.success(request, said)
    return redirect("posters:poster", pk=pk)


def _one(request, pk, permission: Permission = Permission.POSTER_READ) -> Poster:
    one = queries.poster(pk)
    if one is None or not policy.can(request.user, permission, one):
        raise Http404
    return one


def _line(request, pk) -> Entry:
    line = queries.entry(pk)
    if line is None or not policy.can(request.user, Permission.POSTER_PROPOSE, line):
        raise Http404
    return line


def _crumbs(last: str) -> list[dict]:
    return [{"label": _("Missing-person notices"), "url": reverse("posters:list")}, {"label": last}]


def _page(request, one: Poster, *, opened=None, form=None):
    may = {key: policy.can(request.user, permission, one) for key, permission in _RIGHTS.items()}
    agreements = [(each, opened.givers.get(each.pk, "") if opened else "") for each in one.agreements.order_by("-given_on")]
    context = {
        "heading": _("Notice %(number)s") % {"number": one.shown_number}, "one": one, "opened": opened, "agreements": agreements,
        "spoken": [LANGUAGES.get(code, code) for code in one.languages], "features": [terms.Feature(key).label for key in one.features],
        "checks": [(terms.Check(key).label, terms.Answer(said).label) for key, said in one.checks.items()],
        "may_decide": may["release"] and one.state == terms.State.PROPOSED and one.proposed_by_id != request.user.pk,
        "is_own": one.state == terms.State.PROPOSED and one.proposed_by_id == request.user.pk,
        "may_keep": may["propose"] and one.is_live, "told": one.seen.count(), "unread": one.seen.filter(read_at=None).count(),
        "form": form or forms.AgreedForm(), "back": forms.WordsForm(), "crumbs": _crumbs(one.shown_number),
    }  # fmt: skip
    return render(request, "posters/poster.html", context, status=REFUSED if form and form.errors else 200)


_RIGHTS = {"release": Permission.POSTER_RELEASE, "propose": Permission.POSTER_PROPOSE}
