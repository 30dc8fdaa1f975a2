"""The demo's library, a good practice that is published and one that waits, and an advisory on its way through the district."""

from datetime import datetime, timedelta
from io import BytesIO

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.advisories import actions as advisories
from aanchal.advisories.actions import Asked
from aanchal.advisories.models import Advisory, Task
from aanchal.library import actions, compendium, files
from aanchal.library.actions import Details
from aanchal.library.compendium import Told
from aanchal.library.models import Document
from aanchal.places.models import Place
from aanchal.places.queries import nation

CIRCULAR = """प्रवासी परिवारों का पंजीकरण

ग्राम संगठन की मासिक बैठक में प्रवास पंजिका पढ़कर सुनाई जाए। जो परिवार ईंट भट्ठों पर जाते हैं, उनके बच्चों का नाम विद्यालय में बना रहे।
मानव तस्करी के संबंध में कोई भी सूचना तुरंत 1098 या 112 पर दी जाए।
"""
LINK = "See that every missing child of the last year is linked to an FIR, and tell how many were not."
MEET = "Hold the task force's meeting on the season's migration."
READ = "Read the migration register aloud in the village meeting."
LINKED = "Eleven missing children, ten with an FIR; the eleventh was registered today."
WATCH = Told(
    title="Two people on every platform at night", organisation="Railway police with a women's federation", problems=["TRANSIT"],
    causes=["LABOUR", "SERVITUDE"], was="Children were taken through the junction on night trains, and nobody asked.",
    done="Two trained women and a constable watched each platform from ten at night to five in the morning, with a list of questions and"
    " the number of the child helpline.",
    came="In the first half year the helpline was called for thirty-one children; twenty-six went home with their parents.",
)  # fmt: skip
SCHOOL = Told(
    title="A place in the hostel before the kilns open", organisation="District mission", problems=["SOURCE"], causes=["LABOUR"],
    was="Children left school in October, when their parents went to the kilns.",
    done="In September the federation asked each family that goes, and kept a bed in the seasonal hostel for each child.",
    came="Of 140 children who left the year before, 97 stayed.",
)  # fmt: skip


def load(*, village: Place, users: dict[str, User], at: datetime) -> None:
    with acting(SYSTEM):
        actions.load_catalogue(place=nation(), at=at, by=SYSTEM)
    _circular(village.state, users, at)
    _practices(village.state, users, at)
    issue(village=village, users=users, at=at)


def _circular(state: Place, users: dict[str, User], at: datetime) -> None:
    """Filed by the expert, read by the block; the nation's analyst released it."""
    expert, content = users["state_expert"], CIRCULAR.encode()
    paper = files.taken("circular.txt", len(content), BytesIO(content))
    on = day_in_india(at)
    with acting(expert):
        details = Details(
            kind="CIRCULAR", title="प्रवासी परिवारों के पंजीकरण के संबंध में परिपत्र", number="GSI/12/2026",
            dated_on=on - timedelta(days=20), language="hi", source="State Rural Livelihoods Mission",
            roles=["vo_leader", "block_officer"], read_by_on=on + timedelta(days=10),
        )  # fmt: skip
        document = actions.record(place=state, details=details, paper=paper, at=at, by=expert)
    with acting(users["analyst"]):
        actions.release(document=document, at=at, by=users["analyst"])
    with acting(users["block_officer"]):
        actions.acknowledge(document=document, at=at, by=users["block_officer"])


def _practices(state: Place, users: dict[str, User], at: datetime) -> None:
    teller, expert = users["programme_officer"], users["state_expert"]
    with acting(teller):
        watch, _school = (compendium.submit(place=state, told=told, at=at, by=teller) for told in (WATCH, SCHOOL))
    with acting(expert):
        compendium.decide(practice=watch, publish=True, words="", at=at, by=expert)


def issue(*, village: Place, users: dict[str, User], at: datetime) -> Advisory:
    """Of the Nodal Cell: the unit answers and is accepted, the block's answer waits, the villages' leaders find it on their desk."""
    analyst, second, on = users["analyst"], users["second_analyst"], day_in_india(at)
    with acting(SYSTEM):
        document = Document.objects.get(catalogue_no=8)
    directions = (
        Asked(LINK, "AHTU", on + timedelta(days=21), "FILE", "a count by police station", [village.state]),
        Asked(MEET, "BLOCK_MISSION", on + timedelta(days=14), places=[village.district]),
        Asked(READ, "VILLAGE_ORGANISATION", on + timedelta(days=30), asked="how many came", places=[village.block]),
    )  # fmt: skip
    with acting(analyst):
        details = advisories.Details("NC/3/2026", "Missing children before the season of migration", on - timedelta(days=2), document)
        one = advisories.draft(place=nation(), details=details, at=at, by=analyst)
        for asked in directions:
            advisories.direct(advisory=one, asked=asked, at=at, by=analyst)
    with acting(second):
        advisories.issue(advisory=one, at=at, by=second)
    _answer(one, village, users, at)
    return one


def _answer(one: Advisory, village: Place, users: dict[str, User], at: datetime) -> None:
    ahtu, block, state = users["ahtu_officer"], users["block_officer"], users["nodal_officer"]
    content = b"Station, missing children, without FIR\nNorth, 7, 0\nSouth, 4, 1\n"
    paper = files.taken("count.txt", len(content), BytesIO(content))
    with acting(ahtu):
        task = Task.objects.get(advisory=one, unit="AHTU")
        advisories.answer(task=task, words=LINKED, paper=paper, at=at, by=ahtu)
    with acting(state):
        advisories.decide(task=task, decision="ACCEPT", words="", at=at, by=state)
    with acting(block):
        task = Task.objects.get(advisory=one, unit="BLOCK_MISSION", place=village.block)
        advisories.answer(task=task, words="Held on Monday, with 14 of 19 members.", at=at, by=block)
