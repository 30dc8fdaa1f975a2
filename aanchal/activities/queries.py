"""Reads of task forces, meetings, trainings and campaign events."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from hashlib import sha256
from operator import add, or_
from uuid import UUID

from django.db import connection
from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.queries import posted_at
from aanchal.access.roles import ROLES
from aanchal.activities import rules
from aanchal.activities.counts import PERSON, each_once
from aanchal.activities.models import (
    ActionPoint,
    Attendance,
    Attendee,
    CalendarFeed,
    CampaignEvent,
    Certificate,
    Course,
    Enrolment,
    FollowUp,
    Invitation,
    MasterTrainer,
    Material,
    Meeting,
    Member,
    Module,
    Participant,
    PlannedMessage,
    Question,
    Recall,
    Session,
    Target,
    TaskForce,
    Training,
)
from aanchal.activities.terms import GROUPS, OFFICERS, Helpline, MeetingKind, PointState, Rank, Sex, State, Topic
from aanchal.places.models import Place
from aanchal.places.queries import NOWHERE, villages_in, within


@dataclass(frozen=True)
class Progress:
    """How far a target is: each person once, however many certificates she holds."""

    target: Target
    title: str
    people: int
    women: int
    by_audience: tuple[tuple[str, int], ...]

    @property
    def percent(self) -> int:
        return min(self.people * 100 // self.target.people, 100) if self.target.people else 0


def seen(user, rows: QuerySet) -> QuerySet:
    return policy.visible(user, Permission.ACTIVITY_READ, rows)


def task_forces(user) -> QuerySet[TaskForce]:
    return seen(user, TaskForce.objects.all()).select_related("place").order_by("place_no", "constituted_on", "pk")


def members(force: TaskForce, on: date) -> QuerySet[Member]:
    return force.members.filter(Q(until=None) | Q(until__gte=on)).order_by("-is_chair", "since", "pk")


def has_srlm(force: TaskForce, on: date) -> bool:
    tenures = [rules.Tenure(*told) for told in force.members.values_list("body", "since", "until")]
    return rules.is_represented("SRLM", tenures, on)


def meetings(user) -> QuerySet[Meeting]:
    return seen(user, Meeting.objects.all()).select_related("place", "task_force")


def trainings(user) -> QuerySet[Training]:
    return seen(user, Training.objects.all()).select_related("place", "module").order_by("-starts_on", "-pk")


def sessions(training: Training) -> QuerySet[Session]:
    return training.sessions.select_related("trainer__participant").order_by("on", "starts_at", "pk")


def sessions_given(participant: UUID, on: date) -> QuerySet[Session]:
    """By this person on a day, in whichever training."""
    return Session.objects.filter(trainer__participant=participant, on=on).exclude(training__state=State.CANCELLED)


def summed_up(training: Training) -> dict[str, float | int | None]:
    """Who stayed, who left early, who never came; the mean of both tests, of those who wrote both."""
    both = Q(before_percent__isnull=False, after_percent__isnull=False)
    return training.attendees.aggregate(
        stayed=Count("pk", filter=Q(days_present__gte=training.days)),
        left=Count("pk", filter=Q(days_present__gt=0, days_present__lt=training.days)),
        never=Count("pk", filter=Q(days_present=0)),
        before=Avg("before_percent", filter=both), after=Avg("after_percent", filter=both),
    )  # fmt: skip


def points(user) -> QuerySet[ActionPoint]:
    """Those that are open, the most urgent first."""
    found = seen(user, ActionPoint.objects.filter(state=PointState.OPEN))
    return found.select_related("meeting", "meeting__place", "owner").order_by("due_on", "pk")


def waiting_points() -> QuerySet[ActionPoint]:
    return ActionPoint.objects.filter(state=PointState.OPEN, owner__isnull=False).order_by("due_on", "pk")


def _of_states(user, permission: Permission) -> Q:
    """Rows that are of a State where the user may do this."""
    here = (Q(state_no__gte=i.first, state_no__lte=i.last) for i in policy.scope(user, permission))
    return reduce(or_, here, Q(pk__in=[]))


def coordination(user) -> QuerySet[Meeting]:
    """Meetings of nodal officers that a State of the user is called to, the newest first."""
    called = Invitation.objects.filter(_of_states(user, Permission.COORDINATION_READ), meeting=OuterRef("pk"))
    return Meeting.objects.filter(Exists(called), kind=MeetingKind.NODAL).select_related("place").order_by("-on", "-pk")


def invitations(user, meeting: Meeting) -> QuerySet[Invitation]:
    seen = meeting.invitations.filter(_of_states(user, Permission.COORDINATION_READ))
    return seen.select_related("of_state").order_by("of_state__name", "pk")


def seats(user, meeting: Meeting) -> QuerySet[Attendance]:
    """Who was there of the user's States; of every office for who called the meeting. Those who were not there first."""
    seen = meeting.attendance.all()
    if not policy.can(user, Permission.COORDINATION_CONVENE, meeting):
        seen = seen.filter(_of_states(user, Permission.COORDINATION_READ))
    return seen.select_related("of_state").order_by("was_there", "office")


