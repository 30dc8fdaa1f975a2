"""Sessions of a case, the notes for two readers, and the counsellors of a district."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.access.web import requires
from aanchal.core import paper
from aanchal.core.paper.answers import answer
from aanchal.rehab import catalogue, counselling, forms, papers, queries
from aanchal.rehab.models import CboMaturity, Counsellor
from aanchal.rehab.terms import CounsellorLevel, Module
from aanchal.rehab.views.asked import A_PAGE, case_or_404, changed, frame, today


@require_safe
@requires(Permission.REHAB_READ)
def sessions(request, pk):
    return _page(request, case_or_404(request, pk))


@require_POST
@requires(Permission.COUNSEL_RECORD)
def hold(request, pk):
    case, form = case_or_404(request, pk, "WORK", Permission.COUNSEL_RECORD), forms.SessionForm(request.POST)

    def act(told):
        counselling.hold(case=case, at=timezone.now(), by=request.user, **told)

    back = reverse("rehab:sessions", args=[pk])
    said = _("Written down. The notes are read by you and your supervisor only.")
    return changed(request, form, act, said, back=back, page=lambda: _page(request, case, form=form))


def _is_reader(request, session) -> bool:
    mine = session.counsellor_id == request.user.pk and policy.holds(request.user, Permission.COUNSEL_RECORD)
    return mine or (session.supervisor_id == request.user.pk and policy.holds(request.user, Permission.COUNSEL_SUPERVISE))


def _session(request, pk):
    found = queries.session(pk)
    if found is None or not _is_reader(request, found):
        raise Http404
    return found


@require_safe
@requires(Permission.COUNSEL_RECORD)
def own_session(request, pk):
    return _notes(request, _session(request, pk))


@require_safe
@requires(Permission.COUNSEL_SUPERVISE)
def session(request, pk):
    return _notes(request, _session(request, pk))


@require_POST
@requires(Permission.COUNSEL_RECORD)
def read_own(request, pk):
    found = _session(request, pk)
    return _notes(request, found, opened=counselling.read(session=found, by=request.user))


@require_POST
@requires(Permission.COUNSEL_SUPERVISE)
def read(request, pk):
    found = _session(request, pk)
    return _notes(request, found, opened=counselling.read(session=found, by=request.user))


@require_POST
@requires(Permission.COUNSEL_SUPERVISE)
def advise(request, pk):
    found, form = _session(request, pk), forms.AdviceForm(request.POST)

    def act(told):
        counselling.advise(session=found, notes=told["notes"], at=timezone.now(), by=request.user)

    back = reverse("rehab:supervised-session", args=[pk])
    return changed(
        request, form, act, _("Written down, for the counsellor alone."), back=back, page=lambda: _notes(request, found, form=form)
    )


@require_safe
@requires(Permission.COUNSEL_SUPERVISE)
def supervision(request):
    """Counsellors of the place, with their hours and level."""
    here = Paginator(queries.counsellors(request.user), A_PAGE).get_page(request.GET.get("page"))
    hours = queries.hours(here)
    rows = [_row(one, hours.get(one.pk, {})) for one in here]
    context = {"heading": _("Counsellors"), "page": here, "rows": rows, "crumbs": [{"label": _("Counsellors")}]}
    return render(request, "rehab/supervision.html", context)


@require_safe
@requires(Permission.COUNSEL_SUPERVISE)
def supervised(request):
    """Sessions whose notes she may read, the newest first."""
    page = Paginator(queries.supervised(request.user), A_PAGE).get_page(request.GET.get("page"))
    crumbs = [{"label": _("Counsellors"), "url": reverse("rehab:supervision")}, {"label": _("Sessions")}]
    return render(request, "rehab/supervised.html", {"heading": _("Sessions you supervise"), "page": page, "crumbs": crumbs})


@requires(Permission.COUNSEL_SUPERVISE)
def recruit(request):
    form = forms.RecruitForm(
        _users("counsellor"), _places(request.user), _organisations(request.user), request.POST or None, initial={"on": today()}
    )

    def act(told):
        counselling.recruit(user=told["user"], place=told["place"], found=told["cbo"], on=told["on"], at=timezone.now(), by=request.user)

    def page():
        crumbs = [{"label": _("Counsellors"), "url": reverse("rehab:supervision")}, {"label": _("New")}]
        context = {"heading": _("Recruit a counsellor"), "form": form, "crumbs": crumbs}
        return render(request, "rehab/recruit.html", context, status=422 if form.errors else 200)

    if request.method != "POST":
        return page()
    return changed(request, form, act, _("She is entered. Note her hours of training next."), back=reverse("rehab:supervision"), page=page)


@require_safe
@requires(Permission.COUNSEL_SUPERVISE)
def counsellor(request, pk):
    one = _found(request, pk)
    if request.GET.get("as") == "pdf" and paper.are_here():
        return answer(papers.counsellor_drawn(_told(one), at=timezone.now()), f"counsellor-{one.pk}")
    return _counsellor(request, one)


@require_POST
@requires(Permission.COUNSEL_SUPERVISE)
def train(request, pk):
    form = forms.HoursForm(request.POST)
    return _change(
        request, pk, form, "hours", lambda one, told: counselling.train(counsellor=one, at=timezone.now(), by=request.user, **told)
    )


@require_POST
@requires(Permission.COUNSEL_SUPERVISE)
def place(request, pk):
    form = forms.PlaceWithForm(today(), request.POST)

    def act(one, told):
        counselling.place_with(counsellor=one, at=timezone.now(), by=request.user, **told)

    return _change(request, pk, form, "place", act)


@require_POST
@requires(Permission.COUNSEL_SUPERVISE)
def supervise(request, pk):
    form = forms.SuperviseForm(_users("counselling_supervisor"), request.POST)
    return _change(request, pk, form, "supervise", lambda one, told: counselling.supervise(counsellor=one, by=request.user, **told))


def _change(request, pk, form, name, act):
    one = _found(request, pk)
    back = reverse("rehab:counsellor", args=[pk])
    return changed(
        request, form, lambda told: act(one, told), _("Written down."), back=back, page=lambda: _counsellor(request, one, **{name: form})
    )


def _found(request, pk) -> Counsellor:
    found = queries.with_names(Counsellor.objects.filter(pk=pk)).first()
    if found is None or not policy.can(request.user, Permission.COUNSEL_SUPERVISE, found):
        raise Http404
    return found


def _users(role: str) -> dict:
    held = User.objects.filter(postings__role=role, postings__until=None, is_active=True).distinct().order_by("name", "pk")
    return {str(one.pk): one for one in held}


def _places(user) -> dict:
    held = policy.current_postings(user, on=today())
    return {str(one.place_id): one.place for one in held if Permission.COUNSEL_SUPERVISE in ROLES[one.role].permissions}


def _organisations(user) -> dict:
    """Those that were assessed where the user works, the newest word on each."""
    near = policy.visible(user, Permission.COUNSEL_SUPERVISE, CboMaturity.objects.all())
    return {str(one.pk): one for one in near.order_by("cbo", "-on", "-pk").distinct("cbo")}


def _row(one: Counsellor, hours: dict) -> dict:
    level = catalogue.level(hours)
    return {"one": one, "hours": sum(hours.values()), "level": CounsellorLevel(level.key).label, "most": level.most_cases}


def _page(request, case, **filled):
    page = Paginator(queries.sessions(case), A_PAGE).get_page(request.GET.get("page"))
    context = frame(request, case, "sessions", _("Counselling")) | {
        "page": page,
        "is_counsellor": policy.holds(request.user, Permission.COUNSEL_RECORD),
        "form": forms.SessionForm(initial={"on": today()}),
    }
    return render(request, "rehab/sessions.html", context | filled, status=422 if filled else 200)


def _notes(request, session, **filled):
    is_supervisor = session.supervisor_id == request.user.pk
    above = {"label": _("Counsellors"), "url": reverse("rehab:supervision")} if is_supervisor else {"label": _("Counselling")}
    context = {
        "heading": _("Session"),
        "one": session,
        "read_url": reverse("rehab:supervised-read" if is_supervisor else "rehab:own-read", args=[session.pk]),
        "advise_url": reverse("rehab:advise", args=[session.pk]) if is_supervisor else "",
        "form": forms.AdviceForm(),
        "opened": None,
        "crumbs": [above, {"label": _("Session")}],
    }
    return render(request, "rehab/session.html", context | filled, status=422 if "form" in filled else 200)


def _told(one: Counsellor) -> dict:
    hours = queries.hours([one]).get(one.pk, {})
    return _row(one, hours) | {"by_module": [(Module(key).label, n) for key, n in hours.items()], "of": catalogue.level(hours)}


def _counsellor(request, one: Counsellor, **filled):
    told = _told(one)
    level = told["of"]
    context = told | {
        "heading": one.user.name,
        "as_pdf": paper.are_here(),
        "needed": [(Module(key).label, n) for key, n in _next_level(level).needs.items()],
        "next_level": CounsellorLevel(_next_level(level).key).label,
        "hours_form": forms.HoursForm(initial={"on": today()}),
        "place": forms.PlaceWithForm(today(), initial={"on": today()}, auto_id="place_%s"),
        "supervise": forms.SuperviseForm(_users("counselling_supervisor")),
        "crumbs": [{"label": _("Counsellors"), "url": reverse("rehab:supervision")}, {"label": one.user.name}],
    }
    if "hours" in filled:
        filled["hours_form"] = filled.pop("hours")
        return render(request, "rehab/counsellor.html", context | filled, status=422)
    return render(request, "rehab/counsellor.html", context | filled, status=422 if filled else 200)


def _next_level(level: catalogue.Level) -> catalogue.Level:
    known = catalogue.levels()
    return known[min(known.index(level) + 1, len(known) - 1)]
