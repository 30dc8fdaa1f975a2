"""What follows what: facts and reactions, the states of a submission and of an action of the roadmap, why a submission waits."""

from aanchal.benefits import rules as benefits
from aanchal.benefits.terms import ClaimState, LoanState, PlanState, State, TrainingState
from aanchal.cases import rules as cases
from aanchal.cases import terms as survivors
from aanchal.config.flow import FLOW
from aanchal.config.reference.markdown import code, diagram, page, section, table
from aanchal.field import rules as field
from aanchal.field.faults import SENTENCES
from aanchal.field.routing import REFUSALS, REGISTERS, ROUTES
from aanchal.field.terms import FormState
from aanchal.inbox import rules as inbox
from aanchal.inbox.terms import Status
from aanchal.people import rules as people
from aanchal.people.terms import ConflictState
from aanchal.rehab import rules as rehab
from aanchal.rehab import terms as rehabilitation
from aanchal.rehab.words import REFUSALS as REFUSED
from aanchal.rescue import rules as rescue
from aanchal.rescue import terms as of_rescue
from aanchal.risk import rules as risk
from aanchal.risk.terms import AppealState, DraftState
from aanchal.selection import rules as selection
from aanchal.selection.terms import Status as RunStatus
from aanchal.tracking import rules as tracking
from aanchal.tracking import terms as touch
from aanchal.villages import rules as villages
from aanchal.villages.terms import ActionState

OF_BENEFITS = "From `benefits/rules.py`.\n"


def flow() -> str:
    drawn = ["```mermaid", "flowchart LR"]
    for fact, reactions in FLOW.items():
        drawn += [f"    {_of(fact)}.{fact.__name__} --> {reaction.__name__}" for reaction in reactions]
    rows = [
        (code(f"{_of(fact)}.{fact.__name__}"), _first_line(fact), ", ".join(code(_named(one)) for one in reactions))
        for fact, reactions in FLOW.items()
    ]
    routes = [(code(form), code(f"registers: {register}")) for form, register in REGISTERS.items()]
    routes += [(code(form), code(action.__name__)) for form, action in ROUTES.items()]
    return page(
        "What happens next",
        "From `config/flow.py`. Reactions run in the transaction of the fact: all of it happens or none of it.",
        "\n".join([*drawn, "```"]) + "\n",
        table(["When this has happened", "That is", "Then"], rows),
        section("Which form goes where", "From `field/routing.py`.\n", table(["Form", "Applied by"], sorted(routes))),
    )


def states() -> str:
    return page(
        "States",
        "What may follow what. A change that is not drawn is refused.",
        section("A submission", "From `inbox/rules.py`.\n", diagram(inbox.TRANSITIONS, ["APPLIED", "FLAGGED"]), _words(Status)),
        section("An action of the roadmap", "From `villages/rules.py`.\n", diagram(villages.TRANSITIONS, ["PLANNED"]), _words(ActionState)),
        section("A draft of an index", "From `risk/rules.py`.\n", diagram(risk.DRAFT_TRANSITIONS, ["DRAFT"]), _words(DraftState)),
        section("A ranking", "From `selection/rules.py`.\n", diagram(selection.TRANSITIONS, ["DRAFT"]), _words(RunStatus)),
        section("Two answers to one question", "From `people/rules.py`.\n", _conflict(), _words(ConflictState)),
        section("A version of a state's own form", "From `field/rules.py`.\n", diagram(field.TRANSITIONS, ["DRAFT"]), _words(FormState)),
        *_keeping_touch(),
        *_rescue(),
        section("An entitlement", OF_BENEFITS, diagram(benefits.ENTITLEMENT_TRANSITIONS, ["APPLIED"]), _words(State)),
        section("A claim of an insurance", OF_BENEFITS, diagram(benefits.CLAIM_TRANSITIONS, ["CLAIMED"]), _words(ClaimState)),
        section("A loan", OF_BENEFITS, diagram(benefits.LOAN_TRANSITIONS, ["REQUESTED"]), _words(LoanState)),
        section("A training", OF_BENEFITS, diagram(benefits.TRAINING_TRANSITIONS, ["ENROLLED"]), _words(TrainingState)),
        section("A livelihood plan", OF_BENEFITS, diagram(benefits.LIVELIHOOD_TRANSITIONS, ["PLANNED"]), _words(PlanState)),
        *_cases(),
        *_rehabilitation(),
        section("A disputed answer", "From `risk/rules.py`.\n", diagram(risk.APPEAL_TRANSITIONS, ["OPEN"]), _words(AppealState)),
    )


