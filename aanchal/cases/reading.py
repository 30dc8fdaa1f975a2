"""A case as someone assigned to it reads it: what happened in order, the plan, the consents, who is assigned. No name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.access.policy import day_in_india
from aanchal.cases import actions, keeping, pseudonyms, queries, rules, terms
from aanchal.cases.models import Case, Withdrawal
from aanchal.core import trail


@dataclass(frozen=True)
class Moment:
    """One line of what happened: what it is, what was written, who wrote it."""

    on: date | None
    label: str
    more: str
    words: str
    who: Any
    icon: str


@dataclass(frozen=True)
class Reach:
    """What who reads may do: in an erased case nothing any more."""

    leads: bool
    works: bool
    supervises: bool
    knows_her: bool
    held: Withdrawal | None
    """Her consent that the record is kept was taken back."""


def reach(user, case: Case, at: datetime, told: Mapping[str, Any] | None = None) -> Reach:
    """By a look at who is assigned to the case and whether its keeping was withdrawn; by none, where `read` has told it."""
    told = told or {"people": queries.people_of(case, at), "held": queries.withdrawal(case)}
    mine, held = [one for one in told["people"] if one.user_id == user.pk], told["held"]
    capacities = {one.capacity for one in mine} if case.state != terms.State.ERASED else set()
    works = policy.holds(user, Permission.CASE_WORK)
    knows = bool(capacities) and any(one.sees_identity or one.capacity != terms.Capacity.REFERRED for one in mine)
    supervises = terms.Capacity.SUPERVISOR in capacities and policy.holds(user, Permission.CASE_SUPERVISE)
    return Reach(
        leads=works and bool(capacities & set(queries.LEADING)),
        works=works and bool(capacities - {terms.Capacity.GLASS}),
        supervises=supervises,
        knows_her=(supervises if held else knows) and policy.holds(user, Permission.CASE_IDENTITY),
        held=held,
    )


def note_read(*, case: Case) -> None:
    """Sealed words of the case stand on a page: that they were read is on the trail."""
    trail.write("cases.case.read", about=case)


def read(*, case: Case, at: datetime, by) -> dict[str, Any]:
    """Everything of the page; that it was read is on the trail."""
    note_read(case=case)
    plain = pseudonyms.without_old(case)
    events = list(case.events.select_related("district").order_by("on", "pk"))
    goals = list(case.goals.order_by("state", "set_on", "pk"))
    tasks = list(case.tasks.select_related("who").order_by("due_on", "pk"))
    today = day_in_india(at)
    is_child = queries.is_child(case, today)
    consents = [
        {"one": row, "lives": told.lives(today), "to_ask_anew": told.lives(today) and not rules.may_give(row.giver, is_child)}
        for row, told in queries.consents_of(case)
    ]
    withdrawals = list(case.withdrawals.select_related("asked_by", "decided_by", "ground"))
    referrals = list(case.referrals.select_related("receiver", "link").order_by("-sent_at", "-pk"))
    return {
        "case": case,
        "events": [{"one": one, "told": {name: plain(words) for name, words in one.told().items()}} for one in events],
        "legs": list(case.legs.select_related("origin", "destination").order_by("number")),
        "goals": [{"one": one, "words": plain(one.told().get("words", ""))} for one in goals],
        "tasks": [{"one": one, "words": plain(one.told().get("words", ""))} for one in tasks if one.state == terms.TaskState.OPEN],
        "consents": consents,
        "referrals": [{"one": one, "words": plain(one.told().get("words", "")), "link": getattr(one, "link", None)} for one in referrals],
        "people": list(queries.people_of(case, at)),
        "proposals": [{"one": one, "words": plain(one.told().get("words", ""))} for one in case.proposals.select_related("asked_by")],
        "disclosures": list(case.disclosures.select_related("by").order_by("-at")),
        "timeline": _timeline(case, tasks, goals, withdrawals, plain),
        "held": (held := next((one for one in withdrawals if one.ended_at is None), None)),
        "held_by_fir": held is not None and keeping.is_in_court(case),
        "today": today,
        "now": at,
    }


def facts_of(case: Case) -> list[tuple[str, str]]:
    """What was done to her, each with its label."""
    field = case._meta.get_field
    several = [(field(name).base_field.choices, name) for name in ("acts", "means", "purposes", "controls", "recruitment")]
    told = [(LABELS[name], ", ".join(str(dict(choices)[one]) for one in getattr(case, name))) for choices, name in several]
    told += [(LABELS["recruiter"], case.get_recruiter_display()), (LABELS["industry"], case.get_industry_display())]
    return [(str(label), words) for label, words in told if words]


def way_of(legs: list) -> list[str]:
    """Names of districts; where none was told the country, or that it is not known."""
    ends = [(leg.origin, leg.origin_country) for leg in legs[:1]] + [(leg.destination, leg.destination_country) for leg in legs]
    return [place.local_name if place else country if country != actions.HOME_COUNTRY else str(_("not known")) for place, country in ends]


def _timeline(case: Case, tasks: list, goals: list, withdrawals: list, plain: Callable[[str], str]) -> list[Moment]:
    found = [
        *(_step(one, case) for one in case.steps.select_related("by").order_by("at", "pk")),
        *(_written(one, one.get_scope_display(), one.get_danger_display(), "clipboard-check") for one in _rows(case.assessments)),
        *(_written(one, one.get_support_display(), one.get_party_display(), "heart-handshake") for one in _rows(case.services)),
        *(_written(one, one.get_seen_display(), one.get_danger_display(), "footprints") for one in _rows(case.visits)),
        *(_task(one) for one in tasks if one.state != terms.TaskState.OPEN),
        *(_goal(one) for one in goals if one.state != terms.GoalState.OPEN),
        *(moment for one in withdrawals for moment in _withdrawal(one)),
    ]
    return sorted((replace(one, words=plain(one.words)) for one in found), key=lambda one: one.on or case.opened_on, reverse=True)


def _rows(related):
    return related.select_related("by").order_by("on", "pk")


def _step(one, case: Case) -> Moment:
    """A case may be written down later than the day she came."""
    on = case.opened_on if one.happening == terms.Happening.OPEN else day_in_india(one.at)
    return Moment(on, one.get_happening_display(), one.get_outcome_display(), "", one.by, "circle-check")


def _written(one, label: str, more: str, icon: str) -> Moment:
    return Moment(one.on, label, more, one.told().get("words", ""), one.by, icon)


def _task(one) -> Moment:
    return Moment(day_in_india(one.ended_at), one.get_state_display(), "", one.told().get("words", ""), one.who, "check")


def _goal(one) -> Moment:
    return Moment(one.ended_on, one.get_state_display(), one.get_support_display(), one.told().get("words", ""), None, "flag")


def _withdrawal(one: Withdrawal) -> Iterator[Moment]:
    yield Moment(day_in_india(one.asked_at), str(_("She took back her consent to keep this record")), "", "", one.asked_by, "undo-2")
    if one.ground:
        words = one.told().get("words", "")
        yield Moment(day_in_india(one.decided_at), str(_("Kept all the same")), one.ground.local_text, words, one.decided_by, "scale")


LABELS = {
    "acts": _("What was done"),
    "means": _("By which means"),
    "purposes": _("For what"),
    "controls": _("How she was controlled"),
    "recruitment": _("How she was recruited"),
    "recruiter": _("Who the recruiter was to her"),
    "industry": _("Kind of work"),
}
