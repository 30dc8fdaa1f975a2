"""A family's plan: what it may have and does not, why, what each would do to its index, and what to ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aanchal.benefits.models import Entitlement
from aanchal.benefits.queries import Family, Member
from aanchal.benefits.questions import Question, questions
from aanchal.benefits.rules import verdict
from aanchal.benefits.scheme import Scheme
from aanchal.people.models import Person
from aanchal.risk.conditions import All, Any, Condition, Not, facts_read
from aanchal.risk.definition import Definition
from aanchal.risk.rules import Result, assess

Answers = Mapping[str, int | None]


@dataclass(frozen=True)
class Effect:
    """What delivery would do to the index: `answers` that would be otherwise, and the reading before and after."""

    answers: Mapping[str, int]
    before: Result
    after: Result

    @property
    def points(self) -> int:
        return self.before.points - self.after.points

    @property
    def is_lower_band(self) -> bool:
        return self.after.band != self.before.band


@dataclass(frozen=True)
class Proposal:
    """One scheme for the family or one member. `why`: the answers by which it is eligible; `asks`: those that are wanting."""

    scheme: Scheme
    person: Person | None
    verdict: str
    why: Sequence[str]
    asks: Sequence[str]
    answers: Answers
    effect: Effect | None = None
    entitlement: Entitlement | None = None


def proposals(family: Family, schemes: Sequence[Scheme], index: Definition) -> list[Proposal]:
    """Everything the family is not plainly out of, in the order of the schemes."""
    found = [one for scheme in schemes for one in of_scheme(scheme, family) if one.verdict != "NOT" or one.entitlement]
    return [_with_effect(one, family, found, index) for one in found]


def answers_for(scheme: Scheme, family: Family, member: Member | None) -> Answers:
    """What its rule is held against. Of what ran out, the answers that it had changed are not known any more."""
    answers = {**family.answers, **member.answers} if member else dict(family.answers)
    if (scheme.code, member.person.pk if member else None) in family.lapsed:
        answers |= dict.fromkeys(scheme.gives)
    return answers


def judged(scheme: Scheme, answers: Answers, *, has_lapsed: bool = False) -> str:
    """What ran out is lacking again, whatever was answered while it held."""
    receives = scheme.received.truth(answers) if scheme.received and not has_lapsed else False
    return verdict(scheme.eligible.truth(answers), receives)


def delivers(family: Family, scheme: Scheme, person: Person | None, schemes: Sequence[Scheme]) -> dict[str, int]:
    """The survey answers that delivery makes otherwise: for one member only where no other member still lacks the same."""
    others = [one for each in schemes for one in of_scheme(each, family) if one.verdict == "PROPOSED" and not _is_underway(one)]
    return dict(_changed(scheme, person, family, others))


def why(condition: Condition, answers: Answers) -> tuple[str, ...]:
    """The answers that make a condition hold, each once: of alternatives only those that hold."""
    return tuple(dict.fromkeys(_holding(condition, answers, True)))


def of_scheme(scheme: Scheme, family: Family) -> Iterator[Proposal]:
    """The scheme for the family, or for each of its members."""
    units: list[Member | None] = list(family.members) if scheme.is_of_person else [None]
    for member in units:
        person = member.person if member else None
        key = (scheme.code, person.pk if person else None)
        answers = answers_for(scheme, family, member)
        said = "RECEIVES" if key in family.received else judged(scheme, answers, has_lapsed=key in family.lapsed)
        wanting = tuple(sorted(asked for asked in scheme.asks if answers.get(asked) is None)) if said == "ASK" else ()
        yield Proposal(
            scheme=scheme, person=person, verdict=said, why=why(scheme.eligible, answers), asks=wanting, answers=answers,
            entitlement=family.entitlements.get(key),
        )  # fmt: skip


def _with_effect(one: Proposal, family: Family, found: list[Proposal], index: Definition) -> Proposal:
    if one.verdict != "PROPOSED":
        return one
    changed = dict(_changed(one.scheme, one.person, family, found))
    before = assess(index, family.survey)
    after = assess(index, {**family.survey, **changed}) if changed else before
    return replace(one, effect=Effect(changed, before, after))


def _changed(scheme: Scheme, person: Person | None, family: Family, found: Sequence[Proposal]) -> Iterator[tuple[str, int]]:
    for key, value in scheme.gives.items():
        question = questions()[key]
        if question.of != "household" or question.source != "survey" or family.survey.get(key) == value:
            continue
        others = [one for one in found if one.person and one.person != person and key in one.scheme.gives and one.verdict == "PROPOSED"]
        if person is None or (family.survey.get(key) is not None and not others):
            yield key, value


def _is_underway(one: Proposal) -> bool:
    return one.entitlement is not None and one.entitlement.state == "DELIVERED"


def _holding(condition: Condition, answers: Answers, wanted: bool) -> Iterator[str]:
    if condition.truth(answers) is not wanted:
        return
    match condition:
        case Not(part):
            yield from _holding(part, answers, not wanted)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _holding(part, answers, wanted)
        case _:
            yield from facts_read(condition)


def asked_of(found: Sequence[Proposal], *, private: bool) -> dict[Person | None, list[Question]]:
    """What to ask of the family and of each member, of what only the plan asks, so that more can be decided."""
    told: dict[Person | None, dict[str, Question]] = {}
    for one in found:
        for key in one.asks:
            question = questions()[key]
            if question.is_asked and (private or not question.fact.is_private):
                told.setdefault(one.person if question.of == "person" else None, {})[key] = question
    return {person: list(listed.values()) for person, listed in told.items()}


def verdicts(family: Family, schemes: Sequence[Scheme]) -> dict[str, list[str]]:
    """The codes of the schemes that the family or a member of it lacks, and of those for which an answer is wanting."""
    told: dict[str, list[str]] = {"PROPOSED": [], "ASK": []}
    for scheme in schemes:
        said = {one.verdict for one in of_scheme(scheme, family)}
        for wanted in told:
            if wanted in said:
                told[wanted].append(scheme.code)
    return told
