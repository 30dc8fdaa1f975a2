"""Why something was refused, and the way out; and what the figures of a pilot are called."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "begun_already": _("A pilot of this title and these days has begun already. Open that one."),
    "done_already": _("This phase was ended before."),
    "ends_before_it_begins": _("It ends before it begins."),
    "filed_just_now": _("Somebody filed one just now. Look at it, then file yours."),
    "is_counted": _("This is counted from what was recorded: it is not told by hand."),
    "not_a_paper": _("A paper comes as PDF, JPEG or PNG of at most 3 MB."),
    "not_approved": _("This selection is not approved, or not of this state. A pilot begins where a selection was approved."),
    "not_begun": _("This phase has not begun yet."),
    "one_day": _("A pilot lasts longer than one day."),
    "outside_the_pilot": _("This day is outside the pilot."),
    "stands_already": _("This stands here already."),
}
FIGURES = {
    "held": _("Trainings held"),
    "planned": _("Trainings planned"),
    "late": _("Action points past their day"),
    "released": _("Released"),
    "spent": _("Spent"),
}
