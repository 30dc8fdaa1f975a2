"""A certificate of a training on paper, with the address where its number is checked."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.activities.models import Certificate
from aanchal.core.paper import Paper
from aanchal.core.templatetags.aanchal import day


def drawn(one: Certificate, *, check_url: str, at: datetime) -> Paper:
    attendee, training = one.attendee, one.attendee.training
    paper = Paper(_("Certificate"), get_language(), made_at=at, foot=f"{_('Certificate')} {one.shown_number}")
    head = [(_("Number"), one.shown_number), (_("Day"), day(one.issued_on))]
    paper.facts([*head, (_("Revoked"), day(one.revoked_on))] if one.revoked_on else head)
    paper.paragraph(
        _("%(who)s, %(post)s, has passed “%(what)s” in %(place)s, %(from)s to %(until)s.")
        % {
            "who": attendee.participant.name, "post": attendee.participant.post, "what": training.module.title,
            "place": training.place.local_name, "from": day(training.starts_on), "until": day(training.ends_on),
        }
    )  # fmt: skip
    paper.paragraph(f"{_('Whether it stands is told at')} {check_url}")
    paper.signature(_("Signature"))
    return paper
