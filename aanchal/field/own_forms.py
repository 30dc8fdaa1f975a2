"""The pages of a state's own forms: upload a workbook, read what is wrong with it, look at it, test it, put it in use, retire it."""

from io import BytesIO

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aanchal.access import policy, settings_code
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.core.workbooks import MAX_BYTES, NotAccepted
from aanchal.field import answer_tables, faults, lines, own_answers, queries, rules, shown, state_forms
from aanchal.field.models import StateForm, TestAnswers
from aanchal.field.preview import Preview
from aanchal.field.uploads import words
from aanchal.field.uploads.conversion import NotAForm, convert
from aanchal.places.models import Place
from aanchal.places.terms import Level

MANAGE = Permission.FORM_MANAGE
TESTS_SHOWN = 50


class Upload(forms.Form):
    workbook = forms.FileField(
        label=gettext_lazy("Workbook (XLSForm, .xlsx)"),
        help_text=gettext_lazy("At most 2 MB, without macros and without a password."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    state = forms.ModelChoiceField(label=gettext_lazy("State"), queryset=Place.objects.none(), empty_label=None)

    def __init__(self, states, *args):
        super().__init__(*args)
        self.states = states
        if len(states) == 1:
            del self.fields["state"]
        else:
            self.fields["state"].queryset = Place.objects.filter(pk__in=[one.pk for one in states])

    @property
    def place(self) -> Place:
        return self.cleaned_data.get("state") or self.states[0]


class Retirement(forms.Form):
    """Not in one press: no phone of the state lists it any more, and there is no way back."""

    is_sure = forms.BooleanField(label=gettext_lazy("Yes, take it off every phone of the state"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def own_forms(request):
    """What the state has, newest versions first, and where a workbook is uploaded."""
    told = (request.POST, request.FILES) if request.method == "POST" else ()
    form = Upload(_states(request.user), *told)
    if request.method == "POST" and form.is_valid():
        try:
            drafted = _drafted(form, by=request.user)
        except (NotAccepted, state_forms.NotTaken) as refusal:
            form.add_error("workbook", words.refusal(refusal.code, getattr(refusal, "where", "")))
        except NotAForm as refusal:
            form.add_error("workbook", _("The converter refuses it: %(why)s") % {"why": refusal})
        else:
            return redirect("own-form", pk=drafted.pk)
    return render(request, "field/own_forms.html", _listed(request, form), status=422 if form.errors else 200)


@require_GET
@requires(MANAGE)
def own_form(request, pk):
    return _page(request, _form(request, pk))


@require_GET
@requires(MANAGE)
def preview(request, pk):
    form = _form(request, pk)
    if any(told["kind"] == "UNREADABLE" for told in form.problems):
        raise Http404
    drawn = Preview.of(bytes(form.xform), request.GET.get("language", "") or _spoken(form))
    context = {
        "heading": form.title, "form": form, "language": drawn.language, "languages": drawn.form.languages, "questions": drawn.questions(),
        "crumbs": _crumbs(form, _("Preview")),
    }  # fmt: skip
    return render(request, "field/own_form_preview.html", context)


@require_GET
@requires(MANAGE)
def uploaded(request, pk):
    """The workbook as it was uploaded."""
    form = _form(request, pk)
    return FileResponse(BytesIO(bytes(form.workbook)), as_attachment=True, filename=form.file_name, content_type="application/octet-stream")


@require_POST
@requires(MANAGE)
def put_in_use(request, pk):
    form = _form(request, pk)
    try:
        state_forms.put_in_use(form=form, at=timezone.now(), by=request.user)
    except rules.NotPossible:
        return _decided_already(request, form)
    except state_forms.HasProblems:
        return _page(request, form, refusal=_("The draft has problems: mend them in the workbook and upload it again."))
    except state_forms.VersionUsed:
        return _page(request, form, refusal=str(words.PROBLEMS["VERSION_USED"]))
    messages.success(request, _("In use. The phones of %(state)s see it in their list of forms.") % {"state": form.place.local_name})
    return redirect("own-form", pk=pk)


@require_POST
@requires(MANAGE)
def retire(request, pk):
    form, sure = _form(request, pk), Retirement(request.POST)
    if not sure.is_valid():
        return _page(request, form, refusal=_("Nothing was retired: tick that you are sure, then press again."))
    try:
        state_forms.retire(form=form, at=timezone.now(), by=request.user)
    except rules.NotPossible:
        return _decided_already(request, form)
    messages.success(request, _("Retired. No phone lists it any more; what is still sent with it is accepted."))
    return redirect("own-form", pk=pk)


@require_POST
@requires(MANAGE)
def test_phone(request, pk):
    """The square that a phone scans to test the drafts of the state: shown once, in the answer itself."""
    form = _form(request, pk)
    label = _("Tests of %(state)s") % {"state": form.place.local_name}
    try:
        device, token = state_forms.enrol_test_phone(place=form.place, label=label[:60], at=timezone.now(), by=request.user)
    except state_forms.TooManyPhones:
        return _page(request, form, refusal=_("You have as many phones for tests as anyone may have."))
    address = request.build_absolute_uri(f"/d/{token}")
    told = settings_code.packed(settings_code.settings(address=address, language=device.user.language))
    context = {
        "heading": _("Scan this with the phone"), "device": device, "address": address, "back": reverse("own-form", args=[pk]),
        "square": settings_code.square(told, title=_("Settings for ODK Collect")), "crumbs": _crumbs(form, _("Test on a phone")),
    }  # fmt: skip
    return render(request, "access/phone_code.html", context)


@require_POST
@requires(MANAGE)
def end_test_phones(request, pk):
    form = _form(request, pk)
    state_forms.end_test_phones(place=form.place, at=timezone.now(), by=request.user)
    messages.success(request, _("Ended: those phones list and send nothing any more."))
    return redirect("own-form", pk=pk)


@require_POST
@requires(MANAGE)
def tests(request, pk):
    """What was sent with the draft; that it was read is on the trail."""
    form = _form(request, pk)
    return _page(request, form, are_tests_open=True)


def _drafted(form: Upload, *, by) -> StateForm:
    file = form.cleaned_data["workbook"]
    if file.size > MAX_BYTES:
        raise NotAccepted("TOO_LARGE")
    content = file.read()
    found = convert(content, file.name)
    return state_forms.draft(place=form.place, found=found, workbook=content, file_name=file.name, at=timezone.now(), by=by)


def _listed(request, form: Upload) -> dict:
    rows = list(queries.state_forms(request.user))
    return {"heading": _("Own forms of the state"), "rows": rows, "upload": form, "states": form.states}


def _page(request, form: StateForm, *, refusal: str = "", are_tests_open: bool = False):
    context = {
        "heading": form.title, "form": form, "refusal": refusal, "sure": Retirement(), "may": rules.TRANSITIONS[form.state],
        "problems": [words.problem(told) for told in form.problems], "remarks": [words.remark(told) for told in form.remarks],
        "can_preview": not any(told["kind"] == "UNREADABLE" for told in form.problems), "crumbs": _crumbs(form),
        "phones": state_forms.test_phones(form.place, request.user).count(),
        "tests": _tests(request, form, are_open=are_tests_open), "are_tests_open": are_tests_open,
    }  # fmt: skip
    return render(request, "field/own_form.html", context, status=422 if refusal else 200)


def _tests(request, form: StateForm, *, are_open: bool) -> list[dict]:
    """Each test with what is wrong with it, and its answers when they were opened."""
    sent = list(TestAnswers.objects.filter(form=form.test_id).order_by("-received_at")[:TESTS_SHOWN]) if form.test_id else []
    if not sent:
        return []
    language = shown.language()
    said = lines.labels(queries.compiled(form.form_id, form.test.version), language)
    opened = own_answers.opened_tests(form=form.test, rows=sent, by=request.user) if are_open else [(row, {}) for row in sent]
    [whole, *_repeats] = answer_tables.parts([form.test], language)
    return [
        {
            "row": row,
            "wrong": [faults.sentence({**told, "value": ""}, said) for told in row.faults],
            "cells": answer_tables.shown_lines(whole, [(row, answers)], language)[0]["cells"] if are_open else [],
        }
        for row, answers in opened
    ]


def _states(user) -> list[Place]:
    """The states whose forms she makes: those that lie wholly where she does."""
    return [one for one in Place.objects.filter(level=Level.STATE).order_by("name") if policy.covers(user, MANAGE, one)]


def _form(request, pk) -> StateForm:
    found = StateForm.objects.select_related("place", "test", "published", "drafted_by", "published_by", "retired_by").filter(pk=pk).first()
    if found is None or not policy.can(request.user, MANAGE, found):
        raise Http404
    return found


def _spoken(form: StateForm) -> str:
    """The form's language that the reader reads, where it has one."""
    languages = Preview.of(bytes(form.xform), "").form.languages
    return next((one for one in languages if one.endswith(f"({shown.language()})")), "")


def _decided_already(request, form: StateForm):
    messages.warning(request, _("Someone else changed this form just now. Look at it again."))
    return redirect("own-form", pk=form.pk)


def _crumbs(form: StateForm, last: str = "") -> list[dict]:
    whole = {"label": _("Own forms"), "url": reverse("own-forms")}
    here = {"label": form.title, "url": reverse("own-form", args=[form.pk])}
    return [whole, here, {"label": last}] if last else [whole, {"label": form.title}]
