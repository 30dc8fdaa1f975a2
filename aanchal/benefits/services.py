"""All that came to a family, in one list: benefits, loans and grants, groups joined, trainings; as one reader may see it."""

from datetime import date

from django.urls import reverse

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.benefits import queries, reading, rules
from aanchal.benefits.models import GroupMember, Loan, Training
from aanchal.benefits.reading import LedgerLine
from aanchal.benefits.terms import FundKind, PlanState, Programme, Source, TrainingState
from aanchal.people.models import Household
from aanchal.risk.card import who


def ledger(user, household: Household, *, opened: bool) -> list[LedgerLine]:
    """The newest first. What rests on private answers only where they were opened."""
    found = queries.ledger(household)
    lines = [reading.ledger_line(one) for one in (found if opened else found.filter(is_private=False))]
    lines += [_of_loan(one) for one in _released(user, household)]
    if policy.can(user, Permission.FUND_READ, household):
        groups = GroupMember.objects.filter(household=household, joined_on__isnull=False).select_related("cbo", "person")
        lines += [LedgerLine(one.joined_on, one.cbo.name, "", None, str(Source.GROUP.label)) for one in groups]
    lines += [_of_training(one) for one in household.trainings.select_related("person")]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def loans(user, household: Household) -> list[dict]:
    if not policy.can(user, Permission.FUND_READ, household):
        return []
    found = household.loans.select_related("fund", "fund__cbo").order_by("-asked_on", "-pk")
    return [{"loan": one, "title": FundKind(one.fund.kind).label, "state": one.get_state_display()} for one in found]


def trainings(household: Household, on: date) -> list[dict]:
    found = household.trainings.select_related("person").order_by("-enrolled_on", "-pk")
    return [
        {
            "training": one,
            "who": who(one.person, on),
            "programme": Programme(one.programme).label,
            "state": TrainingState(one.state).label,
            "next": [(step, TrainingState(step).label) for step in TrainingState.values if step in rules.TRAINING_TRANSITIONS[one.state]],
        }
        for one in found
    ]


def livelihoods(household: Household) -> list[dict]:
    return [
        {
            "plan": one,
            "state": PlanState(one.state).label,
            "next": [(step, PlanState(step).label) for step in PlanState.values if step in rules.LIVELIHOOD_TRANSITIONS[one.state]],
        }
        for one in household.livelihood_plans.order_by("-planned_on", "-pk")
    ]


def _released(user, household: Household) -> list[Loan]:
    if not policy.can(user, Permission.FUND_READ, household):
        return []
    return list(household.loans.filter(state__in=queries.PAID_OUT).select_related("fund"))


def _of_loan(one: Loan) -> LedgerLine:
    title, url = str(FundKind(one.fund.kind).label), reverse("loan", args=[one.pk])
    return LedgerLine(one.released_on, title, "", one.sanctioned_paise, str(Source.FUND.label), url)


def _of_training(one: Training) -> LedgerLine:
    title = f"{Programme(one.programme).label}, {one.trade}"
    return LedgerLine(one.enrolled_on, title, who(one.person, one.enrolled_on), None, str(Source.SKILL.label))
