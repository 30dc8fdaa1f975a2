"""A village where every table of persons holds a row, and people who must not see it."""

import io
from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

from django.apps import apps
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from PIL import Image

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.risk import actions as risk
from aanchal.risk import totals
from tests.factories import DAY, NOON, make_nation, make_place, make_posting
from tests.field import phone
from tests.portal.builders import roadmap

NAME, GUARDIAN, TELEPHONE = "Chandrakala Planted", "Ramdhari Planted", "9812345678"
AGENT, GROOM, MARK = "Kalu Plantedagent", "Mahesh Plantedgroom", "a Plantedmole on the left hand"
PLANTED = (NAME, GUARDIAN, TELEPHONE, AGENT, GROOM, MARK)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(eq=False)
class World:
    here: Place
    next_door: Place
    far: Place
    crp: User
    officer: User
    stranger: User
    """A Gender CRP of the next village."""
    token: str

    @cached_property
    def household(self) -> Household:
        with acting(SYSTEM):
            return Household.objects.filter(place=self.here).order_by("pk").first()

    def post(self, role: str, place: Place) -> User:
        with acting(SYSTEM):
            return make_posting(role, place)


def make_world(*, filled: bool = True) -> World:
    with acting(SYSTEM):
        state, other = (make_place(Level.STATE, make_nation()) for _ in range(2))
        here, next_door = _villages(state, 2)
        [far] = _villages(other, 1)
        crp, stranger = make_posting("gender_crp", here), make_posting("gender_crp", next_door)
        officer = make_posting("block_officer", here.block)
        token = access.enrol_device(user=crp, label="a phone", at=timezone.now(), by=SYSTEM)[1]
    world = World(here=here, next_door=next_door, far=far, crp=crp, officer=officer, stranger=stranger, token=token)
    if filled:
        fill(world)
    return world


def fill(world: World) -> None:
    """By the phone, as it comes in the field; the roadmap by the site."""
    for form_id, answers, files in forms(world.here):
        answer = phone.post(Client(), world.token, phone.filled(form_id, answers), **files)
        assert answer.status_code == 201, answer.content
    roadmap(world.here)
    with acting(SYSTEM):
        totals.fold(1)
        risk.assess_household(household=world.household, on=DAY, at=NOON, by=SYSTEM)


def forms(village) -> list[tuple[str, dict, dict]]:
    """One of each form, with every planted name in it; the last is flagged."""
    photo = {"photo.jpg": ("photo.jpg", picture())}
    family = {"guardian_name": GUARDIAN, "phone": TELEPHONE}
    someone = [phone.adult(f"{NAME} {which}", guardian_name=GUARDIAN, phone=TELEPHONE) for which in ("Ka", "Kha", "Ga", "Gha")]
    return [
        ("household_survey", phone.survey(village, phone.head(NAME), phone.daughter(f"Gita {NAME}"), hh=family), photo),
        ("migration_entry", phone.migration(village, someone[0]) | {"agent_name": AGENT}, {}),
        ("marriage_entry", _marriage(village, someone[1]), {}),
        ("missing_entry", phone.missing(village, someone[2]) | {"description": {"physical_marks": MARK}}, {}),
        ("departure_entry", phone.departure(village, someone[3]), {}),
        ("village_situation", phone.situation(village), {}),
        ("safety_point", phone.safety_point(village), {}),
        ("household_survey", phone.survey(village, phone.head(NAME, sex=NAME, age_years=NAME), hh=family), photo),
    ]


def _marriage(village, person) -> dict:
    told = phone.marriage(village, person)
    return told | {"groom": told["groom"] | {"groom_name": GROOM}}


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), (120, 60, 30)).save(out, "JPEG")
    return out.getvalue()


def _villages(state: Place, n: int) -> list[Place]:
    place = state
    for level in (Level.DISTRICT, Level.BLOCK, Level.PANCHAYAT):
        place = make_place(level, place)
    return [make_place(Level.VILLAGE, place) for _ in range(n)]


def walled() -> list[str]:
    """Every table that the database itself says stands behind the wall."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def walled_models() -> list:
    tables = set(walled())
    return [model for model in apps.get_models() if model._meta.db_table in tables]


def rows(statement: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def new_id() -> str:
    return str(uuid4())
