"""Searches for the missing: how far they are, and the clocks of the law that run meanwhile."""

from datetime import UTC, date, datetime, time

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import INDIA, day_in_india
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert
from aanchal.registers import actions as registers
from aanchal.registers.models import Entry
from aanchal.tracking import alerting, queries, rules
from aanchal.tracking.facts import SearchClosed
from aanchal.tracking.models import Deadline, Search
from aanchal.tracking.terms import AlertKind, Outcome, SearchOutcome, SearchState

DAYS_WRITTEN = {SearchState.GD_ENTRY: "gd_on", SearchState.FIR: "fir_on", SearchState.TRACED: "traced_on"}
ENDS = {"NOT_MISSING": Outcome.NOT_SO, "MISTAKE": Outcome.MISTAKE}
"""Outcome of a search -> that of its alert; any other: found."""
NUMBERS = {SearchState.GD_ENTRY: "gd_number", SearchState.FIR: "fir_number"}


@action
def follow_line(*, entry: Entry, at: datetime, by) -> Search:
    """What a line of the missing register says, new or corrected, is followed by the search, its clocks and its alert."""
    search = queries.search_of(entry.corrects_id) if entry.corrects_id else None
    if search is None:
        search = _open(entry, at=at, by=by)
    elif search.entry_id != entry.pk:
        _follow(search, entry, at=at, by=by)
    run_clocks(search, entry, at=at)
    return search


@action
def move(*, search: Search, state: str, on: date, number: str, at: datetime, by) -> Search:
    """The search went on: written into the register, from which everything else follows. Raises NotPossible."""
    search = Search.objects.select_for_update().get(pk=search.pk)
    rules.check_search(search.state, state)
    if on > day_in_india(at):
        raise rules.NotPossible("future")
    details = {"missing_status": rules.REGISTER_OF_STATE[SearchState(state)]}
    if state in DAYS_WRITTEN:
        details[DAYS_WRITTEN[SearchState(state)]] = on.isoformat()
    if state in (SearchState.GD_ENTRY, SearchState.FIR):
        details["police_informed"] = "yes"
        if not number.strip():
            raise rules.NotPossible("number")
    texts = {NUMBERS[SearchState(state)]: number} if state in NUMBERS else {}
    _correct(search, registers.Changes(details=details, texts=texts), at=at, by=by)
    return Search.objects.get(pk=search.pk)


@action
def close(*, search: Search, outcome: str, at: datetime, by) -> Search:
    """Over, with an outcome. Raises NotPossible."""
    search = Search.objects.select_for_update().get(pk=search.pk)
    rules.check_search(search.state, SearchState.CLOSED)
    if outcome == "OWN_CHOICE" and search.is_child:
        raise rules.NotPossible("child")
    if outcome != SearchOutcome.WITH_FAMILY:
        alerting.check_settled(search.pk, at=at, by=by)
    written = rules.REGISTER_OF_OUTCOME.get(outcome)
    if search.state in rules.LOOKED_FOR and written is None:
        written = "TRACED"
    set_state(search, SearchState.CLOSED, outcome, at=at, by=by)
    if written:
        details = (
            {"missing_status": written, "traced_on": day_in_india(at).isoformat()} if written == "TRACED" else {"missing_status": written}
        )
        _correct(search, registers.Changes(details=details), at=at, by=by)
    else:
        run_clocks(search, search.entry, at=at)
    return Search.objects.get(pk=search.pk)


def _open(entry: Entry, *, at: datetime, by) -> Search:
    state, outcome = said_of(entry)
    search = Search(
        entry=entry, person=entry.person, place=entry.place, place_no=entry.place_no,
        is_child=rules.is_child(entry.person.age.on(entry.happened_on)), state=state, outcome=outcome, reported_at=at, changed_at=at,
        closed_at=at if outcome else None,
    )  # fmt: skip
    insert(search)
    trail.write("tracking.search.opened", about=search, state=state)
    if state in rules.LOOKED_FOR:
        alerting.raise_alert(kind=AlertKind.MISSING, about=search, at=at, by=by)
    return search


