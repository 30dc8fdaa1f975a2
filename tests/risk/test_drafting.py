"""A state's version of an index: drafted, previewed, approved by a second person, in force from its day."""

import copy
from datetime import timedelta
from functools import cache

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.config.commands import index_command
from aanchal.core.models import Trail
from aanchal.risk import counts, drafting, measured, own_points, queries, supposed, tasks
from aanchal.risk.drafting import Unsound
from aanchal.risk.editing import cutoffs, edited
from aanchal.risk.loading import load
from aanchal.risk.models import Assessment, IndexDefinition, IndexDraft, Movement
from aanchal.risk.own_points import Meeting
from aanchal.risk.rules import NotPossible, Refused
from aanchal.risk.terms import Subject
from aanchal.risk.what_if import Scenario
from aanchal.villages import actions as villages
from tests.factories import DAY, NOON
from tests.risk.builders import HOUSEHOLD, shipped
from tests.risk.world import family, said_by

HEAVY = {"breadwinner_lost": True, "livelihood_lost": True, "food_short_months": 3, "child_working": True}
"""Sixteen points: vulnerable; twenty where B1 and B2 weigh six."""
LIGHTER = {"points_F1": 3, "points_F3": 3, "points_G1": 3, "points_M1": 3}
CHANGES = {"points_B1": 6, "points_B2": 6, **LIGHTER}


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def expert(village, posted):
    return posted("state_expert", "state")


@pytest.fixture
def second(village, posted):
    return posted("state_expert", "state")


def begin(by, state, subject=Subject.HOUSEHOLD):
    with acting(by):
        return drafting.draft_version(subject=subject, state=state, at=NOON, by=by)


def save(draft, by, changes=CHANGES, on=DAY):
    with acting(by):
        return drafting.save_draft(draft=draft, content=edited(draft.content, changes), effective_from=on, by=by)


def preview(draft):
    with acting(SYSTEM):
        drafting.count_movements(draft=draft, after=None, most=100, on=DAY, by=SYSTEM)
        return IndexDraft.objects.get(pk=draft.pk)


def submitted(by, state, changes=CHANGES, on=DAY):
    draft = preview(save(begin(by, state), by, changes, on))
    with acting(by):
        return drafting.submit_draft(draft=draft, by=by)


def approve(draft, by):
    with acting(by):
        return drafting.approve_draft(draft=draft, at=NOON, by=by)


def test_a_second_person_approves_it_and_it_holds_in_the_state_alone(expert, second, india):
    made = approve(submitted(expert, india["state"]), second)
    assert (made.place_id, made.drafted_by_id, made.approved_by_id) == (india["state"].pk, expert.pk, second.pk)
    with acting(SYSTEM):
        here = queries.definition_in_force(Subject.HOUSEHOLD, DAY, india["east village 1"])
        there = queries.definition_in_force(Subject.HOUSEHOLD, DAY, india["far village 1"])
        nation = queries.definition_in_force(Subject.HOUSEHOLD, DAY)
    assert (here.version, here.points_of["B1"]) == (made.version, 6)
    assert there.version == nation.version == HOUSEHOLD.version


def test_who_drafted_it_does_not_approve_it(expert, india):
    with pytest.raises(Refused, match="by_the_same_person"):
        approve(submitted(expert, india["state"]), expert)


def test_nobody_else_changes_it(expert, second, india):
    with pytest.raises(NotPossible):
        save(begin(expert, india["state"]), second)


def test_it_saves_nothing_that_the_lint_finds_wrong(expert, india):
    draft = begin(expert, india["state"])
    with pytest.raises(Unsound, match="sum to 61"):
        save(draft, expert, {"points_B1": 5})
    with acting(SYSTEM):
        assert IndexDraft.objects.get().revision == 1


def test_it_is_not_submitted_before_its_preview_is_counted(expert, india):
    draft = save(preview(begin(expert, india["state"])), expert)
    with acting(expert), pytest.raises(Refused, match="not_previewed"):
        drafting.submit_draft(draft=draft, by=expert)


def test_what_is_submitted_is_not_changed_and_may_be_returned(expert, second, india):
    draft = submitted(expert, india["state"])
    with pytest.raises(NotPossible):
        save(draft, expert)
    with acting(second):
        drafting.return_draft(draft=draft, by=second)
    assert save(draft, expert, {}).revision == 3


