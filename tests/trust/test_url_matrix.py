"""Every address of the site x every role x {in scope, out of scope, absent} x every method (shared trust.md, figure 1).

The addresses are walked from the resolver: one that is new is tried from the day it exists, and one whose arguments nobody can fill
here fails loudly.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from functools import cache, reduce
from http.cookies import SimpleCookie
from itertools import product
from operator import or_

import pytest
from django.db import connection, transaction
from django.db.models import Max, Q
from django.test import Client
from django.urls import URLPattern, get_resolver

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Device, Posting, User
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.activities import models as activities
from aanchal.benefits.models import Claim, Entitlement, Fund, LivelihoodPlan, Loan, Training, Voucher
from aanchal.cases.models import Assignment, Case
from aanchal.core import rows as rows_of
from aanchal.core.models import Trail
from aanchal.doubles.models import Double, Homecoming
from aanchal.field.models import EntityStep, StateForm
from aanchal.inbox.models import Submission
from aanchal.matching.models import Candidate, FoundPerson, LearntModel, Task
from aanchal.money import models as money
from aanchal.network.models import Centre, Complaint, Listing, Staff
from aanchal.people.models import Conflict, Consent, Household
from aanchal.pilots import models as pilots
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from aanchal.rescue.models import Accused, Evidence, Fir, FirSection, Hearing, Lead, Member, Operation, Rescued, Unit
from aanchal.risk.models import Appeal, IndexDraft
from aanchal.selection.models import SelectionRun
from aanchal.tracking.models import Alert, Journey, Search
from aanchal.villages.models import RoadmapAction, SafetyPoint
from tests.trust import advice_part, awards_part, directory_part, insight_part, nodal_part, posters_part, rehab_part
from tests.trust.one_press import EACH_PRESS_ANEW, ONE_PRESS, READINGS
from tests.trust.world import PLANTED, World, make_world, new_id, signed_in

METHODS = ("GET", "POST", "PUT", "DELETE")
CSRF = re.compile(r'''name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"''')
PHONES = re.compile(r"^d/|submission$|formList$|(?<!sitemap)\.xml$|/media/|/standing/")
ABSENT_NUMBER = 888_888_888
NOT_OF_A_PLACE = {"account_", "ask", "field-", "link", "mfa_", "offices", "set_language", "theme"}
NOT_OF_A_PLACE |= {"open-calendar", "open-certificate", "open-sign-in", "public", "statistics", "accessibility", "sitemap"}
NOT_OF_A_PLACE |= {"open-library", "open-paper", "open-file", "open-posters", "open-poster", "robots", "public-awards"}
ASKED = ("place", "record", "who")
"""Names under which addresses take ids after the question mark."""


@dataclass(frozen=True)
class Address:
    """One URL pattern: its route, and the names of its arguments in order."""

    route: str
    name: str
    arguments: tuple[tuple[str, str], ...] = field(default=())
    requires: object = ""
    """The permission that its view names, or a word."""

    def may(self, role: str) -> bool:
        """Only who holds the permission gets as far as the record."""
        return not isinstance(self.requires, Permission) or self.requires in ROLES[role].permissions

    def filled(self, values: dict[str, object]) -> str:
        path = self.route
        for kind, name in self.arguments:
            path = path.replace(f"<{kind}:{name}>", str(values[name]))
        return "/" + path


def addresses(patterns=None, before: str = "") -> list[Address]:
    found = []
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append(
                Address(route, entry.name or "", tuple(re.findall(r"<(\w+):(\w+)>", route)), getattr(entry.callback, "requires", ""))
            )
        else:
            found += addresses(entry.url_patterns, route)
    return found


ADDRESSES = addresses()
HAVE_ID = [one for one in ADDRESSES if any(kind in ("int", "uuid") for kind, _ in one.arguments)]
WITH_ID = [one for one in HAVE_ID if one.requires != "public"]
"""What is everyone's has no scope to be out of."""
WITHOUT_ID = [one for one in ADDRESSES if one not in HAVE_ID]


class CannotFill(Exception):
    """No row of the test's world is known for this argument: say in `ids_of` which one it is."""


