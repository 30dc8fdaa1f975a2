"""A village where every table of persons holds a row, and people who must not see it."""

import io
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from uuid import uuid4

from django.apps import apps
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from PIL import Image

from aanchal.access import actions as access
from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.field import actions as field
from aanchal.field import order
from aanchal.inbox.models import Submission
from aanchal.people.models import Household
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.risk import actions, appeals, drafting, own_points, totals
from aanchal.risk import queries as risk
from aanchal.risk.terms import Subject
from tests.factories import make_nation, make_place, make_posting
from tests.field import phone
from tests.portal.builders import roadmap
from tests.selection.builders import make_run, make_series, record

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
    forced_visit(world)
    select(world.here.block)
    weigh(world)
    assess_twice(world)


def assess_twice(world: World) -> None:
    """A change that is folded into the running totals, and others that wait."""
    now = timezone.now()
    with acting(SYSTEM):
        totals.fold(1)
        actions.assess_household(household=world.household, on=policy.day_in_india(now), at=now, by=SYSTEM)


def weigh(world: World) -> None:
    """What the state drafts of an index, a village signs, a family disputes; and what an officer noted of a worker's surveys."""
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    expert, leader = world.post("state_expert", world.here.state), world.post("vo_leader", world.here)
    meeting = own_points.Meeting(met_on=day, present=12, roles=("VO_MEMBER",), minutes="As the state weighs.")
    with acting(expert):
        drafting.draft_version(subject=Subject.HOUSEHOLD, state=world.here.state, at=now, by=expert)
    with acting(leader):
        points = dict(risk.definition_in_force(Subject.HOUSEHOLD, day, world.here).points_of) | {"B1": 5, "B2": 3}
        own_points.sign(place=world.here, points=points, meeting=meeting, effective_from=day, at=now, by=leader)
    with acting(world.crp):
        told = {"indicator": "B1", "disputed_by": "FAMILY", "why": "He came back.", "on": day, "at": now, "by": world.crp}
        appeals.dispute(household=world.household, **told)
    with acting(world.officer):
        found = SimpleNamespace(sign="FAST", about="", worker=world.crp, of=1)
        field.note_look(found=found, place=world.here.block, note="Spoke with her.", at=now, by=world.officer)


def forced_visit(world: World) -> None:
    """A visit of a run that was applied without the one before it."""
    with acting(SYSTEM):
        step = order.Step(entity=world.household.pk, branch=uuid4(), trunk=1, base=2)
        submission = Submission.objects.filter(place=world.here).first()
        field.note_step(step=step, submission=submission, is_forced=True, at=timezone.now(), by=SYSTEM)


def select(block: Place) -> None:
    """A ranking of the blocks of the district, and what is recorded of one."""
    with acting(SYSTEM):
        expert = make_posting("state_expert", block.district)
        series = make_series(f"series_{block.pk}", {block: 1.0}, level=Level.BLOCK)
    make_run(expert, block.district, series, level=Level.BLOCK)
    record(expert, block, "RESOURCE_BLOCK")


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
