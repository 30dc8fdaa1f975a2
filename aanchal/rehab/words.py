"""Why something was refused, and the way out; why a gate is shut."""

from django.utils.translation import gettext_lazy as _

from aanchal.cases.models import Withdrawal
from aanchal.core.templatetags.aanchal import day
from aanchal.rehab.rules import NotPossible
from aanchal.rehab.terms import Gate, ShutWhy

REFUSALS = {
    "future": _("That day has not come yet. Choose today or an earlier day."),
    "case_over": _("This case is closed. It is opened again first."),
    "over": _("This is not possible from where it stands. Look at the newest line of its story."),
    "gates": _("Rehabilitation cannot begin yet. Still shut:"),
    "shut_why": _("Say why the gate is shut. She may ask, and so may a court."),
    "counsellor_only": _("Only a counsellor can say that a counsellor agrees."),
    "her_word_first": _("She has not said that she is ready. Ask her first, alone; then the counsellor."),
    "before_her_word": _("The counsellor agreed before she said it herself. Ask the counsellor again."),
    "same_person": _("Who wrote down her word cannot also agree as the counsellor. Another person decides."),
    "age_unknown": _("Her age is not known. Write it in the case first: it decides what she may learn."),
    "minor": _("She is under 18 today: no skill training for work. Choose school, a bridge course or vocational education."),
    "minor_placed": _("She is under 18 on that day: nobody under 18 is placed in work."),
    "adult_in_bridge": _("She is 18 or older: this course is for children. Choose skill training or open school."),
    "trade": _("Choose a trade from the list."),
    "trade_age": _("She is too young for this trade by law or rule. Choose another one, or wait."),
    "agency_warned": _("People complained of this agency or employer, or it was found bad. Nobody is sent there."),
    "learns_already": _("She is in a course of this kind already. End it first."),
    "not_running": _("Rehabilitation has not begun or is halted. Look at the gates."),
    "before_last_step": _("That day lies before the last step. Check the day."),
    "too_early": _("Not yet: count the months from the day she was placed."),
    "employer": _("Choose the employer from the directory. Enter and visit it there first."),
    "attendance": _("She cannot have come on more days than were held, and a month has 31."),
    "not_in_course_then": _("She was not in the course in that month."),
    "counsellor_already": _("She is a counsellor already."),
    "own_supervisor": _("Nobody supervises herself. Choose someone who supervises counsellors."),
    "hours": _("Check the hours."),
    "still_learning": _("She has not had the hours of training yet: she counsels only beside another counsellor."),
    "no_counsellor": _("You are not entered as a counsellor. Ask your supervisor to recruit you."),
    "case_load": _("You have more cases than your level allows. Ask your supervisor to give some to another."),
    "not_supervisor": _("Only the supervisor of this session writes here."),
    "no_criteria": _("No criteria hold on that day."),
    "return_open": _("A return is open already. Look at it, or end it first."),
    "order_number": _("Write the number of the order."),
    "followed": _("This visit was written down before."),
    "wish": _("She has not said that she wants to go there. Without her wish there is no return."),
    "wish_alone": _("Her wish was not heard alone. Ask her again without the family and without officials."),
    "cwc_order": _("She is a child: only the Child Welfare Committee sends her home, by an order. Write its number and day."),
    "implicated": _("The family had a part in what was done to her. She does not go back to them. Choose another place with her."),
    "not_assessed": _("Family and community were not looked into. Visit them and write down what was found."),
    "stale": _("What was found is older than 90 days. Visit again."),
    "family_unsafe": _("The family is not safe for her. Choose another place with her."),
    "family_unwilling": _("The family does not want her back. Work with them first, or choose another place with her."),
    "threatened": _("There are threats. See to her protection with the police first (Witness Protection Scheme)."),
    "not_mature": _("No village organisation or federation there was found mature. Choose another place with her, or build it up first."),
    "not_foreign": _("She is of this country. This is for people of other countries."),
    "repatriation_open": _("It has begun already."),
    "step_before": _("Another step comes before this one."),
    "her_choice": _("Write the day on which she chose to. She leads only by her own choice."),
    "leader_minor": _("She is under 18 or her age is not known. Leading others with an honorarium is for adults."),
    "leads_already": _("She is a resource person already."),
    "fields": _("Choose at least one field."),
    "not_her_field": _("This is not a field she works in."),
    "not_engaged_then": _("She was not a resource person on that day."),
    "amount": _("Check the amount."),
    "paid": _("This was paid before."),
    "pin_digits": _("A PIN has six digits."),
    "pin_weak": _("That PIN is easy to guess. Choose digits that are no row, and not all the same."),
    "pin_wrong": _("That is not the PIN. After five wrong tries it rests for half an hour."),
    "pin_locked": _("Too many wrong tries. It rests for half an hour."),
    "no_pin": _("She has not set a PIN yet."),
    "words": _("Write it in words."),
    "support_consent": _("She has not agreed to be helped, or no longer. Ask her first and record her consent in the case."),
    "scheme": _("Choose a scheme from the list."),
    "applied_already": _("She has this or has applied for it already."),
    "benefit_reason": _("Say why the office refused: an appeal needs it."),
    "benefit_proof": _("Say what was seen, so that it is known to have come."),
    "closed_again": _("Her record was closed after a quarter of an hour. She types her PIN again."),
}  # fmt: skip
SHUT = {"not_decided": _("Nobody has decided yet"), **{key: REFUSALS[key] for key in ("her_word_first", "before_her_word", "same_person")}}


def refused(why: NotPossible) -> list[str]:
    """Each reason in words; gates that are shut by their names."""
    return [str(REFUSALS[key]) if key in REFUSALS else str(Gate(key).label) for key in why.args]


def held(withdrawal: Withdrawal | None, *, by_fir: bool = False) -> str:
    """What becomes of her record since she took back her consent that it is kept; empty where she did not."""
    if withdrawal is None:
        return ""
    told = {"asked": day(withdrawal.asked_at), "due": day(withdrawal.due_on)}
    if withdrawal.ground:
        law = {"law": withdrawal.ground.local_text}
        kept = _("You took it back on %(asked)s. Your name is sealed away. Kept until %(due)s, and then decided anew: %(law)s")
        return kept % (told | law)
    if by_fir:
        waits = _(
            "You took it back on %(asked)s. Your name is sealed away. Because of the FIR it is not erased by itself: a supervisor decides"
            " by %(due)s."
        )
        return waits % told
    return _("You took it back on %(asked)s. Your name is sealed away. Unless a law has it kept, it is erased after %(due)s.") % told


def shut(fault: str) -> str:
    return str(SHUT[fault]) if fault in SHUT else str(ShutWhy(fault).label)
