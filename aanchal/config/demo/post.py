"""One POST of one phone, and what the server is expected to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from aanchal.config.demo.filled import Filled
from aanchal.config.demo.people import phone_uuid
from aanchal.config.demo.wire import Marks, arranged, instance_xml
from aanchal.field import xlsforms

_NAMES = {  # as each form's instance_name begins
    "household_survey": "Household survey",
    "village_situation": "Village situation",
    "safety_point": "Safety map",
    "migration_entry": "Migration register",
    "marriage_entry": "Marriage register",
    "missing_entry": "Missing person register",
    "departure_entry": "Departure register",
    "follow_up": "Follow-up visit",
}


@dataclass(frozen=True, slots=True)
class Expectation:
    """The status the server should answer, and the kind of fault a reviewer should see, if any."""

    kind: str = "GOOD"
    status: int = 201
    reason: str = ""

    @property
    def flagged(self) -> bool:
        return bool(self.reason)


GOOD = Expectation()


@dataclass(frozen=True, slots=True)
class Sent:
    """The bytes, the files beside them, and when the phone sent them."""

    form_id: str
    xml: bytes = field(repr=False)
    attachments: Mapping[str, bytes] = field(repr=False)
    expectation: Expectation
    village_code: int
    at: datetime


def sent(rng: Random, filled: Filled, expectation: Expectation = GOOD, version: str = "") -> Sent:
    """A filled form under a new instance id."""
    form_id, today = filled.form_id, filled.at.date()
    took = timedelta(minutes=rng.randint(4, 25), seconds=rng.randint(0, 59))
    begun = filled.at - (filled.took or took)
    answers = filled.answers | {
        "start": _instant(begun),
        "end": _instant(filled.at),
        "today": today,
        "deviceid": f"demo:{filled.village}",
    }
    meta = {"instanceID": f"uuid:{phone_uuid(rng)}", "instanceName": f"{_NAMES[form_id]} {today}"}
    if filled.entity:
        meta["entity"] = Marks(filled.entity)
    tree = arranged(form_id, answers) | {"meta": meta}
    xml = instance_xml(form_id, version or xlsforms.version(form_id), tree)
    return Sent(form_id, xml, filled.attachments, expectation, filled.village, filled.at)


def _instant(at: datetime) -> str:
    return f"{at.isoformat(timespec='milliseconds')}+05:30"
