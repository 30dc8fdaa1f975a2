"""The law's clocks for someone rescued and for an FIR: begun once, stopped once (clocks.yaml)."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from aanchal.access.policy import INDIA, day_in_india
from aanchal.core import trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.rescue import queries, rules
from aanchal.rescue.models import Deadline, Fir, Rescued
from aanchal.rescue.terms import Care, Stage
from aanchal.tracking import rules as touch
from aanchal.tracking import statutory

SHIPPED = Path(__file__).with_name("clocks.yaml")
BEFORE_CWC = "rescue-cwc"
A_BATCH = 500
NAME_OF_STAGE = {Stage.CHARGE_SHEETED: "SHEET", Stage.FINAL_REPORT: "FINAL", Stage.COGNIZANCE: "COGNIZANCE"}


@action
def load(*, by) -> int:
    return statutory.load(by=by, shipped=SHIPPED)


@action
def follow_rescued(*, rescued: Rescued, at: datetime, by) -> None:
    """What was done for her starts and stops clocks. The way to the Committee is not counted (JJ Act 2015 s.31)."""
    care = {one.care: one for one in rescued.care.all()}
    happened = rules.happened_to(
        rescued_at=rescued.rescued_at, exploitation=rescued.exploitation, care={key: one.at for key, one in care.items()}
    )
    journey = timedelta(hours=care[Care.CWC].journey_hours) if Care.CWC in care else timedelta(0)
    _follow({"rescued": rescued}, happened, is_child=rescued.is_child, at=at, more={BEFORE_CWC: journey})


@action
def follow_fir(*, fir: Fir, at: datetime, by) -> None:
    happened = {"REGISTERED": _noon(fir.registered_on)}
    arrests = [one.arrested_on for one in queries.accused_of(fir=fir) if one.arrested_on]
    if arrests:
        happened["ARRESTED"] = _noon(min(arrests))
    for step in fir.steps.order_by("on", "at"):
        name = "ENDED" if step.stage in rules.ENDED else NAME_OF_STAGE.get(Stage(step.stage))
        if name:
            happened.setdefault(name, _noon(step.on))
    is_child = fir.operation_id is not None and Rescued.objects.filter(operation=fir.operation_id, is_child=True).exists()
    _follow({"fir": fir}, happened, is_child=is_child, at=at)


@action
def pass_late(*, at: datetime, by) -> int:
    """Clocks whose time is over: who serves in a unit there is told that something urgent waits, once for each."""
    late = list(queries.just_late(at)[:A_BATCH])
    for one in late:
        users = queries.serving_at(one.place_no)
        notices.tell(users=users, topic=Topic.URGENT, about=one.pk, at=at, by=by)
        trail.write("rescue.clock.passed", about=one, key=one.key, told=len(users))
    Deadline.objects.filter(pk__in=[one.pk for one in late]).update(passed_at=at)
    return len(late)


def _follow(subject: dict, happened: dict, *, is_child: bool, at: datetime, more: dict | None = None) -> None:
    """Each clock begins once and stops once; what stopped stays as it was."""
    [record] = subject.values()
    known = {one.key: one for one in record.deadlines.all()}
    clocks = queries.clocks_on(day_in_india(at))
    running = touch.running((one.duty for one in clocks.values()), happened, is_child=is_child)
    fresh = []
    for key, (began, due, stopped) in running.items():
        not_counted = (more or {}).get(key, timedelta(0))
        if key not in known:
            fresh.append(
                Deadline(
                    **subject, place_no=record.place_no, key=key, clock=clocks[key], began_at=began, due_at=due + not_counted,
                    stopped_at=stopped,
                )  # fmt: skip
            )
        elif stopped and known[key].stopped_at is None:
            known[key].stopped_at, known[key].due_at = stopped, known[key].due_at + not_counted
            known[key].save(update_fields=["stopped_at", "due_at"])
    insert(*fresh)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), INDIA).astimezone(UTC)
