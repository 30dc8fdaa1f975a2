"""A release: drafted by one, attacked by the program, published by another, and then the public's: that and no more."""

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from aanchal.access.acting import SYSTEM
from aanchal.insight import releasing, rules
from aanchal.insight.actions import Refused
from aanchal.insight.models import HeldTable, Release, Released, ReleasedRow
from aanchal.places.queries import nation
from tests.insight.builders import APRIL, AT, drafted, published, quarter

TOLD = {"east": [12, 40, 15, 60, 0, 0], "west": [5, 33, 20, 41, 0, 0], "far": [30, 45, 22, 37, 0, 0]}


@pytest.fixture
def analyst(posted):
    return posted("national_analyst", "nation")


@pytest.fixture
def second(posted):
    return posted("national_analyst", "nation")


@pytest.fixture
def counts(india):
    """A quarter: of the west five girls only."""
    quarter({india[name]: cells for name, cells in TOLD.items()})


def cells(place, *, is_year=False) -> list:
    return ReleasedRow.objects.get(name=place.name, level=place.level, is_year=is_year).cells


def test_nothing_small_goes_out_nor_what_would_tell_it(india, analyst, second, counts):
    release = published(analyst, second)
    told = release.reports["missing"]
    assert (told["exactly"], told["nearly"], told["threshold"]) == (0, 0, 11)
    west = cells(india["west"])
    assert west[0] is None
    assert sum(cell is None for cell in [*west, *cells(india["east"]), *cells(india["state"])]) >= 4
    assert cells(india["nation"])[-1] == sum(sum(one) for one in TOLD.values())


def test_who_drafted_it_does_not_publish_it(acting, analyst, counts):
    release = drafted(analyst)
    with acting(analyst):
        releasing.submit(release=release, by=analyst)
        with pytest.raises(Refused, match="not_yours"):
            releasing.decide(release=release, publish=True, note="", at=AT, by=analyst, tables=[])
        with pytest.raises(DatabaseError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(standing="PUBLISHED", decided_by=analyst)
        with pytest.raises(DatabaseError), transaction.atomic():
            Released.objects.create(id=release.pk, title="x", starts_on=APRIL, published_at=AT, measures=[], reports={})


def test_what_was_published_is_never_changed(acting, analyst, second, counts):
    release = published(analyst, second)
    with acting(second):
        with pytest.raises(DatabaseError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(title="another")
        with pytest.raises(DatabaseError), transaction.atomic():
            ReleasedRow.objects.update(name="another")
        with pytest.raises(DatabaseError), transaction.atomic():
            ReleasedRow.objects.all().delete()


def test_only_the_attacker_writes_its_report(acting, analyst, counts):
    release = drafted(analyst)
    with acting(analyst), pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(reports={"missing": {"exactly": 0}})


def test_a_draft_with_a_count_that_could_be_told_stops_there(acting, analyst, counts, monkeypatch):
    from aanchal.insight import suppression

    monkeypatch.setattr(suppression, "_close", lambda cube, hidden, price: None)
    monkeypatch.setattr(suppression, "_add", lambda cube, hidden, price, recovered: False)
    release = drafted(analyst)
    assert "could be told to within 2" in release.refused
    assert release.reports["missing"]["exactly"] > 0
    with acting(analyst), pytest.raises(Refused, match="not_safe"):
        releasing.submit(release=release, by=analyst)


def test_it_is_drafted_only_of_a_computed_quarter_and_once(acting, analyst, counts):
    with acting(analyst):
        told = {"title": "t", "at": AT, "by": analyst, "measures": ["missing"], "place": nation()}
        with pytest.raises(Refused, match="not_computed"):
            releasing.draft(starts_on=date(2025, 4, 1), **told)
        with pytest.raises(Refused, match="no_table"):
            releasing.draft(starts_on=APRIL, **(told | {"measures": ["families_at_risk"]}))
        releasing.draft(starts_on=APRIL, **told)
        with pytest.raises(Refused, match="taken"):
            releasing.draft(starts_on=APRIL, **told)


def test_the_fourth_quarter_tells_the_year_and_still_gives_nothing_away(acting, india, analyst, second, counts):
    """Four releases, three levels: what the year would tell of an earlier quarter is hidden with it."""
    for n in range(4):
        first = rules.month_after(APRIL, 3 * n)
        if n:
            quarter({india[name]: [max(cell - n, 0) for cell in told] for name, told in TOLD.items()}, first)
        release = published(analyst, second, first)
        assert not release.refused
    year = cells(india["nation"], is_year=True)
    assert year[-1] > 4 * 300
    with acting(SYSTEM):
        table = HeldTable.objects.get(release=release)
        cube, hidden = releasing.whole_of(table)
    assert hidden.shape[1] == 2
    assert ReleasedRow.objects.filter(is_year=True).count() == hidden.shape[0]


def test_pages_of_a_release_are_for_those_who_prepare(analyst, second, counts, signed_in, posted):
    release = drafted(analyst)
    page = signed_in(analyst).get(f"/insight/releases/{release.pk}/")
    assert page.status_code == 200
    assert "Submit to a second person" in page.content.decode()
    assert signed_in(posted("state_expert", "state")).get(f"/insight/releases/{release.pk}/").status_code == 404
    client = signed_in(analyst)
    client.post(f"/insight/releases/{release.pk}/submit/")
    assert "Another person must decide" in client.get(f"/insight/releases/{release.pk}/").content.decode()
    client = signed_in(second)
    for told, said in (
        ({"to": "PUBLISHED", "note": "x" * 301}, "at most 300 characters"), ({"note": "Checked."}, "Publish it or return it."),
        ({"to": "RETURNED", "note": " "}, "Say in the note what should be changed."),
    ):  # fmt: skip
        refused = client.post(f"/insight/releases/{release.pk}/decide/", told)
        assert refused.status_code == 422
        assert said in refused.content.decode()
        assert told["note"].strip() in refused.content.decode()
    assert not ReleasedRow.objects.filter(release_id=release.pk).exists()
    client.post(f"/insight/releases/{release.pk}/decide/", {"to": "PUBLISHED", "note": "Checked."})
    assert ReleasedRow.objects.filter(release_id=release.pk).exists()


def test_the_public_role_reads_released_tables_and_nothing_else(server, db):
    """By the database's own word, as the role itself."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(server.conninfo(name, "aanchal_public")) as public:
        tables = public.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege(oid, 'SELECT')"
        ).fetchall()
        assert {table for (table,) in tables} == {
            "insight_released", "insight_releasedrow", "library_openpaper", "library_openfile", "posters_openposter", "awards_openaward",
        }  # fmt: skip
        assert not public.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND (has_table_privilege(oid, 'INSERT') OR has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE'))"
        ).fetchall()
        public.execute("SELECT count(*) FROM insight_releasedrow")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            public.execute("SELECT * FROM insight_counted")
