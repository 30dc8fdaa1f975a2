"""The pages: what each role finds and does there, and that next door finds nothing."""

import csv
import io

import pytest
from django.db import connection, transaction
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits.models import Cbo, Entitlement, GroupMember, LivelihoodPlan, Loan, SchemeVersion, Service, Training
from aanchal.config import flow
from aanchal.core import facts
from tests.benefits.builders import ago, applied, asked, family, lent, make_cbo, make_fund, moved, persons, today
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _flow():
    facts.connect(flow.FLOW)


def text(answer) -> str:
    from html import unescape

    return unescape(answer.content.decode())


# The plan


def test_the_plan_says_what_is_wanting_why_and_what_it_would_do(village, crp, signed_in):
    household = family(village, {"food_short_months": 0})
    client = signed_in(crp)
    told = text(client.get(reverse("plan", args=[household.pk])))
    assert "Ration card (priority household)" in told
    assert "Old age pension" in told
    assert "woman, 67" in told
    one = text(client.get(reverse("plan-scheme", args=[household.pk, "NFSA_PHH"])))
    assert "No land: yes" in one
    assert "The index would go from" in one
    assert "Not verified at a source" in one


def test_the_page_of_a_scheme_is_of_one_member_and_of_no_private_scheme(village, crp, leader, signed_in):
    household = family(village, {"violence_disclosed": True})
    [old] = persons(household)
    address = reverse("plan-scheme", args=[household.pk, "IGNOAPS"])
    client = signed_in(crp)
    assert "woman, 67" in text(client.get(address, {"person": str(old.pk)}))
    assert client.get(address).status_code == 404
    assert client.get(reverse("plan-scheme", args=[household.pk, "OSC"])).status_code == 404
    assert signed_in(leader).get(address, {"person": str(old.pk)}).status_code == 404


@pytest.mark.parametrize("wrong", ["1", "not-a-person", "%27"])
def test_who_is_no_person_at_all_is_answered_like_nobody(village, crp, signed_in, wrong):
    household, client = family(village), signed_in(crp)
    address = reverse("plan-ask", args=[household.pk])
    assert client.get(address, {"person": wrong}).status_code == 404
    assert client.post(address, {"person": wrong, "tap_water": "no"}).status_code == 404
    applied_for = {"code": "IGNOAPS", "person": wrong, "on": today()}
    assert client.post(reverse("plan-apply", args=[household.pk]), applied_for).status_code == 422


def test_a_leader_sees_what_was_applied_for_and_no_answer(village, leader, signed_in):
    household = family(village)
    applied(household)
    told = text(signed_in(leader).get(reverse("plan", args=[household.pk])))
    assert "Applied" in told
    assert "No land" not in told
    assert "May have and does not receive" not in told


def test_what_rests_on_private_answers_is_opened_by_hand(village, crp, signed_in):
    household = family(village, {"violence_disclosed": True})
    client = signed_in(crp)
    assert "One Stop Centre" not in text(client.get(reverse("plan", args=[household.pk])))
    assert "One Stop Centre" in text(client.post(reverse("plan-private", args=[household.pk])))


def test_from_the_plan_to_the_delivery(village, crp, signed_in):
    household, client = family(village), signed_in(crp)
    answer = client.post(reverse("plan-apply", args=[household.pk]), {"code": "NFSA_PHH", "person": "", "on": today(), "reference": "RC-1"})
    with acting(SYSTEM):
        one = Entitlement.objects.get()
    assert answer.url == reverse("entitlement", args=[one.pk])
    page = text(client.get(answer.url + "?to=DELIVERED"))
    assert "What did you see?" in page
    client.post(answer.url, {"to": "DELIVERED", "on": today(), "proof": "CARD"})
    with acting(SYSTEM):
        assert Service.objects.get().source == "DELIVERED"
    assert "Delivered on an application" in text(client.get(reverse("plan", args=[household.pk])))


