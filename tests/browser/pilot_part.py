"""A small part of the demo's pilot put into a site that serves: `python -m tests.browser.pilot_part PORT` prints what the tests ask for."""

import json
import os
import sys
from datetime import date, timedelta

VILLAGES = 2
STANDS_ALONE = {"FUTURE_DATE", "MISSING_REQUIRED", "UNKNOWN_VILLAGE", "WRONG_AGE", "OLD_VERSION"}
FAR = "Paheligarh"  # the other district
MORE_ACCOUNTS = (  # username, role, village: who works next door, who reviews too, who finds far away
    ("neighbour", "gender_crp", 1),
    ("second_officer", "block_officer", None),
    ("far_ahtu", "ahtu_officer", FAR),
)


def load(port: int) -> dict:
    from django.utils import timezone

    from aanchal.access import policy
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.config.demo import (
        insight,
        pilot,
        selection,
        show,
        state,
        submissions,
    )

    now = timezone.now()
    today = policy.day_in_india(now)
    with acting(SYSTEM):
        pilot.load_places(by=SYSTEM)
        accounts = [*pilot.open_accounts(at=now, by=SYSTEM), *_more_accounts(now)]
        tokens = pilot.enrol_phones(at=now, by=SYSTEM)
        selection.load(at=now, by=SYSTEM)
        known = {account.user.username: _known(account) for account in accounts}
    codes = [village.code for village in state.villages(state.DEMO_BLOCK.code)]
    post = _part(submissions.submissions(submissions.SEED, today), codes)
    show._post_all(pilot.by_phone(post, tokens), port)
    show.what_follows(accounts, tokens, port, at=now)
    analyst = next(account.user for account in accounts if account.user.username == "analyst")
    waiting = insight.drafted(starts_on=insight.second_quarter(timezone.now()), analyst=analyst, at=timezone.now())
    with acting(SYSTEM):
        _adopt_roadmaps(now)
        _compare(now)
        told = {"release": str(waiting.pk), "token": tokens[codes[0]], "village_code": codes[0]}
        return {"accounts": known, "ids": _ids(codes) | told}


def _more_accounts(now) -> list:
    from aanchal.access import actions as access
    from aanchal.access.acting import SYSTEM
    from aanchal.config.accounts import new_password
    from aanchal.config.demo import pilot

    made = []
    for username, role, village in MORE_ACCOUNTS:
        place = _place(village)
        password = new_password()
        user = access.create_user(username=username, name=f"Demo {username}", password=password, language="en", at=now, by=SYSTEM)
        access.post(user=user, role=role, place=place, since=pilot.OPENED_ON, by=SYSTEM)
        made.append(pilot.Account(user, role, place, password))
    return made


def _place(where: int | str | None):
    """The block of the demo, one of its villages by number, or a district by name."""
    from aanchal.config.demo import state
    from aanchal.places.models import Place

    if isinstance(where, str):
        return Place.objects.get(name=where, level="DISTRICT")
    near = state.DEMO_BLOCK if where is None else state.villages(state.DEMO_BLOCK.code)[where]
    return Place.objects.get(lgd_code=near.code)


def _known(account) -> dict:
    from allauth.mfa.totp.internal import auth as totp

    from aanchal.access.roles import ROLES

    secret = totp.generate_totp_secret() if ROLES[account.role].needs_second_factor else ""
    if secret:
        totp.TOTP.activate(account.user, secret)
    return {"password": account.password, "secret": secret}


def _part(post: list, codes: list[int]) -> list:
    """All that two villages sent, the village where two workers stood at one door, and the slips of the whole block."""
    twins = [one.village_code for one in post if one.expectation.kind == "FAMILY_TWICE"]
    whole = {*codes[:VILLAGES]}
    if not whole & {*twins}:
        whole.add(twins[0])
    return [one for one in post if one.village_code in whole or one.expectation.kind in STANDS_ALONE]


