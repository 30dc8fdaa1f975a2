"""Where a person may go stands in one row on a desk; what finds no room is under More."""

import pytest

from aanchal.portal.navigation import ICON, MORE, WIDEST, navigation


def widths(items) -> int:
    return sum(len(one["label"]) + ICON for one in items)


POSTS = {"gender_crp": "east village 1", "block_officer": "east block", "state_expert": "state", "national_analyst": "nation"}


@pytest.mark.parametrize(("role", "place"), POSTS.items())
def test_the_bar_holds_as_many_as_fit_beside_more(posted, role, place):
    items = navigation(posted(role, place), "/")
    shown = [one for one in items if not one["is_beyond"]]
    assert items[: len(shown)] == shown
    assert len(shown) >= 3
    assert widths(shown) + (MORE if len(shown) < len(items) else 0) <= WIDEST
    if len(shown) < len(items):
        assert widths(items[: len(shown) + 1]) + MORE > WIDEST or len(items) == len(shown) + 1


def test_who_holds_nothing_goes_home(db):
    from tests.factories import make_user

    assert [one["url"] for one in navigation(make_user(), "/")] == ["/"]
