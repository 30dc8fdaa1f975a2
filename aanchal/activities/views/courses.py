"""Courses that others give: entered, people enrolled, results noted, counted by State, rank and sex."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.activities import course_forms as forms
from aanchal.activities import enrolling, lists, queries
from aanchal.activities.models import Course, Enrolment
from aanchal.activities.terms import EnrolmentState
from aanchal.activities.views.found import A_PAGE, REFUSED, attempt, bound, crumbs, may_record, own_places, row_or_404, today
from aanchal.core.listed import as_file, of_cells, rupees

SHOWN_YEARS = 5
MOST_PEOPLE = 20
"""To choose from: beyond that more of the name has to be typed."""


@requires(Permission.ACTIVITY_READ)
def courses(request):
    places = own_places(request.user)
    form = forms.CourseForm(places, request.POST or None) if places else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            told = {"place": form.place(), "told": form.told(), "at": timezone.now(), "by": request.user}
            if made := attempt(form, enrolling.offer, **told):
                return redirect("activities:course", pk=made.pk)
    years = range(today().year, today().year - SHOWN_YEARS, -1)
    year = next((one for one in years if str(one) == request.GET.get("year")), years[0])
    page = Paginator(queries.courses(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Courses that others give"), "page": page, "form": form, "year": year, "years": years,
        "lines": queries.in_courses(date(year, 1, 1), date(year, 12, 31)), "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "activities/courses.html", context, status=REFUSED if form and form.errors else 200)


@requires(Permission.ACTIVITY_READ)
def course(request, pk):
    one = _or_404(request.user, pk)
    rows = queries.enrolments(request.user, one)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counted = {key: rows.filter(state=key).count() for key in EnrolmentState.values}
    context = {
        "heading": one.title, "one": one, "page": page, "left": queries.seats_left(one), "fee": rupees(one.fee_paise),
        "may": bool(own_places(request.user)),
        "counted": [(EnrolmentState(key).label, n) for key, n in counted.items()], "is_over": one.ends_on < today(),
        "may_list": lists.open_course(request.user, one.pk) is not None, "crumbs": _crumbs((one.title, "")),
    }  # fmt: skip
    return render(request, "activities/course.html", context)


@requires(Permission.ACTIVITY_RECORD)
def enrol(request, pk):
    """`?words=` searches the training records of the course's place."""
    one = _or_404(request.user, pk)
    search = forms.SearchForm(request.GET)
    said = search.cleaned_data["words"] if search.is_valid() else ""
    people = list(queries.of_the_records(request.user, one.place, said)[: MOST_PEOPLE + 1])
    form = forms.EnrolForm(people[:MOST_PEOPLE], request.POST or None, initial={"enrolled_on": today()})
    if request.method == "POST" and form.is_valid():
        participant = next(row for row in people if row.pk == form.chosen())
        told = {"course": one, "participant": participant, "on": form.cleaned_data["enrolled_on"]}
        if may_record(request.user, participant) and attempt(form, enrolling.enrol, at=timezone.now(), by=request.user, **told):
            messages.success(request, _("Enrolled."))
            return redirect("activities:course", pk=pk)
    context = {
        "heading": _("Enrol"), "one": one, "form": form, "search": search, "has_people": bool(people),
        "are_more": len(people) > MOST_PEOPLE,
        "crumbs": _crumbs((one.title, reverse("activities:course", args=[one.pk])), (_("Enrol"), "")),
    }  # fmt: skip
    return render(request, "activities/enrol.html", context, status=REFUSED if form.errors else 200)


@requires(Permission.ACTIVITY_READ)
def enrolment(request, pk):
    """One person in a course: completed with the result, or left."""
    row = row_or_404(request.user, Enrolment.objects.select_related("course", "participant__place"), pk)
    may = may_record(request.user, row) and row.state == EnrolmentState.ENROLLED
    offered = {what: kind(bound(request, what), prefix=what) for what, (kind, _act) in _ACTS.items()} if may else {}
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what not in offered:
            raise Http404
        form, act = offered[what], _ACTS[what][1]
        told = {"enrolment": row, "at": timezone.now(), "by": request.user}
        if form.is_valid() and attempt(form, act, **told, **_told(form)):
            messages.success(request, _("Noted."))
            return redirect("activities:course", pk=row.course_id)
    context = {
        "heading": row.participant.name, "row": row, "forms": offered,
        "crumbs": _crumbs((row.course.title, reverse("activities:course", args=[row.course_id])), (row.participant.name, "")),
    }  # fmt: skip
    return render(request, "activities/enrolment.html", context, status=REFUSED if request.method == "POST" else 200)


@require_POST
@requires(Permission.ACTIVITY_RECORD)
def export(request, pk):
    """In the columns in which the list may be sent back. That names went out is on the trail."""
    one = _or_404(request.user, pk)
    rows = list(queries.enrolments(request.user, one))
    enrolling.note_taken_out(course=one, rows=len(rows), by=request.user)
    shown = of_cells("enrolments", lists.ENROLMENTS)
    return as_file(shown, map(lists.enrolment_told, rows), kind=request.POST.get("format", ""), name="enrolments", on=today())


def _or_404(user, pk) -> Course:
    one = queries.courses(user).filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def _told(form) -> dict:
    told = dict(form.cleaned_data)
    return {"on": told.pop("ended_on"), **told}


def _crumbs(*more) -> list[dict]:
    return crumbs((_("Courses that others give"), reverse("activities:courses") if more else ""), *more)


_ACTS = {"completed": (forms.CompletedForm, enrolling.complete), "dropped": (forms.DroppedForm, enrolling.drop)}
