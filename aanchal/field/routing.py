"""One action for each form: the answers of a phone become the words of an app."""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.utils import timezone

from aanchal.access import policy
from aanchal.core import codes
from aanchal.field import actions, order, own_answers, queries
from aanchal.inbox.facts import SubmissionReceived
from aanchal.people import actions as people
from aanchal.people import queries as households
from aanchal.people.actions import ElsewhereRecorded, HouseholdDetails, PersonDetails, PossibleDouble
from aanchal.people.changes import Seen, Source
from aanchal.people.rules import Age
from aanchal.registers import actions as registers
from aanchal.registers import rules as register_rules
from aanchal.registers.terms import Register
from aanchal.risk import actions as risk
from aanchal.risk.rules import facts_of_survey
from aanchal.tracking import actions as tracking
from aanchal.tracking import queries as journeys
from aanchal.tracking.actions import AlreadyAway
from aanchal.tracking.models import Journey
from aanchal.tracking.rules import NotPossible
from aanchal.villages import actions as villages


class NotAnId(ValueError):
    """What stands where the phone should have minted a UUID; the message names the question."""


class NotOfThisVillage(ValueError):
    """The family a follow-up visit speaks of is not recorded in the village told."""


class NotOfThisState(ValueError):
    """The form belongs to a state in which the place told does not lie."""


class UnknownJourney(ValueError):
    """Nobody who is away is meant by the line chosen or the code written, or more than one; the message names the question."""


class NotThisDay(ValueError):
    """No check-in can be of this day; the message names the question."""


class JourneyOver(ValueError):
    """She was home, or needed no calls any more, before the day told."""


class OutOfOrder(ValueError):
    """A visit made without a network came before the one it follows."""


REFUSALS = {
    OutOfOrder: "OUT_OF_ORDER",
    NotAnId: "BAD_ID",
    NotOfThisVillage: "UNKNOWN_HOUSEHOLD",
    NotOfThisState: "OTHER_STATE",
    UnknownJourney: "UNKNOWN_JOURNEY",
    NotThisDay: "CHECK_IN_DAY",
    JourneyOver: "JOURNEY_OVER",
    PossibleDouble: "POSSIBLE_DOUBLE",
    ElsewhereRecorded: "ELSEWHERE",
    registers.AlreadyRecorded: "ALREADY_RECORDED",
    AlreadyAway: "ALREADY_AWAY",
    registers.InTheFuture: "IN_THE_FUTURE",
    register_rules.NotSaid: "NOT_SAID",
    villages.Refused: "NOT_SAID",
}
"""What an action may refuse, and the fault a reviewer then sees."""


NAMING = (NotAnId, NotOfThisVillage, UnknownJourney, NotThisDay, register_rules.NotSaid, villages.Refused)
"""Their message begins with the name of a question."""
NOT_NOTED = {"before_departure": (NotThisDay, "heard_on"), "future": (NotThisDay, "heard_on"), "over": (JourneyOver, "journey")}
"""What a check-in may be refused for, as a phone's form says it."""


def fault_of(refusal: Exception) -> tuple[str, tuple[str, ...], str]:
    """(kind of fault, records it meets, name of the question) of what an action refused."""
    about: tuple[str, ...] = ()
    if isinstance(refusal, PossibleDouble):
        about = refusal.codes
    elif isinstance(refusal, registers.AlreadyRecorded) and refusal.entry:
        about = (str(refusal.entry.pk),)
    elif isinstance(refusal, AlreadyAway):
        about = (str(refusal.journey.entry_id),)
    names = [name for name, _code in refusal.faults] if isinstance(refusal, villages.Refused) else str(refusal).split(", ")
    asked = names[0] if isinstance(refusal, NAMING) and names else ""
    return REFUSALS[type(refusal)], about, asked


REGISTERS = {
    "migration_entry": Register.MIGRATION,
    "marriage_entry": Register.MARRIAGE,
    "missing_entry": Register.MISSING,
    "departure_entry": Register.LEFT,
}
COMMON = {"start", "end", "today", "deviceid", "place", "consent", "household_code", "person", "happened_on", "meta", "photo"}


def route(received: SubmissionReceived) -> None:
    """Apply a submission by the one action of its form; one of a state's own form is only kept, to be read."""
    form_id = received.submission.form_id
    if form_id not in NATIONAL:
        keep_answers(received)
        return
    apply = record_entry if form_id in REGISTERS else ROUTES[form_id]
    if received.answers.get("consent", {}).get("consent_given") != "no":
        apply(received)