def test_one_draft_of_an_index_is_open_at_a_time(expert, india):
    draft = begin(expert, india["state"])
    with pytest.raises(Refused, match="drafted_already"):
        begin(expert, india["state"])
    begin(expert, india["state"], Subject.VILLAGE)
    with acting(expert):
        drafting.withdraw_draft(draft=draft, at=NOON, by=expert)
    begin(expert, india["state"])


def test_it_begins_on_no_day_that_is_over_and_on_none_that_is_taken(expert, second, india):
    with pytest.raises(Refused, match="in_the_past"):
        approve(submitted(expert, india["state"], on=DAY - timedelta(days=1)), second)
    with acting(SYSTEM):
        IndexDraft.objects.update(state="WITHDRAWN")
    approve(submitted(expert, india["state"]), second)
    with pytest.raises(Refused, match="taken"):
        approve(submitted(expert, india["state"], {"points_B1": 5, "points_B2": 7}), second)


def test_only_a_state_has_a_version_of_its_own(expert, india):
    with acting(SYSTEM), pytest.raises(Refused, match="not_a_state"):
        drafting.draft_version(subject=Subject.HOUSEHOLD, state=india["east"], at=NOON, by=SYSTEM)


def test_the_preview_counts_who_would_change_band(expert, village, india):
    for told in (HEAVY, HEAVY, {}):
        family(village, told)
    family(india["far village 1"], HEAVY)
    draft = preview(save(begin(expert, india["state"]), expert))
    with acting(SYSTEM):
        assert list(Movement.objects.values_list("place", "before", "after", "families")) == [(village.pk, "VULNERABLE", "AT_RISK", 2)]
    assert (draft.previewed_seen, draft.is_previewed) == (3, True)


def test_the_preview_counts_in_batches_to_the_same_sum(expert, village, india):
    for _ in range(5):
        family(village, HEAVY)
    draft = save(begin(expert, india["state"]), expert)
    with acting(SYSTEM):
        last = None
        while last := drafting.count_movements(draft=draft, after=last, most=2, on=DAY, by=SYSTEM):
            assert not IndexDraft.objects.get().is_previewed
        assert Movement.objects.get().families == 5
        assert IndexDraft.objects.get().previewed_seen == 5


def test_the_job_counts_only_the_revision_it_was_asked_for(expert, village, india, now):
    family(village, HEAVY)
    draft = save(begin(expert, india["state"]), expert)
    tasks.preview(draft=str(draft.pk), revision=1)
    with acting(SYSTEM):
        assert not Movement.objects.exists()
    tasks.preview(draft=str(draft.pk), revision=2)
    with acting(SYSTEM):
        assert Movement.objects.get().families == 1


def test_the_job_assesses_the_families_of_the_state_again(expert, second, village, india, now):
    here, there = family(village, HEAVY), family(india["far village 1"], HEAVY)
    made = approve(submitted(expert, india["state"]), second)
    tasks.rescore(place=india["state"].pk)
    with acting(SYSTEM):
        now_here = Assessment.objects.get(household=here.household, is_current=True)
        assert (now_here.definition_id, now_here.band) == (made.version, "AT_RISK")
        assert Assessment.objects.get(household=there.household, is_current=True).definition_id == HOUSEHOLD.version
        assert Assessment.objects.filter(household=here.household).count() == 2
        assert counts.measures(india["state"], DAY).poor == 1
        assert counts.measures(india["nation"], DAY).households == 1  # the far state's: the other is measured by its own index


def test_what_begins_later_is_begun_by_its_own_day(expert, second, village, india):
    approve(submitted(expert, india["state"], on=DAY + timedelta(days=3)), second)
    with acting(SYSTEM):
        assert queries.definition_in_force(Subject.HOUSEHOLD, DAY, village).version == HOUSEHOLD.version
        assert queries.places_with_something_new(DAY + timedelta(days=2)) == []
        assert queries.places_with_something_new(DAY + timedelta(days=3)) == [(india["state"].pk, "HOUSEHOLD")]


