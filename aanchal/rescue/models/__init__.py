"""Units and leads, operations and who was rescued, the case in court, evidence."""

from aanchal.rescue.models.evidence import Custody, Evidence, EvidenceFile
from aanchal.rescue.models.operations import CareStep, Operation, Rescued, Sop, StepMark
from aanchal.rescue.models.prosecution import Accused, Deadline, Fir, FirSection, FirStep, Hearing
from aanchal.rescue.models.units import Jurisdiction, Lead, LeadSource, Member, Unit

__all__ = [
    "Accused", "CareStep", "Custody", "Deadline", "Evidence", "EvidenceFile", "Fir", "FirSection", "FirStep", "Hearing", "Jurisdiction",
    "Lead", "LeadSource", "Member", "Operation", "Rescued", "Sop", "StepMark", "Unit",
]  # fmt: skip
