"""A family that took its consent back stands on the board of the office, and in no file."""

from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.people import actions as people
from aanchal.people.models import Consent
from tests.benefits.builders import ago, applied, family
from tests.factories import NOON


def test_it_stands_on_the_board_and_not_in_its_file(village, officer, signed_in):
    gone, stays = (applied(family(village), on=ago(50)) for _ in range(2))
    with acting(SYSTEM):
        consent = Consent.objects.get(household=gone.household)
        people.withdraw_consent(consent=consent, on=consent.given_on, at=NOON, by=SYSTEM)
    client, here = signed_in(officer), f"?place={village.pk}"
    file = client.post(reverse("entitlements-export") + here).content.decode()
    assert [one.household.shown_code in file for one in (gone, stays)] == [False, True]
    assert gone.household.shown_code in client.get(reverse("entitlements") + here).content.decode()
