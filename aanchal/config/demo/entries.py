"""The four registers' entries that follow from the demo's households: who migrated, married, went missing, left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from aanchal.config.demo import stories
from aanchal.config.demo.filled import Filled, day_between, daytime, whole_years
from aanchal.config.demo.lives import DESTINATIONS
from aanchal.config.demo.people import Household, Member, phone_uuid
from aanchal.core.codes import household_code, shown

_AGENTS = ("KNOWN_JOBBER", "CONTRACTOR_SARDAR_THEKEDAR", "PLACEMENT_AGENCY", "UNKNOWN_AGENT")


@dataclass(frozen=True, slots=True)
class _Village:
    """What the makers of entries share about one village."""

    rng: Random
    code: int
    story: stories.Story
    households: Sequence[Household]
    until: date


def register_entries(seed: int, today: date, households: Sequence[Household]) -> Iterator[Filled]:
    """Every entry of every village; families who said no to the survey are in no register."""
    seen: set[tuple[object, ...]] = set()
    for code, story in stories.stories().items():
        mine = [household for household in households if household.village == code and household.consent]
        village = _Village(Random(f"{seed}/entries/{code}"), code, story, mine, today - timedelta(days=1))
        for kind in (_migrations, _marriages, _missing, _departures):
            yield from _once(kind(village), seen)


def _once(entries: Iterator[Filled], seen: set[tuple[object, ...]]) -> Iterator[Filled]:
    """Without namesakes whose fathers are namesakes too: a reviewer would have to tell them apart."""
    for entry in entries:
        who = (entry.form_id, entry.answers["name"], entry.answers["guardian_name"])
        if who not in seen:
            seen.add(who)
            yield entry


def _filled(village: _Village, form_id: str, on: date, answers: dict[str, object]) -> Filled:
    return Filled(form_id, village.code, daytime(village.rng, on), {"village": village.code, **answers})


def _code(rng: Random, household: Household) -> dict[str, object]:
    """The code as people write it; one entry in six comes without."""
    code = household_code(household.id)
    return {"household_code": rng.choice((shown(code), shown(code), code, shown(code).lower(), code, None))}


def _person(rng: Random, name: str, guardian: str, sex: str, born_on: date | None, age: int) -> dict[str, object]:
    told = {"age_basis": "DOCUMENTED", "born_on": born_on} if born_on else {"age_basis": "STATED", "age_years": age}
    return {"person_id": phone_uuid(rng), "name": name, "guardian_name": guardian, "sex": sex, **told, "age": age}


def _of_member(rng: Random, household: Household, member: Member, on: date) -> dict[str, object]:
    guardian = household.guardian if member is household.head else household.head.name
    age = whole_years(member.born_on, on) if member.born_on else member.age
    return _code(rng, household) | _person(rng, member.name, guardian, member.sex, member.born_on, age)


def _migrations(village: _Village) -> Iterator[Filled]:
    """Most who were away at the visit are entered in the weeks after it, and some leave later."""
    rng = village.rng
    for household in village.households:
        visited = household.visited_at.date()
        for member in household.members:
            if member.away and rng.random() < 0.8:
                on = visited + timedelta(days=rng.randint(1, 20))
                left = visited - timedelta(days=rng.randint(3, 240))
                yield _filled(village, "migration_entry", on, _migration(village, household, member, on, left))
            elif not member.away and 15 <= member.age <= 50 and rng.random() < village.story.leaving * 0.3:
                on = day_between(rng, visited + timedelta(days=1), village.until)
                left = max(visited, on - timedelta(days=rng.randint(0, 12)))
                yield _filled(village, "migration_entry", on, _migration(village, household, member, on, left))


def _migration(village: _Village, household: Household, member: Member, on: date, left: date) -> dict[str, object]:
    rng = village.rng
    person = _of_member(rng, household, member, on)
    minor = person["age"] < 18
    kiln = village.story.key == "brick_kiln"
    kind = "SEASONAL" if kiln else rng.choices(("SEASONAL", "CIRCULAR", "LONG_TERM"), (4, 3, 3))[0]
    mode = rng.choices(("SELF", "FAMILY", "DDUGKY_PLACEMENT", *_AGENTS), (26, 24, 4, 16, 40 if kiln else 10, 6, 5))[0]
    city = member.life.get("destination") or rng.choice(tuple(DESTINATIONS))
    answers: dict[str, object] = {
        "consent_given": "yes",
        **person,
        "minor": "yes" if minor else "no",
        "happened_on": left,
        "migration_type": kind,
        "migration_reason": member.life.get("away_reason", "DISTRESS_NO_WORK"),
        "migration_mode": mode,
        "employer_verified": member.life.get("employer_verified", "dont_know"),
        "destination_state": DESTINATIONS[city],
        "destination_district": city,
        "companion": rng.choice(("ALONE", "FAMILY_MEMBER", "VILLAGER", "UNKNOWN")),
        "check_in_interval_days": 15 if minor or member.sex == "FEMALE" else 30,
    }
    if kind == "SEASONAL":
        answers["expected_return_on"] = left + timedelta(days=rng.randint(120, 240))
    return answers


def _marriages(village: _Village) -> Iterator[Filled]:
    """Daughters married since the visit; a few are not yet eighteen."""
    rng = village.rng
    daughters = [
        (household, member)
        for household in village.households
        for member in household.members
        if member.sex == "FEMALE" and 16 <= member.age <= 25 and member.life["marital_status"] == "SINGLE"
        and not member.away and member is not household.head
        and (member.age >= 18 or rng.random() < 0.35)
    ]  # fmt: skip
    for household, bride in rng.sample(daughters, min(village.story.marriages, len(daughters))):
        visited = household.visited_at.date()
        married = day_between(rng, visited + timedelta(days=1), village.until - timedelta(days=1))
        on = day_between(rng, married, min(village.until, married + timedelta(days=30)))
        yield _filled(village, "marriage_entry", on, _marriage(village, household, bride, on, married))


def _marriage(village: _Village, household: Household, bride: Member, on: date, married: date) -> dict[str, object]:
    rng = village.rng
    person = _of_member(rng, household, bride, on)
    age_then = whole_years(bride.born_on, married) if bride.born_on else person["age"]
    groom_age = max(19, bride.age + rng.randint(1, 8))
    far = rng.random() < (0.5 if village.story.key == "brides_sent_far" else 0.08)
    under_age = age_then < 18 or groom_age < 21
    flags = [
        flag
        for flag, raised in (
            ("UNDER_AGE", under_age),
            ("GROOM_OUTSIDE_STATE", far),
            ("BROKER_INVOLVED", far and rng.random() < 0.6),
            ("NO_GROOM_VISIT", far and rng.random() < 0.5),
            ("DOWRY_DEMAND", rng.random() < 0.12),
            ("NO_REGISTRATION", rng.random() < 0.45),
        )
        if raised
    ]
    return {
        "consent_given": "yes",
        **person,
        "happened_on": married,
        "groom_name": household.family.name(rng, "MALE", groom_age),
        "groom_age_basis": "STATED",
        "groom_age_years": groom_age,
        "groom_age": groom_age,
        "groom_state": "Haryana" if far else "Kalpana Pradesh",
        "groom_address_verified": "no" if far else rng.choice(("yes", "yes", "dont_know")),
        "years_since": 0,
        "age_at_marriage": age_then,
        "groom_age_at_marriage": groom_age,
        "under_age": "yes" if under_age else "no",
        "marriage_risk_flag": " ".join(flags) or "NONE",
        "last_contact": rng.choices(("WEEK", "MONTH", "OLDER", "NEVER"), (60, 25, 12, 3))[0],
    }


def _missing(village: _Village) -> Iterator[Filled]:
    """Every family that told the survey of a missing person, then as many others as the village's story has."""
    rng = village.rng
    told = [household for household in village.households if household.answers["member_missing"] == "yes"]
    others = sorted(
        (household for household in village.households if household not in told and len(household.members) > 2),
        key=lambda household: -household.hardship * rng.random(),
    )
    for household in [*told, *others[: max(0, village.story.missing - len(told))]]:
        visited = household.visited_at.date()
        seen = visited - timedelta(days=rng.randint(2, 60))
        on = visited + timedelta(days=1)
        if household not in told:
            seen = day_between(rng, visited + timedelta(days=1), village.until - timedelta(days=2))
            on = min(village.until, seen + timedelta(days=rng.randint(0, 6)))
        yield _filled(village, "missing_entry", on, missing_report(rng, household, on, seen))


