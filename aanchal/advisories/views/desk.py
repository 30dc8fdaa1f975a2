"""What waits for one's own post, what one decides about, and a task with its answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.advisories import actions, forms, queries
from aanchal.advisories.models import Answer
from aanchal.advisories.terms import Decision, TaskState
from aanchal.advisories.views.found import A_PAGE, REFUSED, advisory_or_404, attempt, crumbs, place_asked, task_or_404, today
from aanchal.core.forms import NO_ANSWER
from aanchal.library import files
from aanchal.places.queries import within

READ, ANSWER, FOLLOW = Permission.ADVISORY_READ, Permission.ADVISORY_ANSWER, Permission.ADVISORY_FOLLOW


@require_safe
@requires(READ)
def desk(request):
    """Two lists: `?show=decide` the answers to look at, else what is to be done."""
    posts = policy.current_postings(request.user, on=today())
    lists = {"todo": queries.mine(request.user, posts), "decide": queries.to_decide(request.user, posts)}
    if not policy.holds(request.user, FOLLOW):
        del lists["decide"]
    counted = {key: found.count() for key, found in lists.items()}
    asked = request.GET.get("show")
    shown = asked if asked in lists else "decide" if counted.get("decide") and not counted["todo"] else "todo"
    page = Paginator(lists[shown], A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Advisories"), "page": page, "shown": shown, "counted": counted, "today": today(),
        "may_issue": policy.holds(request.user, Permission.ADVISORY_ISSUE), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "advisories/desk.html", context)


@require_safe
@requires(READ)
def tasks(request, pk):
    """Every task of an advisory in a place, or those that stand somewhere."""
    one = advisory_or_404(pk)
    place, state = place_asked(request, one), request.GET.get("state", "")
    rows = queries.tasks(request.user).filter(within(place), advisory=one).order_by("place_no", "direction__nth")
    if state == "LATE":
        rows = rows.filter(state__in=["OPEN", "RETURNED"], due_on__lt=today())
    elif state in TaskState.values:
        rows = rows.filter(state=state)
    else:
        rows, state = rows.exclude(state=TaskState.CANCELLED), ""
    states = [("", _("All")), ("LATE", _("Late")), *((key, label) for key, label in TaskState.choices if key != "CANCELLED")]
    context = {
        "heading": place.local_name, "one": one, "place": place, "state": state, "states": states, "today": today(),
        "page": Paginator(rows, A_PAGE * 2).get_page(request.GET.get("page")), "crumbs": crumbs(one, place.local_name),
    }  # fmt: skip
    return render(request, "advisories/tasks.html", context)


@require_safe
@requires(READ)
def task(request, pk):
    return _page(request, task_or_404(request.user, pk))


@require_POST
@requires(ANSWER)
def answer(request, pk):
    one, form = task_or_404(request.user, pk), forms.AnswerForm(request.POST, request.FILES)
    if not queries.must_answer(request.user, one, today()):
        raise Http404
    if form.is_valid() and _answered(request, one, form):
        messages.success(request, _("Sent. The level above looks at it."))
        return redirect("advisories:task", pk=pk)
    return _page(request, one, answering=form)


@require_POST
@requires(FOLLOW)
def decide(request, pk):
    one, form = task_or_404(request.user, pk), forms.DecideForm(request.POST)
    if not policy.can(request.user, FOLLOW, one):
        raise Http404
    decision = request.POST.get("to")
    if decision not in Decision.values:
        form.add_error(None, NO_ANSWER)
    acted = {"at": timezone.now(), "by": request.user}
    if form.is_valid() and attempt(form, actions.decide, task=one, decision=Decision(decision), **acted, **form.cleaned_data):
        messages.success(request, _("Accepted.") if decision == Decision.ACCEPT else _("Sent back."))
        return redirect("advisories:task", pk=pk)
    return _page(request, one, deciding=form)


@require_safe
@requires(READ)
def file(request, pk):
    """As a file to keep: never opened inside the site."""
    one = policy.visible(request.user, READ, Answer.objects.filter(pk=pk).exclude(file_kind="")).first()
    if one is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="answer-{one.pk}.{one.file_kind}"'}
    return HttpResponse(actions.open_file(answer=one, by=request.user), content_type=files.TYPES[one.file_kind], headers=headers)


def _answered(request, one, form):
    file = form.cleaned_data["file"]
    paper = attempt(form, files.taken, name=file.name, size=file.size, file=file) if file else None
    if file and paper is None:
        return None
    return attempt(form, actions.answer, task=one, words=form.cleaned_data["words"], paper=paper, at=timezone.now(), by=request.user)


def _page(request, one, **bound):
    history = list(queries.answers(one))
    is_own = bool(history) and history[0].by_id == request.user.pk
    is_open = one.advisory.standing == "ISSUED"
    may_answer = is_open and one.state in ("OPEN", "RETURNED") and queries.must_answer(request.user, one, today())
    may_decide = is_open and one.state == "ANSWERED" and not is_own and policy.can(request.user, FOLLOW, one)
    context = {
        "heading": one.direction.words[:120], "one": one, "history": history, "today": today(),
        "is_late": one.state in ("OPEN", "RETURNED") and one.due_on < today(),
        "answering": bound.get("answering", forms.AnswerForm()) if may_answer or "answering" in bound else None,
        "deciding": bound.get("deciding", forms.DecideForm()) if may_decide or "deciding" in bound else None,
        "crumbs": crumbs(one.advisory, one.place.local_name),
    }  # fmt: skip
    return render(request, "advisories/task.html", context, status=REFUSED if bound else 200)
