"""A task force with a meeting that was held; a module's cascade."""

from datetime import UTC, date, datetime, time

from aanchal.access.acting import acting
from aanchal.activities import actions, training
from aanchal.activities.actions import Notice
from aanchal.activities.models import Module
from aanchal.activities.training import Result, Someone

NOW = datetime(2026, 9, 15, 6, tzinfo=UTC)
DAY = date(2026, 9, 10)
TOLD = {"title": "First batch", "audience": "STAFF", "is_of_trainers": False, "starts_on": DAY, "ends_on": DAY, "venue": "Block hall"}


def make_force(place, by, *, bodies=("SRLM", "POLICE")):
    with acting(by):
        force = actions.constitute(place=place, title="Task force", order_no="G.O. 1", on=date(2026, 4, 1), at=NOW, by=by)
        for n, body in enumerate(bodies):
            told = {"office": f"Office of {body}", "body": body, "is_chair": n == 0, "since": date(2026, 4, 1)}
            actions.join(force=force, at=NOW, by=by, **told)
    return force


def make_meeting(force, by, *, on=DAY, held=True):
    with acting(by):
        notice = Notice("TASK_FORCE", "Second quarter", on, time(11), "Collectorate", "Campaign")
        meeting = actions.call(place=force.place, notice=notice, force=force, at=NOW, by=by)
        if held:
            actions.hold(meeting=meeting, present=[("Office of SRLM", "SRLM", True), ("Office of POLICE", "POLICE", False)], at=NOW, by=by)
    return meeting


def someone(name="Meera Devi", post="Trainer", **more) -> Someone:
    return Someone(**{"name": name, "post": post, "audience": "STAFF", "sex": "FEMALE"} | more)


def module(key="basics") -> Module:
    return Module.objects.get(key=key, place=None)


def master(place, by, who=None, key="basics"):
    with acting(by):
        told = {"someone": who or someone(), "module_key": key, "source": "Letter 4", "on": DAY, "at": NOW, "by": by}
        return training.nominate(place=place, **told).participant


def known(place, by, name, **more):
    with acting(by):
        return training.known(place=place, someone=someone(name, **more), at=NOW, by=by)


def trained(place, by, trainer, people, *, after=80, **told):
    """A training held and certified: each of the people was there and got so many of a hundred."""
    with acting(by):
        one = training.plan(place=place, module=module(), told=TOLD | told, at=NOW, by=by)
        training.assign_trainer(training=one, participant=trainer, by=by)
        enrolled = [training.enrol(training=one, participant=person, by=by) for person in people]
        training.hold(training=one, results={each.pk: Result(1, 40, after) for each in enrolled}, at=NOW, by=by)
        training.certify(training=one, on=DAY, at=NOW, by=by)
    return one
