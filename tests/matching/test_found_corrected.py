"""What was written wrongly of someone found is corrected once: what stood is kept, the search begins anew, decisions stay."""

from datetime import timedelta

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.matching import queries, searching, tasks
from aanchal.matching.models import Candidate, FoundChange, FoundPerson
from tests.factories import DAY, make_posting
from tests.matching.builders import found, report
from tests.matching.test_a_life import confirm, say


def address(she) -> str:
    return reverse("matching:found-correct", args=[she.pk])


def answers(**more) -> dict:
    told = {"kind": "RESCUED", "found_on": DAY.isoformat(), "sex": "FEMALE", "years": 17, "place": "far", "home": "", "languages": ["bn"]}
    return told | {"reason": "Her aunt spelt it"} | more


def search_again(she) -> None:
    tasks.search_found(str(she.pk))


def test_what_stood_before_is_kept_and_read_by_who_opens_the_names(signed_in, pair):
    site = signed_in(pair.there)
    answer = site.post(address(pair.found), answers(years=15, name="Aparna Mahato", mother="Sarala", marks="-"), follow=True)
    closed = answer.content.decode()
    assert answer.status_code == 200
    assert "What stood before" in closed
    assert "Aparna" not in closed
    assert "Her aunt" not in closed
    opened = site.post(reverse("matching:found-open", args=[pair.found.pk])).content.decode()
    for said in ("Aparna Mahato", "Aparna Mahto", "Sarala", "mole on the cheek", "Her aunt spelt it"):
        assert said in opened
    with acting(SYSTEM):
        change = FoundChange.objects.get()
        assert change.before == {"years": 17, "home_id": pair.home.district_id}
        assert change.by_id == pair.there.pk
        assert FoundPerson.objects.get(pk=pair.found.pk).told() == {"name": "Aparna Mahato", "mother": "Sarala", "father": "Ramesh Mahato"}
        trail = Trail.objects.get(verb="matching.found.corrected")
        assert trail.detail["changed"] == ["home_id", "marks", "mother", "name", "years"]


def test_no_word_of_it_lies_open_in_the_database(signed_in, pair):
    signed_in(pair.there).post(address(pair.found), answers(name="Aparna Mahato"))
    with acting(SYSTEM):
        change = FoundChange.objects.get()
        noted = Trail.objects.get(verb="matching.found.corrected").detail
        kept = bytes(change.sealed).decode(errors="ignore") + str(change.before) + str(noted)
    assert "Aparna" not in kept
    assert "aunt" not in kept


def test_the_search_runs_again_and_a_pair_that_no_longer_fits_leaves_the_queue(signed_in, pair, own_jobs):
    was = pair.candidate.probability
    with acting(pair.here):
        assert pair.candidate in queries.queue(pair.here)
    told = answers(sex="MALE", years=44, name="Joseph Lakra", father="Peter Lakra", marks="-", languages=["kru"])
    signed_in(pair.there).post(address(pair.found), told)
    with acting(SYSTEM):
        assert own_jobs("search_found") == [{"found": str(pair.found.pk)}]
    search_again(pair.found)
    with acting(SYSTEM):
        now = Candidate.objects.get()
        assert now.probability < queries.LEAST_SHOWN < was
        assert now.told()["found"]["name"] == "Joseph Lakra"
        assert now.facts["found"]["age"] == 44
    with acting(pair.here):
        assert not queries.queue(pair.here)
    assert "No missing person fits so far" in signed_in(pair.there).get(reverse("matching:found", args=[pair.found.pk])).content.decode()


def test_a_name_written_anew_finds_who_was_not_found_before(signed_in, india):
    home, far = india["east village 1"], india["far"]
    she = found(far, "Joseph Lakra", home=None, years=44, sex="MALE", father="Peter Lakra", marks="")
    entry = report(home)
    with acting(SYSTEM):
        searching.search_report(entry, by=SYSTEM)
        assert not Candidate.objects.exists()
        officer = make_posting("ahtu_officer", far)
    told = answers(name="Aparna Mahto", father="Ramesh Mahato", marks="mole on the cheek", years=16, home=home.district.name)
    assert signed_in(officer).post(address(she), told).status_code == 302
    search_again(she)
    with acting(SYSTEM):
        assert Candidate.objects.get().person_id == entry.person_id


def test_what_one_person_said_stays_in_the_queue_with_the_new_figures(signed_in, pair):
    say(pair, pair.here, "SAME")
    signed_in(pair.there).post(address(pair.found), answers(sex="MALE", years=44, name="Joseph Lakra", father="Peter Lakra", marks="-"))
    search_again(pair.found)
    with acting(pair.there):
        [kept] = queries.queue(pair.there)
        assert kept.standing == "SAID_SAME"
        assert kept.probability < queries.LEAST_SHOWN


def test_a_pair_that_was_rejected_stays_so_and_says_that_it_was_corrected_since(signed_in, pair):
    say(pair, pair.here, "DIFFERENT")
    page = reverse("matching:pair", args=[pair.candidate.pk])
    assert "corrected after this was decided" not in signed_in(pair.here).get(page).content.decode()
    signed_in(pair.there).post(address(pair.found), answers(name="Aparna Mahato"))
    search_again(pair.found)
    assert "corrected after this was decided" in signed_in(pair.here).get(page).content.decode()
    with acting(SYSTEM):
        assert Candidate.objects.get().standing == "REJECTED"


def test_where_two_people_agree_it_is_refused_and_nothing_is_lost(signed_in, pair):
    confirm(pair)
    answer = signed_in(pair.there).post(address(pair.found), answers(name="Aparna Mahato"))
    assert answer.status_code == 422
    assert "Undo that first" in answer.content.decode()
    assert "Aparna Mahato" in answer.content.decode()
    with acting(SYSTEM):
        assert not FoundChange.objects.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"found_on": (DAY + timedelta(days=4_000)).isoformat()}, "The day lies after today."),
        ({"years": "200"}, "less than or equal to 110"),
        ({"home": "Nowhere at all"}, "No single state, district or block has this name"),
        ({"reason": " "}, "This field is required"),
    ],
)
def test_bad_input_is_refused_in_words(signed_in, pair, more, said):
    answer = signed_in(pair.there).post(address(pair.found), answers(**more))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with acting(SYSTEM):
        assert not FoundChange.objects.exists()


def test_what_changes_nothing_is_not_written_down(signed_in, pair):
    answer = signed_in(pair.there).post(address(pair.found), answers(home=pair.home.district.name))
    assert answer.status_code == 422
    assert "Nothing is changed yet" in answer.content.decode()


def test_a_stranger_and_who_reaches_only_the_missing_side_find_no_such_page(signed_in, pair, stranger, india):
    for user in (stranger, pair.here):
        assert signed_in(user).get(address(pair.found)).status_code == 404
        assert signed_in(user).post(address(pair.found), answers(name="X Y")).status_code == 404
    with acting(SYSTEM):
        FoundChange(found=pair.found, place_no=pair.found.place_no, at=pair.candidate.searched_at).save()
    with acting(pair.here):
        assert not FoundChange.objects.exists()
    with acting(pair.there):
        assert FoundChange.objects.exists()


@pytest.fixture
def own_jobs():
    def of(name: str) -> list[dict]:
        return [job.args for job in ProcrastinateJob.objects.filter(task_name__endswith=name).order_by("-id")[:1]]

    return of
