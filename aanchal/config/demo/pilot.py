"""Puts the synthetic pilot into an empty installation: its places, its workers, and all that their phones send."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aanchal.access import actions as access
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.config.accounts import new_password
from aanchal.config.demo import state
from aanchal.places import actions as places
from aanchal.places import queries
from aanchal.places.directory import ABOVE, NEEDS
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.risk import appeals, own_points
from aanchal.risk import queries as risk
from aanchal.risk.models import Assessment
from aanchal.risk.terms import Disputer, Subject
from aanchal.villages import actions as villages
from aanchal.villages import demanding
from aanchal.villages.adopting import adopt_roadmap
from aanchal.villages.rules import plan_years

ROLES = {  # username: (role, the place it is held at)
    "crp": ("gender_crp", "village"),
    "vo_leader": ("vo_leader", "village"),
    "clf_leader": ("clf_leader", "panchayat"),
    "block_officer": ("block_officer", "block"),
    "ahtu_officer": ("ahtu_officer", "district"),
    "district_manager": ("district_manager", "district"),
    "state_expert": ("state_expert", "state"),
    "second_expert": ("state_expert", "state"),
    "state_mis": ("state_mis", "state"),
    "nodal_officer": ("nodal_officer", "state"),
    "programme_officer": ("programme_officer", "state"),
    "finance_officer": ("finance_officer", "state"),
    "mission_director": ("mission_director", "state"),
    "administrator": ("administrator", "nation"),
    "analyst": ("national_analyst", "nation"),
    "second_analyst": ("national_analyst", "nation"),
    "case_worker": ("case_worker", "district"),
    "case_supervisor": ("case_supervisor", "district"),
    "second_supervisor": ("case_supervisor", "district"),
    "cwc_member": ("cwc_member", "district"),
    "osc_worker": ("osc_worker", "district"),
    "counsellor": ("counsellor", "district"),
    "counselling_supervisor": ("counselling_supervisor", "district"),
}
OPENED_ON = date(2025, 4, 1)


@dataclass(frozen=True)
class Account:
    user: User
    role: str
    place: Place
    password: str


def load_places(*, by) -> None:
    """The fictional state, through the same import as the real directory."""
    levels = (Level.STATE, Level.DISTRICT, Level.BLOCK, Level.PANCHAYAT, Level.VILLAGE, Level.HAMLET)
    for level in levels:
        places.import_places(source=_directory(level), level=level, by=by)


def open_accounts(*, at: datetime, by) -> list[Account]:
    """One user for each role, with a password shown once."""
    accounts = []
    for username, (role, level) in ROLES.items():
        place = _demo_place(level)
        password = new_password()
        user = access.create_user(
            username=username, name=f"Demo {username}", password=password, language="hi" if level == "village" else "en", at=at, by=by
        )
        access.post(user=user, role=role, place=place, since=OPENED_ON, by=by)
        accounts.append(Account(user, role, place, password))
    return accounts


def enrol_phones(*, at: datetime, by) -> dict[int, str]:
    """A Gender CRP with a phone in each village; village code -> the phone's token. They sign in nowhere: no password is told."""
    tokens = {}
    for village in Place.objects.filter(level=Level.VILLAGE, lgd_code__gte=state.FIRST_CODE).order_by("lgd_code"):
        user = User.objects.filter(postings__place=village, postings__role="gender_crp").first() or _worker(village, at=at, by=by)
        _device, tokens[village.lgd_code] = access.enrol_device(user=user, label="Demo phone", at=at, by=by)
    return tokens


def adopt_roadmaps(*, on: date, at: datetime, by) -> None:
    """Two villages in three have met and taken a roadmap, longest ago first: some of its actions are done, some are late."""
    for n, village in enumerate(queries.villages_in(_demo_place("block"))):
        if n % 3 == 2:
            continue
        roadmap = adopt_roadmap(
            place=village,
            adopted_on=on - timedelta(days=30 + 9 * n),
            meeting="Gram Sabha",
            village_organisation=f"{village.name} VO",
            at=at,
            by=by,
        )
        for action in list(roadmap.actions.order_by("due_on"))[: 3 + n % 5]:
            villages.complete_roadmap_action(action=action, done_on=min(action.due_on, on), at=at, by=by)
        _ask_of_the_plan(village, n, on - timedelta(days=60), at=at, by=by)


