import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india
from aanchal.cases import actions
from aanchal.cases.models import Assignment, Case, CaseConsent, Disclosure, Emergency, Referral
from aanchal.core.models import Trail
from tests.cases.builders import agree, open_case, someone

NAME = "Planted Sunita"


@pytest.fixture
def case(staff):
    return open_case(staff, identity=someone(NAME), pseudonym="Kaveri", firs=("112/2026",))


def told(staff, **more):
    return {
        "opened_on": day_in_india(timezone.now()).isoformat(), "place": staff.place.pk, "gender": "FEMALE", "years": "19",
        "citizenship": "IN", "status": "CONFIRMED", "purposes": ["BEGGING"], "acts": ["TRANSFER"], "origin": "west", "destination": "east",
        "fir": "0007/2026", "supervisor": staff.supervisor.pk,
    } | more  # fmt: skip


def test_it_opens_a_case_and_asks_for_consent_first(signed_in, staff):
    client = signed_in(staff.worker)
    answer = client.post("/cases/new/", told(staff, name=NAME))
    with acting(SYSTEM):
        case = Case.objects.get()
        assert [leg.destination.name for leg in case.legs.all()] == ["east"]
    assert answer["Location"] == f"/cases/{case.pk}/write/consent/"
    assert "Ask her consent first" in client.get(answer["Location"]).content.decode()


def test_it_says_why_a_second_case_of_the_same_person_is_refused(signed_in, staff, case):
    page = signed_in(staff.other).post("/cases/new/", told(staff, name=NAME, guardian_name="Planted Ram"))
    assert page.status_code == 422
    assert "A case of this person is open already. Ask the supervisor of the district. Nothing was saved." in page.content.decode()


def test_it_shows_no_name_until_someone_opens_it(signed_in, staff, case):
    client = signed_in(staff.worker)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert NAME not in page
    assert "Kaveri" in page
    assert NAME in client.post(f"/cases/{case.pk}/open/").content.decode()
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="cases.identity.opened", actor=staff.worker.pk).count() == 1
        assert Trail.objects.filter(verb="cases.case.read", actor=staff.worker.pk).count() == 2


def test_it_asks_few_questions(signed_in, staff, case):
    agree(case, by=staff.worker)
    client = signed_in(staff.worker)
    client.get(f"/cases/{case.pk}/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/cases/{case.pk}/").status_code == 200
    assert len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 25


@pytest.mark.parametrize("who", ["other", "second", "cwc", "officer", "far"])
def test_it_is_absent_for_whoever_is_not_assigned(signed_in, staff, case, who):
    consent = agree(case, by=staff.worker)
    client = signed_in(getattr(staff, who))
    pages = ("", "write/visit/", "write/identity/", "paper/")
    assert {client.get(f"/cases/{case.pk}/{page}").status_code for page in pages} == {404}
    posts = ("open/", "move/", "htcds/", "write/proposal/", "paper/", f"end/consent/{consent.pk}/")
    assert {client.post(f"/cases/{case.pk}/{page}").status_code for page in posts} == {404}
    assert case.shown_code not in client.get("/cases/").content.decode()


def test_a_row_of_another_case_is_not_reached_under_ones_own(signed_in, staff, case):
    mine = open_case(staff, by=staff.other)
    consent = agree(case, by=staff.worker)
    client = signed_in(staff.other)
    assert client.post(f"/cases/{mine.pk}/end/consent/{consent.pk}/").status_code == 404
    with acting(SYSTEM):
        row = Assignment.objects.get(case=case, user=staff.worker)
        assert CaseConsent.objects.get().withdrawn_at is None
    assert client.post(f"/cases/{mine.pk}/end/person/{row.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("by", "text"), [("code", "lower"), ("fir", "112/2026"), ("fir", "FIR No. 0112 / 2026"), ("name", "sunita PLANTED")]
)
def test_it_finds_by_code_fir_and_name_among_ones_own(signed_in, staff, case, by, text):
    typed = {"lower": case.shown_code.lower(), "FIR No. 0112 / 2026": "0112 / 2026"}.get(text, text)
    found = signed_in(staff.worker).post("/cases/search/", {"by": by, "text": typed})
    assert case.shown_code in found.content.decode()
    assert case.shown_code not in signed_in(staff.other).post("/cases/search/", {"by": by, "text": typed}).content.decode()
    with acting(SYSTEM):
        assert not Trail.objects.filter(detail__icontains="sunita").exists()


