"""Cases from before names had a mark of their sound get one at night, a batch at a time."""

import pytest
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.cases import actions, finding, sounding, tasks
from aanchal.cases.models import Mark
from aanchal.core.models import Trail
from tests.cases.builders import open_case, someone


@pytest.fixture
def silenced(staff, monkeypatch):
    """Cases opened when nothing was heard yet."""

    def opened(*names: str) -> list:
        with monkeypatch.context() as before:
            before.setattr(finding, "_heard", [])
            return [open_case(staff, identity=someone(name)) for name in names]

    return opened


def found(staff, name: str) -> set:
    with acting(staff.worker):
        return {one.pk for one in actions.search_name(name=name, at=timezone.now(), by=staff.worker)}


def test_an_old_case_is_found_in_another_script_after_the_night(staff, silenced):
    (case,) = silenced("सुनीता देवी")
    assert found(staff, "Sunita Devi") == set()
    with acting(SYSTEM):
        assert sounding.fill_sounds(by=SYSTEM) is None
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="cases.identity.opened", about_id=str(case.pk), detail__reason="SOUND").count() == 1
    assert found(staff, "Sunita Devi") == {case.pk}


def test_it_goes_on_where_it_stopped_and_does_nothing_twice(silenced, monkeypatch):
    monkeypatch.setattr(sounding, "A_BATCH", 2)
    silenced("Planted Asha", "Planted Bina", "Planted Chandni")
    with acting(SYSTEM):
        last = sounding.fill_sounds(by=SYSTEM)
        assert Mark.objects.filter(kind="SND").count() == 2
        assert sounding.fill_sounds(by=SYSTEM, after=last.pk) is None
        assert sounding.fill_sounds(by=SYSTEM) is None
        assert Mark.objects.filter(kind="SND").count() == 3


def test_who_may_not_know_the_name_reads_no_mark_of_its_sound(staff):
    open_case(staff, identity=someone("Planted Asha"))
    with acting(staff.second):
        assert not Mark.objects.exists()


def test_the_clock_begins_it_every_night(db):
    tasks.begin_to_fill_sounds(0)
