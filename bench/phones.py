"""Simulated phones: what one holds, what its worker writes without a network, and what it sends, twice or out of order."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4
from xml.sax.saxutils import escape

from aanchal.field import xlsforms

FACTS = {
    "ration_card": (True, False),
    "food_short_months": (0, 3, 6, 9),
    "shg_member": (True, False),
    "wage_advance": (True, False),
    "agent_approach": (True, False),
    "member_missing": (True, False),
    "contact_lost": (True, False),
}
"""What a follow-up visit asks anew; the values a simulated family gives, few, so that two phones often tell the same."""
REGISTER = {
    "hamlet": ("Upper", "Lower", "Ghat"),
    "name": ("Sita Devi", "Seeta Devi", "Sita Kumari"),
    "school_status": ("ENROLLED", "IRREGULAR"),
}
"""Only a survey asks these: of the family, its head and its girl. Neither school word changes a fact."""
DOMAINS = FACTS | REGISTER
LETTERS = str.maketrans("0123456789", "ghijklmnop")
YES_NO = {True: "yes", False: "no"}


@dataclass
class Family:
    """A family as one phone holds it. `trunk`: the server's version; `version` counts her own visits on top; `branch` is her run."""

    pk: UUID
    village: int
    head: UUID
    girl: UUID
    guardian: str
    values: dict
    trunk: int = 1
    version: int = 1
    branch: UUID | None = None


@dataclass(frozen=True)
class Change:
    """One field as its worker changed it: what stood on her phone, and what she wrote."""

    field: str
    seen: object
    told: object


@dataclass
class Letter:
    """One filled form in the outbox. `heard`: the server said that it is safe."""

    instance: str
    family: UUID
    village: int
    form_id: str
    xml: bytes = field(repr=False)
    trunk: int
    base: int
    changes: tuple[Change, ...] = ()
    told: dict = field(default_factory=dict)
    heard: bool = False


@dataclass
class Phone:
    """A worker's phone; `skew` is how many days its clock is wrong."""

    token: str
    user: object
    village: object
    skew: int
    surveys: float = 0.25
    """The share of visits that are whole surveys."""
    rows: dict[UUID, Family] = field(default_factory=dict)
    outbox: list[Letter] = field(default_factory=list)

    def visit(self, rng: Random, today: date) -> Letter | None:
        """She changes some answers of a family she holds; mostly by a follow-up visit, at times by a whole survey."""
        if not self.rows:
            return None
        family = self.rows[rng.choice(sorted(self.rows))]
        is_survey = rng.random() < self.surveys
        asked = DOMAINS if is_survey else FACTS
        before = dict(family.values)
        for name in rng.sample(sorted(asked), rng.randint(1, 3)):
            family.values[name] = rng.choice(DOMAINS[name])
        letter = self._letter(family, is_survey, {name: before[name] for name in asked}, today + timedelta(days=self.skew))
        self.outbox.append(letter)
        return letter

    def _letter(self, family: Family, is_survey: bool, before: dict, day: date) -> Letter:
        family.branch = family.branch or uuid4()
        numbers = {"baseVersion": family.version, "trunkVersion": family.trunk, "branchId": family.branch}
        base, family.version = family.version, family.version + 1
        instance, form_id = f"uuid:{uuid4()}", "household_survey" if is_survey else "follow_up"
        answers = survey(family) if is_survey else follow_up(family)
        xml = filled(form_id, answers, instance, day, entity(family.pk, numbers))
        told = {name: family.values[name] for name in before}
        changes = tuple(Change(name, before[name], told[name]) for name in before if before[name] != told[name])
        return Letter(instance, family.pk, family.village, form_id, xml, family.trunk, base, changes, told)

    def refreshed(self, families: dict[UUID, Family]) -> None:
        """The server's list came: what waits unsent here stays as she wrote it, the rest is the server's."""
        busy = {letter.family for letter in self.outbox}
        for pk, family in families.items():
            if pk not in busy:
                self.rows[pk] = deepcopy(family)


def a_guardian() -> str:
    """Like no other in the country, so that nobody is taken for a double; in letters, as the form wants a name."""
    return f"Ramesh {uuid4().hex.translate(LETTERS).title()}"


def follow_up(family: Family) -> dict:
    said = family.values
    now = {
        "ration_card": "PHH" if said["ration_card"] else "NONE",
        "food_short_months": said["food_short_months"],
        **{name: YES_NO[said[name]] for name in FACTS if name not in ("ration_card", "food_short_months")},
    }
    return {"place": {"village": family.village}, "household": family.pk, "met": "yes", "now": now}


def survey(family: Family) -> dict:
    said = family.values
    hh = {
        "household_id": family.pk,
        "head_name": said["name"],
        "guardian_name": family.guardian,
        "ration_card": "PHH" if said["ration_card"] else "NONE",
        "food_short_months": said["food_short_months"],
        **{name: YES_NO[said[name]] for name in FACTS if name not in ("ration_card", "food_short_months")},
    }
    age = {"age_basis": "STATED", "age_years": "34", "age": "34"}
    head = {"person_id": family.head, "name": said["name"], "relation": "SELF", "sex": "FEMALE", **age, "marital_status": "WIDOWED"}
    young = {"age_basis": "STATED", "age_years": "12", "age": "12"}
    girl = {"person_id": family.girl, "name": "Gita", "relation": "DAUGHTER", "sex": "FEMALE", **young, "marital_status": "SINGLE"}
    return {
        "place": {"village": family.village, "hamlet": said["hamlet"]},
        "consent": {"consent_given": "yes", "consent_giver": "self_adult"},
        "hh": hh,
        "private": {"asked_privately": "no"},
        "member_count": "2",
        "member": [head | {"away": "no"}, girl | {"school_status": said["school_status"], "working": "no", "away": "no"}],
    }


def entity(pk: UUID, numbers: dict) -> str:
    told = "".join(f' {name}="{value}"' for name, value in numbers.items())
    return f'<entity dataset="households" id="{pk}" update="true"{told}/>'


def filled(form_id: str, answers: dict, instance: str, day: date, about: str = "") -> bytes:
    title = xlsforms.workbook(form_id)["settings"][0]["instance_name"].split("'")[1]
    meta = f"<meta><instanceID>{instance}</instanceID><instanceName>{title}{day}</instanceName>{about}</meta>"
    body = _xml({"today": day, **answers})
    return f'<data id="{form_id}" version="{xlsforms.version(form_id)}">{body}{meta}</data>'.encode()


def _xml(answers: dict) -> str:
    return "".join(_one(name, answer) for name, answer in answers.items())


def _one(name: str, answer: object) -> str:
    if isinstance(answer, list):
        return "".join(_one(name, each) for each in answer)
    return f"<{name}>{_xml(answer) if isinstance(answer, dict) else escape(str(answer))}</{name}>"