@pytest.mark.parametrize("name", ["సునీత ముర్ము", "Murmu Suneeta", "मुर्मू सुनीता", "সুনীতা মুর্মু", "Kumari Sunita Murmu"])
def test_it_finds_her_whole_name_in_any_script_and_order(signed_in, staff, name):
    case = open_case(staff, identity=someone("सुनीता मुर्मू"))
    said = signed_in(staff.worker).post("/cases/search/", {"by": "name", "text": name}).content.decode()
    assert case.shown_code in said
    for user in (staff.other, staff.far):
        assert case.shown_code not in signed_in(user).post("/cases/search/", {"by": "name", "text": name}).content.decode()


@pytest.mark.parametrize("name", ["Sunita", "Anita Murmu", "??", "कुमारी"])
def test_it_does_not_find_her_by_a_part_or_another_name(signed_in, staff, name):
    case = open_case(staff, identity=someone("सुनीता मुर्मू"))
    assert case.shown_code not in signed_in(staff.worker).post("/cases/search/", {"by": "name", "text": name}).content.decode()


def test_a_corrected_name_is_found_and_the_wrong_one_no_more(signed_in, staff):
    case = open_case(staff, identity=someone("सुनीता मुर्मू"))
    with acting(staff.worker):
        actions.tell_identity(case=case, identity=someone("Phulmani Hembrom"), by=staff.worker)
    client = signed_in(staff.worker)
    assert case.shown_code in client.post("/cases/search/", {"by": "name", "text": "फूलमनी हेम्ब्रम"}).content.decode()
    assert case.shown_code not in client.post("/cases/search/", {"by": "name", "text": "Sunita Murmu"}).content.decode()


def test_each_thing_is_written_and_stands_on_the_page(signed_in, staff, case):
    agree(case, by=staff.worker)
    client, today = signed_in(staff.worker), day_in_india(timezone.now()).isoformat()
    written = {
        "event": {"kind": "TRANSIT", "country": "IN", "words": "by train words"},
        "assessment": {"scope": "HOUSEHOLD", "danger": "SOME", "words": "assessment words", "on": today},
        "goal": {"support": "LEGAL", "words": "goal words", "is_her_wish": "on", "on": today},
        "task": {"words": "task words", "who": staff.worker.pk, "due_on": today},
        "service": {"support": "LEGAL", "party": "LEGAL_AID", "words": "service words", "on": today},
        "visit": {"seen": "PHONE", "danger": "NONE", "words": "visit words", "on": today},
        "person": {"user": staff.other.pk, "capacity": "WORKER", "why": "leave"},
    }
    for what, fields in written.items():
        assert client.get(f"/cases/{case.pk}/write/{what}/").status_code == 200
        answer = client.post(f"/cases/{case.pk}/write/{what}/", fields)
        assert answer.status_code == 302, (what, answer.content.decode())
    page = client.get(f"/cases/{case.pk}/").content.decode()
    for what in ("by train", "assessment", "goal", "task", "service", "visit"):
        assert f"{what} words" in page, what


def test_it_walks_from_consent_by_referral_to_the_receiver_and_back(signed_in, staff, case):
    client, today = signed_in(staff.worker), day_in_india(timezone.now())
    refused = client.post(f"/cases/{case.pk}/write/referral/", referral_to(staff.cwc))
    assert "She has not agreed to this, or no longer." in refused.content.decode()
    consent = {"purpose": "REFER", "party": "CWC", "explained": "SPOKEN", "language": "hi", "giver": "SELF", "on": today.isoformat()}
    consent |= {"told_of": ["WHY", "WITHDRAW", "REFUSE"], "until": today.replace(year=today.year + 1).isoformat()}
    assert client.post(f"/cases/{case.pk}/write/consent/", consent).status_code == 302
    assert client.post(f"/cases/{case.pk}/write/referral/", referral_to(staff.cwc)).status_code == 302
    with acting(SYSTEM):
        referral = Referral.objects.get()
    client = signed_in(staff.cwc)
    assert "needs a lawyer" in client.get(f"/cases/referrals/{referral.pk}/").content.decode()
    assert client.get(f"/cases/{case.pk}/").status_code == 404
    assert client.post(f"/cases/referrals/{referral.pk}/accept/")["Location"] == f"/cases/{case.pk}/"
    page = client.get(f"/cases/{case.pk}/")
    assert page.status_code == 200
    assert "Show her name" not in page.content.decode()
    assert client.post(f"/cases/{case.pk}/open/").status_code == 404
    assert signed_in(staff.other).get(f"/cases/referrals/{referral.pk}/").status_code == 404
    with acting(SYSTEM):
        given = CaseConsent.objects.get()
    signed_in(staff.worker).post(f"/cases/{case.pk}/end/consent/{given.pk}/")
    assert signed_in(staff.cwc).get(f"/cases/{case.pk}/").status_code == 404


