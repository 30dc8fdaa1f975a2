"""Every hour each notice is looked at: what is over goes, and what other records forbid meanwhile."""

from django.utils import timezone

from aanchal.access.jobs import regularly
from aanchal.posters import actions


@regularly("25 * * * *")
def look_at_all() -> None:
    actions.look_at_all(at=timezone.now())
