"""The pages: no name before it is opened, nothing for a stranger, the whole way through the site."""

import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.matching.models import Candidate, FoundPerson, LearntModel
from tests.factories import NOON, make_nation, make_posting

NAMES = ("Aparna", "অপর্ণা", "Ramesh", "রমেশ", "mole")


def shows_a_name(answer) -> bool:
    return any(name in answer.content.decode() for name in NAMES)


def test_the_queue_and_the_pair_show_no_name(signed_in, pair):
    site = signed_in(pair.here)
    for path in (reverse("matching:queue"), reverse("matching:pair", args=[pair.candidate.pk])):
        answer = site.get(path)
        assert answer.status_code == 200
        assert not shows_a_name(answer)


def test_the_waterfall_is_in_words(signed_in, pair):
    page = signed_in(pair.here).get(reverse("matching:pair", args=[pair.candidate.pk])).content.decode()
    assert "written otherwise, sounds the same" in page or "the same" in page
    assert "strongly for" in page


def test_opening_shows_both_names_and_is_on_the_trail(signed_in, pair):
    answer = signed_in(pair.there).post(reverse("matching:pair-open", args=[pair.candidate.pk]))
    assert "Aparna Mahto" in answer.content.decode()
    assert "অপর্ণা মাহাতো" in answer.content.decode()
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="matching.pair.opened", actor=pair.there.pk).count() == 1


def test_a_stranger_finds_neither_page_nor_action(signed_in, pair, stranger):
    site = signed_in(stranger)
    assert site.get(reverse("matching:queue")).status_code == 404
    for name in ("pair-open", "decide", "undo", "look-again"):
        assert site.post(reverse(f"matching:{name}", args=[pair.candidate.pk])).status_code == 404


def test_an_officer_of_neither_side_finds_no_such_pair(signed_in, pair, india):
    with acting(SYSTEM):
        other = make_posting("block_officer", india["west block"])
    site = signed_in(other)
    assert str(pair.candidate.pk) not in site.get(reverse("matching:queue")).content.decode()
    assert site.get(reverse("matching:pair", args=[pair.candidate.pk])).status_code == 404
    assert site.get(reverse("matching:found", args=[pair.found.pk])).status_code == 404


def decide(site, pair, answer="SAME"):
    return site.post(reverse("matching:decide", args=[pair.candidate.pk]), {"answer": answer, "reasons": ["NAME"], "note": ""})


def test_two_people_decide_by_the_site_and_one_undoes_it(signed_in, pair):
    decide(signed_in(pair.here), pair)
    decide(signed_in(pair.there), pair)
    page = signed_in(pair.there).get(reverse("matching:pair", args=[pair.candidate.pk])).content.decode()
    assert "Two people agree" in page
    signed_in(pair.here).post(reverse("matching:undo", args=[pair.candidate.pk]))
    with acting(SYSTEM):
        assert Candidate.objects.get().standing == "UNSURE"


def test_the_same_person_cannot_be_the_second(signed_in, pair):
    site = signed_in(pair.here)
    decide(site, pair)
    assert (
        "A second person has to look"
        in site.post(
            reverse("matching:decide", args=[pair.candidate.pk]), {"answer": "SAME", "reasons": ["NAME"]}, follow=True
        ).content.decode()
    )


def test_a_note_is_read_with_the_names_and_not_before(signed_in, pair):
    say = {"answer": "SAME", "reasons": ["MARKS"], "note": "Her uncle knew the mole"}
    signed_in(pair.here).post(reverse("matching:decide", args=[pair.candidate.pk]), say)
    site = signed_in(pair.there)
    closed = site.get(reverse("matching:pair", args=[pair.candidate.pk])).content.decode()
    assert "Her uncle" not in closed
    assert "With a note" in closed
    assert "Her uncle knew the mole" in site.post(reverse("matching:pair-open", args=[pair.candidate.pk])).content.decode()


def test_a_pair_rejected_by_mistake_is_listed_and_looked_at_again(signed_in, pair):
    site, page = signed_in(pair.here), reverse("matching:pair", args=[pair.candidate.pk])
    decide(site, pair, "DIFFERENT")
    assert page not in site.get(reverse("matching:queue")).content.decode()
    assert page in site.get(reverse("matching:queue"), {"standing": "REJECTED"}).content.decode()
    again = reverse("matching:look-again", args=[pair.candidate.pk])
    assert again in site.get(page).content.decode()
    assert "waits for a decision again" in site.post(again, follow=True).content.decode()
    with acting(SYSTEM):
        assert Candidate.objects.get().standing == "UNSURE"
        assert list(pair.candidate.decisions.order_by("at").values_list("answer", flat=True)) == ["DIFFERENT", "UNSURE"]
        assert Trail.objects.filter(verb="matching.pair.reopened", actor=pair.here.pk).count() == 1
    assert "decided meanwhile" in site.post(again, follow=True).content.decode()


def test_a_decision_needs_a_reason(signed_in, pair):
    assert signed_in(pair.here).post(reverse("matching:decide", args=[pair.candidate.pk]), {"answer": "SAME"}).status_code == 422


def test_a_task_is_done_once(signed_in, pair):
    decide(signed_in(pair.here), pair)
    decide(signed_in(pair.there), pair)
    with acting(SYSTEM):
        task = Candidate.objects.get().links.get().tasks.first()
    site = signed_in(pair.here)
    site.post(reverse("matching:task-done", args=[task.pk]))
    assert "That was done before" in site.post(reverse("matching:task-done", args=[task.pk]), follow=True).content.decode()


def test_someone_found_is_recorded_in_any_script(signed_in, pair):
    told = {
        "kind": "RESCUED",
        "found_on": "2026-03-01",
        "sex": "FEMALE",
        "years": "16",
        "name": "शबाना",
        "languages": ["hi"],
        "home": "east",
    }
    answer = signed_in(pair.there).post(reverse("matching:record-found"), told, follow=True)
    assert answer.status_code == 200
    assert "शबाना" not in answer.content.decode()
    with acting(SYSTEM):
        assert FoundPerson.objects.order_by("-recorded_at").first().home.name == "east"


@pytest.mark.parametrize("wrong", [{"found_on": "2999-01-01"}, {"years": "150"}, {"home": "Nowhere"}, {"kind": "X"}])
def test_what_cannot_be_is_refused(signed_in, pair, wrong):
    told = {"kind": "RESCUED", "found_on": "2026-03-01", "sex": "FEMALE"} | wrong
    assert signed_in(pair.there).post(reverse("matching:record-found"), told).status_code == 422


def test_a_model_holds_when_a_person_approves_it(signed_in, db):
    with acting(SYSTEM):
        expert = make_posting("national_analyst", make_nation())
        learnt = LearntModel.objects.create(
            version="2", told={"version": "2"}, figures={"told_apart": {"before": 0.9, "after": 0.91}}, learnt_at=NOON
        )
    site = signed_in(expert)
    models = reverse("matching:models")
    assert f'href="{models}"' in site.get("/").content.decode()
    page = site.get(models).content.decode()
    assert "same pair stands above a different one" in page
    assert "0.91" in page
    site.post(reverse("matching:decide-model", args=[learnt.pk]), {"answer": "approve"})
    learnt.refresh_from_db()
    assert (learnt.standing, learnt.decided_by) == ("IN_FORCE", expert)
