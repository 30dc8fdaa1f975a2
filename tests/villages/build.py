"""A village's situation, points and roadmap for the tests."""

from datetime import date, timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.villages import actions
from aanchal.villages.actions import PointDetails
from aanchal.villages.adopting import adopt_roadmap
from tests.factories import DAY, NOON

TOLD = {
    "households_total": "120",
    "migrant_households_pct": "30",
    "agents_recruiting": "yes",
    "no_contact_pct": "12",
    "calamity_years": "2",
    "calamity_kinds": "FLOOD DROUGHT",
    "casual_labour_pct": "55",
    "mgnregs_days_per_card": "22",
    "girls_0_6": "40",
    "boys_0_6": "44",
    "child_marriages_12m": "1",
    "harmful_practice": "no",
    "female_literacy_pct": "49",
    "secondary_school_km": "5.5",
    "safe_transport": "no",
    "police_km": "11",
    "road_km": "0",
    "health_km": "8.25",
}


def make_situation(village, *, told_on: date = DAY, by=SYSTEM, **answers):
    with acting(by):
        return actions.record_situation(answers=TOLD | answers, place=village, told_on=told_on, at=NOON, by=by)


def well(**changed) -> PointDetails:
    told = {"kind": "DANGER", "type": "WATER_TOILET", "name": "Old well", "longitude": 80.1, "latitude": 10.2}
    return PointDetails(**told | changed)


def make_point(village, *, by=SYSTEM, **changed):
    with acting(by):
        return actions.record_safety_point(details=well(**changed), place=village, told_on=DAY, at=NOON, by=by)


def make_roadmap(village, *, adopted_on: date = DAY, by=SYSTEM):
    with acting(by):
        return adopt_roadmap(
            place=village, adopted_on=adopted_on, meeting="Monthly meeting", village_organisation="Ujala VO", at=NOON, by=by
        )


def make_action(roadmap, *, due_on: date = DAY + timedelta(days=30), by=SYSTEM, **changed):
    told = {"title": "Light the path to the well", "who": "PANCHAYAT"} | changed
    with acting(by):
        return actions.add_roadmap_action(roadmap=roadmap, due_on=due_on, by=by, **told)
