"""The custody sheet of a piece of evidence on paper, without what the piece is."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import moment


def drawn(told: dict[str, Any]) -> Paper:
    """`told` is what the page of the piece tells: one, rows of (one, giver, taker), heading, printed_at."""
    one = told["one"]
    paper = Paper(told["heading"], get_language(), made_at=told["printed_at"], foot=f"{told['heading']} · {one.label}", landscape=True)
    about = f"{_('FIR %(number)s') % {'number': one.fir.shown_number}} {one.fir.station}" if one.fir else one.operation.shown_code
    paper.facts([
        (_("Piece"), f"{one.label} · {one.get_kind_display()}"), (_("Of"), about), (_("Unit"), one.unit.name),
        (_("Seal"), one.seal_no or "–"), (_("Printed on"), moment(told["printed_at"])), ("SHA-256", one.digest),
    ])  # fmt: skip
    headings = [_("No."), _("When"), _("Given by"), _("Taken by"), _("Why"), _("Seal"), _("Hash of the chain")]
    paper.table(headings, [_row(row) for row in told["rows"]])
    paper.signature(_("Given by"))
    paper.signature(_("Taken by"))
    return paper


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    one = row["one"]
    seal = _("Whole") if one.is_seal_whole else _("Broken")
    return str(one.nth), moment(one.at), str(row["giver"] or "–"), str(row["taker"]), one.get_why_display(), seal, one.link[:16]
