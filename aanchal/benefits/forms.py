"""What is said on the pages of plans, entitlements and schemes; and what is wrong with it, on all of benefits."""

from datetime import date
from decimal import Decimal

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.benefits.questions import Question
from aanchal.benefits.terms import Document, Kind, Per, Programme, Proof, Reason, State, Unverified
from aanchal.core import forms as core_forms
from aanchal.risk.forms import Day
from aanchal.risk.reading import words
from aanchal.villages.rules import holds_a_number_of_a_person

FAULTS = {
    "already_reversed": _("This booking was reversed already. Look at the ledger: the reversal stands beside it."),
    "applied_already": _("This was applied for already and is not over. Open that application and take it further there."),
    "bank_too_low": _("There is not so much in the bank. Release a smaller amount, or book first what came for the fund."),
    "before_it_happened": _("This day is before the day on which it happened."),
    "before_the_last_step": _("This day is before the last step. Look at the dates above."),
    "closed_organisation": _("The organisation that kept this fund is closed."),
    "claimed_already": _("A claim of this insurance is open already. Say first what became of that one."),
    "delivered_already": _("This came already: it is in the service ledger. What runs out is applied for again when its time is over."),
    "grace_over": _("It had run out before this day, and the days of grace were over. It has to be applied for again."),
    "in_the_future": _("This day has not come yet."),
    "in_the_past": _("This day is over. Choose today or a later day."),
    "in_a_group": _("She is in a group already."),
    "in_this_programme": _("This person is enrolled in this programme already. Open that line and take it further there."),
    "length": _("This is empty or too long."),
    "more_than_asked": _("More than was asked for. Ask for more in a new request, or sanction what was asked."),
    "more_than_owed": _("More than is owed. Book at most what is still owed; give the rest back, or book it for another loan."),
    "more_than_the_norm": _("More than this fund lends to one family. Ask for less, or ask another fund."),
    "no_such_scheme": _("There is no such scheme here on this day."),
    "not_a_state": _("Only a state has a version of its own."),
    "not_eligible": _("By its answers the family is not eligible. If an answer is wrong, dispute it on the family's card."),
    "not_covered": _("The insurance did not hold on this day. Look at the days of its premiums above."),
    "not_longer": _("It holds so long already, or this is too long. Choose a later day, at most five years on."),
    "not_given_as_grant": _("This fund is lent and not given. Ask for a loan."),
    "not_kept_by_these": _("This fund is not kept by such an organisation. Choose another, or another fund."),
    "opened_already": _("This organisation has this fund already: it is in the list."),
    "not_late_yet": _("The days allowed are not over. Raise a grievance from the day after they are."),
    "not_of_its_villages": _("This fund is not kept for the village of this family. Ask a fund of its own village or federation."),
    "not_of_the_family": _("This person is not of this family any more."),
    "not_the_last": _("Something was booked for this loan after it. Reverse that first."),
    "not_this_unit": _("Choose for whom it is."),
    "note_wanted": _("Say in a few words what it is about."),
    "out_of_range": _("This number cannot be."),
    "personal_number": _("Leave out phone numbers and other long numbers."),
    "proof_wanted": _("Say what you saw: the passbook, the card, a receipt."),
    "reason_wanted": _("Say which reason the office gave."),
    "taken": _("Another version of this scheme begins on this day. Choose a later day."),
    "too_early": _("It is too early to say that the work lasted so long."),
    "women_only": _("This programme is for women farmers. Choose a woman of the family, or another programme."),
    "very_much": _("This is very much at once. Look at the noughts again; if the amount is right, tick that below."),
    "unknown_question": _("Nobody asks this question."),
}
MOVED_ON = _("This step, or another one, was taken already. Look at how it stands now.")
YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
PAISE = 100
LONGEST_RULE, DEEPEST_RULE = 4_000, 20


def _plain(written: str):
    """No alias, for a few lines of them stand for more than a machine holds; and no deeper than a person reads. Raises ValueError."""
    depth = 0
    for one in yaml.parse(written, yaml.SafeLoader):
        depth += isinstance(one, yaml.CollectionStartEvent) - isinstance(one, yaml.CollectionEndEvent)
        if isinstance(one, yaml.AliasEvent) or depth > DEEPEST_RULE:
            raise ValueError(written)
    return yaml.safe_load(written)


class Says(core_forms.Says):
    FAULTS = FAULTS


class Rupees(forms.DecimalField):
    """Rupees as a person writes them, paise as they are kept: never a float."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"min_value": Decimal("0.01"), "max_digits": 12, "decimal_places": 2} | kwargs))

    def clean(self, value):
        told = super().clean(value)
        return None if told is None else int(told * PAISE)


class ApplyForm(Says):
    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    on = Day(label=_("Applied on"))
    reference = forms.CharField(label=_("Number of the application"), required=False, max_length=40)


class AskForm(Says):
    """The questions of the plan for one member or for the family."""

    def __init__(self, asked: list[Question], *args, **kwargs):
        super().__init__(*args, **kwargs)
        for one in asked:
            self.fields[one.key] = forms.ChoiceField(label=words(one.title), choices=YES_NO, required=False)

    def answers(self) -> dict[str, bool]:
        return {key: value == "yes" for key, value in self.cleaned_data.items() if value}


class MoveForm(Says):
    """What has to be said with each step; the fields a step does not need are not there."""

    on = Day(label=_("On which day?"))
    reason = core_forms.choose(_("Which reason did the office give?"), Reason.choices)
    amount_paise = Rupees(label=_("Amount in rupees"), required=False)
    days_worked = forms.IntegerField(label=_("Days of work given"), min_value=0, max_value=366, required=False)
    proof = core_forms.choose(_("What did you see?"), Proof.choices)
    note = forms.CharField(
        label=_("In a few words"), help_text=_("No names, no phone numbers."), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    NEEDS = {
        State.SANCTIONED: ("amount_paise",),
        State.DELIVERED: ("proof", "amount_paise", "days_worked"),
        State.REFUSED: ("reason",),
        State.UPHELD: ("reason",),
        State.COMPLAINED: ("note",),
        State.APPEALED: ("note",),
        State.WITHDRAWN: ("note",),
    }

    def __init__(self, to: str, *args, gives_work: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        needed = {"on", *self.NEEDS.get(State(to), ())} - (set() if gives_work else {"days_worked"})
        for name in set(self.fields) - needed:
            del self.fields[name]


class CampForm(Says):
    camp = forms.CharField(label=_("Which camp?"), help_text=_("Place and occasion, no names."), max_length=80)
    on = Day(label=_("Applied on"))

    def __init__(self, data, *, today: date):
        super().__init__(data, initial={"on": today})

    def clean_camp(self) -> str:
        if holds_a_number_of_a_person(self.cleaned_data["camp"]):
            raise forms.ValidationError(FAULTS["personal_number"])
        return self.cleaned_data["camp"]

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > self.initial["on"]:
            raise forms.ValidationError(FAULTS["in_the_future"])
        return self.cleaned_data["on"]


class SchemeForm(Says):
    """A state's own version of a scheme."""

    effective_from = Day(label=_("Holds from"))
    title_en = forms.CharField(label=_("Name in English"), max_length=120)
    title_hi = forms.CharField(label=_("Name in Hindi"), max_length=120)
    title_te = forms.CharField(label=_("Name in Telugu"), max_length=120)
    kind = forms.ChoiceField(label=_("What it is about"), choices=Kind)
    amount = forms.IntegerField(label=_("Amount in rupees"), min_value=0, max_value=10_000_000)
    per = forms.ChoiceField(label=_("How often"), choices=Per)
    office = forms.CharField(label=_("Where to apply"), max_length=80, help_text=_("A word of the list, or your own."))
    documents = forms.MultipleChoiceField(label=_("Documents"), choices=Document, widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label=_("Days allowed"), min_value=1, max_value=730)
    renews = forms.IntegerField(label=_("To be renewed after days"), min_value=1, max_value=3650, required=False)
    grace = forms.IntegerField(
        label=_("Days of grace of a premium"), min_value=0, max_value=365, required=False,
        help_text=_("So long after its end a late premium makes an insurance hold again, from the day it was paid."),
    )  # fmt: skip
    eligible = forms.CharField(
        label=_("Who is eligible"), max_length=LONGEST_RULE, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})
    )
    received = forms.CharField(
        label=_("Who receives it already"), max_length=LONGEST_RULE, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    source = forms.CharField(label=_("Source"), max_length=300)
    unverified = forms.MultipleChoiceField(
        label=_("Not verified at a source"), choices=Unverified, widget=forms.CheckboxSelectMultiple, required=False
    )

    def clean_eligible(self):
        return self._rule("eligible")

    def clean_received(self):
        return self._rule("received")

    def _rule(self, name: str):
        try:
            return _plain(self.cleaned_data[name] or "null")
        except (yaml.YAMLError, ValueError):  # a day that is none is a ValueError to PyYAML
            raise forms.ValidationError(_("This rule cannot be read. Look at how the rule above is written.")) from None

    def content(self, before: dict) -> dict:
        """What is not on the form stays as it was."""
        told = self.cleaned_data
        new = dict(before) | {key: told[key] for key in ("kind", "office", "documents", "days", "source", "unverified", "eligible")}
        new["title"] = {language: told[f"title_{language}"] for language in ("en", "hi", "te")}
        new["amount"] = {"rupees": told["amount"], "per": told["per"]}
        for key in ("renews", "grace", "received"):
            new.pop(key, None)
            if told[key]:
                new[key] = told[key]
        return new


class ImportForm(Says):
    file = forms.FileField(label=_("CSV file of LokOS"))


class TrainingForm(Says):
    IDS = "train_%s"
    person = forms.ChoiceField(label=_("Who?"))
    programme = core_forms.choose(_("Programme"), Programme.choices)
    trade = forms.CharField(label=_("Trade or crop"), max_length=80)
    on = Day(label=_("Enrolled on"))

    def __init__(self, members: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Choose")), *members]


class JoinForm(Says):
    IDS = "join_%s"
    person = forms.ChoiceField(label=_("Who?"))
    group = forms.ChoiceField(label=_("Which group?"))
    on = Day(label=_("Joined on"))

    def __init__(self, members: list[tuple[str, str]], groups: list, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = {str(one.pk): one for one in groups}
        self.fields["person"].choices = [("", _("Choose")), *members]
        self.fields["group"].choices = [(key, one.name) for key, one in self.groups.items()]


class LivelihoodForm(Says):
    activity = forms.CharField(label=_("What will the family live by?"), max_length=120)
    cost_paise = Rupees(label=_("What does it cost, in rupees?"), min_value=0)
    on = Day(label=_("Planned on"))
