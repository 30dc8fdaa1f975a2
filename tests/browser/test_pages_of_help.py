"""Every page of plans, entitlements, schemes and funds."""

import pytest

from tests.browser.pages import Kind, in_each_view, wrong_on

pytestmark = pytest.mark.browser
KINDS = (
    Kind("plan", "crp", "/entitlements/plan/{family}/"),
    Kind("plan-scheme", "crp", "/entitlements/plan/{family}/scheme/{lacked}/"),
    Kind("plan-ask", "crp", "/entitlements/plan/{family}/ask/"),
    Kind("insurance", "crp", "/entitlements/{insured}/"),
    Kind("norms", "vo_leader", "/funds/norms/"),
    Kind("norm", "state_expert", "/funds/norms/RISK_MITIGATION/"),
    Kind("plan-leader", "vo_leader", "/entitlements/plan/{family}/"),
    Kind("entitlements", "block_officer", "/entitlements/?place={village}"),
    Kind("entitlements-late", "vo_leader", "/entitlements/?place={village}&show=LATE"),
    Kind("entitlement", "crp", "/entitlements/{entitlement}/"),
    Kind("entitlement-deliver", "crp", "/entitlements/{entitlement}/?to=DELIVERED"),
    Kind("entitlement-refused", "crp", "/entitlements/{refused_pension}/"),
    Kind("camp", "block_officer", "/entitlements/camp/?place={village}&scheme=PMJDY"),
    Kind("camp-found", "block_officer", "/entitlements/camp/?place={village}&scheme=IGNOAPS"),
    Kind("cohort", "block_officer", "/entitlements/counts/?place={block}"),
    Kind("cohort-state", "state_expert", "/entitlements/counts/?place={state}"),
    Kind("schemes", "crp", "/schemes/"),
    Kind("scheme", "state_expert", "/schemes/IGNWPS/"),
    Kind("scheme-edit", "state_expert", "/schemes/IGNWPS/edit/"),
    Kind("funds", "vo_leader", "/funds/?place={village}"),
    Kind("cbos", "block_officer", "/funds/organisations/?place={village}"),
    Kind("cbo-enter", "block_officer", "/funds/organisations/enter/?place={village}"),
    Kind("cbo", "block_officer", "/funds/organisations/{cbo}/"),
    Kind("fund", "vo_leader", "/funds/{fund}/"),
    Kind("loan", "vo_leader", "/funds/loans/{loan}/"),
    Kind("loan-repay", "vo_leader", "/funds/loans/{loan}/?what=repay"),
    Kind("reverse", "vo_leader", "/funds/bookings/{booking}/reverse/"),
    Kind("groups-import", "block_officer", "/funds/groups/?place={village}"),
)


@in_each_view
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_readable_by_everyone_and_light(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []
