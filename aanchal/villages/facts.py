"""What villages announces."""

from dataclasses import dataclass

from aanchal.villages.models import SafetyPoint, Situation


@dataclass(frozen=True)
class SituationRecorded:
    situation: Situation
    by: object


@dataclass(frozen=True)
class SafetyPointRecorded:
    point: SafetyPoint
    by: object