@cache
def ids_of(world: World) -> dict[tuple[str, str], object]:
    """(beginning of the route, argument) -> the id of a row in this village. The longest beginning counts."""
    with acting(SYSTEM):
        here = {"place_no": world.here.place_no}
        state, district = {"place_no": world.here.state.place_no}, {"place_no": world.here.district.place_no}
        disputed = Appeal.objects.filter(**here).first()
        return {
            ("places/", "pk"): world.here.pk,
            ("villages/", "pk"): world.here.pk,
            ("villages/", "point"): SafetyPoint.objects.filter(**here).first().pk,
            ("villages/", "action"): RoadmapAction.objects.filter(**here).first().pk,
            ("families/", "pk"): disputed.household_id,
            ("families/", "consent"): Consent.objects.filter(household=disputed.household_id).first().pk,
            ("registers/line/", "pk"): Entry.objects.filter(**here).first().pk,
            ("review/", "pk"): flagged_in(world).pk,
            ("families/", "appeal"): disputed.pk,
            ("index/versions/", "version"): "household-1",
            ("index/drafts/", "pk"): IndexDraft.objects.get(place=world.here.state).pk,
            ("index/villages/", "pk"): world.here.pk,
            ("review/conflicts/", "pk"): Conflict.objects.filter(**here).first().pk,
            ("forms/own/", "pk"): StateForm.objects.get(place=world.here.state, state="DRAFT").pk,
            ("review/visits/", "pk"): EntityStep.objects.filter(**here).first().pk,
            ("finding/", "pk"): Candidate.objects.filter(**here).first().pk,
            ("finding/found/", "pk"): FoundPerson.objects.filter(**here).first().pk,
            ("finding/tasks/", "pk"): Task.objects.filter(**here).first().pk,
            ("finding/models/", "pk"): LearntModel.objects.get(version="a trial").pk,
            ("doubles/pair/", "pk"): Double.objects.filter(**here).exclude(standing="MERGED").first().pk,
            ("doubles/pair/<uuid:pk>/split/", "pk"): Double.objects.get(**here, standing="MERGED").pk,
            ("doubles/merger/", "pk"): Double.objects.get(**here, standing="MERGED").merger_id,
            ("doubles/returns/", "pk"): Homecoming.objects.filter(**here).first().pk,
            ("selection/", "pk"): SelectionRun.objects.get(place=world.here.district).pk,
            ("selection/", "place"): world.here.block_id,
            ("touch/journeys/", "pk"): Journey.objects.filter(**here, state__in=["IN_TOUCH", "SILENT"]).first().pk,
            ("touch/alerts/", "pk"): Alert.objects.filter(**here, state="OPEN").first().pk,
            ("touch/missing/", "pk"): Search.objects.filter(**here).exclude(state="CLOSED").first().pk,
            ("touch/without-trace/", "pk"): Journey.objects.filter(**here).first().person_id,
            ("rescue/units/", "pk"): Unit.objects.get(**district).pk,
            ("rescue/units/members/", "pk"): Member.objects.get(**district).pk,
            ("rescue/leads/", "pk"): Lead.objects.get(**district).pk,
            ("rescue/leads/from-alert/", "pk"): Alert.objects.filter(**here, state="OPEN").first().pk,
            ("rescue/operations/", "pk"): Operation.objects.get(**district).pk,
            ("rescue/people/", "pk"): Rescued.objects.get(**district).pk,
            ("rescue/firs/", "pk"): Fir.objects.get(**district).pk,
            ("rescue/firs/sections/", "pk"): FirSection.objects.filter(**district).first().pk,
            ("rescue/firs/hearings/", "pk"): Hearing.objects.get(**district).pk,
            ("rescue/accused/", "pk"): Accused.objects.get(**district).pk,
            ("rescue/evidence/", "pk"): Evidence.objects.get(**district).pk,
            ("network/directory/", "pk"): Listing.objects.get(**here).pk,
            ("network/directory/complaints/", "pk"): Complaint.objects.get(**here).pk,
            ("network/centres/", "pk"): Centre.objects.get(**here).pk,
            ("network/centres/staff/", "pk"): Staff.objects.get(**here).pk,
            **ids_of_case(world),
            ("people-who-work/", "pk"): world.crp.pk,
            ("people-who-work/postings/", "pk"): Posting.objects.filter(user=world.crp).first().pk,
            ("entitlements/", "pk"): Entitlement.objects.filter(**here).first().pk,
            ("entitlements/plan/", "pk"): Household.objects.filter(**here).order_by("pk").first().pk,
            ("entitlements/plan/", "code"): "JJM",
            ("entitlements/insurance/", "pk"): Claim.objects.filter(**here).first().entitlement_id,
            ("entitlements/claims/", "pk"): Claim.objects.filter(**here).first().pk,
            ("entitlements/training/", "pk"): Training.objects.filter(**here).first().pk,
            ("entitlements/livelihood/", "pk"): LivelihoodPlan.objects.filter(**here).first().pk,
            ("funds/", "pk"): Fund.objects.filter(**here).first().pk,
            ("funds/organisations/", "pk"): Fund.objects.filter(**here).first().cbo_id,
            ("funds/loans/", "pk"): Loan.objects.filter(**here).first().pk,
            ("funds/bookings/", "pk"): Voucher.objects.filter(**here).first().pk,
            ("field/phones/", "pk"): Device.objects.filter(user=world.crp).first().pk,
            ("money/", "pk"): money.Budget.objects.get(**state).pk,
            ("money/commitments/", "pk"): money.Commitment.objects.get(**state).pk,
            ("money/advances/", "pk"): money.Advance.objects.get(**state).pk,
            ("money/vouchers/", "pk"): money.Voucher.objects.get(**state, kind="EXPENSE").pk,
            ("money/moves/", "pk"): money.Reappropriation.objects.get(**state).pk,
            ("money/certificates/", "pk"): money.Certificate.objects.get(**state).pk,
            ("activities/task-forces/", "pk"): activities.TaskForce.objects.get(**district).pk,
            ("activities/trainings/", "listed"): "attendance",
            ("network/lists/", "listed"): "posts",
            ("activities/corrigenda/", "pk"): activities.Corrigendum.objects.get(**district).pk,
            ("activities/members/", "pk"): activities.Member.objects.get(**district).pk,
            ("activities/meetings/", "pk"): activities.Meeting.objects.get(**district).pk,
            ("activities/minutes/", "pk"): activities.Minutes.objects.get(**district).pk,
            ("activities/points/", "pk"): activities.ActionPoint.objects.get(**district).pk,
            ("activities/trainings/", "pk"): activities.Training.objects.get(**district).pk,
            ("activities/people/", "pk"): activities.Participant.objects.filter(**district, name="An officer").order_by("pk").first().pk,
            ("activities/people/same/", "pk"): activities.Sameness.objects.get(**district).pk,
            ("activities/certificates/", "pk"): activities.Certificate.objects.get(**district).pk,
            ("activities/campaign/materials/", "pk"): activities.Material.objects.get(**district).pk,
            ("activities/campaign/events/", "pk"): activities.CampaignEvent.objects.get(**district).pk,
            ("activities/campaign/villages/", "pk"): world.here.pk,
            ("activities/campaign/", "kind"): "event",
            ("activities/campaign/", "pk"): activities.CampaignEvent.objects.get(**district).pk,
            ("activities/trainings/targets/", "pk"): activities.Target.objects.get(**district).pk,
            ("pilots/", "pk"): pilots.Pilot.objects.get(**state).pk,
            ("pilots/aims/", "pk"): pilots.Aim.objects.get(**state).pk,
            ("pilots/phases/", "pk"): pilots.Phase.objects.get(**state).pk,
            ("pilots/strategies/", "pk"): pilots.Strategy.objects.get(**state).pk,
            ("phones/", "pk"): Device.objects.filter(user=world.crp).first().pk,
            **rehab_part.ids(world),
            **nodal_part.ids(world),
            **directory_part.ids(world),
            **insight_part.ids(world),
            **advice_part.ids(world),
            **posters_part.ids(world),
            **awards_part.ids(world),
        }


