"""The story of the system: what happens next when something has happened."""

from aanchal.access import queries as access
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.activities.facts import Certified, PointsDue, StatesInvited, VillagesTrained
from aanchal.advisories.facts import ActionAsked
from aanchal.benefits import actions as entitlements
from aanchal.benefits import tasks as benefits
from aanchal.benefits.facts import Delivered, Refused, SchemeChanged
from aanchal.cases import actions as cases
from aanchal.cases import reviewing
from aanchal.cases.facts import CaseMoved, CaseOpened, GlassBroken
from aanchal.doubles import homecoming
from aanchal.doubles.facts import RecordsMerged, RecordsSplit
from aanchal.field import routing
from aanchal.field import tasks as field_tasks
from aanchal.inbox.facts import SubmissionReceived
from aanchal.library.facts import ReadingAsked
from aanchal.matching import actions as matching_actions
from aanchal.matching import correcting, deciding
from aanchal.matching import tasks as matching
from aanchal.matching.facts import FoundCorrected, FoundRecorded, LinkConfirmed, ModelApproved, PairsSeen
from aanchal.network import stakeholders
from aanchal.notices import actions as notices
from aanchal.notices.terms import Topic
from aanchal.people import queries as people
from aanchal.people.facts import ConsentWithdrawn
from aanchal.people.models import Household
from aanchal.pilots import actions as pilots
from aanchal.posters import actions as posters
from aanchal.posters import queries as notices_of_missing
from aanchal.registers.facts import EntryCorrected, EntryRecorded, EntryStandsAgain, EntryStruck
from aanchal.registers.terms import Register
from aanchal.rehab import erasing, returning
from aanchal.rehab.facts import DangerSeen, SurvivorReturned
from aanchal.rehab.terms import VillageTold
from aanchal.rescue import actions as rescue
from aanchal.rescue.facts import AgeProved, PersonRescued
from aanchal.risk import actions as risk
from aanchal.risk import delivered, tasks
from aanchal.risk.facts import DraftSaved, OwnPointsSigned, SurveyRecorded, VersionApproved
from aanchal.risk.queries import KEPT_SECONDS
from aanchal.risk.terms import Subject
from aanchal.tracking import actions as tracking
from aanchal.tracking import alerting, searches, striking
from aanchal.tracking import queries as touch
from aanchal.tracking.terms import AlertKind, JourneyKind
from aanchal.villages.facts import SituationRecorded


def assess_family(fact: SurveyRecorded) -> None:
    if fact.is_first:
        risk.assess_first(survey=fact.survey, at=fact.at, by=fact.by)
    else:
        risk.assess_household(household=fact.survey.household, on=fact.survey.told_on, at=fact.at, by=fact.by)


def reassess_family(fact: EntryRecorded | EntryCorrected) -> None:
    """The family of the line, and the one it was written to before a correction moved it."""
    entry = fact.entry
    before = entry.corrects.household if entry.corrects else None
    standing = (people.standing_for(one) for one in (entry.household, before) if one)
    for household in dict.fromkeys(standing):
        risk.assess_household(household=household, on=entry.happened_on, at=entry.recorded_at, by=fact.by)


def look_for(fact: EntryRecorded | EntryCorrected) -> None:
    """Who is reported missing is looked for among those found, at once."""
    if fact.entry.register == Register.MISSING and fact.entry.is_open:
        matching.search_report.defer(entry=str(fact.entry.pk))


def keep_the_queue(fact: EntryCorrected) -> None:
    """Nobody looks for who was found by other means."""
    line, before = fact.entry, fact.entry.corrects
    if line.register == Register.MISSING:
        for person in {line.person_id, before.person_id if before else line.person_id}:
            deciding.follow_report(person=person, by=fact.by)


def count_once(fact: RecordsMerged) -> None:
    """Of two records of a family one is assessed, from what both told; a line that both told is looked for once."""
    if fact.away:
        risk.set_aside(household=fact.away, by=fact.by)
    _assess_again(fact)


def count_twice(fact: RecordsSplit) -> None:
    _assess_again(fact, *([fact.away] if fact.away else []))


