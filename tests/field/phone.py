"""A phone as the tests hold it: filled forms as bytes, and how they are posted."""

from datetime import date
from uuid import uuid4
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from aanchal.access import policy
from aanchal.field import xlsforms


def today() -> date:
    return policy.day_in_india(timezone.now())


def adult(name="Sita Devi", **more) -> dict:
    told = {"person_id": str(uuid4()), "name": name, "sex": "FEMALE", "age_basis": "STATED", "age_years": "34", "age": "34"}
    return told | {key: value for key, value in more.items() if value is not None}


def head(name="Sita Devi", **more) -> dict:
    return adult(name) | {"relation": "SELF", "marital_status": "WIDOWED", "away": "no"} | more


def daughter(name="Gita", **more) -> dict:
    told = {
        "person_id": str(uuid4()),
        "name": name,
        "relation": "DAUGHTER",
        "sex": "FEMALE",
        "age_basis": "STATED",
        "age_years": "14",
        "age": "14",
    }
    return told | {"marital_status": "SINGLE", "school_status": "DROPPED_OUT", "working": "yes", "away": "no"} | more


def survey(village, *members: dict, hh=None, private=None, **more) -> dict:
    members = members or (head(), daughter())
    family = {"household_id": str(uuid4()), "head_name": members[0]["name"], "guardian_name": "Ramesh"}
    return {
        "place": {"village": str(village.lgd_code)},
        "consent": {"consent_given": "yes", "consent_giver": "self_adult"},
        "hh": family | {"food_short_months": "5", "debt_months": "12", "headed_by": "WIDOW"} | (hh or {}),
        "private": private or {"asked_privately": "no"},
        "member_count": str(len(members)),
        "member": list(members),
    } | more  # fmt: skip


def entry(village, person=None, *, code="", **answers) -> dict:
    return {
        "place": {"village": str(village.lgd_code)},
        "consent": {"consent_given": "yes"},
        "household_code": code,
        "person": person or adult(),
        "happened_on": str(date(today().year - 1, 10, 1)),
    } | answers


def migration(village, person=None, **more) -> dict:
    told = {
        "minor": "no",
        "migration_type": "SEASONAL",
        "migration_reason": "BETTER_WAGE",
        "migration_mode": "UNKNOWN_AGENT",
        "agent_name": "Labour office",
    }
    return entry(village, person, **told, employer_verified="no", check_in_interval_days="7", **more)


def marriage(village, person=None, **more) -> dict:
    groom = {
        "groom_name": "Ramu",
        "groom_age_basis": "STATED",
        "groom_age_years": "24",
        "groom_age": "24",
        "groom_state": "Odisha",
        "groom_address_verified": "yes",
    }
    worked_out = {"years_since": str(_years_since(date(today().year - 1, 10, 1)))}
    ages = {"age_at_marriage": str(34 - int(worked_out["years_since"])), "groom_age_at_marriage": str(24 - int(worked_out["years_since"]))}
    return entry(village, person, groom=groom, **worked_out, **ages, under_age="no", marriage_risk_flag="NONE", **more)


def missing(village, person=None, **more) -> dict:
    told = entry(
        village, person, missing_circumstance="UNKNOWN", photo_consent="no", police_informed="no", missing_status="REPORTED_VILLAGE", **more
    )
    del told["consent"]
    return told


def departure(village, person=None, **more) -> dict:
    return entry(village, person, departure_kind="WORK", with_whom="FAMILY", contact_known="yes", last_contact="WEEK", **more)


def situation(village, **more) -> dict:
    told = {
        "households_total": "210",
        "migrant_households_pct": "60",
        "agents_recruiting": "yes",
        "calamity_years": "3",
        "calamity_kinds": "FLOOD",
    }
    return {"place": {"village": str(village.lgd_code)}} | told | {"girls_0_6": "46", "boys_0_6": "50", "child_sex_ratio": "920"} | more


def safety_point(village, **more) -> dict:
    return {
        "place": {"village": str(village.lgd_code)},
        "kind": "DANGER",
        "type": "DARK_PATH",
        "name": "Old ghat",
        "location": "12.5 85.2 0 0",
    } | more


def filled(form_id: str, answers: dict, *, instance_id="", version="", root="data") -> bytes:
    """The bytes of a filled form, as a phone would work them out today."""
    titled = xlsforms.workbook(form_id)["settings"][0]["instance_name"].split("'")[1]
    meta = {"instanceID": instance_id or f"uuid:{uuid4()}", "instanceName": f"{titled}{today()}"}
    body = _xml({"today": str(today()), **answers, "meta": meta})
    return f'<{root} id="{form_id}" version="{version or xlsforms.version(form_id)}">{body}</{root}>'.encode()


def part(xml: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("submission.xml", xml, "text/xml")


def post(client, token, xml: bytes, **files: tuple[str, bytes]):
    """One multipart POST; each further part is (file name, content)."""
    parts = {"xml_submission_file": part(xml)}
    parts |= {part: SimpleUploadedFile(name, content) for part, (name, content) in files.items()}
    return client.post(f"/d/{token}/submission", parts)


def said(response) -> str:
    return response.content.decode()


def _xml(answers) -> str:
    return "".join(_one(name, answer) for name, answer in answers.items())


def _one(name, answer) -> str:
    if isinstance(answer, list):
        return "".join(_one(name, each) for each in answer)
    return f"<{name}>{_xml(answer) if isinstance(answer, dict) else escape(str(answer))}</{name}>"


def _years_since(day: date) -> int:
    return (int(f"{today():%Y%m%d}") - int(f"{day:%Y%m%d}")) // 10_000