def _adopt_roadmaps(now) -> None:
    """In the first village, 40 days ago: some of its actions are late."""
    from aanchal.access.models import User
    from aanchal.places.models import Place
    from aanchal.villages import demanding
    from aanchal.villages.adopting import adopt_roadmap

    leader = User.objects.get(username="vo_leader")
    village = Place.objects.get(pk=leader.postings.first().place_id)
    on = now.date() - timedelta(days=40)
    adopt_roadmap(place=village, adopted_on=on, meeting="Monthly meeting", village_organisation="Ujala VO", at=now, by=leader)
    demand = demanding.record(place=village, year=on.year, kind="PENSION", families=6, given_on=on, at=now, by=leader)
    demanding.record(place=village, year=on.year, kind="WORK", families=14, given_on=on, at=now, by=leader)
    demanding.answer(demand=demand, taken=5, taken_on=on, reached=2, reached_on=on, at=now, by=leader)


CHANGES = (("TRK03", "BETTER", 6.4, 2.1, 9.8), ("PRV10", "WORSE", 4.2, 0.7, 8.0), ("PRV15", "ALIKE", 1.1, -2.9, 4.4),
           ("PRV09", "APART", 9.0, 5.5, 12.3), ("LIV01", "FEW", 3.0, None, None), ("TRK12", "FEW", None, None, None))  # fmt: skip


def _compare(now) -> None:
    """Every verdict once: the part of the pilot's figures that is here says nothing yet."""
    from aanchal.core.rows import insert
    from aanchal.insight.models import Comparison

    one = Comparison.objects.get(place__level="STATE")
    Comparison.objects.filter(pk=one.pk).delete()
    rest = {"version": 1, "sha256": "0" * 64, "sets": 4, "blocks": 16, "chance": 0.02, "before": 2.2}
    names = ("code", "verdict", "estimate", "low", "high")
    one.changes = [dict(zip(names, told, strict=True)) | rest for told in CHANGES]
    insert(one)


