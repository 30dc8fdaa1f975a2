"""What the State's own records say of a period, as figures of its return; and of every head they do not tell, why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aanchal.cases import counts as cases
from aanchal.cases.counts import LEAST
from aanchal.nodal.models import Return
from aanchal.registers import counts as registers
from aanchal.rescue import counts as rescue

PERSONS = {
    "Female below 18": "victims_girls", "Male below 18": "victims_boys", "Other below 18": "victims_other_children",
    "Female above 18": "victims_women", "Male above 18": "victims_men", "Other above 18": "victims_other_adults",
}  # fmt: skip
CHILDREN = {"FEMALE": "missing_girls", "MALE": "missing_boys", "TRANSGENDER": "missing_other"}
RESCUED = {
    ("FEMALE", True): "rescued_girls", ("MALE", True): "rescued_boys", ("TRANSGENDER", True): "rescued_other_children",
    ("FEMALE", False): "rescued_women", ("MALE", False): "rescued_men", ("TRANSGENDER", False): "rescued_other_adults",
}  # fmt: skip
DISCHARGED, WITHDRAWN = "DISCHARGED", "WITHDRAWN"
"""Stages of a case in court (rescue.terms.Stage: only counts may be read from there)."""
ADULT, UNKNOWN_AGE, UNKNOWN_PURPOSE = "a18plus", "unknown", "UNKNOWN"
NATIONALITIES = {"IN": "nationality_indian", "NP": "nationality_nepali", "BD": "nationality_bangladeshi"}
OTHER_NATIONALITY, OTHER_PURPOSE = "nationality_other", "purpose_other"
PURPOSES = {
    "FORCED_LABOUR": "purpose_labour", "BONDED_LABOUR": "purpose_labour", "CHILD_LABOUR": "purpose_labour",
    "COMMERCIAL_SEXUAL": "purpose_sexual", "DOMESTIC_SERVITUDE": "purpose_servitude", "FORCED_MARRIAGE": "purpose_marriage",
    "PETTY_CRIME": "purpose_petty_crime", "CSAM": "purpose_pornography", "BEGGING": "purpose_begging", "ORGAN_REMOVAL": "purpose_organs",
}  # fmt: skip
"""As the cases are counted (cases.counts.NCRB); every other purpose is among the other reasons."""
SECTIONS = ("cases_143", "cases_144", "cases_itpa", "cases_bonded", "cases_child_labour", "cases_other")
ACCUSED = ("persons_arrested", "persons_chargesheeted", "persons_convicted", "persons_acquitted")
PENDING = ("police_pending_start", "police_closed", "police_pending_end", "court_pending_start", "court_pending_end")
OF_POLICE = ("missing_fir", "missing_traced", "missing_ahtu")
NEVER = {
    **dict.fromkeys(SECTIONS, "gravest_section"), **dict.fromkeys(ACCUSED, "no_accused"), **dict.fromkeys(PENDING, "no_pending"),
    **dict.fromkeys(OF_POLICE, "of_the_police"),
}  # fmt: skip
"""Heads that the records never tell, and why."""


@dataclass
class Draft:
    """Figures by head, and why the others are left to be written."""

    figures: dict[str, int] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=lambda: dict(NEVER))

    def tell(self, counted: Mapping[str, int]) -> None:
        """Counts from 1 to 10 stay hidden: the police register has them."""
        for head, n in counted.items():
            if n == 0 or n >= LEAST:
                self.figures[head] = n
            else:
                self.why[head] = "hidden"

    def tell_parts(self, parts: Mapping[str, int]) -> None:
        """Parts of one whole. One hidden part alone would come out of the whole: the smallest of the others hides with it."""
        self.tell(parts)
        shown = [head for head, n in parts.items() if n >= LEAST]
        if shown and sum(0 < n < LEAST for n in parts.values()) == 1:
            self.leave([min(shown, key=lambda head: parts[head])], "part_hidden")

    def leave(self, heads: Iterable[str], why: str) -> None:
        for head in heads:
            self.why[head] = why
            self.figures.pop(head, None)


def of(one: Return) -> Draft:
    """Survivors' cases opened in the period; who was rescued, FIRs and what became of them; children whom the villages hold as missing."""
    draft = Draft()
    _victims(draft, one)
    _rescued(draft, one)
    _firs(draft, one)
    _missing(draft, one)
    return draft


def _victims(draft: Draft, one: Return) -> None:
    counted = cases.ncrb(one.place, one.call.starts_on, one.call.ends_on)
    told = {PERSONS[key]: each.n for key, each in counted.items() if key in PERSONS}
    if not any(told.values()):
        draft.leave([*PERSONS.values(), "victims_total"], "none_recorded")
        return
    draft.tell_parts(dict.fromkeys(PERSONS.values(), 0) | told)
    draft.tell({"victims_total": sum(told.values())})


def _rescued(draft: Draft, one: Return) -> None:
    people = rescue.people(one.place, one.call.starts_on, one.call.ends_on)
    bands, nations, purposes = (Counter(dict.fromkeys(heads, 0)) for heads in (RESCUED.values(), _nations(), _purposes()))
    if not people:
        draft.leave([*bands, *nations, *purposes, "rescued_total"], "none_recorded")
        return
    for each in people:
        if head := _band(each):
            bands[head] += each.n
        nations[NATIONALITIES.get(each.nationality, OTHER_NATIONALITY)] += each.n
        purposes[PURPOSES.get(each.exploitation, OTHER_PURPOSE)] += each.n
    for counted in (bands, nations, purposes):
        draft.tell_parts(counted)
    draft.tell({"rescued_total": sum(each.n for each in people)})
    if not all(_band(each) for each in people):
        draft.leave(bands, "age_unknown")
    if any(each.exploitation == UNKNOWN_PURPOSE for each in people):
        draft.leave(purposes, "purpose_unknown")


def _band(each: rescue.Freed) -> str | None:
    return None if each.age == UNKNOWN_AGE else RESCUED.get((each.sex, each.age != ADULT))


def _nations() -> list[str]:
    return [*NATIONALITIES.values(), OTHER_NATIONALITY]


def _purposes() -> list[str]:
    return [*dict.fromkeys(PURPOSES.values()), OTHER_PURPOSE]


def _firs(draft: Draft, one: Return) -> None:
    told = rescue.tally(one.place, one.call.starts_on, one.call.ends_on)
    stage = told.stages.get
    found = {
        "cases_total": told.firs, "police_chargesheeted": told.charge_sheeted, "court_convicted": told.convicted,
        "court_acquitted": told.acquitted + stage(DISCHARGED, 0), "court_other": stage(WITHDRAWN, 0),
    }  # fmt: skip
    if not any(found.values()):
        draft.leave(found, "none_recorded")
        return
    draft.tell(found)


def _missing(draft: Draft, one: Return) -> None:
    """The registers hide small counts themselves."""
    told: dict[str, int | None] = dict.fromkeys(CHILDREN.values(), 0)
    is_told = False
    for line in registers.of_place(one.place, since=one.call.starts_on, until=one.call.ends_on):
        if line.register == "MISSING" and line.sex in CHILDREN:
            told[CHILDREN[line.sex]], is_told = line.under_18, True
    if not is_told:
        draft.leave([*CHILDREN.values(), "missing_total"], "none_recorded")
        return
    draft.figures |= {head: n for head, n in told.items() if n is not None}
    draft.why |= {head: "hidden" for head, n in told.items() if n is None}
    if None in told.values():
        draft.why["missing_total"] = "part_hidden"
    else:
        draft.figures["missing_total"] = sum(n for n in told.values() if n is not None)