def points_of_states(user) -> QuerySet[ActionPoint]:
    """What meetings of nodal officers decided for the user's States, the most urgent first."""
    seen = ActionPoint.objects.filter(_of_states(user, Permission.COORDINATION_READ)).annotate(is_answered=_answered())
    return seen.select_related("meeting", "of_state", "closed_in").order_by("due_on", "of_state__name", "pk")


def _answered() -> Exists:
    """The State has answered, and no meeting asked again since."""
    asked = FollowUp.objects.filter(point=OuterRef("point"), due_on__isnull=False, at__gte=OuterRef("at"))
    return Exists(FollowUp.objects.filter(~Exists(asked), point=OuterRef("pk"), due_on=None))


def later_meetings(point: ActionPoint) -> QuerySet[Meeting]:
    """Where it may be closed or carried on."""
    held = Meeting.objects.filter(kind=MeetingKind.NODAL, state=State.HELD, place_no=point.place_no, on__gt=point.meeting.on)
    return held.order_by("-on", "-pk")


def states_to_remind(on: date) -> list[Place]:
    """States whose day to be reminded of an open point it is: they have not answered it."""
    waiting = ActionPoint.objects.filter(~_answered(), state=PointState.OPEN, state_no__isnull=False).select_related("of_state")
    return list({one.of_state for one in waiting if one.of_state and rules.is_day_to_remind(one.due_on, on)})


def coordination_to_come(on: date) -> QuerySet[Meeting]:
    """Coordination meetings that are called and not over, with the States that are called to them."""
    found = Meeting.objects.filter(kind=MeetingKind.NODAL, state=State.PLANNED, on__gte=on)
    return found.prefetch_related("invitations__of_state").order_by("on", "pk")


def nodal_officers(states: Iterable[Place], on: date) -> tuple[UUID, ...]:
    """Users who answer for these States."""
    roles = [role.key for role in ROLES.values() if Permission.COORDINATION_ANSWER in role.permissions]
    return tuple(sorted({user for state in states for user in posted_at(roles, state.place_no, on=on)}))


def modules(on: date, place: Place | None = None) -> list[Module]:
    """The newest version of each as of a day; a state's own before the shipped one."""
    here = Q(place=None) | Q(place=place.state_id or place.pk) if place else Q(place=None)
    found: dict[str, Module] = {}
    for one in Module.objects.filter(here, effective_from__lte=on).order_by(F("place_no").asc(nulls_first=True), "version"):
        found[one.key] = one
    return sorted(found.values(), key=lambda one: one.key)


def attendees(training: Training) -> QuerySet[Attendee]:
    return training.attendees.select_related("participant", "certificate").prefetch_related("presences").order_by("participant__name", "pk")


def is_master(participant: Participant, module_key: str) -> bool:
    return MasterTrainer.objects.filter(participant=participant, module_key=module_key).exists()


def passed_as_trainer(participant: Participant, module_key: str) -> bool:
    """Holds a certificate of a training of trainers of this module that was not revoked."""
    held = Certificate.objects.filter(attendee__participant=participant, revoked_on=None)
    return held.filter(attendee__training__is_of_trainers=True, attendee__training__module__key=module_key).exists()


def trainers_of(participant: Participant) -> QuerySet[Participant]:
    """Who trained this person."""
    return Participant.objects.filter(given__training__attendees__participant=participant).distinct().order_by("name", "pk")


def same_person(participant: Participant) -> QuerySet[Participant]:
    """The other records of this person that the reader sees."""
    stays = participant.same_as_id or participant.pk
    return Participant.objects.filter(Q(pk=stays) | Q(same_as=stays)).exclude(pk=participant.pk).select_related("place").order_by("pk")


def trained_by(participant: Participant) -> int:
    """How many people this person has trained, each once."""
    held = Attendee.objects.filter(training__trainers__participant=participant, training__state=State.HELD, days_present__gt=0)
    return held.values(person=PERSON).distinct().count()


def progress(user, on: date) -> list[Progress]:
    targets = seen(user, Target.objects.filter(by_on__gte=on)).select_related("place").order_by("by_on", "pk")
    return [told_of(one, on) for one in targets]


