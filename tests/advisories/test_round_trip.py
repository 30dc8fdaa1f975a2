"""One advisory from the nation to a village and back; each level sees its own and below; what is late climbs."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import Error, connection, transaction

from aanchal.access import policy
from aanchal.access.acting import SYSTEM, acting
from aanchal.advisories import actions, queries
from aanchal.advisories.models import Advisory, Answer, Direction, Task
from aanchal.advisories.rules import Refused
from aanchal.core.models import Trail
from aanchal.library import files
from aanchal.notices.models import Notice
from tests.advisories.builders import DUE, NOW, act, asked, drafted, issued, task_of, today

CONTENT = b"Minutes of the meeting of 2 April"


@pytest.fixture
def advisory(cast, india):
    return issued(cast, india["nation"], asked("VILLAGE_ORGANISATION", india["east"], evidence="FILE", asked="the minutes"))


def told(user) -> set[str]:
    return set(Notice.objects.filter(user=user).values_list("topic", flat=True))


def held(user):
    return policy.current_postings(user, on=today())


def minutes():
    return files.taken("minutes.txt", len(CONTENT), BytesIO(CONTENT))


def compliance(advisory, user, place):
    with acting(user):
        found = queries.compliance(advisory, queries.children(place), today())
    return [(one.place.name, one.asked, one.accepted, one.late) for one in found]


def test_it_goes_from_the_nation_to_the_village_and_back(advisory, cast, india):
    assert [told(cast[who]) for who in ("village", "next_door", "far_block")] == [{"ADVICE"}, {"ADVICE"}, set()]
    task = task_of(cast["village"], india["east village 1"])
    with acting(cast["village"]):
        assert queries.waiting(cast["village"], held(cast["village"]), today()) == {"todo": 1, "late": 0, "decide": 0}
    with pytest.raises(Refused, match="finds_a_person"):
        act("answer", task, cast["village"], words="Ask her mother, 98765 43210", paper=minutes())
    with pytest.raises(Refused, match="file_needed"):
        act("answer", task, cast["village"], words="Read aloud")
    act("answer", task, cast["village"], words="Read aloud to 40 people", paper=minutes())
    with acting(cast["block"]):
        assert [one.pk for one in queries.to_decide(cast["block"], held(cast["block"]))] == [task.pk]
        [said] = queries.answers(task)
        assert said.content() == CONTENT
    assert "ADVICE" in told(cast["block"])
    act("decide", task, cast["block"], decision="RETURN", words="On which day?")
    act("answer", task, cast["village"], words="On 2 April, to 40 people", paper=minutes())
    act("decide", task, cast["block"], decision="ACCEPT", words="")
    assert compliance(advisory, cast["cell"], india["nation"]) == [("state", 2, 1, 0)]
    assert compliance(advisory, cast["cell"], india["state"]) == [("east", 2, 1, 0)]
    assert compliance(advisory, cast["district"], india["east block"]) == [("east village 1", 1, 1, 0), ("east village 2", 1, 0, 0)]
    with acting(SYSTEM):
        verbs = list(Trail.objects.filter(about_id=str(task.pk)).order_by("at", "seq").values_list("verb", flat=True))
    steps = ("answered", "returned", "answered", "accepted")
    assert sorted(verbs) == sorted(f"advisories.task.{step}" for step in steps)


def test_each_level_sees_its_own_and_below(advisory, cast, india, signed_in):
    task = task_of(cast["village"], india["east village 1"])
    seen = {"cell": 2, "state": 2, "district": 2, "block": 2, "village": 1, "next_door": 1, "far_block": 0, "far_state": 0}
    for who, n in seen.items():
        with acting(cast[who]):
            assert Task.objects.count() == n, who
        expected = 404 if who in ("next_door", "far_block", "far_state") else 200
        client = signed_in(cast[who])
        assert client.get(f"/advisories/tasks/{task.pk}/").status_code == expected, who
        far = client.get(f"/advisories/{advisory.pk}/tasks/?place={india['far'].pk}").status_code
        assert far == (200 if who in ("cell", "far_state") else 404), who
    for who in ("next_door", "far_block"):
        client = signed_in(cast[who])
        assert client.post(f"/advisories/tasks/{task.pk}/answer/", {"words": "x"}).status_code == 404
        assert client.post(f"/advisories/tasks/{task.pk}/decide/", {"to": "ACCEPT"}).status_code == 404


def test_raw_statements_of_a_stranger_find_and_change_nothing(advisory, cast, india):
    task = task_of(cast["village"], india["east village 1"])
    act("answer", task, cast["village"], words="Done", paper=minutes())
    ours = drafted(cast["state"], india["state"], asked("AHTU"), number="S/1")
    for who in ("next_door", "far_state"):
        with acting(cast[who]), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM advisories_answer")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM advisories_advisory WHERE id = %s", [ours.pk])
            assert cursor.fetchone() == (0,)
            assert Direction.objects.filter(advisory=ours).count() == 0
            assert Task.objects.filter(pk=task.pk).update(state="ACCEPTED") == 0
    mine = {"place_no": task.place_no, "nth": 2, "words": "x", "at": NOW}
    for who, by in (("block", "block"), ("village", "block"), ("next_door", "next_door")):
        with acting(cast[who]), pytest.raises(Error), transaction.atomic():
            Answer.objects.create(task=task, by=cast[by], **mine)
    for who in ("village", "ahtu"):
        with acting(cast[who]), pytest.raises(Error), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(state="ACCEPTED")


def test_a_draft_is_issued_by_another_and_by_its_own_level(cast, india):
    one = drafted(cast["cell"], india["nation"], asked("AHTU"))
    with acting(cast["district"]):
        assert not Advisory.objects.exists()
    for who, why in (("cell", "own_work"), ("state", "not_there")):
        with acting(cast[who]), pytest.raises(Refused, match=why):
            actions.issue(advisory=one, at=NOW, by=cast[who])
    with acting(cast["cell"]), pytest.raises(Error), transaction.atomic():
        Advisory.objects.filter(pk=one.pk).update(standing="ISSUED", issued_by=cast["cell"], issued_at=NOW)
    with acting(cast["second"]):
        assert actions.issue(advisory=one, at=NOW, by=cast["second"]) == 3
        with pytest.raises(Refused, match="not_a_draft"):
            actions.direct(advisory=Advisory.objects.get(pk=one.pk), asked=asked("AHTU"), at=NOW, by=cast["second"])


def test_a_direction_reaches_only_who_it_names(cast, india):
    one = drafted(cast["state"], india["state"])
    with acting(cast["state"]):
        for wrong, why in (
            (asked("AHTU", india["far"]), "outside"),
            (asked("STATE_POLICE", india["east"]), "no_unit"),
            (asked("AHTU", due_on=NOW.date()), "day_past"),
            (asked("AHTU", words=" "), "empty"),
        ):
            with pytest.raises(Refused, match=why):
                actions.direct(advisory=one, asked=wrong, at=NOW, by=cast["state"])
        made = actions.direct(advisory=one, asked=asked("BLOCK_MISSION", india["west"]), at=NOW, by=cast["state"])
        assert [place.name for place in queries.asked_of(made)] == ["west block"]
    with acting(cast["cell"]):
        assert actions.issue(advisory=one, at=NOW, by=cast["cell"]) == 1


def test_a_newer_one_ends_what_was_asked_a_corrigendum_does_not(advisory, cast, india):
    task = task_of(cast["village"], india["east village 1"])
    corrected = drafted(cast["cell"], india["nation"], number="F.1/2026 (corr.)", relation="CORRIGENDUM", earlier=advisory)
    with acting(cast["second"]):
        actions.issue(advisory=corrected, at=NOW, by=cast["second"])
        assert Task.objects.get(pk=task.pk).state == "OPEN"
    issued(cast, india["nation"], asked("AHTU"), number="F.2/2026", relation="SUPERSEDES", earlier=advisory)
    with acting(cast["cell"]):
        assert Advisory.objects.get(pk=advisory.pk).standing == "SUPERSEDED"
        assert set(Task.objects.filter(advisory=advisory).values_list("state", flat=True)) == {"CANCELLED"}
    with pytest.raises(Refused, match="not_issued"):
        act("answer", task, cast["village"], words="Too late", paper=minutes())


def test_what_is_late_climbs_once_a_rung(advisory, cast, india):
    with acting(SYSTEM):
        climbed = [actions.hand_up(at=_after(days), by=SYSTEM) for days in (0, 1, 2, 8, 60, 61)]
    assert climbed == [0, 2, 0, 2, 2, 0]
    assert [bool(told(cast[who])) for who in ("block", "district", "state", "cell", "far_state")] == [True, True, False, True, False]


def _after(days: int):
    return NOW.replace(year=DUE.year, month=DUE.month, day=DUE.day) + timedelta(days=days)
