"""Every change to what a family applied for and received."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from aanchal.access.policy import day_in_india
from aanchal.benefits import plan, queries, rules
from aanchal.benefits.facts import Delivered
from aanchal.benefits.facts import Refused as RefusedFact
from aanchal.benefits.models import Entitlement, Proposed, SchemeVersion, Service, Step, Told
from aanchal.benefits.questions import questions
from aanchal.benefits.rules import APPEAL_DAYS, STANDING, NotPossible, Refused
from aanchal.benefits.scheme import Scheme, shipped_schemes
from aanchal.benefits.terms import Proof, Reason, Source, State
from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.people.models import Household, Person
from aanchal.villages.rules import holds_a_number_of_a_person

LONGEST_NOTE = 300


@dataclass(frozen=True)
class Move:
    """What came of an application: the state it goes to, the day, and what has to be said with it."""

    to: str
    on: date
    reason: str = ""
    note: str = ""
    proof: str = ""
    amount_paise: int | None = None
    days_worked: int | None = None


@action
def load_schemes(*, by) -> list[str]:
    """Keep each scheme this program ships, once; a version already kept is not touched. Returns the new versions."""
    added = []
    known = set(SchemeVersion.objects.filter(place=None).values_list("version", flat=True))
    for code, (since, content) in shipped_schemes().items():
        version = f"{code}-{since.isoformat()}"
        if version not in known:
            row = SchemeVersion.objects.create(version=version, code=code, effective_from=since, content=content)
            trail.write("benefits.scheme.loaded", about=row)
            added.append(version)
    if added:
        queries.forget()
    return added


@action
def tell(*, household: Household, person: Person | None, answers: Mapping[str, int | None], on: date, at: datetime, by) -> Told:
    """What the family answers for its plan: kept with what it answered before. None takes an answer back. Raises Refused."""
    today = day_in_india(at)
    wrong = [(key, "unknown_question") for key in answers if not _is_asked(key, person)]
    if wrong or on > today:
        raise Refused([*wrong, *([("on", "in_the_future")] if on > today else [])])
    row = _keep_answers(household, person, answers, on=on, by=by)
    _propose_again(household, at=at)
    return row


@action
def apply(
    *, household: Household, person: Person | None, code: str, on: date, reference: str = "", camp: str = "", at: datetime, by
) -> Entitlement:
    """The family applies at the office. Raises Refused: it has it, has applied, or by its answers is not eligible."""
    return _apply(queries.family(household, on), person, code, on=on, reference=reference, camp=camp, at=at, by=by)


@action
def apply_at_camp(
    *, wanted: Sequence[tuple[Household, Person | None]], code: str, camp: str, on: date, at: datetime, by
) -> tuple[list[Entitlement], list[tuple[Household, str]]]:
    """Many families apply for one scheme at once. Who cannot is named with the reason; the others are applied for."""
    applied, refused = [], []
    known = {one.household.pk: one for one in queries.families({household for household, _ in wanted}, on)}
    for household, person in wanted:
        try:
            with transaction.atomic():
                applied.append(_apply(known[household.pk], person, code, on=on, reference="", camp=camp, at=at, by=by))
        except Refused as fault:
            refused.append((household, fault.faults[0][1]))
    return applied, refused


@action
def move(*, entitlement: Entitlement, move: Move, at: datetime, by) -> Entitlement:
    """One step further. Raises Refused for what cannot be said, NotPossible for a step that does not follow or that another took first."""
    one = Entitlement.objects.select_for_update(of=("self",)).select_related("household", "scheme").filter(pk=entitlement.pk).first()
    if one is None:
        raise NotPossible("not there")
    rules.check("entitlement", one.state, move.to)
    if faults := list(_faults_of_move(one, move, day_in_india(at))):
        raise Refused(faults)
    before, one.state, one.moved_on = one.state, State(move.to), move.on
    _keep_what_is_said(one, move)
    try:
        with transaction.atomic():
            one.save(update_fields=["state", "moved_on", "due_on", "reason", "proof", "amount_paise", "holds_until"])
    except IntegrityError as twice:
        raise Refused([("to", "applied_already")]) from twice
    _note(one, before, move, at=at, by=by)
    _follow(one, move, at=at, by=by)
    return one


@action
def had_before(*, household: Household, person: Person | None, code: str, on: date, at: datetime, by) -> Service:
    """The family tells that it has this already. Raises Refused where the ledger knows it."""
    scheme = _scheme(code, on, household)
    family = queries.family(household, on)
    if fault := _fault_of_ledger(family, scheme, person):
        raise Refused([("code", fault)])
    changed = plan.delivers(family, scheme, person, queries.schemes_in_force(on, household))
    service = _service(household, person, scheme, Source.TOLD, None, on=on, value=None, at=at, by=by)
    insert(service)
    trail.write("benefits.service.told", about=household, code=_named(scheme.code, scheme.is_private))
    _came(household, person, scheme, changed, on=on, at=at, by=by)
    return service


@action
def note_export(*, place, rows: int, by) -> None:
    """The board of a place was taken out as a file."""
    trail.write("benefits.board.exported", about=place, rows=rows)


@action
def propose(*, households: Iterable[Household], at: datetime) -> int:
    """What families lack, found again and kept for the counts; no private scheme. Returns how many families were written."""
    on = day_in_india(at)
    found = queries.families(households, on)
    rows = [_proposed(one, at, on) for one in found]
    Proposed.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["household"],
        update_fields=["place_no", "assessment_id", "lacking", "to_ask", "found_at"],
    )  # fmt: skip
    return len(rows)


def _apply(
    family: queries.Family, person: Person | None, code: str, *, on: date, reference: str, camp: str, at: datetime, by
) -> Entitlement:
    household, scheme = family.household, _scheme(code, on, family.household)
    faults = [*_faults_of_application(family, scheme, person, on, at)]
    if holds_a_number_of_a_person(camp):
        faults.append(("camp", "personal_number"))
    if faults:
        raise Refused(faults)
    one = new(
        Entitlement, household=household, person=person, place_id=household.place_id, place_no=household.place_no,
        scheme_id=scheme.version, code=code, is_private=scheme.is_private, applied_on=on, due_on=rules.due_on(on, scheme.days),
        moved_on=on, reference=reference.strip()[:40], camp=camp.strip()[:80], recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            _let_lapse(household, person, scheme, on=on, at=at, by=by)
            insert(one)
    except IntegrityError as twice:
        raise Refused([("code", "applied_already")]) from twice
    _note(one, "", Move(to=State.APPLIED, on=on), at=at, by=by)
    return one


def _faults_of_application(family: queries.Family, scheme: Scheme, person: Person | None, on: date, at: datetime):
    if on > day_in_india(at):
        yield "on", "in_the_future"
    if scheme.is_of_person != (person is not None):
        yield "person", "not_this_unit"
        return
    member = next((one for one in family.members if one.person == person), None)
    if person and member is None:
        yield "person", "not_of_the_family"
        return
    if fault := _fault_of_ledger(family, scheme, person, on):
        yield "code", fault
    elif scheme.eligible.truth(plan.answers_for(scheme, family, member)) is False:
        yield "code", "not_eligible"


def _fault_of_ledger(family: queries.Family, scheme: Scheme, person: Person | None, on: date | None = None) -> str:
    key = (scheme.code, person.pk if person else None)
    standing = family.entitlements.get(key)
    if standing and standing.state == State.DELIVERED and on and _has_lapsed(standing, scheme, on):
        return ""
    if key in family.received or (standing and standing.state == State.DELIVERED):
        return "delivered_already"
    return "applied_already" if standing and standing.state in STANDING else ""


def _has_lapsed(one: Entitlement, scheme: Scheme, on: date) -> bool:
    return rules.has_lapsed(one.moved_on, scheme.renews, on, one.holds_until)


def _let_lapse(household: Household, person: Person | None, scheme: Scheme, *, on: date, at: datetime, by) -> None:
    """What ran out makes room for its renewal."""
    for one in Entitlement.objects.filter(household=household, person=person, code=scheme.code, state=State.DELIVERED):
        if _has_lapsed(one, scheme, on):
            rules.check("entitlement", one.state, State.LAPSED)
            Entitlement.objects.filter(pk=one.pk).update(state=State.LAPSED, moved_on=on)
            _note(one, State.DELIVERED, Move(to=State.LAPSED, on=on), at=at, by=by)


def _faults_of_move(one: Entitlement, move: Move, today: date):
    if move.on > today:
        yield "on", "in_the_future"
    elif move.on < one.moved_on:
        yield "on", "before_the_last_step"
    if move.to in (State.REFUSED, State.UPHELD) and move.reason not in Reason.values:
        yield "reason", "reason_wanted"
    if move.to == State.DELIVERED and move.proof not in Proof.values:
        yield "proof", "proof_wanted"
    if move.to in (State.COMPLAINED, State.APPEALED, State.WITHDRAWN) and not move.note.strip():
        yield "note", "note_wanted"
    if move.to == State.COMPLAINED and move.on <= one.due_on and one.state == State.APPLIED:
        yield "to", "not_late_yet"
    if holds_a_number_of_a_person(move.note):
        yield "note", "personal_number"
    if move.amount_paise is not None and move.amount_paise < 0:
        yield "amount_paise", "out_of_range"
    if move.days_worked is not None and not 0 <= move.days_worked <= 366:
        yield "days_worked", "out_of_range"


def _keep_what_is_said(one: Entitlement, move: Move) -> None:
    if move.to in (State.REFUSED, State.UPHELD):
        one.reason = move.reason
    if move.to == State.DELIVERED:
        one.proof = move.proof
        one.holds_until = rules.holds_until(move.on, queries.scheme(one.scheme_id).renews)
    if move.amount_paise is not None:
        one.amount_paise = move.amount_paise
    if move.to == State.APPEALED:
        one.due_on = rules.due_on(move.on, APPEAL_DAYS)


def _note(one: Entitlement, before: str, move: Move, *, at: datetime, by) -> None:
    insert(
        new(
            Step, entitlement=one, place_no=one.place_no, is_private=one.is_private, before=before, after=move.to, on=move.on,
            reason=move.reason, note=move.note.strip()[:LONGEST_NOTE], by_id=by.pk, at=at,
        )  # fmt: skip
    )
    trail.write(f"benefits.entitlement.{str(move.to).lower()}", about=one, code=_named(one.code, one.is_private))


def _follow(one: Entitlement, move: Move, *, at: datetime, by) -> None:
    """A delivery is a line of the ledger, and changes what the family lacks; a refusal has it looked at again."""
    household = one.household
    if move.to == State.DELIVERED:
        scheme, family = queries.scheme(one.scheme_id), queries.family(household, move.on)
        changed = plan.delivers(family, scheme, one.person, queries.schemes_in_force(move.on, household))
        if move.days_worked is not None and "mgnregs_days" in scheme.gives:
            changed = {**changed, "mgnregs_days": move.days_worked}
        value = one.amount_paise if one.amount_paise is not None else scheme.amount_paise or None
        insert(_service(household, one.person, scheme, Source.DELIVERED, one, on=move.on, value=value, at=at, by=by))
        _came(household, one.person, scheme, changed, on=move.on, at=at, by=by)
    elif move.to in (State.REFUSED, State.UPHELD):
        facts.announce(RefusedFact(household=household, on=move.on, at=at, by=by))
        _propose_again(household, at=at)


def _keep_answers(household: Household, person: Person | None, answers: Mapping[str, int | None], *, on: date, by) -> Told:
    kept = {**queries.told_by(household, person), **answers}
    row = new(
        Told, household=household, person=person, place_no=household.place_no,
        answers={key: value for key, value in kept.items() if value is not None}, told_on=on, told_by_id=by.pk,
    )  # fmt: skip
    insert(row)
    trail.write("benefits.family.told", about=household, answers=len(answers))
    return row


def _came(household: Household, person: Person | None, scheme: Scheme, changed: Mapping[str, int], *, on: date, at: datetime, by) -> None:
    """What a survey will find otherwise is known before it comes."""
    kept = {key: value for key, value in scheme.gives.items() if questions()[key].source != "survey"}
    for of, whose in (("household", None), ("person", person)):
        answers = {key: value for key, value in kept.items() if questions()[key].of == of}
        if answers:
            _keep_answers(household, whose, answers, on=on, by=by)
    facts.announce(Delivered(household=household, told=changed, on=on, at=at, by=by))
    _propose_again(household, at=at)


def _propose_again(household: Household, *, at: datetime) -> None:
    propose(households=[household], at=at)


def _proposed(family: queries.Family, at: datetime, on: date) -> Proposed:
    found = plan.verdicts(family, [one for one in queries.schemes_in_force(on, family.household) if not one.is_private])
    return Proposed(
        household=family.household, place_no=family.household.place_no, lacking=found["PROPOSED"], to_ask=found["ASK"], found_at=at,
        assessment_id=family.household.assessments.filter(is_current=True).values_list("pk", flat=True).first(),
    )  # fmt: skip


def _service(
    household: Household, person: Person | None, scheme: Scheme, source: str, one: Entitlement | None, *, on: date, value: int | None,
    at: datetime, by,
) -> Service:
    return new(
        Service, household=household, person=person, place_no=household.place_no, code=scheme.code, title=dict(scheme.title),
        is_private=scheme.is_private, on=on, value_paise=value, source=source, entitlement=one, recorded_by_id=by.pk, recorded_at=at,
    )  # fmt: skip


def _scheme(code: str, on: date, household: Household) -> Scheme:
    """Read at once: nobody is refused, or promised an amount, by a version that another process replaced a moment ago."""
    found = queries.in_force(code, on, household, at_once=True)
    if found is None:
        raise Refused([("code", "no_such_scheme")])
    return found


def _is_asked(key: str, person: Person | None) -> bool:
    question = questions().get(key)
    return bool(question and question.is_asked and (question.of == "person") == (person is not None))


def _named(code: str, is_private: bool) -> str:
    """On the trail: more people read it than may know what rests on private answers."""
    return "" if is_private else code