def _follow(search: Search, entry: Entry, *, at: datetime, by) -> None:
    """A correction may take a search back, too: it was not she. A search closed with an outcome only opens when the line does."""
    search.entry = entry
    search.save(update_fields=["entry"])
    state, outcome = said_of(entry)
    if search.state == SearchState.CLOSED and not (entry.is_open and not (entry.corrects and entry.corrects.is_open)):
        return
    if (state, outcome) != (search.state, search.outcome):
        set_state(search, state, outcome, at=at, by=by)


def set_state(search: Search, state: str, outcome: str, *, at: datetime, by) -> None:
    was_looked_for = search.state in rules.LOOKED_FOR
    search.state, search.outcome, search.changed_at = state, outcome, at
    search.closed_at = at if state == SearchState.CLOSED else None
    search.save(update_fields=["state", "outcome", "changed_at", "closed_at"])
    trail.write("tracking.search.moved", about=search, state=state, outcome=outcome)
    if state not in rules.LOOKED_FOR:
        told = ENDS.get(outcome, Outcome.TRACED)
        alerting.close_all(subject=search.pk, outcome=told, kind=AlertKind.MISSING, at=at, by=by)
    elif not was_looked_for:
        alerting.raise_alert(kind=AlertKind.MISSING, about=search, at=at, by=by)
    if state == SearchState.CLOSED:
        facts.announce(SearchClosed(search=search, by=by))


def said_of(entry: Entry) -> tuple[str, str]:
    """State and outcome of a search as the register tells them."""
    status = str(entry.details.get("missing_status", "REPORTED_VILLAGE"))
    state = rules.STATE_OF_REGISTER[status]
    if state in rules.LOOKED_FOR and "traced_on" in entry.details:
        state = SearchState.TRACED
    return state, rules.OUTCOME_OF_REGISTER.get(status, "")


def run_clocks(search: Search, entry: Entry, *, at: datetime) -> None:
    """Each clock begins once and stops once. What stopped or was passed stays as it was, whatever the line says later."""
    known = {one.key: one for one in search.deadlines.all()}
    clocks = {one.key: one for one in queries.clocks(day_in_india(at))}
    running = rules.running((one.duty for one in clocks.values()), _happened(search, entry), is_child=search.is_child)
    fresh = [
        Deadline(search=search, place_no=search.place_no, key=key, clock=clocks[key], began_at=began, due_at=due, stopped_at=stopped)
        for key, (began, due, stopped) in running.items()
        if key not in known
    ]
    insert(*fresh)
    for key, (_began, _due, stopped) in running.items():
        deadline = known.get(key)
        if deadline and stopped and deadline.stopped_at is None:
            deadline.stopped_at = stopped
            deadline.save(update_fields=["stopped_at"])
            alerting.close_all(subject=deadline.pk, outcome=Outcome.DUTY_DONE, at=at, by=SYSTEM)


def _happened(search: Search, entry: Entry) -> dict[str, datetime]:
    """What has happened and when, as the register and the search say. Of a state that tells no day it is the moment it was told."""
    found = {"REPORTED": search.reported_at}
    for state, key in DAYS_WRITTEN.items():
        if told := entry.details.get(key):
            found["GD" if state == SearchState.GD_ENTRY else state.value] = _noon(date.fromisoformat(str(told)))
    reached = {SearchState.FIR: "FIR", SearchState.WITH_AHTU: "AHTU", SearchState.TRACED: "TRACED", SearchState.RESTORED: "RESTORED"}
    if name := reached.get(SearchState(search.state)):
        found.setdefault(name, search.changed_at)
    if search.closed_at:
        found["CLOSED"] = search.closed_at
    return found


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), INDIA).astimezone(UTC)


def _correct(search: Search, changes: registers.Changes, *, at: datetime, by) -> None:
    """As the installation: who may say how far a search is need not write registers. Who said it stands on the trail of the search."""
    entry = queries.line(search.entry_id)
    trail.write("tracking.search.told", about=search, said=sorted(changes.details))
    with acting(SYSTEM):
        registers.correct_entry(entry=entry, changes=changes, reason="SEARCH", at=at, by=SYSTEM)
