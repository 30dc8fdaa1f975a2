"""Money in words of a template."""

from django import template

from aanchal.benefits.reading import rupees as in_rupees

register = template.Library()


@register.filter
def rupees(paise: int | None) -> str:
    return in_rupees(paise)
