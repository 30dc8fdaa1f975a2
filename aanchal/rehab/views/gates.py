"""My cases with what is due, and the gates of one."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.cases import queries as cases
from aanchal.rehab import forms, queries, readiness, reading, rules, words
from aanchal.rehab.models import Rehabilitation
from aanchal.rehab.terms import Course, Gate
from aanchal.rehab.views.asked import A_PAGE, case_or_404, changed, frame, language, today, tried


@require_safe
@requires(Permission.REHAB_READ)
def index(request):
    mine = cases.cases_of(request.user, timezone.now()).select_related("place", "rehabilitation").order_by("-opened_on", "-pk")
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    last = queries.last_session(case.pk for case in page)
    due = Paginator(queries.due(today()), A_PAGE).get_page(1)
    context = {
        "heading": _("Rehabilitation"), "page": page, "rows": [_row(case, last) for case in page], "due": due,
        "today": today(), "crumbs": [{"label": _("Rehabilitation")}],
    }  # fmt: skip
    return render(request, "rehab/index.html", context)


@require_safe
@requires(Permission.REHAB_READ)
def due(request):
    """Every follow-up that is due."""
    page = Paginator(queries.due(today()), A_PAGE).get_page(request.GET.get("page"))
    crumbs = [{"label": _("Rehabilitation"), "url": reverse("rehab:index")}, {"label": _("Visits due")}]
    return render(request, "rehab/due.html", {"heading": _("Visits due"), "page": page, "today": today(), "crumbs": crumbs})


@require_safe
@requires(Permission.REHAB_READ)
def case(request, pk):
    return _page(request, case_or_404(request, pk))


@require_POST
@requires(Permission.REHAB_RECORD)
def decide(request, pk):
    case, form = case_or_404(request, pk, "WORK", Permission.REHAB_RECORD), forms.GateForm(request.POST)

    def act(_told):
        readiness.decide(case=case, at=timezone.now(), by=request.user, **form.told())

    said = _("Written down, with your name and the day.")
    return changed(request, form, act, said, back=_back(pk), page=lambda: _page(request, case, form=form))


@require_POST
@requires(Permission.REHAB_RECORD)
def start(request, pk):
    case = case_or_404(request, pk, "WORK", Permission.REHAB_RECORD)
    return tried(
        request, lambda: readiness.start(case=case, at=timezone.now(), by=request.user), _("Rehabilitation begins."), back=_back(pk)
    )


@require_POST
@requires(Permission.REHAB_RECORD)
def finish(request, pk):
    case = case_or_404(request, pk, "WORK", Permission.REHAB_RECORD)
    return tried(request, lambda: readiness.finish(case=case, at=timezone.now(), by=request.user), _("Finished."), back=_back(pk))


@require_POST
@requires(Permission.REHAB_READ)
def notes(request, pk):
    """What was written beside gates, returns and visits; not for who came by a referral."""
    case = case_or_404(request, pk, "WHOLE")
    written = reading.read(case=case, language=language(), by=request.user)
    return render(request, "rehab/written.html", frame(request, case, "", _("What was written")) | {"written": written})


def _back(pk) -> str:
    return reverse("rehab:case", args=[pk])


def _row(case, last: dict) -> dict:
    course = getattr(case, "rehabilitation", None)
    return {"case": case, "course": Course(course.course) if course else Course.WAITING, "last": last.get(case.pk)}


def _page(request, case, **filled):
    decisions = queries.decisions(case)
    people = {one.by_id: one.by for one in decisions}
    standing = rules.standing(queries.told(decisions))
    course: Rehabilitation | None = queries.rehabilitation(case)
    context = frame(request, case, "case", _("Is she ready?")) | {
        "gates": [
            {
                "label": Gate(key).label,
                "one": one,
                "who": people.get(one.decision.by) if one.decision else None,
                "why": "" if one.is_open else words.shut(one.fault),
            }
            for key, one in standing.items()
        ],
        "course": Course(course.course) if course else Course.WAITING,
        "started_on": course.started_on if course else None,
        "is_ready": all(one.is_open for one in standing.values()),
        "history": list(reversed(decisions)),
        "form": forms.GateForm(initial={"on": today()}),
    }
    return render(request, "rehab/gates.html", context | filled, status=422 if filled else 200)
