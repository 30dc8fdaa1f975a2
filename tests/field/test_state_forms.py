"""A state's own form: uploaded as a draft, tested apart, put in use for the phones of the state, retired; nobody elsewhere sees it."""

import xml.etree.ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from aanchal.access.acting import SYSTEM
from aanchal.core.models import Trail
from aanchal.field.models import FormAnswers, PublishedForm, StateForm, TestAnswers
from aanchal.inbox.models import Submission
from tests.factories import make_posting
from tests.field import phone, workbooks
from tests.field.browser import sign_in, text

pytestmark = pytest.mark.django_db
LIST = "{http://openrosa.org/xforms/xformsList}"


@pytest.fixture
def desk(mis_desk):
    return mis_desk


@pytest.fixture
def now(kept):
    return lambda form: kept(type(form).objects.filter(pk=form.pk))[0]


@pytest.fixture
def test_token(desk):
    """A function that enrols a phone for tests and returns its token."""

    def test_token(form):
        answer = desk.post(f"/forms/own/{form.pk}/test-phone/")
        assert answer.status_code == 200, text(answer)
        return text(answer).split("/d/")[1].split("<")[0]

    return test_token


def listed(token) -> dict[str, str]:
    root = ET.fromstring(Client().get(f"/d/{token}/formList").content)
    return {form.findtext(f"{LIST}formID"): form.findtext(f"{LIST}version") for form in root}


def test_a_draft_goes_to_no_phone_of_a_worker(draft, token, form_id):
    form = draft()
    assert (form.state, form.version, form.problems) == ("DRAFT", "1", [])
    assert form_id not in listed(token)
    assert Client().get(f"/d/{token}/forms/{form_id}/1-test1/form.xml").status_code == 404


def test_a_phone_for_tests_sees_the_drafts_and_nothing_else(draft, test_token, form_id):
    token = test_token(draft())
    assert listed(token) == {form_id: "1-test1"}
    xform = Client().get(f"/d/{token}/forms/{form_id}/1-test1/form.xml").content
    assert f'id="{form_id}" version="1-test1"'.encode() in xform


def test_a_test_is_kept_apart_and_checked(draft, test_token, form_id, village, desk, kept):
    form = draft()
    token = test_token(form)
    wrong = workbooks.filled(form_id, "1-test1", village, cattle="100")
    assert phone.post(Client(), token, wrong).status_code == 201
    assert phone.post(Client(), token, wrong).status_code == 202
    assert kept(Submission.objects.all()) == kept(FormAnswers.objects.all()) == []
    [test] = kept(TestAnswers.objects.all())
    assert [told["kind"] for told in test.faults] == ["CONSTRAINT"]
    page = text(desk.get(f"/forms/own/{form.pk}/"))
    assert "does not fit the form" in page
    assert "Sita" not in page
    assert "Sita Devi" in text(desk.post(f"/forms/own/{form.pk}/tests/"))
    assert kept(Trail.objects.filter(verb="field.answers.opened"))


def test_a_test_stays_a_test_when_the_version_is_in_use(draft, in_use, test_token, form_id, village, desk, kept):
    form = draft()
    token = test_token(form)
    desk.post(f"/forms/own/{form.pk}/use/")
    assert phone.post(Client(), token, workbooks.filled(form_id, "1-test1", village)).status_code == 201
    assert kept(FormAnswers.objects.all()) == []
    assert len(kept(TestAnswers.objects.all())) == 1
    assert listed(token) == {}


def test_a_worker_cannot_send_a_test(draft, token, form_id, village, kept):
    draft()
    assert phone.post(Client(), token, workbooks.filled(form_id, "1-test1", village)).status_code == 404
    assert kept(TestAnswers.objects.all()) == []


def test_in_use_all_phones_of_the_state_list_it_and_no_other(in_use, token, enrol, acting, india, form_id):
    in_use()
    assert listed(token)[form_id] == "1"
    for place, sees in (("west village 1", True), ("far village 1", False)):
        with acting(SYSTEM):
            worker = make_posting("gender_crp", india[place])
        theirs = enrol(worker)
        assert (form_id in listed(theirs)) is sees
        assert Client().get(f"/d/{theirs}/forms/{form_id}/1/form.xml").status_code == (200 if sees else 404)


