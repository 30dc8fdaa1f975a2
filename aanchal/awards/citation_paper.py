"""The citation of an award on paper, in English and in Hindi."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from aanchal.awards.models import Award
from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day

LANGUAGES = ("en", "hi")


def drawn(one: Award, *, at: datetime) -> Paper:
    """A page that hangs on a wall: who, for what, in both languages; the number at its foot."""
    row = one.nomination
    with override("en"):
        paper = Paper(_("Award for outstanding work against human trafficking"), "en", made_at=at, foot=one.number)
    for language in LANGUAGES:
        with override(language):
            if language != "en":
                paper.heading(_("Award for outstanding work against human trafficking"))
            given_to = (_("Given to"), f"{row.name}, {row.place.local_name}")
            paper.facts([(row.round.get_category_display(), str(row.round.year)), given_to, (_("Day"), day(one.given_on))])
            paper.paragraph(one.citation_en if language == "en" else one.citation_hi)
    if one.revoked_on:
        paper.paragraph(f"{_('Taken back')}: {day(one.revoked_on)}")
    paper.signature(_("Signature"))
    return paper
