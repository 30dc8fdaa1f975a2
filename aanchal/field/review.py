"""The validation queue: what waits for a reviewer, and what she decides."""

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aanchal.access import policy
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.access.web import place_or_404, requires
from aanchal.field import actions, conflicts, decisions, faults, lines, order, queries, review_forms, shown
from aanchal.inbox import actions as inbox
from aanchal.inbox import queries as submissions
from aanchal.inbox.models import Submission
from aanchal.inbox.rules import TRANSITIONS, NotPossible
from aanchal.inbox.terms import Status
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.registers.queries import inside

A_PAGE = 50
OVERDUE_DAYS = 7
SENT_DAYS = 90


@require_GET
@requires(Permission.SUBMISSION_REVIEW)
def queue(request):
    """What waits, the longest first."""
    mine = policy.visible(request.user, Permission.SUBMISSION_REVIEW, submissions.waiting())
    place = _place(request)
    found = _narrowed(request, mine.filter(inside(place)) if place else mine)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    overdue = found.filter(received_at__lt=timezone.now() - timedelta(days=OVERDUE_DAYS)).count()
    context = {
        "heading": _("Forms to look at"), "page": page, "rows": [_row(one) for one in page], "overdue": overdue, "place": place,
        "places": Place.objects.filter(pk__in=mine.order_by().values("place").distinct()).order_by("name"),
        "forms": _forms(request.user), "conflicts": conflicts.open_conflicts(request.user).count(),
        "unsettled": _unsettled(request), "kinds": faults.SENTENCES.items(), "narrow": request.GET,
    }  # fmt: skip
    return render(request, "field/review.html", context)


@require_POST
@requires(Permission.SUBMISSION_REVIEW)
def settle(request, pk):
    """She looked at a visit that was applied without the one before it."""
    step = policy.visible(request.user, Permission.SUBMISSION_REVIEW, order.unsettled()).filter(pk=pk).first()
    if step is None:
        raise Http404
    actions.settle_step(step=step, at=timezone.now(), by=request.user)
    messages.success(request, _("Noted that you looked at it."))
    return redirect("review")


@require_GET
@requires(Permission.SUBMISSION_REVIEW)
def one(request, pk):
    return _page(request, _submission(request, pk))


@requires(Permission.SUBMISSION_REVIEW)
def names(request, pk):
    """The same page with names; that they were read is on the trail."""
    submission = _submission(request, pk)
    if request.method != "POST":
        return redirect("review-one", pk=pk)
    _open(request, submission)
    return _page(request, submission, are_names_open=True)


@require_POST
@requires(Permission.SUBMISSION_REVIEW)
def accept(request, pk):
    submission, form = _submission(request, pk), review_forms.Accept(request.POST)
    if not form.is_valid():
        return _page(request, submission, accepting=form)
    try:
        decisions.accept(submission=submission, note=form.cleaned_data["note"], at=timezone.now(), by=request.user)
    except decisions.CannotApply as refusal:
        form.add_error(None, _cannot(refusal.told))
        return _page(request, _submission(request, pk), accepting=form)
    except NotPossible:
        return _decided_already(request, pk)
    messages.success(request, _("Accepted. What it says now stands in the registers; a mistake there is corrected there."))
    return redirect("review")


@require_POST
@requires(Permission.SUBMISSION_REVIEW)
def send_back(request, pk):
    submission, form = _submission(request, pk), review_forms.SendBack(request.POST)
    if not form.is_valid():
        return _page(request, submission, returning=form)
    try:
        inbox.send_back(submission=submission, note=form.note(submission.sender.language), at=timezone.now(), by=request.user)
    except NotPossible:
        return _decided_already(request, pk)
    messages.success(request, _("Returned. The worker sees it first on her list, with your reason."))
    return redirect("review")


