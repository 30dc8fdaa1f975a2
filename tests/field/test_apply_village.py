"""The village situation and the safety map sent from a phone reach the village's own pages."""

import pytest

from aanchal.inbox.models import Submission
from aanchal.risk.models import VillageAssessment
from aanchal.villages.models import SafetyPoint, Situation
from tests.field import phone

pytestmark = pytest.mark.django_db


def test_a_situation_is_kept_and_the_village_assessed(send, village, kept):
    assert send("village_situation", phone.situation(village)).status_code == 201
    assert [submission.faults for submission in kept(Submission.objects.all())] == [[]]
    [situation] = kept(Situation.objects.all())
    assert (situation.facts["girls_0_6"], situation.child_sex_ratio) == (46, 920)
    [assessment] = kept(VillageAssessment.objects.all())
    assert assessment.situation_id == situation.pk
    assert assessment.points > 0


def test_a_safety_point_stands_where_the_phone_stood(send, village, kept):
    assert send("safety_point", phone.safety_point(village)).status_code == 201
    [point] = kept(SafetyPoint.objects.all())
    assert (point.kind, point.type, point.name) == ("DANGER", "DARK_PATH", "Old ghat")
    assert (point.longitude, point.latitude) == (85.2, 12.5)
    assert point.place_no == village.place_no


def test_a_phone_number_on_the_map_waits_for_a_person(send, village, kept):
    send("safety_point", phone.safety_point(village, note="call 98765 43210"))
    assert kept(SafetyPoint.objects.all()) == []
    [submission] = kept(Submission.objects.all())
    assert [told["kind"] for told in submission.faults] == ["NOT_SAID"]
