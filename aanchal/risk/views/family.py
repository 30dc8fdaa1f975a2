"""One family's card: what is known, why, what would help, who has read it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access import policy
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.access.terms import READINGS, VERBS
from aanchal.access.web import requires
from aanchal.core.models import Trail
from aanchal.people import actions as people
from aanchal.people.merging import merged_into
from aanchal.people.models import Consent, Household, Membership, Merger
from aanchal.people.queries import members_of, without_consent
from aanchal.people.terms import ConsentGiver
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from aanchal.risk import actions, card, queries
from aanchal.risk.reading import row
from aanchal.risk.steadiness import survival
from aanchal.risk.views.asked import household_of, today

READ = (Permission.RISK_READ, Permission.HOUSEHOLD_READ)
READINGS_SHOWN = 20
LINES_SHOWN = 50


@require_safe
@requires(Permission.RISK_READ)
def family(request, pk):
    return _card(request, household_of(request, pk, *READ))


@requires(Permission.IDENTITY_READ)
def names(request, pk):
    """The card with the names of the family; each reading is on the trail."""
    household = household_of(request, pk, *READ, Permission.IDENTITY_READ)
    if request.method != "POST":
        return redirect("family", pk=pk)
    persons = [membership.person for membership in members_of(household)]
    return _card(request, household, names=people.open_names(people=persons, reason="FAMILY_CARD", by=request.user))


@requires(Permission.RISK_REASONS)
def private(request, pk):
    """The card with what was told in private. Opened by hand and noted: the card may be read in the family's own house."""
    household = household_of(request, pk, *READ, Permission.RISK_REASONS)
    current = queries.current(household)
    if request.method != "POST" or current is None:
        return redirect("family", pk=pk)
    actions.open_private(assessment=current, by=request.user)
    return _card(request, household, opened=True)


@requires(Permission.HOUSEHOLD_RECORD)
def withdraw(request, pk, consent):
    """Asked once more before it is done: consent is given again only by a new visit."""
    household = household_of(request, pk, *READ, Permission.HOUSEHOLD_RECORD)
    found = Consent.objects.filter(household__in=household.records, pk=consent, withdrawn_on=None).first()
    if found is None or found.giver == ConsentGiver.LEGAL_DUTY:
        raise Http404
    if request.method == "POST":
        now = timezone.now()
        people.withdraw_consent(consent=found, on=policy.day_in_india(now), at=now, by=request.user)
        messages.success(request, _("That consent was withdrawn is noted."))
        return redirect("family", pk=pk)
    context = {"heading": _("Withdraw consent"), "household": household, "consent": _consent(found), "crumbs": _crumbs(household)}
    return render(request, "risk/withdraw.html", context)


def _card(request, household: Household, *, names=None, opened: bool = False) -> HttpResponse:
    user, current = request.user, queries.current(household)
    may = {key: policy.can(user, permission, household) for key, permission in _BUTTONS.items()}
    context = {
        "heading": household.shown_code,
        "household": household,
        "current": current,
        "row": row(user, current) if current else None,
        "survival": survival(queries.definition(current.definition_id), current.points, current.observed) if current else None,
        "why": card.why(user, current, opened=opened) if current else None,
        "to_do": card.what_to_do(current) if current else [],
        "members": card.members(household, today(), names),
        "are_names_shown": names is not None,
        "is_private_shown": opened,
        "lines": _lines(user, household),
        "history": card.history(user, household, opened=opened),
        "disputed": card.disputed(user, household, opened=opened),
        "consents": [_consent(one) for one in Consent.objects.filter(household__in=household.records).order_by("-given_on", "-pk")],
        "is_without_consent": bool(without_consent([household])),
        "also_told": [also_told(one) for one in merged_into(household)] if household.holds else [],
        "told_twice": _told_twice(household),
        "readings": _readings(household) if may["read_trail"] else None,
        "may": may,
        "crumbs": _crumbs(household),
    }
    return render(request, "risk/family.html", context)


_BUTTONS = {
    "open_names": Permission.IDENTITY_READ,
    "know_why": Permission.RISK_REASONS,
    "record": Permission.HOUSEHOLD_RECORD,
    "dispute": Permission.APPEAL_RECORD,
    "review": Permission.SUBMISSION_REVIEW,
    "read_trail": Permission.TRAIL_READ,
}


def also_told(merger: Merger) -> dict:
    """Another record of the family, as it was before it was merged into this one."""
    record = merger.household
    told = record.memberships.filter(until=None).select_related("person").order_by("since", "pk")
    return {
        "record": record,
        "merger": merger,
        "members": [(card.who(one.person, today()), one.get_relation_display()) for one in told],
        "visits": record.surveys.count(),
    }


def _told_twice(household: Household) -> list[dict]:
    """Members whom another record tells too; those joined with a whole family stand in its section."""
    found = [(one.person, merger) for one in members_of(household) if one.person.holds for merger in merged_into(one.person)]
    return [{"who": card.who(person, today()), "merger": merger} for person, merger in found if merger.part_of_id is None]


def _lines(user, household: Household) -> list[dict]:
    """The standing lines of the registers that tell of this family."""
    lines: QuerySet[Entry] = policy.visible(user, Permission.ENTRY_READ, Entry.objects.filter(household__in=household.records, stands=True))
    found = lines.select_related("person").order_by("-is_open", "-happened_on", "-pk")[:LINES_SHOWN]
    return [{"entry": one, "register": Register(one.register).label, "who": card.who(one.person, one.happened_on)} for one in found]


def _consent(row: Consent) -> dict:
    purposes = dict(Consent._meta.get_field("purposes").base_field.choices)
    return {"row": row, "purposes": [purposes.get(one, one) for one in row.purposes]}


def _readings(household: Household) -> list[dict]:
    """Who read the names, the closed words and the private reasons of this family: what its members may ask to see."""
    about: set[UUID] = {*household.records, *Membership.objects.filter(household__in=household.records).values_list("person_id", flat=True)}
    about |= set(Entry.objects.filter(household__in=household.records).values_list("pk", flat=True))
    lines = Trail.objects.filter(about_id__in=[str(pk) for pk in about], verb__in=READINGS).defer("mac")
    found = list(lines.order_by("-at", "-shard", "-seq")[:READINGS_SHOWN])
    readers = User.objects.in_bulk({line.actor for line in found if line.actor})
    return [{"at": line.at, "who": readers.get(line.actor), "did": VERBS.get(line.verb, line.verb)} for line in found]


def _crumbs(household: Household) -> list[dict]:
    listed = f"{reverse('families')}?place={household.place_id}"
    return [{"label": _("Families to visit first"), "url": listed}, {"label": household.shown_code}]
