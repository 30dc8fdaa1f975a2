"""Forms of stakeholders, files, NGOs, posts and pools."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.access.models import User
from aanchal.core import forms as core_forms
from aanchal.core.forms import DayInput
from aanchal.network import terms, words
from aanchal.network.directory import MOST_ALIKE
from aanchal.network.models import Stakeholder
from aanchal.network.stakeholders import Details
from aanchal.places.models import Place

PAISE = 100
EVERY = [("", _("All"))]


def day(label, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


def lines(label, n: int = 3, **more) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": n}), **more)


def several(label, choices, **more) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **more)


def rupees(label, **more) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=12, decimal_places=2, **more)


def paise(amount: Decimal | None) -> int:
    return int((amount or Decimal(0)) * PAISE)


def kinds_grouped(kinds=None) -> list:
    """Kinds under their categories."""
    labels = dict(terms.StakeholderKind.choices)
    return [
        (category.label, [(kind, labels[kind]) for kind in of if kinds is None or kind in kinds]) for category, of in terms.KINDS.items()
    ]


class Says(core_forms.Says):
    FAULTS = words.FAULTS


class FindForm(forms.Form):
    q = forms.CharField(label=_("Name, registration or phone"), max_length=160, required=False)
    category = forms.ChoiceField(label=_("Category"), choices=[*EVERY, *terms.Category.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*EVERY, *terms.StakeholderKind.choices], required=False)
    stale = forms.BooleanField(label=_("Not confirmed for a year"), required=False)


class StakeholderForm(Says):
    PLACED = {"parent": "parent_words"}
    kind = forms.ChoiceField(label=_("Kind"), choices=kinds_grouped)
    name = forms.CharField(
        label=_("Name"), max_length=160, help_text=_("Of the organisation, or of the person who works. No survivor, no family.")
    )
    parent_words = forms.CharField(
        label=_("Belongs to"),
        max_length=160,
        required=False,
        help_text=_("Write its name or a part of it, its registration number or its key."),
    )
    parent = forms.CharField(label=_("Which of these"), required=False, widget=forms.RadioSelect)
    size = forms.IntegerField(label=_("Members"), min_value=0, max_value=1_000_000, required=False)
    registration_no = forms.CharField(label=_("Registration number"), max_length=60, required=False)
    address = forms.CharField(label=_("Address of the office"), max_length=200, required=False)
    phone = forms.RegexField(
        label=_("Phone of the office"), regex=r"^\+?[0-9](?:[ -]?[0-9]){2,14}$", max_length=20, required=False,
        error_messages={"invalid": words.FAULTS["bad_phone"]},
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail of the office"), max_length=120, required=False)
    is_public = forms.BooleanField(label=_("A public office: shown to everyone"), required=False)
    username = forms.CharField(label=_("Signs in as (a person only)"), max_length=60, required=False)
    trained_on = day(_("Trained on (a person only)"), required=False)

    def __init__(self, find: Callable[[str], list[Stakeholder]], *args, row: Stakeholder | None = None, **kwargs):
        """`find` gives the organisations that fit what is typed; `row` is the line that is corrected."""
        super().__init__(*args, **kwargs)
        self.find, self.row = find, row
        self.asked = self.fields.pop("parent")
        self.parent: Stakeholder | None = None

    def clean_parent_words(self) -> str:
        """What it belongs to: the one that fits, or the one chosen of those that do. What stands already stays as it is."""
        typed = " ".join(self.cleaned_data["parent_words"].split())
        stood = self.row.parent if self.row else None
        if not typed or (stood and stood.name == typed):
            self.parent = stood if typed else None
            return typed
        found = [one for one in self.find(typed) if self.row is None or one.pk != self.row.pk]
        if not found:
            raise forms.ValidationError(words.FAULTS["no_such_parent"])
        chosen = self.data.get(self.add_prefix("parent"), "")
        self.parent = found[0] if len(found) == 1 else next((one for one in found if str(one.pk) == chosen), None)
        if self.parent is None:
            self._offer(found)
        return typed

    def _offer(self, found: list[Stakeholder]) -> None:
        """Several fit: the form asks which. Raises ValidationError."""
        self.fields = self.fields | {"parent": self.asked}  # another dictionary: Django walks over the one before
        labels = [(str(one.pk), f"{one.name} · {one.get_kind_display()} · {one.place.local_name}") for one in found[:MOST_ALIKE]]
        self.asked.widget.choices = labels
        self.order_fields(self.base_fields)
        raise forms.ValidationError(words.FAULTS["many_parents" if len(found) > MOST_ALIKE else "which_parent"])

    def clean_username(self) -> User | None:
        written = self.cleaned_data["username"].strip()
        if not written:
            return None
        user = User.objects.filter(username__iexact=written, is_active=True).first()
        if user is None:
            raise forms.ValidationError(words.FAULTS["no_such_user"])
        return user

    def details(self) -> Details:
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("parent", "parent_words")}
        return Details(user=told.pop("username"), parent=self.parent, **told)


class FileForm(forms.Form):
    place = forms.ChoiceField(label=_("Whose list it is"))
    file = forms.FileField(
        label=_("File: CSV in UTF-8, or Excel (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"})
    )

    def __init__(self, places: list[Place], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"].choices = [(pk, place.local_name) for pk, place in self.places.items()]

    def chosen_place(self) -> Place:
        return self.places[self.cleaned_data["place"]]


class NgoForm(Says):
    act = forms.ChoiceField(label=_("Registered under"), choices=terms.Act)
    registered_on = day(_("Registered on"), required=False)
    valid_until = day(_("Registration holds until"), required=False)
    fcra_no = forms.CharField(label=_("FCRA number, as stated"), max_length=40, required=False)
    fcra_until = day(_("FCRA holds until"), required=False)
    tax_no = forms.CharField(label=_("12A registration, as stated"), max_length=40, required=False)
    areas = several(_("Areas of collaboration"), terms.Area)


class ItemForm(Says):
    item = forms.ChoiceField(label=_("What was looked at"), choices=terms.Item)
    is_good = forms.TypedChoiceField(
        label=_("Found"), choices=[("yes", _("Good")), ("no", _("Not good"))], coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    on = day(_("On which day"))


class EngageForm(Says):
    area = forms.ChoiceField(label=_("For what"), choices=terms.Area)
    title = forms.CharField(label=_("Title"), max_length=120)
    conditions = lines(_("Terms of engagement"), max_length=4000)
    chosen = forms.ChoiceField(label=_("How it was procured"), choices=terms.Chosen)
    amount = rupees(_("Amount agreed, in rupees"))
    starts_on = day(_("Begins on"))
    ends_on = day(_("Ends on"))

    def told(self) -> dict:
        told = dict(self.cleaned_data)
        return told | {"amount_paise": paise(told.pop("amount"))}


class OweForm(Says):
    title = forms.CharField(label=_("What is to be delivered"), max_length=160)
    due_on = day(_("By which day"))


class RateForm(Says):
    rating = forms.TypedChoiceField(
        label=_("Rating"), coerce=int,
        choices=[
            (5, _("5: better than agreed")), (4, _("4: as agreed")), (3, _("3: with gaps")), (2, _("2: poor")), (1, _("1: not usable")),
        ],
    )  # fmt: skip
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class BlacklistForm(Says):
    reasons = lines(_("Reasons"), max_length=1000)
    from_on = day(_("From which day"))
    until_on = day(_("Until which day"), required=False)


class WhyForm(Says):
    why = lines(_("Reasons"), 2, max_length=300)


class PostForm(Says):
    kind = forms.ChoiceField(label=_("Post"), choices=terms.PostKind)
    title = forms.CharField(label=_("Title"), max_length=120)
    place = forms.ChoiceField(label=_("Place"))
    order_no = forms.CharField(label=_("Number of the order"), max_length=80)
    sanctioned_on = day(_("Sanctioned on"))
    honorarium = rupees(_("Honorarium for a month, in rupees"), required=False, help_text=_("Empty where a salary is paid elsewhere."))

    def __init__(self, places: list[Place], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"].choices = [(pk, place.local_name) for pk, place in self.places.items()]

    def chosen_place(self) -> Place:
        return self.places[self.cleaned_data["place"]]

    def told(self) -> dict:
        told = {name: self.cleaned_data[name] for name in ("kind", "title", "order_no", "sanctioned_on")}
        return told | {"honorarium_paise": paise(self.cleaned_data["honorarium"])}


class FillForm(Says):
    holder = forms.ChoiceField(label=_("Who"))
    since = day(_("From which day"))
    order_no = forms.CharField(label=_("Number of the order"), max_length=80)

    def __init__(self, people: list[Stakeholder], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        labels = [(pk, f"{one.name} · {one.get_kind_display()} · {one.place.local_name}") for pk, one in self.people.items()]
        self.fields["holder"].choices = labels

    def told(self) -> dict:
        return self.cleaned_data | {"holder": self.people[self.cleaned_data["holder"]]}


class VacateForm(Says):
    until = day(_("Last day"))


class AbolishForm(Says):
    on = day(_("Abolished from the end of"))


class MonthForm(forms.Form):
    month = forms.DateField(label=_("Month"), input_formats=["%Y-%m"], widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"))

    def chosen(self, today: date) -> date:
        """The asked month, or the last that has ended: nothing is due of one that has not."""
        return (self.cleaned_data["month"] if self.is_valid() else today.replace(day=1) - timedelta(days=1)).replace(day=1)


class PaidForm(forms.Form):
    reference = forms.CharField(label=_("Voucher or transfer"), max_length=80, required=False)
    on = day(_("Paid on"))


class PoolForm(Says):
    place = forms.ChoiceField(label=_("Pool of"))
    topics = several(_("Can help with"), terms.PoolTopic)
    languages = several(_("Speaks"), terms.Language)

    def __init__(self, places: list[Place], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"].choices = [(pk, place.local_name) for pk, place in self.places.items()]

    def told(self) -> dict:
        return self.cleaned_data | {"place": self.places[self.cleaned_data["place"]]}


class PoolFindForm(forms.Form):
    topic = forms.ChoiceField(label=_("Can help with"), choices=[*EVERY, *terms.PoolTopic.choices], required=False)
    language = forms.ChoiceField(label=_("Speaks"), choices=[*EVERY, *terms.Language.choices], required=False)


def known(row: Stakeholder) -> dict:
    """What stands in the line, for its form."""
    told = {name: getattr(row, name) for name in StakeholderForm.base_fields if hasattr(row, name)}
    return told | {"parent_words": row.parent.name if row.parent else "", "username": row.user.username if row.user else ""}
