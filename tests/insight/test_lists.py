"""Behind every number stands a list of that many rows, for who may open it; for others the page says why."""

import pytest
from django.utils import timezone

from aanchal.access.acting import acting
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.access.roles import ROLES
from aanchal.insight import listing, reading, rules, words
from aanchal.insight.measures import MEASURES
from tests.insight.builders import computed
from tests.trust.world import make_world, signed_in

THIS_MONTH = rules.month_of(day_in_india(timezone.now()))
LAST_MONTH = rules.month_after(THIS_MONTH, -1)
NOT_IN_THIS_WORLD: set[str] = set()


@pytest.fixture(scope="module")
def world(own_database_of_module):
    """A village, its block, district and State where nearly every list has rows; both months counted."""
    from aanchal.places.queries import forget_villages

    forget_villages()
    made = make_world()
    for month in (LAST_MONTH, THIS_MONTH):
        computed(month, timezone.now())
    return made


@pytest.fixture(scope="module")
def places(world):
    return [world.here.block, world.here.district, world.here.state, world.here.nation]


@pytest.fixture(scope="module")
def users(world):
    """Of each role one in the State and one in the whole nation: whatever opens at all opens for one of them."""
    above = (world.here.state, world.here.nation)
    return [world.post(role, place) for role, held in ROLES.items() if Permission.COUNT_READ in held.permissions for place in above]


def numbers(user, place, month):
    """(code, which measure, number, address) of every number on the page of a place."""
    with acting(user):
        for section in reading.sections(user, place, month):
            for row in section.rows:
                one, figure = row.definition, row.figure
                if figure is not None:
                    yield one.code, one.numerator, figure.numerator, row.url
                    yield one.code, one.denominator, figure.denominator, row.of_url


def rows_behind(client, address) -> int | None:
    """None where the page says why it shows none."""
    page = client.get(address)
    assert page.status_code == 200, address
    if page.context.get("why"):
        assert str(page.context["why"]) in {str(said) for said in words.SHUT.values()}
        assert "page" not in page.context
        return None
    return page.context["total"] if "total" in page.context else page.context["page"].paginator.count


def test_every_number_opens_a_list_of_that_many_rows(world, places, users):
    """The one invariant, over all numbers of all places that anybody sees; each list is asked for once, by the first who may open it."""
    opened = set()
    for user in users:
        client = signed_in(user)
        for place in places:
            for month in (LAST_MONTH, THIS_MONTH):
                for code, measure, number, address in numbers(user, place, month):
                    if address and (measure, place, month) not in opened and may_open(user, measure, place, month):
                        assert rows_behind(client, address) == number, (code, measure, place.level, month)
                        opened.add((measure, place, month))
    never = {key for key, one in MEASURES.items() if (one.lines or one.opens)} - {measure for measure, *_ in opened}
    assert never <= NOT_IN_THIS_WORLD


def may_open(user, measure, place, month) -> bool:
    held = MEASURES[measure]
    return listing.is_elsewhere(user, held.opens, place, month) or not listing.why_shut(user, held, place, month)
