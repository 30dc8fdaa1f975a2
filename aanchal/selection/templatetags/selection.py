"""The bar of a rank's interval."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
WIDTH = 120


@register.simple_tag
def rank_interval(row, ranked: int) -> SafeString:
    """From the best to the worst rank in nine draws of ten, and the rank itself: drawn, and in figures beside it."""
    scale = WIDTH / max(ranked, 1)
    low, high = (row.low - 1) * scale, row.high * scale
    return format_html(
        '<span class="row interval"><svg viewBox="0 0 {0} 12" aria-hidden="true"><rect class="track" y="4" width="{0}" height="4" rx="2"/>'
        '<rect class="seg" x="{1}" y="3" width="{2}" height="6" rx="3"/><path class="at" d="M{3} 0V12"/></svg> {4}–{5}</span>',
        WIDTH, f"{low:.1f}", f"{max(high - low, 2):.1f}", f"{(row.rank - 0.5) * scale:.1f}", row.low, row.high,
    )  # fmt: skip
