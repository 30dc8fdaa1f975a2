"""What the demo's phones send: good forms without a fault, bad ones of every kind, the same bytes each time."""

import io
import time
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from PIL import Image

from aanchal.config.demo import bad_post, state
from aanchal.config.demo.entries import register_entries
from aanchal.config.demo.people import households
from aanchal.config.demo.submissions import SEED, submissions
from aanchal.config.demo.wire import NotOnTheForm, arranged, instance_xml
from aanchal.core.codes import household_code, normalise
from aanchal.field import xlsforms
from aanchal.field.xform import BadXml, Form, parse

TODAY = date(2026, 11, 22)
INDIA = timezone(timedelta(hours=5, minutes=30))
FAULT_OF_FORM = {"FUTURE_DATE": "CONSTRAINT", "MISSING_REQUIRED": "REQUIRED", "WRONG_AGE": "CONSTRAINT", "UNKNOWN_VILLAGE": "CHOICE"}


@pytest.fixture(scope="module")
def post():
    return submissions(SEED, TODAY)


@pytest.fixture(scope="module")
def forms():
    villages = "name,label\n" + "".join(f"{village.code},{village.en}\n" for village in state.villages())
    media = {"villages.csv": villages.encode()}
    return {form_id: Form.from_xml(xlsforms.to_xform(form_id), media) for form_id in xlsforms.sources()}


def _faults(forms, one):
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 20, tzinfo=INDIA)
    return forms[one.form_id].validate(parse(one.xml), today=TODAY, now=now).faults


def _of_kind(post, kind):
    return [one for one in post if one.expectation.kind == kind]


def _digest(post):
    digest = sha256()
    for one in post:
        digest.update(one.xml)
        for name, content in one.attachments.items():
            digest.update(name.encode() + content)
    return digest.digest()


def test_it_sends_the_same_bytes_for_the_same_seed_and_day(post):
    again = submissions(SEED, TODAY)
    assert again == post
    assert _digest(again) == _digest(post)
    assert _digest(submissions(SEED + 1, TODAY)) != _digest(post)


def test_it_is_made_in_under_three_seconds_of_processor_time(post):
    begun = time.process_time()
    submissions(SEED, TODAY)
    assert time.process_time() - begun < 3


def test_it_sends_good_forms_that_validate_without_a_fault(post, forms):
    faulty = [(one.form_id, fault) for one in _of_kind(post, "GOOD") for fault in _faults(forms, one)]
    assert faulty == []


def test_it_sends_every_form_of_the_pilot_from_every_village_of_the_block(post):
    good = Counter((one.village_code, one.form_id) for one in _of_kind(post, "GOOD"))
    for village in state.villages(state.DEMO_BLOCK.code):
        assert good[village.code, "village_situation"] == 1
        for form_id in ("household_survey", "safety_point", "migration_entry", "marriage_entry", "departure_entry"):
            assert good[village.code, form_id] >= 1, (village.en, form_id)
    of_later = {"follow_up", "check_in"}  # the pilot holds first visits and first entries only
    assert {form_id for _, form_id in good} == set(xlsforms.sources()) - of_later


def test_it_sends_surveys_for_the_whole_block(post):
    block = {village.code for village in state.villages(state.DEMO_BLOCK.code)}
    surveys = [one for one in _of_kind(post, "GOOD") if one.form_id == "household_survey" and one.village_code in block]
    assert len(surveys) >= 1_500


def test_it_sends_bad_ones_of_every_kind_as_counted(post):
    kinds = Counter(one.expectation.kind for one in post)
    assert {kind: kinds[kind] for kind in bad_post.COUNTS} == bad_post.COUNTS
    assert set(kinds) == {"GOOD", *bad_post.COUNTS}
    assert sum(bad_post.COUNTS.values()) < 0.05 * len(post)


@pytest.mark.parametrize("kind", FAULT_OF_FORM)
def test_it_sends_slips_that_the_forms_own_binds_catch(post, forms, kind):
    for one in _of_kind(post, kind):
        assert {str(fault.kind) for fault in _faults(forms, one)} == {FAULT_OF_FORM[kind]}
        assert (one.expectation.status, one.expectation.flagged) == (201, True)


@pytest.mark.parametrize("kind", ["SENT_AGAIN", "SAME_ID_OTHER_CONTENT", "FAMILY_TWICE", "MISSING_TWICE", "OLD_VERSION"])
def test_it_sends_doubles_that_only_the_server_can_catch(post, forms, kind):
    assert not [fault for one in _of_kind(post, kind) for fault in _faults(forms, one)]


def test_it_sends_again_after_the_first_time_and_changed_under_the_same_id(post):
    first = {}
    for one in post:
        if one.expectation.kind == "GOOD":
            first[parse(one.xml).instance_id] = one
        elif one.expectation.kind == "SENT_AGAIN":
            assert first[parse(one.xml).instance_id].xml == one.xml
            assert one.expectation.status == 202
        elif one.expectation.kind == "SAME_ID_OTHER_CONTENT":
            assert first[parse(one.xml).instance_id].xml != one.xml
            assert one.expectation.status == 409


def test_it_gives_every_other_submission_an_id_of_its_own(post):
    same = {"SENT_AGAIN", "SAME_ID_OTHER_CONTENT", "TRUNCATED"}
    ids = Counter(parse(one.xml).instance_id for one in post if one.expectation.kind not in same)
    assert set(ids.values()) == {1}


def test_it_cuts_some_short_before_they_go_through_whole(post):
    whole = {one.xml: one.at for one in _of_kind(post, "GOOD")}
    for one in _of_kind(post, "TRUNCATED"):
        assert one.expectation.status == 400
        assert [at for xml, at in whole.items() if xml.startswith(one.xml) and at > one.at]
        with pytest.raises(BadXml):
            parse(one.xml)


def test_it_reports_a_missing_person_twice_under_another_person_id(post, forms):
    told = [(one, _person(one)) for one in post if one.form_id == "missing_entry"]
    for one, person in told:
        if one.expectation.kind == "MISSING_TWICE":
            alike = [other for sent, other in told if other["name"] == person["name"] and sent.at < one.at]
            assert alike
            assert all(other["person_id"] != person["person_id"] for other in alike)


def _person(one):
    return {child.tag: child.text for child in parse(one.xml).root.find("person")}


def test_it_uses_a_version_that_was_never_published_for_the_old_form(post):
    versions = {parse(one.xml).version for one in _of_kind(post, "OLD_VERSION")}
    assert versions == {bad_post.OLD_VERSION}
    assert versions.isdisjoint(xlsforms.version(form_id) for form_id in xlsforms.sources())


def test_it_comes_in_the_order_of_a_year_that_ends_before_today(post):
    moments = [one.at for one in post]
    assert moments == sorted(moments)
    assert moments[-1].date() < TODAY
    assert TODAY - moments[0].date() <= timedelta(days=365)


def test_it_links_most_register_lines_to_a_family_surveyed_before(post):
    surveyed = {household_code(h.id): h.visited_at for h in households(SEED, TODAY) if h.consent}
    lines = list(register_entries(SEED, TODAY, households(SEED, TODAY)))
    coded = [line for line in lines if line.answers["household_code"]]
    assert len(coded) > 0.75 * len(lines)
    assert all(surveyed[normalise(line.answers["household_code"])] < line.at for line in coded)


def test_it_enters_nobody_twice_in_one_register():
    lines = register_entries(SEED, TODAY, households(SEED, TODAY))
    who = Counter((line.form_id, line.answers["name"], line.answers["guardian_name"]) for line in lines)
    assert set(who.values()) == {1}


def test_it_carries_some_pictures_that_open(post):
    pictures = [content for one in post for content in one.attachments.values()]
    assert len(pictures) > 10
    assert Image.open(io.BytesIO(pictures[0])).size == (96, 72)


def test_it_writes_markup_in_an_answer_as_text():
    xml = instance_xml("f", "1", {"name": "<b> & </b>", "group": {"inside": None}, "one": [{"n": 1}, {"n": 2}]})
    root = parse(xml).root
    assert root.findtext("name") == "<b> & </b>"
    assert [one.findtext("n") for one in root.findall("one")] == ["1", "2"]
    assert root.find("group/inside").text is None


def test_it_refuses_an_answer_to_a_question_the_form_does_not_ask():
    with pytest.raises(NotOnTheForm):
        arranged("household_survey", {"village": 1, "favourite_colour": "red"})
    with pytest.raises(NotOnTheForm):
        arranged("household_survey", {"member": [{"favourite_colour": "red"}]})
