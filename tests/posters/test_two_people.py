"""One asks for it, another releases it; the rule is asked each time, and the database holds to it too."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from aanchal.access.acting import SYSTEM, acting
from aanchal.core.models import Trail
from aanchal.posters import actions, queries
from aanchal.posters.models import Agreement, OpenPoster, Poster
from aanchal.posters.rules import Refused
from tests.posters.builders import SAID_NO, agreed, is_out, missing, proposed, released, today

pytestmark = pytest.mark.django_db


def refused(change, *arguments, **told) -> list[str]:
    with pytest.raises(Refused) as found:
        change(*arguments, **told)
    return [key for _field, key in found.value.faults]


def test_the_copy_holds_the_least_that_helps(poster, india):
    [copy] = OpenPoster.objects.values()
    assert copy == {
        "number": poster.number, "sex": "FEMALE", "age": "FROM_12", "years": 15, "last_seen_on": today() - timedelta(days=20),
        "languages": ["bn"], "height": "FROM_140", "build": "", "features": ["MOLE_FACE"], "clothes": "blue school dress",
        "until": today() + timedelta(days=89), "id": poster.pk, "place_no": india["east"].place_no, "name": "অপর্ণা",
        "state_code": india["state"].lgd_code, "district_code": india["east"].lgd_code, "state_names": {"en": "state"},
        "district_names": {"en": "east"},
    }  # fmt: skip


def test_of_an_adult_only_the_band_is_told_and_no_name_when_chosen(india, ahtu, second):
    line = missing(india["east village 1"], "Bina Adult", years=34)
    one = released(line, ahtu, second, shows_name=False, consent=agreed("SPOUSE"))
    copy = OpenPoster.objects.get(pk=one.pk)
    assert (copy.years, copy.age, copy.name) == (None, "FROM_26", "")


def test_who_asked_does_not_release(entry, ahtu):
    poster = proposed(entry, ahtu)
    with acting(ahtu):
        assert refused(actions.release, poster=poster, at=timezone.now(), by=ahtu) == ["own_work"]
    with pytest.raises(DatabaseError, match="not rewritten"), acting(ahtu):
        Poster.objects.filter(pk=poster.pk).update(state="RELEASED", decided_by=ahtu, decided_at=timezone.now())
    assert not is_out(poster)


def test_who_holds_no_right_to_release_is_refused_by_the_database(entry, ahtu, officer):
    poster = proposed(entry, ahtu)
    with acting(officer):
        assert Poster.objects.filter(pk=poster.pk).update(state="RELEASED") == 0
    with pytest.raises(Poster.DoesNotExist), acting(officer):
        actions.release(poster=poster, at=timezone.now(), by=officer)


def test_the_district_manager_releases(entry, ahtu, posted):
    manager = posted("district_manager", "east")
    poster = released(entry, ahtu, manager)
    assert is_out(poster)


def test_it_goes_back_with_words_and_can_be_asked_for_again(entry, ahtu, second):
    poster = proposed(entry, ahtu)
    with acting(second):
        assert refused(actions.send_back, poster=poster, words=" ", at=timezone.now(), by=second) == ["no_words"]
        actions.send_back(poster=poster, words="The mole is on the other cheek", at=timezone.now(), by=second)
        assert refused(actions.release, poster=poster, at=timezone.now(), by=second) == ["decided"]
    assert released(entry, ahtu, second).pk != poster.pk


def test_there_is_one_notice_of_a_person(entry, poster, ahtu):
    assert refused(proposed, entry, ahtu) == ["there_is_one"]


def test_the_rule_is_asked_of_the_record_every_reason_at_once(india, ahtu):
    line = missing(india["east village 1"], "Rina Nofir", fir_on="", missing_status="GD_ENTRY", missing_circumstance="TRAFFICKED_SUSPECTED")
    checks = SAID_NO | {"HOME": "UNKNOWN"}
    said = refused(proposed, line, ahtu, checks=checks, consent=agreed("SIBLING"))
    assert said == ["trafficking", "home_unknown", "fir", "consent_giver"]
    assert not Poster.objects.exists()


@pytest.mark.parametrize(
    ("consent", "fault"),
    [({"days_ago": 31}, "consent_day"), ({"days_ago": -1}, "consent_day"), ({"written": ""}, "consent_none")],
)
def test_a_consent_that_does_not_hold_is_refused(entry, ahtu, consent, fault):
    assert refused(proposed, entry, ahtu, consent=agreed(**consent)) == [fault]


def test_an_old_consent_is_refused(india, ahtu):
    line = missing(india["east village 1"], "Old Paper", on=today() - timedelta(days=60))
    assert refused(proposed, line, ahtu, consent=agreed(days_ago=31)) == ["consent_old"]


def test_who_agreed_and_the_name_lie_sealed(entry, ahtu):
    proposed(entry, ahtu)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(a::text, '') || string_agg(p::text, '') FROM posters_agreement a, posters_poster p")
        kept = cursor.fetchone()[0] or ""
    assert "Agreeing" not in kept
    assert "অপর্ণা" not in kept


def test_opening_them_is_on_the_trail(poster, ahtu):
    with acting(ahtu):
        opened = actions.open_words(poster=poster, at=timezone.now(), by=ahtu)
    assert opened.name == "অপর্ণা"
    assert list(opened.givers.values()) == ["Ramesh Agreeing"]
    with acting(SYSTEM):
        assert Trail.objects.filter(verb="posters.poster.opened", about_id=str(poster.pk), actor=ahtu.pk).exists()
        verbs = set(Trail.objects.filter(about_id=str(poster.pk)).values_list("verb", flat=True))
    assert {"posters.poster.proposed", "posters.poster.released"} <= verbs


@pytest.mark.parametrize("place", ["west", "far"])
def test_the_next_district_finds_nothing(poster, posted, place):
    stranger = posted("ahtu_officer", place)
    with acting(stranger):
        assert queries.poster(poster.pk) is None
        assert not queries.posters(stranger).exists()
        assert not Agreement.objects.exists()
    assert queries.waiting(stranger) == {"decide": 0, "unread": 0}
    for change in ("UPDATE posters_openposter SET until = until + 1", "DELETE FROM posters_openposter"):
        with acting(stranger), connection.cursor() as cursor:
            cursor.execute(change)
            assert cursor.rowcount == 0


def test_nobody_deletes_or_rewrites_what_is_out(poster, ahtu):
    with acting(ahtu), connection.cursor() as cursor:
        cursor.execute("DELETE FROM posters_openposter")
        assert cursor.rowcount == 0
    for change in ("posters_openposter SET name = 'x'", "posters_poster SET clothes = 'x'", "posters_openposter SET until = until + 90"):
        with pytest.raises(DatabaseError), acting(ahtu), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {change}")


def test_the_family_is_asked_again(poster, ahtu):
    with acting(SYSTEM):
        Agreement.objects.filter(poster=poster).update(given_on=today() - timedelta(days=10))
    with acting(ahtu):
        assert refused(actions.renew, poster=poster, agreed=agreed(days_ago=10), at=timezone.now(), by=ahtu) == ["consent_same"]
        assert refused(actions.renew, poster=poster, agreed=agreed("SPOUSE"), at=timezone.now(), by=ahtu) == ["consent_giver"]
        later = timezone.now() + timedelta(days=5)
        actions.renew(poster=poster, agreed=agreed(days_ago=-5), at=later, by=ahtu)
    assert OpenPoster.objects.get(pk=poster.pk).until == today() + timedelta(days=94)
