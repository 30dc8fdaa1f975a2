"""What measures, quarters and refusals are called."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aanchal.core.numbers import grouped
from aanchal.insight import rules
from aanchal.insight.models import Definition

MEASURES = {
    "migrations": gettext_lazy("Migrants written in the village registers"),
    "migrations_verified": gettext_lazy("Migrants whose employer was checked"),
    "migrations_before": gettext_lazy("Migrants written down before they left"),
    "marriages": gettext_lazy("Marriages written in the village registers"),
    "marriages_verified": gettext_lazy("Marriages where the groom was checked"),
    "missing": gettext_lazy("People reported missing"),
    "missing_fir": gettext_lazy("Missing people with an FIR"),
    "missing_traced": gettext_lazy("Missing people who were found"),
    "left": gettext_lazy("Women and girls who left"),
    "left_unknown": gettext_lazy("Women and girls who left without a trace"),
    "reached": gettext_lazy("People reached by the campaign"),
    "rescued": gettext_lazy("People rescued"),
    "cases": gettext_lazy("Survivors whose case was opened"),
}
SHUT = {
    "CASES": gettext_lazy(
        "Only this number is told. A survivor's case is open to those who are assigned to it and to nobody else, wherever they are posted."
    ),
    "STATES": gettext_lazy(
        "Every State owes a return for each period; who has reported and who has not stands on the page of the returns."
    ),
    "CENSUS": gettext_lazy(
        "These are the people of the census of 2011 in the States whose returns of the last twelve months were accepted, each for as many "
        "of the months as it told: there is no list behind it."
    ),
    "PLAN": gettext_lazy("This is a number of the scheme's plan: there is no list behind it."),
    "NOT_YOURS": gettext_lazy("You may know this number. The list behind it is open to those who work with these records in this place."),
    "NOT_KEPT": gettext_lazy("This is how things stood at the end of that month. What has changed since cannot be listed as it was then."),
    "TYPICAL": gettext_lazy("This value is made of many records; their list opens from the number beside it."),
}
REFUSED = {
    "name_taken": gettext_lazy("You keep another table of this name here."),
    "not_your_table": gettext_lazy("This table is somebody else's."),
    "story_not_open": gettext_lazy("Only who wrote a story changes it, before it is submitted."),
    "story_not_submitted": gettext_lazy("This story does not wait for a decision."),
    "not_your_story": gettext_lazy("Another person must decide about what you wrote."),
    "not_declared": gettext_lazy("Tick that no survivor can be recognised, or return the story."),
    "no_reason": gettext_lazy("Say in the note what should be changed."),
    "ends_before": gettext_lazy("The last day is before the first."),
    "finds_a_person": gettext_lazy("Leave out telephone numbers, Aadhaar and other long numbers, and mail addresses: they find a person."),
    "photo_without_words": gettext_lazy("Say in a few words what the photo shows."),
    "face_not_declared": gettext_lazy("Tick that no face and nothing that tells who it is can be seen in the photo."),
    "photo_too_large": gettext_lazy("The photo is larger than 10 MB."),
    "not_a_photo": gettext_lazy("This file is no photo (JPEG, PNG or WebP), or it is damaged."),
    "month_not_computed": gettext_lazy("This month has not been computed yet."),
    "no_table": gettext_lazy("Choose a quarter and at least one table."),
    "not_computed": gettext_lazy("Not every month of this quarter has been computed yet."),
    "taken": gettext_lazy("This quarter has a release already."),
    "not_attacked": gettext_lazy("The attacker has not tried this draft yet. Come back in some minutes."),
    "not_safe": gettext_lazy("Some hidden count could be told. This draft cannot go out."),
    "not_yours": gettext_lazy("Another person must decide what you drafted."),
    "not_submitted": gettext_lazy("This release does not wait for a decision."),
}


def in_unit(definition: Definition, value: float) -> str:
    """A value that is no share, with its unit."""
    told = grouped(round(value))
    if definition.unit == "DAYS":
        return ngettext("%(n)s day", "%(n)s days", round(value)) % {"n": told}
    return f"{told} %" if definition.unit == "PERCENT" else told


def told(definition: Definition, value: float) -> str:
    return f"{value:.1f} %" if definition.is_share else in_unit(definition, value)


def quarter(starts_on: date) -> str:
    """April to June 2025."""
    last = rules.month_after(starts_on, 2)
    return _("%(first)s to %(last)s %(year)s") % {"first": month_name(starts_on), "last": month_name(last), "year": last.year}


def year(starts_on: date) -> str:
    first = rules.year_of(starts_on)
    return _("Year %(year)s") % {"year": f"{first}-{(first + 1) % 100:02}"}


def period(span: str, first: date) -> str:
    return {"MONTH": month, "QUARTER": quarter, "YEAR": year}[span](first)


def change(span: str) -> str:
    """The heading of what changed since the period before."""
    if span == "QUARTER":
        return _("Change in a quarter")
    return _("Change in a year") if span == "YEAR" else _("Change in a month")


def month_name(month: date) -> str:
    names = (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"), _("October"),
        _("November"), _("December"),
    )  # fmt: skip
    return names[month.month - 1]


def points(value: float | None) -> str:
    """A change in points of a hundred, with its sign: +3.2, −1.0."""
    if value is None:
        return "–"
    return f"{value:+.1f}".replace("-", "−")


def month(one: date) -> str:
    return f"{month_name(one)} {one.year}"
