"""What may follow what in a case, who may be referred, when an identity is erased. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

ADULT = 18
LIVE = ("ACTIVE", "FOLLOW_UP")

CASE: Mapping[str, Mapping[str, str]] = {
    "ACTIVE": {"FOLLOW": "FOLLOW_UP", "CLOSE": "CLOSED", "TRANSFER": "REFERRED_OUT"},
    "FOLLOW_UP": {"RESUME": "ACTIVE", "CLOSE": "CLOSED", "TRANSFER": "REFERRED_OUT"},
    "CLOSED": {"REOPEN": "ACTIVE", "SEAL": "SEALED", "ERASE": "ERASED"},
    "REFERRED_OUT": {"REOPEN": "ACTIVE", "SEAL": "SEALED", "ERASE": "ERASED"},
    "SEALED": {"UNSEAL": "CLOSED", "ERASE": "ERASED"},
    "ERASED": {},
}
"""State -> what happens -> state after it. Of what is erased nothing follows."""

REFERRAL: Mapping[str, tuple[str, ...]] = {
    "SENT": ("ACCEPTED", "DECLINED", "RECALLED", "WITHDRAWN"),
    "ACCEPTED": ("RETURNED", "RECALLED", "WITHDRAWN"),
    "DECLINED": (),
    "RETURNED": (),
    "RECALLED": (),
    "WITHDRAWN": (),
}
"""A referral that was declined, returned or taken back is made anew, with a consent that lives."""
NOTED = ("ACCEPTED", "DECLINED")
"""What an agency without an account answers, as who sent it was told."""

NEEDS_APPROVAL = ("CLOSE", "TRANSFER", "REOPEN", "SEAL", "UNSEAL", "ERASE")
"""What happens only when another person approves it."""
LENGTH = 8


class NotPossible(Exception):
    """Refused; the kind is its text, the words are in `words.REFUSALS`."""


def after(state: str, happening: str) -> str:
    """The state that follows. Raises NotPossible."""
    if happening not in CASE[state]:
        raise NotPossible("case_state")
    return CASE[state][happening]


def answered(state: str, to: str) -> str:
    """The state of a referral that follows. Raises NotPossible."""
    if to not in REFERRAL[state]:
        raise NotPossible("referral_state")
    return to


@dataclass(frozen=True)
class Consent:
    """What a consent says of itself."""

    purpose: str
    party: str
    given_on: date
    until: date
    is_withdrawn: bool
    organisation: str = ""

    def lives(self, on: date) -> bool:
        return not self.is_withdrawn and self.given_on <= on <= self.until

    def covers(self, purpose: str, party: str, organisation: str = "") -> bool:
        """Where both name an organisation it must be the same one: she agreed to this one, not to its kind."""
        named, asked = _plain(self.organisation), _plain(organisation)
        return self.purpose == purpose and self.party in ("", party) and (not named or not asked or named == asked)


def consent_for(consents: Iterable[Consent], purpose: str, party: str, on: date, organisation: str = "") -> Consent | None:
    """The consent that lives on a day for this purpose and this party: the one that lasts longest."""
    fitting = [one for one in consents if one.covers(purpose, party, organisation) and one.lives(on)]
    return max(fitting, key=lambda one: one.until, default=None)


def may_give(giver: str, is_child: bool) -> bool:
    """For a child a guardian or the CWC agrees, with the child heard; an adult speaks for herself (DPDP Act 2023 s.9; JJ Act 2015)."""
    return (giver != "SELF") == is_child


def _plain(organisation: str) -> str:
    return " ".join(organisation.casefold().split())


def why_not_closed(*, open_tasks: int, open_referrals: int) -> str:
    """What keeps a case from being closed; empty when nothing does."""
    if open_tasks:
        return "open_tasks"
    return "open_referral" if open_referrals else ""


def kept_until(closed_on: date, months: int) -> date:
    """The last day an identity is kept: so many months after closing."""
    year, month = divmod(closed_on.month - 1 + months, 12)
    return _day(closed_on.year + year, month + 1, closed_on.day)


def _day(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def whole_years(since: date, until: date) -> int:
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def shown(code: str) -> str:
    """The code as it is printed and read out: K7M2-QX4P."""
    return f"{code[:4]}-{code[4:]}"


def fir(number: str) -> str:
    """An FIR number for comparing: digits and letters only, without leading zeros of its first number (0112/2026 and 112/2026 are one)."""
    parts = "".join(letter if letter.isalnum() else " " for letter in number.upper()).split()
    return "/".join(part.lstrip("0") or "0" for part in parts)