def test_what_came_is_not_said_to_come_twice_and_the_person_hears_why(village, crp, signed_in):
    household, client = family(village), signed_in(crp)
    one = applied(household)
    address, told = reverse("entitlement", args=[one.pk]), {"to": "DELIVERED", "on": today(), "proof": "CARD"}
    client.post(address, told)
    again = client.post(address, told, follow=True)
    assert "This came already: it is in the service ledger." in text(again)
    assert "was taken already. Look at how it stands now." in text(client.post(address, told | {"to": "SANCTIONED"}, follow=True))
    assert client.post(address, told | {"to": "NONSENSE"}).status_code == 404
    with acting(SYSTEM):
        assert Service.objects.count() == 1


def test_a_refused_application_says_why_and_the_way_out(village, crp, signed_in):
    household, client = family(village), signed_in(crp)
    applied(household)
    answer = client.post(reverse("plan-apply", args=[household.pk]), {"code": "NFSA_PHH", "person": "", "on": today()})
    assert answer.status_code == 422
    assert "Open that application and take it further there." in text(answer)


def test_what_came_after_all_tells_of_its_refusal_only_as_history(village, crp, signed_in):
    one = moved(applied(family(village)), "REFUSED", reason="NO_DOCUMENT")
    client, stands = signed_in(crp), "<dt>Reason</dt>"
    assert stands in text(client.get(reverse("entitlement", args=[one.pk])))
    moved(moved(one, "APPEALED"), "DELIVERED")
    page = text(client.get(reverse("entitlement", args=[one.pk])))
    assert (stands in page, "A document is wanting" in page) == (False, True)


def test_answers_that_are_asked_make_the_plan_again(village, crp, signed_in):
    household, client = family(village), signed_in(crp)
    assert "hang on answers that are wanting" in text(client.get(reverse("plan", args=[household.pk])))
    assert "Tap water at home" in text(client.get(reverse("plan-ask", args=[household.pk])))
    client.post(reverse("plan-ask", args=[household.pk]), {"tap_water": "no"})
    told = text(client.get(reverse("plan-scheme", args=[household.pk, "JJM"])))
    assert "Tap water at home: no" in told


def test_what_a_family_has_already_is_noted(village, crp, signed_in):
    household, client = family(village), signed_in(crp)
    client.post(reverse("plan-had", args=[household.pk]), {"code": "NFSA_PHH", "person": ""})
    assert "Had it before, as the family told" in text(client.get(reverse("plan", args=[household.pk])))


def test_somebody_of_another_family_is_nobody_here(village, crp, signed_in):
    household, other = family(village), family(village)
    told = {"code": "IGNOAPS", "person": str(persons(other)[0].pk), "on": today()}
    assert signed_in(crp).post(reverse("plan-apply", args=[household.pk]), told).status_code == 404


@pytest.mark.parametrize(("sex", "status"), [("MALE", 422), ("FEMALE", 302)])
def test_only_a_woman_is_enrolled_with_the_women_farmers(village, crp, signed_in, sex, status):
    household = family(village, members=(member(name="Budhan", years=54, sex=sex),))
    told = {"person": persons(household)[0].pk, "programme": "MKSP", "trade": "Lac", "on": today()}
    answer = signed_in(crp).post(reverse("plan-train", args=[household.pk]), told)
    assert answer.status_code == status
    assert ("This programme is for women farmers" in text(answer)) == (sex == "MALE")