def missing_report(rng: Random, household: Household, on: date, seen: date) -> dict[str, object]:
    """A report of somebody young from this family, by a parent or another relative."""
    sex, age = rng.choices(("FEMALE", "MALE"), (7, 3))[0], rng.randint(9, 24)
    known = {member.name for member in household.members}
    name = rng.choice([name for name in household.family.every_name(sex) if name not in known])
    informed = rng.random() < 0.6
    answers: dict[str, object] = {
        **_code(rng, household),
        **_person(rng, name, household.head.name, sex, None, age),
        "happened_on": seen,
        "last_seen_place": rng.choice(("Bus stop", "Weekly market", "On the way to school", "At home", None)),
        "missing_circumstance": rng.choice(("UNKNOWN", "UNKNOWN", "LEFT_ON_OWN", "TRAFFICKED_SUSPECTED", "LOST")),
        "height_cm": min(178, 90 + 4 * age + rng.randint(-8, 8)),
        "clothes": rng.choice(("School uniform", "Red and yellow clothes", "Blue shirt", None)),
        "photo_consent": "no",
        "police_informed": "yes" if informed else "no",
        "missing_status": "REPORTED_VILLAGE",
        "informant_name": household.head.name,
        "informant_relation": rng.choice(("PARENT", "SIBLING", "RELATIVE")),
    }
    if informed:
        answers |= _police(rng, on)
    return answers


