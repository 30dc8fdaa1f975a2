"""Forms of rescue."""

from decimal import Decimal

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from aanchal.access import policy
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.core.forms import DayInput
from aanchal.people.terms import Sex
from aanchal.places.queries import by_name
from aanchal.rescue import actions, informing, keeping, law, prosecuting, rules, terms

LONGEST = 120
SEALED = _("It may name people: it is sealed.")
PAISE = 100


class Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


def _text(label, *, required=False, longest=LONGEST, help_text=""):
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text)


def _words(label, *, required=False, help_text=SEALED, rows=3):
    return forms.CharField(
        label=label, max_length=1_000, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def _moment(label, **more):
    return forms.DateTimeField(label=label, widget=Moment, **more)


def _tick(label, **more):
    return forms.BooleanField(label=label, required=False, **more)


class UnitForm(forms.Form):
    """A unit of a place where the user works."""

    place = forms.ChoiceField(label=_("District or state"))
    name = _text(_("Name of the unit"), required=True)
    tier = forms.ChoiceField(label=_("Tier"), choices=terms.Tier, initial=terms.Tier.DISTRICT)
    fund = forms.ChoiceField(label=_("Set up with the money of"), choices=terms.Fund)
    posts = forms.IntegerField(label=_("Sanctioned posts"), min_value=0, max_value=500)
    notified_on = forms.DateField(label=_("Notified on"), widget=DayInput, required=False)
    address = _text(_("Address"), longest=200)
    phone = _text(_("Phone"), longest=20)

    def __init__(self, places, data=None):
        super().__init__(data)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"].choices = [(key, place.local_name) for key, place in self.places.items()]

    def told(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "place"}

    def where(self):
        return self.places[self.cleaned_data["place"]]


class MemberForm(forms.Form):
    username = _text(_("User name"), required=True, longest=60)
    capacity = forms.ChoiceField(label=_("Serves as"), choices=terms.Capacity, initial=terms.Capacity.INVESTIGATOR)

    def __init__(self, unit, data=None):
        super().__init__(data)
        self.unit = unit

    def clean_username(self) -> User:
        found = User.objects.filter(username__iexact=self.cleaned_data["username"].strip(), is_active=True).first()
        if found is None or not policy.can(found, Permission.RESCUE_READ, self.unit):
            raise forms.ValidationError(
                _("Nobody of this user name holds a post in this district’s unit. Ask the administrator for the posting.")
            )
        return found


class DistrictForm(forms.Form):
    district = _text(_("District"), required=True)

    def clean_district(self):
        found = by_name(self.cleaned_data["district"].strip())
        if found is None:
            raise forms.ValidationError(_("No single state, district or block has this name."))
        return found


class LeadForm(forms.Form):
    """What was told, and apart from it who told it."""

    matter = forms.ChoiceField(label=_("What it is about"), choices=terms.Matter)
    channel = forms.ChoiceField(label=_("How it came"), choices=[one for one in terms.Channel.choices if one[0] != terms.Channel.ALERT])
    is_child = _tick(_("A child is said to be among them"))
    is_urgent = _tick(_("There is danger now"))
    words = _words(_("What was told"), required=True)
    where = _words(_("Where"), rows=2)
    source_name = _text(_("Who told it"), help_text=_("Only you and the head of the unit can read this, and each reading is noted."))
    source_phone = _text(_("Their phone"), longest=20)

    def __init__(self, data=None, *, alert=None):
        super().__init__(data)
        if alert:
            self.fields["channel"].choices = [(terms.Channel.ALERT.value, terms.Channel.ALERT.label)]
            self.initial = {"matter": terms.Matter.MISSING_CHILD, "is_child": alert.is_child}

    def details(self) -> informing.LeadDetails:
        told = self.cleaned_data
        return informing.LeadDetails(
            matter=told["matter"], channel=told["channel"], is_child=told["is_child"], is_urgent=told["is_urgent"],
            texts={"words": told["words"], "where": told["where"]}, source={"name": told["source_name"], "phone": told["source_phone"]},
        )  # fmt: skip


class MoveLeadForm(forms.Form):
    state = forms.ChoiceField(label=_("What became of it"))
    why = _words(_("What was found"), required=True, rows=2)

    def __init__(self, lead, data=None):
        super().__init__(data)
        after = [one for one in rules.LEAD[lead.state] if one in rules.LEAD_BY_HAND]
        self.fields["state"].choices = [(one, terms.LeadState(one).label) for one in after]


class PlanForm(forms.Form):
    planned_for = forms.DateField(label=_("Planned for"), widget=DayInput)
    led_by = forms.ChoiceField(label=_("Led by"))
    words = _words(_("The plan: where, how, what to bear in mind"))

    def __init__(self, officers, data=None, **more):
        super().__init__(data, **more)
        self.officers = {str(user.pk): user for user in officers}
        self.fields["led_by"].choices = [(key, user.name) for key, user in self.officers.items()]

    def told(self) -> dict:
        return self.cleaned_data | {"led_by": self.officers[self.cleaned_data["led_by"]]}


class MarkForm(forms.Form):
    """A step with more than a tap: its evidence, an excuse, a mistake."""

    key = forms.ChoiceField(label=_("Step"))
    mark = forms.ChoiceField(label=_("What became of it"), choices=terms.Mark)
    note = _words(_("Evidence, or the reason"), rows=2)
    done_at = _moment(_("When"))

    def __init__(self, steps, data=None, **more):
        super().__init__(data, **more)
        self.fields["key"].choices = steps


class RescuedForm(forms.Form):
    """Someone rescued. A name may be unknown; the code is enough."""

    at = _moment(_("Rescued at"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex)
    years = forms.IntegerField(label=_("Age in years, as told or proved"), min_value=0, max_value=110, required=False)
    age_basis = forms.ChoiceField(label=_("How the age is known"), choices=terms.AgeBasis)
    looks_under_18 = _tick(_("Says 18 or more, but looks younger"), help_text=_("Until her age is proved she is treated as a child."))
    exploitation = forms.ChoiceField(label=_("Exploited by"), choices=terms.Exploitation, initial=terms.Exploitation.UNKNOWN)
    nationality = forms.RegexField(
        r"^[A-Za-z]{2}$", label=_("Nationality: two letters"), initial="IN", help_text=_("IN India, BD Bangladesh, NP Nepal")
    )
    home = _text(_("State, district or block she comes from"))
    name = _text(_("Name, in any script, as it was said"), help_text=SEALED)
    father = _text(_("Father's or husband's name"))
    mother = _text(_("Mother's name"))
    village = _text(_("Village"))
    marks = _text(_("Marks on the body: what, and where"))
    remarks = _words(_("Anything else"), rows=2)

    def clean_home(self):
        written = self.cleaned_data["home"].strip()
        if not written:
            return None
        if found := by_name(written):
            return found
        raise forms.ValidationError(_("No single state, district or block has this name. Leave it empty, or write the state."))

    def details(self) -> actions.RescuedDetails:
        told = dict(self.cleaned_data)
        texts = {key: told.pop(key) for key in ("name", "father", "mother", "village", "marks", "remarks")}
        return actions.RescuedDetails(**told | {"nationality": told["nationality"].upper()}, texts=texts)


class AgeForm(forms.Form):
    years = forms.IntegerField(label=_("Age in years on the day of the rescue"), min_value=0, max_value=110)
    basis = forms.ChoiceField(label=_("Proved by"), choices=[(one, one.label) for one in rules.PROVES_AGE])


class CareForm(forms.Form):
    care = forms.ChoiceField(label=_("What was done"))
    at = _moment(_("When"))
    journey_hours = forms.IntegerField(
        label=_("Hours on the way there"), min_value=0, max_value=240, required=False,
        help_text=_("Before the Committee the journey is not counted."),
    )  # fmt: skip
    number = _text(_("Number of the order or certificate"), longest=40)
    rupees = forms.DecimalField(label=_("Amount in rupees"), min_value=0, max_digits=11, decimal_places=2, required=False)

    def __init__(self, done, data=None, **more):
        super().__init__(data, **more)
        self.fields["care"].choices = [one for one in terms.Care.choices if one[0] not in done]

    def details(self) -> actions.CareDetails:
        told = self.cleaned_data
        paise = None if told["rupees"] is None else int(told["rupees"] * Decimal(PAISE))
        return actions.CareDetails(
            care=told["care"], at=told["at"], journey_hours=told["journey_hours"] or 0, number=told["number"], amount_paise=paise
        )


class FirForm(forms.Form):
    """As in the register of the station; the sections from the list."""

    station = _text(_("Police station"), required=True, longest=80)
    number = _text(_("Number of the FIR"), required=True, longest=20)
    registered_on = forms.DateField(label=_("Registered on"), widget=DayInput)
    offence_on = forms.DateField(label=_("Day of the offence, the last one"), widget=DayInput, required=False)
    is_zero = _tick(_("Zero FIR: registered where it did not happen"))
    sections = forms.MultipleChoiceField(label=_("Sections of law"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data=None, **more):
        super().__init__(data, **more)
        self.fields["sections"].choices = [(code, f"{code} · {one.local_text}") for code, one in law.sections().items()]

    def details(self) -> prosecuting.FirDetails:
        return prosecuting.FirDetails(**self.cleaned_data | {"sections": tuple(self.cleaned_data["sections"])})


class SectionForm(forms.Form):
    code = forms.ChoiceField(label=_("Section of law"))
    on = forms.DateField(label=_("Added on"), widget=DayInput)

    def __init__(self, fir, standing, data=None, **more):
        super().__init__(data, **more)
        found = law.sections_on(fir.offence_on or fir.registered_on)
        self.fields["code"].choices = [
            (one.section.code, f"{one.section.code} · {one.local_text}") for one in found if one.section.code not in standing
        ]


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("What has happened"))
    on = forms.DateField(label=_("On which day"), widget=DayInput)
    number = _text(_("Number of the charge sheet or order"), longest=40)
    court = _text(_("Court"))
    court_number = _text(_("Number of the case in court"), longest=40)

    def __init__(self, fir, data=None, **more):
        super().__init__(data, **more)
        self.fields["stage"].choices = [(one, terms.Stage(one).label) for one in rules.PROSECUTION[fir.stage]]


class HearingForm(forms.Form):
    on = forms.DateField(label=_("Day in court"), widget=DayInput)
    purpose = forms.ChoiceField(label=_("For"), choices=terms.Purpose)


class HeldForm(forms.Form):
    held = forms.ChoiceField(label=_("What became of it"), choices=[one for one in terms.Held.choices if one[0] != terms.Held.AWAITED])
    witnesses = forms.IntegerField(label=_("Witnesses heard"), min_value=0, max_value=200, required=False)

    def told(self) -> dict:
        return {"held": self.cleaned_data["held"], "witnesses": self.cleaned_data["witnesses"] or 0}


class AccusedForm(forms.Form):
    role = forms.ChoiceField(label=_("Said to be"), choices=terms.AccusedRole)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex)
    name = _text(_("Name"), help_text=SEALED)
    father = _text(_("Father's or husband's name"))
    address = _text(_("Address"), longest=200)
    phone = _text(_("Phone"), longest=20)
    remarks = _words(_("Anything else"), rows=2)

    def details(self) -> prosecuting.AccusedDetails:
        told = dict(self.cleaned_data)
        return prosecuting.AccusedDetails(role=told.pop("role"), sex=told.pop("sex"), texts=told)


class MoveAccusedForm(forms.Form):
    state = forms.ChoiceField(label=_("What has happened"))
    on = forms.DateField(label=_("On which day"), widget=DayInput)

    def __init__(self, accused, data=None, **more):
        super().__init__(data, **more)
        self.fields["state"].choices = [(one, terms.AccusedState(one).label) for one in rules.ACCUSED[accused.state]]


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=terms.EvidenceKind)
    seized_at = _moment(_("Seized at"))
    words = _words(_("What it is"), required=True, rows=2)
    where = _text(_("Where it lay"), help_text=SEALED)
    seal_no = _text(_("Number of the seal"), longest=40)
    file = forms.FileField(
        label=_("File: photograph, video, recording or scan"), required=False, help_text=_("Kept byte for byte, sealed; at most 10 MB.")
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > keeping.LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return file

    def details(self) -> keeping.EvidenceDetails:
        told = dict(self.cleaned_data)
        file = told.pop("file")
        more = {"file": file.read(), "content_type": file.content_type or ""} if file else {}
        return keeping.EvidenceDetails(**told, **more)


class HandOverForm(forms.Form):
    """To an officer of the unit, or to an office outside."""

    to = forms.ChoiceField(label=_("Who takes it"))
    office = _text(_("An office: which one"))
    why = forms.ChoiceField(label=_("Why"), choices=[one for one in terms.HandOver.choices if one[0] != terms.HandOver.SEIZED])
    when = _moment(_("When"))
    is_seal_whole = _tick(_("The seal is whole"), initial=True)

    def __init__(self, officers, data=None, **more):
        super().__init__(data, **more)
        offices: list[TextChoices] = [one for one in terms.Keeper if one != terms.Keeper.OFFICER]
        people = [(f"OFFICER:{user.pk}", user.name) for user in officers]
        self.fields["to"].choices = [*people, *((one.value, one.label) for one in offices)]

    def clean(self):
        told = super().clean()
        if told.get("to") and not told["to"].startswith("OFFICER:") and not told.get("office", "").strip():
            self.add_error("office", _("Write which one: its name and town, not a person’s."))
        return told

    def holder(self) -> rules.Holder:
        keeper, _sign, user = self.cleaned_data["to"].partition(":")
        return rules.Holder(keeper, user=user, office="" if user else " ".join(self.cleaned_data["office"].split()))
