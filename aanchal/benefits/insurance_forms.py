"""What is said of an insurance: a premium, a claim, what became of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.benefits.forms import Rupees, Says
from aanchal.benefits.terms import Cause, Reason
from aanchal.core.forms import choose
from aanchal.risk.forms import Day


class PremiumForm(Says):
    amount_paise = Rupees(label=_("Premium in rupees"), min_value=0)
    on = Day(label=_("Paid on"))
    holds_until = Day(label=_("Holds until"))


class ClaimForm(Says):
    cause = choose(_("What happened?"), Cause.choices)
    happened_on = Day(label=_("On which day?"))
    claimed_on = Day(label=_("Claimed on"))
    asked_paise = Rupees(label=_("How much is claimed, in rupees"), required=False)


class SettleClaimForm(Says):
    """What the insurance answered; only the steps that may follow are there."""

    to = forms.ChoiceField(label=_("What became of it?"))
    on = Day(label=_("On which day?"))
    settled_paise = Rupees(label=_("How much was paid, in rupees?"), required=False)
    reason = choose(_("If refused: which reason?"), Reason.choices, required=False)

    def __init__(self, steps: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Choose")), *steps]
