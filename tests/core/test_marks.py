"""Risk is shown by shape as well as colour, and what is not known is never shown as safe."""

from datetime import UTC, date, datetime

from django.template import engines

from aanchal.core.marks import BANDS, SHAPES, shape_of


def drawn(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load aanchal %}" + source).render(context)


def test_it_has_a_shape_of_its_own_for_every_band() -> None:
    assert len({shape_of(band) for band in (*BANDS, "URGENT")}) == 6
    assert set(SHAPES) == {*BANDS, "URGENT"}


def test_it_draws_a_band_it_does_not_know_as_unknown() -> None:
    assert shape_of("SEVERELY") == SHAPES["UNKNOWN"]
    assert 'class="mark UNKNOWN"' in drawn("{% mark band %}", band='"><script>')


def test_it_hides_a_mark_that_stands_beside_its_word() -> None:
    assert 'aria-hidden="true"' in drawn('{% pill "SEVERE" "Severe risk" %}')


def test_it_names_a_mark_that_stands_alone() -> None:
    alone = drawn('{% mark "AT_RISK" label %}', label="<At risk>")
    assert 'role="img" aria-label="&lt;At risk&gt;"' in alone
    assert "aria-hidden" not in alone


def test_it_writes_numbers_shares_and_days_for_a_reader() -> None:
    assert drawn("{{ n|number }} {{ s|share:1 }} {{ d|day }}", n=123456, s=0.125, d=date(2025, 9, 4)) == "1,23,456 12.5% 4 Sep 2025"


def test_it_writes_a_dash_where_nothing_is_known() -> None:
    assert drawn("{{ n|number }}{{ n|share }}{{ n|day }}{{ n|moment }}", n=None) == "––––"


def test_it_shows_moments_in_indian_time() -> None:
    assert drawn("{{ at|moment }} {{ at|day }}", at=datetime(2025, 9, 14, 20, 0, tzinfo=UTC)) == "15 Sep 2025, 01:30 15 Sep 2025"
