"""Returns of the States, the scheme of units, who was reminded of what. Counts, units and money: nobody is named."""

from aanchal.nodal.models.reminders import Reminded
from aanchal.nodal.models.returns import AreaNote, Call, Edition, Explanation, Figure, Head, Published, Return, Step, Upload
from aanchal.nodal.models.scheme import Release, Sanction, Unit, Use

__all__ = [
    "AreaNote", "Call", "Edition", "Explanation", "Figure", "Head", "Published", "Release", "Reminded", "Return", "Sanction", "Step",
    "Unit", "Upload", "Use",
]  # fmt: skip
