"""What a person reads: why something was refused and the way out; who is meant, without a name."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aanchal.people.words import kind_of

REFUSALS = {
    "over": gettext_lazy("This is closed already. Look at the newest line of its story."),
    "before_departure": gettext_lazy(
        "That day lies before they left. Check the day; if they left earlier, correct the line in the register."
    ),
    "future": gettext_lazy("That day has not come yet. Choose today or an earlier day."),
    "snooze_again": gettext_lazy("It was put off once already. Say what became of it, or hand it up: someone else may reach them."),
    "snooze_past": gettext_lazy("Choose a day after today."),
    "snooze_long": gettext_lazy("That is too long. An alert can be put off for 14 days, about a child for 3."),
    "above": gettext_lazy(
        "This alert stands higher now. Only who answers there, or someone above, may put it off, join it or close it like this. "
        "Tell them what you know: write it down as a check-in, or call them."
    ),
    "top": gettext_lazy("It is with the AHTU already. Nobody is above: call them."),
    "merge": gettext_lazy("Only alerts about the same person or family can be joined."),
    "outcome": gettext_lazy("An alert of this kind cannot end like that. Choose another outcome."),
    "child": gettext_lazy("A child under 18 is never left without contact. Choose another outcome, or hand the alert up."),
    "report_first": gettext_lazy("Write the line in the missing register first. Then close this alert as written there."),
    "search_first": gettext_lazy(
        "The search goes on. Say on its page that the person was found, or close it there: this alert ends with it."
    ),
    "search": gettext_lazy(
        "The search cannot go from where it is to there. Correct the line in the missing register if it was written wrongly."
    ),
    "number": gettext_lazy("Write the number of the GD entry or FIR. Ask the police station for it: you have a right to a copy, free."),
    "clock_day": gettext_lazy("The newest version holds from this day or a later one. Choose a day after it."),
    "nation": gettext_lazy("These clocks hold in every state. Only who keeps them for the whole nation may change them."),
    "already_away": gettext_lazy(
        "This person has an open journey already. Close it first: “Came home” on its page; then write the new one."
    ),
}


def who(person, household, on: date) -> str:
    """A person by household, sex and age: K7M-2QX, girl, 17."""
    age = person.age.on(on)
    parts = [household.shown_code if household else "", kind_of(person.sex, age), "" if age is None else str(age)]
    return ", ".join(part for part in parts if part)


def time_left(due_at: datetime | None, now: datetime) -> str:
    """How long a step has, or by how much it is late."""
    if due_at is None:
        return _("no one above")
    left = due_at - now
    is_late, left = left < timedelta(0), abs(left)
    said = _days(left.days) if left >= timedelta(days=2) else _hours(round(left.total_seconds() / 3600))
    return _("%(time)s late") % {"time": said} if is_late else _("%(time)s left") % {"time": said}


def days_late(due_on: date, today: date) -> str:
    days = (today - due_on).days
    if days > 0:
        return _("%(time)s late") % {"time": _days(days)}
    return _("today") if days == 0 else _("in %(time)s") % {"time": _days(-days)}


def _days(n: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def _hours(n: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}
