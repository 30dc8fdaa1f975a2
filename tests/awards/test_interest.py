"""Who has an interest in a nominee neither sees what was said of it nor its scores, nor gives one: by the action and by the database."""

from datetime import date, timedelta
from io import BytesIO
from itertools import product

import pytest
from django.db import Error, connection, transaction

from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import Posting
from aanchal.awards import actions, queries, rules
from aanchal.awards.models import Declaration, Nomination, Score
from aanchal.awards.rules import Facts, Refused
from aanchal.awards.terms import KINDS
from aanchal.core.models import Trail
from aanchal.core.rows import insert, new
from aanchal.library import actions as library
from aanchal.library import files
from aanchal.network import stakeholders
from aanchal.network.models import Stakeholder
from aanchal.network.stakeholders import Details
from tests.awards.builders import CLOSES, JUDGED, OPEN, a_round, appointed, cleared, decided, line, nominated, scored
from tests.factories import make_posting

CONTENT = b"Cases with their dates"


def seen_by(user) -> set:
    with acting(user):
        return set(Nomination.objects.values_list("pk", flat=True))


def test_before_she_declares_a_member_sees_names_and_nothing_else(cast, judged):
    one, near, far = judged
    judge = cast["judge"]
    assert seen_by(judge) == set()
    with acting(judge):
        assert [(seat.line.name, seat.is_clear) for seat in queries.seats(one, judge)] == [("AHTU of east", False), ("AHTU of far", False)]
        with pytest.raises(Refused, match="declare_first"):
            actions.score(nomination=far.pk, points={}, at=JUDGED, by=judge)
    cleared(judge, far)
    assert seen_by(judge) == {far.pk}


def test_who_is_posted_in_the_same_state_is_bound_without_declaring(cast, judged):
    one, near, far = judged
    judge = cast["state_judge"]
    with acting(judge):
        with pytest.raises(Refused, match="interest_found"):
            actions.declare(nomination=near.pk, has_interest=False, words="", at=JUDGED, by=judge)
        with pytest.raises(Refused, match="has_interest"):
            actions.score(nomination=near.pk, points={}, at=JUDGED, by=judge)
    cleared(judge, far)
    scored(judge, far, 7)
    assert seen_by(judge) == {far.pk}


def test_a_declared_interest_needs_its_reason_and_stands(cast, judged):
    _one, near, _far = judged
    judge = cast["judge"]
    with acting(judge):
        with pytest.raises(Refused, match="empty"):
            actions.declare(nomination=near.pk, has_interest=True, words=" ", at=JUDGED, by=judge)
        actions.declare(nomination=near.pk, has_interest=True, words="My brother leads it", at=JUDGED, by=judge)
        for has_interest in (True, False):
            with pytest.raises(Refused, match="declared_already"):
                actions.declare(nomination=near.pk, has_interest=has_interest, words="x", at=JUDGED, by=judge)
        with pytest.raises(Refused, match="has_interest"):
            actions.score(nomination=near.pk, points={}, at=JUDGED, by=judge)
        assert Declaration.objects.update(has_interest=False) == 0
    assert seen_by(judge) == set()


def test_scores_of_who_comes_to_have_an_interest_count_no_more(cast, judged, india):
    one, near, far = judged
    for judge in (cast["judge"], cast["other_judge"]):
        cleared(judge, near, far)
        scored(judge, near, 10)
        scored(judge, far, 5)
    with acting(cast["judge"]):
        actions.declare(nomination=near.pk, has_interest=True, words="We shared an office", at=JUDGED, by=cast["judge"])
        assert set(Score.objects.values_list("nomination_id", flat=True)) == {far.pk}
    with acting(SYSTEM):
        make_posting("state_expert", india["far state"], user=cast["other_judge"])
    with acting(cast["cell"]):
        assert {key: len(each) for key, each in queries.counted(one).items()} == {str(near.pk): 1, str(far.pk): 1}


def test_a_member_sees_no_score_of_another_and_the_cell_all(cast, judged):
    one, near, far = judged
    for judge, points in ((cast["judge"], 4), (cast["other_judge"], 9)):
        cleared(judge, near, far)
        scored(judge, near, points)
    for who, n in (("judge", 1), ("other_judge", 1), ("state_judge", 0), ("state", 0), ("far", 0), ("cell", 2)):
        with acting(cast[who]):
            assert Score.objects.count() == n, who
    with acting(cast["cell"]):
        assert queries.table(one)[0].nomination == near
        silent = {row.nomination.pk: [user.pk for user in row.silent] for row in queries.table(one)}
        bound = {row.nomination.pk: [(user.pk, codes) for user, codes in row.interested] for row in queries.table(one)}
    assert silent[near.pk] == []
    assert bound[near.pk] == [(cast["state_judge"].pk, ("SHARES_STATE",))]
    assert bound[far.pk] == []


def test_who_keeps_awards_and_has_an_interest_sees_no_score_of_that_nominee(cast, judged, india):
    _one, near, far = judged
    cleared(cast["judge"], near, far)
    scored(cast["judge"], near, 4)
    scored(cast["judge"], far, 4)
    with acting(SYSTEM):
        make_posting("state_expert", india["state"], user=cast["second"])
    with acting(cast["second"]):
        assert set(Score.objects.values_list("nomination_id", flat=True)) == {far.pk}


