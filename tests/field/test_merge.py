"""Two phones change the same family from the same version: each field by itself, and nothing is overwritten unseen."""

from uuid import uuid4

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.field import tasks
from aanchal.inbox.models import Submission
from aanchal.people.changes import value_after, value_before
from aanchal.people.models import Conflict, FieldChange, Household, Identity
from aanchal.people.queries import names_of, seal_of
from aanchal.risk import queries
from tests.factories import make_posting
from tests.field import phone
from tests.field.test_follow_up import NOW, sent, visit

pytestmark = pytest.mark.django_db
SITA, GITA = "Sita Devi", "Gita"


@pytest.fixture
def told(village):
    return phone.survey(village, hh={"ration_card": "PHH", "shg_member": "yes", "agent_approach": "no", "wage_advance": "no"})


@pytest.fixture
def family(send, told, kept):
    assert send("household_survey", told).status_code == 201
    return kept(Household.objects.all())[0]


@pytest.fixture
def second(enrol, village):
    """The token of another worker of the village."""
    with acting(SYSTEM):
        other = make_posting("gender_crp", village)
    return enrol(other)


@pytest.fixture
def asked(client, village, family):
    """A function that sends one visit which changes some answers of the first survey."""
    first = {"ration_card": "PHH", "food_short_months": "5", "shg_member": "yes", "wage_advance": "no", "agent_approach": "no"}

    def asked(token, *, base="1", trunk="", branch="", **now):
        answers = visit(village, family, now=NOW | first | now)
        answer = sent(client, token, answers, base=base, trunk=trunk, branch=branch)
        assert answer.status_code == 201, answer.content

    return asked


def facts(family) -> dict:
    with acting(SYSTEM):
        return queries.newest_facts(family)


def changed(kept) -> list[tuple]:
    rows = kept(FieldChange.objects.order_by("version", "field"))
    return [(row.field, row.before, row.after, row.state) for row in rows if row.field not in ("member_missing", "contact_lost")]


def test_a_first_survey_leaves_no_line_of_history(family, kept):
    assert kept(FieldChange.objects.all()) == []
    assert family.version == 1


def test_fields_changed_by_one_alone_are_applied(asked, token, second, family, kept):
    asked(token, food_short_months="9")
    asked(second, shg_member="no")
    now = facts(family)
    assert (now["food_short_months"], now["shg_member"]) == (9, False)
    assert ("food_short_months", 5, 9, "APPLIED") in changed(kept)
    assert ("shg_member", True, False, "APPLIED") in changed(kept)
    assert kept(Conflict.objects.all()) == []
    assert kept(Household.objects.all())[0].version == 3


def test_the_same_change_twice_is_one_change(asked, token, second, family, kept):
    asked(token, food_short_months="9")
    asked(second, food_short_months="9")
    [row] = kept(FieldChange.objects.filter(field="food_short_months"))
    assert len(row.told_again) == 1
    assert row.submission_id not in row.told_again
    assert facts(family)["food_short_months"] == 9


def test_what_truly_conflicts_stays_and_waits_for_a_person(asked, token, second, family, crp, kept):
    asked(token, food_short_months="9")
    asked(second, food_short_months="2")
    assert facts(family)["food_short_months"] == 9
    [conflict] = kept(Conflict.objects.select_related("stands", "other"))
    assert (conflict.field, conflict.state, conflict.stands.after, conflict.other.after) == ("food_short_months", "OPEN", 9, 2)
    assert conflict.stands.entered_by_id == crp.pk
    assert conflict.other.entered_by_id not in (crp.pk, None)
    assert conflict.other.state == "IN_CONFLICT"


def test_what_she_did_not_change_does_not_undo_what_another_did(asked, token, second, family, kept):
    asked(token, food_short_months="9")
    asked(second)
    assert facts(family)["food_short_months"] == 9
    assert [row[0] for row in changed(kept)] == ["food_short_months"]


def test_who_saw_the_change_may_change_it_again(asked, token, second, family, kept):
    asked(token, food_short_months="9")
    asked(second, food_short_months="2", base="2")
    assert facts(family)["food_short_months"] == 2
    assert kept(Conflict.objects.all()) == []


def test_her_own_visits_of_a_run_lie_over_the_version_it_began_from(asked, token, second, family, kept):
    branch = str(uuid4())
    asked(token, food_short_months="9", base="1", trunk="1", branch=branch)
    asked(second, food_short_months="9", shg_member="no")
    asked(token, food_short_months="2", base="2", trunk="1", branch=branch)
    now = facts(family)
    assert (now["food_short_months"], now["shg_member"]) == (2, False)
    assert kept(Conflict.objects.all()) == []


def test_a_phone_that_tells_no_version_changes_only_what_nobody_else_changed(asked, token, second, family, kept):
    asked(token, food_short_months="9")
    asked(second, food_short_months="2", shg_member="no", base="")
    now = facts(family)
    assert (now["food_short_months"], now["shg_member"]) == (9, False)
    assert len(kept(Conflict.objects.all())) == 1


def test_a_version_nobody_gave_counts_as_none_told(asked, token, second, family, kept):
    asked(token, food_short_months="9")
    asked(second, food_short_months="2", base="99")
    assert facts(family)["food_short_months"] == 9
    assert len(kept(Conflict.objects.all())) == 1


def test_each_change_and_conflict_is_once_on_the_trail_and_no_field_is_named_there(asked, token, second, family, kept):
    asked(token, food_short_months="9", agent_approach="yes")
    asked(second, food_short_months="2")
    lines = kept(Trail.objects.filter(verb="people.household.visited").order_by("at", "seq"))
    noted = [pk for line in lines for pk in line.detail["changes"]]
    assert sorted(noted) == sorted(str(row.pk) for row in kept(FieldChange.objects.all()))
    assert [pk for line in lines for pk in line.detail["conflicts"]] == [str(one.pk) for one in kept(Conflict.objects.all())]
    assert "food_short" not in str([line.detail for line in lines])


def survey_again(client, token, told, *, base="1", **changes):
    """The whole survey told again, with the version her phone held."""
    head, girl = told["member"]
    hh = told["hh"] | changes.get("hh", {})
    members = [head | changes.get("head", {}), girl | changes.get("girl", {})]
    again = told | {"hh": hh, "member": members, "place": told["place"] | changes.get("place", {})}
    about = f'<entity dataset="households" id="{hh["household_id"]}" update="true" baseVersion="{base}"/></meta>'
    answer = phone.post(client, token, phone.filled("household_survey", again).replace(b"</meta>", about.encode()))
    assert answer.status_code == 201, answer.content


def test_a_survey_told_again_merges_the_register_of_the_family_too(client, token, second, told, family, kept):
    survey_again(client, token, told, place={"hamlet": "Upper"}, head={"name": "Sita Kumari"})
    survey_again(client, second, told, girl={"school_status": "ENROLLED", "working": "no"}, head={"name": "Seeta Devi"})
    head, girl = (member["person_id"] for member in told["member"])
    with acting(SYSTEM):
        row = Household.objects.get()
        names = {str(pk): one.name for pk, one in names_of([head, girl]).items()}
        person = row.memberships.get(person=girl).person
    assert (row.hamlet, names[head], person.school_status) == ("Upper", "Sita Kumari", "ENROLLED")
    assert [one.field for one in kept(Conflict.objects.all())] == ["name"]


def test_a_name_in_the_history_is_sealed_under_the_persons_own_key(client, token, told, family, kept):
    survey_again(client, token, told, head={"name": "Sita Kumari"})
    [row] = kept(FieldChange.objects.filter(field="name"))
    assert (row.before, row.after) == (None, None)
    assert b"Kumari" not in bytes(row.sealed_after)
    with acting(SYSTEM):
        seal = seal_of(Identity.objects.get(person=row.person_id))
    assert (value_before(row, seal), value_after(row, seal)) == (SITA, "Sita Kumari")


def test_who_left_and_who_was_told_of_otherwise_meanwhile(client, token, second, told, family, kept):
    """One phone says that the girl has left, the other that she is a niece: a person decides."""
    head, girl = told["member"]
    alone = told | {"member": [head], "member_count": "1"}
    about = f'<entity dataset="households" id="{told["hh"]["household_id"]}" update="true" baseVersion="1"/></meta>'
    assert phone.post(client, token, phone.filled("household_survey", alone).replace(b"</meta>", about.encode())).status_code == 201
    survey_again(client, second, told, girl={"relation": "NIECE_NEPHEW"})
    [conflict] = kept(Conflict.objects.select_related("other").filter(field="relation"))
    assert (str(conflict.person_id), conflict.other.after) == (girl["person_id"], "NIECE_NEPHEW")


def test_another_worker_reads_no_change_of_it(asked, token, second, stranger, family):
    asked(token, food_short_months="9")
    asked(second, food_short_months="2")
    with acting(stranger):
        assert not FieldChange.objects.exists()
        assert not Conflict.objects.exists()
        assert FieldChange.objects.update(state="SET_ASIDE") == 0


def test_a_leader_who_may_not_know_the_reasons_reads_none(asked, token, family, village):
    asked(token, food_short_months="9")
    with acting(SYSTEM):
        leader = make_posting("vo_leader", village)
    with acting(leader):
        assert Household.objects.exists()
        assert not FieldChange.objects.exists()


def test_a_survey_of_a_run_that_comes_too_early_waits_and_is_applied_in_its_order(client, token, asked, told, family, kept):
    branch = str(uuid4())
    again = told | {"place": told["place"] | {"hamlet": "Upper"}}
    numbers = f'baseVersion="2" trunkVersion="1" branchId="{branch}"'
    about = f'<entity dataset="households" id="{family.pk}" update="true" {numbers}/></meta>'
    answer = phone.post(client, token, phone.filled("household_survey", again).replace(b"</meta>", about.encode()))
    assert answer.status_code == 201
    assert [one["kind"] for one in kept(Submission.objects.filter(status="FLAGGED"))[0].faults] == ["OUT_OF_ORDER"]
    asked(token, base="1", trunk="1", branch=branch)
    with acting(SYSTEM):
        assert tasks.release_in_order(at=timezone.now()) == 1
    [row] = kept(Household.objects.all())
    assert (row.hamlet, row.version) == ("Upper", 3)
    assert kept(Conflict.objects.all()) == []
