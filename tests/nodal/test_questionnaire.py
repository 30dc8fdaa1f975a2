"""The questionnaire of the United Nations: filled from what was accepted, small counts left out, for who reads all States."""

import csv
import io

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.insight.measures import MEASURES
from aanchal.nodal import questionnaire
from tests.nodal.builders import FIGURES, JULY, NOW, act, locked

PATH = f"/nodal/questionnaire/?year={JULY.year}"


@pytest.fixture
def accepted(call, india, cast):
    return locked(call, india["state"], cast)


def told():
    with acting(SYSTEM):
        return {row.head: row.value for row in questionnaire.of(JULY.year).rows if row.asked in ("VICTIMS", "OFFENCES", "PERSONS")}


def test_it_sums_what_was_accepted_and_leaves_out_what_is_small_and_one_beside_it(accepted):
    """Of the parts of the victims three are from 1 to 10; of the persons each stands alone."""
    found = told()
    assert {head for head, n in found.items() if n} == {
        "cases_total", "persons_arrested", "persons_chargesheeted", "victims_girls", "victims_women", "victims_total",
    }  # fmt: skip
    assert (found["victims_total"], found["victims_other_children"], found["persons_convicted"]) == (35, 0, None)


def test_what_waits_and_what_was_told_for_another_year_is_not_in_it(draft, cast):
    act("submit", draft, cast["mis"])
    with acting(SYSTEM):
        assert (questionnaire.of(JULY.year).told, questionnaire.years()) == (0, [])


def test_the_second_smallest_hides_beside_one_that_is_small(call, india, cast):
    figures = FIGURES | {"victims_boys": 14, "victims_men": 0, "victims_other_adults": 0, "victims_women": 5, "victims_girls": 16}
    locked(call, india["state"], cast, figures)
    found = told()
    assert (found["victims_women"], found["victims_boys"], found["victims_girls"], found["victims_total"]) == (None, None, 16, 35)


def test_its_file_says_why_a_figure_is_missing(accepted, cast, signed_in):
    answer = signed_in(cast["cell"]).get(f"{PATH}&format=csv")
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}
    assert [rows["victims_total"][name] for name in ("Year", "Figure", "States that told")] == ["2026", "35", "1"]
    assert rows["persons_convicted"]["Figure"] == "not told: small, or beside a small one"
    assert signed_in(cast["cell"]).get(f"{PATH}&format=xlsx").content.startswith(b"PK")
    assert signed_in(cast["cell"]).get(f"{PATH}&format=exe").status_code == 404


def test_the_nation_reads_it_and_no_state(accepted, cast, signed_in):
    page = signed_in(cast["cell"]).get(PATH)
    assert "2026: 1 State or UT told (accepted returns of months: 1)." in page.content.decode()
    assert "Leave these questions of the questionnaire empty" in page.content.decode()
    assert "/nodal/questionnaire/" in signed_in(cast["cell"]).get("/nodal/returns/").content.decode()
    assert signed_in(cast["cell"]).get("/nodal/questionnaire/?year=1999").status_code == 404
    assert signed_in(cast["mis"]).get(PATH).status_code == 404
    assert "/nodal/questionnaire/" not in signed_in(cast["mis"]).get("/nodal/returns/").content.decode()


def test_its_indicator_counts_the_figures_of_the_page_in_the_year_after(accepted, cast, signed_in):
    with acting(SYSTEM):
        after = NOW.replace(year=NOW.year + 1).date()
        [tally] = MEASURES["returned_answers"].tallies(after.replace(day=1), after)
    assert tally.n == signed_in(cast["cell"]).get(PATH).context["total"] > 10


def test_a_year_without_returns_says_what_is_awaited(call, cast, signed_in):
    assert "No accepted return of this year" in signed_in(cast["cell"]).get("/nodal/questionnaire/").content.decode()
