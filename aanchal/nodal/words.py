"""What stands against a return, a file or a step, said to the person who can put it right."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanchal.core.numbers import grouped
from aanchal.nodal.rules import Finding

FAULTS = {
    "above_release": gettext_lazy("More than is left: %(released)s were released, and only %(left)s are not certified yet."),
    "all_certified": gettext_lazy("All of this release is certified or waits to be accepted: there is nothing to ask for."),
    "asked_already": gettext_lazy("A certificate of this release is asked for already."),
    "below_certified": gettext_lazy("Less than is certified: certificates claim %(claimed)s of this release."),
    "correction_waits": gettext_lazy("A correction of this line waits already: it is decided first."),
    "decided_already": gettext_lazy("Nothing waits to be decided here: look at where the certificate stands now."),
    "finds_a_person": gettext_lazy("Leave out telephone numbers, Aadhaar and other long numbers, and mail addresses: they find a person."),
    "in_the_future": gettext_lazy("This day has not come yet."),
    "no_such_year": gettext_lazy("Say the year in which the financial year begins: 2010 for 2010-11, at most this year."),
    "not_for_the_directory": gettext_lazy("The directory does not take it so: check the name and the telephone number."),
    "not_while_it_was_there": gettext_lazy("Money is spent after its release and until today: write a day between the two."),
    "number_twice": gettext_lazy("Another certificate of this release has this number."),
    "order_twice": gettext_lazy("This order is written down already."),
    "unit_twice": gettext_lazy("This unit is in the scheme already."),
    "amended_already": gettext_lazy("An amendment of this return is written already. Open that one."),
    "called_already": gettext_lazy("This period is called already."),
    "day_to_come": gettext_lazy("Say by which day, today or later, it is done."),
    "due_before_end": gettext_lazy("The day by which it is due comes after the period ends."),
    "length": gettext_lazy("This is empty or too long."),
    "locked": gettext_lazy("This return is locked. What was wrong in it is put right by an amendment, which shows the difference."),
    "no_edition": gettext_lazy("No heads are defined for this period. Periods begin on 1 January 2026."),
    "not_a_period": gettext_lazy("A month begins on its first day, a quarter in January, April, July or October, a year on 1 January."),
    "not_from_here": gettext_lazy("This was done before: look at where the return stands now."),
    "not_locked": gettext_lazy("Only a locked return is amended. This one can still be sent back with a question."),
    "not_accepted": gettext_lazy("Only an accepted certificate is corrected: until then it is returned and submitted anew."),
    "not_the_last_line": gettext_lazy("This line was corrected before: open the one that stands."),
    "not_there": gettext_lazy("This is not yours to change."),
    "not_over": gettext_lazy("The period is not over. A return is submitted when it is."),
    "nothing_changed": gettext_lazy("This amendment changes no figure. Change what was wrong before submitting it."),
    "opened_already": gettext_lazy("The return of this State for this period is open already. Open that one: there is no second."),
    "own_work": gettext_lazy("You wrote or submitted this yourself: another person decides."),
    "same_line": gettext_lazy("This says what the line says already: change what was wrong."),
    "to_explain": gettext_lazy("Something still asks for words. Write why each marked figure is right, or change it."),
    "to_put_right": gettext_lazy("Something must be put right before this can be submitted."),
}
FILES = {
    "BOMB": gettext_lazy("The file unpacks to more than a return can hold. Save the sheet anew and upload that."),
    "DAMAGED": gettext_lazy("The file is damaged and cannot be opened. Save it anew as .xlsx."),
    "DTD": gettext_lazy("The file holds parts that a sheet does not have. Copy the figures into the sheet from this page."),
    "EMPTY": gettext_lazy("The file is empty."),
    "MACROS": gettext_lazy("The file holds a program (macros). Save it as .xlsx without them."),
    "NOT_A_WORKBOOK": gettext_lazy("This is not an .xlsx file. Take the sheet from this page, fill it and upload it."),
    "NO_SHEET": gettext_lazy("The file has no sheet “State” with the columns of this return. Take the sheet from this page."),
    "PASSWORD": gettext_lazy("The file is locked with a password. Save it without one."),
    "TOO_LARGE": gettext_lazy("The file is larger than 2 MB. A return is a small sheet: take out pictures and other sheets."),
    "TOO_MANY_CELLS": gettext_lazy("The sheet has more cells than a return. Take out what is not asked for."),
    "TOO_WIDE": gettext_lazy("The sheet has more columns than a return. Take out what is not asked for."),
}


REASONS = {
    "not_notified": gettext_lazy("not notified"),
    "no_head": gettext_lazy("nobody heads it"),
    "no_phone": gettext_lazy("no telephone"),
    "no_vehicle": gettext_lazy("no vehicle"),
    "no_return": gettext_lazy("no return yet"),
    "old_return": gettext_lazy("its last return is too old"),
}


LEFT_EMPTY = {
    "none_recorded": gettext_lazy("The records hold nothing of this in the period, which is not zero: write 0 if there was none."),
    "hidden": gettext_lazy("From 1 to 10: the records do not tell so small a count. Write it from the police register."),
    "part_hidden": gettext_lazy("A part beside it is from 1 to 10 and would come out of this one. Write both from the police register."),
    "age_unknown": gettext_lazy("Of some who were rescued the age or the sex is not known: the parts would be too small."),
    "purpose_unknown": gettext_lazy("Of some who were rescued the purpose is not known yet: the parts would be too small."),
    "gravest_section": gettext_lazy("An FIR stands under several sections. Which of them is the gravest, the counts do not say."),
    "no_accused": gettext_lazy("The records count cases at each stage, not the persons accused in them."),
    "no_pending": gettext_lazy("The records do not count what was pending on a day, or was closed otherwise."),
    "of_the_police": gettext_lazy("The registers of the villages do not count it: the police stations do."),
}


def fault(code: str, told: Mapping[str, str]) -> str:
    return str(FAULTS[code]) % told if told else str(FAULTS[code])


def reasons(why: Iterable[str]) -> str:
    """Why a unit is not functional."""
    return ", ".join(str(REASONS[code]) for code in why)


def cell(fault: Mapping[str, str]) -> str:
    """A message about one cell of an uploaded sheet. It names the cell and never repeats what stands in it."""
    said = {
        "formula": _("%(where)s: a formula. Write the number itself."),
        "letters": _("%(where)s: letters where a number belongs. Write the count in digits, 0 if there was none."),
        "negative": _("%(where)s: below zero. A count is 0 or more."),
        "not_whole": _("%(where)s: not a whole number. Persons and cases are counted whole."),
        "too_large": _("%(where)s: too large to be a count."),
        "unknown_head": _("%(where)s: this code is no head of this return. Take the sheet from this page."),
        "unknown_district": _("%(where)s: no district of this State has this LGD code."),
        "twice": _("%(where)s: this line stands twice. The first one was taken."),
    }
    where = _("Sheet %(sheet)s, row %(row)s, column %(column)s") % {key: fault[key] for key in ("sheet", "row", "column")}
    return said[fault["code"]] % {"where": where}


def finding(one: Finding, titles: Mapping[str, str], districts: Mapping[int, str]) -> str:
    said = {
        "empty": _("%(head)s: nothing is written. Write 0 if there was none."),
        "sum": _("%(head)s is %(total)s, but its parts from “%(first)s” to “%(last)s” add up to %(added)s."),
        "balance": _("From “%(first)s”: %(came)s were there or came, but %(went)s went or are left at “%(head)s”."),
        "more_than": _("%(head)s is %(part)s, more than “%(first)s” with %(whole)s."),
        "without": _("%(head)s is %(n)s, but “%(first)s” is 0."),
        "fewer_than": _("%(head)s is %(part)s, fewer than “%(first)s” with %(whole)s."),
        "carried": _("%(head)s is %(now)s, but the last period ended with %(then)s under “%(first)s”."),
        "moved": _("%(head)s is %(now)s; in the last period it was %(then)s."),
        "below_districts": _("%(head)s is %(state)s for the State, but its districts add up to %(districts)s."),
        "above_districts": _("%(head)s is %(state)s for the State; its districts add up to only %(districts)s."),
    }
    names = {"head": titles[one.head], "first": titles.get(one.heads[0], "") if one.heads else ""}
    names["last"] = titles.get(one.heads[-1], "") if one.heads else ""
    words = said[one.code] % (names | {key: grouped(n) for key, n in one.told.items()})
    return f"{districts.get(one.district, '')}: {words}" if one.district else words
