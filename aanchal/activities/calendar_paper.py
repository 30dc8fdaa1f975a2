"""What is to come on paper, by day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day


def drawn(rows: Iterable[Mapping[str, Any]], *, on: date, at: datetime) -> Paper:
    paper = Paper(_("Calendar of meetings and trainings"), get_language(), made_at=at)
    paper.facts([(_("Day"), day(on))])
    lines = [(day(row["on"]), row["one"].title, row["kind"], row["one"].place.local_name, row["one"].venue) for row in rows]
    if lines:
        paper.table([_("Day"), _("What"), _("Kind"), _("Place"), _("Where")], lines)
    else:
        paper.paragraph(_("Nothing in the calendar"))
    return paper
