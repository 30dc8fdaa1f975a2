"""Forms of task forces, meetings, trainings and campaign events."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aanchal.access.models import User
from aanchal.activities import terms, words
from aanchal.activities.actions import Notice
from aanchal.activities.attending import Planned
from aanchal.activities.models import Attendee, Material, Member, Module, Trainer
from aanchal.activities.training import Result, Someone
from aanchal.core import forms as core_forms
from aanchal.core.forms import DayInput
from aanchal.places.models import Place
from aanchal.places.queries import village_by_code

PAISE = 100
ANSWERS = ("days", "before", "after", "left")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


def day(label, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


def lines(label, n: int = 3, **more) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": n}), **more)


class Says(core_forms.Says):
    FAULTS = words.FAULTS


class AtPlace(Says):
    """Asks where, among the places this person works for."""

    def __init__(self, places: list[Place], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"] = forms.ChoiceField(label=_("Place"), choices=[(pk, place.local_name) for pk, place in self.places.items()])
        self.order_fields(["place"])

    def place(self) -> Place:
        return self.places[self.cleaned_data["place"]]


class TaskForceForm(AtPlace):
    title = forms.CharField(label=_("Title"), max_length=120)
    order_no = forms.CharField(label=_("Number of the order"), max_length=80)
    on = day(_("Constituted on"))


class MemberForm(Says):
    office = forms.CharField(label=_("Office"), max_length=120, help_text=_("The office, not the person: Superintendent of Police."))
    body = forms.ChoiceField(label=_("Of which body"), choices=terms.Body)
    is_chair = forms.BooleanField(label=_("Takes the chair"), required=False)
    since = day(_("Since"))


class NoticeForm(Says):
    title = forms.CharField(label=_("Title"), max_length=120)
    on = day(_("On which day"))
    starts_at = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    venue = forms.CharField(label=_("Where"), max_length=160)
    agenda = lines(_("Agenda"), max_length=2000)

    def notice(self, kind: str = terms.MeetingKind.TASK_FORCE) -> Notice:
        told = self.cleaned_data
        return Notice(kind=kind, **{name: told[name] for name in ("title", "on", "starts_at", "venue", "agenda")})


class MeetingForm(NoticeForm, AtPlace):
    kind = forms.ChoiceField(label=_("Kind"), choices=[one for one in terms.MeetingKind.choices if one[0] not in ("TASK_FORCE", "NODAL")])


class HeldForm(Says):
    """Who was there: the members, and others."""

    others = lines(_("Others who came"), 2, required=False, help_text=_("One office a line."))

    def __init__(self, members: list[Member], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        if members:
            self.fields["present"] = forms.MultipleChoiceField(
                label=_("Members who were there"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(str(one.pk), one.office) for one in members],
            )  # fmt: skip
            self.order_fields(["present"])

    def present(self) -> list[tuple[str, str, bool]]:
        there = self.cleaned_data.get("present", [])
        called = {one.office: (one.office, one.body, str(one.pk) in there) for one in self.members}
        typed = (line.strip()[:120] for line in self.cleaned_data["others"].splitlines())
        return [*called.values(), *((one, terms.Body.OTHER, True) for one in dict.fromkeys(typed) if one and one not in called)]


class MinutesForm(Says):
    words = lines(pgettext_lazy("meeting", "Minutes"), 6, max_length=20_000, required=False)
    file = forms.FileField(label=_("Or as a file"), required=False, help_text=_("PDF, JPEG or PNG, at most 3 MB."))


class PointForm(Says):
    decision = forms.CharField(label=_("What was decided"), max_length=300)
    office = forms.CharField(label=_("Which office acts"), max_length=120)
    owner = forms.CharField(label=_("User name of who acts"), max_length=60, required=False, help_text=_("She is reminded in Aanchal."))
    due_on = day(_("By when"))

    def clean_owner(self) -> User | None:
        return found_user(self.cleaned_data["owner"])


class CloseForm(Says):
    to = forms.ChoiceField(label=_("What became of it"), choices=terms.PointState.choices[1:])
    evidence = lines(_("What shows it"), 2, max_length=500)
    on = day(_("On which day"))


class TrainingForm(AtPlace):
    module = forms.ChoiceField(label=_("Module"))
    title = forms.CharField(label=_("Title"), max_length=120)
    audience = forms.ChoiceField(label=_("For whom"), choices=terms.Audience)
    is_of_trainers = forms.BooleanField(label=_("A training of trainers"), required=False)
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))
    venue = forms.CharField(label=_("Where"), max_length=160)
    TOLD = ("title", "audience", "is_of_trainers", "starts_on", "ends_on", "venue")

    def __init__(self, modules: list[Module], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.modules = {str(one.pk): one for one in modules}
        self.fields["module"].choices = [(pk, one.title) for pk, one in self.modules.items()]

    def chosen_module(self) -> Module:
        return self.modules[self.cleaned_data["module"]]


class SomeoneForm(Says):
    """A worker or officer; no family and no survivor."""

    username = forms.CharField(label=_("User name in Aanchal"), max_length=60, required=False)
    name = forms.CharField(label=_("Or the name"), max_length=120, required=False)
    post = forms.CharField(label=_("Post"), max_length=120)
    audience = forms.ChoiceField(label=_("Works as"), choices=terms.Audience)
    sex = forms.ChoiceField(label=_("Sex"), choices=terms.Sex)
    rank = forms.ChoiceField(label=_("Rank"), required=False, choices=[("", "–"), *terms.Rank.choices])
    office_no = forms.CharField(label=_("Number of the office"), max_length=30, required=False)

    def clean_username(self) -> User | None:
        return found_user(self.cleaned_data["username"])

    def clean(self) -> dict:
        told = super().clean() or self.cleaned_data
        if "username" in told and not told["username"] and not told.get("name", "").strip():
            self.add_error("name", words.FAULTS["length"])
        return told

    def someone(self) -> Someone:
        told = self.cleaned_data
        return Someone(user=told["username"], **{name: told[name] for name in ("name", "post", "audience", "sex", "rank", "office_no")})


class MasterForm(SomeoneForm):
    module_key = forms.ChoiceField(label=_("Module"))
    source = forms.CharField(label=_("What says so"), max_length=200, help_text=_("The order or letter of nomination."))

    def __init__(self, modules: list[Module], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["module_key"].choices = [(one.key, one.title) for one in modules]


class ResultsForm(Says):
    """Days and both tests of everyone on the list."""

    def __init__(self, attendees: list[Attendee], days: int, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.attendees = attendees
        for one in attendees:
            known = one.days_present or len(one.presences.all()) or days
            self.fields[f"days-{one.pk}"] = forms.IntegerField(label=_("Days"), min_value=0, max_value=days, initial=known)
            for when, label in (("before", _("Test before")), ("after", _("Test after"))):
                stood = getattr(one, f"{when}_percent")
                self.fields[f"{when}-{one.pk}"] = forms.IntegerField(label=label, min_value=0, max_value=100, required=False, initial=stood)
            self.fields[f"left-{one.pk}"] = forms.ChoiceField(
                label=_("If she left"), required=False, choices=[("", "–"), *terms.WhyLeft.choices], initial=one.why_left
            )  # fmt: skip

    def rows(self):
        return [(one, [self[f"{name}-{one.pk}"] for name in ANSWERS]) for one in self.attendees]

    def results(self) -> dict:
        told = self.cleaned_data
        return {one.pk: Result(*(told[f"{name}-{one.pk}"] for name in ANSWERS)) for one in self.attendees}


class CorrigendumForm(Says):
    order_no = forms.CharField(label=_("Number of the order"), max_length=80)
    on = day(_("Day of the order"))
    words = lines(_("What it changes"), 3, max_length=2000)
    file = forms.FileField(label=_("The order as a file"), required=False, help_text=_("PDF, JPEG or PNG, at most 3 MB."))


class SeveralForm(Says):
    """A paper list, line by line: name; post; F or M."""

    SEXES = {"f": "FEMALE", "m": "MALE", "o": "OTHER"}
    MOST = 200
    audience = forms.ChoiceField(label=_("Who they are"), choices=terms.Audience)
    people = lines(_("One line for each: name; post; F, M or O"), 6, max_length=20_000)

    def clean_people(self) -> list[tuple[str, str, str]]:
        """(name, post, sex) of each line. Raises ValidationError that names the lines that cannot be read."""
        told, bad = [], []
        for nth, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            if not line.strip():
                continue
            parts = [" ".join(part.split()) for part in line.split(";")]
            sex = self.SEXES.get(parts[2][:1].casefold()) if len(parts) == 3 else None
            if sex is None or not parts[0] or not parts[1] or max(map(len, parts)) > 120:
                bad.append(str(nth))
            else:
                told.append((parts[0], parts[1], sex))
        if bad:
            raise forms.ValidationError(_("Not like “name; post; F”: lines %(lines)s"), params={"lines": ", ".join(bad)})
        if len(told) > self.MOST:
            raise forms.ValidationError(_("At most 200 lines at once. Send more as a file."))
        return told


class RevokeForm(Says):
    why = forms.CharField(label=_("Why it is revoked"), max_length=200)


class TargetForm(AtPlace):
    module_key = forms.ChoiceField(label=_("Module"))
    of_officers = forms.BooleanField(
        label=_("Officers only"), required=False, help_text=_("Police, prosecutors and officers of departments.")
    )  # fmt: skip
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=10_000_000)
    by_on = day(_("By when"))

    def __init__(self, modules: list[Module], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["module_key"].choices = [(one.key, one.title) for one in modules]


class EventForm(Says):
    on = day(_("On which day"))
    method = forms.ChoiceField(label=_("How"), choices=terms.Method)
    title = forms.CharField(label=_("Title"), max_length=120)
    language = forms.CharField(label=_("In which language"), max_length=40)
    helplines = forms.MultipleChoiceField(
        label=_("Helplines made known"), choices=terms.Helpline, required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    women, girls_0, girls_12, girls_16, men, boys_0, boys_12, boys_16 = (
        forms.IntegerField(label=label, min_value=0, max_value=100_000, initial=0) for _key, label in terms.CAME
    )
    again_women, again_girls, again_men, again_boys = (
        forms.IntegerField(label=format_lazy(_("Of them not for the first time: {group}"), group=label), min_value=0, initial=0)
        for _key, label in terms.REACH
    )
    cost_paise = forms.DecimalField(label=_("Cost in rupees"), min_value=0, max_digits=12, decimal_places=2, initial=0)

    def clean_cost_paise(self) -> int:
        return int(Decimal(self.cleaned_data["cost_paise"]) * PAISE)


class PlacedEventForm(EventForm, AtPlace):
    """An event of the district or the state, asked with its place."""


class MaterialForm(AtPlace):
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("The same title in the same language is the next version."))
    language = forms.CharField(label=_("In which language"), max_length=40)
    method = forms.ChoiceField(label=_("How"), choices=terms.Method)
    message = lines(_("What it says"), 2, max_length=300)
    file = forms.FileField(label=_("The file"), required=False, help_text=_("PDF, JPEG or PNG, at most 3 MB."))


class MessageForm(Says):
    month = forms.DateField(
        label=_("Month"), input_formats=["%Y-%m", "%Y-%m-%d"], widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    )  # fmt: skip
    message = forms.CharField(label=_("Message"), max_length=200)
    method = forms.ChoiceField(label=_("How"), choices=terms.Method)
    language = forms.CharField(label=_("In which language"), max_length=40)
    material = forms.ChoiceField(label=_("Material"), required=False)

    def __init__(self, materials: Iterable[Material], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.materials = {str(one.pk): one for one in materials}
        labels = [(pk, f"{one.title}, {one.language}, {one.version}") for pk, one in self.materials.items()]
        self.fields["material"].choices = [("", "–"), *labels]

    def told(self) -> dict:
        return self.cleaned_data | {"material": self.materials.get(self.cleaned_data["material"])}


class QuestionForm(Says):
    topic = forms.ChoiceField(label=_("About what"), choices=terms.Topic)
    words = forms.CharField(label=_("What was asked"), max_length=200, help_text=_("No names, no numbers of people."))
    times = forms.IntegerField(label=_("How many asked it"), min_value=1, max_value=10_000, initial=1)


class RecallForm(Says):
    on = day(_("On which day"))
    message = forms.CharField(label=_("Which message"), max_length=200)
    asked = forms.IntegerField(label=_("How many were asked"), min_value=1, max_value=100_000)
    remembered = forms.IntegerField(label=_("How many remembered it"), min_value=0, max_value=100_000)


class SessionForm(Says):
    on = day(_("On which day"))
    starts_at = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480)
    subject = forms.ChoiceField(label=_("Subject"), choices=terms.Subject)
    words = forms.CharField(label=_("What is done"), max_length=160)
    method = forms.ChoiceField(label=_("How"), choices=terms.SessionMethod)
    trainer = forms.ChoiceField(label=_("Who gives it"), required=False)

    def __init__(self, trainers: Iterable[Trainer], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.trainers = {str(one.pk): one for one in trainers}
        self.fields["trainer"].choices = [("", "–"), *((pk, one.participant.name) for pk, one in self.trainers.items())]

    def told(self) -> dict:
        told = dict(self.cleaned_data)
        trainer = self.trainers.get(told.pop("trainer"))
        return {"told": Planned(**told), "trainer": trainer}


class VillagesForm(Says):
    """Villages of a place by their LGD codes: a district has too many to tick."""

    codes = lines(_("LGD codes of the villages"), 2, max_length=4000, help_text=_("Their Village Organisations attend. One code a line."))

    def __init__(self, place: Place, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place

    def clean_codes(self) -> list[Place]:
        typed = list(dict.fromkeys(self.cleaned_data["codes"].replace(",", " ").split()))
        found = {code: village_by_code(code) for code in typed}
        unknown = [code for code, one in found.items() if one is None or not self.place.place_no <= one.place_no <= self.place.last_no]
        if unknown or not typed:
            raise forms.ValidationError(_("No village of this place has the LGD code: %(codes)s"), params={"codes": ", ".join(unknown[:9])})
        return list(found.values())


class CodeForm(Says):
    code = forms.CharField(
        label=_("Your code or office number"), max_length=30, help_text=_("Six digits, on your invitation. Or the number of your office.")
    )  # fmt: skip


class NumberForm(forms.Form):
    number = forms.CharField(label=_("Number of the certificate"), max_length=30)


def found_user(username: str) -> User | None:
    if not username.strip():
        return None
    found = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if found is None:
        raise forms.ValidationError(_("Nobody of this name signs in here."))
    return found
