"""A table of one's own: chosen indicators, places and months; kept and shared; small numbers and strangers."""

import csv
import io
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from aanchal.insight import keeping
from tests.insight.builders import AT, counted, told

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
ASKED = {"indicators": ["TRK02", "TRK05"], "level": "DISTRICT", "last": "2026-03-01", "months": "3", "span": "QUARTER", "breakdown": "NONE"}


@pytest.fixture
def figures(india):
    """Three months; in the second the west is small, and of TRK05 the east is small in all."""
    for n, month in enumerate((date(2026, 1, 1), date(2026, 2, 1), MARCH)):
        told(india["east"], {"TRK02": (60 + n, 100), "TRK05": (3, 30)}, month)
        told(india["west"], {"TRK02": (4 if n == 1 else 40, 100)}, month)


def path(place) -> str:
    return f"/insight/{place.pk}/table/"


def table(client, place, **more) -> dict[tuple[str, str, str], list[str]]:
    """(place, period, group) -> values, as the page shows them."""
    page = client.get(path(place), ASKED | more)
    assert page.status_code == 200, page.content.decode()
    return {(line.place.name, line.period, line.group): values for line, values in page.context["rows"]}


def test_who_may_open_the_lists_sees_every_number(india, figures, posted, signed_in):
    rows = table(signed_in(posted("district_manager", "state")), india["state"])
    assert rows["east", "January to March 2026", ""] == ["61.0", "10.0"]
    assert rows["west", "January to March 2026", ""] == ["28.0", "–"]


def test_who_may_only_count_gets_no_sum_with_a_small_number_in_it(india, figures, posted, signed_in):
    client = signed_in(posted("state_expert", "state"))
    rows = table(client, india["state"])
    assert rows["east", "January to March 2026", ""] == ["61.0", "–"]
    assert rows["west", "January to March 2026", ""] == ["–", "–"]
    assert table(client, india["state"], span="MONTH")["west", "March 2026", ""] == ["40.0", "–"]


@pytest.mark.parametrize(("cells", "seen"), [([20, 30, 12, 0, 0, 0], ["50", "12", "0"]), ([20, 30, 12, 0, 0, 2], ["–", "–", "–"])])
def test_a_small_group_hides_the_groups_of_its_place(india, posted, signed_in, cells, seen):
    counted(MARCH, "migrations_verified", {india["east"]: cells})
    told(india["east"], {"TRK02": (sum(cells), 100)}, MARCH)
    ask = {"indicators": ["TRK02"], "months": "1", "breakdown": "SEX"}
    rows = table(signed_in(posted("state_expert", "state")), india["state"], **ask)
    groups = ("Women and girls", "Men and boys", "Transgender or not told")
    assert [rows["east", "January to March 2026", group] for group in groups] == [[one] for one in seen]
    exact = table(signed_in(posted("district_manager", "state")), india["state"], **ask)
    assert exact["east", "January to March 2026", "Transgender or not told"] == [str(cells[5])]


def test_it_comes_as_a_file_with_the_codes_of_the_places(india, figures, posted, signed_in):
    client = signed_in(posted("state_expert", "state"))
    lines = b"".join(client.get(path(india["state"]), ASKED | {"as": "csv"}).streaming_content).decode("utf-8-sig")
    rows = {row["LGD code"]: row for row in csv.DictReader(io.StringIO(lines))}
    assert rows[str(india["east"].lgd_code)]["Migrants whose employer was checked (TRK02, %)"] == "61.0"
    assert b"".join(client.get(path(india["state"]), ASKED | {"as": "xlsx"}).streaming_content).startswith(b"PK")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"indicators": ["XYZ99"]}, "XYZ99"),
        ({"months": "999"}, "999"),
        ({"level": "VILLAGE"}, "VILLAGE"),
        ({"indicators": [*(f"TRK0{n}" for n in (1, 2, 3, 5, 8, 9)), *(f"PRV0{n}" for n in (3, 4, 6, 7, 8, 9)), "PRV10"]}, "at most"),
    ],
)  # fmt: skip
def test_a_wrong_choice_is_named(india, figures, posted, signed_in, wrong, said):
    page = signed_in(posted("state_expert", "state")).get(path(india["state"]), ASKED | wrong)
    assert page.status_code == 422
    assert said in page.content.decode()


def test_it_is_kept_under_a_name_and_others_see_it_when_it_is_shared(india, figures, posted, signed_in):
    expert, other = posted("state_expert", "state"), posted("state_expert", "state")
    client = signed_in(expert)
    query = "&".join(f"{key}={one}" for key, value in ASKED.items() for one in (value if isinstance(value, list) else [value]))
    kept = client.post(f"{path(india['state'])}?{query}", {"title": "Each quarter"})["Location"]
    assert client.get(kept).status_code == 302
    assert table(client, india["state"]) is not None
    again = client.post(f"{path(india['state'])}?{query}", {"title": "Each quarter", "is_shared": "on"})
    assert again.status_code == 422
    assert "another table of this name" in again.content.decode()
    shared = client.post(f"{path(india['state'])}?{query}", {"title": "For all", "is_shared": "on"})["Location"]
    client = signed_in(other)
    assert client.get(kept).status_code == 404
    assert client.get(shared)["Location"].startswith(path(india["state"]))
    assert "For all" in client.get(path(india["state"])).content.decode()
    assert client.post(f"{shared}remove/").status_code == 302
    assert client.get(shared).status_code == 302
    signed_in(expert).post(f"{shared}remove/")
    assert signed_in(other).get(shared).status_code == 404


def test_a_stranger_finds_no_table_and_writes_none_for_another(acting, india, figures, posted, signed_in):
    expert, stranger = posted("state_expert", "state"), posted("state_expert", "far state")
    with acting(expert):
        one = keeping.keep_table(place=india["state"], title="Shared", asked=ASKED, is_shared=True, at=AT, by=expert)
    client = signed_in(stranger)
    for address in (path(india["state"]), f"/insight/tables/{one.pk}/"):
        assert client.get(address, ASKED).status_code == 404
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM insight_savedtable")
        assert cursor.fetchone() == (0,)
    with acting(stranger), pytest.raises(DatabaseError), transaction.atomic():
        keeping.keep_table(place=india["state"], title="Not there", asked=ASKED, is_shared=True, at=AT, by=stranger)


def test_it_asks_the_same_number_of_questions_however_many_places(india, figures, posted, signed_in):
    client = signed_in(posted("state_expert", "state"))
    with CaptureQueriesContext(connection) as one:
        table(client, india["state"], level="")
    with CaptureQueriesContext(connection) as many:
        table(client, india["state"])
    assert len(many) <= len(one) + 1
