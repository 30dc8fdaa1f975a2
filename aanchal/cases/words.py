"""Why something was refused, in the words the worker reads."""

from django.utils.translation import gettext_lazy as _

from aanchal.cases.terms import Reviewers

REFUSALS = {
    "age": _("Under 18 is a child, 18 or more is an adult: correct the age or the tick. Nothing was saved."),
    "assign_self": _("Nobody assigns herself: ask someone who leads the case."),
    "assigned_already": _("She is assigned to this case already."),
    "before_rescue": _("She would have come to us before she was rescued. Correct the day."),
    "case_state": _("That cannot follow the state the case is in now."),
    "child_not_heard": _("A child is asked too. Without her agreement no consent is recorded."),
    "consent_ended": _("The consent would end before it was given."),
    "consent_missing": _("She has not agreed to this, or no longer. Ask her first and record her consent. Nothing was shared."),
    "ended_already": _("This was answered or ended already."),
    "event_after_opening": _("What happened to her lies after the day the case was opened. Correct the day."),
    "future": _("The day lies in the future."),
    "giver": _("An adult agrees herself; for a child a guardian or the Child Welfare Committee does."),
    "holds_no_post": _("This colleague holds no post for this."),
    "kept_longer": _("The time for which the record must be kept is not over. Nothing was erased."),
    "keeping_withdrawn": _("She took back her consent to keep this record: nothing more of it is shared, and her name is sealed away."),
    "last_supervisor": _("A case is never without a supervisor: assign another one first."),
    "last_worker": _("A case that is worked on is never without a worker: assign another one first."),
    "link_stands": _("A link of this referral was opened, or still opens. For another one take the referral back and refer her anew."),
    "link_gone": _("This link opens nothing: it was used, has expired, or was withdrawn. Ask whoever sent it."),
    "no_ground": _("Say which law has it kept. Where none does, it is erased."),
    "no_outcome": _("Say how it ended."),
    "no_such_case": _("There is no case of this code where you supervise."),
    "not_a_child": _("Only the record of a child is sealed."),
    "not_assigned": _("Only who leads this case may do that, and only someone assigned to it can be given a task."),
    "not_live": _("The case is not open. Reopen it first."),
    "not_supervisor": _("Only a supervisor who is assigned to this case decides."),
    "not_told": _("Tell her what it is for, that she may take it back, and that saying no costs her no help. Only then is it a consent."),
    "nothing_withdrawn": _("She has not taken back her consent that this record is kept, or it was decided already."),
    "open_referral": _("A referral still waits for an answer: note it, or take the referral back. The case cannot be closed."),
    "open_tasks": _("There are tasks still to do. The case cannot be closed."),
    "own_emergency": _("Another supervisor reviews your emergency access."),
    "own_name": _("The pseudonym is a part of her name. Choose another with her."),
    "own_proposal": _("You asked for it yourself: another person decides."),
    "pseudonym_taken": _("Another of your cases is called so. Choose another with her."),
    "proposal_waits": _("Something waits for the supervisor's decision already."),
    "referral_state": _("This referral cannot be answered that way any more."),
    "same_pseudonym": _("She is called so already."),
    "second_identity": _("A case of this person is open already. Ask the supervisor of the district. Nothing was saved."),
    "transfer_needs_account": _("A whole case is transferred only to someone with an account here."),
    "withdrawn_already": _("This consent was taken back already."),
}

NO_FIR = {
    "none_yet": _("No FIR of her rescue is written down yet."),
    "not_yours": _(
        "The FIR of her rescue, its sections and its hearings stand in the register of the Anti Human Trafficking Unit, under Cases in"
        " court. An officer of the unit takes them out there; one who is assigned to this case takes them out with this paper."
    ),
    "mark_only": _(
        "An FIR number was told. It is kept here only as a mark to find the case by: the police station and the unit hold the FIR,"
        " its sections and its hearings."
    ),
    "no_rescue": _("No FIR was told, and no rescue written down here belongs to this case."),
}
"""Why no FIR stands on the paper of a case, and who has it."""

REVIEWERS = {
    Reviewers.OF_THE_PLACE: _("Open to you for 24 hours. Another supervisor reviews it."),
    Reviewers.OF_THE_STATE: _(
        "Open to you for 24 hours. You are the only supervisor here: those of the other districts of the State review it."
    ),
    Reviewers.NOBODY: _(
        "Open to you for 24 hours. Nobody else supervises cases in the State, so nobody can review it yet: ask the administrator to appoint"
        " a second supervisor."
    ),
}
"""What who opened a case in an emergency is told."""
