"""What the clock starts in every installation."""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from aanchal.access.jobs import regularly
from aanchal.core import anchors


@regularly("7 * * * *")
def write_anchors() -> None:
    """The trail's heads, signed, outside the database (shared trust.md)."""
    anchors.append(settings.DATA_FOLDER, at=timezone.now())


@regularly("23 21 * * *")
def forget_ended_sessions() -> None:
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