@requires(Permission.SUBMISSION_REVIEW)
def correct(request, pk):
    """The form with its answers, names and all: opening it is on the trail. Saving keeps both versions."""
    submission = _submission(request, pk)
    if request.method != "POST" or Status.CORRECTED not in TRANSITIONS[submission.status]:
        return redirect("review-one", pk=pk)
    case = decisions.reread(submission)
    typed = review_forms.typed(case, request.POST)
    to_ask = typed.to_ask(case, decisions.asked(case, typed.lines, timezone.now()))
    if "save" not in request.POST:
        _open(request, submission)
        return _correction(request, case, typed, to_ask, [] if "add" in request.POST else case.faults)
    if following := _following(case, typed, to_ask):
        return _correction(request, case, typed, to_ask, [], following=following, status=422)
    note = request.POST.get("note", "")[: review_forms.NOTE]
    try:
        done = decisions.correct(case=case, entered=typed.kept, note=note, at=timezone.now(), by=request.user)
    except NotPossible:
        return _decided_already(request, pk)
    if done.version is None:
        return _correction(request, case, typed, to_ask, typed.on_the_page(done.faults), status=422)
    return _corrected(request, done.version)


@require_GET
@requires(Permission.SUBMISSION_SEND)
def sent(request):
    """What the worker herself sent, what came back first."""
    mine = submissions.sent_by(request.user, since=timezone.now() - timedelta(days=SENT_DAYS))
    page = Paginator(policy.visible(request.user, Permission.SUBMISSION_SEND, mine), A_PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("What I sent"), "page": page, "rows": [_row(one) for one in page], "days": SENT_DAYS}
    return render(request, "field/sent.html", context)


def _forms(user) -> list[tuple[str, str]]:
    found = queries.latest_forms(user, Permission.SUBMISSION_REVIEW)
    return [(one.form_id, queries.title(one.form_id, shown.language())) for one in found]


def _unsettled(request) -> list[dict]:
    steps = list(policy.visible(request.user, Permission.SUBMISSION_REVIEW, order.unsettled())[:A_PAGE])
    families = Household.every.in_bulk([step.entity for step in steps])
    return [{"step": step, "family": families.get(step.entity)} for step in steps]


def _submission(request, pk) -> Submission:
    found = submissions.submission(pk)
    if found is None or not policy.can(request.user, Permission.SUBMISSION_REVIEW, found):
        raise Http404
    return found