def record_survey(received: SubmissionReceived) -> None:
    answers, submission = received.answers, received.submission
    told_on = _told_on(received)
    hh, private, members = answers.get("hh", {}), answers.get("private", {}), answers.get("member", [])
    details = HouseholdDetails(
        id=_minted(hh, "household_id"),
        hamlet=answers["place"].get("hamlet") or "",
        social_category=hh.get("social_category") or "UNKNOWN",
        house_type=hh.get("house_type") or "",
        land_class=hh.get("land_class") or "",
        position=_position(answers["place"].get("location")),
        members=tuple(_member(member, hh, told_on) for member in members),
        consent_giver=answers["consent"].get("consent_giver", "self_adult").upper(),
        language=submission.sender.language,
        distinct=received.reviewed,
    )
    risk.record_survey(
        details=details,
        told=facts_of_survey({**hh, **private}, members),
        place=submission.place,
        visited_on=told_on,
        submission_id=submission.pk,
        seconds=_seconds(answers),
        at=submission.received_at,
        by=received.by,
        source=_source(received, told_on),
    )


def record_follow_up(received: SubmissionReceived) -> None:
    """Only where the family was met; that she was not at home changes nothing."""
    answers, submission = received.answers, received.submission
    household = households.locked(_minted(answers, "household"))
    if household is None or household.place_no != submission.place.place_no:
        raise NotOfThisVillage("household")
    if answers.get("met") != "yes":
        return
    told, told_on = facts_of_survey(answers.get("now", {}), ()), _told_on(received)
    risk.record_follow_up(
        household=household,
        told={fact: told[fact] for fact in ASKED_AGAIN if told[fact] is not None},
        visited_on=told_on,
        submission_id=submission.pk,
        at=submission.received_at,
        by=received.by,
        source=_source(received, told_on),
    )


def _in_order(received: SubmissionReceived) -> bool:
    """Whether the visit before it stands, or none is before it. Raises OutOfOrder where it does not, unless a person decided

    or it was waited for long enough.
    """
    submission = received.submission
    step = order.step_of(order.origin(submission).raw())
    if step is None:
        return True
    is_ready = order.is_ready(step)
    if not (is_ready or received.reviewed or received.waited):
        raise OutOfOrder
    is_forced = not (is_ready or received.reviewed)
    actions.note_step(step=step, submission=submission, is_forced=is_forced, at=timezone.now(), by=received.by)
    return is_ready


def _source(received: SubmissionReceived, told_on: date) -> Source:
    """Whose change it is: hers who sent it, whoever accepts it."""
    submission = received.submission
    return Source(
        entered_by=submission.sender,
        told_on=told_on,
        at=submission.received_at,
        submission_id=submission.pk,
        seen=partial(_seen, received),
    )


def _seen(received: SubmissionReceived) -> Seen:
    """What she had before her; asked only where the family is known. Raises OutOfOrder."""
    return order.seen_by(received.submission, is_gap=not _in_order(received))


def record_entry(received: SubmissionReceived) -> None:
    answers, submission = received.answers, received.submission
    told = answers["person"]
    household = _household(answers.get("household_code"), submission.place)
    told_of = PersonDetails(
        id=_minted(told, "person_id"),
        name=told["name"],
        sex=told["sex"],
        age=_age(told, _told_on(received)),
        guardian_name=told.get("guardian_name") or "",
        phone=told.get("phone") or "",
    )
    person = people.recognise_person(details=told_of, household=household, place=submission.place, by=received.by)
    details, texts = register_rules.split(REGISTERS[submission.form_id], _flat(answers))
    registers.record_entry(
        register=REGISTERS[submission.form_id],
        person=person,
        household=household,
        place=submission.place,
        happened_on=date.fromisoformat(answers["happened_on"]),
        details=details,
        texts=texts,
        submission_id=submission.pk,
        at=submission.received_at,
        by=received.by,
    )


def record_check_in(received: SubmissionReceived) -> None:
    """It counts for the day it tells of, whenever it comes: what was heard since stands."""
    answers, submission = received.answers, received.submission
    try:
        tracking.record_check_in(
            journey=_journey(answers, submission.place),
            way=answers["way"],
            answer=answers["answer"],
            on=date.fromisoformat(answers["heard_on"]),
            note=answers.get("note") or "",
            submission_id=submission.pk,
            at=submission.received_at,
            by=received.by,
        )
    except NotPossible as refused:
        why, question = NOT_NOTED[str(refused)]
        raise why(question) from refused