def referral_to(user, **more):
    told = {"party": "CWC", "support": "LEGAL", "reason": "SERVICES", "words": "needs a lawyer"}
    return told | ({"receiver": user.pk} if user else {}) | more


def test_a_sealed_link_opens_once_for_a_visitor(signed_in, staff, case, client):
    agree(case, by=staff.worker, purpose="REFER")
    worker = signed_in(staff.worker)
    worker.post(f"/cases/{case.pk}/write/referral/", referral_to(None, organisation="DLSA Kahanipur", party="LEGAL_AID"))
    with acting(SYSTEM):
        referral = Referral.objects.get()
    context = worker.post(f"/cases/{case.pk}/link/{referral.pk}/").context
    path, passphrase = context["address"].removeprefix("http://testserver"), context["handed"].passphrase
    worker.logout()
    assert client.get(path).status_code == 200
    assert "That is not the passphrase." in client.post(path, {"passphrase": "wrong"}).content.decode()
    assert "needs a lawyer" in client.post(path, {"passphrase": passphrase}).content.decode()
    assert "This link opens nothing" in client.post(path, {"passphrase": passphrase}).content.decode()
    assert "This link opens nothing" in client.post("/cases/link/nobody/", {"passphrase": "x"}).content.decode()


def test_it_closes_by_two_people_and_says_why_not(signed_in, staff, case):
    client, path = signed_in(staff.worker), f"/cases/{case.pk}/write"
    client.post(f"{path}/task/", {"words": "call", "who": staff.worker.pk, "due_on": day_in_india(timezone.now()).isoformat()})
    asked = {"kind": "CLOSE", "outcome": "FAMILY", "words": "home"}
    assert "There are tasks still to do. The case cannot be closed." in client.post(f"{path}/proposal/", asked).content.decode()
    with acting(SYSTEM):
        task = case.tasks.get()
    client.post(f"/cases/{case.pk}/end/task/{task.pk}/", {"state": "DONE"})
    assert client.post(f"{path}/proposal/", asked).status_code == 302
    with acting(SYSTEM):
        proposal = case.proposals.get()
    decide = f"/cases/{case.pk}/end/proposal/{proposal.pk}/"
    assert client.post(decide, {"state": "APPROVED"}).status_code == 404
    page = signed_in(staff.supervisor).post(decide, {"state": "APPROVED"}, follow=True).content.decode()
    assert "Back with her family" in page


def test_a_supervisor_breaks_the_glass_and_another_reviews(signed_in, staff, case):
    asked = {"code": case.shown_code, "reason": "DANGER", "words": "at the gate"}
    client = signed_in(staff.second)
    assert client.post("/cases/emergency/", asked)["Location"] == f"/cases/{case.pk}/"
    assert client.get(f"/cases/{case.pk}/").status_code == 200
    assert client.post(f"/cases/{case.pk}/write/visit/", {}).status_code == 404
    assert "at the gate" not in client.get("/cases/emergency/reviews/").content.decode()
    with acting(SYSTEM):
        emergency = Emergency.objects.get()
    assert client.post(f"/cases/emergency/{emergency.pk}/review/", {"verdict": "JUSTIFIED"}).status_code == 404
    reviewer = signed_in(staff.supervisor)
    assert "at the gate" in reviewer.get("/cases/emergency/reviews/").content.decode()
    reviewer.post(f"/cases/emergency/{emergency.pk}/review/", {"verdict": "JUSTIFIED"})
    with acting(SYSTEM):
        emergency.refresh_from_db()
        assert emergency.reviewed_by == staff.supervisor
    refused = signed_in(staff.far).post("/cases/emergency/", asked)
    assert "There is no case of this code where you supervise." in refused.content.decode()


