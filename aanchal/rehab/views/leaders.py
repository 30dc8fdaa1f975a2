"""Her choice to lead, on her case; and the resource people of a place, where nothing tells who is a survivor."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.access.web import requires
from aanchal.cases import queries as cases
from aanchal.core import paper
from aanchal.core.paper.answers import answer
from aanchal.rehab import forms, leading, papers, queries, rules
from aanchal.rehab.models import Engagement, ResourcePerson
from aanchal.rehab.terms import LeaderField
from aanchal.rehab.views.asked import A_PAGE, case_or_404, changed, frame, today, tried


@require_safe
@requires(Permission.REHAB_READ)
def choice(request, pk):
    return _choice(request, case_or_404(request, pk, "WHOLE"))


@require_POST
@requires(Permission.REHAB_RECORD)
def choose(request, pk):
    case = case_or_404(request, pk, "LEAD", Permission.REHAB_RECORD)
    form = forms.ChoiceForm(_places(request.user), request.POST)

    def act(told):
        called = leading.Called(told["name"], told["phone"])
        more = {"fields": told["fields_of_work"], "place": told["place"], "chose_on": told["chose_on"]}
        leading.choose(case=case, called=called, at=timezone.now(), by=request.user, **more)

    return changed(request, form, act, _("Written down."), back=_back(pk), page=lambda: _choice(request, case, form=form))


@require_POST
@requires(Permission.REHAB_RECORD)
def withdraw(request, pk):
    case = case_or_404(request, pk, "LEAD", Permission.REHAB_RECORD)
    link = queries.leader_link(case)
    if link is None:
        raise Http404
    said = _("Withdrawn. Her name there can no longer be read.")
    return tried(request, lambda: leading.withdraw(link=link, at=timezone.now(), by=request.user), said, back=_back(pk))


@require_safe
@requires(Permission.RESOURCE_READ)
def people(request):
    page = Paginator(queries.resource_people(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Resource people"),
        "page": page,
        "rows": [_row(one) for one in page],
        "crumbs": [{"label": _("Resource people")}],
    }
    context["may_record"] = policy.holds(request.user, Permission.RESOURCE_RECORD)
    context["owed"] = [_row(one) for one in queries.owed(request.user)[:A_PAGE]] if context["may_record"] else []
    return render(request, "rehab/people.html", context)


@requires(Permission.RESOURCE_RECORD)
def enter(request):
    form = forms.PersonForm(_places(request.user), request.POST or None)

    def act(told):
        called = leading.Called(told["name"], told["phone"])
        more = {"fields": told["fields_of_work"], "place": told["place"]}
        leading.enter(called=called, since=today(), at=timezone.now(), by=request.user, **more)

    def page():
        crumbs = [{"label": _("Resource people"), "url": reverse("rehab:people")}, {"label": _("New")}]
        context = {"heading": _("Enter a resource person"), "form": form, "crumbs": crumbs}
        return render(request, "rehab/enter.html", context, status=422 if form.errors else 200)

    if request.method != "POST":
        return page()
    return changed(request, form, act, _("Entered."), back=reverse("rehab:people"), page=page)


@require_safe
@requires(Permission.RESOURCE_READ)
def person(request, pk):
    one = _found(request, pk, Permission.RESOURCE_READ)
    if request.GET.get("as") == "pdf" and paper.are_here():
        return answer(papers.done_drawn(_row(one), list(queries.engagements(one)), at=timezone.now()), f"done-{one.pk}")
    return _person(request, one)


@require_POST
@requires(Permission.RESOURCE_RECORD)
def open_name(request, pk):
    one = _found(request, pk)
    return _person(request, one, called=leading.open_names(people=[one], by=request.user)[one.pk])


@require_POST
@requires(Permission.RESOURCE_RECORD)
def engage(request, pk):
    one = _found(request, pk)
    form = forms.EngageForm(one, request.POST)

    def act(told):
        leading.engage(person=one, at=timezone.now(), by=request.user, **told)

    back = reverse("rehab:person", args=[pk])
    return changed(request, form, act, _("Written down."), back=back, page=lambda: _person(request, one, form=form))


@require_POST
@requires(Permission.RESOURCE_RECORD)
def pay(request, pk):
    one = Engagement.objects.filter(pk=pk).first()
    if one is None or not policy.can(request.user, Permission.RESOURCE_RECORD, one):
        raise Http404
    back = reverse("rehab:person", args=[one.person_id])
    return tried(request, lambda: leading.pay(engagement=one, on=today(), at=timezone.now(), by=request.user), _("Paid."), back=back)


@require_POST
@requires(Permission.RESOURCE_RECORD)
def leave(request, pk):
    one = _found(request, pk)
    said = _("No longer in the list. The name can no longer be read.")
    return tried(request, lambda: leading.leave(person=one, at=timezone.now(), by=request.user), said, back=reverse("rehab:people"))


def _found(request, pk, permission: Permission = Permission.RESOURCE_RECORD) -> ResourcePerson:
    found = queries.resource_person(pk)
    if found is None or not policy.can(request.user, permission, found):
        raise Http404
    return found


def _places(user) -> dict:
    held = policy.current_postings(user, on=today())
    return {str(one.place_id): one.place for one in held if Permission.RESOURCE_RECORD in ROLES[one.role].permissions}


def _row(one: ResourcePerson) -> dict:
    return {"one": one, "fields": [LeaderField(key).label for key in one.fields]}


def _back(pk) -> str:
    return reverse("rehab:leading", args=[pk])


def _choice(request, case, **filled):
    link = queries.leader_link(case)
    may_see = link is not None and policy.can(request.user, Permission.RESOURCE_READ, link.person)
    age = cases.age(case, today())
    context = frame(request, case, "leading", _("Leading others")) | {
        "link": link,
        "fields": [LeaderField(key).label for key in link.person.fields] if link else [],
        "engagements": list(queries.engagements(link.person)) if may_see else [],
        "is_adult": age is not None and age >= rules.ADULT,
        "form": forms.ChoiceForm(_places(request.user)),
        "may_enter": policy.holds(request.user, Permission.RESOURCE_RECORD),
    }
    return render(request, "rehab/leading.html", context | filled, status=422 if filled else 200)


def _person(request, one: ResourcePerson, **filled):
    context = _row(one) | {
        "heading": _("Resource person"),
        "page": Paginator(queries.engagements(one), A_PAGE).get_page(request.GET.get("page")),
        "form": forms.EngageForm(one, initial={"on": today()}),
        "called": None,
        "as_pdf": paper.are_here(),
        "may_pay": policy.can(request.user, Permission.RESOURCE_RECORD, one),
        "may_record": policy.can(request.user, Permission.RESOURCE_RECORD, one) and one.until is None,
        "crumbs": [{"label": _("Resource people"), "url": reverse("rehab:people")}, {"label": one.place.local_name}],
    }
    return render(request, "rehab/person.html", context | filled, status=422 if "form" in filled else 200)
