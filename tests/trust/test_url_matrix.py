"""Every address of the site x every role x {in scope, out of scope, absent} x every method (shared trust.md, figure 1).

The addresses are walked from the resolver: one that is new is tried from the day it exists, and one whose arguments nobody can fill
here fails loudly.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from itertools import product

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Device, Posting
from aanchal.access.roles import ROLES
from aanchal.inbox.models import Submission
from aanchal.people.models import Consent, Household
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register
from aanchal.risk.models import Appeal, IndexDraft
from aanchal.selection.models import SelectionRun
from aanchal.villages.models import RoadmapAction, SafetyPoint
from tests.trust.world import PLANTED, World, make_world, new_id, signed_in

METHODS = ("GET", "POST", "PUT", "DELETE")
CSRF = re.compile(r'''name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"''')
PHONES = re.compile(r"submission$")
ABSENT_NUMBER = 888_888_888
NOT_OF_A_PLACE = {"account_", "mfa_", "set_language", "theme"}
SELDOM = ("PUT", "DELETE")
ASKING = ("gender_crp", "block_officer", "administrator")
ASKED = ("place", "record", "who")
"""Names under which addresses take ids after the question mark."""


@dataclass(frozen=True)
class Address:
    """One URL pattern: its route, and the names of its arguments in order."""

    route: str
    name: str
    arguments: tuple[tuple[str, str], ...] = field(default=())

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
            found.append(Address(route, entry.name or "", tuple(re.findall(r"<(\w+):(\w+)>", route))))
        else:
            found += addresses(entry.url_patterns, route)
    return found


ADDRESSES = addresses()
WITH_ID = [one for one in ADDRESSES if any(kind in ("int", "uuid") for kind, _ in one.arguments)]
WITHOUT_ID = [one for one in ADDRESSES if one not in WITH_ID]


class CannotFill(Exception):
    """No row of the test's world is known for this argument: say in `ids_of` which one it is."""


@cache
def ids_of(world: World) -> dict[tuple[str, str], object]:
    """(beginning of the route, argument) -> the id of a row in this village. The longest beginning counts."""
    with acting(SYSTEM):
        here = {"place_no": world.here.place_no}
        return {
            ("places/", "pk"): world.here.pk,
            ("villages/", "pk"): world.here.pk,
            ("villages/", "point"): SafetyPoint.objects.filter(**here).first().pk,
            ("villages/", "action"): RoadmapAction.objects.filter(**here).first().pk,
            ("families/", "pk"): Household.objects.filter(**here).first().pk,
            ("families/", "consent"): Consent.objects.filter(**here).first().pk,
            ("registers/line/", "pk"): Entry.objects.filter(**here).first().pk,
            ("review/", "pk"): flagged_in(world).pk,
            ("families/", "appeal"): Appeal.objects.filter(**here).first().pk,
            ("index/drafts/", "pk"): IndexDraft.objects.get(place=world.here.state).pk,
            ("index/villages/", "pk"): world.here.pk,
            ("selection/", "pk"): SelectionRun.objects.get(place=world.here.district).pk,
            ("selection/", "place"): world.here.block_id,
            ("people-who-work/", "pk"): world.crp.pk,
            ("people-who-work/postings/", "pk"): Posting.objects.filter(user=world.crp).first().pk,
            ("people-who-work/phones/", "pk"): Device.objects.filter(user=world.crp).first().pk,
        }


def flagged_in(world: World) -> Submission:
    return Submission.objects.filter(status="FLAGGED", place_no=world.here.place_no).first()


WORDS = {
    "register": [register.lower() for register in Register][:1],
    "form_id": ["household_survey"],
    "token": ["nobody"],
    "version": ["household-1"],
    "step": ["withdraw"],
}


