"""A round with its nominees and panel, and how it goes on."""

from datetime import UTC, date, datetime, timedelta

from aanchal.access.acting import SYSTEM, acting
from aanchal.awards import actions
from aanchal.awards.actions import Case, Plan
from aanchal.awards.models import Nomination, Round
from aanchal.network import stakeholders
from aanchal.network.stakeholders import Details

BEFORE = datetime(2026, 2, 1, 6, 30, tzinfo=UTC)
OPEN = datetime(2026, 3, 10, 6, 30, tzinfo=UTC)
JUDGED = datetime(2026, 4, 10, 6, 30, tzinfo=UTC)
OPENS, CLOSES = date(2026, 3, 1), date(2026, 3, 31)
WHY = "Forty people were brought to safety, and every case has gone to court."
SHOWN = "The list of cases with their dates."


def a_round(by, category: str = "AHTU", *, announced: bool = True, **more) -> Round:
    with acting(by):
        one = actions.draft(plan=Plan(2026, category, OPENS, CLOSES, **more), at=BEFORE, by=by)
        return actions.announce(of=one, at=BEFORE, by=by) if announced else one


def line(place, kind: str = "AHTU", name: str = "", **more):
    """Of the directory."""
    with acting(SYSTEM):
        details = Details(kind=kind, name=name or f"{kind} of {place.name}", **more)
        return stakeholders.record(place=place, details=details, at=BEFORE, by=SYSTEM)


def nominated(by, one: Round, stakeholder, **more) -> Nomination:
    with acting(by):
        case = Case(reasons=WHY, evidence=SHOWN, **more)
        return actions.nominate(of=one, nominee=stakeholder.pk, case=case, at=OPEN, by=by)


def appointed(by, one: Round, *users) -> None:
    with acting(by):
        for user in users:
            actions.appoint(of=one, user=user, at=OPEN, by=by)


def cleared(user, *nominations) -> None:
    with acting(user):
        for row in nominations:
            actions.declare(nomination=row.pk, has_interest=False, words="", at=JUDGED, by=user)


def scored(user, row, points: int | dict) -> None:
    """The same for each criterion, or each by its key."""
    with acting(user):
        if isinstance(points, int):
            points = dict.fromkeys(Round.objects.get(pk=row.round_id).criteria.weights, points)
        actions.score(nomination=row.pk, points=points, at=JUDGED + timedelta(hours=1), by=user)


def decided(by, one: Round, *chosen, words: str = ""):
    with acting(by):
        return actions.decide(of=one, chosen=[row.pk for row in chosen], words=words, at=JUDGED + timedelta(days=1), by=by)


