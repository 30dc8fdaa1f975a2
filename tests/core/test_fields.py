"""A form field is tied to its label, its help and its error."""

from django import forms
from django.template.loader import render_to_string


class Visit(forms.Form):
    village = forms.CharField(label="Village", help_text="As in the register")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect, required=False)


def field(name: str, answers: dict[str, str] | None = None) -> str:
    return render_to_string("aanchal/field.html", {"field": Visit(answers)[name]})


def test_it_ties_help_and_error_to_the_field() -> None:
    page = field("village", {})
    assert 'aria-describedby="id_village_helptext id_village_error"' in page
    assert 'id="id_village_helptext"' in page
    assert 'id="id_village_error"' in page
    assert '<label for="id_village">' in page


def test_it_groups_choices_under_their_question() -> None:
    assert "<legend>Kind" in field("kind")


def test_it_says_which_answers_may_be_left_out() -> None:
    assert "optional" in field("kind")
    assert "optional" not in field("village")