def test_skills_and_livelihood_are_kept_on_the_plan(village, crp, signed_in):
    household, client = family(village, members=(member(name="Maya", years=22),)), signed_in(crp)
    [maya] = persons(household)
    client.post(reverse("plan-train", args=[household.pk]), {"person": maya.pk, "programme": "RSETI", "trade": "Tailoring", "on": ago(200)})
    with acting(SYSTEM):
        training = Training.objects.get()
    seen = []
    for to, on in (("CERTIFIED", ago(150)), ("PLACED", ago(100)), ("RETAINED_3", ago(20)), ("RETAINED_3", ago(5))):
        client.post(reverse("training-move", args=[training.pk]), {"to": to, "on": on})
        with acting(SYSTEM):
            seen.append(Training.objects.get().state)
    assert seen == ["CERTIFIED", "PLACED", "PLACED", "RETAINED_3"]
    client.post(reverse("plan-livelihood", args=[household.pk]), {"activity": "Goats", "cost_paise": "12000.50", "on": today()})
    told = text(client.get(reverse("plan", args=[household.pk])))
    with acting(SYSTEM):
        livelihood = LivelihoodPlan.objects.get()
    for to in ("EARNING", "BEGUN", "EARNING"):
        client.post(reverse("livelihood-move", args=[livelihood.pk]), {"to": to, "on": today()})
    with acting(SYSTEM):
        assert LivelihoodPlan.objects.get().state == "EARNING"
    assert "Goats" in told
    assert "₹12,000.50" in told


# The board, its file, the camp


def test_the_board_shows_who_waits_longest_first_and_what_is_late(village, officer, signed_in):
    old, new = applied(family(village), on=ago(90)), applied(family(village), on=ago(2))
    moved(applied(family(village), on=ago(10)), "REFUSED")
    client, place = signed_in(officer), village.pk
    told = text(client.get(reverse("entitlements"), {"place": place}))
    assert told.index(str(old.pk)) < told.index(str(new.pk))
    assert "60 days late" in told
    late = text(client.get(reverse("entitlements"), {"place": place, "show": "LATE"}))
    assert str(old.pk) in late
    assert str(new.pk) not in late
    assert "Refused" in text(client.get(reverse("entitlements"), {"place": place, "show": "REFUSED"}))


def test_no_private_scheme_is_on_the_board_or_in_its_file(village, officer, signed_in):
    household = family(village, {"violence_disclosed": True})
    one = applied(household, "OSC")
    client = signed_in(officer)
    assert str(one.pk) not in text(client.get(reverse("entitlements"), {"place": village.pk}))
    file = client.post(reverse("entitlements-export") + f"?place={village.block_id}")
    assert household.shown_code not in file.content.decode()


def test_the_file_holds_exactly_what_the_board_shows(village, officer, signed_in):
    rows = [applied(family(village), on=ago(n)) for n in (50, 3)]
    client = signed_in(officer)
    answer = client.post(reverse("entitlements-export") + f"?place={village.pk}&show=LATE")
    [_head, *found] = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert [row[0] for row in found] == [rows[0].household.shown_code]


def test_at_a_camp_those_chosen_are_applied_for_at_once(village, officer, signed_in):
    households = [family(village) for _ in range(3)]
    address = reverse("camp") + f"?place={village.pk}&scheme=NFSA_PHH"
    client = signed_in(officer)
    page = text(client.get(address))
    assert all(one.shown_code in page for one in households)
    chosen = [f"{one.pk}." for one in households[:2]]
    answer = client.post(address, {"camp": "School", "on": today(), "who": chosen})
    assert answer.status_code == 302
    with acting(SYSTEM):
        assert {one.household_id for one in Entitlement.objects.all()} == {one.pk for one in households[:2]}
    assert "Choose at least one family." in text(client.post(address, {"camp": "School", "on": today()}))


# Schemes


def test_what_a_camp_got_wrong_is_said_once_and_who_was_ticked_stays_ticked(village, officer, signed_in):
    family(village)
    client, address = signed_in(officer), reverse("camp") + f"?place={village.pk}&scheme=NFSA_PHH"
    [key] = [one.key for one in client.get(address).context["found"].rows]
    for wrong, said in (({"camp": "call 9876543210"}, "Leave out phone numbers"), ({"on": ago(-2)}, "This day has not come yet.")):
        page = text(client.post(address, {"camp": "Hall", "on": today(), "who": [key]} | wrong))
        assert page.count(said) == 1
        assert f'value="{key}" checked' in page
    with acting(SYSTEM):
        assert not Entitlement.objects.exists()


