"""What the forms of all apps share: how a day is asked, and how a form says what an action refused."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

NO_ANSWER = _("Nothing was decided. Press one of the two answers.")


def choose(label, choices, **more) -> forms.ChoiceField:
    """Nothing is chosen beforehand: what nobody looked at is not answered."""
    return forms.ChoiceField(label=label, choices=[("", _("Choose")), *choices], **more)


class OneRow(forms.ModelChoiceField):
    """One row of a list, as `choose` asks for one of several words."""

    def __init__(self, queryset, **more):
        super().__init__(queryset, **({"empty_label": _("Choose") if more.get("required", True) else "–"} | more))


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class Apart(forms.Form):
    """One of several forms of a page: with `IDS` of its own each label leads to its own field."""

    IDS = "id_%s"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"auto_id": self.IDS} | kwargs))


class Says(Apart):
    """A form that can say what an action refused, at the field it is about. Each app gives the words of its codes."""

    FAULTS: Mapping = {}
    PLACED: Mapping[str, str] = {}
    """Field of an action -> field of the form that asks for it."""

    def refuse(self, refused) -> None:
        for field, code in refused.faults:
            name = self.PLACED.get(field, field)
            self.add_error(name if name in self.fields else None, self.fault(code, refused))

    def fault(self, code: str, _refused) -> str:
        return self.FAULTS[code]
