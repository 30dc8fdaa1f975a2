"""People who work: users, their postings, their phones."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import actions, policy, queries
from aanchal.access.forms import PostingForm, WorkerForm
from aanchal.access.models import Posting, User
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.access.web import requires

MANAGE = Permission.USER_MANAGE
A_PAGE = 50
UNDO = "access_undo"
REFUSED = 422


@require_safe
@requires(MANAGE)
def workers(request):
    typed = request.GET.get("q", "").strip()
    role = request.GET.get("role", "")
    found = queries.manageable(request.user)
    if typed:
        found = found.filter(name__icontains=typed) | found.filter(username__icontains=typed)
    if role in ROLES:
        found = found.filter(postings__in=_current(Posting.objects.filter(role=role)))
    current = Prefetch("postings", _current(Posting.objects.select_related("place")), to_attr="held_now")
    page = Paginator(found.distinct().order_by("name", "pk").prefetch_related(current), A_PAGE).get_page(request.GET.get("page"))
    roles = [(key, one.name) for key, one in ROLES.items()]
    context = {"heading": _("People who work"), "page": page, "typed": typed, "role": role, "roles": roles}
    return render(request, "access/workers.html", context)


@requires(MANAGE)
def new_worker(request):
    form = WorkerForm(request.POST or None, by=request.user, initial={"since": _today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with transaction.atomic():
            user = actions.create_user(
                username=told["username"], name=told["name"], password=None, language=told["language"], at=timezone.now(), by=request.user
            )
            actions.post(user=user, role=told["role"], place=told["place"], since=told["since"], until=told["until"], by=request.user)
            password = actions.give_password(user=user, by=request.user)
        return _password_once(request, user, password)
    context = {"heading": _("New user"), "form": form, "crumbs": _crumbs(_("New user"))}
    return render(request, "access/new_worker.html", context, status=REFUSED if form.errors else 200)


@require_safe
@requires(MANAGE)
def worker(request, pk):
    return _worker(request, _user(request, pk))


@require_POST
@requires(MANAGE)
def add_posting(request, pk):
    user = _changeable(request, pk)
    form = PostingForm(request.POST, by=request.user)
    if form.is_valid():
        try:
            with transaction.atomic():
                actions.post(user=user, by=request.user, **form.cleaned_data)
        except IntegrityError:
            form.add_error("role", _("This role is held at this place already."))
        else:
            messages.success(request, _("The posting begins on its day."))
            return redirect("worker", pk=user.pk)
    return _worker(request, user, form=form, status=REFUSED)


@require_POST
@requires(MANAGE)
def end_posting(request, pk):
    posting = _posting(request, pk)
    today = _today()
    actions.end_posting(posting=posting, until=max(today, posting.since), by=request.user)
    messages.success(request, _("The posting ends tonight."))
    request.session[UNDO] = reverse("continue-posting", args=[posting.pk])
    return redirect("worker", pk=posting.user_id)


@require_POST
@requires(MANAGE)
def continue_posting(request, pk):
    posting = _posting(request, pk)
    try:
        actions.continue_posting(posting=posting, by=request.user)
        messages.success(request, _("The posting goes on."))
    except actions.HeldAlready:
        messages.warning(request, _("This role is held at this place already."))
    return redirect("worker", pk=posting.user_id)


@require_POST
@requires(MANAGE)
def give_password(request, pk):
    user = _changeable(request, pk)
    return _password_once(request, user, actions.give_password(user=user, by=request.user))


@require_POST
@requires(MANAGE)
def forget_second_step(request, pk):
    user = _changeable(request, pk)
    actions.forget_second_factor(user=user, by=request.user)
    messages.success(request, _("The next signing-in sets up the second step again."))
    return redirect("worker", pk=user.pk)


@require_POST
@requires(MANAGE)
def close(request, pk):
    user = _changeable(request, pk)
    actions.deactivate_user(user=user, by=request.user)
    messages.success(request, _("The account is closed. It signs in no more, and its phones send no more."))
    request.session[UNDO] = reverse("reopen-worker", args=[user.pk])
    return redirect("worker", pk=user.pk)


@require_POST
@requires(MANAGE)
def reopen(request, pk):
    user = _changeable(request, pk)
    actions.reactivate_user(user=user, by=request.user)
    messages.success(request, _("The account is open again."))
    return redirect("worker", pk=user.pk)


def _user(request, pk) -> User:
    user = queries.manageable(request.user).filter(pk=pk).first()
    if user is None:
        raise Http404
    return user


def _changeable(request, pk) -> User:
    user = _user(request, pk)
    if not queries.may_change_account(request.user, user, on=_today()):
        raise Http404
    return user


def _posting(request, pk) -> Posting:
    posting = Posting.objects.filter(pk=pk).select_related("place").first()
    if posting is None or posting.user_id == request.user.pk or not policy.can(request.user, MANAGE, posting):
        raise Http404
    return posting


def _worker(request, user: User, *, form: PostingForm | None = None, status: int = 200):
    undo = request.session.pop(UNDO, "")
    today = _today()
    postings = queries.postings_of(user)
    for posting in postings:
        posting.is_over = posting.until is not None and posting.until < today
        posting.may_end = posting.until is None and posting.user_id != request.user.pk and policy.can(request.user, MANAGE, posting)
    context = {
        "heading": user.name,
        "worker": user,
        "postings": postings,
        "devices": user.devices.order_by("-enrolled_at"),
        "form": form or PostingForm(by=request.user, initial={"since": today}),
        "may_change": queries.may_change_account(request.user, user, on=today),
        "undo": {"url": undo} if undo else None,
        "crumbs": _crumbs(user.name),
    }
    return render(request, "access/worker.html", context, status=status)


def _password_once(request, user: User, password: str):
    """In the answer itself and nowhere else: not in the session, not in an address, not in a message that is kept."""
    context = {"heading": user.name, "worker": user, "password": password, "crumbs": _crumbs(user.name)}
    return render(request, "access/password.html", context)


def _crumbs(label: str) -> list[dict]:
    return [{"url": reverse("workers"), "label": _("People who work")}, {"label": label}]


def _current(postings):
    today = _today()
    return postings.filter(since__lte=today).exclude(until__lt=today)


def _today():
    return policy.day_in_india(timezone.now())
