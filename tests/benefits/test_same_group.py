"""A file of LokOS finds a group entered by hand without its id, however its name is spelt; a person says whether it is that one."""

import io

import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import groups, organisations
from aanchal.benefits.models import Cbo, GroupMember
from aanchal.config import flow
from aanchal.core import facts
from tests.benefits.builders import ago, family, make_cbo, now, persons
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _flow():
    facts.connect(flow.FLOW)


def line(village, **told) -> str:
    said = {"village_code": village.lgd_code, "vo_id": "", "vo_name": "", "group_id": "S1", "group_name": "Sita SHG", "member_id": "1",
            "member_name": "Nobody Known", "guardian_name": "Mohan", "joined_on": ""} | told  # fmt: skip
    return ",".join(str(said[name]) for name in groups.COLUMNS)


def sent(client, village, *lines, what="take", **answers):
    file = io.BytesIO("\n".join([",".join(groups.COLUMNS), *lines]).encode())
    told = {"what": what, "file": file} | {f"same-{key}": value for key, value in answers.items()}
    return client.post(f"{reverse('groups-import')}?place={village.pk}", told)


def ids() -> dict[str, str]:
    with acting(SYSTEM):
        return dict(Cbo.objects.values_list("name", "lokos_id"))


@pytest.mark.parametrize("spelt", ["Sita SHG", "Seeta", "SITA Mahila Samuh", "Sitaa  shg", "सीता समूह", "సీతా SHG", "Sita SHG {village}"])
def test_it_is_asked_about_however_its_name_is_spelt(village, officer, signed_in, spelt):
    standing = make_cbo(village, "SHG", spelt.format(village=village.name))
    client = signed_in(officer)
    for what in ("look", "take"):
        answer = sent(client, village, line(village), what=what)
        [asked] = answer.context["questions"]
        assert (asked.standing, answer.context["preview"].waiting) == ((standing,), 1)
    assert "Does it stand here already?" in answer.content.decode()
    assert list(ids().values()) == [""]
    with acting(SYSTEM):
        assert not GroupMember.objects.exists()


def test_the_same_one_gets_the_id_and_keeps_its_name_its_members_and_its_fund(village, officer, crp, signed_in):
    household = family(village, {"shg_member": False}, members=(member(name="Sunita Devi", years=30, guardian="Mohan"),))
    standing = make_cbo(village, "SHG", "Seeta")
    with acting(crp):
        groups.join(household=household, person=persons(household)[0], cbo=standing, on=ago(30), at=now(), by=crp)
    lines = [line(village, vo_id="V1", vo_name="Ujala VO", member_name="Sunita Devi"), line(village, vo_id="V1", member_id="2")]
    client = signed_in(officer)
    look = sent(client, village, *lines, what="look", S1=standing.pk).context["preview"]
    assert (look.known, look.new, look.groups, look.waiting) == (1, 1, 1, 0)
    assert ids() == {"Seeta": ""}
    assert sent(client, village, *lines, S1=standing.pk).status_code == 302
    assert ids() == {"Seeta": "S1", "Ujala VO": "V1"}
    with acting(SYSTEM):
        assert Cbo.objects.get(pk=standing.pk).parent.name == "Ujala VO"
        kept = GroupMember.objects.filter(cbo=standing)
        assert sorted(kept.values_list("lokos_id", "household")) == [("1", household.pk), ("2", None)]
    again = sent(client, village, *lines, what="look").context
    assert (again["preview"].known, again["questions"]) == (2, [])


def test_another_one_is_entered_beside_it_and_not_asked_about_again(village, officer, signed_in):
    make_cbo(village, "SHG", "Seeta")
    client = signed_in(officer)
    assert sent(client, village, line(village), S1="new").status_code == 302
    assert ids() == {"Seeta": "", "Sita SHG": "S1"}
    assert sent(client, village, line(village), what="look").context["questions"] == []


def test_the_lines_of_other_groups_are_taken_in_meanwhile(village, officer, signed_in):
    make_cbo(village, "SHG", "Seeta")
    answer = sent(signed_in(officer), village, line(village), line(village, group_id="S2", group_name="Gulab SHG"))
    assert (answer.status_code, len(answer.context["questions"])) == (200, 1)
    assert ids() == {"Seeta": "", "Gulab SHG": "S2"}


def test_of_a_group_and_the_organisation_above_it_both_are_asked_at_once(village, officer, signed_in):
    make_cbo(village, "SHG", "Seeta")
    make_cbo(village, "VO", "Ujjala")
    answer = sent(signed_in(officer), village, line(village, vo_id="V1", vo_name="Ujala VO"))
    assert [one.lokos_id for one in answer.context["questions"]] == ["V1", "S1"]
    assert set(ids().values()) == {""}
    assert sent(signed_in(officer), village, line(village, vo_id="V1", vo_name="Ujala VO"), V1="new", S1="new").status_code == 302
    assert ids() == {"Seeta": "", "Ujjala": "", "Ujala VO": "V1", "Sita SHG": "S1"}


def test_one_that_stands_here_is_not_given_two_ids(village, officer, signed_in):
    standing = make_cbo(village, "SHG", "Seeta")
    lines = line(village), line(village, group_id="S2", group_name="Sitaa", member_id="2")
    answer = sent(signed_in(officer), village, *lines, S1=standing.pk, S2=standing.pk)
    assert [one.what for one in answer.context["preview"].problems] == ["not_free"]
    assert ids() == {"Seeta": "S1"}


@pytest.mark.parametrize("chosen", ["00000000-0000-4000-8000-000000000000", "x" * 5_000, "-1"])
def test_what_stands_elsewhere_or_nowhere_cannot_be_chosen(village, india, officer, signed_in, chosen):
    make_cbo(village, "SHG", "Seeta")
    make_cbo(india["east village 2"], "SHG", "Sita")
    answer = sent(signed_in(officer), village, line(village), S1=chosen)
    assert [one.what for one in answer.context["preview"].problems] == ["not_free"]
    assert set(ids().values()) == {""}


def test_of_another_kind_place_or_name_or_closed_nothing_is_asked(village, india, officer, signed_in):
    make_cbo(village, "VO", "Sita")
    make_cbo(india["east village 2"], "SHG", "Sita")
    make_cbo(village, "SHG", "Gita SHG")
    closed = make_cbo(village, "SHG", "Seeta")
    with acting(officer):
        organisations.close(cbo=closed, reason="DISSOLVED", on=ago(1), at=now(), by=officer)
    assert sent(signed_in(officer), village, line(village), what="look").context["questions"] == []


def test_who_does_not_keep_the_list_of_groups_leaves_the_answer_to_who_does(village, crp, signed_in):
    standing = make_cbo(village, "SHG", "Seeta")
    answer = sent(signed_in(crp), village, line(village), S1=standing.pk)
    assert answer.context["preview"].waiting == 1
    assert "Who keeps the list of groups says whether they are the same" in answer.content.decode()
    assert ids() == {"Seeta": ""}
