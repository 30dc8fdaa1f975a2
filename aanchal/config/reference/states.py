"""What follows what: facts and reactions, the states of a submission and of an action of the roadmap, why a submission waits."""

from aanchal.config.flow import FLOW
from aanchal.config.reference.markdown import code, diagram, page, section, table
from aanchal.field.faults import SENTENCES
from aanchal.field.routing import REFUSALS, REGISTERS, ROUTES
from aanchal.inbox import rules as inbox
from aanchal.inbox.terms import Status
from aanchal.risk import rules as risk
from aanchal.risk.terms import AppealState, DraftState
from aanchal.selection import rules as selection
from aanchal.selection.terms import Status as RunStatus
from aanchal.villages import rules as villages
from aanchal.villages.terms import ActionState


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
        section("A disputed answer", "From `risk/rules.py`.\n", diagram(risk.APPEAL_TRANSITIONS, ["OPEN"]), _words(AppealState)),
    )


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
