"""Forms of a survivor's case."""

import copy
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.cases import pseudonyms, queries, retention, terms
from aanchal.cases.actions import CaseDetails, Happened, Identity
from aanchal.cases.models import Case, RetentionRule
from aanchal.core import paper
from aanchal.core.forms import DayInput, OneRow
from aanchal.core.templatetags.aanchal import day
from aanchal.places.models import Place
from aanchal.places.terms import Level
from aanchal.rescue.models import Rescued

LONG = 2_000
SHORT = 120
LANGUAGES = [
    ("hi", _("Hindi")), ("te", _("Telugu")), ("bn", _("Bengali")), ("or", _("Odia")), ("mr", _("Marathi")), ("ta", _("Tamil")),
    ("ur", _("Urdu")), ("ne", _("Nepali")), ("sat", _("Santali")), ("en", _("English")), ("oth", _("Another language")),
]  # fmt: skip


def _day(label, required=True, **more):
    return forms.DateField(label=label, widget=DayInput, required=required, **more)


def _words(label, required=True, **more):
    return forms.CharField(label=label, max_length=LONG, required=required, widget=forms.Textarea(attrs={"rows": 3}), **more)


def _text(label, required=False, longest=SHORT, **more):
    return forms.CharField(label=label, max_length=longest, required=required, **more)


def _one(label, choices, required=True, **more):
    """One of a list; nothing is chosen beforehand."""
    listed = [("", _("Choose") if required else "–"), *getattr(choices, "choices", choices)]
    return forms.ChoiceField(label=label, choices=listed, required=required, **more)


def _several(label, choices):
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


def _yes(label, **more):
    return forms.BooleanField(label=label, required=False, **more)


class District(forms.CharField):
    """A district by its name in any language; a State's name where the district is not known."""

    def __init__(self, label, **more):
        super().__init__(label=label, max_length=SHORT, required=False, **more)

    def clean(self, value):
        written = super().clean(value).strip()
        if not written:
            return None
        wanted = Q(name__iexact=written) | Q(names__hi__iexact=written) | Q(names__te__iexact=written)
        for level in (Level.DISTRICT, Level.STATE):
            found = list(Place.objects.filter(wanted, level=level)[:2])
            if len(found) == 1:
                return found[0]
        raise forms.ValidationError(_("No single district has this name. Leave it empty, or write the State."))


def colleagues(permission: Permission, place: Place):
    """Who holds a post with this permission today in the State of a place, by name."""
    roles = [role.key for role in ROLES.values() if permission in role.permissions and not role.is_program]
    state = place.state or place
    today = Q(postings__until=None) | Q(postings__until__gte=date.today())
    here = Q(postings__place_no__gte=state.place_no, postings__place_no__lte=state.last_no)
    held = get_user_model().objects.filter(today, here, postings__role__in=roles, is_active=True)
    return held.distinct().order_by("name", "username")


class Colleague(OneRow):
    def label_from_instance(self, user) -> str:
        return f"{user.name} ({user.username})"


