"""What was told of her way is kept, also where one end of it is not known."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases.models import Leg

TOLD = {
    "gender": "FEMALE", "years": "24", "status": "SUSPECTED", "citizenship": "NP", "purposes": ["FORCED_LABOUR"], "origin": "",
    "via": "", "destination": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("way", "kept", "shown"),
    [
        ({"destination": "east"}, [(None, "NP", "east")], "NP → east"),
        ({"origin": "west"}, [("west", "IN", None)], "west → not known"),
        ({"via": "west", "destination": "east"}, [(None, "NP", "west"), ("west", "IN", "east")], "NP → west → east"),
        ({"origin": "west", "destination": "east"}, [("west", "IN", "east")], "west → east"),
        ({}, [], ""),
    ],
)
def test_it_is_kept_and_shown(signed_in, staff, way, kept, shown):
    client = signed_in(staff.worker)
    told = TOLD | {"opened_on": "2026-01-05", "place": str(staff.place.pk), "supervisor": str(staff.supervisor.pk)} | way
    case = client.post("/cases/new/", told)["Location"].split("/")[2]
    with acting(SYSTEM):
        legs = Leg.objects.select_related("origin", "destination").order_by("number")
        assert [(one.origin and one.origin.name, one.origin_country, one.destination and one.destination.name) for one in legs] == kept
    page = client.get(f"/cases/{case}/").content.decode()
    assert ("The way she was taken" in page) is bool(kept)
    assert shown in page
