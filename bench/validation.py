"""What it costs to read and check one household survey, beside only parsing its XML."""

import json as codec
import statistics
import time
import xml.etree.ElementTree as ET
from collections import defaultdict
from datetime import UTC, date, datetime
from random import Random

from aanchal.config.demo import people, post, surveys
from aanchal.field import xlsforms
from aanchal.field.xform import Form, parse

TODAY = date(2026, 11, 1)
NOW = datetime(2026, 11, 2, tzinfo=UTC)
ROUNDS = 30
SIZES = (2, 5, 8)
FORMS_EACH = 15


def main(json: bool) -> None:
    """Prints CPU milliseconds for households of a few sizes; with `json` the last line is one JSON object."""
    form = Form.from_xml(xlsforms.to_xform("household_survey"))
    sent = _by_size()
    figures = {}
    for size in SIZES:
        ours, floor = [], []
        for _round in range(ROUNDS):
            floor.append(_milliseconds(lambda xml: ET.fromstring(xml), sent[size]))
            ours.append(_milliseconds(lambda xml: form.validate(parse(xml), today=TODAY, now=NOW), sent[size]))
        figures |= {
            f"ms_{size}_members": round(min(ours), 3),
            f"vs_parse_{size}_members": round(statistics.median(ours) / statistics.median(floor), 1),
        }
    print(codec.dumps(figures) if json else "\n".join(f"{name:>22} {figure}" for name, figure in figures.items()))


def _milliseconds(read, xmls: list[bytes]) -> float:
    began = time.process_time()
    for xml in xmls:
        read(xml)
    return (time.process_time() - began) / len(xmls) * 1000


def _by_size() -> dict[int, list[bytes]]:
    found = defaultdict(list)
    rng = Random(1)
    for household in people.households(1, TODAY):
        if household.consent and len(found[len(household.members)]) < FORMS_EACH:
            found[len(household.members)].append(post.sent(rng, surveys.survey(rng, household)).xml)
    return found
