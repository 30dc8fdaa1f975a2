"""A utilisation certificate on paper."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day
from aanchal.money.models import Certificate
from aanchal.money.words import rupees


def drawn(one: Certificate, rows: list, *, rest: int, at: datetime) -> Paper:
    """`rows` of (head, paise spent in the period); `rest` in paise. Its number stands at the foot of every page."""
    told = one.told
    paper = Paper(_("Utilisation certificate"), get_language(), made_at=at, foot=f"{_('Utilisation certificate')} {one.number}")
    paper.facts([
        (_("Number"), str(one.number)), (_("Place"), one.budget.place.local_name), (_("Budget"), f"{one.budget.title} {one.budget.year}"),
        (_("Period"), f"{day(one.from_on)} – {day(one.until_on)}"), (_("Standing"), one.get_standing_display()),
    ])  # fmt: skip
    paper.paragraph(
        _(
            "Certified that of %(released)s released by the end of the period, %(before)s were certified before, %(used)s were used in the"
            " period for what they were given for, and %(rest)s are left."
        )
        % {
            "released": rupees(told["released"]),
            "before": rupees(told["certified"]),
            "used": rupees(one.amount_paise),
            "rest": rupees(rest),
        }
    )
    heads = [(f"{head.number}. {head.title}", rupees(paise)) for head, paise in rows]
    paper.table([_("Head"), _("Spent in the period")], [*heads, (_("Together"), rupees(told["spent"]))], numbers=[1])
    paper.paragraph(f"{_('Prepared by')}: {_who(one.made_by)}, {day(one.made_at)}")
    if one.standing == "SIGNED":
        paper.paragraph(f"{_('Signed by')}: {_who(one.decided_by)}, {day(one.decided_at)}")
    paper.signature(_("Signature"))
    return paper


def _who(user) -> str:
    return (user.name if user else "") or "–"