def _assess_again(fact: RecordsMerged | RecordsSplit, *more: Household) -> None:
    told_of = (people.standing_for(line.household) for line in fact.lines if line.household)
    families = {one.pk: one for one in (*more, *([fact.stays] if fact.stays else []), *told_of)}
    for household in families.values():
        risk.assess_household(household=household, on=day_in_india(fact.at), at=fact.at, by=fact.by)
    for line in fact.lines:
        if line.register == Register.MISSING:
            deciding.follow_report(person=line.person_id, by=fact.by)


def note_who_is_home(fact: SurveyRecorded) -> None:
    """A later visit told that someone is at home whose line is still open."""
    household = fact.survey.household
    if not fact.is_first and household.present:
        homecoming.note_present(people=household.present, place=household.place, on=fact.survey.told_on, at=fact.at, by=fact.by)


def note_who_came_home(fact: EntryRecorded | EntryCorrected) -> None:
    """One register says that she came home; another still waits for her."""
    if fact.entry.details.get("returned_on"):
        homecoming.note_returned(entry=fact.entry, at=fact.entry.recorded_at, by=fact.by)


def keep_touch(fact: EntryRecorded | EntryCorrected) -> None:
    """Who goes away is called from then on; who is missing is searched for until there is an outcome."""
    if fact.entry.register in (Register.MIGRATION, Register.MARRIAGE):
        tracking.follow_line(entry=fact.entry, at=fact.entry.recorded_at, by=fact.by)
    elif fact.entry.register == Register.MISSING:
        searches.follow_line(entry=fact.entry, at=fact.entry.recorded_at, by=fact.by)


def look_for_rescued(fact: PersonRescued) -> None:
    """Who was rescued may be someone's missing daughter: what was told of her is compared with the reports."""
    rescued = fact.rescued
    told = {"name": "name", "father": "father", "mother": "mother", "village": "village", "marks": "marks"}
    texts = {to: said for to, key in told.items() if (said := rescued.told().get(key))}
    details = matching_actions.FoundDetails(
        kind="RESCUED", found_on=rescued.rescued_on, sex=rescued.sex, years=rescued.years, home=rescued.home, texts=texts
    )
    found = matching_actions.record_found(details=details, place=rescued.place, at=rescued.recorded_at, by=fact.by)
    rescue.link_found(rescued=rescued, found=found.pk, by=fact.by)


def know_her_age(fact: AgeProved) -> None:
    """Others work on her case, who must train no child for work. Who proved her age may not see the case."""
    with acting(SYSTEM):
        cases.follow_age(rescued=fact.rescued, at=fact.at, by=SYSTEM)


def look_by_proved_age(fact: AgeProved) -> None:
    if fact.rescued.found_id:
        with acting(SYSTEM):
            correcting.follow_age(found=fact.rescued.found_id, years=fact.rescued.years, at=fact.at, by=SYSTEM)


def look_among_missing(fact: FoundRecorded | FoundCorrected) -> None:
    matching.search_found.defer(found=str(fact.found.pk))


def weigh_what_waits(fact: ModelApproved) -> None:
    matching.weigh_again.defer()


def assess_village(fact: SituationRecorded) -> None:
    risk.assess_village(situation=fact.situation, at=fact.situation.recorded_at, by=fact.by)


def apply_what_waited(fact: SubmissionReceived) -> None:
    """A visit that was applied may be the one another waits for."""
    if fact.submission.form_id == "follow_up" and not fact.waited:
        field_tasks.settle.defer()


def preview_draft(fact: DraftSaved) -> None:
    tasks.preview.defer(draft=str(fact.draft.pk), revision=fact.draft.revision)


def rescore_state(fact: VersionApproved) -> None:
    """What holds from a later day is begun by that day's own job."""
    if fact.definition.effective_from <= day_in_india(fact.at):
        again = tasks.rescore if fact.definition.subject == Subject.HOUSEHOLD else tasks.rescore_villages
        _twice(again, fact.definition.place_id)


def rescore_village(fact: OwnPointsSigned) -> None:
    if fact.signed.effective_from <= day_in_india(fact.at):
        _twice(tasks.rescore, fact.signed.place_id)


