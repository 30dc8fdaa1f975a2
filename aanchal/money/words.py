"""Why something was refused, and the way out; money as it is read."""

from django.utils.translation import gettext_lazy as _

from aanchal.core.forms import NO_ANSWER
from aanchal.core.numbers import grouped

QUARTERS = (_("April–June"), _("July–September"), _("October–December"), _("January–March"))
FAULTS = {
    "above_the_release": _("With the certificates before it, this is above what was released. Certify less, or book the release first."),
    "above_what_was_spent": _("This is more than was spent in the period. Certify at most what the ledger shows."),
    "advance_out": _("An advance of this commitment is not settled. Settle it or take it back first."),
    "bank_too_low": _("There is not so much in the bank. Book the release first, or pay less."),
    "before_the_heads": _("There were no cost heads on this day."),
    "before_the_last_step": _("This day is before the commitment or the advance."),
    "beyond_the_advance": _("More than is left of the advance."),
    "beyond_the_commitment": _("More than is left of the commitment. Commit more first."),
    "booked_already": _("This is booked already: the same number, day and amount. Look at what stands."),
    "beyond_the_head": _("The head has not so much free. Propose a re-appropriation, or commit less."),
    "certified_already": _("A part of this period is certified already."),
    "drafted_already": _("A budget of this year has this title. Open that one, or choose another title."),
    "in_force_already": _("Another budget of this year is in force."),
    "in_the_future": _("This day has not come yet."),
    "justification_wanted": _("There is no norm, or this is above it: write why it costs so much."),
    "length": _("This is empty or too long."),
    "not_a_day": _("This is not a day as 2026-04-01."),
    "not_a_draft": _("This budget was submitted: its plan stands. What changes later is a re-appropriation."),
    "not_a_head": _("This is not the key of a cost head."),
    "not_a_year": _("A financial year begins on 1 April."),
    "not_free": _("The head that gives has not so much free."),
    "not_from_here": _("This was decided before. Look at what stands now."),
    "not_in_force": _("Nothing is booked before the budget is in force."),
    "not_in_the_year": _("This day is not in the year of the budget."),
    "not_of_the_state": _("This district is not of the state."),
    "not_reversible": _("This was reversed before, or was decided and is turned round only by another decision."),
    "not_there": _("This is not yours to keep."),
    "nothing_planned": _("Nothing is planned yet. Write the first line."),
    "line_twice": _("Another line of the file is of this head, district and quarter. Put the two together."),
    "no_answer": NO_ANSWER,
    "out_of_range": _("This number cannot be."),
    "own_work": _("You made this yourself: another person decides."),
    "proposed_already": _("The same is proposed already and waits for a decision."),
    "period_locked": _("This period is certified and locked. Book it on a later day."),
    "same_head": _("It comes from where it goes."),
    "something_rests_on_it": _("Something booked later rests on it. Reverse that first."),
    "stale": _("Something was booked in the period after this was prepared. Refuse it and prepare a new one."),
    "taken": _("A norm of this head begins on this day. Choose another day."),
    "taken_day": _("A practice for these services begins on this day. Choose another day."),
    "taken_number": _("This number is used already."),
}
FILE_FAULTS = {
    "too_large": _("The file is larger than 1 MB."),
    "too_long": _("The file has more than 5,000 lines."),
    "not_a_table": _("This is not a table: send CSV or XLSX."),
    "missing": _("Columns that are not there: %(columns)s"),
}


def rupees(paise: int | None) -> str:
    """₹1,20,000, with the paise only where there are some."""
    if paise is None:
        return "–"
    sign, whole, rest = "−" if paise < 0 else "", *divmod(abs(paise), 100)
    return f"{sign}₹{grouped(whole)}" + (f".{rest:02}" if rest else "")
