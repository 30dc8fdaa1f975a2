"""Schemes, plans and applications in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.benefits import queries, rules
from aanchal.benefits.models import Entitlement, Service
from aanchal.benefits.plan import Effect, Proposal
from aanchal.benefits.questions import questions
from aanchal.benefits.scheme import Scheme
from aanchal.benefits.terms import Document, Kind, Office, Per, Reason, Source, State, Unverified
from aanchal.core.numbers import grouped
from aanchal.people.models import Person
from aanchal.risk.card import who
from aanchal.risk.definition import Definition
from aanchal.risk.reading import band_title, words

MARKS = {"DELIVERED": "good", "REFUSED": "bad", "UPHELD": "bad", "COMPLAINED": "warn", "APPEALED": "warn"}


@dataclass(frozen=True)
class SchemeInWords:
    code: str
    title: str
    kind: str
    amount: str
    documents: Sequence[str]
    office: str
    days: int
    renews: int | None
    grace: int
    unverified: Sequence[str]
    source: str
    is_private: bool
    version: str


@dataclass(frozen=True)
class ProposalInWords:
    scheme: SchemeInWords
    person: Person | None
    who: str
    why: Sequence[str]
    asks: Sequence[str]
    effect: str
    band: str
    band_label: str
    gain: int
    entitlement: Entitlement | None
    is_renewal: bool = False


@dataclass(frozen=True)
class Row:
    """An application on a list."""

    entitlement: Entitlement
    title: str
    who: str
    code: str
    village: str
    state_label: str
    mark: str
    waiting: rules.Waiting
    allowed: int
    is_waiting: bool


@dataclass(frozen=True)
class LedgerLine:
    on: date
    title: str
    who: str
    value_paise: int | None
    source: str
    url: str = ""


def scheme_in_words(scheme: Scheme) -> SchemeInWords:
    return SchemeInWords(
        code=scheme.code,
        title=words(scheme.title),
        kind=str(Kind(scheme.kind).label),
        amount=_amount(scheme),
        documents=[_label(Document, one) for one in scheme.documents],
        office=_label(Office, scheme.office),
        days=scheme.days,
        renews=scheme.renews,
        grace=scheme.grace,
        unverified=[str(Unverified(one).label) for one in scheme.unverified],
        source=gettext(scheme.source) if scheme.source else "",
        is_private=scheme.is_private,
        version=scheme.version,
    )


def rupees(paise: int | None) -> str:
    """₹1,20,000, with the paise only where there are some."""
    if paise is None:
        return "–"
    sign, whole, rest = "−" if paise < 0 else "", *divmod(abs(paise), 100)
    return f"{sign}₹{grouped(whole)}" + (f".{rest:02}" if rest else "")


def answer(key: str, value: int | None) -> str:
    """Ration card: no."""
    question = questions()[key]
    if question.fact.is_number:
        said = "–" if value is None else str(value)
    else:
        said = {None: _("not known"), True: _("yes"), False: _("no")}[None if value is None else bool(value)]
    return f"{words(question.title)}: {said}"


def proposal(one: Proposal, index: Definition, on: date, *, private: bool) -> ProposalInWords:
    effect = one.effect
    lower = effect is not None and effect.is_lower_band
    return ProposalInWords(
        scheme=scheme_in_words(one.scheme),
        person=one.person,
        who=who(one.person, on) if one.person else "",
        why=[answer(key, one.answers.get(key)) for key in one.why if private or not questions()[key].fact.is_private],
        asks=[words(questions()[key].title) for key in one.asks if private or not questions()[key].fact.is_private],
        effect=_effect(effect, index) if effect else "",
        band=effect.after.band if effect and lower else "",
        band_label=band_title(index, effect.after.band) if effect and lower else "",
        gain=effect.points if effect else 0,
        entitlement=one.entitlement,
        is_renewal=one.entitlement is not None and one.entitlement.state == State.DELIVERED,
    )


def row(one: Entitlement, on: date) -> Row:
    scheme = queries.scheme(one.scheme_id)
    is_waiting = one.state in rules.WAITING
    return Row(
        entitlement=one,
        title=words(scheme.title),
        who=who(one.person, on) if one.person else "",
        code=one.household.shown_code,
        village=one.place.local_name,
        state_label=str(State(one.state).label),
        mark=MARKS.get(one.state, "info"),
        waiting=rules.waiting(one.applied_on, one.due_on, on if is_waiting else one.moved_on),
        allowed=(one.due_on - one.applied_on).days,
        is_waiting=is_waiting,
    )


def ledger_line(one: Service) -> LedgerLine:
    return LedgerLine(
        on=one.on,
        title=words(one.title),
        who=who(one.person, one.on) if one.person else "",
        value_paise=one.value_paise,
        source=str(Source(one.source).label),
    )


def reason(code: str) -> str:
    return str(Reason(code).label) if code else ""


def lists(user, household) -> bool:
    """Whether the reader may see what rests on answers."""
    return policy.can(user, Permission.RISK_REASONS, household)


def in_order(found: Sequence[ProposalInWords]) -> list[ProposalInWords]:
    """What lowers the band first, then what takes most off the index, then in the order of the schemes."""
    return sorted(found, key=lambda one: (not one.band, -one.gain))


def _effect(effect: Effect, index: Definition) -> str:
    if not effect.answers or effect.after == effect.before:
        return _("It helps, and does not change the index by itself.")
    told: Mapping[str, object] = {"before": effect.before.points, "after": effect.after.points, "total": index.total_points}
    return _("The index would go from %(before)s to %(after)s of %(total)s points.") % told


def _amount(scheme: Scheme) -> str:
    if not scheme.amount_paise or scheme.per == Per.KIND:
        return str(Per.KIND.label)
    return f"{rupees(scheme.amount_paise)} {Per(scheme.per).label}"


def _label(terms, value: str) -> str:
    """The word of a state's own version may be its own: shown as written."""
    return str(terms(value).label) if value in terms.values else value