def test_what_is_sent_with_it_is_kept_and_reaches_no_register(in_use, token, form_id, village, kept):
    in_use()
    assert phone.post(Client(), token, workbooks.filled(form_id, "1", village)).status_code == 201
    [submission] = kept(Submission.objects.all())
    assert (submission.status, submission.faults, submission.place_no) == ("APPLIED", [], village.place_no)
    [row] = kept(FormAnswers.objects.all())
    assert (row.submission_id, row.place_no) == (submission.pk, village.place_no)
    assert row.answers()["keeper"] == "Sita Devi"
    assert b"Sita" not in bytes(row.sealed)


def test_what_does_not_fit_waits_for_a_reviewer_and_is_kept_when_she_accepts(in_use, token, form_id, village, officer, kept):
    in_use()
    assert phone.post(Client(), token, workbooks.filled(form_id, "1", village, cattle="100")).status_code == 201
    [submission] = kept(Submission.objects.all())
    assert (submission.status, [told["kind"] for told in submission.faults]) == ("FLAGGED", ["CONSTRAINT"])
    assert kept(FormAnswers.objects.all()) == []
    client = sign_in(Client(), officer)
    assert "Cattle census" in text(client.get("/review/"))
    assert client.post(f"/review/{submission.pk}/accept/", {"note": ""}).status_code == 302
    assert len(kept(FormAnswers.objects.all())) == 1


def test_a_correction_of_it_is_kept(in_use, token, form_id, village, officer, kept):
    in_use()
    phone.post(Client(), token, workbooks.filled(form_id, "1", village, cattle="100"))
    [submission] = kept(Submission.objects.all())
    client = sign_in(Client(), officer)
    page = text(client.post(f"/review/{submission.pk}/correct/"))
    assert "Sita Devi" in page
    told = {"/data/place/village": str(village.lgd_code), "/data/keeper": "Sita Devi", "/data/cattle": "9", "/data/kind": "cow"}
    told |= {"/data/animal[1]/age": "3", "/data/animal[2]/age": "4", "save": "1", "note": ""}
    names = {path: path for path in told}
    assert client.post(f"/review/{submission.pk}/correct/", {names[path]: value for path, value in told.items()}).status_code in (302, 422)


def test_the_form_of_another_state_waits_wherever_it_comes_from(in_use, enrol, acting, india, form_id, kept):
    in_use()
    with acting(SYSTEM):
        worker = make_posting("gender_crp", india["far village 1"])
    assert phone.post(Client(), enrol(worker), workbooks.filled(form_id, "1", india["far village 1"])).status_code == 201
    [submission] = kept(Submission.objects.all())
    assert [told["kind"] for told in submission.faults] == ["OTHER_STATE"]
    assert kept(FormAnswers.objects.all()) == []


def test_the_next_version_takes_its_place_and_the_old_one_is_still_accepted(in_use, token, form_id, village, now, kept):
    first = in_use("1")
    second = in_use("2")
    assert (now(first).state, now(second).state) == ("RETIRED", "PUBLISHED")
    assert listed(token)[form_id] == "2"
    for version in ("1", "2"):
        assert phone.post(Client(), token, workbooks.filled(form_id, version, village)).status_code == 201
    assert {row.status for row in kept(Submission.objects.all())} == {"APPLIED"}
    assert len(kept(FormAnswers.objects.all())) == 2


@pytest.mark.parametrize("told", [{}, {"is_sure": ""}, {"is_sure": "false"}, {"sure": "on"}])
def test_nobody_retires_it_with_one_press(in_use, token, form_id, desk, now, told):
    form = in_use()
    answer = desk.post(f"/forms/own/{form.pk}/retire/", told)
    assert answer.status_code == 422
    assert "Nothing was retired" in answer.content.decode()
    assert (now(form).state, form_id in listed(token)) == ("PUBLISHED", True)


def test_retired_no_phone_lists_it_and_it_is_still_accepted(in_use, token, form_id, village, desk, now, kept):
    form = in_use()
    assert desk.post(f"/forms/own/{form.pk}/retire/", {"is_sure": "on"}).status_code == 302
    assert now(form).state == "RETIRED"
    assert form_id not in listed(token)
    assert phone.post(Client(), token, workbooks.filled(form_id, "1", village)).status_code == 201
    assert len(kept(FormAnswers.objects.all())) == 1
    assert desk.post(f"/forms/own/{form.pk}/use/").status_code == 302
    assert now(form).state == "RETIRED"
    assert f"/forms/sent/{form_id}/" in text(desk.get(f"/forms/own/{form.pk}/"))
    assert desk.get(f"/forms/sent/{form_id}/").status_code == 200


def test_a_version_is_put_in_use_once(in_use, draft, desk, now):
    in_use("1")
    again = draft("1")
    answer = desk.post(f"/forms/own/{again.pk}/use/")
    assert answer.status_code == 422
    assert "was published before" in text(answer)
    assert now(again).state == "DRAFT"


