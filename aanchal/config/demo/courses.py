"""A certificate course of a university: officers of the training records enrolled, some with a result, one who left it."""

from datetime import date, datetime, timedelta

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.activities import enrolling, training
from aanchal.activities.training import Someone
from aanchal.places.models import Place

OFFICERS = (  # name, post, sex, rank, result or why she left
    ("Asha Minz", "Sub-inspector, Sadar", "FEMALE", "SUB_INSPECTOR", "A"),
    ("Birsa Oraon", "Inspector, Sadar", "MALE", "INSPECTOR", "B"),
    ("Chandni Devi", "Constable, Sadar", "FEMALE", "CONSTABLE", ""),
    ("Dilip Toppo", "Assistant public prosecutor", "MALE", "PROSECUTOR", ""),
    ("Ekta Kerketta", "Sub-inspector, women’s station", "FEMALE", "SUB_INSPECTOR", "DUTY"),
)


def load(*, district: Place, officer: User, at: datetime) -> None:
    on = day_in_india(at)
    first = date(on.year, 1, 10)
    told = {
        "provider": "IGNOU", "code": "CAHT", "title": "Certificate programme in anti human trafficking", "session": f"January {on.year}",
        "starts_on": first, "ends_on": date(on.year, 12, 20), "eligibility": "Officers of police, prosecution and departments (made up)",
        "fee_paise": 200_000, "seats": 30,
    }  # fmt: skip
    with acting(officer):
        course = enrolling.offer(place=district.state, told=told, at=at, by=officer)
        for name, post, sex, rank, ending in OFFICERS:
            audience = "PROSECUTOR" if rank == "PROSECUTOR" else "POLICE"
            someone = Someone(name, post, audience, sex, rank=rank)
            person = training.known(place=district, someone=someone, at=at, by=officer)
            row = enrolling.enrol(course=course, participant=person, on=min(first, on), at=at, by=officer)
            ended = {"enrolment": row, "on": max(on - timedelta(days=1), min(first, on)), "at": at, "by": officer}
            if ending == "DUTY":
                enrolling.drop(why=ending, **ended)
            elif ending:
                enrolling.complete(result=ending, certificate_no=f"CAHT/{on.year}/{name[0]}", **ended)
