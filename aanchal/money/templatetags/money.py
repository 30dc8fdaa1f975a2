"""Money in words of a template."""

from django import template

from aanchal.money import words

register = template.Library()


@register.filter
def rupees(paise: int | None) -> str:
    return words.rupees(paise)