@pytest.mark.parametrize("told", [{"user": "other_judge"}, {"nomination": "near"}])
def test_nobody_writes_a_score_for_another_or_where_she_is_not_clear(cast, judged, told):
    """Past the actions, as a careless line of code would."""
    _one, near, far = judged
    cleared(cast["judge"], far)
    row = {"nomination": far, "user": cast["judge"], "points": {}, "at": JUDGED} | told
    row |= {"user": cast[told["user"]]} if "user" in told else {"nomination": near}
    with pytest.raises(Error), acting(cast["judge"]), transaction.atomic():
        insert(new(Score, **row))


def test_after_the_decision_nothing_is_declared_or_scored(cast, judged):
    one, near, far = judged
    for judge in (cast["judge"], cast["other_judge"]):
        cleared(judge, near, far)
        scored(judge, far, 5)
    decided(cast["cell"], one, far)
    with acting(cast["judge"]):
        with pytest.raises(Refused, match="not_before_you"):
            actions.score(nomination=far.pk, points={}, at=JUDGED, by=cast["judge"])
        assert Score.objects.update(points={}) == 0


def test_the_panel_judges_after_nominations_closed(cast, judged):
    with pytest.raises(Refused, match="not_closed"), acting(cast["judge"]):
        actions.declare(nomination=judged[1].pk, has_interest=False, words="", at=OPEN, by=cast["judge"])


def test_who_sits_in_no_panel_has_nothing_before_her(cast, judged):
    for who in ("second", "far", "leader"):
        with pytest.raises(Refused, match="not_before_you"), acting(cast[who]):
            actions.declare(nomination=judged[1].pk, has_interest=False, words="", at=JUDGED, by=cast[who])
        with acting(cast[who]):
            assert queries.seats(judged[0], cast[who]) == []


def test_the_document_of_another_state_is_read_by_who_is_clear_and_the_reading_is_on_the_trail(cast, india):
    one = a_round(cast["cell"])
    with acting(cast["far"]):
        paper = files.taken("cases.txt", len(CONTENT), BytesIO(CONTENT))
        details = library.Details(kind="CIRCULAR", title="Cases of the unit", number="F/1")
        document = library.record(place=india["far state"], details=details, paper=paper, at=OPEN, by=cast["far"])
    row = nominated(cast["far"], one, line(india["far"]), document=document)
    appointed(cast["cell"], one, cast["state_judge"])
    with acting(cast["state_judge"]):
        assert queries.evidence(row.pk) is None
    cleared(cast["state_judge"], row)
    with acting(cast["state_judge"]):
        title, number, version = queries.evidence(row.pk)
        assert (title, number) == ("Cases of the unit", "F/1")
        assert actions.read_evidence(nomination=row.pk, version=version, by=cast["state_judge"]) == CONTENT
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="awards.evidence.read", actor=cast["state_judge"].pk).exists()


POSTED = (  # a second posting, its last day, whether it binds in the State of the nominee
    ("", None, False), ("state", None, True), ("east", None, True), ("far state", None, False),
    ("state", CLOSES - rules.INTEREST_LASTS, True), ("state", CLOSES - rules.INTEREST_LASTS - timedelta(days=1), False),
)  # fmt: skip
TIES = {"AHTU": ("", "WORKS"), "POLICE_OFFICER": ("", "NOMINEE")}
"""An organisation signs in nowhere, and nobody works in a person."""


@pytest.mark.parametrize("is_nominator", [False, True])
@pytest.mark.parametrize("category", ["AHTU", "POLICE_OFFICER"])
def test_the_database_and_the_rule_say_the_same_of_every_case(cast, india, category, is_nominator):
    """Each combination as rows: `awards_facts` tells what stands between, `awards_clear` is what the wall lets through."""
    one = a_round(cast["cell"], category)
    nominee, clear = line(india["east"], *KINDS[category]), []
    for tie, (place, until, shares), declared in product(TIES[category], POSTED, (None, False, True)):
        with transaction.atomic():
            judge = _judge(india, nominee, tie, place, until)
            row = nominated(_nominator(india, judge) if is_nominator else cast["state"], one, nominee)
            appointed(cast["cell"], one, judge)
            _move_back(judge, is_nominator)
            with acting(judge):
                if declared is not None:
                    told = {"nomination": row, "user": judge, "has_interest": declared, "words": "x" * declared, "at": JUDGED}
                    insert(new(Declaration, **told))
                facts = queries.facts(one, [judge.pk])[row.pk, judge.pk]
                assert facts == Facts(is_nominator, tie == "NOMINEE", tie == "WORKS", shares, declared), (tie, place, until, declared)
                assert _lets_through(row) == rules.is_clear(facts), facts
            clear.append(rules.is_clear(facts))
            transaction.set_rollback(True)
    assert sum(clear) == (0 if is_nominator else 3)


def _judge(india, nominee: Stakeholder, tie: str, place: str, until):
    with acting(SYSTEM):
        judge = make_posting("national_analyst", india["nation"])
        if place:
            make_posting("mission_director", india[place], user=judge, until=until)
        if tie == "NOMINEE":
            Stakeholder.objects.filter(pk=nominee.pk).update(user=judge)
        if tie == "WORKS":
            stakeholders.record(place=india["east"], details=Details("OFFICER", "A clerk", parent=nominee, user=judge), at=OPEN, by=SYSTEM)
    return judge


def _nominator(india, judge):
    with acting(SYSTEM):
        return make_posting("district_manager", india["east"], user=judge)


def _move_back(judge, is_nominator: bool) -> None:
    """The post from which she nominated ended long ago: only that she nominated binds her."""
    if is_nominator:
        with acting(SYSTEM):
            Posting.objects.filter(user=judge, role="district_manager").update(until=date(2020, 1, 2))


def _lets_through(row: Nomination) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT awards_clear(%s)", [row.pk])
        return cursor.fetchone()[0]