def test_it_prints_for_a_court_with_the_log(signed_in, staff, case):
    client, asked = signed_in(staff.worker), {"recipient": "COURT", "number": "S.T. 5/2026", "language": "en", "how": "PAGE"}
    page = client.post(f"/cases/{case.pk}/paper/", asked).content.decode()
    assert NAME not in page
    assert "S.T. 5/2026" in page
    named = client.post(f"/cases/{case.pk}/paper/", asked | {"with_identity": "on"}).content.decode()
    assert NAME in named
    with acting(SYSTEM):
        assert sorted(Disclosure.objects.values_list("with_identity", flat=True)) == [False, True]


def test_a_home_and_lists_open_for_every_post(signed_in, staff, case):
    for user in (staff.worker, staff.supervisor, staff.cwc, staff.officer):
        client = signed_in(user)
        assert {client.get(path).status_code for path in ("/", "/cases/", "/cases/referrals/", "/cases/search/", "/cases/new/")} == {200}
    assert signed_in(staff.worker).get("/cases/counts/").status_code == 404
    assert signed_in(staff.supervisor).get("/cases/counts/").status_code == 200


def test_a_referral_nobody_answers_is_taken_back_on_the_page(signed_in, staff, case):
    agree(case, by=staff.worker, purpose="REFER")
    client = signed_in(staff.worker)
    told = {"party": "NGO", "organisation": "Sneh Sadan", "support": "HEALTH", "reason": "SERVICES", "words": "words"}
    for _ in range(3):
        client.post(f"/cases/{case.pk}/write/referral/", told)
    with acting(SYSTEM):
        first, second, third = case.referrals.order_by("sent_at")
    page = client.get(f"/cases/{case.pk}/").content.decode()
    for words in ("Make a sealed link", "They accepted", "They declined", "Take the referral back"):
        assert page.count(words) == 3, words
    closing = {"kind": "CLOSE", "outcome": "FAMILY", "words": "over"}
    refused = client.post(f"/cases/{case.pk}/write/proposal/", closing).content.decode()
    assert "A referral still waits for an answer: note it, or take the referral back. The case cannot be closed." in refused
    for one, state in ((first, "ACCEPTED"), (second, "DECLINED"), (third, "RECALLED")):
        client.post(f"/cases/{case.pk}/end/referral/{one.pk}/", {"state": state})
    with acting(SYSTEM):
        assert [*case.referrals.order_by("sent_at").values_list("state", flat=True)] == ["ACCEPTED", "DECLINED", "RECALLED"]
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert page.count("End what is shared") == 1
    assert client.post(f"/cases/{case.pk}/write/proposal/", closing).status_code == 302
    stranger = signed_in(staff.far)
    assert stranger.post(f"/cases/{case.pk}/end/referral/{first.pk}/", {"state": "RECALLED"}).status_code == 404


def test_an_age_that_was_proved_later_is_written_in_the_case(signed_in, staff):
    case = open_case(staff, years=None)
    client, address = signed_in(staff.worker), f"/cases/{case.pk}/write/facts/"
    page = client.get(address)
    assert address in client.get(f"/cases/{case.pk}/").content.decode()
    assert (page.context["form"]["acts"].value(), page.context["form"]["years"].value()) == (["RECRUITMENT"], None)
    told = {"citizenship": "IN", "status": "CONFIRMED", "acts": ["RECRUITMENT"], "years": "17"}
    refused = client.post(address, told)
    assert "Under 18 is a child, 18 or more is an adult: correct the age or the tick. Nothing was saved." in refused.content.decode()
    assert client.post(address, told | {"years": "19"}).status_code == 302
    with acting(SYSTEM):
        case.refresh_from_db()
        assert (case.years, case.status, case.purposes) == (19, "CONFIRMED", [])
    assert signed_in(staff.other).get(address).status_code == 404
