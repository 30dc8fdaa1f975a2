"""A family's plan: what it may have and does not, what is under way, what came; and what is asked so that more can be decided."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.web import requires
from aanchal.benefits import actions, groups, livelihoods, plan, queries, reading, services
from aanchal.benefits.forms import ApplyForm, AskForm, JoinForm, LivelihoodForm, TrainingForm
from aanchal.benefits.questions import questions
from aanchal.benefits.rules import Refused
from aanchal.people.models import Household, Person
from aanchal.risk import actions as risk_actions
from aanchal.risk import queries as risk
from aanchal.risk.card import who
from aanchal.risk.definition import Definition
from aanchal.risk.reading import row
from aanchal.risk.terms import Subject
from aanchal.risk.views.asked import household_of, today

READ = (Permission.ENTITLEMENT_READ, Permission.HOUSEHOLD_READ)
RECORD = (*READ, Permission.ENTITLEMENT_RECORD)
REFUSED = 422


@require_safe
@requires(Permission.ENTITLEMENT_READ)
def family_plan(request, pk):
    return page(request, household_of(request, pk, *READ))


@requires(Permission.RISK_REASONS)
def private(request, pk):
    """The plan with what rests on private answers. Opened by hand and noted."""
    household = household_of(request, pk, *READ, Permission.RISK_REASONS)
    current = risk.current(household)
    if request.method != "POST" or current is None:
        return redirect("plan", pk=pk)
    risk_actions.open_private(assessment=current, by=request.user)
    return page(request, household, opened=True)


@require_safe
@requires(Permission.ENTITLEMENT_READ)
def scheme(request, pk, code):
    """One scheme of the plan: why the family may have it, the papers, and the application."""
    household = household_of(request, pk, *READ)
    return _scheme(request, household, code, _member(household, request.GET.get("person")))


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def apply(request, pk):
    household = household_of(request, pk, *RECORD)

    def change(told: dict):
        return actions.apply(household=household, person=_member(household, told.pop("person")), **told)

    said = _("Noted. The days allowed are counted from now on.")
    return _told(request, household, ApplyForm(request.POST), change, said, again=_of_scheme, leads=lambda one: ("entitlement", one.pk))


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def had_before(request, pk):
    household = household_of(request, pk, *RECORD)

    def change(told: dict):
        del told["reference"]
        return actions.had_before(household=household, person=_member(household, told.pop("person")), **told)

    form = ApplyForm({**request.POST.dict(), "on": today()})
    return _told(request, household, form, change, _("Noted in the service ledger."), again=_of_scheme)


@requires(Permission.ENTITLEMENT_RECORD)
def ask(request, pk):
    """What is wanting, of the family or of the member that the address or the form names."""
    household = household_of(request, pk, *RECORD, Permission.RISK_REASONS)
    person = _member(household, request.POST.get("person") or request.GET.get("person"))
    if request.method != "POST":
        return _asking(request, household, person)
    asked = [one for one in questions().values() if one.is_asked and (one.of == "person") == (person is not None)]
    form = AskForm(asked, request.POST)
    if form.is_valid() and form.answers():
        actions.tell(household=household, person=person, answers=form.answers(), on=today(), at=timezone.now(), by=request.user)
        messages.success(request, _("Noted. The plan was made again with these answers."))
        return redirect("plan", pk=pk)
    return _asking(request, household, person, status=REFUSED)


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def train(request, pk):
    household = household_of(request, pk, *RECORD)

    def change(told: dict):
        return livelihoods.enrol(household=household, person=_member(household, told.pop("person")), **told)

    return _told(request, household, TrainingForm(_members(household), request.POST), change, _("Enrolled."))


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def live_by(request, pk):
    household = household_of(request, pk, *RECORD)

    def change(told: dict):
        return livelihoods.plan_livelihood(household=household, **told)

    return _told(request, household, LivelihoodForm(request.POST), change, _("The livelihood plan is kept."))


@require_POST
@requires(Permission.ENTITLEMENT_RECORD)
def join(request, pk):
    """Someone of the family joins a self-help group of its village."""
    household = household_of(request, pk, *RECORD)
    form = _join_form(household, request.POST)

    def change(told: dict):
        person, group = _member(household, told.pop("person")), form.groups[told.pop("group")]
        return groups.join(household=household, person=person, cbo=group, **told)

    return _told(request, household, form, change, _("Noted. The family was assessed again."))


def _told(request, household: Household, form, change, said: str, *, again=None, leads=None):
    """One form, one action. What is refused is said beside the form, on the page it stands on."""
    if form.is_valid():
        try:
            made = change(dict(form.cleaned_data) | {"at": timezone.now(), "by": request.user})
            messages.success(request, said)
            return redirect(*leads(made)) if leads else redirect("plan", pk=household.pk)
        except Refused as refused:
            form.refuse(refused)
    return again(request, household, form) if again else page(request, household, faults=form)


def page(request, household: Household, *, opened: bool = False, faults=None) -> HttpResponse:
    user, current = request.user, risk.current(household)
    may = {"record": policy.can(user, Permission.ENTITLEMENT_RECORD, household), "know_why": reading.lists(user, household)}
    context = {
        "heading": _("Plan of the family %(code)s") % {"code": household.shown_code},
        "household": household,
        "current": current,
        "row": row(user, current) if current else None,
        "may": may,
        "is_private_shown": opened,
        "faults": faults,
        "today": today(),
        **_proposed(household, opened=opened, may=may),
        "underway": [reading.row(one, today()) for one in _applications(household, opened=opened)],
        "ledger": services.ledger(user, household, opened=opened),
        "loans": services.loans(user, household),
        "trainings": services.trainings(household, today()),
        "livelihoods": services.livelihoods(household),
        "training_form": TrainingForm(_members(household), initial={"on": today()}) if may["record"] else None,
        "join_form": _join_form(household, None) if may["record"] else None,
        "livelihood_form": LivelihoodForm(initial={"on": today()}) if may["record"] else None,
        "crumbs": _crumbs(user, household),
    }
    return render(request, "benefits/plan.html", context, status=REFUSED if faults else 200)


def _proposed(household: Household, *, opened: bool, may: dict) -> dict:
    """For who may know the answers; a leader of the village sees what was applied for and what came."""
    if not may["know_why"]:
        return {"proposed": None}
    index, found = _looked(household)
    shown = [one for one in found if opened or not one.scheme.is_private]
    said = {
        verdict: [reading.proposal(one, index, today(), private=opened) for one in shown if one.verdict == verdict and not _is_open(one)]
        for verdict in ("PROPOSED", "ASK")
    }
    return {
        "proposed": reading.in_order(said["PROPOSED"]),
        "schemes_to_ask": len({one.scheme.code for one in said["ASK"]}),
        "has_private": not opened and any(one.scheme.is_private and one.verdict == "PROPOSED" for one in found),
    }


def _looked(household: Household) -> tuple[Definition, list[plan.Proposal]]:
    index = risk.definition_in_force(Subject.HOUSEHOLD, today(), household)
    return index, plan.proposals(queries.family(household, today()), queries.schemes_in_force(today(), household), index)


def _of_scheme(request, household: Household, form) -> HttpResponse:
    """The page on which the form stands; where it names no scheme of the plan, the plan itself."""
    try:
        code = form.data.get("code", "")
        return _scheme(request, household, code, _member(household, form.data.get("person")), faults=form)
    except Http404:
        return page(request, household, faults=form)


def _scheme(request, household: Household, code: str, person: Person | None, faults=None) -> HttpResponse:
    """What rests on private answers has no page of its own: it is opened by hand, each time."""
    if not reading.lists(request.user, household):
        raise Http404
    index, found = _looked(household)
    one = next((one for one in found if one.scheme.code == code and one.person == person and not one.scheme.is_private), None)
    if one is None:
        raise Http404
    told = reading.proposal(one, index, today(), private=False)
    context = {
        "heading": told.scheme.title, "household": household, "one": told, "faults": faults, "today": today(),
        "standing": one.entitlement if _is_open(one) else None, "is_wanting": one.verdict == "ASK",
        "may": {"record": policy.can(request.user, Permission.ENTITLEMENT_RECORD, household)},
        "crumbs": [*_crumbs(request.user, household, is_last=False), {"label": told.scheme.title}],
    }  # fmt: skip
    return render(request, "benefits/plan_scheme.html", context, status=REFUSED if faults else 200)


def _asking(request, household: Household, person: Person | None, status: int = 200) -> HttpResponse:
    """One form at a time: of the family, or of one of its members."""
    index, found = _looked(household)
    shown = [one for one in found if not one.scheme.is_private]
    asked = plan.asked_of(shown, private=False)
    waiting = [reading.proposal(one, index, today(), private=False) for one in shown if one.verdict == "ASK" and not _is_open(one)]
    context = {
        "heading": pgettext("entitlement", "To be asked"), "household": household, "person": person, "to_ask": waiting,
        "form": AskForm(asked.get(person, [])), "who": _whose(person),
        "others": [{"person": one, "who": _whose(one), "count": len(listed)} for one, listed in asked.items() if one != person],
        "crumbs": [*_crumbs(request.user, household, is_last=False), {"label": pgettext("entitlement", "To be asked")}],
    }  # fmt: skip
    return render(request, "benefits/plan_ask.html", context, status=status)


def _whose(person: Person | None) -> str:
    return who(person, today()) if person else _("The family")


def _is_open(one: plan.Proposal) -> bool:
    """Somebody acts on it already; what was refused may be applied for again."""
    return one.entitlement is not None and one.entitlement.state in queries.WAITING


def _applications(household: Household, *, opened: bool) -> list:
    found = household.entitlements.select_related("scheme", "person", "household", "place").exclude(state__in=["DELIVERED", "LAPSED"])
    return list((found if opened else found.filter(is_private=False)).order_by("applied_on", "pk"))


def _member(household: Household, pk) -> Person | None:
    """A member of this family; somebody else is like nobody."""
    if not pk:
        return None
    try:
        return household.memberships.select_related("person").get(person=pk, until=None).person
    except (household.memberships.model.DoesNotExist, ValidationError):
        raise Http404 from None


def _members(household: Household) -> list[tuple[str, str]]:
    listed = household.memberships.filter(until=None).select_related("person").order_by("since", "pk")
    return [(str(one.person_id), who(one.person, today())) for one in listed]


def _join_form(household: Household, data) -> JoinForm:
    return JoinForm(_members(household), list(groups.of_village(household.place)), data, initial={"on": today()})


def _crumbs(user, household: Household, *, is_last: bool = True) -> list[dict]:
    board = f"{reverse('entitlements')}?place={household.place_id}"
    crumbs = [{"label": _("Entitlements"), "url": board}]
    if policy.can(user, Permission.RISK_READ, household):
        crumbs.append({"label": household.shown_code, "url": reverse("family", args=[household.pk])})
    return [*crumbs, {"label": _("Plan")} | ({} if is_last else {"url": reverse("plan", args=[household.pk])})]