def test_the_village_index_is_drafted_and_read_again_too(expert, second, village, india, now):
    with acting(SYSTEM):
        villages.record_situation(answers={"migrant_households_pct": 40}, place=village, told_on=DAY, at=NOON, by=SYSTEM)
    draft = begin(expert, india["state"], Subject.VILLAGE)
    save(draft, expert, {"parameter_migrant_households_line": 90, "source": "State survey 2026"})
    draft = preview(draft)
    with acting(expert):
        drafting.submit_draft(draft=draft, by=expert)
    made = approve(draft, second)
    tasks.rescore_villages(place=india["state"].pk)
    with acting(SYSTEM):
        assert queries.village_assessment(village).definition_id == made.version
        assert made.content["parameters"]["migrant_households_line"] == {
            "value": 90, "unit": "per cent of households", "source": "State survey 2026"
        }  # fmt: skip


def test_the_editor_changes_numbers_only(village):
    content = shipped("household-1")
    before = copy.deepcopy(content)
    assert [(one.name, one.value) for one in cutoffs(content)] == [("cutoff_L2_0", 1), ("cutoff_L3_0", 0)]
    new = load(edited(content, {"cutoff_L2_0": 2, "band_SEVERE": 32, **CHANGES}))
    assert content == before
    assert (new.points_of["B1"], {one.key: one.points for one in new.dimensions}["shock"]) == (6, 16)
    assert new.bands[-1].starts_at == 32


def test_each_step_is_on_the_trail(expert, second, india):
    approve(submitted(expert, india["state"]), second)
    with acting(SYSTEM):
        found = Trail.objects.filter(verb__startswith="risk.d").exclude(verb="risk.definition.loaded")
        assert {(line.verb, line.actor) for line in found} == {
            ("risk.draft.began", expert.pk), ("risk.draft.saved", expert.pk), ("risk.draft.submitted", expert.pk),
            ("risk.definition.approved", second.pk),
        }  # fmt: skip


def fields(draft, **changes):
    values = {"effective_from": DAY.isoformat(), "village_limit": 2, "source": ""}
    values |= {f"points_{one['key']}": one["points"] for one in draft.content["indicators"]}
    values |= {one.name: one.value for one in cutoffs(draft.content)}
    values |= {f"parameter_{key}": one["value"] for key, one in draft.content["parameters"].items()}
    return values | {f"band_{one['key']}": one["from"] for one in draft.content["bands"]} | changes


def test_the_pages_take_it_from_draft_to_version(expert, second, village, india, signed_in, now):
    family(village, HEAVY)
    client = signed_in(expert)
    url = client.post(reverse("draft-begin"), {"subject": "HOUSEHOLD"}).url
    with acting(SYSTEM):
        draft = IndexDraft.objects.get()
    wrong = client.post(url, fields(draft, points_B1=5))
    assert wrong.status_code == 422
    assert "sum to 61" in said_by(wrong)
    assert client.post(url, fields(draft, **CHANGES)).status_code == 302
    tasks.preview(draft=str(draft.pk), revision=2)
    assert "1 compared" in said_by(client.get(url))
    client.post(reverse("draft-move", args=[draft.pk, "submit"]))
    client.post(reverse("draft-move", args=[draft.pk, "approve"]))
    with acting(SYSTEM):
        assert IndexDraft.objects.get().state == "SUBMITTED"
    client = signed_in(second)
    assert client.post(reverse("draft-move", args=[draft.pk, "approve"])).status_code == 302
    with acting(SYSTEM):
        made = IndexDefinition.objects.get(place=india["state"])
    assert made.version in said_by(client.get(reverse("indices")))
    text = said_by(client.get(reverse("index-version", args=[made.version])))
    assert "A child of the family goes to work." in text
    assert "What would help:" in text


def test_few_families_are_not_told_by_number_to_who_only_counts(expert, village, india, signed_in, posted, now):
    family(village, HEAVY)
    draft = preview(save(begin(expert, india["state"]), expert))
    url = reverse("draft", args=[draft.pk])
    assert ">not told<" in said_by(signed_in(expert).get(url)).split('id="preview"')[1]
    manager = posted("district_manager", "east")
    assert ">not told<" not in said_by(signed_in(manager).get(url))


def test_it_lists_the_families_with_what_moved_them(expert, village, india, signed_in, crp, posted, now):
    moved, calm = family(village, HEAVY), family(village)
    draft = preview(save(begin(expert, india["state"]), expert))
    url = f"{reverse('draft-families', args=[draft.pk])}?place={village.pk}"
    text = said_by(signed_in(crp).get(url))
    assert moved.household.shown_code in text
    assert calm.household.shown_code not in text
    part = text.split(moved.household.shown_code)[1]
    assert next(one for one in HOUSEHOLD.indicators if one.key == "B1").reason["en"] in part
    assert "A child of the family goes to work." not in part
    assert signed_in(posted("gender_crp", "east village 2")).get(url).status_code == 404
    assert signed_in(expert).get(url).status_code == 404


