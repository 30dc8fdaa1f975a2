"""Reads of rehabilitation. The wall lets through what belongs to the cases of who acts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.cases import queries as cases
from aanchal.cases.models import Case, CaseConsent
from aanchal.places.terms import Level
from aanchal.rehab import catalogue, rules
from aanchal.rehab.models import (
    CboMaturity,
    Counsellor,
    Engagement,
    FollowUp,
    GateDecision,
    LeaderLink,
    Leaning,
    Learning,
    Rehabilitation,
    Repatriation,
    ResourcePerson,
    Return,
    Session,
    SessionNote,
)
from aanchal.rehab.terms import RepatriationState, ReturnState


def case(pk: UUID) -> Case | None:
    return Case.objects.filter(pk=pk).select_related("place").first()


def rehabilitation(case: Case) -> Rehabilitation | None:
    return Rehabilitation.objects.filter(case=case).first()


def decisions(case: Case) -> list[GateDecision]:
    return list(case.gate_decisions.select_related("by").order_by("at", "pk"))


def told(decided: Iterable[GateDecision]) -> list[rules.Decision]:
    return [rules.Decision(one.gate, one.is_open, one.by_id, one.at, one.why) for one in decided]


def standing(case: Case) -> Mapping[str, rules.Standing]:
    return rules.standing(told(decisions(case)))


def learnings(case: Case) -> list[Learning]:
    return list(case.learnings.select_related("agency", "employer").order_by("-enrolled_on", "-pk"))


def her(case: Case, on: date) -> catalogue.Her | None:
    leaning = Leaning.objects.filter(case=case).first()
    if leaning is None:
        return None
    return catalogue.Her(cases.age(case, on), tuple(leaning.interests), tuple(leaning.strengths), leaning.surroundings)


def counsellors(user) -> QuerySet[Counsellor]:
    found = policy.visible(user, Permission.COUNSEL_SUPERVISE, Counsellor.objects.filter(left_on=None))
    return with_names(found).order_by("recruited_on", "pk")


def with_names(found: QuerySet[Counsellor]) -> QuerySet[Counsellor]:
    """Of all that a page names; of her organisation as it was assessed, for who supervises counsellors may not read its funds."""
    named = CboMaturity.objects.filter(cbo=OuterRef("cbo")).order_by("-on", "-pk").values("name")[:1]
    return found.annotate(organisation=Subquery(named)).select_related("user", "supervisor", "agency", "place")


def counsellor_of(user) -> Counsellor | None:
    return Counsellor.objects.filter(user=user.pk, left_on=None).first()


def hours(counsellors: Iterable[Counsellor]) -> dict[UUID, dict[str, int]]:
    """Of each counsellor, hours by module."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = Counsellor.objects.filter(pk__in=[one.pk for one in counsellors], hours__isnull=False)
    for pk, module, total in rows.values_list("pk", "hours__module").annotate(total=Sum("hours__hours")).order_by():
        found[pk][module] = total
    return found


def level(counsellor: Counsellor) -> catalogue.Level:
    return catalogue.level(hours([counsellor]).get(counsellor.pk, {}))


def sessions(case: Case) -> QuerySet[Session]:
    return case.sessions.select_related("counsellor", "supervisor").order_by("-on", "-pk")


def last_session(cases: Iterable[UUID]) -> dict[UUID, date]:
    return dict(Session.objects.filter(case__in=list(cases)).values_list("case").annotate(on=Max("on")).order_by())


def session(pk: UUID) -> Session | None:
    return Session.objects.filter(pk=pk).select_related("counsellor", "supervisor").first()


def supervised(user) -> QuerySet[Session]:
    """Sessions whose notes the user may read as the supervisor, the newest first."""
    return Session.objects.filter(supervisor=user.pk).select_related("counsellor").order_by("-on", "-pk")


def notes(session: Session) -> QuerySet[SessionNote]:
    return session.notes.select_related("by").order_by("at", "pk")


def open_return(case: Case) -> Return | None:
    return case.returns.filter(state__in=[ReturnState.PLANNED, ReturnState.HOME]).select_related("community").first()


def returns(case: Case) -> list[Return]:
    return list(case.returns.select_related("community").order_by("-planned_at", "-pk"))


def follow_ups(back: Return) -> list[FollowUp]:
    return list(back.follow_ups.select_related("by").order_by("due_on", "pk"))


def due(on: date) -> QuerySet[FollowUp]:
    """Follow-ups to be made by a day, the longest waiting first; of the cases of who acts."""
    waiting = FollowUp.objects.filter(done_on=None, due_on__lte=on, back__state__in=[ReturnState.HOME, ReturnState.SETTLED])
    return waiting.select_related("case__place").order_by("due_on", "pk")


def mature(case: Case, on: date) -> list[CboMaturity]:
    """Organisations found mature and not too long ago, the newest word on each: of the district of the case, and of that she comes from."""
    came_from = case.legs.select_related("origin").order_by("number").first()
    districts = {case.place.district or case.place, came_from.origin if came_from else None}
    near = Q(pk=None)
    for one in districts:
        if one and one.level == Level.DISTRICT:
            near |= Q(place_no__range=(one.place_no, one.last_no))
    newest = CboMaturity.objects.filter(near, on__lte=on).order_by("cbo", "-on", "-pk").distinct("cbo")
    return sorted((one for one in newest if is_mature(one, on)), key=lambda one: one.name)


def is_mature(found: CboMaturity | None, on: date) -> bool:
    return found is not None and found.is_mature and 0 <= (on - found.on).days <= catalogue.maturity(on).holds_days


def home(back: Return, on: date) -> rules.Home:
    """What is known of a return on a day."""
    return rules.Home(
        to=back.to,
        wish=back.wish,
        is_heard_alone=back.is_heard_alone,
        is_child=cases.is_child(back.case, on),
        has_cwc_order=bool(back.cwc_order_no),
        family_implicated=back.family_implicated,
        family_safe=back.family_safe,
        family_willing=back.family_willing,
        is_threatened=back.is_threatened,
        days_since_assessed=(on - back.assessed_on).days if back.assessed_on else None,
        community_mature=is_mature(back.community, on),
    )


def repatriation(case: Case) -> Repatriation | None:
    return case.repatriations.exclude(state=RepatriationState.STOPPED).order_by("-opened_on", "-pk").first()


def resource_people(user) -> QuerySet[ResourcePerson]:
    found = policy.visible(user, Permission.RESOURCE_READ, ResourcePerson.objects.filter(until=None))
    return found.select_related("place").order_by("-since", "-pk")


def owed(user) -> QuerySet[ResourcePerson]:
    """Who is in the list no longer and has not been paid for something she did."""
    unpaid = Engagement.objects.filter(person=OuterRef("pk"), paid_on=None, honorarium_paise__gt=0)
    left = policy.visible(user, Permission.RESOURCE_READ, ResourcePerson.objects.filter(until__isnull=False))
    return left.filter(Exists(unpaid)).select_related("place").order_by("until", "pk")


def resource_person(pk: UUID) -> ResourcePerson | None:
    return ResourcePerson.objects.filter(pk=pk).select_related("place").first()


def engagements(person: ResourcePerson) -> QuerySet[Engagement]:
    return person.engagements.order_by("-on", "-pk")


def live_consents(case: Case, on: date) -> list[CaseConsent]:
    return [one for one, told in cases.consents_of(case) if told.lives(on)]


def leader_link(case: Case) -> LeaderLink | None:
    return case.leader_links.filter(withdrew_on=None).select_related("person").first()
