"""Someone found who was entered by mistake is struck: what followed ends, nothing is deleted, and it can stand again."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.matching import correcting, deciding, queries, searching, tasks
from aanchal.matching.models import Candidate, FoundChange, FoundPerson
from aanchal.matching.rules import NotPossible
from aanchal.registers import striking
from tests.factories import NOON
from tests.matching.builders import report
from tests.matching.test_a_life import confirm, say

WHY = "Written twice: Aparna stands there already"


def strike(signed_in, pair, reason=WHY):
    return signed_in(pair.there).post(reverse("matching:found-strike", args=[pair.found.pk]), {"reason": reason}, follow=True)


def stand_again(signed_in, pair, reason="It was she"):
    return signed_in(pair.there).post(reverse("matching:found-stand-again", args=[pair.found.pk]), {"reason": reason}, follow=True)


def standing() -> str:
    with acting(SYSTEM):
        return Candidate.objects.get().standing


def test_nobody_looks_for_her_any_more_and_what_waited_is_closed_on_both_sides(signed_in, pair):
    say(pair, pair.here)
    page = strike(signed_in, pair).content.decode()
    assert "Struck: entered by mistake" in page
    assert "Let it stand again" in page
    for user in (pair.here, pair.there):
        with acting(user):
            assert not queries.queue(user)
        side_by_side = signed_in(user).get(reverse("matching:pair", args=[pair.candidate.pk]))
        assert "was struck as entered by mistake" in side_by_side.content.decode()
    tasks.search_found(str(pair.found.pk))
    with acting(SYSTEM):
        assert not queries.open_found().exists()
        searching.search_report(report(pair.home), by=SYSTEM)
        assert Candidate.objects.get().standing == "CLOSED"


def test_what_was_written_and_why_it_was_struck_are_kept_sealed(signed_in, pair):
    closed = strike(signed_in, pair).content.decode()
    assert "Written twice" not in closed
    opened = signed_in(pair.there).post(reverse("matching:found-open", args=[pair.found.pk])).content.decode()
    assert WHY in opened
    assert "Aparna Mahto" in opened
    with acting(SYSTEM):
        change = FoundChange.objects.get()
        assert (change.before, change.by_id) == ({"is_struck": False}, pair.there.pk)
        assert b"Aparna" not in bytes(change.sealed)
        assert Trail.objects.get(verb="matching.found.struck").detail == {"pairs": 1}


def test_a_mistaken_stroke_is_taken_back_and_the_pair_stands_where_it_stood(signed_in, pair):
    say(pair, pair.here)
    strike(signed_in, pair)
    assert "Struck: entered by mistake" not in stand_again(signed_in, pair).content.decode().split("What stood before")[0]
    assert standing() == "SAID_SAME"
    with acting(SYSTEM):
        jobs = ProcrastinateJob.objects.filter(task_name__endswith="search_found").order_by("-id")
        assert jobs[0].args == {"found": str(pair.found.pk)}
    say(pair, pair.there)
    assert standing() == "CONFIRMED"


def test_a_report_that_opens_again_meanwhile_brings_no_pair_with_who_was_struck(signed_in, pair):
    strike(signed_in, pair)
    with acting(SYSTEM):
        struck = striking.strike(entry=pair.entry, reason="Twice", at=NOON, by=SYSTEM)
        striking.take_back(struck=struck, reason="Once", at=NOON, by=SYSTEM)
    assert standing() == "CLOSED"
    stand_again(signed_in, pair)
    assert standing() == "OPEN"


def test_a_pair_whose_report_was_struck_meanwhile_stays_closed(signed_in, pair):
    strike(signed_in, pair)
    with acting(SYSTEM):
        striking.strike(entry=pair.entry, reason="Twice", at=NOON, by=SYSTEM)
    stand_again(signed_in, pair)
    assert standing() == "CLOSED"


def test_a_rejected_pair_cannot_be_looked_at_again_while_she_is_struck(signed_in, pair):
    say(pair, pair.here, "DIFFERENT")
    strike(signed_in, pair)
    with acting(pair.here), pytest.raises(NotPossible, match="closed"):
        deciding.look_again(candidate=pair.candidate, at=NOON, by=pair.here)


def test_where_two_people_agree_it_is_refused(signed_in, pair):
    confirm(pair)
    answer = strike(signed_in, pair)
    assert answer.status_code == 422
    assert "Undo that first" in answer.content.decode()
    with acting(SYSTEM):
        assert not FoundPerson.objects.get().is_struck


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, None])
def test_without_a_reason_nothing_is_struck(signed_in, pair, reason):
    site = signed_in(pair.there)
    answer = site.post(reverse("matching:found-strike", args=[pair.found.pk]), {} if reason is None else {"reason": reason})
    assert answer.status_code == 422
    assert ("300 characters" if reason and reason.strip() else "This field is required") in answer.content.decode()
    with acting(SYSTEM):
        assert not FoundPerson.objects.get().is_struck


def test_a_second_press_is_refused_in_words(signed_in, pair):
    strike(signed_in, pair)
    assert "Let it stand again first." in strike(signed_in, pair).content.decode()
    stand_again(signed_in, pair)
    assert "This is not struck." in stand_again(signed_in, pair).content.decode()
    with acting(SYSTEM):
        assert FoundChange.objects.count() == 2


def test_what_was_struck_is_not_corrected_nor_follows_a_proved_age(signed_in, pair):
    strike(signed_in, pair)
    told = {"kind": "RESCUED", "found_on": "2026-01-01", "sex": "FEMALE", "years": 15, "reason": "x", "place": pair.far.name}
    answer = signed_in(pair.there).post(reverse("matching:found-correct", args=[pair.found.pk]), told)
    assert "Let it stand again first." in answer.content.decode()
    with acting(SYSTEM):
        correcting.follow_age(found=pair.found.pk, years=12, at=NOON, by=SYSTEM)
        assert FoundPerson.objects.get().years == 17


def test_a_stranger_and_who_reaches_only_the_missing_side_find_no_such_page(signed_in, pair, stranger):
    for user in (stranger, pair.here):
        for name in ("matching:found-strike", "matching:found-stand-again"):
            address = reverse(name, args=[pair.found.pk])
            assert signed_in(user).get(address).status_code == 404
            assert signed_in(user).post(address, {"reason": "x"}).status_code == 404
    with acting(SYSTEM):
        assert not FoundPerson.objects.get().is_struck
