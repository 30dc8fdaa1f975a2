"""What families lack is found in the background: of who was assessed since, and where a scheme changed."""

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.benefits import tasks
from aanchal.benefits.models import Proposed
from tests.benefits.builders import applied, family, moved
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
