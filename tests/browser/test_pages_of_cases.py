"""Every page of survivors' cases."""

import pytest

from tests.browser.pages import Kind, in_each_view, wrong_on

pytestmark = pytest.mark.browser
KINDS = (
    Kind("home-case-worker", "case_worker", "/"),
    Kind("cases", "case_worker", "/cases/"),
    # one form for each row that can end, so that ending takes one tap: over the budget of shared ui.md, and known
    Kind("case", "case_worker", "/cases/{case}/", nodes=2_000),
    Kind("case-to-close", "case_supervisor", "/cases/{closing_case}/", nodes=2_000),
    Kind("case-new", "case_worker", "/cases/new/", nodes=2_500),
    Kind("case-correct", "case_worker", "/cases/{case}/write/facts/", nodes=2_000),
    Kind("case-consent", "case_worker", "/cases/{child_case}/write/consent/"),
    Kind("case-refer", "case_worker", "/cases/{case}/write/referral/"),
    Kind("case-paper", "case_worker", "/cases/{case}/paper/"),
    Kind("case-search", "case_worker", "/cases/search/"),
    Kind("case-import", "case_worker", "/cases/import/"),
    Kind("case-referral", "cwc_member", "/cases/referrals/{referral}/"),
    Kind("case-emergency", "case_supervisor", "/cases/emergency/"),
    Kind("case-reviews", "case_supervisor", "/cases/emergency/reviews/"),
    Kind("case-counts", "case_supervisor", "/cases/counts/"),
)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []
