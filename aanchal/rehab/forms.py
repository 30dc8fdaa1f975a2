"""What is asked on the pages of rehabilitation."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.benefits import rules as steps
from aanchal.benefits.forms import Rupees
from aanchal.benefits.terms import Proof, Reason, State
from aanchal.core.forms import DayInput
from aanchal.network import queries as network
from aanchal.network.models import Listing
from aanchal.network.rules import standing
from aanchal.network.terms import Standing
from aanchal.places.models import Place
from aanchal.rehab import catalogue, rules, terms
from aanchal.rehab.models import CboMaturity, Learning, OwnBenefit, ResourcePerson

NO_CHOICE = [("", "–")]
MOST_LISTED = 300


def _day(label, **more):
    return forms.DateField(label=label, widget=DayInput, **more)


def _words(label, **more):
    return forms.CharField(label=label, max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}), **more)


def _some(label, choices, **more):
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **more)


def agencies(on: date) -> dict[str, Listing]:
    """Those of the directory to whom someone may be sent, by id."""
    public = Listing.objects.filter(is_public=True).order_by("name", "pk")[:MOST_LISTED]
    return {str(one.pk): one for one in public if standing(network.known(one), on) not in (Standing.WARNED, Standing.COMPLAINTS)}


class Chosen(forms.ChoiceField):
    """One of the things it was made with, by id; nothing where nothing was chosen."""

    def __init__(self, things: dict, label_of, **more):
        self.things = things
        super().__init__(choices=[*NO_CHOICE, *((pk, label_of(one)) for pk, one in things.items())], **more)

    def clean(self, value):
        return self.things.get(super().clean(value))


class GateForm(forms.Form):
    gate = forms.ChoiceField(label=_("Gate"), choices=terms.Gate)
    answer = forms.ChoiceField(label=_("Decision"), choices=[("open", _("Open it")), ("shut", _("Shut it"))])
    why = forms.ChoiceField(label=_("If shut: why"), choices=[*NO_CHOICE, *terms.ShutWhy.choices], required=False)
    on = _day(_("On which day"))
    note = _words(_("Note"), required=False, help_text=_("It is sealed. Do not write her name."))

    def told(self) -> dict:
        told = dict(self.cleaned_data)
        return told | {"is_open": told.pop("answer") == "open"}


class LeaningForm(forms.Form):
    interests = _some(_("What she likes"), terms.Interest.choices, required=False)
    strengths = _some(_("What is strong in her"), terms.Strength.choices, required=False)
    surroundings = forms.ChoiceField(label=_("Where she wants to live"), choices=terms.Surroundings)


class EnrolForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=terms.LearningKind)
    trade = forms.ChoiceField(label=_("Trade"), required=False)
    on = _day(_("First day"))

    def __init__(self, on: date, language: str, data=None, **more):
        super().__init__(data, **more)
        self.fields["trade"].choices = NO_CHOICE + [(one.key, one.texts[language]) for one in catalogue.trades().values()]
        self.fields["agency"] = Chosen(agencies(on), str, label=_("School or agency that teaches"), required=False)


class MoveForm(forms.Form):
    to = forms.ChoiceField(label=_("What happened"))
    on = _day(_("On which day"))

    def __init__(self, learning: Learning, on: date, data=None, **more):
        super().__init__(data, **more)
        after = rules.LEARNING[learning.kind][learning.state]
        self.fields["to"].choices = [(state, terms.LearningState(state).label) for state in after]
        if terms.LearningState.PLACED in after:
            self.fields["employer"] = Chosen(agencies(on), str, label=_("If placed: employer"), required=False)
            self.fields["wage_paise"] = Rupees(label=_("If placed: wage a month, ₹"), required=False)


class BenefitForm(forms.Form):
    code = forms.ChoiceField(label=_("Scheme"))
    on = _day(_("On which day"))

    def __init__(self, schemes: list[tuple[str, str]], data=None, **more):
        super().__init__(data, **more)
        self.fields["code"].choices = [*NO_CHOICE, *schemes]


class BenefitMoveForm(forms.Form):
    to = forms.ChoiceField(label=_("What happened"))
    on = _day(_("On which day"))
    amount_paise = Rupees(label=_("If sanctioned or delivered: amount, ₹"), required=False)
    proof = forms.ChoiceField(label=_("If delivered: what was seen"), choices=[*NO_CHOICE, *Proof.choices], required=False)
    reason = forms.ChoiceField(label=_("If refused: why"), choices=[*NO_CHOICE, *Reason.choices], required=False)

    def __init__(self, benefit: OwnBenefit, data=None, **more):
        super().__init__(data, **more)
        after = steps.ENTITLEMENT_TRANSITIONS[benefit.state]
        self.fields["to"].choices = [(one, State(one).label) for one in State.values if one in after]


class AttendForm(forms.Form):
    month = _day(_("A day of the month"))
    held = forms.IntegerField(label=_("Days held"), min_value=0, max_value=31)
    present = forms.IntegerField(label=_("Days she came"), min_value=0, max_value=31)


class SessionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Session"), choices=terms.SessionKind)
    on = _day(_("On which day"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=240, initial=45)
    notes = forms.CharField(
        label=_("Notes"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Sealed: read by you and your supervisor only, each reading on the trail."),
    )  # fmt: skip


class AdviceForm(forms.Form):
    notes = forms.CharField(label=_("What you advise"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))


class RecruitForm(forms.Form):
    on = _day(_("Since"))

    def __init__(self, users: dict, places: dict, organisations: dict, data=None, **more):
        super().__init__(data, **more)
        self.fields["user"] = Chosen(users, str, label=_("Who"))
        self.fields["place"] = Chosen(places, _named, label=_("Place"))
        self.fields["cbo"] = Chosen(
            organisations, _named_organisation, label=_("From which organisation"), required=False,
            help_text=_("Those that were assessed."),
        )  # fmt: skip


class HoursForm(forms.Form):
    module = forms.ChoiceField(label=_("Training"), choices=terms.Module)
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=80)
    on = _day(_("On which day"))


class PlaceWithForm(forms.Form):
    on = _day(_("Since"))

    def __init__(self, on: date, data=None, **more):
        super().__init__(data, **more)
        self.fields["agency"] = Chosen(agencies(on), str, label=_("Agency or institution"))


class SuperviseForm(forms.Form):
    def __init__(self, users: dict, data=None, **more):
        super().__init__(data, **more)
        self.fields["supervisor"] = Chosen(users, str, label=_("Supervisor from now on"))


class PlanForm(forms.Form):
    to = forms.ChoiceField(label=_("Where to"), choices=terms.ReturnTo)


class WishForm(forms.Form):
    wish = forms.ChoiceField(label=_("Does she want to go there?"), choices=terms.Answer, initial=terms.Answer.UNKNOWN)
    is_heard_alone = forms.BooleanField(label=_("She was asked alone, without family or officials"), required=False)
    on = _day(_("On which day"))


class FamilyForm(forms.Form):
    family_implicated = forms.ChoiceField(label=_("Had the family a part in what was done to her?"), choices=terms.Answer)
    family_safe = forms.ChoiceField(label=_("Is the family safe for her?"), choices=terms.Answer)
    family_willing = forms.ChoiceField(label=_("Does the family want her back?"), choices=terms.Answer)
    is_threatened = forms.BooleanField(label=_("There are threats"), required=False)
    note = _words(_("What was found"), required=False, help_text=_("It is sealed. Do not write her name."))
    on = _day(_("On which day"))

    def __init__(self, mature: list[CboMaturity], data=None, **more):
        super().__init__(data, **more)
        found = {str(one.pk): one for one in mature}
        said = _("Only those found mature are listed.")
        self.fields["community"] = Chosen(
            found, _named_organisation, label=_("Organisation of her village"), required=False, help_text=said
        )


class OrderForm(forms.Form):
    number = forms.CharField(label=_("Number of the CWC’s order"), max_length=40)
    on = _day(_("Day of the order"))


class OnForm(forms.Form):
    on = _day(_("On which day"))


class EndForm(OnForm):
    to = forms.ChoiceField(label=_("What happened"))

    def __init__(self, state: str, data=None, **more):
        super().__init__(data, **more)
        after = [one for one in rules.RETURN[state] if one in (terms.ReturnState.AWAY, terms.ReturnState.DROPPED)]
        self.fields["to"].choices = [(one, terms.ReturnState(one).label) for one in after]


class FollowForm(forms.Form):
    how = forms.ChoiceField(label=_("How is she?"), choices=terms.HowSheIs)
    signs = _some(_("Signs"), terms.Sign.choices, required=False)
    note = _words(_("Note"), required=False, help_text=_("It is sealed. Do not write her name."))
    on = _day(_("On which day"))


class CountryForm(forms.Form):
    country = forms.RegexField(label=_("Country (two letters, such as BD or NP)"), regex="^[A-Z]{2}$", max_length=2)
    on = _day(_("Since"))


class StepForm(forms.Form):
    on = _day(_("Done on"))
    number = forms.CharField(label=_("Number of the letter or paper"), max_length=120, required=False)

    def __init__(self, steps: list[catalogue.Step], language: str, data=None, **more):
        super().__init__(data, **more)
        self.fields["key"] = forms.ChoiceField(label=_("Step"), choices=[(one.key, one.texts[language]) for one in steps])


class PersonForm(forms.Form):
    """Someone who helps in the community; with what she wants to be called."""

    fields_of_work = _some(_("Helps with"), terms.LeaderField.choices)
    name = forms.CharField(label=_("Name she wants to be called by there"), max_length=120)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)

    def __init__(self, places: dict[str, Place], data=None, **more):
        super().__init__(data, **more)
        self.fields["place"] = Chosen(places, _named, label=_("Place"))


class ChoiceForm(PersonForm):
    chose_on = _day(_("The day on which she chose to"))


class EngageForm(forms.Form):
    field = forms.ChoiceField(label=_("What for"))
    on = _day(_("On which day"))
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=24)
    honorarium_paise = Rupees(label=_("Honorarium, ₹"), min_value=0)

    def __init__(self, person: ResourcePerson, data=None, **more):
        super().__init__(data, **more)
        self.fields["field"].choices = [(one, terms.LeaderField(one).label) for one in person.fields]


class MaturityForm(forms.Form):
    on = _day(_("On which day"))

    def __init__(self, organisations: dict, criteria: list[tuple[str, str]], data=None, **more):
        super().__init__(data, **more)
        self.fields["cbo"] = Chosen(organisations, str, label=_("Organisation"))
        self.fields["met"] = _some(_("What is so"), criteria, required=False)
        self.order_fields(["cbo", "met", "on"])


class PinForm(forms.Form):
    pin = forms.CharField(
        label=_("Her PIN"),
        max_length=6,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Six digits. She types it; look away."),
    )


class OpenedForm(forms.Form):
    """What she does with her record open."""

    opened = forms.CharField(widget=forms.HiddenInput)


class CorrectForm(OpenedForm):
    words = _words(_("What should be changed, in her words"))


class AnswerForm(forms.Form):
    state = forms.ChoiceField(label=_("Answer"), choices=[one for one in terms.CorrectionState.choices if one[0] != "ASKED"])
    answer = _words(_("What she is told"), required=False)


def _named(place: Place) -> str:
    return place.local_name


def _named_organisation(found: CboMaturity) -> str:
    return found.name