def ids_of_case(world: World) -> dict[tuple[str, str], object]:
    case = Case.objects.exclude(tasks=None).get(place=world.here.district)
    return {
        ("cases/", "pk"): case.pk,
        ("cases/", "row"): case.tasks.get().pk,
        ("cases/<uuid:pk>/link/", "row"): case.referrals.get(receiver=None).pk,
        ("cases/referrals/", "pk"): case.referrals.exclude(receiver=None).get().pk,
        ("cases/emergency/", "pk"): case.emergencies.get().pk,
    }


def assign_to(world: World, users: dict[str, User]) -> None:
    """Nobody sees a case by a post alone: the worker and the supervisor of the matrix are assigned, the CWC's member is who was asked."""
    with acting(SYSTEM):
        case = Case.objects.exclude(tasks=None).get(place=world.here.district)
        told = {"case": case, "place_no": case.place_no, "since": case.opened_at, "why": "", "by": case.opened_by}
        for role, capacity in (("case_worker", "WORKER"), ("case_supervisor", "SUPERVISOR")):
            rows_of.insert(Assignment(user=users[role], capacity=capacity, **told))
        users["cwc_member"] = case.referrals.exclude(receiver=None).get().receiver


def flagged_in(world: World) -> Submission:
    return Submission.objects.filter(status="FLAGGED", place_no=world.here.place_no).first()