def _keeping_touch() -> list[str]:
    said = "From `tracking/rules.py`.\n"
    return [
        section("A journey", said, _by_event(tracking.JOURNEY), _words(touch.JourneyState)),
        section("An alert", said, _by_event(tracking.ALERT), _ladder(), _words(touch.AlertState)),
        section("The search for a missing person", said, diagram(tracking.SEARCH, ["REPORTED"]), _words(touch.SearchState)),
    ]


def _cases() -> list[str]:
    said = "From `cases/rules.py`.\n"
    return [
        section("A survivor's case", said, _by_event(cases.CASE), _words(survivors.State)),
        section("A referral", said, diagram(cases.REFERRAL, ["SENT"]), _words(survivors.ReferralState)),
    ]


def _rescue() -> list[str]:
    said = "From `rescue/rules.py`.\n"
    return [
        section("A lead", said, diagram(rescue.LEAD, ["RECEIVED"]), _words(of_rescue.LeadState)),
        section("A rescue operation", said, _by_event(rescue.OPERATION), _words(of_rescue.OperationState)),
        section("A case in court", said, diagram(rescue.PROSECUTION, ["INVESTIGATION"]), _words(of_rescue.Stage)),
        section("Someone accused", said, diagram(rescue.ACCUSED, ["NAMED"]), _words(of_rescue.AccusedState)),
    ]


def _rehabilitation() -> list[str]:
    said = "From `rehab/rules.py`.\n"
    return [
        section("Rehabilitation", said, _by_event(rehab.COURSE), _words(rehabilitation.Course)),
        section("Skill training of an adult", said, diagram(rehab.SKILLING, ["ENROLLED"]), _words(rehabilitation.LearningState)),
        section("School, bridge course, vocational education", said, diagram(rehab.SCHOOLING, ["ENROLLED"])),
        section("A return home", said, diagram(rehab.RETURN, ["PLANNED"]), _bars(), _words(rehabilitation.ReturnState)),
        section("A repatriation", said, diagram(rehab.REPATRIATION, ["OPEN"]), _words(rehabilitation.RepatriationState)),
    ]


def _bars() -> str:
    """Why a return must not happen."""
    rows = [(code(bar.key), str(REFUSED[bar.key]), bar.source, "" if bar.is_read else "unverified") for bar in rehab.BARS]
    return "\n" + table(["Refused", "In words", "Source", ""], rows) + "\n"


def _by_event(transitions) -> str:
    rows = [(code(before), code(event), code(after)) for before, events in transitions.items() for event, after in events.items()]
    drawn = {before: sorted(set(events.values())) for before, events in transitions.items()}
    return diagram(drawn, [next(iter(transitions))]) + "\n" + table(["State", "What happens", "State after it"], rows)


def _ladder() -> str:
    """Hours until the next step is told."""
    rows = [(code(kind), *(hours.get(step, "") for step in tracking.ORDER)) for kind, hours in tracking.HOURS.items()]
    return "\n" + table(["Kind of alert: hours", *(str(touch.Step(step).label) for step in tracking.ORDER)], rows) + "\n"


def _conflict() -> str:
    return diagram(people.CONFLICT_TRANSITIONS, ["OPEN"])


def faults() -> str:
    refusals = sorted((kind, f"{_of(refusal)}.{refusal.__name__}") for refusal, kind in REFUSALS.items())
    return page(
        "Why a submission waits",
        "Each fault is kept with the submission as data: its kind, the question, and in some the answer in question.",
        table(["Kind", "What the reviewer reads"], [(code(kind), words) for kind, words in SENTENCES.items()]),
        section("Refused by an action", table(["Kind", "Raised as"], [(code(kind), code(name)) for kind, name in refusals])),
    )


def _words(terms) -> str:
    return table(["State", "In words"], [(code(value), label) for value, label in terms.choices])


def _of(thing: type) -> str:
    """The app a class comes from."""
    return thing.__module__.split(".")[1]


def _named(reaction) -> str:
    return f"{reaction.__module__.removeprefix('aanchal.')}.{reaction.__name__}"


def _first_line(fact: type) -> str:
    said = fact.__doc__ or ""
    return "" if said.startswith(f"{fact.__name__}(") else said.partition("\n")[0]
