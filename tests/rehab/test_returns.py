"""Her way home: refused with every reason, followed for two years, told to nobody in the village."""

from datetime import timedelta

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits.models import Cbo
from aanchal.cases.models import Case
from aanchal.core.models import Trail
from aanchal.core.rows import insert
from aanchal.rehab import catalogue, queries, returning, rules
from aanchal.rehab.models import FollowUp, Return
from aanchal.tracking.models import Alert, Journey
from tests.factories import DAY, NOON
from tests.registers.builders import make_entry, someone
from tests.rehab.builders import GOOD, assign, fresh, make_case


@pytest.fixture
def mature(staff, india):
    """A federation of the eastern block, found mature."""
    block = india["east block"]
    with acting(SYSTEM):
        cbo = Cbo(kind="CLF", name="Ujala CLF", place=block, place_no=block.place_no)
        insert(cbo)
    keys = [one["key"] for one in catalogue.maturity(DAY).criteria]
    with acting(staff.officer):
        return returning.assess_cbo(cbo=cbo, met=keys, on=DAY, at=NOON, by=staff.officer)


def prepare(case, staff, mature, to="FAMILY", wish="YES", **found):
    by = staff.worker
    with acting(by):
        back = returning.plan(case=case, to=to, at=NOON, by=by)
        returning.hear(back=back, wish=wish, is_heard_alone=True, on=DAY, at=NOON, by=by)
        return returning.assess(back=back, found=GOOD | found, community=mature, note="Plantedvillage", on=DAY, at=NOON, by=by)


def go(back, staff, on=DAY):
    with acting(staff.worker):
        return returning.go(back=back, on=on, at=NOON + timedelta(days=400), by=staff.worker)


def test_she_goes_home_and_is_followed_for_two_years(case, staff, mature):
    back = go(prepare(case, staff, mature), staff)
    with acting(staff.worker):
        assert back.state == "HOME"
        assert [one.months for one in queries.follow_ups(back)] == [1, 3, 6, 12, 24]
        assert [one.months for one in queries.due(DAY + timedelta(days=100))] == [1, 3]


@pytest.mark.parametrize(
    ("found", "key"),
    [
        ({"wish": "NO"}, "wish"),
        ({"family_implicated": "YES"}, "implicated"),
        ({"family_safe": "NO"}, "family_unsafe"),
        ({"family_willing": "NO"}, "family_unwilling"),
        ({"is_threatened": True}, "threatened"),
    ],
)
def test_a_return_that_must_not_happen_is_refused_with_the_reason(case, staff, mature, found, key):
    back = prepare(case, staff, mature, **found)
    with pytest.raises(rules.NotPossible, match=key):
        go(back, staff)
    assert fresh(back).state == "PLANNED"


def test_every_reason_is_told_at_once(girl, staff):
    back = prepare(girl, staff, None, wish="NO", family_implicated="YES")
    with pytest.raises(rules.NotPossible) as refused:
        go(back, staff)
    assert set(refused.value.args) == {"wish", "cwc_order", "implicated", "not_mature"}


def test_a_child_goes_by_an_order_of_the_cwc(girl, staff, mature):
    back = prepare(girl, staff, mature)
    with pytest.raises(rules.NotPossible, match="cwc_order"):
        go(back, staff)
    with acting(staff.worker):
        returning.order(back=back, number="CWC/12/2026", on=DAY, at=NOON, by=staff.worker)
    assert go(back, staff).state == "HOME"


def test_what_was_found_long_ago_is_looked_into_again(case, staff, mature):
    with pytest.raises(rules.NotPossible, match="stale"):
        go(prepare(case, staff, mature), staff, on=DAY + timedelta(days=91))


def test_a_federation_not_mature_cannot_take_her_back(case, staff, mature):
    with acting(staff.officer):
        lesser = returning.assess_cbo(cbo=mature.cbo, met=["age", "meetings"], on=DAY, at=NOON, by=staff.officer)
        assert queries.mature(case, DAY) == []
    back = prepare(case, staff, lesser, to="COMMUNITY")
    with pytest.raises(rules.NotPossible, match="not_mature"):
        go(back, staff)


