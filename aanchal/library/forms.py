"""Forms of the library and of the compendium."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aanchal.access.permissions import Permission
from aanchal.access.roles import ROLES
from aanchal.core import forms as core_forms
from aanchal.core.forms import DayInput
from aanchal.library import terms, words

ANY = [("", _("Any"))]


class Says(core_forms.Says):
    FAULTS = words.FAULTS


class SearchForm(forms.Form):
    """What is looked for; whatever is not in its lists narrows nothing."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=ANY + terms.Kind.choices)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=ANY + terms.Language.choices)
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=ANY + terms.Standing.choices)

    def told(self) -> dict[str, str]:
        """Field -> value of those that say something."""
        self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class OpenSearchForm(SearchForm):
    problems = forms.ChoiceField(label=_("Problem"), required=False, choices=ANY + terms.Problem.choices)
    causes = forms.ChoiceField(label=_("Cause"), required=False, choices=ANY + terms.Cause.choices)
    standing = None


class FileForm(Says):
    file = forms.FileField(label=_("File"), help_text=_("PDF, DOCX, JPEG, PNG or plain text, at most 10 MB."))


class DocumentForm(Says):
    kind = forms.ChoiceField(label=_("Kind"), choices=[one for one in terms.Kind.choices if one[0] != terms.Kind.PRACTICE])
    title = forms.CharField(label=_("Title"), max_length=400)
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    dated_on = forms.DateField(label=_("Dated"), widget=DayInput, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=terms.Language)
    source = forms.CharField(label=_("Who issued it"), max_length=200, required=False)
    roles = forms.MultipleChoiceField(label=_("Who must say that they read it"), required=False, widget=forms.CheckboxSelectMultiple)
    read_by_on = forms.DateField(label=_("Read by"), widget=DayInput, required=False)
    file = FileForm.base_fields["file"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(key, role.name) for key, role in ROLES.items() if Permission.LIBRARY_READ in role.permissions]


class WordsForm(Says):
    words = forms.CharField(label=_("Why it holds no more"), max_length=300)


class PracticeForm(Says):
    title = forms.CharField(label=_("Title"), max_length=200)
    organisation = forms.CharField(
        label=_("Who did it"), max_length=160, help_text=_("An office or an organisation. No name of a survivor.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=terms.Language)
    problems = forms.MultipleChoiceField(label=_("In which problem it helps"), choices=terms.Problem, widget=forms.CheckboxSelectMultiple)
    causes = forms.MultipleChoiceField(label=_("Against what"), choices=terms.Cause, widget=forms.CheckboxSelectMultiple)
    was = forms.CharField(label=_("What was wrong"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    done = forms.CharField(label=_("What was done"), max_length=6_000, widget=forms.Textarea(attrs={"rows": 6}))
    came = forms.CharField(label=_("What came of it"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class DecideForm(Says):
    words = forms.CharField(
        label=_("Words to who told it"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to send it back."),
    )  # fmt: skip
