"""Groups, village organisations and federations entered by hand: by whom, what is refused, and that next door finds nothing."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import funding, groups, organisations
from aanchal.benefits.models import Cbo, GroupMember
from aanchal.benefits.rules import Refused
from aanchal.config import flow
from aanchal.core import facts
from aanchal.risk import queries as risk
from tests.benefits.builders import ago, family, make_cbo, make_fund, now, persons, today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _flow():
    facts.connect(flow.FLOW)


def enter(by, place, kind="SHG", name="Ujala", **told):
    with acting(by):
        return organisations.enter(kind=kind, place=place, name=name, **({"lokos_id": "", "parent": None} | told), at=now(), by=by)


def close(by, cbo, reason="DISSOLVED", on=None):
    with acting(by):
        return organisations.close(cbo=cbo, reason=reason, on=on or today(), at=now(), by=by)


def refused(change, fault):
    with pytest.raises(Refused) as said:
        change()
    assert fault in said.value.faults


def test_a_federation_an_organisation_and_a_group_are_entered_on_screens(india, village, officer, signed_in):
    client, block = signed_in(officer), india["east block"]
    told = {"kind": "CLF", "place": india["east panchayat"].pk, "name": "Sangam  CLF", "lokos_id": "C1", "parent": ""}
    page = client.post(f"{reverse('cbo-enter')}?place={block.pk}", told, follow=True).content.decode()
    assert "Sangam CLF" in page
    with acting(SYSTEM):
        clf = Cbo.objects.get(kind="CLF")
    told |= {"place": village.pk, "kind": "VO", "name": "Jyoti", "lokos_id": "V1", "parent": clf.pk}
    client.post(f"{reverse('cbo-enter')}?place={block.pk}", told)
    with acting(SYSTEM):
        vo = Cbo.objects.get(kind="VO")
    client.post(f"{reverse('cbo-enter')}?place={block.pk}", told | {"kind": "SHG", "name": "Ujala", "lokos_id": "", "parent": vo.pk})
    listed = client.get(f"{reverse('cbos')}?place={block.pk}").content.decode()
    assert [name in listed for name in ("Sangam CLF", "Jyoti", "Ujala", "No LokOS id")] == [True] * 4
    assert "Jyoti" in client.get(reverse("cbo", args=[clf.pk])).content.decode()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"name": "  "}, "This field is required."),
        ({"name": "jyoti "}, "in the list of this place already"),
        ({"lokos_id": "V1"}, "kept already for another organisation"),
        ({"kind": "SHG", "parent": "clf"}, "A group belongs to a Village Organisation"),
        ({"kind": "CLF", "parent": "clf"}, "a federation to none"),
        ({"place": "panchayat"}, "Choose the village."),
        ({"place": "elsewhere"}, "Select a valid choice."),
        ({"name": "Call 98765 43210"}, "Leave out phone numbers"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_on_the_form(india, village, officer, signed_in, told, said):
    with acting(SYSTEM):
        clf = enter(SYSTEM, india["east block"], "CLF", "Sangam")
    enter(SYSTEM, village, "VO", "Jyoti", lokos_id="V1", parent=clf)
    ids = {"clf": clf.pk, "panchayat": india["east panchayat"].pk, "elsewhere": india["west village 1"].pk}
    typed = {"kind": "VO", "place": village.pk, "name": "Asha", "lokos_id": "Z9", "parent": ""}
    typed |= {key: ids.get(value, value) for key, value in told.items()}
    answer = signed_in(officer).post(f"{reverse('cbo-enter')}?place={india['east block'].pk}", typed)
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (422, True)
    assert typed["lokos_id"] in page
    with acting(SYSTEM):
        assert Cbo.objects.count() == 2


def test_it_is_corrected_and_keeps_its_place(india, village, officer, signed_in):
    vo, shg = enter(SYSTEM, village, "VO", "Jyoti"), enter(SYSTEM, village, "SHG", "Ujla")
    signed_in(officer).post(reverse("cbo", args=[shg.pk]), {"what": "correct", "name": "Ujala", "lokos_id": "S1", "parent": vo.pk})
    with acting(SYSTEM):
        assert Cbo.objects.values_list("name", "lokos_id", "parent", "place").get(pk=shg.pk) == ("Ujala", "S1", vo.pk, village.pk)


def test_a_file_finds_by_its_id_what_was_entered_by_hand(village, officer):
    shg = enter(officer, village, lokos_id="S1")
    line = dict.fromkeys(groups.COLUMNS, "") | {"village_code": str(village.lgd_code), "group_id": "S1", "group_name": "Ujala"}
    line |= {"member_id": "M1", "member_name": "Planted Sita"}
    with acting(officer):
        told = groups.take_in(lines=[(2, line)], place=village, at=now(), by=officer, is_trial=False)
        assert (told.groups, told.new, GroupMember.objects.get().cbo) == (0, 1, shg)
    close(officer, shg)
    with acting(officer):
        told = groups.take_in(lines=[(2, line)], place=village, at=now(), by=officer, is_trial=True)
    assert [one.what for one in told.problems] == ["closed"]


def test_closed_its_members_are_in_no_group_and_their_family_is_assessed_again(village, officer, crp):
    household, shg = family(village), make_cbo(village, "SHG")
    with acting(crp):
        groups.join(household=household, person=persons(household)[0], cbo=shg, on=ago(30), at=now(), by=crp)
        assert risk.newest_facts(household)["shg_member"] == 1
    refused(lambda: close(officer, shg, on=ago(31)), ("on", "before_they_joined"))
    close(officer, shg)
    with acting(officer):
        assert GroupMember.objects.get().left_on == today()
        assert risk.newest_facts(household)["shg_member"] == 0
        assert not groups.of_village(village).exists()
    with acting(officer):
        assert organisations.reopen(cbo=shg, at=now(), by=officer).closed_on is None


def test_it_is_not_closed_over_money_or_over_others_that_belong_to_it(village, officer):
    fund = make_fund(village)
    refused(lambda: close(officer, fund.cbo), ("reason", "money_left"))
    empty = make_cbo(village, "VO", "Asha")
    enter(SYSTEM, village, parent=empty)
    refused(lambda: close(officer, empty), ("reason", "others_belong"))
    shg = enter(SYSTEM, village, name="Nayi")
    refused(lambda: close(officer, shg, on=ago(-1)), ("on", "in_the_future"))
    close(officer, shg, "MISTAKE")
    refused(lambda: close(officer, shg), ("", "closed"))


def test_a_closed_organisation_takes_no_money(village, officer, leader):
    fund = make_fund(village, rupees=0)
    close(officer, fund.cbo)
    with acting(leader):
        refused(
            lambda: funding.receive(fund=fund, amount_paise=100, on=today(), at=now(), by=leader), ("on", "closed_organisation")
        )


def test_only_the_block_officer_changes_it(india, village, crp, leader, posted, officer, signed_in):
    cbo = make_cbo(village)
    address, told = reverse("cbo", args=[cbo.pk]), {"what": "close", "reason": "MISTAKE", "on": today().isoformat()}
    for user in (crp, leader):
        page = signed_in(user).get(address)
        assert (page.status_code, "Close it" in page.content.decode()) == (200, False)
        assert signed_in(user).post(address, told).status_code == 404
        assert signed_in(user).get(f"{reverse('cbo-enter')}?place={village.pk}").status_code in (403, 404)
        with acting(user), connection.cursor() as cursor:
            cursor.execute("UPDATE benefits_cbo SET closed_on = '2026-01-01'")
            assert cursor.rowcount == 0
    with pytest.raises(ProgrammingError), acting(officer), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE benefits_cbo SET place_id = %s", [india["east village 2"].pk])


def test_next_door_finds_none_of_it(india, village, posted, signed_in):
    cbo, stranger = make_cbo(village, name="Planted CBO"), posted("block_officer", "west block")
    client = signed_in(stranger)
    assert client.get(reverse("cbo", args=[cbo.pk])).status_code == 404
    assert client.post(reverse("cbo", args=[cbo.pk]), {"what": "reopen"}).status_code == 404
    assert client.get(f"{reverse('cbos')}?place={village.pk}").status_code == 404
    assert "Planted CBO" not in client.get(reverse("cbos")).content.decode()
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("UPDATE benefits_cbo SET name = 'taken'")
        assert cursor.rowcount == 0