def _ids(codes: list[int]) -> dict:
    from aanchal.access.models import User
    from aanchal.activities.models import ActionPoint, CampaignEvent, Meeting, TaskForce, Training
    from aanchal.benefits.models import Entitlement, Fund, Loan, Voucher
    from aanchal.cases.models import Case, Referral
    from aanchal.doubles.models import Double, Homecoming
    from aanchal.inbox.models import Submission
    from aanchal.insight.models import Review, Story
    from aanchal.money.models import Budget, Certificate, Commitment
    from aanchal.network.models import Centre, Listing
    from aanchal.nodal.models import Return
    from aanchal.people.models import Conflict, Household
    from aanchal.pilots.models import Pilot
    from aanchal.places.models import Place
    from aanchal.registers.models import Entry
    from aanchal.risk.models import Appeal, Assessment, IndexDefinition
    from aanchal.selection.models import SelectionRun
    from aanchal.tracking.models import Alert, Journey, Search
    from aanchal.villages.models import RoadmapAction

    village, next_door = (Place.objects.get(lgd_code=code) for code in codes[:2])
    runs = {run.level: str(run.pk) for run in SelectionRun.objects.all()}
    worst = Assessment.objects.filter(is_current=True).order_by("-points", "pk")
    flagged = [(one.pk, {told["kind"] for told in one.faults}) for one in Submission.objects.filter(status="FLAGGED").order_by("pk")]
    return {
        "village": village.pk, "next_door": next_door.pk, "block": village.block_id, "district": village.district_id,
        "state": village.state_id, "nation": village.nation_id,
        "review": str(Review.objects.get().pk), "story": str(Story.objects.get().pk),
        "run": runs["DISTRICT"], "draft": runs["BLOCK"],
        "family": str(worst.filter(household__place=village).first().household_id),
        "family_next_door": str(worst.filter(household__place=next_door).first().household_id),
        "code_of_family": Household.objects.get(pk=worst.filter(household__place=village).first().household_id).shown_code,
        "entry": str(Entry.objects.filter(place=village, register="MIGRATION").order_by("pk").first().pk),
        "entry_next_door": str(Entry.objects.filter(place=next_door).order_by("pk").first().pk),
        "action": str(RoadmapAction.objects.filter(place=village).order_by("due_on", "pk").first().pk),
        "disputed": str(Appeal.objects.get().household_id), "index": IndexDefinition.objects.get(subject="HOUSEHOLD").version,
        "conflict": {one.field: str(one.pk) for one in Conflict.objects.all()},
        "double": str(Double.objects.get(kind="HOUSEHOLD").pk), "return": str(Homecoming.objects.get().pk),
        **_rescue(),
        "own_form": _own_form("PUBLISHED"), "own_draft": _own_form("DRAFT"),
        "alert": str(Alert.objects.filter(place=village, state="OPEN", journey__isnull=False).order_by("pk").first().pk),
        "journey": str(Journey.objects.filter(place=village, state="IN_TOUCH").order_by("pk").first().pk),
        "search": str(Search.objects.filter(state__in=["REPORTED", "GD_ENTRY"], place__block=village.block_id).order_by("pk").first().pk),
        "centre": str(Centre.objects.first().pk), "listing": str(Listing.objects.order_by("licence_until").first().pk),
        "entitlement": str(Entitlement.objects.filter(state="APPLIED", place=village).order_by("applied_on", "pk").first().pk),
        "insured": str(Entitlement.objects.get(code="PMSBY").pk),
        "refused_pension": str(Entitlement.objects.filter(state="REFUSED", place=village).order_by("pk").first().pk),
        "fund": str(Fund.objects.get(kind="RISK_MITIGATION").pk),
        "cbo": str(Fund.objects.get(kind="RISK_MITIGATION").cbo_id),
        "lacked": _lacked(worst.filter(household__place=village).first().household),
        "loan": str(Loan.objects.filter(state="RELEASED").order_by("pk").first().pk),
        "booking": str(Voucher.objects.filter(reverses=None, reversal=None).order_by("pk").last().pk),
        "budget": str(Budget.objects.get().pk), "commitment": str(Commitment.objects.order_by("pk").first().pk),
        "uc": str(Certificate.objects.get().pk), "task_force": str(TaskForce.objects.get().pk),
        "meeting": str(Meeting.objects.filter(state="HELD", task_force__isnull=False).order_by("-on").first().pk),
        "training": str(Training.objects.filter(state="HELD").order_by("-starts_on").first().pk),
        **_directory(),
        "pilot": str(Pilot.objects.get().pk), "event": str(CampaignEvent.objects.order_by("on").first().pk),
        "planned_training": str(Training.objects.filter(state="PLANNED").first().pk),
        "campaign_village": CampaignEvent.objects.order_by("on").first().place_id,
        "point": str(ActionPoint.objects.filter(state="OPEN", of_state=None).order_by("due_on").first().pk),
        "case": str(Case.objects.exclude(tasks=None).get().pk), "child_case": str(Case.objects.get(is_child=True, learnings=None).pk),
        "closing_case": str(Case.objects.exclude(proposals=None).get().pk), "referral": str(Referral.objects.get(state="SENT").pk),
        "state_return": str(Return.objects.filter(place=village.state, standing="DRAFT").get().pk),
        "worker": str(User.objects.get(username="clf_leader").pk), **_rehabilitation(), **_advice(village), **_missing(village),
        **_scheme(), **_awards(),
        "flagged": {kind: [str(pk) for pk, kinds in flagged if kind in kinds] for kind in sorted(set().union(*(k for _, k in flagged)))},
    }  # fmt: skip


def _missing(village) -> dict:
    """The notice that is out, and the search for someone else of whom one may be asked."""
    from aanchal.posters.models import Poster
    from aanchal.tracking.models import Search

    poster = Poster.objects.get()
    other = Search.objects.filter(place=village, state="FIR").exclude(entry_id=poster.entry_id).order_by("-reported_at").first()
    return {"poster": str(poster.pk), "number": poster.number, "with_fir": str(other.pk), "state_code": village.state.lgd_code}


