"""What was noted wrong of the campaign is corrected by a new line or struck out; totals follow, and nothing is lost."""

import pytest
from django.db import transaction
from django.db.utils import Error

from aanchal.access.acting import SYSTEM, acting
from aanchal.activities import amending, campaigning, counts, queries
from aanchal.activities.models import CampaignEvent, Question, Recall
from aanchal.activities.terms import GROUPS
from aanchal.core.models import Trail
from tests.activities.builders import DAY, NOW
from tests.activities.test_campaign import PLAY, held, refused


@pytest.fixture
def event(india, officer):
    """With a question and a recall."""
    one = held(india["east village 1"], officer)
    with acting(officer):
        campaigning.note_question(event=one, topic="JOB", words="Is it free?", times=3, by=officer)
        campaigning.check_recall(event=one, on=DAY, message="1098", asked=20, remembered=13, at=NOW, by=officer)
    return one


def reached(place, by) -> int:
    with acting(by):
        return counts.outcomes(place, DAY, DAY)["reached"]


def test_an_event_is_corrected_by_a_new_line_and_every_total_follows(india, officer, event):
    with acting(officer):
        told = {"event": event, "told": PLAY | {"women": 25}, "at": NOW, "by": officer}
        with refused("why: length"):
            amending.correct_event(why=" ", **told)
        row = amending.correct_event(why="Counted twice at the door", **told)
        with refused("ended_already"):
            amending.correct_event(why="Again", **told)
        assert (row.came, row.stands, [one.pk for one in row.earlier()]) == (58, True, [event.pk])
        assert [(one.stands, one.women) for one in CampaignEvent.told.order_by("pk")] == [(False, 30), (True, 25)]
        assert (row.questions.count(), row.recalls.count()) == (1, 1)
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="activities.event.corrected", about_id=str(row.pk)).exists()
    assert reached(india["state"], officer) == 58


def test_an_event_struck_out_counts_no_more_nor_what_was_asked_there(india, officer, event):
    with acting(officer):
        amending.strike_event(event=event, why="Noted twice", at=NOW, by=officer)
        assert (queries.remembered(officer), queries.asked_about(officer)) == ((0, 0), [])
        assert [(row.stands, row.ended_why) for row in (*CampaignEvent.told.all(), *Recall.told.all())] == [(False, "Noted twice")] * 2
    assert reached(india["state"], officer) == 0


def test_what_a_later_event_counts_upon_is_not_taken_from_under_it(india, officer, event):
    held(india["east village 2"], officer, women=30, again_women=30)
    with acting(officer):
        with refused("counted_upon"):
            amending.strike_event(event=event, why="Noted twice", at=NOW, by=officer)
        with refused("counted_upon"):
            amending.correct_event(event=event, told=PLAY | {"women": 29}, why="One fewer", at=NOW, by=officer)
        with refused("remembered_does_not_fit"):
            amending.correct_event(event=event, told=PLAY | {"girls": 0, "women": 6, "boys": 0}, why="Fewer", at=NOW, by=officer)
        event.refresh_from_db()
        assert (event.stands, queries.remembered(officer)) == (True, (20, 13))


def test_an_answer_is_corrected_or_struck_out(officer, event):
    with acting(officer):
        recall, question = Recall.objects.get(), Question.objects.get()
        told = {"on": DAY, "message": "1098", "why": "Misread", "at": NOW, "by": officer}
        with refused("more_remembered_than_asked"):
            amending.correct_recall(recall=recall, asked=10, remembered=11, **told)
        right = amending.correct_recall(recall=recall, asked=10, remembered=4, **told)
        assert queries.remembered(officer) == (10, 4)
        amending.strike(line=right, why="Asked of others", at=NOW, by=officer)
        assert queries.remembered(officer) == (0, 0)
        amending.correct_question(question=question, topic="LAW", words="Is it free?", times=5, why="Misread", at=NOW, by=officer)
        assert [n for _label, n in queries.asked_about(officer)] == [5]
        assert Recall.told.count() == 2


def test_the_database_changes_no_line_that_ended_and_nothing_else_of_one_that_stands(officer, event):
    with acting(officer):
        for told in ({"women": 1}, {"recorded_at": NOW}):
            with pytest.raises(Error), transaction.atomic():
                CampaignEvent.objects.update(**told)
        amending.strike_event(event=event, why="Noted twice", at=NOW, by=officer)
        assert CampaignEvent.told.filter(pk=event.pk).update(stands=True, ended_at=None, ended_why="") == 0


def test_the_page_corrects_and_strikes_out_and_keeps_what_stood(officer, event, enter):
    client, base = enter(officer), "/activities/campaign"
    address = f"{base}/event/{event.pk}/amend/"
    shown = client.get(address).content.decode()
    assert ('name="girls"' in shown, 'name="girls_0"' in shown) == (True, False)
    told = PLAY | {"on": DAY.isoformat(), "cost_paise": "0", "women": 12} | {f"again_{group}": 0 for group in GROUPS}
    assert client.post(address, told | {"what": "correct"}).status_code == 422
    assert client.post(address, {"what": "names"}).status_code == 404
    answer = client.post(address, told | {"what": "correct", "why": "The list says twelve"})
    page = client.get(answer["Location"]).content.decode()
    assert "The list says twelve" in page
    assert "This was corrected" in client.get(f"{base}/events/{event.pk}/").content.decode()
    assert client.get(address).status_code == 404
    with acting(officer):
        recall, question = Recall.objects.get(), Question.objects.get()
    for kind, line in (("recall", recall), ("question", question)):
        assert client.get(f"{base}/{kind}/{line.pk}/amend/").status_code == 200
        assert client.post(f"{base}/{kind}/{line.pk}/amend/", {"what": "strike", "why": "Never asked"}).status_code == 302
    assert client.get(f"{base}/names/{recall.pk}/amend/").status_code == 404
    with acting(officer):
        assert (queries.remembered(officer), queries.asked_about(officer)) == ((0, 0), [])


def test_a_stranger_of_the_next_district_corrects_nothing(stranger, event, enter):
    client = enter(stranger)
    assert client.get(f"/activities/campaign/event/{event.pk}/amend/").status_code == 404
    assert client.post(f"/activities/campaign/event/{event.pk}/amend/", {"what": "strike", "why": "x"}).status_code == 404
    with acting(stranger):
        assert CampaignEvent.told.filter(pk=event.pk).update(stands=False) == 0
