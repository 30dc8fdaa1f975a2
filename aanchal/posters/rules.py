"""When a missing-person notice may go out, what it may say, when it ends. Plain Python; each rule with its source."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

VERSION = 1
CHILD = 18
DAYS = 90
FRESH = timedelta(days=30)
"""How old a consent may be on the day the notice is asked for: ours, no source gives one."""
CLOTHES, WORDS = 120, 500
MOST_A_DAY = 20
"""What may come in about one notice on one day: beyond, people are asked to call."""
LIKELY = 0.5
"""From here up a pair with someone rescued or found is likelier she than not (matching)."""

PARENTS = ("PARENT", "GUARDIAN")
NEAREST = ("SPOUSE", "PARENT", "ADULT_CHILD", "SIBLING")
LIVE = ("PROPOSED", "RELEASED")
BANDS = (
    (6, "UNDER_6"), (12, "FROM_6"), (16, "FROM_12"), (18, "FROM_16"), (26, "FROM_18"), (41, "FROM_26"),
    (60, "FROM_41"), (200, "FROM_60"),
)  # fmt: skip

_BNS = "Bharatiya Nyaya Sanhita 2023, s. 72"
_POCSO = "POCSO Act 2012, s. 23"
_JJ = "Juvenile Justice Act 2015, s. 74"
_COURT = "Supreme Court, 10.5.2013, Bachpan Bachao Andolan, W.P.(C) 75/2012"
_SOP = "SOP on missing children, MWCD 23.11.2016"
_HOME = "Protection of Women from Domestic Violence Act 2005; Supreme Court, 27.3.2018, Shakti Vahini, W.P.(C) 231/2010"
_DPDP = "Digital Personal Data Protection Act 2023, s. 6"
_DPDP_CHILD = "Digital Personal Data Protection Act 2023, s. 9(1)"


class Refused(Exception):
    """No notice. `faults`: (field or "", key of `words.REFUSALS`), all of them."""

    def __init__(self, faults: Iterable[tuple[str, str]]):
        super().__init__()
        self.faults = list(faults)


@dataclass(frozen=True)
class Consent:
    giver: str
    is_written: bool
    on: date
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Known:
    """What the report, the other records and the officer's answers say. What nobody said is None or absent, and never read as a no."""

    on: date
    is_looked_for: bool
    age: int | None
    missing_on: date
    circumstance: str
    has_fir: bool
    is_protected: bool | None
    """She is or was a survivor in a case or a rescue, or what was told in private elsewhere forbids it. Which of these is never said."""
    is_married: bool
    """A marriage of hers is on record."""
    is_own_wish: bool
    """A register or an alert says that she left, or stays away, by own choice."""
    may_be_found: bool
    checks: Mapping[str, str] = field(default_factory=dict)
    consent: Consent | None = None

    @property
    def is_child(self) -> bool:
        return self.age is not None and self.age < CHILD

    @property
    def is_adult(self) -> bool:
        return self.age is not None and self.age >= CHILD

    def says(self, check: str) -> str:
        return self.checks.get(check, "UNKNOWN")

    def is_not_known(self, check: str) -> bool:
        return self.says(check) not in ("YES", "NO")


@dataclass(frozen=True)
class Rule:
    """`key` is that of its sentence in `words.REFUSALS`; of the consent it is asked only once there is one."""

    key: str
    source: str
    refuses: Callable[[Known], bool]
    of_consent: bool = False


def _consented(test: Callable[[Known, Consent], bool]) -> Callable[[Known], bool]:
    return lambda known: known.consent is not None and test(known, known.consent)


RULES: tuple[Rule, ...] = (
    Rule("not_looked_for", _SOP, lambda one: not one.is_looked_for),
    Rule("may_be_found", _SOP, lambda one: one.may_be_found),
    Rule("age_unknown", f"{_SOP}; {_DPDP_CHILD}", lambda one: one.age is None),
    Rule("protected", f"{_JJ}; {_POCSO}; {_BNS}", lambda one: one.is_protected is not False),
    Rule("trafficking", f"{_BNS}; {_JJ}; BNS ss. 143, 144", lambda one: one.circumstance == "TRAFFICKED_SUSPECTED"),
    Rule("circumstance_unknown", _SOP, lambda one: not one.circumstance),
    Rule("sexual", f"{_BNS}; {_POCSO}", lambda one: one.says("SEXUAL") == "YES"),
    Rule("sexual_unknown", f"{_BNS}; {_POCSO}", lambda one: one.is_not_known("SEXUAL")),
    Rule("marriage", f"{_JJ} and s. 2(14)", lambda one: one.says("MARRIAGE") == "YES" or (one.is_child and one.is_married)),
    Rule("marriage_unknown", f"{_JJ} and s. 2(14)", lambda one: one.is_not_known("MARRIAGE")),
    Rule("home", _HOME, lambda one: one.says("HOME") == "YES" or one.circumstance == "ABANDONED"),
    Rule("home_unknown", _HOME, lambda one: one.is_not_known("HOME")),
    Rule(
        "own_will", "Constitution of India, art. 21",
        lambda one: not one.is_child and (one.circumstance == "LEFT_ON_OWN" or one.is_own_wish or one.says("OWN_WILL") == "YES"),
    ),
    Rule("own_will_unknown", "Constitution of India, art. 21", lambda one: not one.is_child and one.is_not_known("OWN_WILL")),
    Rule("fir", _COURT, lambda one: not one.is_adult and not one.has_fir),
    Rule("consent_none", f"{_DPDP}; {_DPDP_CHILD}", lambda one: one.consent is None or not one.consent.is_written, of_consent=True),
    Rule("consent_withdrawn", f"{_DPDP}(4)", _consented(lambda one, told: told.is_withdrawn), of_consent=True),
    Rule(
        "consent_giver", f"{_DPDP_CHILD}; {_JJ}",
        _consented(lambda one, told: told.giver not in (NEAREST if one.is_adult else PARENTS)), of_consent=True,
    ),
    Rule("consent_day", _DPDP, _consented(lambda one, told: not one.missing_on <= told.on <= one.on), of_consent=True),
)  # fmt: skip


def refusals(known: Known, *, with_consent: bool = True) -> list[Rule]:
    """Every rule that forbids the notice; none, and it may go out."""
    return [rule for rule in RULES if (with_consent or not rule.of_consent) and rule.refuses(known)]


def band(age: int) -> str:
    return next(name for above, name in BANDS if age < above)


def last_day(consent_on: date) -> date:
    """The last day on which everyone may read it: ninety from the day the family was asked."""
    return consent_on + timedelta(days=DAYS - 1)


def first_name(name: str, honorifics: Iterable[str]) -> str:
    """Of a whole name the first word that is no title: a family's name would lead to the family."""
    titles = {one.casefold().strip(".") for one in honorifics}
    return next((word.strip(".,") for word in name.split() if word.casefold().strip(".,") not in titles), "")[:30]


LONG_NUMBER = re.compile(r"(?:\d[\s\-]?){5,}")
LINK = re.compile(r"@|://|www\.", re.IGNORECASE)


def check_clothes(text: str) -> str:
    """Words about clothes hold no telephone, no address of the net. Raises Refused."""
    kept = " ".join(text.split())
    if len(kept) > CLOTHES:
        raise Refused([("clothes", "clothes_long")])
    if LONG_NUMBER.search(kept) or LINK.search(kept):
        raise Refused([("clothes", "clothes_number")])
    return kept
