"""What hangs in the office of the Village Organisation, on paper: nobody is named on it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day


def drawn(told: Mapping[str, Any], *, at: datetime) -> Paper:
    """`told` is what the page says."""
    paper = Paper(told["heading"], get_language(), made_at=at)
    paper.facts([(_("Printed"), day(told["today"])), *((figure.label, figure.shown) for figure in told["wall"])])
    paper.heading(_("Call, free, day and night"))
    paper.facts([("1098", _("Child helpline")), ("181", _("Women’s helpline")), ("112", _("Emergency, police"))])
    for heading, points in ((_("Places of help"), told["points"].help), (_("Take care here"), told["points"].danger)):
        if points:
            paper.heading(heading)
            paper.paragraph(" · ".join(point.name for point in points))
    if actions := [(one.local_title, one.get_who_display(), day(one.due_on), "") for one in told["actions"]]:
        paper.heading(_("What we do next"))
        paper.table([_("What"), _("Who"), _("By when"), _("Done")], actions)
    return paper
