"""Why something was refused, and the way out."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "day_past": _("This day is past. Give the units time: a day to come."),
    "empty": _("Write something here."),
    "file_needed": _("The direction asks for a file that shows it."),
    "finds_a_person": _("Leave out telephone numbers, Aadhaar and other long numbers, and mail addresses: they find a person."),
    "no_direction": _("It asks nothing of anyone yet: write at least one direction."),
    "no_unit": _("There is no place of this unit's level here. Choose another unit or other places."),
    "not_a_draft": _("It is issued: nothing is changed in it. Write a corrigendum."),
    "not_from_here": _("This was done before: look at where it stands now."),
    "not_issued": _("This advisory is not in force."),
    "not_there": _("This is not yours to change."),
    "not_yours": _("Only who holds the post of this unit at this place answers."),
    "number_taken": _("There is an advisory of this number already."),
    "outside": _("A place is named that lies outside the place of this advisory."),
    "own_work": _("You wrote this yourself: another person decides."),
    "to_come": _("This day is yet to come."),
    "too_long": _("This is too long."),
    "too_many": _("This would ask more than 20,000 places. Name states or districts, and give it in parts."),
}
