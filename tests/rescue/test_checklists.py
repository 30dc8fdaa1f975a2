import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.rescue import rules, sops
from aanchal.rescue.models import Sop
from aanchal.rescue.terms import Duty, Matter, Phase


@pytest.fixture
def checklists(db):
    with acting(SYSTEM):
        sops.load(by=SYSTEM)
        return {one.matter: one for one in Sop.objects.all()}


def test_every_matter_has_one(checklists):
    assert set(checklists) == set(Matter)


def test_it_is_loaded_once(checklists):
    with acting(SYSTEM):
        assert sops.load(by=SYSTEM) == 0


def test_each_step_says_who_and_where_it_is_written_in_three_languages(checklists):
    for sop in checklists.values():
        keys = [step.key for step in sop.checklist]
        assert len(keys) == len(set(keys))
        for step in sop.checklist:
            assert step.phase in Phase
            assert step.who in Duty
            assert step.source
            assert set(step.texts) == {"en", "hi", "te"}
            assert set(step.evidence) in ({"en", "hi", "te"}, set())


def test_no_checklist_can_be_passed_without_a_step(checklists):
    for sop in checklists.values():
        for phase in Phase:
            assert rules.open_steps(phase, sop.checklist, {})


def test_a_child_is_before_the_committee_in_every_checklist_within_a_day(checklists):
    for sop in checklists.values():
        step = next(one for one in sop.checklist if one.key == "before-cwc")
        assert (step.hours, step.is_must, step.is_read) == (24, True, True)


def test_what_was_not_read_at_its_source_is_marked(checklists):
    [step] = [one for one in checklists["SEXUAL"].checklist if one.key == "before-magistrate"]
    assert not step.is_read
