"""Why something was refused, and the way out."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "altered": _("This file is not as it was filed: its checksum differs. It is not given out. Tell the administrator."),
    "bomb": _("The file unpacks to more than a document can hold. Save it as PDF and upload that."),
    "choose_one": _("Choose at least one."),
    "damaged": _("The file is damaged and cannot be opened. Save it anew."),
    "embedded": _("Other files are hidden inside this file. Take them out, or print it to a new PDF."),
    "empty": _("Write something here."),
    "empty_file": _("The file is empty."),
    "encrypted": _("The file is locked with a password or encrypted. Save it without."),
    "launches": _("The file would start a program when it is opened. Print it to a new PDF."),
    "macros": _("The file holds a program (macros). Save it as PDF, or as .docx without them."),
    "newer_came": _("A later file came just now. Look at it first."),
    "not_asked": _("You are not asked to read this, or you have said so before."),
    "not_from_here": _("This was done before: look at where it stands now."),
    "not_in_force": _("This document is not in force any more: nothing is changed in it."),
    "not_looked_through": _("Its file could not be read, so nobody can say what it carries: it does not go out to everyone."),
    "of_another_place": _("The document it takes the place of belongs to another place."),
    "of_nobody": _("Say who must read it by this day."),
    "old_office": _("This is a file of an old Office program. Save it as PDF, or as .docx."),
    "other_than_named": _("The content of this file is not what its ending says. Save it anew under its right ending."),
    "own_file": _("Another person who keeps the library here releases what you filed."),
    "own_work": _("You wrote this yourself: another person decides."),
    "public_already": _("Everyone can read this already."),
    "same_file": _("This is the very file that is here already: its checksum is the same."),
    "script": _("The file holds a script (JavaScript). Print it to a new PDF."),
    "to_come": _("This day is yet to come."),
    "too_large": _("The file is larger than 10 MB. Scan it with fewer dots, or file it in parts."),
    "too_long": _("This is too long."),
    "unknown_kind": _("A document comes as PDF, DOCX, JPEG, PNG or plain text."),
}
