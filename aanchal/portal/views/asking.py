"""Ask before you go, check a certificate, tell that someone missing was seen: open to everyone.

What is asked comes in the body, is kept nowhere and stands in no address. What is told of a notice goes sealed to the officer who keeps
it, without a name. No token guards the forms: it would be a cookie, and nobody is signed in whose name a form could misuse.
"""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from aanchal.access import policy
from aanchal.access.web import public
from aanchal.activities import forms as training_forms
from aanchal.activities import queries as trainings
from aanchal.activities.rules import read_number, shown_number
from aanchal.network import forms, queries, rules, terms
from aanchal.places.models import in_language
from aanchal.portal.views.everyone import in_their_language, page_of
from aanchal.posters import actions as posters
from aanchal.posters.forms import SeenForm
from aanchal.posters.rules import Refused

BACK = "/ask/"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
@in_their_language
def ask(request):
    """An employer or agency by name: verified, not verified, complaints; never who complained."""
    today = policy.day_in_india(timezone.now())
    seen = SeenForm(request.POST if "number" in request.POST else None, initial={"number": request.GET.get("notice", "")[:12]})
    is_told = seen.is_bound and seen.is_valid() and _told(seen)
    form = forms.Check(request.POST if "words" in request.POST else None)
    found = None
    if form.is_bound and form.is_valid():
        found = [(one, rules.standing(queries.known(one), today)) for one in queries.asked(form.cleaned_data["words"])]
    trade = request.POST.get("trade", "")
    return page_of(
        request, "ask", status=422 if form.errors or seen.errors else 200, heading=_("Ask before you go"), form=form, found=found,
        seen=SeenForm() if is_told else seen, is_told=is_told,
        work=forms.AboutWork(request.POST if trade else None),
        notes=queries.risk_notes(today, trade=trade) if trade in terms.Trade.values else [], centres=list(queries.open_centres()[:20]),
    )  # fmt: skip


def _told(form: SeenForm) -> bool:
    told = form.cleaned_data
    try:
        posters.tell_seen(number=told["number"], words=told["seen"], phone=told["phone"], at=timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
@in_their_language
def certificate(request):
    """By its number: valid or not, the module, the day, its holder's initials."""
    form = training_forms.NumberForm(request.POST or None)
    told = None
    if form.is_bound and form.is_valid():
        number = read_number(form.cleaned_data["number"])
        told = trainings.certificate_told(number) if number else None
    return page_of(
        request, "certificate", status=422 if form.errors else 200, heading=_("Check a certificate"), form=form,
        is_asked=form.is_bound and form.is_valid(), told=told, title=in_language(told["titles"]) if told else "",
        number=shown_number(told["number"]) if told else "",
    )  # fmt: skip


@require_safe
@public
def kit(request):
    """The departure kit with empty lines, to print and fill by hand."""
    today = policy.day_in_india(timezone.now())
    return render(request, "portal/kit.html", {"heading": _("Departure kit"), "notes": queries.risk_notes(today), "back_url": BACK})