def _scheme() -> dict[str, str]:
    """What the Nodal Cell and the State tell of units, money and their meeting."""
    from aanchal.activities.models import ActionPoint
    from aanchal.nodal.models import Release, Sanction, Unit

    point = ActionPoint.objects.get(of_state__isnull=False)
    return {
        "scheme_unit": str(Unit.objects.get(tier="STATE").pk), "money_release": str(Release.objects.order_by("on").last().pk),
        "sanction": str(Sanction.objects.order_by("on").first().pk), "nodal_meeting": str(point.meeting_id), "nodal_point": str(point.pk),
    }  # fmt: skip


def _advice(village) -> dict[str, str]:
    from aanchal.advisories.models import Task

    task = Task.objects.get(place=village)
    return {"advisory": str(task.advisory_id), "advice_task": str(task.pk)}


def _awards() -> dict[str, str]:
    from aanchal.activities.models import Course, Enrolment
    from aanchal.awards.models import Award, Nomination, Round

    judged, opened = (Round.objects.get(category=category) for category in ("POLICE_OFFICER", "AHTU"))
    return {
        "award_judged": judged.key, "award_open": opened.key, "award": str(Award.objects.get().pk),
        "course_of_others": str(Course.objects.get().pk),
        "nominee": str(Nomination.objects.filter(round=judged).order_by("name").first().pk),
        "enrolment": str(Enrolment.objects.filter(state="ENROLLED").order_by("pk").first().pk),
    }  # fmt: skip


def _lacked(household) -> str:
    """A scheme for the whole family that it may have and has not applied for."""
    from aanchal.benefits import plan, queries
    from aanchal.benefits.models import Entitlement

    on = date.today()
    family = queries.family(household, on)
    tried = set(Entitlement.objects.filter(household=household).values_list("code", flat=True))
    schemes = [one for one in queries.schemes_in_force(on, household) if not (one.is_of_person or one.is_private or one.code in tried)]
    return next(one.code for one in schemes if plan.judged(one, plan.answers_for(one, family, None)) in ("PROPOSED", "ASK"))


def _directory() -> dict[str, str]:
    from aanchal.network.models import Engagement, ImportFile, Ngo, Post, Stakeholder

    return {
        "stakeholder": str(Stakeholder.objects.get(name="Ujala Village Organisation").pk),
        "ngo": str(Ngo.objects.get(stakeholder__name="Sneh Kendra").pk), "engagement": str(Engagement.objects.order_by("pk").first().pk),
        "post": str(Post.objects.get(kind="DISTRICT_MANAGER").pk), "list": str(ImportFile.objects.get().pk),
    }  # fmt: skip


def _rescue() -> dict:
    from aanchal.rescue.models import Evidence, Fir, Lead, Operation, Rescued, Unit

    running = Operation.objects.get(state="FOLLOWING")
    return {
        "unit": str(Unit.objects.get().pk), "lead": str(Lead.objects.filter(state="RECEIVED").order_by("received_at").first().pk),
        "operation": str(running.pk), "rescued": str(Rescued.objects.filter(operation=running).order_by("years").last().pk),
        "fir": str(Fir.objects.get(stage="COGNIZANCE").pk), "evidence": str(Evidence.objects.get(kind="DOCUMENT").pk),
        "found": str(Rescued.objects.filter(found_id__isnull=False).order_by("pk").first().found_id),
    }  # fmt: skip


def _rehabilitation() -> dict[str, str]:
    from aanchal.cases.models import Case
    from aanchal.rehab.models import Counsellor, LeaderLink, Learning, Session

    led = LeaderLink.objects.get()
    return {
        "led": str(led.case_id), "resource_person": str(led.person_id), "course": str(Learning.objects.get(case=led.case_id).pk),
        "girl": str(Learning.objects.get(kind="BRIDGE").case_id), "foreign": str(Case.objects.get(repatriations__isnull=False).pk),
        "session": str(Session.objects.order_by("pk").first().pk), "counsellor": str(Counsellor.objects.get().pk),
    }  # fmt: skip


def _own_form(state: str) -> str:
    from aanchal.field.models import StateForm

    return str(StateForm.objects.get(state=state).pk)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "aanchal.config.settings"
    import django

    django.setup()
    print(json.dumps(load(int(sys.argv[1]))))
