"""The directory and the safe migration centres, for who works there; and what everyone may ask before going."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.network import actions, forms, queries, rules, terms, words
from aanchal.network.models import Centre, Complaint, Listing, Staff

A_PAGE = 30
ASKED_SINCE_DAYS = 90


def _today():
    return policy.day_in_india(timezone.now())


@require_safe
@requires(Permission.DIRECTORY_RECORD)
def directory(request):
    page = Paginator(queries.listings(request.user), A_PAGE).get_page(request.GET.get("page"))
    around = queries.around(request.user, _places(request.user, Permission.DIRECTORY_RECORD)) if page.number == 1 else []
    context = {
        "heading": _("Employers and agencies"), "page": page, "rows": [_row(one) for one in page],
        "around": [_row(one) for one in around], "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "network/directory.html", context)


@requires(Permission.DIRECTORY_RECORD)
def record(request):
    """A new employer or agency, kept where its recorder works."""
    places = _places(request.user, Permission.DIRECTORY_RECORD)
    if not places:
        raise Http404
    form, alike = forms.ListingForm(request.POST or None), []
    if request.method == "POST" and form.is_valid() and "is_another" not in request.POST:
        alike = queries.alike(form.cleaned_data["name"], form.cleaned_data["licence_no"])
    if alike:
        form.ask_whether_another()
    elif request.method == "POST" and form.is_valid():
        listing = actions.record_listing(place=places[0], told=form.cleaned_data, at=timezone.now(), by=request.user)
        messages.success(request, _("Entered. It is not verified until someone goes there."))
        return redirect("network:listing", pk=listing.pk)
    context = {"heading": _("Enter an employer or agency"), "form": form, "crumbs": _crumbs(_("New"))}
    context |= {"alike": [_row(one) for one in alike]}
    return render(request, "network/record.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.DIRECTORY_RECORD)
def listing(request, pk):
    return _listing(request, _found(request, pk))


@requires(Permission.DIRECTORY_RECORD)
def correct(request, pk):
    """By who keeps it, or by the officer of the block in which it is kept."""
    found = _found(request, pk)
    form = forms.ListingForm(request.POST or None, initial=forms.known(found))
    if request.method == "POST" and form.is_valid():
        actions.correct_listing(listing=found, told=form.cleaned_data, by=request.user)
        messages.success(request, _("Corrected."))
        return redirect("network:listing", pk=pk)
    crumbs = [*_crumbs(found.name)[:-1], {"label": found.name, "url": reverse("network:listing", args=[pk])}, {"label": _("Correct")}]
    context = {"heading": found.name, "form": form, "crumbs": crumbs, "is_correction": True}
    return render(request, "network/record.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.DIRECTORY_RECORD)
def visit(request, pk):
    return _change(request, pk, forms.VisitForm(request.POST), "visit", actions.record_visit, _("Noted."), at=timezone.now())


@require_POST
@requires(Permission.DIRECTORY_RECORD)
def renew(request, pk):
    return _change(request, pk, forms.RenewForm(request.POST), "renew", actions.renew_licence, _("Noted."), at=timezone.now())


@require_POST
@requires(Permission.DIRECTORY_RECORD)
def complain(request, pk):
    said = _("Noted. The public sees that there is a complaint, and nothing of it.")
    return _change(request, pk, forms.ComplaintForm(request.POST), "complain", actions.record_complaint, said, at=timezone.now())


@require_POST
@requires(Permission.DIRECTORY_RECORD)
def open_complaints(request, pk):
    found = _found(request, pk)
    opened = actions.open_complaints(complaints=queries.complaints(found), listing=found, by=request.user)
    return _listing(request, found, opened=opened)


@require_POST
@requires(Permission.DIRECTORY_RECORD)
def settle(request, pk):
    complaint = Complaint.objects.filter(pk=pk).first()
    if complaint is None or not policy.can(request.user, Permission.DIRECTORY_RECORD, complaint):
        raise Http404
    form = forms.SettleForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Not settled. Say whether it was found to be true."))
        return _listing(request, _found(request, complaint.listing_id), settle=form)
    try:
        actions.settle_complaint(complaint=complaint, state=form.cleaned_data["state"], at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        messages.warning(request, words.REFUSALS[str(refused)])
    return redirect("network:listing", pk=complaint.listing_id)


@require_safe
@requires(Permission.CENTRE_WORK)
def centres(request):
    context = {
        "heading": _("Safe migration centres"),
        "centres": queries.centres(request.user),
        "crumbs": [{"label": _("Safe migration centres")}],
    }
    return render(request, "network/centres.html", context)


@requires(Permission.CENTRE_WORK)
def open_centre(request):
    form = forms.CentreForm(_places(request.user, Permission.CENTRE_WORK), request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        centre = actions.open_centre(
            place=form.place(),
            name=told["name"],
            address=told["address"],
            phone=told["phone"],
            hours=form.hours(),
            on=_today(),
            by=request.user,
        )
        return redirect("network:centre", pk=centre.pk)
    crumbs = [{"label": _("Safe migration centres"), "url": reverse("network:centres")}, {"label": _("New")}]
    context = {"heading": _("Open a centre"), "form": form, "crumbs": crumbs}
    return render(request, "network/open_centre.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.CENTRE_WORK)
def centre(request, pk):
    return _centre(request, _found_centre(request, pk))


@require_POST
@requires(Permission.CENTRE_WORK)
def hours(request, pk):
    centre, form = _found_centre(request, pk), forms.HoursForm(request.POST)
    if not form.is_valid():
        return _centre(request, centre, hours=form)
    actions.set_hours(centre=centre, hours=form.hours(), phone=form.cleaned_data["phone"], by=request.user)
    return redirect("network:centre", pk=pk)


@require_POST
@requires(Permission.CENTRE_WORK)
def join(request, pk):
    centre, form = _found_centre(request, pk), forms.StaffForm(request.POST)
    if not form.is_valid():
        return _centre(request, centre, join=form)
    told = form.cleaned_data
    try:
        actions.join_staff(
            centre=centre, user=told["username"], capacity=told["capacity"], on=_today(), chose_on=told["chose_on"], by=request.user
        )
    except rules.NotPossible as refused:
        form.add_error(None, words.REFUSALS[str(refused)])
        return _centre(request, centre, join=form)
    return redirect("network:centre", pk=pk)


@require_POST
@requires(Permission.CENTRE_WORK)
def leave(request, pk):
    staff = Staff.objects.filter(pk=pk).select_related("centre").first()
    if staff is None or not policy.can(request.user, Permission.CENTRE_WORK, staff):
        raise Http404
    actions.leave_staff(staff=staff, on=_today(), by=request.user)
    return redirect("network:centre", pk=staff.centre_id)


@require_POST
@requires(Permission.CENTRE_WORK)
def enquire(request, pk):
    centre, form = _found_centre(request, pk), forms.EnquiryForm(request.POST)
    if not form.is_valid():
        return _centre(request, centre, enquiry=form)
    try:
        actions.record_enquiry(centre=centre, told=form.told(), on=form.cleaned_data["on"], at=timezone.now(), by=request.user)
    except rules.NotPossible as refused:
        form.add_error("on", words.REFUSALS[str(refused)])
        return _centre(request, centre, enquiry=form)
    messages.success(request, _("Noted, without a name."))
    return redirect("network:centre", pk=pk)


def _change(request, pk, form, name, change, said, **more):
    """One change of one listing, from one form."""
    found = _found(request, pk)
    if form.is_valid():
        try:
            change(listing=found, by=request.user, **form.cleaned_data, **more)
        except rules.NotPossible as refused:
            form.add_error(None, words.REFUSALS[str(refused)])
        else:
            messages.success(request, said)
            return redirect("network:listing", pk=pk)
    return _listing(request, found, **{name: form})


def _found(request, pk) -> Listing:
    found = queries.listing(pk)
    if found is None or not policy.can(request.user, Permission.DIRECTORY_RECORD, found):
        raise Http404
    return found


def _found_centre(request, pk) -> Centre:
    found = queries.centre(pk)
    if found is None or not policy.can(request.user, Permission.CENTRE_WORK, found):
        raise Http404
    return found


def _places(user, permission: Permission) -> list:
    return [posting.place for posting in policy.current_postings(user, on=_today()) if permission in posting.held.permissions]


def _row(listing: Listing) -> dict:
    return {"one": listing, "standing": rules.standing(queries.known(listing), _today())}


def _listing(request, listing: Listing, *, opened=None, **filled):
    today = _today()
    context = _row(listing) | {
        "heading": listing.name, "visits": queries.verifications(listing), "opened": opened,
        "complaints": [(one, (opened or {}).get(one.pk, "")) for one in queries.complaints(listing)],
        "is_expired": rules.is_expired(queries.known(listing), today), "visit": forms.VisitForm(initial={"on": today}),
        "renew": forms.RenewForm(initial=forms.known_licence(listing)), "complain": forms.ComplaintForm(), "crumbs": _crumbs(listing.name),
    }  # fmt: skip
    return render(request, "network/listing.html", context | filled, status=422 if filled else 200)


def _centre(request, centre: Centre, **filled):
    today = _today()
    since = today - timedelta(days=ASKED_SINCE_DAYS)
    topics = dict(terms.EnquiryTopic.choices)
    advice = dict(terms.Advice.choices)
    asked = list(queries.enquiries(centre)[:A_PAGE])
    kept = {"phone": centre.phone, "days": centre.days, "opens": centre.opens, "closes": centre.closes}
    context = {
        "heading": centre.name, "centre": centre, "is_open": rules.is_open_on(centre.days, today), "staff": queries.staff(centre),
        "days": [terms.Weekday(day).label for day in rules.ORDER if day in centre.days],
        "enquiries": [(one, [advice[key] for key in one.advice]) for one in asked],
        "topics": [(topics[key], n) for key, n in queries.asked_about(centre, since=since).items()],
        "hours": forms.HoursForm(initial=kept), "join": forms.StaffForm(), "enquiry": forms.EnquiryForm(initial={"on": today}),
        "may_register": policy.holds(request.user, Permission.ENTRY_RECORD),
        "crumbs": [{"label": _("Safe migration centres"), "url": reverse("network:centres")}, {"label": centre.name}],
    }  # fmt: skip
    return render(request, "network/centre.html", context | filled, status=422 if filled else 200)


def _crumbs(label: str = "") -> list[dict]:
    if not label:
        return [{"label": _("Employers and agencies")}]
    return [{"label": _("Employers and agencies"), "url": reverse("network:directory")}, {"label": label}]
