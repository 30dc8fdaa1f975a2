"""From the application to the proof: each step, what it refuses, and what it does to the family's index."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import actions, plan, queries
from aanchal.benefits.models import Entitlement, Proposed, Service, Step
from aanchal.benefits.rules import NotPossible, Refused
from aanchal.config import flow
from aanchal.core import facts
from aanchal.people.models import Household
from aanchal.risk import queries as risk
from aanchal.risk.models import Assessment, Survey
from tests.benefits.builders import ago, applied, family, moved, now, persons, today
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _flow():
    facts.connect(flow.FLOW)


def current(household) -> Assessment:
    with acting(SYSTEM):
        return Assessment.objects.select_related("grounds").get(household=household, is_current=True)


def refused(code):
    return pytest.raises(Refused, match=code)


def test_it_counts_the_days_allowed_from_the_application(village, crp):
    one = applied(family(village), on=ago(3), by=crp)
    assert (one.state, one.due_on - one.applied_on) == ("APPLIED", timedelta(days=30))
    assert one.scheme_id.startswith("NFSA_PHH-")


def test_it_refuses_a_second_application_beside_one_that_stands(village, crp):
    household = family(village)
    one = applied(household, by=crp)
    for state in ("SANCTIONED", "COMPLAINED"):
        with refused("applied_already"):
            applied(household, by=crp)
        one = moved(one, state, by=crp)
    with refused("applied_already"):
        applied(household, by=crp)


def test_it_refuses_what_came_already(village, crp):
    household = family(village)
    moved(applied(household, by=crp), "DELIVERED", by=crp)
    with refused("delivered_already"):
        applied(household, by=crp)
    with refused("delivered_already"), acting(crp):
        actions.had_before(household=household, person=None, code="NFSA_PHH", on=today(), at=now(), by=crp)


def test_it_cannot_be_delivered_twice(village, crp):
    one = moved(applied(family(village), by=crp), "DELIVERED", by=crp)
    with pytest.raises(NotPossible):
        moved(one, "DELIVERED", by=crp)
    with acting(SYSTEM):
        assert Service.objects.filter(entitlement=one).count() == 1


def test_the_database_holds_it_too(village):
    one = applied(family(village))
    twin = Entitlement(
        household=one.household, place=village, place_no=village.place_no, scheme=one.scheme, code=one.code, applied_on=today(),
        due_on=today(), moved_on=today(), recorded_at=now(),
    )  # fmt: skip
    with acting(SYSTEM), pytest.raises(IntegrityError, match="entitlement_once"), transaction.atomic():
        twin.save(force_insert=True)


def test_an_answer_that_help_changed_is_read_by_the_index_at_once(village, crp):
    household = family(village, {"food_short_months": 0})
    before = current(household)
    assert "L2" in before.grounds.deprived
    moved(applied(household, by=crp), "DELIVERED", by=crp)
    after = current(household)
    assert "L2" not in after.grounds.deprived
    assert after.points == before.points - 4
    with acting(SYSTEM):
        assert Survey.objects.filter(household=household).order_by("-pk").first().facts["ration_card"] is True


def test_what_the_plan_foretells_is_what_the_delivery_does(village, crp):
    household = family(village, {"food_short_months": 0, "shg_member": False})
    with acting(crp):
        index, schemes = risk.definition_in_force("HOUSEHOLD", today(), household), queries.schemes_in_force(today(), household)
        found = plan.proposals(queries.family(household, today()), schemes, index)
    changing = [one for one in found if one.effect and one.effect.answers]
    assert {one.scheme.code for one in changing} >= {"NFSA_PHH", "MGNREGS"}
    for one in changing:
        with transaction.atomic():
            moved(applied(household, one.scheme.code, person=one.person, by=crp), "DELIVERED", by=crp)
            after = current(household)
            assert (after.points, after.band) == (one.effect.after.points, one.effect.after.band), one.scheme.code
            transaction.set_rollback(True)


def test_a_delivery_that_changes_no_answer_still_has_the_family_assessed(village, crp):
    household = family(village)
    before = current(household)
    [old] = persons(household)
    moved(applied(household, "IGNOAPS", person=old, by=crp), "DELIVERED", by=crp)
    assert current(household).pk != before.pk


def test_a_refusal_has_the_family_assessed_and_can_be_appealed(village, crp):
    household = family(village)
    before = current(household)
    one = moved(applied(household, by=crp, on=ago(40)), "REFUSED", on=ago(10), by=crp)
    assert current(household).pk != before.pk
    one = moved(one, "APPEALED", on=ago(5), by=crp)
    assert one.due_on == ago(5) + timedelta(days=30)
    assert moved(one, "DELIVERED", by=crp).state == "DELIVERED"


def test_refused_it_may_be_applied_for_again(village, crp):
    household = family(village)
    moved(applied(household, by=crp), "REFUSED", by=crp)
    assert applied(household, by=crp).state == "APPLIED"


def test_the_work_of_one_year_is_what_was_given(village, crp):
    household = family(village, {"shg_member": False})
    moved(applied(household, "MGNREGS", by=crp), "DELIVERED", by=crp, days_worked=37)
    with acting(SYSTEM):
        assert Survey.objects.filter(household=household).order_by("-pk").first().facts["mgnregs_days"] == 37


def test_one_girl_back_at_school_does_not_answer_for_her_sister(village, crp):
    girls = [member(name=f"Gita {n}", years=years, school_status="DROPPED_OUT", relation="DAUGHTER") for n, years in enumerate((11, 13))]
    household = family(village, {"girl_out_of_school": True}, members=(member(name="Maya", years=35), *girls))
    younger, older = [one for one in persons(household) if one.years != 35]
    moved(applied(household, "KGBV", person=younger, by=crp), "DELIVERED", by=crp)
    assert "G1" in current(household).grounds.deprived
    moved(applied(household, "KGBV", person=older, by=crp), "DELIVERED", by=crp)
    assert "G1" not in current(household).grounds.deprived


def test_what_ran_out_is_applied_for_again_and_the_earlier_one_lapses(village, crp):
    household = family(village)
    first = moved(applied(household, "MGNREGS", by=crp, on=ago(500)), "DELIVERED", on=ago(400), by=crp)
    second = applied(household, "MGNREGS", by=crp)
    with acting(SYSTEM):
        assert Entitlement.objects.get(pk=first.pk).state == "LAPSED"
        assert moved(second, "DELIVERED").state == "DELIVERED"


@pytest.mark.parametrize(
    ("to", "said", "fault"),
    [
        ("REFUSED", {"reason": ""}, "reason: reason_wanted"),
        ("REFUSED", {"reason": "BECAUSE"}, "reason: reason_wanted"),
        ("DELIVERED", {"proof": ""}, "proof: proof_wanted"),
        ("WITHDRAWN", {"note": " "}, "note: note_wanted"),
        ("WITHDRAWN", {"note": "Call 98123 45678"}, "note: personal_number"),
        ("SANCTIONED", {"on": today() + timedelta(days=1)}, "on: in_the_future"),
        ("SANCTIONED", {"on": ago(20)}, "on: before_the_last_step"),
        ("SANCTIONED", {"amount_paise": -1}, "amount_paise: out_of_range"),
        ("DELIVERED", {"days_worked": 400}, "days_worked: out_of_range"),
        ("COMPLAINED", {}, "to: not_late_yet"),
    ],
)
def test_each_step_says_what_it_wants(village, crp, to, said, fault):
    one = applied(family(village), by=crp, on=ago(10))
    with refused(fault):
        moved(one, to, by=crp, **said)
    with acting(SYSTEM):
        assert Entitlement.objects.get(pk=one.pk).state == "APPLIED"


def test_a_grievance_is_raised_when_the_days_are_over(village, crp):
    one = applied(family(village), by=crp, on=ago(31))
    assert moved(one, "COMPLAINED", by=crp).state == "COMPLAINED"


def test_it_refuses_who_is_plainly_not_eligible(village, crp):
    household = family(village, members=(member(name="Maya", years=30),))
    [young] = persons(household)
    with refused("not_eligible"):
        applied(household, "IGNOAPS", person=young, by=crp)


def test_it_refuses_the_wrong_unit_and_somebody_of_another_family(village, crp):
    household, other = family(village), family(village)
    with refused("not_this_unit"):
        applied(household, "IGNOAPS", by=crp)
    with refused("not_this_unit"):
        applied(household, "NFSA_PHH", person=persons(household)[0], by=crp)
    with refused("not_of_the_family"):
        applied(household, "IGNOAPS", person=persons(other)[0], by=crp)


def test_it_refuses_a_day_to_come_and_a_scheme_nobody_knows(village, crp):
    household = family(village)
    with refused("in_the_future"):
        applied(household, by=crp, on=today() + timedelta(days=1))
    with refused("no_such_scheme"):
        applied(household, "GOLD", by=crp)


def test_at_a_camp_who_cannot_is_named_and_the_others_are_applied_for(village, officer):
    households = [family(village) for _ in range(3)]
    applied(households[1])
    with acting(officer):
        done, left = actions.apply_at_camp(
            wanted=[(one, None) for one in households], code="NFSA_PHH", camp="School, 5 March", on=today(), at=now(), by=officer
        )
    assert [one.household for one in done] == [households[0], households[2]]
    assert left == [(households[1], "applied_already")]
    assert {one.camp for one in done} == {"School, 5 March"}


def test_what_a_family_answers_is_kept_and_decides_more(village, crp):
    household = family(village)
    with acting(crp):
        assert "JJM" in Proposed.objects.get(household=told(household, {"tap_water": False}, crp)).lacking
        assert "JJM" not in Proposed.objects.get(household=told(household, {"tap_water": True}, crp)).lacking
        assert queries.told_by(household, None) == {"tap_water": True}


def told(household, answers, by):
    actions.tell(household=household, person=None, answers=answers, on=today(), at=now(), by=by)
    return household


def test_it_takes_no_answer_to_what_a_survey_asks_or_nobody(village, crp):
    household = family(village)
    for key in ("ration_card", "owns_tractor", "disabled"):
        with acting(crp), refused("unknown_question"):
            told(household, {key: True}, crp)


def test_what_it_had_before_is_a_line_of_the_ledger(village, crp):
    household = family(village)
    with acting(crp):
        line = actions.had_before(household=household, person=None, code="NFSA_PHH", on=today(), at=now(), by=crp)
    assert (line.source, line.value_paise) == ("TOLD", None)
    with acting(SYSTEM):
        assert Survey.objects.filter(household=household).order_by("-pk").first().facts["ration_card"] is True


def test_the_ledger_and_the_history_cannot_be_changed(village):
    one = moved(applied(family(village)), "DELIVERED")
    for model in (Service, Step):
        with acting(SYSTEM), pytest.raises(Exception, match="permission denied|never changed"), transaction.atomic():
            model.objects.filter(entitlement=one).delete()


def test_no_step_is_taken_twice_by_two_people(village, crp, officer):
    one = applied(family(village))
    stale = Entitlement(**{field.attname: getattr(one, field.attname) for field in Entitlement._meta.concrete_fields})
    moved(one, "REFUSED", by=crp)
    with pytest.raises(NotPossible):
        moved(stale, "SANCTIONED", by=officer)


# The stranger


def test_next_door_sees_and_changes_nothing(village, stranger):
    household = family(village)
    one = moved(applied(household), "DELIVERED")
    with acting(stranger):
        for table in ("entitlement", "step", "service", "proposed", "told"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM benefits_{table}")
                assert cursor.fetchone() == (0,), table
    with pytest.raises(NotPossible):
        moved(one, "LAPSED", by=stranger)
    with acting(stranger):
        assert not Household.objects.filter(pk=household.pk).exists()


def test_a_village_leader_sees_no_private_scheme(village, leader, crp):
    household = family(village, {"violence_disclosed": True})
    applied(household, "OSC", by=crp)
    applied(household, "NFSA_PHH", by=crp)
    for user, seen in ((leader, ["NFSA_PHH"]), (crp, ["NFSA_PHH", "OSC"])):
        with acting(user), connection.cursor() as cursor:
            cursor.execute("SELECT code FROM benefits_entitlement ORDER BY 1")
            assert [code for (code,) in cursor.fetchall()] == seen
            cursor.execute("SELECT count(*) FROM benefits_step")
            assert cursor.fetchone() == (len(seen),)