def test_what_was_told_in_private_moves_a_family_unnamed(expert, village, india, signed_in, crp, now):
    found = family(village, {"violence_disclosed": True, "breadwinner_lost": True})
    draft = preview(save(begin(expert, india["state"]), expert, {"points_F2": 8, **LIGHTER}))
    text = said_by(signed_in(crp).get(f"{reverse('draft-families', args=[draft.pk])}?place={village.pk}"))
    assert found.household.shown_code in text
    assert "Other answers" in text


@pytest.mark.parametrize(("role", "place"), [("state_expert", "far state"), ("gender_crp", "far village 1")])
def test_a_stranger_gets_nothing(expert, india, posted, signed_in, role, place):
    draft = submitted(expert, india["state"])
    client = signed_in(posted(role, place))
    assert client.get(reverse("draft", args=[draft.pk])).status_code == 404
    assert client.post(reverse("draft-move", args=[draft.pk, "approve"])).status_code == 404
    assert draft.place.name not in said_by(client.get(reverse("indices"))).replace(place, "")


def test_the_database_lets_nobody_write_for_another_state(expert, india, posted):
    draft = submitted(expert, india["state"])
    stranger = posted("state_expert", "far state")
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("UPDATE risk_indexdraft SET state = 'WITHDRAWN'")
        assert cursor.rowcount == 0
    with pytest.raises(ProgrammingError, match="row-level security"):
        approve_as_if_it_were_hers(draft, stranger)


def approve_as_if_it_were_hers(draft, stranger):
    content = {**draft.content, "version": "household-x"}
    with acting(stranger), transaction.atomic():
        IndexDefinition.objects.create(
            version="household-x", subject="HOUSEHOLD", effective_from=DAY, content=content, place=draft.place, place_no=draft.place_no
        )


@pytest.mark.parametrize("role", ["national_analyst", "administrator"])
def test_who_has_no_part_in_it_finds_no_page(village, posted, signed_in, role):
    assert signed_in(posted(role, "nation")).get(reverse("indices")).status_code == 404


def test_the_command_previews_a_file(village, capsys, tmp_path):
    import yaml

    family(village, HEAVY)
    path = tmp_path / "next.yaml"
    path.write_text(yaml.safe_dump(edited(shipped("household-1"), CHANGES), allow_unicode=True), encoding="utf-8")
    index_command._tell(path, village)
    told = capsys.readouterr().out
    assert "1 families of" in told
    assert "1 from VULNERABLE to AT_RISK" in told
    assert "1 with B1" in told


def test_a_version_of_a_state_is_used_for_its_surveys(expert, second, village, india):
    made = approve(submitted(expert, india["state"]), second)
    assert family(village, HEAVY).definition_id == made.version
    assert family(india["far village 1"], HEAVY).definition_id == HOUSEHOLD.version
    with acting(SYSTEM):
        assert IndexDefinition.objects.filter(place=None).count() == 2


def test_a_process_that_remembers_the_nations_version_signs_for_the_states(expert, second, village, india, posted, monkeypatch):
    """Points signed for a version that was replaced a moment ago would lapse at once, and nobody would be told."""
    remembered = queries._versions(Subject.HOUSEHOLD, 0)
    made = approve(submitted(expert, india["state"]), second)
    monkeypatch.setattr(queries, "_versions", cache(lambda *_: remembered))
    leader = posted("vo_leader", "east village 1")
    meeting = Meeting(met_on=DAY, present=23, roles=("VO_MEMBER",), minutes="As the state weighs it.")
    with acting(leader):
        told = {"points": dict(queries.definition(made.version).points_of), "effective_from": DAY, "at": NOON, "by": leader}
        assert own_points.sign(place=village, meeting=meeting, **told).definition_id == made.version


def test_what_if_and_steadiness_ask_by_the_version_of_the_state(expert, second, village, india, officer):
    made = approve(submitted(expert, india["state"]), second)
    family(village, HEAVY)
    with acting(officer):
        told = supposed.of(officer, village, Scenario(), "ANY_OVERRIDE", DAY)
        steady = measured.of(officer, village, DAY).steadiness
    assert (told.version, told.families, steady.families) == (made.version, 1, 1)
