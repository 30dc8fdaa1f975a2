"""What the library and the advisories add to the world: a released paper of its State, a practice, a direction that was answered."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from aanchal.access import policy
from aanchal.access.acting import acting
from aanchal.advisories import actions as advisories
from aanchal.advisories.actions import Asked
from aanchal.advisories.models import Advisory, Answer, Direction, Task
from aanchal.library import actions, compendium, files
from aanchal.library.models import Document, Practice

CONTENT = b"What was done in the villages"


def fill(world) -> None:
    now, state = timezone.now(), world.here.state
    first, second, teller = (world.post(role, state) for role in ("nodal_officer", "nodal_officer", "programme_officer"))
    leader = world.staff["vo_leader"] = world.post("vo_leader", world.here)
    paper = files.taken("paper.txt", len(CONTENT), BytesIO(CONTENT))
    with acting(first):
        details = actions.Details(kind="CIRCULAR", title="A circular of the State", roles=["vo_leader"])
        document = actions.record(place=state, details=details, paper=paper, at=now, by=first)
    with acting(second):
        actions.release(document=document, at=now, by=second)
    with acting(leader):
        actions.acknowledge(document=document, at=now, by=leader)
    with acting(teller):
        told = {"problems": ["SOURCE"], "causes": ["LABOUR"], "was": "x", "done": "y", "came": "z"}
        compendium.submit(place=state, told=compendium.Told("A practice", "An office", **told), at=now, by=teller)
    advise(world, first, second, leader, paper)


def advise(world, first, second, leader, paper) -> None:
    now, day = timezone.now(), policy.day_in_india(timezone.now())
    asked = Asked("Read the register aloud", "VILLAGE_ORGANISATION", day + timedelta(days=30), places=[world.here.block])
    with acting(first):
        details = advisories.Details(number=f"S/{world.here.pk}", title="An advisory", dated_on=day)
        one = advisories.draft(place=world.here.state, details=details, at=now, by=first)
        advisories.direct(advisory=one, asked=asked, at=now, by=first)
    with acting(second):
        advisories.issue(advisory=one, at=now, by=second)
    with acting(leader):
        advisories.answer(task=Task.objects.get(place=world.here), words="Done", paper=paper, at=now, by=leader)


def ids(world) -> dict[tuple[str, str], object]:
    """For the addresses of the URL matrix."""
    state, here = {"place_no": world.here.state.place_no}, {"place_no": world.here.place_no}
    document = Document.objects.get(**state)
    return {
        ("library/", "pk"): document.pk,
        ("library/", "nth"): 1,
        ("library/practices/", "pk"): Practice.objects.get(**state).pk,
        ("public/library/", "pk"): document.pk,
        ("advisories/", "pk"): Advisory.objects.get(**state).pk,
        ("advisories/directions/", "pk"): Direction.objects.get(**state).pk,
        ("advisories/tasks/", "pk"): Task.objects.get(**here).pk,
        ("advisories/answers/", "pk"): Answer.objects.get(**here).pk,
    }
