"""Posts: sanctioned, filled, vacant; honoraria by month; resource pools."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.network import directory, posting, stakeholder_forms, terms
from aanchal.network.models import Honorarium, PoolMember, Post, Tenure
from aanchal.network.rules import Refused
from aanchal.network.views.found import A_PAGE, READ, REFUSED, attempt, bound, crumbs, own_and_below, row_or_404, say, say_wrong, today

POST_RECORD = Permission.POST_RECORD


@requires(READ)
def posts(request):
    places = own_and_below(request.user, POST_RECORD)
    form = stakeholder_forms.PostForm(places, request.POST or None, prefix="new") if places else None
    if request.method == "POST":
        if form is None:
            raise Http404
        told = {"at": timezone.now(), "by": request.user}
        if form.is_valid() and (made := attempt(form, posting.sanction, place=form.chosen_place(), told=form.told(), **told)):
            return redirect("network:post", pk=made.pk)
    kind = request.GET.get("kind", "")
    rows = directory.posts(request.user, kind=kind if kind in terms.PostKind else "")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    filled = directory.filled(directory.posts(request.user), today())
    context = {
        "heading": _("Posts"), "page": page, "seats": directory.seats(page, today()), "form": form, "kind": kind,
        "kinds": [(one.value, one.label, *filled.get(one.value, (0, 0))) for one in terms.PostKind], "crumbs": crumbs((_("Posts"), "")),
        "may_send": policy.holds(request.user, POST_RECORD),
    }  # fmt: skip
    return render(request, "network/posts.html", context, status=REFUSED if form and form.errors else 200)


@requires(READ)
def post(request, pk):
    row = row_or_404(request.user, Post.objects.select_related("place"), pk)
    seat = directory.seats(directory.posts(request.user).filter(pk=pk), today())
    open_tenure = row.tenures.filter(until=None).first()
    offered = _forms(request, row, open_tenure) if policy.can(request.user, POST_RECORD, row) else {}
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        if offered[what].is_valid() and _done(request, row, open_tenure, what, offered[what]):
            messages.success(request, _("Noted."))
            return redirect("network:post", pk=pk)
    context = {
        "heading": row.title, "row": row, "seat": seat[0] if seat else None, "forms": offered,
        "tenures": row.tenures.select_related("holder").order_by("-since"),
        "most": directory.MOST_OFFERED, "q": request.GET.get("q", ""),
        "crumbs": crumbs((_("Posts"), reverse("network:posts")), (row.title, "")),
    }  # fmt: skip
    return render(request, "network/post.html", context, status=REFUSED if request.method == "POST" else 200)


@requires(READ)
def honoraria(request):
    """What is due and paid of one month."""
    asked = stakeholder_forms.MonthForm(request.GET)
    month = asked.chosen(today())
    if request.method == "POST":
        if not policy.holds(request.user, POST_RECORD):
            raise Http404
        made = posting.raise_dues(tenures=directory.tenures_of(request.user, month), month=month, at=timezone.now(), by=request.user)
        messages.success(request, _("%(n)s new lines are due.") % {"n": made})
        return redirect(f"{reverse('network:honoraria')}?month={month:%Y-%m}")
    rows = directory.honoraria(request.user, month)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Honoraria"), "page": page, "month": month, "asked": stakeholder_forms.MonthForm(initial={"month": month}),
        "owed": directory.owed(rows), "may": policy.holds(request.user, POST_RECORD), "today": today(),
        "may_send": policy.holds(request.user, POST_RECORD),
        "has_ended": month < today().replace(day=1), "crumbs": crumbs((_("Posts"), reverse("network:posts")), (_("Honoraria"), "")),
    }  # fmt: skip
    return render(request, "network/honoraria.html", context)


@require_POST
@requires(POST_RECORD)
def pay(request, pk):
    row = row_or_404(request.user, Honorarium.objects.select_related("tenure"), pk, POST_RECORD)
    form = stakeholder_forms.PaidForm(request.POST)
    if not form.is_valid():
        say_wrong(request, form)
    else:
        try:
            posting.pay(honorarium=row, at=timezone.now(), by=request.user, **form.cleaned_data)
            messages.success(request, _("Noted."))
        except Refused as refused:
            say(request, refused)
    page = request.POST.get("page", "")
    return redirect(f"{reverse('network:honoraria')}?month={row.month:%Y-%m}{f'&page={page}' if page.isdecimal() else ''}")


@requires(READ)
def pool(request):
    form = stakeholder_forms.PoolFindForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    found = directory.pool(request.user, topic=told.get("topic", ""), language=told.get("language", ""))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    topics, languages = dict(terms.PoolTopic.choices), dict(terms.Language.choices)
    rows = [(one, [topics[key] for key in one.topics], [languages[key] for key in one.languages]) for one in page]
    context = {
        "heading": _("Resource pool"), "page": page, "rows": rows, "form": form, "crumbs": crumbs((_("Resource pool"), "")),
        "may": policy.holds(request.user, POST_RECORD), "may_send": policy.holds(request.user, POST_RECORD),
    }  # fmt: skip
    return render(request, "network/pool.html", context)


@require_POST
@requires(POST_RECORD)
def leave_pool(request, pk):
    row = row_or_404(request.user, PoolMember.objects.select_related("place"), pk, POST_RECORD)
    try:
        posting.leave_pool(member=row, on=today(), by=request.user)
    except Refused as refused:
        say(request, refused)
    return redirect("network:pool")


def _forms(request, row: Post, tenure: Tenure | None) -> dict:
    if row.abolished_on is not None:
        return {}
    if tenure is not None:
        return {"vacate": stakeholder_forms.VacateForm(bound(request, "vacate"), prefix="vacate")}
    people = list(directory.people(request.user, request.GET.get("q", ""))[: directory.MOST_OFFERED])
    return {
        "fill": stakeholder_forms.FillForm(people, bound(request, "fill"), prefix="fill", initial={"since": today()}),
        "abolish": stakeholder_forms.AbolishForm(bound(request, "abolish"), prefix="abolish"),
    }


def _done(request, row: Post, tenure: Tenure | None, what: str, form) -> bool:
    match what:
        case "fill":
            return attempt(form, posting.fill, post=row, at=timezone.now(), by=request.user, **form.told()) is not None
        case "vacate":
            return attempt(form, posting.vacate, tenure=tenure, by=request.user, **form.cleaned_data) is not None
    return attempt(form, posting.abolish, post=row, at=timezone.now(), by=request.user, **form.cleaned_data) is not None
