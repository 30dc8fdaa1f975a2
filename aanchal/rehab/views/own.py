"""Her own record, a worker beside her: her PIN, what is kept, corrections, withdrawal, a copy to take along."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.cases import consenting, keeping
from aanchal.cases import queries as cases
from aanchal.core import paper
from aanchal.core.paper.answers import answer as file
from aanchal.rehab import came, forms, leading, own, own_paper, queries, words
from aanchal.rehab.models import Correction, OwnAccess
from aanchal.rehab.terms import Course, Gate, LeaderField
from aanchal.rehab.views.asked import case_or_404, changed, frame, language, of_case_or_404, today, tried
from aanchal.rehab.views.learning import trade_of


@require_safe
@requires(Permission.REHAB_READ)
def ask(request, pk):
    return _page(request, case_or_404(request, pk, "WHOLE"))


@require_POST
@requires(Permission.REHAB_RECORD)
def set_pin(request, pk):
    case, form = case_or_404(request, pk, "LEAD", Permission.REHAB_RECORD), forms.PinForm(request.POST)

    def act(told):
        own.set_pin(case=case, at=timezone.now(), by=request.user, **told)

    return changed(
        request, form, act, _("Her PIN is set. Nobody can read it."), back=_back(pk), page=lambda: _page(request, case, new=form)
    )


@require_POST
@requires(Permission.REHAB_RECORD)
def look(request, pk):
    case, form = case_or_404(request, pk, "LEAD", Permission.REHAB_RECORD), forms.PinForm(request.POST)
    if not form.is_valid():
        return _page(request, case, pin=form)
    looked = own.look(case=case, pin=form.cleaned_data["pin"], at=timezone.now(), by=request.user)
    if looked.fault:
        form.add_error("pin", words.REFUSALS[looked.fault])
        return _page(request, case, pin=form)
    return _record(request, case, looked.opened)


@require_POST
@requires(Permission.REHAB_RECORD)
def correct(request, pk):
    case, opened = _opened(request, pk)
    if not opened:
        return _closed(request, pk)
    form = forms.CorrectForm(request.POST)
    if not form.is_valid():
        return _record(request, case, opened, correct=form)
    own.ask_correction(case=case, words=form.cleaned_data["words"], at=timezone.now(), by=request.user)
    messages.success(request, _("Written down in your words. You will be told what became of it."))
    return _record(request, case, opened)


@require_POST
@requires(Permission.REHAB_RECORD)
def withdraw(request, pk):
    """She no longer wants to lead others."""
    case, opened = _opened(request, pk)
    if not opened:
        return _closed(request, pk)
    link = queries.leader_link(case)
    if link:
        leading.withdraw(link=link, at=timezone.now(), by=request.user)
        messages.success(request, _("Withdrawn. Your name there can no longer be read."))
    return _record(request, case, opened)


@require_POST
@requires(Permission.REHAB_RECORD)
def withdraw_consent(request, pk):
    """She takes a consent back: what rested on it ends at once."""
    case, opened = _opened(request, pk)
    if not opened:
        return _closed(request, pk)
    chosen = request.POST.get("consent", "")
    for one in queries.live_consents(case, today()):
        if str(one.pk) == chosen:
            consenting.withdraw_consent(consent=one, at=timezone.now(), by=request.user)
            messages.success(request, _("Taken back. What rested on it has ended."))
    return _record(request, case, opened)


@require_POST
@requires(Permission.REHAB_RECORD)
def take(request, pk):
    """On paper, without her name and without a word that tells what it is."""
    case, opened = _opened(request, pk)
    if not opened:
        return _closed(request, pk)
    own.note_taken(case=case, by=request.user)
    if request.POST.get("as") == "pdf" and paper.are_here():
        return file(own_paper.drawn(_kept(request, case), at=timezone.now()), "what-is-kept")
    context = _kept(request, case) | {"heading": _("What is kept"), "back_url": _back(pk), "today": today()}
    return render(request, "rehab/own_paper.html", context)


@require_POST
@requires(Permission.REHAB_RECORD)
def answer(request, pk):
    one = Correction.objects.filter(pk=pk).select_related("case__place").first()
    of_case_or_404(request, one, "LEAD")
    form = forms.AnswerForm(request.POST)

    def act(told):
        own.answer_correction(correction=one, at=timezone.now(), by=request.user, **told)

    back = _back(one.case_id)
    if not form.is_valid():
        messages.warning(request, words.REFUSALS["words"])
        return redirect(back)
    return tried(request, lambda: act(form.cleaned_data), _("Answered. Tell her."), back=back)


def _opened(request, pk) -> tuple:
    """The case, and the pass with which her record is open before this worker; no pass when it has run out."""
    case, opened = case_or_404(request, pk, "LEAD", Permission.REHAB_RECORD), request.POST.get("opened", "")
    return case, opened if own.is_opened(opened, case=case, by=request.user) else ""


def _closed(request, pk):
    messages.warning(request, words.REFUSALS["closed_again"])
    return redirect(_back(pk))


def _back(pk) -> str:
    return reverse("rehab:own", args=[pk])


def _page(request, case, **filled):
    context = frame(request, case, "own", _("Her own record"))
    may_lead = context["may_lead"]
    context |= {
        "has_pin": may_lead and OwnAccess.objects.filter(case=case).exists(),
        "pin": forms.PinForm(auto_id="look_%s"),
        "new": forms.PinForm(auto_id="new_%s"),
        "corrections": [
            (one, told, forms.AnswerForm(initial={"state": "DONE"}, auto_id=f"{one.pk}_%s"))
            for one, told in (own.corrections(case=case, by=request.user) if may_lead else [])
        ],
    }
    return render(request, "rehab/own.html", context | filled, status=422 if filled else 200)


def _record(request, case, opened: str, **filled):
    told = {"opened": opened}
    context = _kept(request, case) | {
        "heading": _("What is kept"),
        "case": case,
        "opened": opened,
        "correct": forms.CorrectForm(initial=told),
        "as_pdf": paper.are_here(),
        "crumbs": [{"label": case.shown_code, "url": _back(case.pk)}, {"label": _("What is kept")}],
    }
    return render(request, "rehab/own_record.html", context | filled, status=422 if filled else 200)


def _kept(request, case) -> dict:
    """What her record says, in words; of counselling only the days."""
    course, back, link = queries.rehabilitation(case), queries.open_return(case), queries.leader_link(case)
    standing, held = queries.standing(case), cases.withdrawal(case)
    return {
        "code": case.shown_code,
        "course": Course(course.course).label if course else "",
        "gates": [(Gate(key).label, one.is_open, one.decision.at if one.decision else None) for key, one in standing.items()],
        "courses": [(one, trade_of(one.trade)) for one in queries.learnings(case)],
        "benefits": [(one, came.title_of(one, language())) for one in case.own_benefits.order_by("-applied_on", "-pk")],
        "sessions": list(queries.sessions(case)),
        "consents": queries.live_consents(case, today()),
        "held": words.held(held, by_fir=held is not None and keeping.is_in_court(case)),
        "back": back,
        "visits": queries.follow_ups(back) if back else [],
        "link": link,
        "fields": [LeaderField(key).label for key in link.person.fields] if link else [],
        "corrections": own.corrections(case=case, by=request.user),
        "is_child": cases.is_child(case, today()),
    }