def _ask_of_the_plan(village: Place, n: int, on: date, *, at: datetime, by) -> None:
    """Pensions that the panchayat took in part, houses it has not answered."""
    told = {"place": village, "year": plan_years(on)[1], "given_on": on, "at": at, "by": by}
    pensions = demanding.record(kind="PENSION", families=5 + n, **told)
    demanding.record(kind="HOUSE", families=8 + 2 * n, **told)
    taken_on = on + timedelta(days=40)
    demanding.answer(demand=pensions, taken=3 + n, taken_on=taken_on, reached=n, reached_on=taken_on, at=at, by=by)


def sign_own_points(*, at: datetime, by: User) -> None:
    """The demo village weighs lost harvests and jobs, and child labour, a little more than the state does."""
    village = _demo_place("village")
    points = dict(risk.definition_in_force(Subject.HOUSEHOLD, day_in_india(at), village).points_of)
    for key, more in {"B2": 2, "G3": 1, "F3": -1, "L3": -2}.items():
        points[key] += more
    own_points.sign(
        place=village,
        points=points,
        meeting=own_points.Meeting(
            met_on=day_in_india(at) - timedelta(days=2),
            present=27,
            roles=("VO_MEMBER", "SHG_MEMBER", "GENDER_CRP"),
            minutes="बाढ़ के बाद फ़सल का नुकसान यहाँ सबसे भारी पड़ता है। बैठक में सबकी सहमति से तय हुआ।",
        ),
        effective_from=day_in_india(at),
        at=at,
        by=by,
    )


def dispute_an_answer(*, at: datetime, by: User) -> None:
    """A family of the demo village finds that one of its answers is not as it was written."""
    found = Assessment.objects.filter(is_current=True, household__place=_demo_place("village"), grounds__deprived__contains=["B2"])
    appeals.dispute(
        household=found.select_related("household").order_by("-points", "pk")[0].household,
        indicator="B2",
        disputed_by=Disputer.FAMILY,
        why="बीमा का पैसा मिल गया है, अब नुकसान नहीं रहा।",
        on=day_in_india(at),
        at=at,
        by=by,
    )


def by_phone(post: list, tokens: dict[int, str]) -> list[list[tuple[str, object]]]:
    """The post of each phone in its order. A form for a village nobody knows comes from the first village's phone."""
    first = next(iter(tokens))
    queues = defaultdict(list)
    for sent in post:
        village = sent.village_code if sent.village_code in tokens else first
        queues[village].append((tokens[village], sent))
    return list(queues.values())


def _worker(village: Place, *, at: datetime, by) -> User:
    user = access.create_user(
        username=f"crp{village.lgd_code}",
        name=f"Demo CRP of {village.name}",
        password=None,
        language=state.BY_CODE[village.lgd_code].language,
        at=at,
        by=by,
    )
    access.post(user=user, role="gender_crp", place=village, since=OPENED_ON, by=by)
    return user


def _demo_place(level: str) -> Place:
    village = Place.objects.get(level=Level.VILLAGE, lgd_code=state.villages(state.DEMO_BLOCK.code)[0].code)
    return village if level == "village" else getattr(village, level)


def _directory(level: Level) -> io.BytesIO:
    """The fictional places of a level as a directory file."""
    text = io.StringIO()
    columns = [*(ABOVE[above] for above in NEEDS[level]), "lgd_code", "name", "name_hi", "name_te"]
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    for place in state.PLACES:
        if place.level == level:
            above = {ABOVE[Level(one.level)]: one.code for one in _ancestors(place) if Level(one.level) in NEEDS[level]}
            writer.writerow({**above, "lgd_code": place.code, "name": place.en, "name_hi": place.hi, "name_te": place.te})
    return io.BytesIO(text.getvalue().encode())


def _ancestors(place: state.DemoPlace):
    while place.parent:
        place = state.BY_CODE[place.parent]
        yield place