def _twice(task, place: int) -> None:
    """Now, and when no process remembers the old version or points any more: what one judged by them meanwhile is read again."""
    task.defer(place=place)
    task.configure(schedule_in={"seconds": 2 * KEPT_SECONDS}).defer(place=place)


def reassess_helped(fact: Delivered) -> None:
    """What came is an answer of the family from now on; where it changes none, the family is assessed as it stands."""
    told = {"household": fact.household, "on": fact.on, "at": fact.at, "by": fact.by}
    if delivered.change_answers(told=dict(fact.told), **told) is None:
        risk.assess_household(**told)


def reassess_refused(fact: Refused) -> None:
    risk.assess_household(household=fact.household, on=fact.on, at=fact.at, by=fact.by)


def look_at_families_of_state(fact: SchemeChanged) -> None:
    if fact.scheme.effective_from <= day_in_india(fact.at):
        _twice(benefits.look_again, fact.scheme.place_id)


def offer_help(fact: SurvivorReturned) -> None:
    """What her family is eligible for is found anew, as after any visit: nothing in it tells why. Who works on her case may not see it."""
    case = fact.back.case
    with acting(SYSTEM):
        person = case.person
        household = people.household_of(person) if person else None
        if household:
            entitlements.propose(households=[household], at=fact.at)


def take_down_what_forbids(fact: SurveyRecorded) -> None:
    """What a family told in private may make a notice a danger."""
    told = fact.survey.facts
    if any(told.get(one) for one in (*notices_of_missing.AT_HOME, *notices_of_missing.OF_CHILD)):
        with acting(SYSTEM):
            members = {one.person_id for one in people.members_of(fact.survey.household)}
        posters.look_again(people=members, at=fact.at)


def follow_notice(fact: EntryRecorded | EntryCorrected) -> None:
    """Who was found, whose report is struck, whose record now forbids it: nobody reads her notice from here on."""
    entry = fact.entry
    if entry.corrects_id or notices_of_missing.tells_danger(entry):
        posters.look_again(people={entry.person_id, *([entry.corrects.person_id] if entry.corrects else [])}, at=entry.recorded_at)


def take_down_with_consent(fact: ConsentWithdrawn) -> None:
    posters.withdraw_with(consent=fact.consent, at=fact.at)


def follow_notices_of_both(fact: RecordsMerged | RecordsSplit) -> None:
    posters.look_again(people={line.person_id for line in fact.lines}, at=fact.at)


def forget_what_it_said(fact: EntryStruck | EntryStandsAgain) -> None:
    """The family is assessed without the line, or with it again; the queue, the calls and the notice follow."""
    entry = fact.entry
    if entry.household:
        risk.assess_household(household=people.standing_for(entry.household), on=day_in_india(fact.at), at=fact.at, by=fact.by)
    if entry.register == Register.MISSING:
        deciding.follow_report(person=entry.person_id, by=fact.by)
        posters.look_again(people=[entry.person_id], at=fact.at)


def end_what_followed(fact: EntryStruck) -> None:
    striking.end_what_followed(entry=fact.entry, at=fact.at, by=fact.by)


def follow_again(fact: EntryStandsAgain) -> None:
    striking.follow_again(entry=fact.entry, at=fact.at, by=fact.by)
    if fact.entry.register == Register.MISSING and fact.entry.is_open:
        matching.search_report.defer(entry=str(fact.entry.pk))


def take_down_of_found(fact: LinkConfirmed) -> None:
    posters.look_again(people=[fact.link.candidate.person_id], at=fact.link.confirmed_at, is_found=True)


def take_down_of_perhaps_found(fact: PairsSeen) -> None:
    posters.look_again(people=fact.people, at=fact.at)


def take_down_of_survivor(fact: CaseOpened) -> None:
    if fact.case.person_id:
        posters.look_again(people=[fact.case.person_id], at=fact.at)