def _journey(answers: dict, place) -> Journey:
    """Of the line that was chosen, as it stands now; or the only one of the family whose code was written."""
    if answers.get("journey"):
        found, asked = journeys.journey_of_line(_minted(answers, "journey")), "journey"
    else:
        household, asked = _household(answers.get("household_code"), place), "household_code"
        away = journeys.journeys_of_family(household) if household else []
        found = away[0] if len(away) == 1 else None
    if found is None or found.place_no != place.place_no:
        raise UnknownJourney(asked)
    return found


def record_situation(received: SubmissionReceived) -> None:
    submission = received.submission
    villages.record_situation(
        place=submission.place,
        answers=_flat(received.answers),
        told_on=_told_on(received),
        submission_id=submission.pk,
        at=submission.received_at,
        by=received.by,
    )


def record_safety_point(received: SubmissionReceived) -> None:
    answers, submission = received.answers, received.submission
    longitude, latitude = _position(answers["location"])
    villages.record_safety_point(
        details=villages.PointDetails(
            kind=answers["kind"],
            type=answers["type"],
            name=answers.get("name") or "",
            longitude=longitude,
            latitude=latitude,
            note=answers.get("note") or "",
        ),
        place=submission.place,
        told_on=_told_on(received),
        submission_id=submission.pk,
        at=submission.received_at,
        by=received.by,
    )


def keep_answers(received: SubmissionReceived) -> None:
    submission = received.submission
    form = queries.version(submission.form_id, submission.version) or queries.newest(submission.form_id)
    if form is None or form.place is None or not form.place.place_no <= submission.place_no <= form.place.last_no:
        raise NotOfThisState
    own_answers.keep(form=form, submission=submission, answers=received.answers, by=received.by)


ROUTES = {
    "household_survey": record_survey,
    "follow_up": record_follow_up,
    "check_in": record_check_in,
    "village_situation": record_situation,
    "safety_point": record_safety_point,
}
NATIONAL = frozenset({*REGISTERS, *ROUTES})
"""Forms with an action; no state may give their names to its own."""
ASKED_AGAIN = ("ration_card", "food_short_months", "shg_member", "wage_advance", "agent_approach", "member_missing", "contact_lost")
"""The facts a follow-up visit asks anew."""


def _told_on(received: SubmissionReceived) -> date:
    """The day the form was filled, or the day it came when the phone's clock is ahead of ours."""
    arrived = policy.day_in_india(received.submission.received_at)
    told = received.answers.get("today")
    return min(date.fromisoformat(told[:10]), arrived) if told else arrived


def _seconds(answers: dict) -> int | None:
    """How long the form was open; None where the phone's clock was changed meanwhile, or the form was left lying for a day."""
    try:
        took = datetime.fromisoformat(answers["end"]) - datetime.fromisoformat(answers["start"])
    except (KeyError, TypeError, ValueError):
        return None
    return int(took.total_seconds()) if timedelta(0) <= took < timedelta(days=1) else None


def _member(told: dict, hh: dict, told_on: date) -> PersonDetails:
    is_head = told["relation"] == "SELF"
    return PersonDetails(
        id=_minted(told, "person_id"),
        name=told["name"],
        sex=told["sex"],
        age=_age(told, told_on),
        relation=told["relation"],
        guardian_name=(hh.get("guardian_name") or "") if is_head else "",
        phone=(hh.get("phone") or "") if is_head else "",
        marital_status=told.get("marital_status") or "",
        school_status=told.get("school_status") or "",
        is_present=told.get("away") == "no",
    )


def _minted(told: dict, name: str) -> UUID:
    """The id the phone gave. Whether it is one, no rule of the form can say."""
    try:
        return UUID(told[name])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NotAnId(name) from None


def _age(told: dict, told_on: date) -> Age:
    if told["age_basis"] == "DOCUMENTED":
        return Age(basis="DOCUMENTED", born_on=date.fromisoformat(told["born_on"]))
    return Age(basis=told["age_basis"], years=int(told["age_years"]), told_on=told_on)


def _household(typed: str | None, place):
    """The family whose code was written down; a code that fits no family of the village is no reason to lose the line."""
    try:
        return households.household_by_code(codes.normalise(typed), place) if typed else None
    except codes.NotACode:
        return None


def _position(point: str | None) -> tuple[float, float] | None:
    """(longitude, latitude) of a geopoint, which the phone has already shifted."""
    if not point:
        return None
    latitude, longitude = point.split()[:2]
    return float(longitude), float(latitude)


def _flat(answers: dict) -> dict[str, str]:
    """The answers of a register form by question name: groups opened, the common questions left out."""
    flat = {}
    for name, value in answers.items():
        if name in COMMON or value in (None, ""):
            continue
        flat |= _flat(value) if isinstance(value, dict) else {name: value}
    return flat
