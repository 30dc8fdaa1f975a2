"""Task forces, meetings, trainings, the campaign. Who attends is a worker or an officer; no family and no survivor is named here."""

from aanchal.activities.models.campaign import CampaignEvent, Material, PlannedMessage, Question, Recall
from aanchal.activities.models.courses import Course, Enrolment
from aanchal.activities.models.meetings import (
    ActionPoint,
    Attendance,
    CalendarFeed,
    Corrigendum,
    FollowUp,
    Invitation,
    Meeting,
    Member,
    Minutes,
    TaskForce,
)
from aanchal.activities.models.trainings import (
    Attendee,
    Certificate,
    MasterTrainer,
    Module,
    Participant,
    Presence,
    Sameness,
    Session,
    Target,
    TrainedVillage,
    Trainer,
    Training,
)

__all__ = [
    "ActionPoint", "Attendance", "Attendee", "CalendarFeed", "CampaignEvent", "Certificate", "Corrigendum", "Course", "Enrolment",
    "FollowUp", "Invitation",
    "MasterTrainer", "Material", "Meeting", "Member", "Minutes", "Module", "Participant", "PlannedMessage", "Presence", "Question",
    "Recall", "Sameness", "Session", "Target", "TaskForce", "TrainedVillage", "Trainer", "Training",
]  # fmt: skip
