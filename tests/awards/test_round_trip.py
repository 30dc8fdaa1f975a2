"""An award from its criteria to the public list: who nominates, who judges, who decides, who publishes."""

from datetime import timedelta

import pytest
from django.db import Error, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.awards import actions, queries
from aanchal.awards.actions import Case, Plan
from aanchal.awards.models import Award, Nomination, OpenAward, Round, Score
from aanchal.awards.rules import Refused
from aanchal.core.models import Trail
from aanchal.network import engaging, stakeholders
from aanchal.network.models import Ngo
from tests.awards.builders import (
    BEFORE,
    CLOSES,
    JUDGED,
    OPEN,
    OPENS,
    SHOWN,
    WHY,
    a_round,
    appointed,
    cleared,
    decided,
    line,
    nominated,
    scored,
)

ENGLISH, HINDI = "For work that brought forty people to safety.", "चालीस लोगों को सुरक्षित निकालने के लिए।"
LATER = JUDGED + timedelta(days=2)


def given(cast, judged, *, words=""):
    """Both judges scored both; the far unit is the better."""
    one, near, far = judged
    for judge in (cast["judge"], cast["other_judge"]):
        cleared(judge, near, far)
        scored(judge, near, 6)
        scored(judge, far, 8)
    [award] = decided(cast["cell"], one, far, words=words)
    return award


def published(award, writer, publisher):
    with acting(writer):
        actions.cite(award=award, english=ENGLISH, hindi=HINDI, by=writer)
    with acting(publisher):
        return actions.publish(award=award, at=LATER, by=publisher)


def test_it_goes_from_the_nomination_to_the_public_list(cast, judged, india):
    award = given(cast, judged)
    assert award.number == "2026/AHTU/1"
    published(award, cast["cell"], cast["second"])
    [row] = OpenAward.objects.all()
    assert (row.name, row.place_name, row.citation_en, row.citation_hi) == ("AHTU of far", "far", ENGLISH, HINDI)
    with acting(SYSTEM):
        verbs = set(Trail.objects.filter(verb__startswith="awards.").values_list("verb", flat=True))
    assert {"awards.nomination.made", "awards.nominee.scored", "awards.round.decided", "awards.award.published"} <= verbs


def test_the_ranking_is_kept_as_it_was_decided(cast, judged):
    given(cast, judged)
    with acting(cast["cell"]):
        told = Round.objects.get().ranking
    assert [(line["rank"], line["points"], line["scores"]) for line in told] == [(1, "80.00", 2), (2, "60.00", 2)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda one, cast, near, far: decided(cast["cell"], one, near, far), "more_than_awards"),
        (lambda one, cast, near, far: decided(cast["cell"], one, near), "say_why"),
        (lambda one, cast, near, far: decided(cast["cell"], one), "say_why"),
        (lambda one, cast, near, far: decided(cast["judge"], one, far), "took_part"),
    ],
)
def test_a_decision_is_refused(cast, judged, change, fault):
    one, near, far = judged
    for judge in (cast["judge"], cast["other_judge"]):
        cleared(judge, near, far)
        scored(judge, near, 6)
        scored(judge, far, 8)
    with pytest.raises(Refused, match=fault):
        change(one, cast, near, far)
    with acting(SYSTEM):
        assert not Award.objects.exists()


def test_with_words_one_who_is_lower_may_be_honoured_or_nobody(cast, judged):
    one, near, far = judged
    for judge in (cast["judge"], cast["other_judge"]):
        cleared(judge, near, far)
        scored(judge, near, 6)
        scored(judge, far, 8)
    [award] = decided(cast["cell"], one, near, words="The far unit was honoured last year.")
    assert award.nomination_id == near.pk
    with pytest.raises(Refused, match="decided_already"):
        decided(cast["second"], one, far)


def test_a_nominee_with_too_few_scores_is_not_honoured(cast, judged):
    one, near, _far = judged
    cleared(cast["judge"], near)
    scored(cast["judge"], near, 10)
    with pytest.raises(Refused, match="too_few_scores"):
        decided(cast["cell"], one, near)


