"""What is said of a group, a village organisation or a federation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.benefits import forms as benefits
from aanchal.benefits.organisations import LONGEST_ID, LONGEST_NAME
from aanchal.benefits.terms import CboEnd, CboKind
from aanchal.core.forms import choose
from aanchal.risk.forms import Day

FAULTS = benefits.FAULTS | {
    "village_wanted": _("A self-help group or Village Organisation is of a village. Choose the village."),
    "lokos_taken": _("This LokOS id is kept already for another organisation. Look at the id in LokOS, or in the list."),
    "entered_already": _("An organisation of this kind and name is in the list of this place already."),
    "not_above": _("A group belongs to a Village Organisation of its block, that one to a federation, a federation to none."),
    "before_they_joined": _("Somebody joined it after this day. Choose a later day."),
    "others_belong": _("Open organisations belong to it. Say first to which others they belong, or close them."),
    "money_left": _("There is money in its fund, or a loan that is not over. Book first where it went."),
    "no_mistake": _("Members or a fund are in it: it was not entered by mistake. Choose another reason."),
    "closed": _("It is closed. Open it again first."),
}


class Says(benefits.Says):
    FAULTS = FAULTS


class _Named(Says):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    lokos_id = forms.CharField(
        label=_("LokOS id"), max_length=LONGEST_ID, required=False,
        help_text=_("By it a file of the SHG database finds this organisation. Without it the file would enter it a second time."),
    )  # fmt: skip
    parent = forms.ChoiceField(label=_("Belongs to"), required=False)

    def __init__(self, above, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", "–"), *((str(one.pk), f"{one.name} ({one.get_kind_display()})") for one in above)]


class EnterForm(_Named):
    kind = choose(_("Kind"), CboKind.choices)
    place = forms.TypedChoiceField(label=_("Place"), coerce=int)
    field_order = ("kind", "place", "name", "lokos_id", "parent")

    def __init__(self, above, places, *args, **kwargs):
        super().__init__(above, *args, **kwargs)
        self.fields["place"].choices = [(one.pk, f"{one.local_name} ({one.get_level_display()})") for one in places]


class CorrectForm(_Named):
    IDS = "correct_%s"


class EndForm(Says):
    IDS = "end_%s"
    reason = choose(_("Why"), CboEnd.choices)
    on = Day(label=_("On which day?"))