class IntakeForm(forms.Form):
    """A new case. First what was done, then who she is: names may be left out."""

    opened_on = _day(_("Day on which she came to us"))
    place = OneRow(label=_("District"), queryset=Place.objects.none())
    pseudonym = _text(_("Name she wants to be called by here"), longest=40, help_text=_("Not her own name, nor a part of it."))
    gender = _one(_("Gender"), terms.Gender)
    years = forms.IntegerField(label=_("Age in years, also when it is a guess"), min_value=0, max_value=110, required=False)
    is_child = _yes(_("She or he is under 18"))
    language = _one(_("Language she speaks"), LANGUAGES, required=False)
    citizenship = forms.RegexField(
        r"^[A-Z]{2}$", label=_("Citizenship, as two letters"), initial="IN", help_text=_("IN for India, NP for Nepal.")
    )
    status = _one(_("Trafficked or not, as far as is known"), terms.Status)
    decided_by = _one(_("Who decided that"), terms.DecidedBy, required=False)
    acts = _several(_("What was done"), terms.Act)
    means = _several(_("By which means"), terms.Means)
    purposes = _several(_("For what"), terms.Purpose)
    controls = _several(_("How she was controlled"), terms.Control)
    recruitment = _several(_("How she was recruited"), terms.Recruitment)
    recruiter = _one(_("Who the recruiter was to her"), terms.Recruiter, required=False)
    industry = _one(_("Kind of work"), terms.Industry, required=False)
    years_when_trafficked = forms.IntegerField(label=_("Age when it began"), min_value=0, max_value=110, required=False)
    origin = District(_("District she comes from"))
    via = District(_("District on the way"))
    destination = District(_("District she was taken to"))
    fir = _text(_("FIR number"), longest=60, help_text=_("Number and year, such as 112/2026. It can be searched for."))
    name = _text(_("Her own name"), help_text=_("Sealed apart. Each time somebody opens it is written down."))
    guardian_name = _text(_("Name of father, mother or husband"))
    phone = _text(_("Telephone"), longest=20)
    address = _text(_("Address"), longest=300)
    supervisor = Colleague(label=_("Supervisor of this case"), queryset=get_user_model().objects.none())

    def __init__(self, places: list[Place], today: date, data=None, initial=None):
        super().__init__(data, initial={"opened_on": today, "citizenship": "IN", "place": places[0] if places else None} | (initial or {}))
        self.fields["place"].queryset = Place.objects.filter(pk__in=[place.pk for place in places]).order_by("name")
        if places:
            self.fields["supervisor"].queryset = colleagues(Permission.CASE_SUPERVISE, places[0])

    def details(self) -> CaseDetails:
        told = self.cleaned_data
        plain = ("gender", "years", "is_child", "years_when_trafficked", "pseudonym", "citizenship", "language", "status", "decided_by")
        lists = ("acts", "means", "purposes", "controls", "recruitment")
        who = {name: told[name] for name in ("name", "guardian_name", "phone", "address")}
        return CaseDetails(
            **{name: told[name] for name in (*plain, "recruiter", "industry")}, **{name: tuple(told[name]) for name in lists},
            identity=Identity(**who) if told["name"] else None, firs=(told["fir"],) if told["fir"] else (),
            way=self._way(told["origin"], told["via"], told["destination"]),
        )  # fmt: skip

    @staticmethod
    def _way(origin, via, destination) -> tuple[Place | None, ...]:
        """An end that nobody told stays open: what was told of the other is kept."""
        return (origin, *([via] if via else []), destination) if origin or via or destination else ()


def told_at_rescue(rescued: Rescued) -> dict:
    """What the unit wrote down need not be asked of her again."""
    gender = rescued.sex if rescued.sex in terms.Gender.values else ""
    return {
        "opened_on": date.today(), "place": rescued.place_id, "gender": gender, "years": rescued.years, "is_child": rescued.is_child,
        "citizenship": rescued.nationality,
    }  # fmt: skip


class OfCase(forms.Form):
    """A form that knows its case."""

    def __init__(self, case: Case, today: date, data=None, initial=None):
        super().__init__(data, initial={"on": today} | (initial or {}))
        self.case, self.today = case, today
        self.prepare()

    def prepare(self) -> None:
        """Lists that depend on the case."""

    def offer_goals(self) -> None:
        self.fields["goal"].queryset = self.case.goals.filter(state=terms.GoalState.OPEN).order_by("set_on", "pk")
        self.fields["goal"].plain = pseudonyms.without_old(self.case)


class GoalChoice(OneRow):
    plain = staticmethod(str)
    """What takes an earlier name of hers out of the words."""

    def label_from_instance(self, goal) -> str:
        return f"{goal.get_support_display()}: {self.plain(goal.told().get('words', ''))[:60]}"


FACTS = (
    "years", "is_child", "language", "citizenship", "status", "decided_by", "acts", "means", "purposes", "controls", "recruitment",
    "recruiter", "industry", "years_when_trafficked",
)  # fmt: skip
"""What was told at intake and may turn out otherwise: a proof of age, a decision of the police, what she tells later."""


class FactsForm(OfCase):
    """What stands in the case, to be corrected."""

    def prepare(self) -> None:
        for name in FACTS:
            self.fields[name] = copy.deepcopy(IntakeForm.base_fields[name])
            self.fields[name].initial = getattr(self.case, name)
        self.fields["years"].help_text = _("On the day she came to us: %(day)s.") % {"day": day(self.case.opened_on)}

    def told(self) -> dict:
        return {"told": self.cleaned_data}


