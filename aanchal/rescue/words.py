"""What a person reads: why something was refused and the way out; who is meant, without a name."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanchal.people.words import kind_of
from aanchal.rescue.models import Custody, Rescued
from aanchal.rescue.terms import Keeper

REFUSALS = {
    "future": gettext_lazy("That moment has not come yet. Write it when it has."),
    "past": gettext_lazy(
        "An operation is planned for today or a later day. What happened before is written as a rescue without an operation."
    ),
    "lead": gettext_lazy("The lead cannot go from where it is to there. Look at its story."),
    "lead_of_alert": gettext_lazy("A lead was written from this alert already. Open that one."),
    "reason": gettext_lazy("Write the reason: what was found, or why it is not possible here."),
    "operation": gettext_lazy("The operation is not where this can happen. Look at what comes next on its page."),
    "operation_of_lead": gettext_lazy("This lead has an operation already. Open it; if it was called off, plan it again there."),
    "no_sop": gettext_lazy("There is no checklist for this matter yet. Ask the administrator to bring Aanchal up to date."),
    "checklist": gettext_lazy(
        "Steps of the checklist are open. Mark each as done, or say why it is not possible here; then go on."
    ),
    "not_started": gettext_lazy(
        "No one is rescued before the operation has begun. Start it first, on its page, by its checklist."
    ),
    "before_start": gettext_lazy("That is before the operation was planned. Check the day and the hour."),
    "marked": gettext_lazy("This step is marked already. Take the mark back first if it was a mistake."),
    "not_marked": gettext_lazy("This step carries no mark that could be taken back."),
    "before_rescue": gettext_lazy("That is before she was rescued. Check the hour."),
    "journey": gettext_lazy("The way there cannot have taken longer than all the time since the rescue. Correct the hours."),
    "care_twice": gettext_lazy("This was written down already. It stands in the list above."),
    "proof": gettext_lazy("A proof of age is a document, a medical test or a decision of the Committee."),
    "number": gettext_lazy("Write the number of the FIR as the station gave it, such as 112."),
    "second_fir": gettext_lazy(
        "An FIR of this station with this number and year is here already. Open it in the list of cases; do not write it twice."
    ),
    "offence_after": gettext_lazy("The offence lies after the FIR. Check both days."),
    "section": gettext_lazy("An FIR needs at least one section of law from the list."),
    "section_day": gettext_lazy(
        "This section did not hold on the day of the offence: BNS is for what was done since 1 July 2024, the IPC for what was done before."
    ),
    "section_twice": gettext_lazy("This section stands in the FIR already."),
    "last_section": gettext_lazy("One section must stay. Add the right one first, then drop this one."),
    "stage": gettext_lazy("The case cannot go from where it is to there. Write the step that comes between first."),
    "sheet_number": gettext_lazy("Write the number of the charge sheet."),
    "before_last": gettext_lazy("That is before the step that was written last. Check the day."),
    "before_fir": gettext_lazy("That day lies before the FIR. Check it."),
    "charge_sheet": gettext_lazy(
        "There is no charge sheet yet: until then a court hears only remand and bail. Write the charge sheet first, then the hearing."
    ),
    "ended": gettext_lazy("This case has ended. If there is an appeal, write the appeal first."),
    "hearing_twice": gettext_lazy("A hearing on this day stands in the list already."),
    "accused": gettext_lazy("This cannot follow for someone who is where she or he is now."),
    "not_in_court": gettext_lazy(
        "A court can only decide after the charge sheet. Write the charge sheet on the page of the case first."
    ),
    "own_head": gettext_lazy(
        "Nobody appoints himself head of a unit, for the head may read who told a lead. Ask another officer of the unit."
    ),
    "head": gettext_lazy("The unit has a head, who hands the post over. Ask the head."),
    "member_already": gettext_lazy("She or he serves in the unit as that already."),
    "unit_twice": gettext_lazy("This unit stands here already."),
    "district_twice": gettext_lazy("The unit answers for this district already."),
    "not_holder": gettext_lazy(
        "Only who holds a piece of evidence can hand it over. Ask the officer who is named last in the chain."
    ),
    "take_back": gettext_lazy(
        "It is with an office outside. The officer who takes it back writes that down, as the one who takes it."
    ),
    "holds_it": gettext_lazy("This is who holds it now. Choose who takes it."),
    "large": gettext_lazy(
        "The file is larger than 10 MB. Keep the original as a piece of its own, and write down its hash."
    ),
    "altered": gettext_lazy(
        "The file no longer has the hash it was kept with. It is not given out. Tell the head of the unit."
    ),
}


def who(rescued: Rescued) -> str:
    """Someone rescued by code, sex and age: K7M-2QX, girl, 15; with "about" while the age is not proved."""
    age = None if rescued.years is None else str(rescued.years)
    if age and not rescued.is_age_proved:
        age = _("about %(age)s") % {"age": age}
    years = (17 if rescued.is_child else 18) if rescued.years is None or not rescued.is_age_proved else rescued.years
    return ", ".join(filter(None, (rescued.shown_code, kind_of(rescued.sex, years), age)))


def keeper(custody: Custody) -> str:
    """Who held a piece of evidence after a hand-over."""
    if custody.keeper == Keeper.OFFICER:
        return custody.taker_user.name if custody.taker_user else _("the installation")
    return f"{custody.get_keeper_display()}: {custody.office}" if custody.office else custody.get_keeper_display()
