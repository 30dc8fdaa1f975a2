"""Rows written by `rows.insert` read back as they were, whatever they hold."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, connection
from django.utils.translation import gettext_lazy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanchal.access.acting import SYSTEM, acting
from aanchal.core import rows
from aanchal.inbox.models import Submission
from aanchal.people.models import Consent, Household, Identity, Person
from aanchal.risk.models import Survey
from tests.factories import DAY, NOON, make_household, make_user

REAL = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
WORDS = [
    "",
    " two  spaces ",
    "సీతమ్మ గారి ఇల్లు",
    "श्रीमती सावित्री देवी",
    'it\'s "so" \\ and \\n is no line',
    "a line\nand\ta tab\r",
    "{1,2} NULL null \\x00 %s %(a)s $1",
    "👩‍🌾",
    "\u200d\u200c\ufeff",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15) | TEXT,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXT, inside, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def village(india):
    return india["east village 1"]


def told(row) -> dict:
    """What a row holds, column by column."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.local_concrete_fields}
    return {name: _comparable(value) for name, value in values.items()}


def _comparable(value):
    """An instant in UTC: in the hour a zone's clock is changed, Python calls two zones' equal instants unequal (PEP 495)."""
    if isinstance(value, memoryview):
        return bytes(value)
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def read_back(row):
    with acting(SYSTEM):
        rows.insert(row)
        return type(row).objects.get(pk=row.pk)


def a_household(village, **more) -> Household:
    given = {"code": "000000", "place": village, "place_no": village.place_no, "visited_on": DAY, "recorded_at": NOON}
    return Household(**given | more)


def a_person(village, **more) -> Person:
    given = {"place": village, "place_no": village.place_no, "sex": "FEMALE", "age_basis": "STATED", "years": 30, "told_on": DAY}
    return Person(**given | more)


@pytest.mark.parametrize("words", WORDS)
def test_it_keeps_every_letter_of_a_text(village, words):
    assert read_back(a_household(village, hamlet=words)).hamlet == words


@pytest.mark.parametrize("words", WORDS)
def test_it_keeps_every_letter_of_an_answer(village, words):
    survey = Survey(household=make_household(village), place_no=village.place_no, facts={words: [words]}, told_on=DAY)
    assert read_back(survey).facts == {words: [words]}


@REAL
@given(
    hamlet=TEXT,
    longitude=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    visited_on=st.dates(),
    recorded_at=st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2900, 1, 1), timezones=st.timezones()),
)
def test_it_gives_back_texts_floats_nulls_days_and_instants(village, hamlet, longitude, visited_on, recorded_at):
    row = a_household(village, hamlet=hamlet, longitude=longitude, visited_on=visited_on, recorded_at=recorded_at)
    assert told(read_back(row)) == told(row)


@REAL
@given(facts=JSON, submission_id=st.none() | st.uuids())
def test_it_gives_back_any_json(village, facts, submission_id):
    facts = {"told": facts}
    row = Survey(household=make_household(village), place_no=village.place_no, facts=facts, told_on=DAY, submission_id=submission_id)
    assert told(read_back(row)) == told(row)


@REAL
@given(name=st.binary(max_size=300), phone=st.none() | st.binary(max_size=30), likeness=st.binary(max_size=16))
def test_it_gives_back_bytes_and_absent_bytes(village, name, phone, likeness):
    with acting(SYSTEM):
        rows.insert(person := a_person(village))
    row = Identity(person=person, place_no=village.place_no, wrapped_key=memoryview(name), name=name, phone=phone, likeness=likeness)
    assert told(read_back(row)) == told(row)


@REAL
@given(purposes=st.lists(TEXT.map(lambda text: text[:14]), max_size=5))
def test_it_gives_back_arrays(village, purposes):
    row = Consent(
        household=make_household(village), place_no=village.place_no, giver="SELF_ADULT", purposes=purposes,
        lawful_basis="an act", language="te", given_on=DAY,
    )  # fmt: skip
    assert told(read_back(row)) == told(row)


def test_it_gives_back_a_whole_submission(village):
    with acting(SYSTEM):
        sender = make_user()
    row = Submission(
        instance_id="uuid:1", form_id="household_survey", version="1", sender=sender, place=village, place_no=village.place_no,
        received_at=datetime(2026, 4, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30))), digest=b"\0\\x\xff",
        wrapped_key=b"", sealed=bytes(range(256)), status="FLAGGED", faults=[{"kind": "A", "about": ["1"], "n": None}],
    )  # fmt: skip
    assert told(read_back(row)) == told(row)