WORDS = {
    "register": [register.lower() for register in Register][:1],
    "form_id": ["household_survey"],
    "token": ["nobody"],
    "version": ["1"],
    "name": ["villages.csv"],
    "step": ["withdraw"],
    "code": ["1"],
    "what": ["task"],
    "answer": ["accept"],
    "key": ["fir-child"],
    "kind": ["RISK_MITIGATION"],
    "head": ["workshops"],
    "period": ["month-2026-01-01"],
    "listed": ["points"],
    "sheet": ["ledger"],
    "number": ["ABC123"],
    "of": ["2001-ahtu"],
}


def values(address: Address, known: dict) -> dict[str, object]:
    told = {}
    for kind, name in address.arguments:
        beginnings = [start for start, argument in known if argument == name and address.route.startswith(start)]
        if kind in ("slug", "str") and name in WORDS and not beginnings:
            told[name] = WORDS[name][0]
            continue
        if not beginnings:
            raise CannotFill(f"{address.route}: {kind} {name}")
        told[name] = known[max(beginnings, key=len), name]
    return told


def absent(address: Address, told: dict) -> dict[str, object]:
    new = {"int": ABSENT_NUMBER, "uuid": new_id()}
    return {name: new.get(kind, told[name]) for kind, name in address.arguments}


@pytest.fixture(scope="module")
def worlds(own_database_of_module):
    """Two villages in two States, each with a row of everything."""
    from aanchal.places.queries import forget_villages

    forget_villages()
    mine = make_world()
    forget_villages()
    return mine, make_world()


@pytest.fixture(scope="module")
def people(worlds) -> dict[str, Client]:
    """One client for each role, posted where it is usually held above the first village."""
    mine = worlds[0].here
    where = {"gender_crp": mine, "vo_leader": mine, "clf_leader": mine.panchayat, "block_officer": mine.block, "state_expert": mine.state}
    where |= {"state_mis": mine.state, "paralegal": mine}
    where |= dict.fromkeys(("state_mis", "programme_officer", "finance_officer", "mission_director", "nodal_officer"), mine.state)
    above = {role: where.get(role, mine.district) for role in ROLES}
    users = {role: worlds[0].staff.get(role) or worlds[0].post(role, place) for role, place in above.items()}
    assign_to(worlds[0], users)
    return {role: signed_in(user) for role, user in users.items()}


@pytest.fixture(scope="module")
def visitor() -> Client:
    return Client(raise_request_exception=False)


def ask(client: Client, method: str, path: str, query: str = "") -> tuple[int, str, str]:
    """(status, body, where it leads); whatever it did is undone, signing out too."""
    cookies = SimpleCookie()
    cookies.update(client.cookies)
    with transaction.atomic():
        answer = client.generic(method, path + query)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code, _unpacked(body) if body.startswith(b"PK") else body.decode(errors="replace"), answer.get("Location", "")


def _unpacked(sheet: bytes) -> str:
    """What a workbook holds, without the moment it was written."""
    with zipfile.ZipFile(io.BytesIO(sheet)) as parts:
        return "".join(parts.read(name).decode() for name in sorted(parts.namelist()) if name != "docProps/core.xml")


def alike(answer: tuple[int, str, str], *ids: object) -> tuple[int, str, str]:
    """The answer without csrf tokens and without the ids that were asked for."""
    status, body, leads = answer
    asked = re.compile("|".join(rf"\b{re.escape(str(value))}\b" for value in ids) or "$^")
    return status, asked.sub("-", CSRF.sub("", body)), asked.sub("-", leads)


def test_every_address_can_be_filled(worlds):
    known = ids_of(worlds[0])
    assert len(ADDRESSES) > 50
    for address in ADDRESSES:
        assert "<" not in address.filled(values(address, known))


def test_an_address_nobody_can_fill_fails_loudly():
    with pytest.raises(CannotFill, match="secrets"):
        values(Address("secrets/<uuid:pk>/", "", (("uuid", "pk"),)), {("families/", "pk"): 1})


