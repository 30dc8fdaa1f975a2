"""A piece of evidence: what it is, its file, the chain of who held it, and the sheet that goes with it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import confirmed_first, requires
from aanchal.core import paper
from aanchal.core.paper.answers import answer
from aanchal.rescue import custody_paper, forms, keeping, queries, rules, terms, words
from aanchal.rescue.models import Evidence
from aanchal.rescue.views.asked import at_now, crumb, home_crumb, one_or_404, refused_form, tried


@require_safe
@requires(Permission.RESCUE_READ)
def evidence(request, pk):
    return _page(request, one_or_404(request, queries.evidence(pk)))


@require_POST
@requires(Permission.EVIDENCE_RECORD)
def open_words(request, pk):
    found = _writable(request, pk)
    return _page(request, found, opened=keeping.open_words(evidence=found, by=request.user))


@require_POST
@requires(Permission.EVIDENCE_RECORD)
def open_file(request, pk):
    """Byte for byte, to be saved, never shown by the browser."""
    found = _writable(request, pk)
    if not found.has_file:
        raise Http404
    said = _("What was seized goes out as a file. Say your password, then press the button once more.")
    if page := confirmed_first(request, found.get_absolute_url(), said=said):
        return page
    try:
        file = keeping.open_file(evidence=found, by=request.user)
    except rules.NotPossible as refused:
        messages.warning(request, str(words.REFUSALS[str(refused)]))
        return redirect(found)
    answer = HttpResponse(file.content(), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{found.label}-{found.digest[:12]}.bin"'
    return answer


@require_POST
@requires(Permission.EVIDENCE_RECORD)
def hand_over(request, pk):
    found = _writable(request, pk)
    form = forms.HandOverForm(queries.officers(found.unit, request.user), request.POST)
    if not form.is_valid():
        refused_form(request)
        return _page(request, found, status=422, hand_over=form)
    told = {name: form.cleaned_data[name] for name in ("why", "is_seal_whole", "when")}
    tried(request, lambda: keeping.hand_over(evidence=found, to=form.holder(), **told, **at_now(request)), _("Handed over."))
    return redirect(found)


@require_safe
@requires(Permission.RESCUE_READ)
def sheet(request, pk):
    """The custody sheet on paper, without what the piece is: that stands on its label."""
    found = one_or_404(request, queries.evidence(pk))
    context = _told(found) | {"heading": _("Chain of custody"), "back_url": found.get_absolute_url(), "printed_at": timezone.now()}
    if request.GET.get("as") == "pdf" and paper.are_here():
        return answer(custody_paper.drawn(context), f"custody-{found.pk}")
    return render(request, "rescue/sheet.html", context | {"as_pdf": paper.are_here()})


def _writable(request, pk) -> Evidence:
    return one_or_404(request, queries.evidence(pk), Permission.EVIDENCE_RECORD)


def _told(found: Evidence) -> dict:
    chain = queries.chain(found)
    keepers = [words.keeper(one) for one in chain]
    rows = [{"one": one, "giver": before, "taker": taker} for one, before, taker in zip(chain, ["", *keepers], keepers, strict=False)]
    return {"one": found, "rows": rows, "broken": keeping.first_break(found, chain), "holder": keepers[-1]}


def _page(request, found: Evidence, *, status: int = 200, opened=None, **more):
    about = found.operation or found.fir
    initial = {"when": timezone.localtime(), "why": terms.HandOver.TO_KEEP}
    context = _told(found) | {
        "heading": f"{about}, {found.label}", "about": about, "opened": opened,
        "hand_over": forms.HandOverForm(queries.officers(found.unit, request.user), initial=initial),
        "may_record": policy.can(request.user, Permission.EVIDENCE_RECORD, found),
        "crumbs": [home_crumb(), {"label": str(about), "url": about.get_absolute_url()}, crumb(found.label)],
    }  # fmt: skip
    return render(request, "rescue/evidence.html", context | more, status=status)