def _police(rng: Random, on: date) -> dict[str, object]:
    diary = {"police_station": "Sapnapar", "gd_number": f"GD {rng.randint(1, 60)}/DEMO", "gd_on": on}
    if rng.random() < 0.5:
        return diary | {"missing_status": "GD_ENTRY"}
    return diary | {"fir_number": f"FIR {rng.randint(1, 300)}/DEMO", "fir_on": on, "missing_status": "FIR_REGISTERED"}


def _departures(village: _Village) -> Iterator[Filled]:
    """Women and girls who have left since the visit."""
    rng = village.rng
    women = [
        (household, member)
        for household in village.households
        for member in household.members[1:]
        if member.sex == "FEMALE" and 14 <= member.age <= 32 and not member.away
    ]
    for household, member in rng.sample(women, min(village.story.left, len(women))):
        left = day_between(rng, household.visited_at.date() + timedelta(days=1), village.until - timedelta(days=1))
        on = day_between(rng, left, min(village.until, left + timedelta(days=25)))
        kind = rng.choices(("WORK", "EDUCATION", "ELOPED", "TAKEN_BY_RELATIVE", "UNKNOWN"), (8, 3, 3, 3, 3))[0]
        known = kind != "UNKNOWN" and rng.random() < 0.8
        answers = {
            "consent_given": "yes",
            **_of_member(rng, household, member, on),
            "happened_on": left,
            "departure_kind": kind,
            "with_whom": "UNKNOWN" if kind == "UNKNOWN" else rng.choice(("ALONE", "RELATIVE", "FRIEND", "VILLAGER", "AGENT")),
            "destination": rng.choice(tuple(DESTINATIONS)) if known else None,
            "contact_known": "yes" if known else "no",
            "last_contact": rng.choice(("WEEK", "MONTH")) if known else rng.choice(("OLDER", "NEVER")),
        }
        yield _filled(village, "departure_entry", on, answers)