def test_the_next_draft_retires_the_one_before(draft, now):
    first, second = draft("1"), draft("1")
    assert (now(first).state, now(second).state) == ("RETIRED", "DRAFT")
    assert (first.edition, second.edition) == (1, 2)
    assert PublishedForm.objects.get(pk=first.test_id).retired_at


def test_without_a_version_it_gets_one(draft, form_id):
    form = draft(content=workbooks.workbook([{"type": "text", "name": "a", "label": "A"}], (), {"form_id": form_id}))
    assert form.version.endswith("01")
    assert f'version="{form.version}"'.encode() in bytes(form.xform)
    assert form.remarks[0]["kind"] == "NO_VERSION"


@pytest.mark.parametrize("form_id", ["household_survey", "follow_up"])
def test_it_cannot_take_the_id_of_a_form_of_the_nation(desk, form_id, kept):
    answer = desk.post("/forms/own/", {"workbook": SimpleUploadedFile("a.xlsx", workbooks.census(form_id))})
    assert answer.status_code == 422
    assert "Forms of the nation have this form id" in text(answer)
    assert kept(StateForm.objects.all()) == []


def test_it_cannot_take_the_id_of_another_state(draft, elsewhere, form_id, kept):
    draft()
    answer = sign_in(Client(), elsewhere).post("/forms/own/", {"workbook": SimpleUploadedFile("a.xlsx", workbooks.census(form_id))})
    assert answer.status_code == 422
    assert "This form id is taken" in text(answer)
    assert len(kept(StateForm.objects.all())) == 1


PROBLEMS = {
    "PREDICATE": {"type": "calculate", "name": "young", "calculation": "count(${animal}[${age} < 2])"},
    "UNKNOWN_FILE": {"type": "select_one_from_file prices.csv", "name": "price", **workbooks.said("Price")},
}


@pytest.mark.parametrize("kind", PROBLEMS)
def test_a_draft_with_a_problem_goes_nowhere(draft, desk, kind, now, token, test_token, form_id):
    form = draft("1", PROBLEMS[kind])
    assert [told["kind"] for told in form.problems] == [kind]
    answer = desk.post(f"/forms/own/{form.pk}/use/")
    assert answer.status_code == 422
    assert now(form).state == "DRAFT"
    assert form.test_id is None
    assert listed(test_token(form)) == {}


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"form_id": "1st"}, "BAD_ID"), ({"form_id": "with space"}, "BAD_ID"), ({"version": "a/b"}, "BAD_VERSION"),
        ({"version": "1-test1"}, "BAD_VERSION"), ({"form_title": "x" * 121}, "LONG_TITLE"),
    ],
)  # fmt: skip
def test_names_that_phones_or_addresses_cannot_carry_are_problems(draft, form_id, wrong, kind):
    told = {"form_id": form_id, "version": "1", **wrong}
    form = draft(content=workbooks.workbook([{"type": "text", "name": "a", "label": "A"}], (), told))
    assert [told["kind"] for told in form.problems] == [kind]


def test_a_reference_inside_the_repeat_is_no_problem(draft):
    inside = {"type": "calculate", "name": "same", "calculation": "count(${animal}[age = 3])"}
    assert draft("1", inside).problems == []


def test_what_is_not_said_in_every_language_is_remarked(draft, form_id):
    survey = [{"type": "text", "name": "a", "label::English (en)": "A", "label::हिन्दी (hi)": ""}]
    form = draft(content=workbooks.workbook(survey, (), {"form_id": form_id}))
    told = [(one["kind"], one.get("value")) for one in form.remarks]
    assert ("NO_LANGUAGE", "Telugu (te)") in told
    assert "NO_VILLAGE" in dict(told)


def test_a_form_without_a_village_stands_at_the_place_of_the_posting(draft, desk, token, form_id, village, kept):
    form = draft(content=workbooks.workbook([{"type": "text", "name": "a", "label": "A"}], (), {"form_id": form_id, "version": "1"}))
    desk.post(f"/forms/own/{form.pk}/use/")
    xml = f'<data id="{form_id}" version="1"><a>x</a><meta><instanceID>uuid:{form_id}</instanceID></meta></data>'.encode()
    assert phone.post(Client(), token, xml).status_code == 201
    [row] = kept(FormAnswers.objects.all())
    assert row.place_no == village.place_no


