"""Who does not belong there: the Gender CRP next door with the addresses of this village, and who is not signed in."""

import pytest

pytestmark = pytest.mark.browser


def addresses(ids):
    village, flagged = ids["village"], ids["flagged"]["REQUIRED"][-1]
    return [
        f"/places/{village}/", f"/places/{village}/map/", f"/places/{village}/print/", f"/families/{ids['family']}/",
        f"/families/?place={village}", f"/families/register/?place={village}", f"/families/measures/?place={village}",
        f"/registers/?place={village}", f"/registers/migration/?place={village}", f"/registers/migration/print/?place={village}",
        f"/registers/migration/export/?place={village}&format=xlsx", f"/registers/line/{ids['entry']}/",
        f"/registers/line/{ids['entry']}/correct/", f"/villages/{village}/situation/", f"/villages/{village}/points/",
        f"/villages/{village}/roadmap/", f"/villages/{village}/demands/", f"/villages/{village}/roadmap/{ids['action']}/",
        f"/review/{flagged}/", f"/trail/?record={ids['family']}",
    ]  # fmt: skip


def test_it_answers_the_neighbour_as_if_nothing_were_there(arrive, site):
    neighbour = arrive("neighbour")
    neighbour.open(f"/families/{site.ids['family_next_door']}/")
    for address in addresses(site.ids):
        neighbour.open(address, expected=404)
        assert site.ids["code_of_family"] not in neighbour.page.content()
    neighbour.open(f"/search/?q={site.ids['code_of_family']}")
    assert "Nothing found" in neighbour.text()


def test_it_asks_who_is_not_signed_in_to_sign_in(arrive, site):
    nobody = arrive()
    for address in ("/", *addresses(site.ids)):
        nobody.open(address)
        assert "/accounts/login/" in nobody.page.url