def told_of(target: Target, on: date) -> Progress:
    counted = counted_people(target)
    audiences = counted.values("audience").annotate(n=Count("pk")).order_by("audience")
    titles = {module.key: module.title for module in modules(on, target.place)}
    return Progress(
        target=target, title=titles.get(target.module_key, target.module_key), people=counted.count(),
        women=counted.filter(sex="FEMALE").count(),
        by_audience=tuple((Participant(audience=row["audience"]).get_audience_display(), row["n"]) for row in audiences),
    )  # fmt: skip


def counted_people(target: Target) -> QuerySet[Participant]:
    """Whom the target counts, each once."""
    found = certified_people(target.place, target.module_key)
    return found.filter(audience__in=OFFICERS) if target.of_officers else found


def parts_of(target: Target) -> list[tuple[str, list[tuple[str, int]]]]:
    """The same people by rank, by sex and by the state (of a state's target: the district) that they work in."""
    counted, below = counted_people(target), "state" if target.place.level == "NATION" else "district"
    ranks = dict(counted.values_list("rank").annotate(n=Count("pk")).order_by())
    sexes = dict(counted.values_list("sex").annotate(n=Count("pk")).order_by())
    where = counted.values_list("place", f"place__{below}").annotate(n=Count("pk")).order_by()
    tally: Counter[int] = Counter()
    for own, above, n in where:
        tally[above or own] += n
    names = {place.pk: place.local_name for place in Place.objects.filter(pk__in=tally)}
    return [
        ("rank", [(str(label), ranks.get(key, 0)) for key, label in [*Rank.choices, ("", _("No rank written"))]]),
        ("sex", [(str(label), sexes.get(key, 0)) for key, label in Sex.choices]),
        (below, sorted((names[pk], n) for pk, n in tally.items())),
    ]


def certified_people(place: Place, module_key: str) -> QuerySet[Participant]:
    """Each once: those with a certificate of the module from a training in the place."""
    held = Certificate.objects.filter(within(place), revoked_on=None, attendee__training__module__key=module_key)
    return each_once(Participant.objects.filter(pk__in=held.values("attendee__participant_id")))


def events(user) -> QuerySet[CampaignEvent]:
    return seen(user, CampaignEvent.objects.all()).select_related("place").order_by("-on", "-pk")


def reached_before(place: Place, on: date) -> dict[str, int]:
    """By group: whom the campaign of the state had reached until a day, each once."""
    state = place.state or place
    before = CampaignEvent.objects.filter(within(state), on__lte=on)
    told = before.aggregate(**{group: Sum(F(group) - F(f"again_{group}"), default=0) for group in GROUPS})
    return {group: int(told[group]) for group in GROUPS}


def materials(user) -> QuerySet[Material]:
    return seen(user, Material.objects.defer("file")).select_related("place").order_by("title", "language", "-version", "pk")


def materials_for(place: Place) -> QuerySet[Material]:
    """Of the state of a place, and what was made nearer to it."""
    above = Q(place__in=[one for one in (place.state_id, place.district_id, place.block_id, place.pk) if one])
    return Material.objects.defer("file").filter(above).order_by("title", "language", "-version", "pk")


def planned_in(block: Place) -> QuerySet[Place]:
    """The villages of a block with how many messages each is to hear."""
    mine = PlannedMessage.objects.filter(place=OuterRef("pk")).order_by().values("place").annotate(n=Count("pk")).values("n")
    held = CampaignEvent.objects.filter(place=OuterRef("pk")).order_by().values("place").annotate(n=Count("pk")).values("n")
    return villages_in(block).annotate(planned=Coalesce(Subquery(mine), 0), held=Coalesce(Subquery(held), 0))


def planned(user) -> QuerySet[PlannedMessage]:
    return seen(user, PlannedMessage.objects.all()).select_related("place").order_by("place_no", "month", "pk")


def planned_at(village: Place) -> QuerySet[PlannedMessage]:
    """With whether an event of the same kind was held in the village in the month."""
    done = CampaignEvent.objects.filter(
        place=OuterRef("place"), method=OuterRef("method"), on__year=OuterRef("month__year"), on__month=OuterRef("month__month")
    )  # fmt: skip
    found = PlannedMessage.objects.filter(place=village).select_related("material").defer("material__file")
    return found.annotate(is_done=Exists(done)).order_by("month", "method", "pk")


def helplines_made_known(user) -> list[tuple[str, int, int]]:
    """Of each helpline: in how many events, before how many people who came."""
    came = reduce(add, (F(group) for group in GROUPS))
    shown = seen(user, CampaignEvent.objects.all())
    return [
        (str(one.label), told["n"], told["people"])
        for one in Helpline
        if (told := shown.filter(helplines__contains=[one.value]).aggregate(n=Count("pk"), people=Sum(came, default=0)))["n"]
    ]


