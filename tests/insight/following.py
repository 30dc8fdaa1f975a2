"""Following the numbers of a page to the lists behind them."""

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.roles import ROLES
from aanchal.insight import listing, reading, words
from aanchal.insight.measures import MEASURES
from tests.factories import make_posting, make_user
from tests.trust.world import signed_in


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
    if kinds := page.context.get("kinds"):
        assert sum(n for _, n in kinds) == page.context["total"], address
    return page.context["total"] if "total" in page.context else page.context["page"].paginator.count


def sees_all(nation):
    """Posted to everything in the whole nation: whatever opens at all opens for her."""
    with acting(SYSTEM):
        user = make_user()
        for role, held in ROLES.items():
            if not held.is_program:
                make_posting(role, nation, user=user)
    return user


def rows_of_all(user, places, months) -> set[str]:
    """Follow each number of these pages; the measures whose list opened, each with as many rows as the number says."""
    client, opened = signed_in(user), set()
    for place in places:
        for month in months:
            for code, measure, number, address in numbers(user, place, month):
                if address and may_open(user, measure, place, month):
                    assert rows_behind(client, address) == number, (code, measure, place.level, month)
                    opened.add(measure)
    return opened


def may_open(user, measure, place, month) -> bool:
    held = MEASURES[measure]
    return listing.is_elsewhere(user, held.opens, place, month) or not listing.why_shut(user, held, place, month)
