"""What families lack is found in the background: of who was assessed since, and where a scheme changed."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import queries, tasks
from aanchal.benefits.facts import SchemeChanged
from aanchal.benefits.models import Proposed, SchemeVersion
from aanchal.benefits.rules import Refused
from aanchal.config import flow
from tests.benefits.builders import applied, family, moved, now, today
from tests.risk import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def deferred(monkeypatch):
    """What would be put into the queue."""
    found = []
    for job in (tasks.look_again, tasks.look_at_new):
        monkeypatch.setattr(job, "defer", lambda job=job, **told: found.append((job.name.rpartition(".")[2], told)))
    return found


def looked() -> set:
    with acting(SYSTEM):
        return set(Proposed.objects.values_list("household", flat=True))


def test_only_families_at_risk_are_looked_at_and_each_once(village, deferred):
    at_risk, calm = family(village), world.family(village).household
    with acting(SYSTEM):
        tasks.look_at_new.func()
        before = Proposed.objects.get(household=at_risk)
        tasks.look_at_new.func()
        assert Proposed.objects.get(household=at_risk).found_at == before.found_at
    assert looked() == {at_risk.pk}
    assert calm.pk not in looked()
    assert "NFSA_PHH" in before.lacking
    assert deferred == []


def test_a_new_assessment_has_the_family_looked_at_again(village, deferred, crp):
    household = family(village)
    with acting(SYSTEM):
        tasks.look_at_new.func()
    moved(applied(household, by=crp), "DELIVERED", by=crp)
    with acting(SYSTEM):
        assert "NFSA_PHH" not in Proposed.objects.get(household=household).lacking


def test_a_place_is_gone_through_batch_after_batch(village, deferred):
    family(village)
    with acting(SYSTEM):
        tasks.look_again.func(place=village.pk)
    assert len(looked()) == 1
    assert [name for name, _ in deferred] == ["look_again"]


def test_no_private_scheme_is_kept_for_the_counts(village, deferred):
    household = family(village, {"violence_disclosed": True})
    with acting(SYSTEM):
        tasks.look_at_new.func()
        found = Proposed.objects.get(household=household)
    assert not {"OSC", "VCOMP", "LEGALAID", "SHAKTISADAN", "BLREHAB"} & {*found.lacking, *found.to_ask}


def another_process_writes(state, since):
    """A version of which this process was not told."""
    nation = SchemeVersion.objects.get(code="NFSA_PHH")
    content = nation.content | {"eligible": {"fact": "landless", "is": False}}
    told = {"version": f"NFSA_PHH-{since}", "code": "NFSA_PHH", "effective_from": since, "content": content}
    return SchemeVersion.objects.create(place=state, place_no=state.place_no, **told)


def test_what_another_process_wrote_is_read_at_once_where_something_is_decided(village, deferred):
    household = family(village)
    with acting(SYSTEM):
        assert queries.in_force("NFSA_PHH", today(), village).version
        another_process_writes(village.state, today())
    with pytest.raises(Refused, match="not_eligible"):
        applied(household)
    with acting(SYSTEM):
        tasks.look_again.func(place=village.pk)
        assert "NFSA_PHH" not in Proposed.objects.get(household=household).lacking


def test_a_version_of_a_later_day_is_read_into_the_families_on_that_day(village, deferred):
    with acting(SYSTEM):
        written = another_process_writes(village.state, today())
        tasks.begin_what_holds_from_today.func(timestamp=0)
    assert deferred == [("look_again", {"place": written.place_id})]


def test_a_version_is_read_into_the_families_twice_so_that_no_process_left_the_old_one_there(village):
    with acting(SYSTEM):
        written = another_process_writes(village.state, today())
        flow.look_at_families_of_state(SchemeChanged(scheme=written, at=now(), by=SYSTEM))
        jobs = ProcrastinateJob.objects.filter(task_name__endswith="look_again").order_by("id")
        assert [job.args for job in jobs] == [{"place": written.place_id}] * 2
        assert jobs[1].scheduled_at >= now() + timedelta(seconds=100)
