"""Creating a user and giving a posting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.access import policy
from aanchal.access.models import User
from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.core.forms import DayInput
from aanchal.places.models import Place
from aanchal.places.queries import named

LANGUAGES = [("en", "English"), ("hi", "हिन्दी"), ("te", "తెలుగు")]
MOST_NAMED = 6


class PostingForm(forms.Form):
    """A role at a place, from a day on."""

    role = forms.ChoiceField(label=_("Role"), choices=[(key, role.name) for key, role in ROLES.items() if not role.is_program])
    place = forms.CharField(
        label=_("Place"), max_length=120, help_text=_("Its name, or its LGD code and level: 603/district, 990000012/village.")
    )
    since = forms.DateField(label=_("From"), widget=DayInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_place(self) -> Place:
        """Only where `by` manages users; a place elsewhere is answered like one that does not exist."""
        typed = self.cleaned_data["place"].strip()
        exact = named(typed) if typed[:1].isdigit() or typed.lower() in ("nation", "india") else None
        alike = policy.visible(self.by, Permission.USER_MANAGE, Place.objects.filter(name__iexact=typed))
        found = [exact] if exact else list(alike[:MOST_NAMED])
        found = [place for place in found if policy.covers(self.by, Permission.USER_MANAGE, place)]
        if not found:
            raise forms.ValidationError(_("No place of this name or code lies where you manage users."))
        if len(found) > 1:
            codes = ", ".join(f"{place.lgd_code}/{place.level.lower()}" for place in found)
            raise forms.ValidationError(_("Several places have this name. Write one of these: %(codes)s"), params={"codes": codes})
        return found[0]

    def clean(self) -> dict:
        told = super().clean() or self.cleaned_data
        if told.get("since") and told.get("until") and told["until"] < told["since"]:
            self.add_error("until", _("The last day lies before the first."))
        return told


class PhoneForm(forms.Form):
    """What a phone is called, so that its owner knows which one to end."""

    label = forms.CharField(label=_("Name of the phone"), max_length=60, help_text=_("Such as “blue Redmi” or “panchayat tablet”."))


class WorkerForm(PostingForm):
    """A new user, with the posting they begin with."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,58}$",
        label=_("User name"),
        help_text=_("Small letters and digits, such as sunita.amrai. Used to sign in."),
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    field_order = ("name", "username", "language", "role", "place", "since", "until")

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("This user name is taken. Choose another."))
        return username
