"""A form of the fictional state's own: meetings of the village organisations. One version in use, with answers; the next in draft."""

import io
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from random import Random

import xlsxwriter

from aanchal.access import policy
from aanchal.access.acting import acting
from aanchal.config.demo import pilot, state
from aanchal.config.demo.people import phone_uuid
from aanchal.config.demo.post import GOOD, Sent
from aanchal.config.demo.wire import instance_xml
from aanchal.field import state_forms, xlsforms
from aanchal.field.uploads.conversion import convert
from aanchal.places.models import Place

FORM_ID = "vo_meeting"
TITLE = "VO meeting · ग्राम संगठन की बैठक · VO సమావేశం"
VILLAGES = 3
NAME = {"en": "Who wrote the minutes?", "hi": "कार्यवाही किसने लिखी?", "te": "మినిట్స్ ఎవరు రాశారు?"}
SURVEY = (
    {"type": "begin group", "name": "place", "label": {"en": "Place", "hi": "जगह", "te": "ప్రదేశం"}},
    {
        "type": "select_one_from_file villages.csv",
        "name": "village",
        "required": "yes",
        "label": {"en": "Which village?", "hi": "कौन सा गाँव?", "te": "ఏ గ్రామం?"},
    },
    {"type": "end group", "name": "place"},
    {
        "type": "date",
        "name": "met_on",
        "required": "yes",
        "constraint": ". <= today()",
        "label": {"en": "When did you meet?", "hi": "बैठक कब हुई?", "te": "సమావేశం ఎప్పుడు జరిగింది?"},
    },
    {
        "type": "integer",
        "name": "present",
        "required": "yes",
        "constraint": ". >= 1 and . <= 200",
        "label": {"en": "How many were present?", "hi": "कितने लोग आए?", "te": "ఎంతమంది వచ్చారు?"},
    },
    {
        "type": "select_multiple topics",
        "name": "topics",
        "label": {"en": "What was talked about?", "hi": "किन बातों पर चर्चा हुई?", "te": "ఏ విషయాలు మాట్లాడారు?"},
    },
    {
        "type": "text",
        "name": "agent",
        "relevant": "selected(${topics}, 'agents')",
        "label": {"en": "What was said of agents?", "hi": "एजेंटों के बारे में क्या बात हुई?", "te": "ఏజెంట్ల గురించి ఏమి చెప్పారు?"},
    },
    {"type": "text", "name": "minutes_by", "label": NAME},
)
NEXT = (
    {
        "type": "select_one yes_no",
        "name": "roadmap_read",
        "label": {"en": "Was the roadmap read out?", "hi": "क्या कार्य-योजना पढ़कर सुनाई गई?", "te": "కార్యాచరణ ప్రణాళిక చదివారా?"},
    },
)
CHOICES = {
    "topics": {
        "agents": {"en": "Unknown agents", "hi": "अनजान एजेंट", "te": "తెలియని ఏజెంట్లు"},
        "school": {"en": "Girls out of school", "hi": "स्कूल से बाहर लड़कियाँ", "te": "బడి మానిన బాలికలు"},
        "work": {"en": "Work under MGNREGS", "hi": "मनरेगा का काम", "te": "ఉపాధి హామీ పని"},
    },
    "yes_no": {"yes": {"en": "Yes", "hi": "हाँ", "te": "అవును"}, "no": {"en": "No", "hi": "नहीं", "te": "కాదు"}},
}


def answer(tokens: dict[int, str], port: int, post_all: Callable, *, at: datetime, by) -> None:
    """The officer of the state publishes it, three villages fill it, the next version lies in draft."""
    with acting(by):
        place = Place.objects.get(pk=by.postings.get().place_id)
        state_forms.put_in_use(form=_draft(place, "2026.1", SURVEY, at=at, by=by), at=at, by=by)
        _draft(place, "2026.2", (*SURVEY, *NEXT), at=at, by=by)
    post_all(pilot.by_phone(_sent(policy.day_in_india(at)), tokens), port)


def _draft(place: Place, version: str, survey: Iterable[dict], *, at: datetime, by):
    content = workbook(version, survey)
    found = convert(content, "vo-meeting.xlsx")
    return state_forms.draft(place=place, found=found, workbook=content, file_name=f"vo-meeting-{version}.xlsx", at=at, by=by)


def workbook(version: str, survey: Iterable[dict]) -> bytes:
    out = io.BytesIO()
    choices = [{"list_name": name, "name": code, "label": said} for name, codes in CHOICES.items() for code, said in codes.items()]
    settings = [{"form_title": TITLE, "form_id": FORM_ID, "version": version, "default_language": xlsforms.LANGUAGES["en"]}]
    with xlsxwriter.Workbook(out) as book:
        for name, rows in {"survey": list(survey), "choices": choices, "settings": settings}.items():
            sheet = book.add_worksheet(name)
            told = [_in_columns(row) for row in rows]
            headings = list(dict.fromkeys(heading for row in told for heading in row))
            for line, cells in enumerate([headings, *([row.get(one, "") for one in headings] for row in told)]):
                sheet.write_row(line, 0, cells)
    return out.getvalue()


def _in_columns(row: dict) -> dict[str, str]:
    labels = {f"label::{xlsforms.LANGUAGES[code]}": words for code, words in row.get("label", {}).items()}
    return {name: told for name, told in row.items() if name != "label"} | labels


def _sent(today: date) -> list[Sent]:
    rng = Random("own form")
    return [
        _meeting(rng, village.code, datetime.combine(today - timedelta(days=4 * n + 1), datetime.min.time()).replace(hour=11))
        for n, village in enumerate(state.villages(state.DEMO_BLOCK.code)[:VILLAGES])
    ]


def _meeting(rng: Random, village: int, at: datetime) -> Sent:
    told = {
        "place": {"village": village},
        "met_on": at.date(),
        "present": rng.randint(12, 40),
        "topics": "agents school",
        "agent": "एक अनजान आदमी काम दिलाने की बात कर रहा था।",
        "minutes_by": "Demo Sunita Devi",
        "meta": {"instanceID": f"uuid:{phone_uuid(rng)}"},
    }
    return Sent(FORM_ID, instance_xml(FORM_ID, "2026.1", told), {}, GOOD, village, at)
