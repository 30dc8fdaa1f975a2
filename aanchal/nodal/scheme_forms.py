"""Forms of the scheme of units."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.core.forms import DayInput
from aanchal.money.forms import Rupees
from aanchal.money.words import rupees
from aanchal.nodal.forms import Says
from aanchal.nodal.models import Use
from aanchal.nodal.scheme import Certified, Known, Order
from aanchal.nodal.standings import Listed
from aanchal.nodal.terms import Stream, Tier, UseStanding
from aanchal.places.models import Place


def day(label, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


class OrderForm(Says):
    year = forms.IntegerField(label=_("Financial year, by the year it begins in"), min_value=2010, max_value=2100)
    stream = forms.ChoiceField(label=_("From which fund"), choices=Stream)
    units = forms.IntegerField(label=_("For how many units"), min_value=1, max_value=2000)
    order_no = forms.CharField(label=_("Number of the order"), max_length=80)
    on = day(_("Day of the order"))

    def order(self) -> Order:
        return Order(**{name: self.cleaned_data[name] for name in ("year", "stream", "units", "order_no", "on")})


class SanctionForm(OrderForm):
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier)


class ReleaseForm(OrderForm):
    amount_paise = Rupees(label=_("Amount in rupees"))


def reason() -> forms.CharField:
    return forms.CharField(label=_("What was wrong"), max_length=300)


class CorrectSanctionForm(SanctionForm):
    why = reason()


class CorrectReleaseForm(ReleaseForm):
    why = reason()


class DecideLineForm(Says):
    to = forms.ChoiceField(label=_("Decision"), choices=[("STANDS", _("The correction stands")), ("REFUSED", _("Refuse the correction"))])


class AskForm(Says):
    due_on = day(_("Certificate due on"))


class UseForm(Says):
    number = forms.CharField(label=_("Number of the certificate"), max_length=60)
    amount_paise = Rupees(label=_("Used, in rupees"))
    until_on = day(_("Spent until"))
    words = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def certified(self) -> Certified:
        return Certified(**self.cleaned_data)


class CorrectUseForm(UseForm):
    """Of a certificate that was accepted."""

    use = forms.ChoiceField(label=_("Which certificate"))
    words = None  # type: ignore[assignment]
    why = reason()

    def __init__(self, accepted: Sequence[Use], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.accepted = {str(one.pk): one for one in accepted}
        self.fields["use"].choices = [(pk, f"{one.number} · {rupees(one.amount_paise)}") for pk, one in self.accepted.items()]
        self.order_fields(["use"])

    def certified(self) -> Certified:
        return Certified(**{name: self.cleaned_data[name] for name in ("number", "amount_paise", "until_on")})


class DecideForm(Says):
    to = forms.ChoiceField(
        label=_("Decision"), choices=[(one.value, one.label) for one in (UseStanding.ACCEPTED, UseStanding.RETURNED)]
    )
    reason = forms.CharField(label=_("Reason, when it is returned"), max_length=300, required=False)


class UnitForm(Says):
    """How a unit stands."""

    tier = forms.ChoiceField(label=_("Tier"), choices=Tier)
    stream = forms.ChoiceField(label=_("From which fund"), choices=Stream)
    order_no = forms.CharField(label=_("Number of the notification"), max_length=80, required=False)
    notified_on = day(_("Notified on"), required=False)
    head_post = forms.CharField(
        label=_("Post that heads it"), max_length=80, required=False, help_text=_("The post, not the person. Empty while it is vacant.")
    )
    head_since = day(_("Filled since"), required=False)
    phone = forms.CharField(label=_("Telephone of the unit"), max_length=20, required=False)
    vehicles = forms.IntegerField(label=_("Vehicles"), min_value=0, max_value=500, initial=0)
    reported_on = day(_("Last return of the unit came on"), required=False)

    def known(self) -> Known:
        return Known(**{name: self.cleaned_data[name] for name in UnitForm.base_fields})


class NewUnitForm(UnitForm):
    """Which unit: one the directory lists, or another."""

    listed = forms.ChoiceField(label=_("Unit of the directory"), required=False)
    name = forms.CharField(label=_("Or its name, when the directory does not list it"), max_length=160, required=False)
    place = forms.ChoiceField(label=_("Where that one works"))

    def __init__(self, state: Place, districts: Sequence[Place], listed: Sequence[Listed], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in (state, *districts)}
        self.fields["listed"].choices = [("", _("Not listed")), *((str(one.pk), one.name) for one in listed)]
        self.fields["place"].choices = [(pk, place.local_name) for pk, place in self.places.items()]
        self.order_fields(["listed", "name", "place"])

    def which(self) -> dict:
        told = self.cleaned_data
        return {"listed": told["listed"] or None, "name": told["name"], "place": self.places[told["place"]]}