def asked_about(user) -> list[tuple[str, int]]:
    """What people asked, by topic, most often first."""
    rows = seen(user, Question.objects.all()).values_list("topic").annotate(n=Sum("times")).order_by("-n", "topic")
    return [(str(Topic(topic).label), n) for topic, n in rows]


def remembered(user) -> tuple[int, int]:
    """Of all recall checks: people asked, people who remembered."""
    told = seen(user, Recall.objects.all()).aggregate(asked=Sum("asked", default=0), remembered=Sum("remembered", default=0))
    return told["asked"], told["remembered"]


def courses(user) -> QuerySet[Course]:
    """Those for people of a place that this person reads: the course lies around it or inside."""
    parts = policy.scope(user, Permission.ACTIVITY_READ)
    reached = reduce(or_, (Q(place_no__lte=part.last, last_no__gte=part.first) for part in parts), NOWHERE)
    return Course.objects.filter(reached).select_related("place").order_by("-starts_on", "-pk")


def seats_left(course: Course) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT activities_seats_taken(%s)", [course.pk])
        return max(course.seats - int(cursor.fetchone()[0]), 0)


def enrolments(user, course: Course) -> QuerySet[Enrolment]:
    found = seen(user, Enrolment.objects.filter(course=course))
    return found.select_related("participant", "participant__place").order_by("participant__name", "pk")


def of_the_records(user, place: Place, words: str) -> QuerySet[Participant]:
    """People of the training records in a place, by a part of the name or the office's number."""
    found = seen(user, Participant.objects.filter(within(place)))
    wanted = Q(name__icontains=words.strip()) | Q(office_no__iexact=words.strip())
    return (found.filter(wanted) if words.strip() else found).select_related("place").order_by("name", "pk")


def one_of_the_records(user, place: Place, name: str, post: str, office_no: str) -> Participant:
    """The one of this name and post. Raises Refused for none and for several."""
    found = of_the_records(user, place, "").filter(name__iexact=name, post__iexact=post)
    rows = list((found.filter(office_no__iexact=office_no) if office_no else found)[:2])
    if len(rows) != 1:
        raise rules.Refused([("office_no", "two_of_the_name") if rows else ("name", "not_in_records")])
    return rows[0]


@dataclass(frozen=True)
class InCourses:
    """People of a State in courses that others give, each once by the best that came of it."""

    place: Place
    enrolled: int
    completed: int
    dropped: int
    women: int
    by_rank: tuple[tuple[str, int], ...]

    @property
    def people(self) -> int:
        return self.enrolled + self.completed + self.dropped


def in_courses(first: date, last: date) -> list[InCourses]:
    """Of each State the reader follows, those first that have most people. Nobody is named."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state_place_id, rank, sex, state, people FROM activities_courses_told(%s, %s)", [first, last])
        rows = cursor.fetchall()
    places = Place.objects.in_bulk({row[0] for row in rows})
    told = [_in_courses(places[pk], [row[1:] for row in rows if row[0] == pk]) for pk in places]
    return sorted(told, key=lambda one: (-one.people, one.place.name))


def _in_courses(place: Place, rows: list[tuple]) -> InCourses:
    states: Counter[str] = Counter()
    ranks: Counter[str] = Counter()
    for rank, _sex, state, n in rows:
        states[state] += n
        ranks[rank] += n
    named = tuple((str(label), ranks[key]) for key, label in [*Rank.choices, ("", _("No rank written"))] if ranks[key])
    women = sum(n for _rank, sex, _state, n in rows if sex == Sex.FEMALE)
    return InCourses(place, states["ENROLLED"], states["COMPLETED"], states["DROPPED"], women, named)


def certificate_told(number: str) -> dict | None:
    """What anyone may know of a number: module, day, initials, whether it stands. Through the database's own gate."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, titles, issued_on, revoked_on, initials FROM activities_certificate_told(%s)", [number])
        row = cursor.fetchone()
    if row is None:
        return None
    number, titles, issued_on, revoked_on, initials = row
    titles = json.loads(titles) if isinstance(titles, str) else titles
    return {"number": number, "titles": titles, "issued_on": issued_on, "revoked_on": revoked_on, "initials": initials}


def feed(token: str) -> CalendarFeed | None:
    found = CalendarFeed.objects.filter(token_hash=sha256(token.encode()).digest(), revoked_at=None, user__is_active=True)
    return found.select_related("user").first()


def feed_of(user) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user, revoked_at=None).first()


def owners(points_due: Iterable[ActionPoint], on: date) -> tuple[UUID, ...]:
    """Who is to be reminded today."""
    return tuple(sorted({one.owner_id for one in points_due if one.owner_id and rules.is_day_to_remind(one.due_on, on)}))