def test_it_takes_words_that_are_still_to_be_translated(village):
    assert read_back(a_household(village, hamlet=gettext_lazy("Village"))).hamlet == "Village"


def test_it_takes_exact_numbers(village):
    assert read_back(a_household(village, longitude=Decimal("78.25"))).longitude == 78.25


def test_it_refuses_what_no_column_can_mean(village):
    household = make_household(village)
    with acting(SYSTEM), pytest.raises(TypeError):
        rows.insert(Survey(household=household, place_no=village.place_no, facts={"who": {1, 2}}, told_on=DAY))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_it_takes_a_number_that_is_none_for_an_absent_one(village, number):
    assert read_back(a_household(village, longitude=number)).longitude is None


def test_it_refuses_a_text_that_postgresql_cannot_hold(village):
    with pytest.raises(DataError), acting(SYSTEM):
        rows.insert(a_household(village, hamlet="a\0b"))


def test_it_writes_many_rows_of_a_model_in_one_statement(village, django_assert_num_queries):
    many = [a_person(village, years=n) for n in range(200)]
    with acting(SYSTEM):
        with django_assert_num_queries(1):
            rows.insert(*many)
        assert sorted(Person.objects.values_list("years", flat=True)) == list(range(200))


def test_it_knows_afterwards_that_the_rows_are_kept(village, django_assert_num_queries):
    row = a_person(village)
    with acting(SYSTEM):
        rows.insert(row)
        row.years = 31
        with django_assert_num_queries(1):
            row.save()
        assert Person.objects.get().years == 31


def test_it_does_nothing_with_no_rows(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        rows.insert()


def test_it_writes_a_row_of_today_and_of_long_ago_alike(village):
    for day in (date.min, date(1582, 10, 10), date(2024, 2, 29), date.max):
        assert read_back(a_household(village, visited_on=day)).visited_on == day
    assert read_back(a_household(village, recorded_at=datetime.min.replace(tzinfo=UTC))).recorded_at.year == 1


def test_it_refuses_the_same_id_twice(village):
    row = a_person(village)
    with acting(SYSTEM):
        rows.insert(row)
        with pytest.raises(IntegrityError), acting(SYSTEM):
            rows.insert(a_person(village, id=row.pk))


def test_it_writes_nothing_where_the_acting_person_may_not(village, stranger):
    with pytest.raises(Exception, match="row-level security"), acting(stranger):
        rows.insert(a_person(village, id=uuid4()))
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("told_as", ["an object", "an id"])
def test_it_makes_a_row_as_its_model_would(village, told_as):
    household = make_household(village)
    given = {"household": household} if told_as == "an object" else {"household_id": household.pk}
    given |= {"id": uuid4(), "place_no": village.place_no, "facts": {"a": 1}, "told_on": DAY}
    made, plain = rows.new(Survey, **given), Survey(**given)
    assert told(made) == told(plain)
    assert made._state.adding
    assert made.household_id == household.pk
    assert rows.new(Survey, household=household).household is household


def test_it_gives_each_row_an_id_and_defaults_of_its_own():
    one, other = rows.new(Submission), rows.new(Submission)
    assert one.pk != other.pk
    assert one.faults == []
    assert one.faults is not other.faults


def test_it_refuses_what_is_no_field_of_the_row():
    with pytest.raises(TypeError, match="Survey has no field colour"):
        rows.new(Survey, colour="red")


def test_it_writes_rows_that_are_there_again_in_one_statement(village, django_assert_num_queries):
    with acting(SYSTEM):
        made = [a_person(village), a_person(village), a_person(village)]
        rows.insert(*made)
        for years, row in enumerate(made[:2], start=40):
            row.years, row.sex = years, "MALE"
        with django_assert_num_queries(1):
            rows.rewrite(*made[:2])
        kept = [Person.objects.get(pk=row.pk) for row in made]
    assert [(row.years, row.sex) for row in kept] == [(40, "MALE"), (41, "MALE"), (30, "FEMALE")]


def test_it_says_when_a_row_to_write_again_is_not_there(village):
    with acting(SYSTEM):
        made = a_person(village)
        rows.insert(made)
        with pytest.raises(rows.Gone):
            rows.rewrite(made, a_person(village))