def holders(address: Address) -> list[str]:
    return [role for role in ROLES if address.may(role)]


def lacking(address: Address) -> list[str]:
    """Roles without the right, so shared out that every address meets one and every right is asked for by every role that lacks it."""
    roles = [role for role in ROLES if not address.may(role)]
    alike_ones = [one for one in ADDRESSES if one.requires == address.requires]
    at, step = alike_ones.index(address), len(alike_ones)
    return [roles[number % len(roles)] for number in range(at, max(len(roles), at + 1), step)] if roles else []


@pytest.mark.parametrize("address", WITH_ID, ids=lambda one: one.route)
def test_what_is_out_of_scope_answers_like_what_does_not_exist(worlds, people, address):
    mine, theirs = (values(address, ids_of(world)) for world in worlds)
    tried = [theirs, *nested(address, mine, theirs)]
    roles = holders(address)
    methods = [*product(roles, ("GET", "POST")), *product(roles[:1], ("PUT", "DELETE"))]
    for (role, method), told in product(methods, tried):
        gone = {name: told[name] if told[name] == mine[name] else value for name, value in absent(address, told).items()}
        out, none = (ask(people[role], method, address.filled(one)) for one in (told, gone))
        assert out[0] < 500, (role, method, out[1][-2000:])
        assert not out[2].startswith("/accounts/"), (role, method, "is not signed in: nothing was tried")
        ids = (*told.values(), *gone.values())
        assert alike(out, *ids) == alike(none, *ids), (role, method)
        assert not any(name in out[1] for name in PLANTED), (role, method)


def test_every_right_is_asked_for_by_every_role_that_lacks_it():
    asked = {(one.requires, role) for one in ADDRESSES for role in lacking(one)}
    rights = {one.requires for one in ADDRESSES if isinstance(one.requires, Permission)}
    assert asked == {(right, role) for right, role in product(rights, ROLES) if right not in ROLES[role].permissions}
    assert all(lacking(one) for one in ADDRESSES if len(holders(one)) < len(ROLES))


@pytest.mark.parametrize("address", [one for one in WITH_ID if len(holders(one)) < len(ROLES)], ids=lambda one: one.route)
def test_who_holds_no_right_to_it_finds_nothing_even_at_home(worlds, people, address):
    told = values(address, ids_of(worlds[0]))
    for role, method in product(lacking(address), ("GET", "POST")):
        status, body, _ = ask(people[role], method, address.filled(told))
        assert status in (404, 405), (role, method)
        assert not any(name in body for name in PLANTED), (role, method)


def nested(address: Address, mine: dict, theirs: dict) -> list[dict]:
    """Another's row under one's own parent, and one's own row under another's."""
    ids = [name for kind, name in address.arguments if kind in ("int", "uuid")]
    return [mine | {ids[-1]: theirs[ids[-1]]}] if len(ids) > 1 else []


ANSWERED = {200, 302, 303, 400, 422}


def reached(worlds, people, address) -> set[int]:
    """What opening it says to all who may, and sending it to as many of them as it takes until one is answered."""
    told = values(address, ids_of(worlds[0]))
    query, roles = f"?place={worlds[0].here.pk}", holders(address)
    statuses = {ask(people[role], "GET", address.filled(told), query)[0] for role in roles}
    for role in roles:
        statuses.add(ask(people[role], "POST", address.filled(told), query)[0])
        if statuses & ANSWERED:
            break
    return statuses


@pytest.mark.parametrize("address", WITH_ID, ids=lambda one: one.route)
def test_what_is_in_scope_is_reached_by_somebody(worlds, people, address):
    """The twin: the ids are right ones, so a 404 above is a refusal and not a misspelt address."""
    told = reached(worlds, people, address)
    assert all(status < 500 for status in told)
    assert told & ANSWERED, told


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.route or "/")
def test_a_visitor_is_asked_to_sign_in(worlds, visitor, address):
    told = values(address, ids_of(worlds[1]))
    for method in METHODS:
        status, body, leads = ask(visitor, method, address.filled(told))
        assert status < 500, (method, body[-2000:])
        assert not any(name in body for name in PLANTED)
        if PHONES.search(address.route):
            assert status in (401, 405)
        elif not any(address.name.startswith(start) for start in NOT_OF_A_PLACE):
            assert status == 405 or (status == 302 and leads.startswith("/accounts/login/")), (method, status, leads)


