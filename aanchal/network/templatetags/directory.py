"""What templates of posts and NGOs ask for."""

from django import template

from aanchal.core.numbers import grouped

register = template.Library()


@register.simple_tag
def rupees(paise: int | None) -> str:
    """₹1,00,000, with paise only where there are any."""
    whole, rest = divmod(paise or 0, 100)
    return f"₹{grouped(whole)}" + (f".{rest:02d}" if rest else "")