def test_it_is_not_decided_while_nominations_are_open(cast, judged):
    one, near, _far = judged
    with pytest.raises(Refused, match="not_closed"), acting(cast["cell"]):
        actions.decide(of=one, chosen=[near.pk], words="x", at=OPEN, by=cast["cell"])


def test_who_decides_has_no_interest_in_any_nominee(cast, judged, india):
    """A second posting, in the State of a nominee, keeps one of the Cell from deciding."""
    from tests.factories import make_posting

    one, _near, far = judged
    with acting(SYSTEM):
        make_posting("state_expert", india["state"], user=cast["cell"])
    with pytest.raises(Refused, match="has_interest"):
        decided(cast["cell"], one, far, words="x")


@pytest.mark.parametrize(
    ("days", "fault"),
    [((OPENS, OPENS - timedelta(days=1)), "closes_before"), ((BEFORE.date(), CLOSES), "opens_too_soon")],
)
def test_days_of_a_round_are_refused(cast, days, fault):
    with pytest.raises(Refused, match=fault), acting(cast["cell"]):
        actions.draft(plan=Plan(2026, "AHTU", *days), at=BEFORE, by=cast["cell"])


def test_a_round_stands_once_and_its_criteria_are_fixed_when_it_is_announced(cast):
    one = a_round(cast["cell"], "NGO", announced=False)
    with acting(cast["cell"]):
        with pytest.raises(Refused, match="round_already"):
            actions.draft(plan=Plan(2026, "NGO", OPENS, CLOSES), at=BEFORE, by=cast["cell"])
        lines = [{"weight": 100, "titles": {"en": "All", "hi": "सब"}}]
        newer = actions.publish_criteria(category="NGO", lines=lines, source="Order 1", at=BEFORE, by=cast["cell"])
        assert actions.announce(of=one, at=BEFORE, by=cast["cell"]).criteria == newer
        with pytest.raises(Refused, match="announced_already"):
            actions.announce(of=one, at=BEFORE, by=cast["cell"])
        actions.publish_criteria(category="NGO", lines=lines, source="Order 2", at=BEFORE, by=cast["cell"])
        assert Round.objects.get().criteria == newer
        with pytest.raises(Refused, match="weights_of_a_hundred"):
            actions.publish_criteria(category="NGO", lines=[lines[0] | {"weight": 99}], source="x", at=BEFORE, by=cast["cell"])
        with pytest.raises(Error), transaction.atomic():
            Round.objects.update(closes_on=CLOSES + timedelta(days=30))


def test_a_round_is_not_announced_on_the_day_it_opens(cast):
    one = a_round(cast["cell"], announced=False)
    with pytest.raises(Refused, match="opens_too_soon"), acting(cast["cell"]):
        actions.announce(of=one, at=OPEN, by=cast["cell"])


@pytest.mark.parametrize(("at", "is_refused"), [(BEFORE, True), (OPEN, False), (JUDGED, True)])
def test_one_nominates_and_withdraws_only_while_it_is_open(cast, india, at, is_refused):
    one, unit = a_round(cast["cell"]), line(india["east"])
    with acting(cast["state"]):
        if is_refused:
            with pytest.raises(Refused, match="not_open"):
                actions.nominate(of=one, nominee=unit.pk, case=Case(WHY, SHOWN), at=at, by=cast["state"])
    row = nominated(cast["state"], one, unit)
    with acting(cast["state"]):
        if is_refused:
            with pytest.raises(Refused, match="closed"):
                actions.withdraw(nomination=row, words="A mistake", at=at, by=cast["state"])
        else:
            actions.withdraw(nomination=row, words="A mistake", at=at, by=cast["state"])
            assert nominated(cast["state"], one, unit).standing == "STANDS"


