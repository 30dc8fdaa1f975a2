import pytest
from tests.browser.pages import VIEWS, Kind, wrong_on
pytestmark = pytest.mark.browser
KINDS = (
    Kind("x-pilot", "programme_officer", "/pilots/{pilot}/"),
    Kind("x-pilots", "programme_officer", "/pilots/"),
    Kind("x-files", "programme_officer", "/network/stakeholders/files/"),
    Kind("x-file", "programme_officer", "/network/stakeholders/files/{list}/"),
    Kind("x-map", "programme_officer", "/network/stakeholders/places/"),
    Kind("x-targets", "programme_officer", "/activities/trainings/targets/"),
    Kind("x-tree", "programme_officer", "/activities/trainings/cascade/"),
    Kind("x-masters", "programme_officer", "/activities/trainings/masters/"),
    Kind("x-training", "programme_officer", "/activities/trainings/{training}/"),
    Kind("x-taskforces", "programme_officer", "/activities/task-forces/"),
    Kind("x-taskforce", "programme_officer", "/activities/task-forces/{task_force}/"),
    Kind("x-points", "programme_officer", "/activities/points/"),
    Kind("x-materials", "programme_officer", "/activities/campaign/materials/"),
    Kind("x-villages", "programme_officer", "/activities/campaign/villages/"),
    Kind("x-event", "programme_officer", "/activities/campaign/events/{event}/"),
    Kind("x-library-new", "state_expert", "/library/new/"),
    Kind("x-library", "state_expert", "/library/"),
    Kind("x-document", "state_expert", "/library/", press="main ul.list.card a"),
    Kind("x-practices", "programme_officer", "/library/practices/"),
    Kind("x-told", "programme_officer", "/library/practices/told/"),
    Kind("x-practice", "state_expert", "/library/practices/told/", press="main ul.list.card a"),
    Kind("x-practice-new", "programme_officer", "/library/practices/new/"),
    Kind("x-advisory-new", "analyst", "/advisories/new/"),
    Kind("x-advisory-desk", "analyst", "/advisories/"),
    Kind("x-advisory-list", "analyst", "/advisories/all/"),
    Kind("x-advisory", "analyst", "/advisories/{advisory}/"),
    Kind("x-advisory-tasks", "analyst", "/advisories/{advisory}/tasks/"),
    Kind("x-seldetail", "programme_officer", "/network/stakeholders/new/?place={village}"),
    Kind("x-alike", "programme_officer", "/network/stakeholders/alike/"),
)
@pytest.mark.parametrize("view", VIEWS, ids=lambda v: f"{v[0]}")
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.name)
def test_it(arrive, site, kind, view):
    assert wrong_on(arrive, site.ids, kind, view) == []