def test_the_state_writes_its_own_version_and_the_nation_keeps_its(village, india, posted, signed_in, crp):
    expert = posted("state_expert", "state")
    client = signed_in(expert)
    page = client.get(reverse("scheme-edit", args=["IGNOAPS"]))
    told = {name: field.value() for name, field in ((one.name, one) for one in page.context["form"])}
    told = {name: value for name, value in told.items() if value not in (None, "")}
    wrong = client.post(page.request["PATH_INFO"], told | {"eligible": "{fact: owns_tractor}"})
    assert wrong.status_code == 422
    assert "Nobody asks “owns_tractor”. Take a name from “What a rule may ask”" in text(wrong)
    done = client.post(page.request["PATH_INFO"], told | {"amount": 1000, "days": 30})
    assert done.status_code == 302, text(done)
    with acting(SYSTEM):
        assert SchemeVersion.objects.filter(code="IGNOAPS").count() == 2
    household = family(village)
    assert "₹1,000 a month" in text(signed_in(crp).get(reverse("plan", args=[household.pk])))


@pytest.mark.parametrize(
    "rule",
    ["2026-13-45", "2026-01-01", "{fact: 2026-01-01}", "{fact: [landless]}", "{fact: {a: b}}", "[landless]", "landless", "7", ".nan",
     "{fact: age, at_least: 2026-01-01}", "{fact: age, at_least: .inf}", "{all: 3}", "{all: []}", "{1: 2}", "{not: " * 500 + "}" * 500,
     "{not: " * 20 + "{fact: landless, is: true}" + "}" * 20, "[" * 1_000, "a: &a [1, 1]\nb: *a", "!!python/name:os.system", "x" * 5_000],
)  # fmt: skip
def test_a_rule_that_is_none_is_refused_and_stays_on_the_form(village, posted, signed_in, rule):
    client = signed_in(posted("state_expert", "state"))
    page = client.get(reverse("scheme-edit", args=["IGNOAPS"]))
    told = {one.name: one.value() for one in page.context["form"] if one.value() not in (None, "")}
    refused = client.post(page.request["PATH_INFO"], told | {"eligible": rule})
    assert (refused.status_code, refused.context["form"]["eligible"].value()) == (422, rule)
    with acting(SYSTEM):
        assert SchemeVersion.objects.filter(code="IGNOAPS").count() == 1


def test_a_telugu_reader_reads_in_telugu_where_a_scheme_and_a_norm_are_written(village, crp, signed_in):
    client = signed_in(crp)
    client.cookies["django_language"] = "te"
    assert "RuPay కార్డుతో ప్రాథమిక ఖాతా" in text(client.get(reverse("scheme", args=["PMJDY"])))
    assert "VRF ప్రోటోకాల్" in text(client.get(reverse("norm", args=["VULNERABILITY_REDUCTION"])))


def test_only_its_own_state_writes_and_others_read(village, posted, signed_in, crp):
    assert signed_in(crp).get(reverse("scheme-edit", args=["IGNOAPS"])).status_code == 404
    assert "Not verified" in text(signed_in(crp).get(reverse("schemes")))
    assert signed_in(crp).get(reverse("scheme", args=["GOLD"])).status_code == 404


LAUGHS = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" if n else "l0: &l0 [x]" for n in range(9))

UNREADABLE = {"no day": "2026-13-45", "no end": "a: [", "deep": "[" * 2_000 + "]" * 2_000, "a few lines for millions": LAUGHS}


@pytest.mark.parametrize("rule", UNREADABLE.values(), ids=UNREADABLE)
def test_a_rule_that_cannot_be_read_is_refused_in_words(india, posted, signed_in, rule):
    client, address = signed_in(posted("state_expert", "state")), reverse("scheme-edit", args=["IGNOAPS"])
    shown = client.get(address).context["form"]
    kept = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
    sent = {name: value for name, value in kept.items() if value is not None}
    answer = client.post(address, sent | {"eligible": rule})
    assert answer.status_code == 422
    assert answer.context["form"].errors["eligible"] == ["This rule cannot be read. Look at how the rule above is written."]


