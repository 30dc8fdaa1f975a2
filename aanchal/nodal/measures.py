"""What the Nodal Cell counts for the indicators: returns of the States, units, money. Units and States, nobody is named."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import BigIntegerField, Count, F, QuerySet, Sum, Value
from django.db.models.functions import Cast

from aanchal.access.permissions import Permission
from aanchal.core.tallies import Part, Tally, of_things
from aanchal.insight.measures import Lines, Measure, Opens, Typical
from aanchal.insight.rolling import ratio
from aanchal.insight.rules import LEAST_CASES, MONTHS_OF_A_YEAR
from aanchal.nodal import questionnaire, rules, standings
from aanchal.nodal.models import Call, Figure, Release, Return, Sanction, Unit, Use
from aanchal.nodal.terms import PeriodKind
from aanchal.places.models import Place
from aanchal.places.queries import latest_values
from aanchal.places.terms import Level

A_YEAR = timedelta(days=365)
CRORE = 10_000_000
POPULATION = "population_2011"
THOUSAND_RUPEES = 100_000
"""In paise."""
READ = (Permission.RETURN_READ,)


def figures(head: str, first: date, last: date) -> QuerySet[Figure]:
    """What States told under a head, in accepted returns of single months that were due between two days; `value` of each.

    By the day they were due, not by their month: a return comes after its month, when that is not counted anew any more (docs/adr/0061).
    """
    return Figure.objects.filter(
        head__key=head, district=None, of__standing__in=rules.COUNTED, of__call__period=PeriodKind.MONTH, of__call__due_on__gte=first,
        of__call__due_on__lte=last,
    )  # fmt: skip


def trials(first: date, last: date) -> QuerySet[Figure]:
    """Trials that ended: in conviction or acquittal."""
    return figures("court_convicted", first, last) | figures("court_acquitted", first, last)


def calls_due(first: date, last: date) -> QuerySet[Call]:
    return Call.objects.filter(due_on__gte=first, due_on__lte=last)


def returns_due(first: date, last: date) -> Iterator[Tally]:
    """Each State once for every call whose day fell between two days."""
    calls = calls_due(first, last).count()
    states = Place.objects.filter(level=Level.STATE).order_by().values_list("place_no", flat=True)
    return of_things((number, calls) for number in states) if calls else iter(())


def returns_on_time(first: date, last: date) -> QuerySet[Return]:
    """Returns submitted by the day they were due, and found valid: approved by the State or further, the first of each State."""
    valid = ("APPROVED", *rules.COUNTED, "AMENDED")
    return Return.objects.filter(
        call__due_on__gte=first, call__due_on__lte=last, version=1, standing__in=valid, submitted_at__date__lte=F("call__due_on")
    )


def functional(on: date) -> QuerySet[Unit]:
    """Units with a post holder, a telephone, a vehicle and a return within the days that are asked (nodal.functioning)."""
    return Unit.objects.filter(pk__in=[one.pk for one in Unit.objects.all() if not standings.why_not(one, on)])


def released(until: date) -> QuerySet[Release]:
    """Money released by a day; `thousands` of rupees."""
    return _thousands(Release.objects.filter(on__lte=until))


def certified(until: date) -> QuerySet[Use]:
    """Of it what is certified as used, in certificates that were accepted by a day."""
    return _thousands(Use.objects.filter(standing="ACCEPTED", decided_at__date__lte=until))


def _thousands(rows: QuerySet) -> QuerySet:
    return rows.annotate(thousands=Cast(F("amount_paise"), BigIntegerField()) / Value(THOUSAND_RUPEES)).filter(thousands__gt=0)


def victims_and_people(until: date) -> list[tuple[int, int, int]]:
    """(State, people trafficked, people it stands for) from accepted returns of single months that were due within a year.

    A State of which the census of 2011 is known stands for its people as often as it told of a twelfth of the year. Of so few victims that
    one could be known, nothing.
    """
    told = figures("victims_total", until - A_YEAR, until).order_by().values_list("place_no", "of__place")
    people: Counter[int] = Counter()
    known = latest_values(POPULATION, Level.DISTRICT)
    for state, district in Place.objects.filter(pk__in=known).values_list("state", "pk"):
        people[state] += round(known[district])
    rows = [
        (number, int(n), people[state] * months // MONTHS_OF_A_YEAR)
        for number, state, n, months in told.annotate(n=Sum("value"), months=Count("of", distinct=True)) if people[state]
    ]  # fmt: skip
    return rows if sum(n for _, n, _ in rows) >= LEAST_CASES else []


def answers_told(until: date) -> Iterator[Tally]:
    """Figures of the questionnaire of the United Nations that the returns of the last whole calendar year fill, told at the nation."""
    told = questionnaire.of(questionnaire.last_year(until)).told
    return of_things((one.place_no, told) for one in Place.objects.filter(level=Level.NATION)) if told else iter(())


def officers_planned() -> Iterator[Tally]:
    """Police officers whom the scheme means to train (scheme.yaml), told at the nation."""
    return of_things((one.place_no, standings.norms()["police_officers"]) for one in Place.objects.filter(level=Level.NATION))


def _head(key: str) -> Measure:
    return Measure(
        lines=Lines(lambda first, last: figures(key, first, last), READ, "nodal:return", of="of_id", said="head", weight="value")
    )


MEASURES = {
    "returned_rescued": _head("rescued_total"),
    "returned_arrested": _head("persons_arrested"),
    "returned_convicted": _head("court_convicted"),
    "returned_trials": Measure(lines=Lines(trials, READ, "nodal:return", of="of_id", said="head", weight="value")),
    "returned_missing": _head("missing_total"),
    "returned_missing_fir": _head("missing_fir"),
    "returned_people": Measure(
        lambda first, last: of_things((number, people) for number, _, people in victims_and_people(last)), is_long=True, shut="CENSUS"
    ),
    "returned_victims_rate": Measure(
        typical=Typical(lambda first, last: (Part(*row) for row in victims_and_people(last)), "returned_people", ratio, CRORE)
    ),
    "returned_answers": Measure(
        lambda first, last: answers_told(last), is_long=True, opens=Opens("nodal:questionnaire", Permission.RETURN_READ)
    ),
    "returns_due": Measure(returns_due, shut="STATES"),
    "returns_on_time": Measure(lines=Lines(returns_on_time, READ, "nodal:return", on="submitted_at")),
    "units_sanctioned": Measure(
        is_stock=True,
        lines=Lines(lambda first, last: Sanction.objects.filter(on__lte=last), READ, on="on", said="order_no", weight="units"),
    ),
    "units_functional": Measure(
        is_stock=True, lines=Lines(lambda first, last: functional(last), READ, "nodal:unit", on="reported_on", said="title")
    ),
    "money_released": Measure(
        is_stock=True,
        lines=Lines(lambda first, last: released(last), READ, "nodal:release", on="on", said="order_no", weight="thousands"),
    ),
    "money_certified": Measure(
        is_stock=True,
        lines=Lines(
            lambda first, last: certified(last), READ, "nodal:release", of="release_id", on="until_on", said="number", weight="thousands"
        ),
    ),
    "officers_planned": Measure(lambda first, last: officers_planned(), is_long=True, shut="PLAN"),
}