class EventForm(OfCase):
    kind = _one(_("What"), terms.EventKind)
    on = _day(_("On which day, or the first of the month"), required=False)
    district = District(_("District"))
    city = _text(_("Village, town or address"))
    country = forms.RegexField(r"^[A-Z]{2}$", label=_("Country, as two letters"), initial="IN")
    words = _words(_("What she tells of it"), required=False)

    def told(self) -> dict:
        return {"told": Happened(**self.cleaned_data)}


class AssessmentForm(OfCase):
    scope = _one(_("What is looked at"), terms.Scope)
    danger = _one(_("Danger now"), terms.Danger)
    needs = _several(_("What she needs"), terms.Support)
    words = _words(_("What was found"))
    on = _day(_("On which day"))

    def told(self) -> dict:
        return self.cleaned_data


class GoalForm(OfCase):
    support = _one(_("About"), terms.Support)
    words = _words(_("What she wants to reach, in her words"))
    is_her_wish = _yes(_("It is her own wish"))
    due_on = _day(_("By when"), required=False)
    on = _day(_("Set on"))

    def told(self) -> dict:
        return self.cleaned_data


class TaskForm(OfCase):
    words = _words(_("What is to be done"))
    who = Colleague(label=_("Who does it"), queryset=get_user_model().objects.none())
    due_on = _day(_("By when"))
    goal = GoalChoice(label=_("For which goal"), queryset=Case.objects.none(), required=False)

    def prepare(self) -> None:
        assigned = queries.people_of(self.case, timezone.now()).exclude(capacity=terms.Capacity.GLASS).values("user")
        self.fields["who"].queryset = get_user_model().objects.filter(pk__in=assigned).order_by("name")
        self.offer_goals()

    def told(self) -> dict:
        return self.cleaned_data


class ServiceForm(OfCase):
    support = _one(_("Which help"), terms.Support)
    party = _one(_("From whom"), terms.Party)
    words = _words(_("What was given"), required=False)
    on = _day(_("On which day"))
    goal = GoalChoice(label=_("For which goal"), queryset=Case.objects.none(), required=False)

    def prepare(self) -> None:
        self.offer_goals()

    def told(self) -> dict:
        return self.cleaned_data


class VisitForm(OfCase):
    seen = _one(_("Where she was met"), terms.Seen)
    danger = _one(_("Danger now"), terms.Danger)
    words = _words(_("What she said, how she is"))
    on = _day(_("On which day"))

    def told(self) -> dict:
        return self.cleaned_data


class ConsentForm(OfCase):
    purpose = _one(_("What she agrees to"), terms.ConsentPurpose, help_text=_("Each purpose is asked by itself."))
    party = _one(_("To whom"), terms.Party, required=False, help_text=_("Empty: to whoever is assigned to the case."))
    organisation = _text(_("Name of the office or organisation"))
    explained = _one(_("How it was explained"), terms.Explained)
    language = _one(_("In which language"), LANGUAGES)
    told_of = _several(_("She was told"), terms.Told)
    giver = _one(_("Who agrees"), terms.ConsentGiver)
    child_agrees = _yes(_("The child was asked and agrees"))
    on = _day(_("Given on"))
    until = _day(_("Holds until"))

    def prepare(self) -> None:
        self.fields["until"].initial = self.today + timedelta(days=180)
        if not queries.is_child(self.case, self.today):
            self.fields["giver"].initial = terms.ConsentGiver.SELF
        if not self.case.is_child:
            del self.fields["child_agrees"]

    def told(self) -> dict:
        from aanchal.cases.consenting import ConsentDetails

        told = dict(self.cleaned_data)
        on, reasons = told.pop("on"), tuple(told.pop("told_of"))
        child = told.pop("child_agrees", None)
        return {"details": ConsentDetails(**told, told=reasons, child_agrees=child), "on": on}


class ReferralForm(OfCase):
    party = _one(_("To whom"), terms.Party)
    receiver = Colleague(label=_("Who answers"), queryset=get_user_model().objects.none(), required=False)
    organisation = _text(_("Organisation without an account here"), help_text=_("It is told by a sealed link that opens once."))
    support = _one(_("Which help"), terms.Support)
    reason = _one(_("Why"), terms.ReferralReason)
    words = _words(_("What they need to know; never her name"))
    with_identity = _yes(_("She agreed that they know her name"))
    is_transfer = _yes(_("The whole case goes over to them"))

    def prepare(self) -> None:
        self.fields["receiver"].queryset = colleagues(Permission.CASE_READ, self.case.place)

    def clean(self):
        told = super().clean()
        if not told.get("receiver") and not told.get("organisation"):
            raise forms.ValidationError(_("Say who answers, or which organisation."))
        return told

    def told(self) -> dict:
        from aanchal.cases.referring import ReferralDetails

        return {"details": ReferralDetails(**self.cleaned_data)}


