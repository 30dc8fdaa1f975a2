"""Cases in court: the list, one with its sections, accused and hearings, and how it goes on."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core import paper as core_paper
from aanchal.core.paper.answers import answer
from aanchal.rescue import forms, in_court, keeping, law, prosecuting, queries, rules, terms, words
from aanchal.rescue.models import Accused, Fir, FirSection
from aanchal.rescue.views.asked import at_now, clock_rows, crumb, home_crumb, one_form, one_or_404, page_of, refused_form, tried
from aanchal.rescue.views.units import may_begin, unit_or_404


@require_safe
@requires(Permission.RESCUE_READ)
def firs(request):
    now, stage = timezone.now(), request.GET.get("stage", "")
    stage = stage if stage in terms.Stage.values else ""
    found = queries.firs(request.user)
    page = page_of(request, found.filter(stage=stage) if stage else found)
    rows = [{"one": one, "clocks": clock_rows(one.running, now), "next": one.awaited[0] if one.awaited else None} for one in page]
    context = {
        "heading": _("Cases in court"), "page": page, "rows": rows, "stage": stage, "stages": terms.Stage.choices,
        "may_record": may_begin(request.user, Permission.RESCUE_RECORD), "crumbs": [home_crumb(), crumb(_("Cases in court"))],
    }  # fmt: skip
    return render(request, "rescue/firs.html", context)


@requires(Permission.RESCUE_RECORD)
def record(request):
    """An FIR without an operation of ours."""
    unit = unit_or_404(request)
    form = forms.FirForm(request.POST or None, initial={"registered_on": policy.day_in_india(timezone.now())})
    return one_form(
        request, form, heading=_("An FIR is registered"), crumbs=[home_crumb(), crumb(_("Cases in court"), "firs")],
        change=lambda form: prosecuting.register_fir(unit=unit, details=form.details(), **at_now(request)),
        said=_("Written down, with its sections."),
    )  # fmt: skip


@require_safe
@requires(Permission.RESCUE_READ)
def fir(request, pk):
    return _page(request, one_or_404(request, queries.fir(pk)))


@require_POST
@requires(Permission.RESCUE_READ)
def paper(request, pk):
    """Number, sections, steps and hearings for a court or a survivor's case; nobody's name. That it was taken out is noted."""
    fir, now = one_or_404(request, queries.fir(pk)), timezone.now()
    prosecuting.take_out(firs=[fir], by=request.user)
    if core_paper.are_here():
        return answer(in_court.drawn(fir, at=now, by=request.user), f"fir-{fir.pk}")
    one = in_court.told(fir)
    context = {"heading": one.heading, "fir": one, "printed_at": now, "back_url": fir.get_absolute_url()}
    return render(request, "rescue/fir_paper.html", context)


@require_POST
@requires(Permission.RESCUE_RECORD)
def go_on(request, pk):
    fir = _writable(request, pk)
    said = _("Written down. The clocks of the law follow.")
    return _change(request, fir, "stage", forms.StageForm(fir, request.POST), prosecuting.go_on, said)


@require_POST
@requires(Permission.RESCUE_RECORD)
def add_section(request, pk):
    fir = _writable(request, pk)
    form = forms.SectionForm(fir, (), request.POST)
    if not form.is_valid():
        refused_form(request)
        return _page(request, fir, status=422, section=form)
    tried(request, lambda: prosecuting.add_section(fir=fir, by=request.user, **form.cleaned_data), _("Added."))
    return redirect(fir)


@require_POST
@requires(Permission.RESCUE_RECORD)
def drop_section(request, pk):
    found = FirSection.objects.filter(pk=pk, dropped_on=None).select_related("fir").first()
    section = one_or_404(request, found, Permission.RESCUE_RECORD)
    on = policy.day_in_india(timezone.now())
    tried(request, lambda: prosecuting.drop_section(section=section, on=on, by=request.user), _("No longer charged."))
    return redirect(section.fir)


@require_POST
@requires(Permission.RESCUE_RECORD)
def set_hearing(request, pk):
    fir = _writable(request, pk)
    return _change(request, fir, "hearing", forms.HearingForm(request.POST), prosecuting.set_hearing, _("The day in court stands."))


@requires(Permission.RESCUE_RECORD)
def note_hearing(request, pk):
    hearing = one_or_404(request, queries.hearing(pk), Permission.RESCUE_RECORD)

    def change(form):
        prosecuting.note_hearing(hearing=hearing, **form.told(), **at_now(request))
        return hearing.fir

    return one_form(
        request, forms.HeldForm(request.POST or None), heading=_("What became of the hearing"), crumbs=_crumbs(hearing.fir), change=change,
        said=_("Written down."), sub=hearing.get_purpose_display(),
    )  # fmt: skip


@requires(Permission.RESCUE_RECORD)
def record_accused(request, pk):
    fir = _writable(request, pk)

    def change(form):
        prosecuting.record_accused(details=form.details(), on=policy.day_in_india(timezone.now()), fir=fir, **at_now(request))
        return fir

    form = forms.AccusedForm(request.POST or None)
    return one_form(request, form, heading=_("Someone is accused"), crumbs=_crumbs(fir), change=change, said=_("Written down."))


@requires(Permission.EVIDENCE_RECORD)
def record_evidence(request, pk):
    fir = one_or_404(request, queries.fir(pk), Permission.EVIDENCE_RECORD)
    form = forms.EvidenceForm(request.POST or None, request.FILES or None, initial={"seized_at": timezone.localtime()})
    told = {"unit": fir.unit, "operation": fir.operation, "fir": fir}
    return one_form(
        request, form, heading=_("A piece of evidence"), crumbs=_crumbs(fir), said=_("Written down with its hash. You hold it."),
        change=lambda form: keeping.record_evidence(details=form.details(), **told, **at_now(request)), has_file=True,
    )  # fmt: skip


@requires(Permission.RESCUE_RECORD)
def move_accused(request, pk):
    accused = _accused(request, pk, Permission.RESCUE_RECORD)
    about = accused.fir or accused.operation

    def change(form):
        prosecuting.move_accused(accused=accused, **form.cleaned_data, **at_now(request))
        return about

    form = forms.MoveAccusedForm(accused, request.POST or None, initial={"on": policy.day_in_india(timezone.now())})
    heading = _("Accused %(label)s") % {"label": accused.label}
    crumbs = [home_crumb(), {"label": str(about), "url": about.get_absolute_url()}]
    return one_form(request, form, heading=heading, crumbs=crumbs, change=change, said=_("Written down."), sub=accused.get_state_display())


@require_POST
@requires(Permission.IDENTITY_READ)
def open_accused(request, pk):
    """The names of the accused of a case."""
    fir = one_or_404(request, queries.fir(pk), Permission.IDENTITY_READ)
    return _page(request, fir, opened=prosecuting.open_accused(accused=queries.accused_of(fir=fir), by=request.user))


def _accused(request, pk, permission) -> Accused:
    found = one_or_404(request, Accused.objects.filter(pk=pk).select_related("fir", "operation").first(), permission)
    if not rules.ACCUSED[found.state]:
        raise Http404
    return found


def _writable(request, pk) -> Fir:
    return one_or_404(request, queries.fir(pk), Permission.RESCUE_RECORD)


def _change(request, fir: Fir, name: str, form, change, said: str):
    if not form.is_valid():
        refused_form(request)
        return _page(request, fir, status=422, **{name: form})
    tried(request, lambda: change(fir=fir, **form.cleaned_data, **at_now(request)), said)
    return redirect(fir)


def _crumbs(fir: Fir) -> list[dict]:
    return [home_crumb(), crumb(_("Cases in court"), "firs"), crumb(fir.shown_number, "fir", fir.pk)]


def _page(request, fir: Fir, *, status: int = 200, opened=None, **more):
    today, standing, known = policy.day_in_india(timezone.now()), queries.sections(fir), law.sections()
    accused, evidence = queries.accused_of(operation=fir.operation, fir=fir), queries.evidence_of(operation=fir.operation, fir=fir)
    clocks = fir.deadlines.select_related("clock").order_by("due_at", "pk")
    context = {
        "heading": _("FIR %(number)s") % {"number": fir.shown_number}, "fir": fir, "opened": opened,
        "sections": [(one, known[one.code]) for one in standing], "clocks": clock_rows(clocks, timezone.now()),
        "accused": [(one, (opened or {}).get(one.pk), bool(rules.ACCUSED[one.state])) for one in accused],
        "steps": fir.steps.select_related("by").order_by("on", "at"), "hearings": fir.hearings.order_by("-on"),
        "evidence": [(one, words.keeper(list(one.custody.all())[-1])) for one in evidence],
        "stage": forms.StageForm(fir, initial={"on": today}) if rules.PROSECUTION[fir.stage] else None,
        "section": forms.SectionForm(fir, {one.code for one in standing}, initial={"on": today}),
        "hearing": forms.HearingForm(initial={"on": today}), "may_record": policy.can(request.user, Permission.RESCUE_RECORD, fir),
        "may_open": bool(accused) and policy.can(request.user, Permission.IDENTITY_READ, fir),
        "crumbs": [*_crumbs(fir)[:2], crumb(fir.shown_number)],
    }  # fmt: skip
    return render(request, "rescue/fir.html", context | more, status=status)
