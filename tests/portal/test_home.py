"""The first page of each role."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_user
from tests.portal import builders
from tests.portal.builders import AT_RISK, MISSING, NAME, PRIVATE, SEVERE, family, waiting

POSTS = {
    "gender_crp": "east village 1",
    "vo_leader": "east village 1",
    "clf_leader": "east block",
    "paralegal": "east village 1",
    "block_officer": "east block",
    "district_manager": "east",
    "state_expert": "state",
    "national_analyst": "nation",
    "administrator": "state",
    "counsellor": "east",
    "counselling_supervisor": "east",
}
MAY_SEE_CODES = {"gender_crp"}


@pytest.fixture
def families(village, india):
    builders.meeting(village)
    builders.roadmap(village)
    return [family(village, SEVERE), family(village, AT_RISK), family(village, MISSING), *builders.families(village, {}, 12)]


@pytest.mark.parametrize(("role", "place"), POSTS.items())
def test_it_opens_with_no_name_and_few_questions_and_codes_only_for_who_visits(families, posted, signed_in, role, place, officer):
    for _ in range(3):
        waiting(families[0].household.place, officer)
    client = signed_in(posted(role, place))
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert NAME not in page
    assert any(one.household.shown_code in page for one in families) is (role in MAY_SEE_CODES)
    assert len(asked) <= 27, "\n".join(query["sql"][:140] for query in asked)


def test_it_shows_each_posting_of_a_person_who_holds_several(families, posted, signed_in, india):
    user = posted("gender_crp", "east village 1")
    posted("administrator", "state", user=user)
    page = signed_in(user).get("/").content.decode()
    assert "Visit first" in page
    assert "People who work" in page


def test_it_says_what_to_do_to_who_holds_nothing(signed_in, india):
    assert "You hold no posting today" in signed_in(make_user()).get("/").content.decode()


def test_it_asks_a_visitor_to_sign_in(client, india):
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


class TestGenderCrp:
    def test_it_names_the_three_families_to_visit_first_and_why(self, families, signed_in, crp):
        page = signed_in(crp).get("/").content.decode()
        missing, severe, at_risk = families[2], families[0], families[1]
        assert page.index(missing.household.shown_code) < page.index(severe.household.shown_code) < page.index(at_risk.household.shown_code)
        assert "A member of the family is missing." in page

    def test_it_says_why_in_her_language(self, families, signed_in, crp):
        client = signed_in(crp)
        client.cookies["django_language"] = "hi"
        assert "परिवार का एक सदस्य लापता है।" in client.get("/").content.decode()

    def test_it_puts_first_but_does_not_write_out_what_was_told_in_private(self, village, signed_in, crp):
        severe, told = family(village, SEVERE), family(village, PRIVATE | AT_RISK)
        page = signed_in(crp).get("/").content.decode()
        assert page.index(told.household.shown_code) < page.index(severe.household.shown_code)
        assert "home is not safe" not in page

    def test_it_shows_what_came_back_to_her_and_what_waits(self, village, signed_in, crp, officer):
        waiting(village, crp, status="RETURNED", note="Please ask the age again.", form="missing_entry")
        waiting(village, crp, form="marriage_entry")
        waiting(village, officer, form="migration_entry")
        page = signed_in(crp).get("/").content.decode()
        assert "Please ask the age again." in page
        assert "Missing person report" in page
        assert "Marriage entry" in page
        assert "Migration entry" not in page


class TestLeader:
    def test_it_shows_no_reason(self, families, signed_in, posted):
        page = signed_in(posted("vo_leader", "east village 1")).get("/").content.decode()
        assert "A member of the family is missing." not in page

    def test_it_counts_only_what_is_openly_urgent(self, village, signed_in, posted):
        family(village, PRIVATE)
        section = signed_in(posted("vo_leader", "east village 1")).get("/").context["sections"][0]
        assert {figure.key: figure.value for figure in section.told["at_risk"]} == {"at_risk": 0, "severe": 0, "urgent": 0}


class TestBlockOfficer:
    def test_it_puts_the_longest_waiting_first(self, village, signed_in, officer, crp):
        now = timezone.now()
        waiting(village, crp, form="marriage_entry", at=now)
        waiting(village, crp, form="missing_entry", at=now - timedelta(days=8))
        queue = signed_in(officer).get("/").context["sections"][0].told["queue"]
        assert [(one.title, one.days, one.is_late) for one in queue] == [("Missing person report", 8, True), ("Marriage entry", 0, False)]

    def test_it_lists_the_villages_of_the_block_and_no_other(self, families, signed_in, officer, india):
        table = signed_in(officer).get("/").context["sections"][0].told["table"]
        assert [row.place.name for row in table.rows] == ["east village 1"]
        assert [row.place.name for row in table.without_families] == ["east village 2"]