def test_signs_bring_a_visit_soon_beside_the_agreed_months(case, staff, mature):
    back = go(prepare(case, staff, mature), staff)
    with acting(staff.worker):
        first = queries.follow_ups(back)[0]
        told = {"how": "TROUBLED", "signs": ["TRAFFICKER_NEAR"], "note": "", "at": NOON + timedelta(days=40), "by": staff.worker}
        done = returning.follow(follow_up=first, on=DAY + timedelta(days=30), **told)
        assert done.watch == "ALARM"
        assert FollowUp.objects.get(months=None).due_on == DAY + timedelta(days=37)
        with pytest.raises(rules.NotPossible, match="followed"):
            returning.follow(follow_up=first, on=DAY + timedelta(days=30), **told)


def test_two_calm_years_settle_it(case, staff, mature):
    back = go(prepare(case, staff, mature), staff)
    with acting(staff.worker):
        for one in queries.follow_ups(back):
            told = {"how": "WELL", "signs": [], "note": "", "at": NOON + timedelta(days=800), "by": staff.worker}
            returning.follow(follow_up=one, on=one.due_on, **told)
    assert fresh(back).state == "SETTLED"


def test_visits_of_one_week_are_not_two_years_but_a_danger_seen_early_is_told(case, staff, mature, signed_in):
    back = go(prepare(case, staff, mature), staff)
    with acting(staff.worker):
        agreed = queries.follow_ups(back)
    client = signed_in(staff.worker)
    for one in agreed:
        told = {"how": "WELL", "on": (DAY + timedelta(days=3)).isoformat()}
        page = client.post(f"/rehabilitation/visit/{one.pk}/", told, follow=True).content.decode()
        assert "It was too soon for the agreed visit, which is still to be made." in page
    with acting(staff.worker):
        early = returning.follow(
            follow_up=agreed[1], how="DANGER", signs=[], note="", on=DAY + timedelta(days=40), at=NOON + timedelta(days=40), by=staff.worker
        )
        assert (early.watch, early.months) == ("ALARM", None)
        assert [one.months for one in queries.follow_ups(back) if one.done_on is None and one.months] == [1, 3, 6, 12, 24]
        first = returning.follow(
            follow_up=agreed[0], how="WELL", signs=[], note="", on=DAY + timedelta(days=16), at=NOON + timedelta(days=40), by=staff.worker
        )
        assert first.months == 1
    assert fresh(back).state == "HOME"


def test_a_second_plan_waits_for_the_first(case, staff, mature):
    prepare(case, staff, mature)
    with acting(staff.worker), pytest.raises(rules.NotPossible, match="return_open"):
        returning.plan(case=case, to="ELSEWHERE", at=NOON, by=staff.worker)


def test_what_was_found_is_sealed_and_the_trail_has_no_word_of_it(case, staff, mature):
    back = prepare(case, staff, mature)
    assert fresh(back).told() == {"note": "Plantedvillage"}
    with acting(SYSTEM):
        assert not any("Planted" in str(line.detail) for line in Trail.objects.all())


def test_nobody_of_the_village_nor_a_stranger_nor_a_referral_sees_it(case, staff, mature, crp, officer):
    go(prepare(case, staff, mature), staff)
    assign(case, staff.other, by=staff.worker, capacity="REFERRED")
    for user in (crp, officer, staff.officer, staff.stranger, staff.other, staff.lead):
        with acting(user):
            assert not Return.objects.exists()
            assert not FollowUp.objects.exists()


def test_only_who_may_assess_says_that_a_federation_is_mature(staff, mature):
    from django.db import DatabaseError, transaction

    with acting(staff.worker), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        returning.assess_cbo(cbo=mature.cbo, met=[], on=DAY, at=NOON, by=staff.worker)