def test_the_preview_says_the_form_in_words(draft, desk):
    form = draft()
    page = text(desk.get(f"/forms/own/{form.pk}/preview/?language=English (en)"))
    assert "“How many cattle?” is more than 0" in page
    assert "the answer is at most 99" in page
    assert "Buffalo" in page
    assert desk.get(f"/forms/own/{form.pk}/preview/?language=Klingon").status_code == 200


def test_the_workbook_comes_back_as_it_was(draft, desk, form_id):
    content = workbooks.census(form_id)
    form = draft(content=content)
    assert b"".join(desk.get(f"/forms/own/{form.pk}/workbook/").streaming_content) == content


@pytest.mark.parametrize("end", ["", "preview/", "workbook/", "use/", "retire/", "test-phone/", "test-phones/end/", "tests/"])
def test_another_state_finds_nothing(in_use, elsewhere, end):
    form = in_use()
    client = sign_in(Client(), elsewhere)
    ask = client.post if end in ("use/", "retire/", "test-phone/", "test-phones/end/", "tests/") else client.get
    assert ask(f"/forms/own/{form.pk}/{end}").status_code == 404
    assert form.form_id not in text(client.get("/forms/own/"))
    assert form.form_id not in text(client.get("/forms/"))


@pytest.mark.parametrize("role", ["gender_crp", "block_officer", "district_manager", "state_expert", "administrator"])
def test_who_makes_no_forms_finds_nothing(in_use, acting, india, role):
    form = in_use()
    with acting(SYSTEM):
        client = sign_in(Client(), make_posting(role, india["state"]))
    for path in ("", f"{form.pk}/", f"{form.pk}/preview/", f"{form.pk}/workbook/"):
        assert client.get(f"/forms/own/{path}").status_code == 404
    for path in ("", f"{form.pk}/use/", f"{form.pk}/retire/", f"{form.pk}/test-phone/", f"{form.pk}/tests/"):
        assert client.post(f"/forms/own/{path}").status_code == 404


def test_raw_sql_shows_another_state_none_of_it(in_use, draft, test_token, form_id, village, token, elsewhere, mis, acting):
    form = in_use()
    phone.post(Client(), token, workbooks.filled(form_id, "1", village))
    phone.post(Client(), test_token(draft("2")), workbooks.filled(form_id, "2-test2", village))
    tables = ("field_stateform", "field_testphone", "field_testanswers", "field_formanswers")
    for user, sees in ((mis, True), (elsewhere, False)):
        with acting(user), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert (cursor.fetchone()[0] > 0) is sees, table
    with acting(elsewhere):
        assert StateForm.objects.filter(pk=form.pk).update(state="RETIRED", retired_at=form.drafted_at) == 0


def test_every_change_is_on_the_trail(in_use, draft, test_token, desk, kept):
    form = in_use()
    test_token(draft("2"))
    desk.post(f"/forms/own/{form.pk}/retire/", {"is_sure": "on"})
    verbs = {line.verb for line in kept(Trail.objects.filter(verb__startswith="field."))}
    told = {"field.form.drafted", "field.form.put_in_use", "field.form.published", "field.form.retired", "field.test_phone.enrolled"}
    assert told <= verbs


def test_a_phone_for_tests_ends_with_the_posting(draft, test_token, mis, acting):
    from datetime import timedelta

    from django.utils import timezone

    token = test_token(draft())
    with acting(SYSTEM):
        mis.postings.update(until=timezone.now().date() - timedelta(days=2))
    assert listed(token) == {}


def test_a_version_nobody_knows_of_a_retired_form_is_kept_for_a_reviewer(in_use, token, form_id, village, desk, kept):
    form = in_use()
    desk.post(f"/forms/own/{form.pk}/retire/", {"is_sure": "on"})
    assert phone.post(Client(), token, workbooks.filled(form_id, "0.9", village)).status_code == 201
    [submission] = kept(Submission.objects.all())
    assert [told["kind"] for told in submission.faults] == ["FORM_VERSION"]


def test_a_lost_phone_for_tests_is_ended(draft, test_token, desk):
    form = draft()
    token = test_token(form)
    assert "1 phone of yours tests drafts." in text(desk.get(f"/forms/own/{form.pk}/"))
    assert desk.post(f"/forms/own/{form.pk}/test-phones/end/").status_code == 302
    assert Client().get(f"/d/{token}/formList").status_code == 401


def test_nobody_tests_with_more_phones_than_she_has_hands_for(draft, test_token, desk):
    form = draft()
    for _phone in range(5):
        test_token(form)
    assert desk.post(f"/forms/own/{form.pk}/test-phone/").status_code == 422