def _place(request) -> Place | None:
    asked = request.GET.get("place", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    return place_or_404(request.user, Permission.SUBMISSION_REVIEW, int(asked))


def _narrowed(request, found):
    if form_id := request.GET.get("form"):
        found = found.filter(form_id=form_id)
    if (kind := request.GET.get("kind")) in faults.SENTENCES:
        found = found.filter(faults__contains=[{"kind": kind}])
    return found


def _row(submission: Submission) -> dict:
    form = queries.compiled(submission.form_id, submission.version) or queries.compiled_latest(submission.form_id)
    waited = (timezone.now() - submission.received_at).days
    return {
        "submission": submission, "title": queries.title(submission.form_id, shown.language()), "waited": waited,
        "is_overdue": waited > OVERDUE_DAYS, "wrong": shown.sentences(lines.labels(form, shown.language()), submission.faults),
    }  # fmt: skip


def _open(request, submission: Submission) -> None:
    if not policy.can(request.user, Permission.IDENTITY_READ, submission):
        raise Http404
    inbox.note_opened(submission=submission, by=request.user)


def _page(request, submission: Submission, *, are_names_open=False, accepting=None, returning=None):
    case = decisions.reread(submission)
    chain = submissions.versions(submission)
    families, entries = shown.known_records(submission)
    context = {
        **_around(case),
        "answers": shown.answers(case.lines, case.faults, are_names_open=are_names_open),
        "wrong": shown.sentences(lines.labels(case.form, shown.language()), case.faults),
        "are_names_open": are_names_open,
        "families": [one for one in families if policy.can(request.user, Permission.HOUSEHOLD_READ, one)],
        "entries": [one for one in entries if policy.can(request.user, Permission.ENTRY_READ, one)],
        "is_double": any(told["kind"] == "POSSIBLE_DOUBLE" for told in submission.faults),
        "is_astray": case.is_astray,
        "may": TRANSITIONS[submission.status],
        "accepting": accepting or review_forms.Accept(),
        "returning": returning or review_forms.SendBack(),
        "history": _history(chain),
        "chain": [one for one in chain if one != submission],
        "files": list(submission.attachments.defer("sealed", "wrapped_key")),
    }
    is_wrong = any(form is not None and form.errors for form in (accepting, returning))
    return render(request, "field/review_one.html", context, status=422 if is_wrong else 200)


def _following(case: decisions.Case, typed: review_forms.Typed, to_ask: set[str]) -> set[str]:
    """What the form asks more than stood on the page, by what was typed; of who was folded only what was not asked before."""
    staying = {line.path for line in typed.staying if line.is_asked and line.field.type not in review_forms.FILES}
    more = (staying & to_ask) - typed.shown
    folded = typed.folded(case, to_ask, ()) if more else frozenset()
    if not folded:
        return more
    sent = review_forms.Typed(case.lines, [], frozenset())
    before = sent.to_ask(case, decisions.asked(case, case.lines, timezone.now()))
    return {path for path in more if path not in before or not review_forms.is_inside(path, folded)}


def _correction(request, case, typed: review_forms.Typed, to_ask: set[str], found: list[dict], *, following=frozenset(), status=200):
    opened = [*following, *request.POST.getlist("open")]
    folded = typed.folded(case, to_ask, opened, wrong=[told["path"] for told in found])
    villages = policy.visible(request.user, Permission.SUBMISSION_REVIEW, Place.objects.filter(level=Level.VILLAGE)).order_by("name")
    on_page = [line for line in typed.lines if line.path in to_ask and not review_forms.is_inside(line.path, folded)]
    answers = shown.answers(on_page, found, are_names_open=True, villages=list(villages))
    context = {
        **_around(case),
        "heading": _("Correct this form"),
        "answers": [replace(one, kind="folded", answer=_who(typed, one.path)) if one.path in folded else one for one in answers],
        "struck": typed.struck,
        "follows": bool(following),
        "wrong": shown.sentences(lines.labels(case.form, shown.language()), found),
        "repeats": [_repeat(field, typed.lines) for field in case.form.fields if field.type == "repeat"],
        "note": request.POST.get("note", ""),
    }
    return render(request, "field/correct.html", context, status=status)


def _who(typed: review_forms.Typed, path: str) -> str:
    """Who a folded member is."""
    inside = (line.value for line in typed.lines if line.path.startswith(f"{path}/") and line.field.type == "text" and line.is_asked)
    return next(filter(None, inside), "")


def _repeat(field, typed: list[lines.Line]) -> dict:
    label = lines.in_language(field.labels, shown.language())
    return {"path": field.path, "label": label, "count": sum(line.field is field for line in typed)}


def _around(case: decisions.Case) -> dict:
    submission = case.submission
    title = queries.title(submission.form_id, shown.language())
    return {
        "heading": title, "submission": submission, "waited": (timezone.now() - submission.received_at).days,
        "crumbs": [{"label": _("Forms to look at"), "url": reverse("review")}, {"label": title}],
    }  # fmt: skip


def _history(chain: list[Submission]) -> list[dict]:
    found = submissions.history(chain)
    actors = User.objects.in_bulk({line.actor for line in found if line.actor})
    return [{"at": line.at, "said": shown.VERBS.get(line.verb, line.verb), "who": actors.get(line.actor)} for line in found]


def _corrected(request, version: Submission):
    if version.faults:
        messages.warning(request, _("The correction is kept, and waits: the registers do not take it yet. Look at the reason below."))
        return redirect("review-one", pk=version.pk)
    messages.success(request, _("Corrected. The new version stands in the registers; the first is kept as it came."))
    return redirect("review")


def _decided_already(request, pk):
    messages.warning(request, _("Someone else decided on this form just now. Nothing was done twice."))
    return redirect("review-one", pk=pk)


def _cannot(told: dict) -> str:
    return _("It cannot be accepted as it stands: %(why)s") % {"why": faults.SENTENCES[told["kind"]]}
