"""The number of a telephone, and the code that was sent to it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TelephoneForm(forms.Form):
    phone = forms.RegexField(
        r"^[6-9][0-9]{9}$",
        label=_("Mobile number"),
        help_text=_("Ten digits. An SMS says only that something waits, never what or about whom."),
        error_messages={"invalid": _("A mobile number has 10 digits and starts with 6, 7, 8 or 9.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "tel-national"}),
    )


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^[0-9]{6}$",
        label=_("Code from the SMS"),
        error_messages={"invalid": _("The code has six digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
