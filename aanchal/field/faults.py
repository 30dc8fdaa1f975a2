"""Why a submission waits for a person: as data in the inbox, as a sentence for the reviewer. Never with a name in it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "TYPE": gettext_lazy("The answer is not of the kind the question asks for."),
    "REQUIRED": gettext_lazy("This question must be answered."),
    "IRRELEVANT_VALUE": gettext_lazy("Answered although the form does not ask it here."),
    "CONSTRAINT": gettext_lazy("The answer is outside what the form allows."),
    "CALCULATION": gettext_lazy("The phone's calculation differs from the server's."),
    "CHOICE": gettext_lazy("The answer is not one of the choices."),
    "REPEAT_COUNT": gettext_lazy("The number of members told and the number listed differ."),
    "UNKNOWN_NODE": gettext_lazy("The form has no such question."),
    "DUPLICATE_NODE": gettext_lazy("The question is answered twice."),
    "UNSUPPORTED": gettext_lazy("A rule of the form could not be checked."),
    "FORM_VERSION": gettext_lazy("Sent with a version of the form that was never published."),
    "UNKNOWN_VILLAGE": gettext_lazy("The village code is not in the directory."),
    "OUT_OF_SCOPE": gettext_lazy("The village is not one the sender works in."),
    "LEFT_PLACE": gettext_lazy("The sender no longer works in this village. She filled it before she left, or by mistake."),
    "POSSIBLE_DOUBLE": gettext_lazy("A family with this head is already recorded in the village."),
    "ELSEWHERE": gettext_lazy("This household is already recorded in another village."),
    "ALREADY_RECORDED": gettext_lazy("This person is already in the register."),
    "ALREADY_AWAY": gettext_lazy("This person has an open journey already. Close it first: “Came home” on its page."),
    "NOT_SAID": gettext_lazy("An answer does not fit the register or the village's record."),
    "IN_THE_FUTURE": gettext_lazy("The date lies in the future."),
    "ATTACHMENT": gettext_lazy("A photo or file could not be kept: it is damaged or not of a kind we take."),
    "BAD_ID": gettext_lazy("The number the phone gave to the family or the person is damaged. Correct it: a new number is given."),
    "UNKNOWN_HOUSEHOLD": gettext_lazy("This family is not recorded in the village told."),
    "UNKNOWN_JOURNEY": gettext_lazy(
        "Nobody who is away from this village fits what was written, or more than one does. Correct it, or accept it again when the line of"
        " the register is there."
    ),
    "CHECK_IN_DAY": gettext_lazy("The day of the check-in lies before the person left, or has not come yet."),
    "JOURNEY_OVER": gettext_lazy("This person was home again, or needed no calls any more, before the day of the check-in."),
    "OTHER_STATE": gettext_lazy("The form belongs to another state than the village told."),
    "OUT_OF_ORDER": gettext_lazy(
        "An earlier visit to this family has not come from the phone yet. It is applied by itself when that comes, or after 7 days."
    ),
    "ENDED_PHONE": gettext_lazy("It came in a sealed file from a phone that had been ended. Ask the worker whether it is hers."),
    "CANNOT_APPLY": gettext_lazy("It could not be put into the registers. The team has been told."),
}


def fault(kind: str, path: str = "", value: str = "", about: tuple[str, ...] = ()) -> dict:
    """`about` are the records it meets: codes of households, or ids of register lines."""
    told = {"kind": kind, "path": path, "value": value}
    return told | {"about": list(about)} if about else told


def from_verdict(verdict) -> list[dict]:
    return [fault(str(found.kind), found.field or found.path, found.value or "") for found in verdict.faults]


def sentence(told: dict, labels: dict[str, str]) -> str:
    """One fault in words: the question as the form asks it, then what is wrong with the answer."""
    words = str(SENTENCES.get(told["kind"], SENTENCES["CANNOT_APPLY"]))
    question = labels.get(told["path"])
    if question and told["value"]:
        return _("“%(question)s”: %(words)s (%(value)s)") % {"question": question, "words": words, "value": told["value"]}
    return _("“%(question)s”: %(words)s") % {"question": question, "words": words} if question else words