# Funds


def test_a_leader_takes_a_request_through_the_meeting_to_its_reversal(village, leader, signed_in):
    fund, household = make_fund(village), family(village)
    client = signed_in(leader)
    address = reverse("fund", args=[fund.pk])
    told = {"what": "request", "code": household.shown_code, "amount_paise": "5000", "months": 10, "purpose": "Goats", "on": ago(60)}
    answer = client.post(address, told)
    assert answer.status_code == 302, text(answer)
    loan = answer.url
    client.post(loan, {"what": "sanction", "amount_paise": "5000", "met_on": ago(59), "present": 12, "minutes": "All agreed."})
    client.post(loan, {"what": "release", "on": ago(58)})
    twice = client.post(loan, {"what": "release", "on": ago(58)}, follow=True)
    assert "was taken already. Look at how it stands now." in text(twice)
    assert client.post(loan, {"what": "nonsense"}).status_code == 404
    assert "Schedule" in text(client.get(loan))
    too_much = client.post(loan, {"what": "repay", "amount_paise": "99999", "on": today()})
    assert too_much.status_code == 422
    assert "More than is owed." in text(too_much)
    client.post(loan, {"what": "repay", "amount_paise": "500", "on": today()})
    with acting(SYSTEM):
        last = Loan.objects.get().vouchers.order_by("pk").last()
    client.post(reverse("voucher-reverse", args=[last.pk]), {"note": "Another family"})
    page = text(client.get(address))
    assert "Reversed" in page
    assert "₹95,000" in page


def test_very_much_money_is_asked_about_before_it_is_booked(village, leader, signed_in):
    client, address = signed_in(leader), reverse("fund", args=[make_fund(village).pk])
    told = {"what": "receive", "amount_paise": "15000000", "on": today()}
    assert "The amount is right" not in text(client.get(address))
    refused = client.post(address, told)
    assert refused.status_code == 422
    assert "Look at the noughts again" in text(refused)
    assert "The amount is right" in text(refused)
    assert client.post(address, told | {"is_sure": "on"}).status_code == 302


def test_a_family_of_another_village_is_refused_also_to_who_may_ask_for_it(village, india, posted, signed_in):
    household = family(india["east village 2"])
    client, address = signed_in(posted("block_officer", "east block")), reverse("fund", args=[make_fund(village).pk])
    told = {"what": "request", "code": household.shown_code, "amount_paise": "500", "months": 10, "purpose": "Goats", "on": today()}
    answer = client.post(address, told)
    assert answer.status_code == 422
    assert "This fund is not kept for the village of this family" in text(answer)
    assert client.post(address, told | {"code": family(village).shown_code}).status_code == 302


def test_a_fund_nearly_spent_says_so(village, leader, signed_in):
    fund = make_fund(village, rupees=10_500)
    lent(fund, family(village), 10_000)
    assert "Nearly spent" in text(signed_in(leader).get(reverse("funds"), {"place": village.pk}))


def test_a_code_nobody_has_is_refused_with_the_way_out(village, leader, signed_in):
    told = {"what": "request", "code": "AAA-AAA", "amount_paise": "5000", "months": 10, "purpose": "Goats", "on": today()}
    answer = signed_in(leader).post(reverse("fund", args=[make_fund(village).pk]), told)
    assert answer.status_code == 422
    assert "No family of this place has this code" in text(answer)


# The SHG database and the cohorts

LINE = "{village},VO1,Ujala VO,SHG1,Sita SHG,{id},{name},{guardian},2025-04-30"
HEAD = "village_code,vo_id,vo_name,group_id,group_name,member_id,member_name,guardian_name,joined_on"