def test_only_lines_of_the_category_and_of_ones_own_place_are_nominated(cast, india):
    one = a_round(cast["cell"], "NGO")
    home, elsewhere = line(india["east"], "HOME"), line(india["far"], "NGO")
    closed, good = line(india["east"], "NGO", "Closed"), line(india["east"], "NGO")
    with acting(SYSTEM):
        stakeholders.close(row=closed, at=OPEN, by=SYSTEM)
    for wrong in (home, elsewhere, closed):
        with pytest.raises(Refused, match="not_of_the_directory"):
            nominated(cast["state"], one, wrong)
    nominated(cast["district"], one, good)
    with pytest.raises(Refused, match="nominated_already"):
        nominated(cast["state"], one, good)
    with pytest.raises(Refused, match="evidence_needed"), acting(cast["state"]):
        actions.nominate(of=one, nominee=line(india["west"], "NGO").pk, case=Case(WHY), at=OPEN, by=cast["state"])


def blacklisted(stakeholder, cast):
    with acting(SYSTEM):
        told = {"act": "SOCIETIES", "areas": ["TRAINING"]}
        ngo = Ngo.objects.filter(stakeholder=stakeholder).first() or engaging.open_file(stakeholder=stakeholder, told=told, by=SYSTEM)
        row = engaging.propose_blacklisting(ngo=ngo, reasons="x", from_on=OPENS, until_on=None, at=OPEN, by=cast["cell"])
        engaging.decide(blacklisting=row, is_agreed=True, at=OPEN, by=cast["second"])


def test_a_blacklisted_ngo_is_not_nominated_under_any_line_of_its_number(cast, india):
    one = a_round(cast["cell"], "NGO")
    bad, same = (line(india[name], "NGO", registration_no=number) for name, number in (("west", "S/12-3"), ("east", "s 123")))
    blacklisted(bad, cast)
    for each in (bad, same):
        with pytest.raises(Refused, match="blacklisted"):
            nominated(cast["state"], one, each)


@pytest.mark.parametrize("when", ["decided", "published"])
def test_an_ngo_blacklisted_meanwhile_is_not_honoured(cast, india, when):
    one, bad = a_round(cast["cell"], "NGO"), line(india["east"], "NGO")
    row = nominated(cast["state"], one, bad)
    appointed(cast["cell"], one, cast["judge"], cast["other_judge"])
    for judge in (cast["judge"], cast["other_judge"]):
        cleared(judge, row)
        scored(judge, row, 7)
    if when == "decided":
        blacklisted(bad, cast)
        with pytest.raises(Refused, match="blacklisted"):
            decided(cast["cell"], one, row)
        return
    [award] = decided(cast["cell"], one, row)
    blacklisted(bad, cast)
    with pytest.raises(Refused, match="blacklisted"):
        published(award, cast["cell"], cast["second"])
    assert not OpenAward.objects.exists()


def test_the_citation_is_in_both_languages_and_published_by_another(cast, judged):
    award = given(cast, judged)
    with acting(cast["cell"]):
        for english, hindi, fault in (("", HINDI, "empty"), (ENGLISH, ENGLISH, "not_hindi"), (HINDI, HINDI, "not_english")):
            with pytest.raises(Refused, match=fault):
                actions.cite(award=award, english=english, hindi=hindi, by=cast["cell"])
        with pytest.raises(Refused, match="no_citation"):
            actions.publish(award=award, at=LATER, by=cast["cell"])
        actions.cite(award=award, english=ENGLISH, hindi=HINDI, by=cast["cell"])
        with pytest.raises(Refused, match="own_citation"):
            actions.publish(award=award, at=LATER, by=cast["cell"])
        with pytest.raises(Error), transaction.atomic():
            Award.objects.update(published_at=LATER, published_by=cast["second"])
    published(award, cast["cell"], cast["second"])
    with pytest.raises(Refused, match="published_already"), acting(cast["cell"]):
        actions.cite(award=award, english=ENGLISH, hindi=HINDI, by=cast["cell"])


