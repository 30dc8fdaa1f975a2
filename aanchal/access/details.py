"""What stands beside a verb of the trail, in words: no code where a word is known. Ids stay as they are: they lead to the record."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanchal.core.models import Trail
from aanchal.core.numbers import grouped

CODE = re.compile(r"[A-Z][A-Z0-9_]*")
PAISE = 100
KEYS = {
    "actions": _("actions"),
    "after": _("after"),
    "amends": _("amends"),
    "answer": _("answer"),
    "answered": _("answered"),
    "answers": _("answers"),
    "apart_from": _("apart from"),
    "approved": _("approved"),
    "area": _("area"),
    "asked": _("asked"),
    "audience": _("audience"),
    "awards": _("awards"),
    "away": _("away"),
    "band": _("band"),
    "base": _("whole copy"),
    "basis": _("basis"),
    "before": _("before"),
    "body": _("body"),
    "came": _("came"),
    "capacity": _("as"),
    "care": _("care"),
    "case": _("case"),
    "category": _("category"),
    "cause": _("cause"),
    "cells": _("cells"),
    "centre": _("centre"),
    "certificates": _("certificates"),
    "changed": _("changed"),
    "changes": _("changes"),
    "channel": _("channel"),
    "choice": _("choice"),
    "climbed": _("moved up"),
    "code": _("code"),
    "columns": _("columns"),
    "conflicts": _("conflicts"),
    "corrects": _("corrects"),
    "course": _("course"),
    "digest": _("fingerprint"),
    "directions": _("directions"),
    "disputed_by": _("disputed by"),
    "district": _("district"),
    "due": _("due"),
    "effective_from": _("from the day"),
    "end": _("end"),
    "every": _("days between calls"),
    "families": _("families"),
    "faults": _("faults"),
    "field": _("field"),
    "fields": _("fields"),
    "figures": _("figures"),
    "files": _("files"),
    "finding": _("finding"),
    "firs": _("FIRs"),
    "form": _("form"),
    "found": _("found"),
    "gate": _("gate"),
    "given_on": _("given on"),
    "giver": _("given by"),
    "ground": _("ground in law"),
    "happening": _("what happened"),
    "has_file": _("with a file"),
    "has_photo": _("with a photo"),
    "head": _("head"),
    "held": _("held"),
    "holds": _("holds"),
    "hours": _("hours"),
    "indicators": _("indicators"),
    "into": _("into"),
    "is_another": _("another visit"),
    "is_child": _("a child"),
    "is_good": _("in order"),
    "is_mature": _("ready"),
    "is_open": _("open"),
    "is_sent": _("sent"),
    "is_shared": _("shared"),
    "item": _("point"),
    "keeper": _("keeper"),
    "key": _("which"),
    "kind": _("kind"),
    "language": _("language"),
    "level": _("level"),
    "lines": _("lines"),
    "listed": _("listed"),
    "mark": _("mark"),
    "matter": _("matter"),
    "measure": _("measure"),
    "measures": _("measures"),
    "members": _("members"),
    "minutes": _("minutes"),
    "missed": _("missed"),
    "module": _("module"),
    "month": _("month"),
    "new": _("new"),
    "ngo": _("NGO"),
    "nobody_recognised": _("nobody can be recognised"),
    "nominees": _("nominees"),
    "noted": _("noted"),
    "notes": _("notes"),
    "nth": _("number in the row"),
    "number": _("number"),
    "on": _("on"),
    "outcome": _("outcome"),
    "pairs": _("pairs"),
    "paise": _("amount"),
    "party": _("party"),
    "passed": _("passed"),
    "people": _("people"),
    "period": _("period"),
    "photo": _("with a photo"),
    "places": _("places"),
    "points": _("points"),
    "present": _("present"),
    "problems": _("problems"),
    "programme": _("programme"),
    "purpose": _("purpose"),
    "quarter": _("quarter"),
    "rating": _("rating"),
    "reach": _("reach"),
    "reached": _("reached"),
    "read": _("names compared"),
    "reading": _("to be read"),
    "reason": _("why"),
    "reasons": _("why"),
    "recipient": _("for"),
    "recovered": _("recovered"),
    "referrals": _("referrals"),
    "register": _("register"),
    "relation": _("relation"),
    "remembered": _("remembered"),
    "revision": _("revision"),
    "role": _("role"),
    "round": _("round"),
    "row": _("row"),
    "rows": _("rows"),
    "run": _("run"),
    "rung": _("step"),
    "runs": _("runs"),
    "said": _("said"),
    "scope": _("scope"),
    "seal": _("seal whole"),
    "sections": _("sections"),
    "series": _("series"),
    "sets": _("sets"),
    "sha256": _("fingerprint"),
    "shows_name": _("shows the name"),
    "sign": _("sign"),
    "source": _("source"),
    "span": _("span"),
    "stage": _("stage"),
    "standing": _("standing"),
    "state": _("state"),
    "states": _("States"),
    "status": _("status"),
    "stays": _("stays"),
    "step": _("step"),
    "subject": _("subject"),
    "supersedes": _("replaces"),
    "taken": _("taken into the plan"),
    "tasks": _("tasks"),
    "tenure": _("term"),
    "tier": _("tier"),
    "to": _("to"),
    "told": _("told"),
    "topic": _("topic"),
    "trade": _("trade"),
    "training": _("training"),
    "transfer": _("handed over"),
    "type": _("type"),
    "unit": _("unit"),
    "units": _("units"),
    "until": _("until"),
    "user": _("user"),
    "value": _("value"),
    "verdict": _("verdict"),
    "version": _("version"),
    "villages": _("villages"),
    "visit_again": _("another visit"),
    "watch": _("follow-up"),
    "way": _("way"),
    "who": _("who"),
    "why": _("why"),
    "with_identity": _("with the name"),
    "witnesses": _("witnesses"),
    "woken": _("due again"),
    "worker": _("worker"),
    "written": _("in writing"),
    "year": _("year"),
}
FIELDS = {
    "name": _("name"),
    "alias": _("name used at home"),
    "father": _("father or husband"),
    "mother": _("mother"),
    "village": _("village"),
    "marks": _("marks on the body"),
    "remarks": _("remarks"),
    "years": _("age"),
    "home_id": _("comes from"),
    "place_id": _("where"),
    "found_on": _("day found"),
    "sex": _("sex"),
    "height_cm": _("height"),
    "languages": _("languages"),
    "missing_status": _("how far the search is"),
    "traced_on": _("day found"),
    "gd_on": _("day of the GD entry"),
    "fir_on": _("day of the FIR"),
    "police_informed": _("police informed"),
}
"""What a line that was changed calls its parts."""
REASONS = {
    "AGE_PROVED": _("her age was proved"),
    "CAME_BACK": _("came back"),
    "CAME_HOME": _("came home"),
    "DEMO": _("demonstration"),
    "DEPARTURE_KIT": _("papers for the way"),
    "DOUBLE": _("records that may be the same"),
    "FAMILY_CARD": _("card of the family"),
    "FOUND_PERSON": _("page of a found person"),
    "JOURNEY": _("page of a journey"),
    "LINK": _("link to a case"),
    "LINK_CONFIRMED": _("two people agree that she was found"),
    "LINK_UNDONE": _("it was not she after all"),
    "MATCH_REVIEW": _("a missing and a found person side by side"),
    "MAY_BE_BACK": _("may be back"),
    "NAME_SEARCH": _("search for a name"),
    "PAGE": _("page of a case"),
    "POSTER": _("missing-person notice"),
    "REGISTER_EXPORT": _("register taken out"),
    "REGISTER_LINE": _("line of a register"),
    "REGISTER_LIST": _("list of a register"),
    "RESCUE": _("page of someone rescued"),
    "SEARCH": _("the search went on"),
    "SOUND": _("cases compared by sound"),
    "follow-up list on a phone": _("list on a phone"),
}
"""Why the program opened a name, or wrote a line by itself."""


def in_words(line: Trail) -> str:
    """Each key with its value, as a person reads them; nothing for what was not told."""
    told = ((key, value) for key, value in line.detail.items() if value not in (None, "", [], {}))
    return ", ".join(f"{KEYS.get(key, key.replace('_', ' '))} {_value(line.about, key, value)}" for key, value in told)


def _value(about: str, key: str, value: Any) -> str:
    match value:
        case bool():
            return gettext("yes") if value else gettext("no")
        case list():
            return ", ".join(_value(about, key, one) for one in value)
        case dict():
            return ", ".join(f"{KEYS.get(one, one)} {_value(about, one, told)}" for one, told in value.items())
        case int() | float() if key == "paise":
            return f"₹{grouped(value / PAISE, 0 if value % PAISE == 0 else 2)}"
        case str():
            return str(_word(about, key, value))
        case _:
            return str(value)


def _word(about: str, key: str, value: str) -> str | Promise:
    if key in ("reason", "why") and value in REASONS:
        return REASONS[value]
    if CODE.fullmatch(value):
        return _choice(about, key, value) or value
    if day := _day(value):
        return date_format(day, "j M Y")
    return FIELDS.get(value, value)


def _day(value: str) -> date | None:
    try:
        return parse_date(value)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _choice(about: str, key: str, value: str) -> str | Promise:
    """The word of a code: of that field of the record; else where all records of its app that know the code say the same; else of all."""
    app = about.split(".")[0]
    fields = [(model, field) for model in apps.get_models() for field in model._meta.get_fields() if _choices(field)]
    for known in (
        [field for model, field in fields if model._meta.label == about and field.name == key],
        [field for model, field in fields if model._meta.app_label == app and field.name == key],
        [field for model, field in fields if model._meta.app_label == app],
        [field for _model, field in fields if field.name == key],
        [field for _model, field in fields],
    ):
        words = {str(choices[value]): choices[value] for choices in map(_choices, known) if value in choices}
        if len(words) == 1:
            return next(iter(words.values()))
    return ""


def _choices(field: Any) -> Mapping[str, str | Promise]:
    """Of a column, also of one that holds several codes."""
    column = getattr(field, "base_field", field)
    return dict(getattr(column, "flatchoices", None) or ())
