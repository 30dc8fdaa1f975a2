"""The story of the system: what happens next when something has happened."""

from aanchal.field import routing
from aanchal.inbox.facts import SubmissionReceived
from aanchal.registers.facts import EntryCorrected, EntryRecorded
from aanchal.risk import actions as risk
from aanchal.risk.facts import SurveyRecorded
from aanchal.villages.facts import SituationRecorded


def assess_family(fact: SurveyRecorded) -> None:
    if fact.is_first:
        risk.assess_first(survey=fact.survey, at=fact.at, by=fact.by)
    else:
        risk.assess_household(household=fact.survey.household, on=fact.survey.told_on, at=fact.at, by=fact.by)


def reassess_family(fact: EntryRecorded | EntryCorrected) -> None:
    if fact.entry.household:
        entry = fact.entry
        risk.assess_household(household=entry.household, on=entry.happened_on, at=entry.recorded_at, by=fact.by)


def assess_village(fact: SituationRecorded) -> None:
    risk.assess_village(situation=fact.situation, at=fact.situation.recorded_at, by=fact.by)


FLOW = {
    SubmissionReceived: [routing.route],
    SurveyRecorded: [assess_family],
    EntryRecorded: [reassess_family],
    EntryCorrected: [reassess_family],
    SituationRecorded: [assess_village],
}
