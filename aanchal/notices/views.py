"""What someone was told of."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.web import signed_in
from aanchal.notices import actions, queries, telephone
from aanchal.notices.channels import NotSent
from aanchal.notices.forms import CodeForm, TelephoneForm

MOST = 50


@require_safe
@signed_in
def notices(request):
    context = {"heading": _("What you were told"), "notices": queries.latest(request.user, MOST)}
    return render(request, "notices/list.html", context)


@require_POST
@signed_in
def seen(request):
    actions.note_seen(at=timezone.now(), by=request.user)
    return redirect("notices:list")


@signed_in
def phone(request):
    """The number that an SMS reaches; another one counts once the code sent to it is told."""
    form = TelephoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            telephone.ask(phone=form.cleaned_data["phone"], at=timezone.now(), by=request.user)
            messages.success(request, _("A code was sent to this number. Write it here."))
            return redirect("notices:phone")
        except telephone.TooMany:
            form.add_error("phone", _("Five codes were sent today. Try again tomorrow."))
        except NotSent:
            form.add_error("phone", _("No SMS can be sent now. Try again later."))
    return _phone(request, form=form)


@require_POST
@signed_in
def confirm_phone(request):
    form = CodeForm(request.POST)
    if form.is_valid():
        if telephone.confirm(code=form.cleaned_data["code"], at=timezone.now(), by=request.user):
            messages.success(request, _("This number is yours: an SMS tells you when something waits."))
            return redirect("notices:phone")
        form.add_error("code", _("This is not the code, or it is too old. Ask for a new one."))
    return _phone(request, code=form)


@require_POST
@signed_in
def remove_phone(request):
    telephone.remove(by=request.user)
    messages.success(request, _("Removed. No SMS is sent to you any more."))
    return redirect("notices:phone")


def _phone(request, *, form: TelephoneForm | None = None, code: CodeForm | None = None):
    waiting = queries.waiting_check(request.user, timezone.now() - telephone.GOOD_FOR)
    refused = any(one is not None and one.errors for one in (form, code))
    context = {
        "heading": _("Your telephone"), "phone": _shown(request.user.phone), "waiting": _shown(waiting.phone) if waiting else "",
        "form": form if form is not None else TelephoneForm(), "code": (code or CodeForm()) if waiting or code else None,
        "crumbs": [{"label": _("What you were told"), "url": reverse("notices:list")}, {"label": _("Your telephone")}],
    }  # fmt: skip
    return render(request, "notices/phone.html", context, status=422 if refused else 200)


def _shown(number: str) -> str:
    """Enough to know which one it is."""
    return f"••••••{number[-4:]}" if number else ""