def file_of(*lines):
    return io.BytesIO("\n".join([HEAD, *lines]).encode())


def test_members_are_looked_for_first_and_then_taken_in_once(village, officer, signed_in):
    told = {"shg_member": False}
    household = family(village, told, members=(member(name="Sunita Devi", years=30, guardian="Mohan"),))
    lines = [LINE.format(village=village.lgd_code, id=1, name="Sunita Devi", guardian="Mohan"),
             LINE.format(village=village.lgd_code, id=2, name="Nobody Known", guardian="Mohan"),
             LINE.format(village=1, id=3, name="Far", guardian="Away")]  # fmt: skip
    client, address = signed_in(officer), reverse("groups-import") + f"?place={village.pk}"
    preview = client.post(address, {"what": "look", "file": file_of(*lines)})
    told = preview.context["preview"]
    assert (told.lines, told.groups, told.new, told.found, told.not_found, len(told.problems)) == (3, 2, 2, 1, 1, 1)
    with acting(SYSTEM):
        assert not GroupMember.objects.exists()
    for _ in range(2):
        client.post(address, {"what": "take", "file": file_of(*lines)})
    with acting(SYSTEM):
        assert GroupMember.objects.count() == 2
        assert GroupMember.objects.get(lokos_id="1").household == household
        assert household.surveys.order_by("-pk").first().facts["shg_member"] is True


def test_lines_that_cannot_be_are_named_and_left_out_and_the_others_taken_in(village, india, officer, signed_in):
    neighbour = india["east village 2"]
    with acting(SYSTEM):
        Cbo.objects.create(kind="SHG", name="Next door", lokos_id="NEAR", place=neighbour, place_no=neighbour.place_no)
    code = village.lgd_code
    lines = [
        f"{code},VO1,Ujala VO,SHG1,Sita SHG,1,Sita,Mohan,",
        f"{code},VO1,Ujala VO,SHG1,Sita SHG,{'9' * 31},Gita,Mohan,",
        f"{code},VO1,Ujala VO,VO1,Sita SHG,3,Gita,Mohan,",
        f"{code},VO1,Ujala VO,NEAR,Next door,4,Gita,Mohan,",
        f"{code},SHG1,Sita SHG,SHG2,Gita SHG,5,Gita,Mohan,",
        f"{code},VO1,Ujala VO,SHG1,Sita SHG,6,Gita,Mohan,31.12.2024",
    ]
    client, address = signed_in(officer), reverse("groups-import") + f"?place={village.pk}"
    for what in ("look", "take"):
        answer = client.post(address, {"what": what, "file": file_of(*lines)})
        told = answer.context["preview"]
        assert (told.new, told.groups) == (1, 2)
        assert [(one.line, one.what) for one in told.problems] == [
            (3, "long"), (4, "elsewhere"), (5, "elsewhere"), (6, "elsewhere"), (7, "day"),
        ]  # fmt: skip
    assert "These lines were left out." in text(answer)
    assert "1 new member was taken in." in text(answer)
    with acting(SYSTEM):
        assert GroupMember.objects.get().cbo.lokos_id == "SHG1"


def test_an_id_that_a_place_out_of_sight_holds_is_a_line_left_out(village, india, officer, signed_in):
    far = india["west village 1"]
    with acting(SYSTEM):
        Cbo.objects.create(kind="SHG", name="Far away", lokos_id="FAR", place=far, place_no=far.place_no)
    line = f"{village.lgd_code},,,FAR,Sita SHG,1,Sita,Mohan,"
    answer = signed_in(officer).post(reverse("groups-import") + f"?place={village.pk}", {"what": "take", "file": file_of(line, line)})
    assert [one.what for one in answer.context["preview"].problems] == ["elsewhere", "elsewhere"]
    assert "new member" not in text(answer)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (HEAD.encode() + b"\n\x00,,,,,,,,", "This is neither a CSV file in UTF-8 nor an Excel workbook"),
        (b"\xff\xfe\x00", "This is neither a CSV file in UTF-8 nor an Excel workbook"),
        (HEAD.encode() + b"\n" + b"x" * 200_000, "This is neither a CSV file in UTF-8 nor an Excel workbook"),
        (HEAD.encode() + b"\n1,,,,,,,," * 20_001, "At most 20,000 lines and 10 MB"),
        (b" " * 10_000_001, "At most 20,000 lines and 10 MB"),
    ],
)
def test_a_file_that_would_lose_lines_or_is_no_table_is_not_taken_in_at_all(village, officer, signed_in, file, said):
    address = reverse("groups-import") + f"?place={village.pk}"
    answer = signed_in(officer).post(address, {"what": "take", "file": io.BytesIO(file)})
    assert answer.status_code == 422
    assert said in text(answer)