def test_what_is_taken_back_leaves_the_public_list(cast, judged):
    award = published(given(cast, judged), cast["cell"], cast["second"])
    with acting(cast["second"]):
        with pytest.raises(Refused, match="empty"):
            actions.revoke(award=award, why=" ", at=LATER, by=cast["second"])
        actions.revoke(award=award, why="The cases were invented.", at=LATER, by=cast["second"])
    assert not OpenAward.objects.exists()


@pytest.fixture
def officer_award(cast, india):
    one = a_round(cast["cell"], "POLICE_OFFICER")
    row = nominated(cast["far"], one, line(india["far"], "OFFICER", "Kamla Joshi"))
    appointed(cast["cell"], one, cast["judge"], cast["other_judge"])
    for judge in (cast["judge"], cast["other_judge"]):
        cleared(judge, row)
        scored(judge, row, 9)
    return decided(cast["cell"], one, row)[0]


def test_an_officer_without_consent_is_named_nowhere_outside(cast, officer_award):
    with acting(cast["cell"]):
        for english, hindi in ((f"{ENGLISH} Inspector Joshi led.", HINDI), (ENGLISH, f"{HINDI} Kamla Joshi")):
            with pytest.raises(Refused, match="names_without_consent"):
                actions.cite(award=officer_award, english=english, hindi=hindi, by=cast["cell"])
    published(officer_award, cast["cell"], cast["second"])
    [row] = OpenAward.objects.all()
    assert (row.name, row.place_name) == ("", "far state")
    with pytest.raises(Error), acting(cast["cell"]), transaction.atomic():
        OpenAward.objects.update(name="Kamla Joshi")


def test_consent_names_the_officer_and_taking_it_back_unnames(cast, officer_award):
    row = officer_award.nomination
    with acting(cast["far"]):
        actions.record_consent(nomination=row, words="Signed paper 4", at=LATER, by=cast["far"])
    with acting(cast["cell"]):
        actions.cite(award=officer_award, english=f"{ENGLISH} Kamla Joshi led.", hindi=HINDI, by=cast["cell"])
    with acting(cast["second"]):
        actions.publish(award=officer_award, at=LATER, by=cast["second"])
    assert OpenAward.objects.get().name == "Kamla Joshi"
    with acting(cast["far"]):
        actions.take_back_consent(nomination=row, at=LATER, by=cast["far"])
    told = OpenAward.objects.get()
    assert (told.name, told.citation_en, told.citation_hi) == ("", "", "")


def test_an_organisation_needs_no_consent(cast, judged):
    with pytest.raises(Refused, match="needs_no_consent"), acting(cast["state"]):
        actions.record_consent(nomination=judged[1], words="x", at=OPEN, by=cast["state"])


def test_nobody_appoints_herself_or_who_may_not_sit(cast, judged):
    for user, fault in ((cast["cell"], "own_panel"), (cast["leader"], "may_not_sit"), (cast["judge"], "sits_already")):
        with pytest.raises(Refused, match=fault):
            appointed(cast["cell"], judged[0], user)


def test_the_next_place_reads_no_nomination_and_no_award(cast, judged):
    """Strangers: the next district, the other State, a leader; by list, by id, by raw question."""
    award = published(given(cast, judged), cast["cell"], cast["second"])
    _one, near, far = judged
    for who, seen in (("state", {near.pk}), ("far", {far.pk}), ("district", {near.pk}), ("next_district", set()), ("leader", set())):
        with acting(cast[who]):
            assert set(Nomination.objects.values_list("pk", flat=True)) == seen
            assert set(Award.objects.values_list("pk", flat=True)) == ({award.pk} if who == "far" else set())
            assert not Score.objects.exists()
            if near.pk not in seen:
                assert Nomination.objects.filter(pk=near.pk).update(withdrawn_words="x") == 0
    with acting(cast["leader"]):
        assert not Round.objects.exists()
        assert queries.facts(judged[0], [cast["judge"].pk]) == {}
