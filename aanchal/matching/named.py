"""Someone who was found by her name, as a page lists her: her family and her lines, as far as the reader may see them."""

from django.urls import reverse

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.matching.actions import Named
from aanchal.people.queries import household_of
from aanchal.registers.models import Entry

MOST_LINES = 30


def row(user, named: Named) -> dict:
    household = household_of(named.person)
    lines = policy.visible(user, Permission.ENTRY_READ, Entry.objects.filter(person__in=named.person.records, stands=True))
    url = reverse("family", args=[household.pk]) if household else ""
    return {"named": named, "place": named.person.place, "household": household, "household_url": url, "lines": list(lines[:MOST_LINES])}