def test_she_may_go_elsewhere_without_her_family(staff):
    case = make_case(staff.place, staff.worker)
    back = prepare(case, staff, None, to="ELSEWHERE", family_implicated="YES", family_safe="NO")
    assert go(back, staff).state == "HOME"


def danger_seen(case, staff, signs=("TRAFFICKER_NEAR",)) -> FollowUp:
    back = go(prepare(case, staff, None, to="ELSEWHERE"), staff)
    with acting(staff.worker):
        told = {"how": "TROUBLED", "signs": list(signs), "note": "Plantednote", "at": NOON + timedelta(days=40), "by": staff.worker}
        return returning.follow(follow_up=queries.follow_ups(back)[0], on=DAY + timedelta(days=30), **told)


def of_the_village(case, village) -> None:
    """The case is linked to a woman of a village who is away for work, and with whom its worker keeps touch."""
    entry = make_entry(village, on=DAY - timedelta(days=1), who=someone(years=24))
    with acting(SYSTEM):
        Case.objects.filter(pk=case.pk).update(person=entry.person)
        case.refresh_from_db()


def test_a_danger_is_told_to_who_keeps_touch_with_her_and_not_how_it_is_known(case, staff, india, crp):
    of_the_village(case, india["east village 1"])
    assert danger_seen(case, staff).told == "TOLD"
    with acting(crp):
        alert = Alert.objects.get(kind="TROUBLE")
        assert (alert.person_id, alert.journey.person_id) == (case.person_id, case.person_id)
        assert [(one.by_id, one.sealed) for one in alert.steps.all()] == [(None, None)]
        assert not FollowUp.objects.exists()
    with acting(SYSTEM):
        lines = Trail.objects.filter(about_id=str(alert.pk))
        assert {line.actor for line in lines} == {None}


def test_where_nobody_keeps_touch_it_says_why_nobody_was_told(case, girl, staff, india):
    assert danger_seen(case, staff).told == "NO_PERSON"
    of_the_village(girl, india["east village 1"])
    with acting(SYSTEM):
        Journey.objects.update(state="HOME", closed_at=NOON)
    with acting(staff.worker):
        back = returning.plan(case=girl, to="ELSEWHERE", at=NOON, by=staff.worker)
        returning.hear(back=back, wish="YES", is_heard_alone=True, on=DAY, at=NOON, by=staff.worker)
        returning.assess(back=back, found=GOOD, community=None, note="", on=DAY, at=NOON, by=staff.worker)
        returning.order(back=back, number="CWC/1", on=DAY, at=NOON, by=staff.worker)
        back = returning.go(back=back, on=DAY, at=NOON, by=staff.worker)
        told = {"how": "DANGER", "signs": [], "note": "", "on": DAY, "at": NOON, "by": staff.worker}
        assert returning.follow(follow_up=queries.follow_ups(back)[0], **told).told == "NO_JOURNEY"
    with acting(SYSTEM):
        assert not Alert.objects.exists()


def test_signs_that_are_no_danger_are_told_to_nobody(case, staff, india):
    of_the_village(case, india["east village 1"])
    assert danger_seen(case, staff, signs=("DEBT",)).told == ""
    with acting(SYSTEM):
        assert not Alert.objects.exists()


def test_what_was_written_is_read_by_the_team_with_a_line_on_the_trail(case, staff, mature, signed_in):
    prepare(case, staff, mature)
    page = f"/rehabilitation/case/{case.pk}/"
    client = signed_in(staff.worker)
    assert "Plantedvillage" not in client.get(f"{page}return/").content.decode()
    assert "Plantedvillage" in client.post(f"{page}notes/").content.decode()
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="rehab.words.read", actor=staff.worker.pk).count() == 1
    assign(case, staff.other, by=staff.worker, capacity="REFERRED")
    for user in (staff.other, staff.stranger, staff.lead):
        assert signed_in(user).post(f"{page}notes/").status_code == 404