def values(address: Address, known: dict) -> dict[str, object]:
    told = {}
    for kind, name in address.arguments:
        if kind in ("slug", "str") and name in WORDS:
            told[name] = WORDS[name][0]
            continue
        beginnings = [start for start, argument in known if argument == name and address.route.startswith(start)]
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
    above = {role: where.get(role, mine.district) for role in ROLES}
    return {role: signed_in(worlds[0].post(role, place)) for role, place in above.items()}


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


@pytest.mark.parametrize("address", WITH_ID, ids=lambda one: one.route)
def test_what_is_out_of_scope_answers_like_what_does_not_exist(worlds, people, address):
    mine, theirs = (values(address, ids_of(world)) for world in worlds)
    tried = [theirs, *nested(address, mine, theirs)]
    for (role, client), method, told in product(people.items(), METHODS, tried):
        if method in SELDOM and role not in ASKING:
            continue
        gone = {name: told[name] if told[name] == mine[name] else value for name, value in absent(address, told).items()}
        out, none = (ask(client, method, address.filled(one)) for one in (told, gone))
        assert out[0] < 500, (role, method, out[1][-2000:])
        assert not out[2].startswith("/accounts/"), (role, method, "is not signed in: nothing was tried")
        ids = (*told.values(), *gone.values())
        assert alike(out, *ids) == alike(none, *ids), (role, method)
        assert not any(name in out[1] for name in PLANTED), (role, method)


def nested(address: Address, mine: dict, theirs: dict) -> list[dict]:
    """Another's row under one's own parent, and one's own row under another's."""
    ids = [name for kind, name in address.arguments if kind in ("int", "uuid")]
    return [mine | {ids[-1]: theirs[ids[-1]]}] if len(ids) > 1 else []


def reached(worlds, people, address) -> set[int]:
    told = values(address, ids_of(worlds[0]))
    query = f"?place={worlds[0].here.pk}"
    return {ask(client, method, address.filled(told), query)[0] for client, method in product(people.values(), ("GET", "POST"))}


@pytest.mark.parametrize("address", WITH_ID, ids=lambda one: one.route)
def test_what_is_in_scope_is_reached_by_somebody(worlds, people, address):
    """The twin: the ids are right ones, so a 404 above is a refusal and not a misspelt address."""
    told = reached(worlds, people, address)
    assert all(status < 500 for status in told)
    assert told & {200, 302, 303, 400, 422}, told


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.route or "/")
def test_a_visitor_is_asked_to_sign_in(worlds, address):
    told = values(address, ids_of(worlds[1]))
    for method in METHODS:
        status, body, leads = ask(Client(raise_request_exception=False), method, address.filled(told))
        assert status < 500, (method, body[-2000:])
        assert not any(name in body for name in PLANTED)
        if PHONES.search(address.route):
            assert status in (401, 405)
        elif not any(address.name.startswith(start) for start in NOT_OF_A_PLACE):
            assert status == 405 or (status == 302 and leads.startswith("/accounts/login/")), (method, status, leads)


@pytest.mark.parametrize("address", WITHOUT_ID, ids=lambda one: one.route or "/")
def test_no_address_breaks_or_names_anyone_out_of_scope(worlds, people, address):
    told = values(address, {})
    for (role, client), method in product(people.items(), ("GET", "POST")):
        status, body, _ = ask(client, method, address.filled(told))
        assert status < 500, (role, method, body[-2000:])
        assert str(worlds[1].household.pk) not in body
        assert worlds[1].household.shown_code not in body


@pytest.mark.parametrize("address", [one for one in WITHOUT_ID if not one.route.startswith("accounts/")], ids=lambda one: one.route or "/")
def test_what_is_out_of_scope_in_the_question_is_like_what_does_not_exist(worlds, people, address):
    theirs, path = worlds[1], address.filled(values(address, {}))
    asked = {"place": theirs.here.pk, "record": theirs.household.pk, "who": theirs.crp.username}
    gone = {"place": ABSENT_NUMBER, "record": new_id(), "who": "nobody.of.this.name"}
    ids = (*asked.values(), *gone.values())
    for role, name in product(ASKING, ASKED):
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
