"""What is said of a workbook: why it is not opened, what keeps it from being used, what the author should know."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REFUSALS = {
    "EMPTY": gettext_lazy("The file is empty."),
    "TOO_LARGE": gettext_lazy("The file is larger than 2 MB. A form is a small workbook: take out pictures and old sheets."),
    "BOMB": gettext_lazy("Unpacked, the file is larger than any form. It was not opened."),
    "TOO_WIDE": gettext_lazy("A sheet has more than 500 columns. Delete those that are not used."),
    "TOO_MANY_CELLS": gettext_lazy("A sheet has more than 200,000 cells. Delete rows that are not used."),
    "MACROS": gettext_lazy("The workbook holds macros. Save it as .xlsx without macros."),
    "PASSWORD": gettext_lazy("The workbook is protected by a password. Save it without one."),
    "DTD": gettext_lazy("The workbook holds instructions (a document type) that a workbook may not hold."),
    "DAMAGED": gettext_lazy("The file begins like a workbook but is damaged. Save it again and upload that."),
    "NOT_A_WORKBOOK": gettext_lazy("This is not a workbook. Upload the .xlsx file of the form."),
    "NOT_A_FORM": gettext_lazy("This workbook is not an XLSForm: it needs a sheet “survey” with the columns type, name and label."),
    "TOO_DEEP": gettext_lazy("Groups stand inside each other too deeply."),
    "TOO_HEAVY": gettext_lazy("The form takes too long or too much memory to convert. Make it smaller."),
    "NATIONAL_ID": gettext_lazy("Forms of the nation have this form id. Choose another in the sheet “settings”."),
    "TAKEN_ID": gettext_lazy("This form id is taken. Choose another in the sheet “settings”, with the letters of your state in front."),
}
PROBLEMS = {
    "BAD_ID": gettext_lazy("The form id must begin with a letter and hold only letters A to Z, digits, - and _, at most 60."),
    "BAD_VERSION": gettext_lazy("The version may hold only letters A to Z, digits, and . _ -, at most 28, and must not end like a test."),
    "LONG_TITLE": gettext_lazy("The title is longer than 120 letters."),
    "UNKNOWN_FILE": gettext_lazy("The form asks for a file that phones do not get from here."),
    "EXTERNAL_CHOICES": gettext_lazy("The sheet “external_choices” is not taken. Use the sheet “choices” and choice_filter."),
    "ENTITIES": gettext_lazy("A state's form may read the lists of families but not write them: take out the sheet “entities”."),
    "PREDICATE": gettext_lazy(
        "Inside [ ], a reference to a question of a repeat from outside of it means only the first one. Write the bare name."
    ),
    "UNREADABLE": gettext_lazy("The server cannot read the form, so it could not check what is sent with it."),
    "VERSION_USED": gettext_lazy("This version was published before. Write a new version in the sheet “settings” and upload it again."),
}
REMARKS = {
    "CONVERTER": gettext_lazy("The converter says"),
    "NO_VERSION": gettext_lazy("The sheet “settings” gives no version; it was called"),
    "NO_LANGUAGE": gettext_lazy("The form does not speak this language of the workers"),
    "UNTRANSLATED": gettext_lazy("Not every question is written in this language"),
    "FORMULA": gettext_lazy("A cell holds a formula: only its last value was read"),
    "UNCHECKED": gettext_lazy("The server cannot check this rule of the form; phones can"),
    "NO_VILLAGE": gettext_lazy("The form asks for no village: what is sent stands at the place of the worker's posting."),
}


def refusal(code: str, where: str = "") -> str:
    words = str(REFUSALS.get(code, REFUSALS["NOT_A_WORKBOOK"]))
    return f"{words} ({where})" if where else words


def problem(told: dict) -> str:
    return _said(PROBLEMS, told)


def remark(told: dict) -> str:
    return _said(REMARKS, told)


def _said(table: dict, told: dict) -> str:
    words, value, where = str(table[told["kind"]]), told.get("value", ""), told.get("where", "")
    said = _("%(words)s: %(value)s") % {"words": words.rstrip("."), "value": value} if value else words
    return _("%(where)s: %(said)s") % {"where": where, "said": said} if where else said