def warn_who_keeps_touch(fact: DangerSeen) -> None:
    """Her village hears of it only where it keeps touch with her already: that she is in trouble, never how it is known."""
    follow_up, person = fact.follow_up, fact.follow_up.case.person_id
    told = VillageTold.NO_PERSON
    if person:
        with acting(SYSTEM):
            away = next((found for kind in JourneyKind if (found := touch.open_journey(person, kind))), None)
            told = VillageTold.TOLD if away else VillageTold.NO_JOURNEY
            if away:
                alerting.raise_alert(kind=AlertKind.TROUBLE, about=away, at=fact.at, by=SYSTEM)
    returning.note_told(follow_up=follow_up, told=told, by=fact.by)


def ask_for_review(fact: GlassBroken) -> None:
    reviewing.ask(emergency=fact.emergency, at=fact.at, by=fact.by)


def forget_words(fact: CaseMoved) -> None:
    if fact.happening == "ERASE":
        erasing.forget(case=fact.case, at=fact.at, by=fact.by)


def remind_of_points(fact: PointsDue) -> None:
    notices.tell(users=fact.owners, topic=Topic.POINTS, at=fact.at, by=fact.by)


def tell_who_is_called(fact: StatesInvited) -> None:
    notices.tell(users=fact.users, topic=Topic.MEET, about=fact.meeting.pk, at=fact.at, by=fact.by)


def offer_roadmaps(fact: VillagesTrained) -> None:
    """After sensitisation a Village Organisation adopts its roadmap: it is offered where the village looks."""
    offered = pilots.offer_roadmaps(training=fact.training, villages=fact.villages, at=fact.at, by=fact.by)
    if offered:
        with acting(SYSTEM):  # who leads a training reads no postings
            on = day_in_india(fact.at)
            told = {user for village in fact.villages for user in access.posted_at(("crp", "vo_leader"), village.place_no, on=on)}
        notices.tell(users=told, topic=Topic.OFFER, at=fact.at, by=fact.by, about=fact.training.pk)


def note_who_is_trained(fact: Certified) -> None:
    """The board of posts shows who has passed a training."""
    stakeholders.note_trained(users=fact.users, on=fact.on, at=fact.at, by=fact.by)


def tell_of_advice(fact: ActionAsked) -> None:
    notices.tell(users=fact.users, topic=Topic.ADVICE, about=fact.advisory, at=fact.at, by=fact.by)


def ask_to_read(fact: ReadingAsked) -> None:
    notices.tell(users=fact.users, topic=Topic.PAPER, about=fact.document, at=fact.at, by=fact.by)


FLOW = {
    SubmissionReceived: [routing.route, apply_what_waited],
    SurveyRecorded: [assess_family, note_who_is_home, take_down_what_forbids],
    EntryRecorded: [reassess_family, look_for, note_who_came_home, keep_touch, follow_notice],
    EntryCorrected: [reassess_family, keep_the_queue, look_for, note_who_came_home, keep_touch, follow_notice],
    EntryStruck: [forget_what_it_said, end_what_followed],
    EntryStandsAgain: [forget_what_it_said, follow_again],
    FoundRecorded: [look_among_missing],
    FoundCorrected: [look_among_missing],
    ModelApproved: [weigh_what_waits],
    PersonRescued: [look_for_rescued],
    AgeProved: [know_her_age, look_by_proved_age],
    LinkConfirmed: [take_down_of_found],
    PairsSeen: [take_down_of_perhaps_found],
    CaseOpened: [take_down_of_survivor],
    ConsentWithdrawn: [take_down_with_consent],
    RecordsMerged: [count_once, follow_notices_of_both],
    RecordsSplit: [count_twice, follow_notices_of_both],
    SituationRecorded: [assess_village],
    DraftSaved: [preview_draft],
    VersionApproved: [rescore_state],
    OwnPointsSigned: [rescore_village],
    Delivered: [reassess_helped],
    Refused: [reassess_refused],
    SchemeChanged: [look_at_families_of_state],
    SurvivorReturned: [offer_help],
    DangerSeen: [warn_who_keeps_touch],
    GlassBroken: [ask_for_review],
    CaseMoved: [forget_words],
    PointsDue: [remind_of_points],
    StatesInvited: [tell_who_is_called],
    VillagesTrained: [offer_roadmaps],
    Certified: [note_who_is_trained],
    ActionAsked: [tell_of_advice],
    ReadingAsked: [ask_to_read],
}
