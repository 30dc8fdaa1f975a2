"""A village's roadmap on paper: who does what by when."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day
from aanchal.places.models import Place
from aanchal.villages.models import Roadmap, RoadmapAction
from aanchal.villages.terms import Doer


def drawn(village: Place, roadmap: Roadmap, actions: Iterable[tuple[Doer, list[RoadmapAction]]], *, at: datetime) -> Paper:
    """`actions` by who does them, as the page shows them."""
    heading = _("Roadmap of %(village)s") % {"village": village.local_name}
    paper = Paper(heading, get_language(), made_at=at)
    told = {"vo": roadmap.village_organisation, "on": day(roadmap.adopted_on), "meeting": roadmap.meeting}
    paper.paragraph(_("Adopted by %(vo)s on %(on)s: %(meeting)s.") % told)
    for who, rows in actions:
        paper.heading(str(who.label))
        paper.table([_("What is to be done?"), _("By when"), _("Standing")], [_line(one) for one in rows])
    return paper


def _line(one: RoadmapAction) -> tuple[str, str, str]:
    standing = one.get_state_display()
    return one.local_title, day(one.due_on), f"{standing}, {day(one.done_on)}" if one.done_on else standing
