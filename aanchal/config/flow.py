"""The story of the system: what happens next when something has happened."""

from aanchal.access.policy import day_in_india
from aanchal.field import routing
from aanchal.inbox.facts import SubmissionReceived
from aanchal.registers.facts import EntryCorrected, EntryRecorded
from aanchal.risk import actions as risk
from aanchal.risk import tasks
from aanchal.risk.facts import DraftSaved, OwnPointsSigned, SurveyRecorded, VersionApproved
from aanchal.risk.queries import KEPT_SECONDS
from aanchal.risk.terms import Subject
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
    for household in dict.fromkeys(one for one in (entry.household, before) if one):
        risk.assess_household(household=household, on=entry.happened_on, at=entry.recorded_at, by=fact.by)


def assess_village(fact: SituationRecorded) -> None:
    risk.assess_village(situation=fact.situation, at=fact.situation.recorded_at, by=fact.by)


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
    """Now, and when no process remembers the old points any more: what one assessed by them meanwhile is read again."""
    task.defer(place=place)
    task.configure(schedule_in={"seconds": 2 * KEPT_SECONDS}).defer(place=place)


FLOW = {
    SubmissionReceived: [routing.route],
    SurveyRecorded: [assess_family],
    EntryRecorded: [reassess_family],
    EntryCorrected: [reassess_family],
    SituationRecorded: [assess_village],
    DraftSaved: [preview_draft],
    VersionApproved: [rescore_state],
    OwnPointsSigned: [rescore_village],
}
