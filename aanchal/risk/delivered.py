"""What help that came changes in the answers of a family, without a visit: the index reads it from then on."""

from datetime import date, datetime

from aanchal.core import facts, trail
from aanchal.core.action import action
from aanchal.core.rows import insert, new
from aanchal.people import queries as people
from aanchal.people.changes import Merge, Source
from aanchal.people.models import Household
from aanchal.risk import queries
from aanchal.risk.facts import SurveyRecorded
from aanchal.risk.models import Survey


@action
def change_answers(*, household: Household, told: dict[str, int], on: date, at: datetime, by) -> Survey | None:
    """Answers that are so now, kept as a visit's are; the family is assessed again. None where nothing is different."""
    locked = people.locked(household.pk)
    if locked is None:
        return None
    known = queries.newest_facts(locked)
    changed = {fact: value for fact, value in told.items() if known.get(fact) != value}
    if not changed:
        return None
    merge = Merge(locked, Source(by, on, at))
    for fact, value in changed.items():
        merge.put(fact, value, known.get(fact))
    locked.save(force_update=True)
    merge.write()
    survey = new(Survey, household=locked, place_no=locked.place_no, facts=known | changed, told_on=on)
    insert(survey)
    trail.write("risk.answers.changed", about=locked, answers=len(changed))
    facts.announce(SurveyRecorded(survey=survey, at=at, by=by, is_first=False))
    return survey
