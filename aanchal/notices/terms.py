"""The words of telling a worker that something waits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    ALERTS = "ALERTS", _("Alerts wait for you")
    URGENT = "URGENT", _("Something urgent waits for you")
    SEEN = "SEEN", _("Someone says they saw a missing person")
    POINTS = "POINTS", _("What a meeting decided waits for you to act")
    OFFER = "OFFER", _("A roadmap is offered to your village")
    RETURN = "RETURN", _("A return of your state is not submitted")
    ADVICE = "ADVICE", _("Something of an advisory waits for you")
    PAPER = "PAPER", _("A document waits for you to read it")
    UC = "UC", _("A utilisation certificate of your state is asked for")
    RENEW = "RENEW", _("Something that families receive runs out soon")
    MEET = "MEET", _("Your state is called to a meeting of nodal officers")


class Channel(TextChoices):
    EMAIL = "EMAIL", _("E-mail")
    SMS = "SMS", _("SMS")