def test_who_joins_a_group_is_read_by_the_index_and_joins_once(village, crp, signed_in):
    household = family(village, {"shg_member": False}, members=(member(name="Maya", years=30),))
    [maya] = persons(household)
    group = make_cbo(village, "SHG", "Sita SHG")
    client, address = signed_in(crp), reverse("plan-join", args=[household.pk])
    told = {"person": maya.pk, "group": group.pk, "on": ago(3)}
    assert client.post(address, told).status_code == 302
    with acting(SYSTEM):
        assert household.surveys.order_by("-pk").first().facts["shg_member"] is True
    assert "She is in a group already." in text(client.post(address, told))
    assert "Sita SHG" in text(client.get(reverse("plan", args=[household.pk])))


def test_a_file_without_the_columns_is_refused_naming_them(village, officer, signed_in):
    address = reverse("groups-import") + f"?place={village.pk}"
    answer = signed_in(officer).post(address, {"what": "look", "file": io.BytesIO(b"name\nSita")})
    assert answer.status_code == 422
    assert "member_id" in text(answer)


def test_the_two_cohorts_are_counted_apart(village, officer, signed_in):
    applied(family(village))
    moved(applied(family(village)), "DELIVERED")
    told = signed_in(officer).get(reverse("cohort"), {"place": village.block_id}).context
    line = next(one for one in told["lines"] if one["title"].startswith("Ration card"))
    assert (told["told"].families, line["waiting"], line["received"]) == (2, 1, 1)
    assert signed_in(officer).get(reverse("cohort"), {"place": village.block_id, "of": "shg"}).context["told"].families == 0


def test_who_may_only_count_sees_no_few_families(village, posted, signed_in):
    for _ in range(3):
        applied(family(village))
    expert = posted("state_expert", "state")
    told = signed_in(expert).get(reverse("cohort"), {"place": village.state_id}).context["told"]
    assert (told.families, told.lines) == (None, [])
    assert signed_in(expert).get(reverse("cohort"), {"place": village.pk}).context["told"] is None


# The stranger


def test_next_door_finds_none_of_it(village, stranger, signed_in):
    household = family(village)
    one, loan = applied(household), asked(make_fund(village), household)
    client = signed_in(stranger)
    for address in (
        reverse("plan", args=[household.pk]), reverse("entitlement", args=[one.pk]), reverse("loan", args=[loan.pk]),
        reverse("fund", args=[loan.fund_id]), reverse("entitlements") + f"?place={village.pk}", reverse("camp") + f"?place={village.pk}",
        reverse("cohort") + f"?place={village.pk}", reverse("funds") + f"?place={village.pk}",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert client.post(reverse("entitlements-export") + f"?place={village.pk}").status_code == 404
    assert client.post(reverse("plan-apply", args=[household.pk]), {"code": "JJM", "on": today()}).status_code == 404


def test_the_gate_of_the_counts_is_shut_to_next_door(village, stranger):
    with acting(stranger), pytest.raises(Exception, match="not yours to read"), transaction.atomic():
        connection.cursor().execute("SELECT benefits_cohort(%s, %s, 'RISK')", [village.place_no, village.last_no])
