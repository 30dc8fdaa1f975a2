"""Surveyed families for the tests of the pages."""

import re
from datetime import date
from itertools import count
from uuid import uuid4

from aanchal.access.acting import SYSTEM, acting
from aanchal.people.actions import HouseholdDetails
from aanchal.risk import actions
from aanchal.risk.models import Assessment
from aanchal.risk.reading import open_reasons
from tests.factories import DAY, NOON, member
from tests.portal.builders import AT_RISK, CALM, MISSING, PRIVATE, SEVERE, VULNERABLE
from tests.risk.builders import HOUSEHOLD

__all__ = ["AT_RISK", "CALM", "MISSING", "PRIVATE", "SEVERE", "VULNERABLE"]

UNANSWERED = dict.fromkeys(CALM)
FEW_ANSWERS = UNANSWERED | {"breadwinner_lost": True, "livelihood_lost": True}
SECRETS = {"violence_disclosed": True, "child_marriage": True, "survivor_returned": True, "threatened": True, "marriage_imminent": True}
PRIVATE_WORDS = [text for one in (*HOUSEHOLD.indicators, *HOUSEHOLD.overrides) if one.is_private for text in one.reason.values()]
OPEN_WORDS = [text for one in (*HOUSEHOLD.indicators, *HOUSEHOLD.overrides) if not one.is_private for text in one.reason.values()]
_nth = count(1)


def family(village, told=None, *, on: date = DAY, members=(), pk=None, submission_id=None, **details) -> Assessment:
    """A family surveyed with these facts, all else answered and calm; its current assessment."""
    nth = next(_nth)
    people = members or (member(name=f"Phulmati Unheard {nth}", guardian=f"Ramdhari {nth}"),)
    with acting(SYSTEM):
        survey = actions.record_survey(
            details=HouseholdDetails(id=pk or uuid4(), members=tuple(people), distinct=True, **details),
            told=CALM | (told or {}), place=village, visited_on=on, submission_id=submission_id, at=NOON, by=SYSTEM,
        )  # fmt: skip
        return Assessment.objects.select_related("household", "grounds").get(household=survey.household, is_current=True)


def words_of(assessment: Assessment) -> list[str]:
    with acting(SYSTEM):
        return open_reasons(HOUSEHOLD, assessment.grounds)


def codes_on(response) -> list[str]:
    """Household codes in the order of the list."""
    return re.findall(r'<tr role="row" id="h-([^"]+)">', response.content.decode())


def said_by(response) -> str:
    """The words of a page, entities read."""
    from html import unescape

    return unescape(response.content.decode())
