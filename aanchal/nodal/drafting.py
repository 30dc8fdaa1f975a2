"""What the State's own records say of a period, as figures of its return. Small counts stay hidden: the police register has them."""

from aanchal.cases import counts as cases
from aanchal.nodal.models import Return
from aanchal.registers import counts as registers

PERSONS = {
    "Female below 18": "victims_girls", "Male below 18": "victims_boys", "Other below 18": "victims_other_children",
    "Female above 18": "victims_women", "Male above 18": "victims_men", "Other above 18": "victims_other_adults",
}  # fmt: skip
CHILDREN = {"FEMALE": "missing_girls", "MALE": "missing_boys", "TRANSGENDER": "missing_other"}


def of(one: Return) -> tuple[dict[tuple[str, int | None], int], list[str]]:
    """Figures by head, and the heads whose count is hidden because it is from 1 to 10.

    Survivors' cases opened in the period, by sex and age; children whom the registers of the villages hold as missing.
    """
    call = one.call
    told = {PERSONS[key]: counted.shown for key, counted in cases.ncrb(one.place, call.starts_on, call.ends_on).items() if key in PERSONS}
    for line in registers.of_place(one.place, since=call.starts_on, until=call.ends_on):
        if line.register == "MISSING" and line.sex in CHILDREN:
            told[CHILDREN[line.sex]] = line.under_18
    return {(head, None): n for head, n in told.items() if n is not None}, sorted(head for head, n in told.items() if n is None)