class PersonForm(OfCase):
    user = Colleague(label=_("Colleague"), queryset=get_user_model().objects.none())
    capacity = _one(_("As what"), [(one.value, one.label) for one in (terms.Capacity.WORKER, terms.Capacity.SUPERVISOR)])
    why = _text(_("Why"), required=True)

    def prepare(self) -> None:
        self.fields["user"].queryset = colleagues(Permission.CASE_WORK, self.case.place)

    def told(self) -> dict:
        return self.cleaned_data


class IdentityForm(OfCase):
    name = _text(_("Her own name"), required=True)
    guardian_name = _text(_("Name of father, mother or husband"))
    phone = _text(_("Telephone"), longest=20)
    born_on = _day(_("Born on"), required=False)
    address = _text(_("Address"), longest=300)

    def told(self) -> dict:
        return {"identity": Identity(**self.cleaned_data)}


class ProposalForm(OfCase):
    kind = _one(_("What is to be done"), terms.ProposalKind)
    outcome = _one(_("How it ended"), terms.Outcome, required=False, help_text=_("When the case is to be closed."))
    words = _words(_("Why"))

    def told(self) -> dict:
        return self.cleaned_data


class Ground(OneRow):
    def label_from_instance(self, rule) -> str:
        return f"{rule.local_text} ({rule.source})"


class KeepingForm(OfCase):
    """What becomes of a record that she no longer wants kept."""

    answer = _one(
        _("What is to be done"), terms.KeepingAnswer, help_text=_("What is erased can never be read again, in old backups neither.")
    )
    ground = Ground(
        label=_("The law that has it kept"), queryset=RetentionRule.objects.none(), required=False,
        help_text=_("Not checked at the source: ask the legal officer. It is decided anew when the time of this law is over."),
    )  # fmt: skip
    words = _words(_("Why"))

    def prepare(self) -> None:
        self.fields["ground"].queryset = retention.grounds(self.case, self.today)

    def told(self) -> dict:
        return self.cleaned_data


class RenamingForm(OfCase):
    pseudonym = _text(
        _("Name she wants to be called by here"), longest=40, help_text=_("Not her own name, nor a part of it. Empty: only the code.")
    )
    why = _one(_("Why"), terms.RenamingReason)

    def told(self) -> dict:
        return self.cleaned_data


class PaperForm(OfCase):
    recipient = _one(_("For whom"), [one for one in terms.Recipient.choices if one[0] != terms.Recipient.STANDARD])
    number = _text(_("Number of the order or of the case in court"), longest=60)
    with_identity = _yes(_("With her name"))
    language = _one(_("Language"), settings.LANGUAGES)
    how = _one(_("As"), [("FILE", _("A PDF file")), ("PAGE", _("A page to print"))])

    def prepare(self) -> None:
        if not paper.are_here():
            self.fields["how"].choices = [("PAGE", _("A page to print"))]


class SearchForm(forms.Form):
    by = _one(_("By"), [("code", _("Code")), ("fir", _("FIR number")), ("name", _("Full name"))])
    text = _text(_("What"), required=True)


class EmergencyForm(forms.Form):
    code = _text(_("Code of the case"), required=True, longest=20)
    reason = _one(_("Why now"), terms.GlassReason)
    words = _words(_("What happens; another supervisor reads it"))


class ImportForm(forms.Form):
    file = forms.FileField(label=_("File of HTCDS 2.0 (XML of its XLSForm, or JSON)"))
    is_child = _yes(_("She or he is under 18"))
    place = OneRow(label=_("District"), queryset=Place.objects.none())
    supervisor = Colleague(label=_("Supervisor of this case"), queryset=get_user_model().objects.none())

    def __init__(self, places: list[Place], data=None, files=None):
        super().__init__(data, files)
        self.fields["place"].queryset = Place.objects.filter(pk__in=[place.pk for place in places]).order_by("name")
        if places:
            self.fields["supervisor"].queryset = colleagues(Permission.CASE_SUPERVISE, places[0])


class PassphraseForm(forms.Form):
    passphrase = forms.CharField(label=_("Passphrase you were told"), max_length=40)
