"""Families of every band, submissions that wait, and village meetings, for the pages that count them."""

from datetime import date, datetime
from itertools import count
from uuid import uuid4

from aanchal.access.acting import SYSTEM, acting
from aanchal.inbox.models import Submission
from aanchal.people.actions import HouseholdDetails
from aanchal.risk import actions as risk
from aanchal.risk.models import Assessment, Grounds
from aanchal.villages import actions as villages
from aanchal.villages.adopting import adopt_roadmap
from tests.factories import DAY, NOON, member

NAME = "Sunaina Devi"
CALM = {
    "breadwinner_lost": False, "livelihood_lost": False, "debt_months": 0, "wage_advance": False, "landless": False,
    "casual_labour_main": False, "food_short_months": 0, "ration_card": True, "shg_member": True, "mgnregs_days": 40,
    "substance_harm": False, "violence_disclosed": False, "single_headed": False, "parent_absent": False, "girl_out_of_school": False,
    "child_marriage": False, "child_working": False, "unverified_migrant": False, "distress_migration": False, "survivor_returned": False,
    "agent_approach": False, "member_missing": False, "contact_lost": False, "marriage_imminent": False, "threatened": False,
}  # fmt: skip
VULNERABLE = {"breadwinner_lost": True, "livelihood_lost": True, "wage_advance": True}
AT_RISK = VULNERABLE | {"landless": True, "casual_labour_main": True, "food_short_months": 3}
SEVERE = AT_RISK | {"shg_member": False, "mgnregs_days": 0, "substance_harm": True, "girl_out_of_school": True, "child_working": True}
MISSING = {"member_missing": True}
PRIVATE = {"violence_disclosed": True}
RETURNED = {"survivor_returned": True}
_nth = count(1)


def family(village, told=None, *, on: date = DAY, position=None, hamlet="Upper hamlet", name=NAME) -> Assessment:
    """A surveyed family with these facts, and its current assessment."""
    nth = next(_nth)
    details = HouseholdDetails(
        id=uuid4(), hamlet=hamlet, position=position, members=(member(name=f"{name} {nth}", guardian=f"Ramdhari {nth}"),)
    )
    with acting(SYSTEM):
        risk.load_definitions(by=SYSTEM)
        survey = risk.record_survey(details=details, told=CALM | (told or {}), place=village, visited_on=on, at=NOON, by=SYSTEM)
        return Assessment.objects.select_related("household").get(household=survey.household, is_current=True)


def families(village, told, n: int) -> list[Assessment]:
    return [family(village, told) for _ in range(n)]


def grounds(assessment: Assessment) -> Grounds:
    with acting(SYSTEM):
        return Grounds.objects.get(pk=assessment.pk)


def waiting(village, sender, *, status="FLAGGED", at: datetime = NOON, note="", form="household_survey") -> Submission:
    decided = {"reviewer": sender, "reviewed_at": at, "review_note": note} if status == "RETURNED" else {}
    with acting(SYSTEM):
        return Submission.objects.create(
            instance_id=f"uuid:{uuid4()}",
            form_id=form,
            version="1",
            sender=sender,
            place=village,
            place_no=village.place_no,
            received_at=at,
            digest=b"0" * 32,
            wrapped_key=b"",
            sealed=b"",
            status=status,
            faults=[{"kind": "TYPE", "path": "", "value": ""}],
            **decided,
        )


def meeting(village, **answers):
    with acting(SYSTEM):
        risk.load_definitions(by=SYSTEM)
        told = {"households_total": 30, "calamity_years": 2, "agents_recruiting": True, "safe_transport": False} | answers
        return villages.record_situation(answers=told, place=village, told_on=DAY, at=NOON, by=SYSTEM)


def roadmap(village, *, on: date = DAY):
    with acting(SYSTEM):
        return adopt_roadmap(
            place=village, adopted_on=on, meeting="Monthly meeting", village_organisation="Ujala VO", at=NOON, by=SYSTEM
        )


def point(village, *, kind="DANGER", what="DARK_PATH", name="Dark path by the pond", at=(85.001, 25.001)):
    details = villages.PointDetails(kind=kind, type=what, name=name, longitude=at[0], latitude=at[1])
    with acting(SYSTEM):
        return villages.record_safety_point(details=details, place=village, told_on=DAY, at=NOON, by=SYSTEM)