@pytest.mark.parametrize("address", WITHOUT_ID, ids=lambda one: one.route or "/")
def test_no_address_breaks_or_names_anyone_out_of_scope(worlds, people, address):
    told = values(address, {})
    roles = holders(address)
    for role, method in [*product((*roles, *lacking(address)), ("GET",)), (roles[0], "POST")]:
        status, body, _ = ask(people[role], method, address.filled(told))
        assert status < 500, (role, method, body[-2000:])
        assert str(worlds[1].household.pk) not in body
        assert worlds[1].household.shown_code not in body


@pytest.mark.parametrize("address", [one for one in WITHOUT_ID if not one.route.startswith("accounts/")], ids=lambda one: one.route or "/")
def test_what_is_out_of_scope_in_the_question_is_like_what_does_not_exist(worlds, people, address):
    theirs, path = worlds[1], address.filled(values(address, {}))
    asked = {"place": theirs.here.pk, "record": theirs.household.pk, "who": theirs.crp.username}
    gone = {"place": ABSENT_NUMBER, "record": new_id(), "who": "nobody.of.this.name"}
    ids = (*asked.values(), *gone.values())
    roles = holders(address)
    for role, name in dict.fromkeys([*product(roles[:1], ASKED), (roles[-1], "place")]):
        out, none = (ask(people[role], "GET", path, f"?{name}={told[name]}") for told in (asked, gone))
        assert out[0] < 500, (role, name, out[1][-2000:])
        assert not out[2].startswith("/accounts/"), (role, name, "is not signed in: nothing was tried")
        assert alike(out, *ids) == alike(none, *ids), (role, name)


def test_it_notices_a_view_that_forgets_to_ask(worlds, people, settings):
    """Planted fault: a page that finds its row past the wall and tells more of it than of none."""
    from django.http import Http404, HttpResponse
    from django.urls import path

    def careless(request, pk):
        with acting(SYSTEM):
            if not Household.objects.filter(pk=pk).exists():
                raise Http404
        return HttpResponse("seen")

    resolver = get_resolver()
    leak = path("families/leak/<uuid:pk>/", careless)
    resolver.url_patterns.append(leak)
    resolver._populated = False
    try:
        [address] = [one for one in addresses() if "leak" in one.route]
        told = values(address, ids_of(worlds[1]))
        out, none = (ask(people["gender_crp"], "GET", address.filled(one)) for one in (told, absent(address, told)))
        assert out[0] == 200 != none[0]
    finally:
        resolver.url_patterns.remove(leak)
    assert connection.is_usable()


def done_by(client: Client, path: str, query: str) -> tuple[int, set[str], set[str]]:
    """The status of an empty form; what it changed, and what the same press changed once more. All of it is undone, signing out too."""
    cookies = SimpleCookie()
    cookies.update(client.cookies)
    with transaction.atomic():
        begin = newest()
        status = pressed(client, path + query)
        once = verbs_since(begin)
        begin = newest()
        if once:
            pressed(client, path + query)
        twice = verbs_since(begin)
        transaction.set_rollback(True)
    client.cookies = cookies
    return status, once, twice


def pressed(client: Client, path: str) -> int:
    answer = client.post(path)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def newest() -> dict[int, int]:
    with acting(SYSTEM):
        return dict(Trail.objects.order_by().values_list("shard").annotate(last=Max("seq")))


def verbs_since(begin: dict[int, int]) -> set[str]:
    """What the trail says was changed."""
    later = reduce(or_, (Q(shard=shard, seq__gt=seq) for shard, seq in begin.items()), ~Q(shard__in=list(begin)))
    with acting(SYSTEM):
        return {verb for verb in Trail.objects.filter(later).values_list("verb", flat=True) if not verb.endswith(READINGS)}


@pytest.mark.parametrize("address", [one for one in ADDRESSES if one.requires != "public"], ids=lambda one: one.route or "/")
def test_an_empty_form_decides_nothing_and_a_second_press_books_nothing(worlds, people, address):
    """By who may, at home: an answer that got lost is no answer. What acts by one press is named in one_press.py."""
    path, query = address.filled(values(address, ids_of(worlds[0]))), f"?place={worlds[0].here.pk}"
    for role in holders(address):
        status, once, twice = done_by(people[role], path, query)
        if status == 405:
            return
        assert not once or address.route in ONE_PRESS, (role, once)
        assert not twice or address.route in EACH_PRESS_ANEW, (role, twice)
        if status != 404:
            return
