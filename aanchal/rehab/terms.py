"""The words of rehabilitation: gates, learning, counselling, going home, leading."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Gate(TextChoices):
    """What must be so before rehabilitation begins, in the Framework's order (Rehabilitation strategies)."""

    RESCUED = "RESCUED", _("She has been rescued")
    MEDICAL = "MEDICAL", _("She has had medical care")
    PSYCHOLOGICAL = "PSYCHOLOGICAL", _("She has had psychological care")
    HER_WORD = "HER_WORD", _("She says she is ready")
    COUNSELLOR = "COUNSELLOR", _("A counsellor agrees")


class ShutWhy(TextChoices):
    NOT_FREE = "NOT_FREE", _("Is not out of their reach yet")
    CARE_GOES_ON = "CARE_GOES_ON", _("Care is not finished")
    RELAPSE = "RELAPSE", _("Her health got worse")
    NOT_NOW = "NOT_NOW", _("She does not want to, for now")
    UNDER_PRESSURE = "UNDER_PRESSURE", _("Someone else decides for her")
    COURT = "COURT", _("A hearing or an order comes first")


class Course(TextChoices):
    """How rehabilitation stands."""

    WAITING = "WAITING", _("Not begun: a gate is shut")
    RUNNING = "RUNNING", _("Under way")
    HALTED = "HALTED", _("Halted: a gate was shut again")
    DONE = "DONE", _("Finished")


class LearningKind(TextChoices):
    SKILLING = "SKILLING", _("Skill training, then work")
    BRIDGE = "BRIDGE", _("Bridge course")
    SCHOOL = "SCHOOL", _("School or open school")
    VOCATIONAL = "VOCATIONAL", _("Vocational education beside school")


class LearningState(TextChoices):
    ENROLLED = "ENROLLED", _("Enrolled")
    CERTIFIED = "CERTIFIED", _("Certified")
    PLACED = "PLACED", _("Placed in work")
    RETAINED_3 = "RETAINED_3", _("In work after 3 months")
    RETAINED_6 = "RETAINED_6", _("In work after 6 months")
    RETAINED_12 = "RETAINED_12", _("In work after 12 months")
    COMPLETED = "COMPLETED", _("Completed")
    LEFT = "LEFT", _("Left")


class Interest(TextChoices):
    """What she says she likes."""

    OUTDOORS = "OUTDOORS", _("Being outdoors, on the move")
    MAKING = "MAKING", _("Making things with her hands")
    MACHINES = "MACHINES", _("Machines and electricity")
    PEOPLE = "PEOPLE", _("Being with people")
    CARING = "CARING", _("Caring for others")
    NUMBERS = "NUMBERS", _("Numbers and computers")
    COOKING = "COOKING", _("Food and cooking")
    PROTECTING = "PROTECTING", _("Protecting others")
    LAND = "LAND", _("Land, animals, plants")


class Strength(TextChoices):
    """What she and who works with her see in her (Framework: fearlessness and strength)."""

    FEARLESS = "FEARLESS", _("Is not easily afraid")
    STRONG = "STRONG", _("Is strong")
    PATIENT = "PATIENT", _("Is patient and exact")
    QUICK = "QUICK", _("Decides quickly")
    TALKS = "TALKS", _("Speaks well with strangers")
    READS = "READS", _("Reads and writes with ease")
    LEADS = "LEADS", _("Others follow her")


class Surroundings(TextChoices):
    """Where she wants to live."""

    VILLAGE = "VILLAGE", _("In a village")
    TOWN = "TOWN", _("In a small town")
    CITY = "CITY", _("In a city")


class SessionKind(TextChoices):
    ALONE = "ALONE", _("With her alone")
    FAMILY = "FAMILY", _("With her family")
    GROUP = "GROUP", _("In a group")
    PHONE = "PHONE", _("By phone")


class NoteKind(TextChoices):
    NOTES = "NOTES", _("Notes of the session")
    SUPERVISION = "SUPERVISION", _("What the supervisor advised")


class CounsellorLevel(TextChoices):
    LEARNING = "LEARNING", _("Learning: only beside another counsellor")
    COMMUNITY = "COMMUNITY", _("Community counsellor")
    SENIOR = "SENIOR", _("Senior community counsellor")


class Module(TextChoices):
    LISTENING = "LISTENING", _("Listening and trauma")
    LAW = "LAW", _("Law and her rights")
    CHILD = "CHILD", _("Children")
    FAMILY = "FAMILY", _("Family and community")
    RISK = "RISK", _("Safety and suicide risk")
    PRACTICE = "PRACTICE", _("Practice beside a counsellor")
    SUPERVISION = "SUPERVISION", _("Supervising others")


class Answer(TextChoices):
    YES = "YES", pgettext_lazy("answer", "Yes")
    NO = "NO", pgettext_lazy("answer", "No")
    UNKNOWN = "UNKNOWN", _("Not known")


class ReturnTo(TextChoices):
    FAMILY = "FAMILY", _("To her family")
    COMMUNITY = "COMMUNITY", _("To her village, not to her family")
    ELSEWHERE = "ELSEWHERE", _("To a place of her own choice")


class ReturnState(TextChoices):
    PLANNED = "PLANNED", _("Being looked into")
    HOME = "HOME", _("Is back, followed up")
    SETTLED = "SETTLED", _("Settled, followed for two years")
    AWAY = "AWAY", _("Had to leave again")
    DROPPED = "DROPPED", _("Given up")


class HowSheIs(TextChoices):
    WELL = "WELL", _("Well")
    TROUBLED = "TROUBLED", _("Not well")
    DANGER = "DANGER", _("In danger")
    NOT_SEEN = "NOT_SEEN", _("Could not be seen or spoken to")


class Sign(TextChoices):
    """What was seen or said that may lead to trafficking again."""

    TRAFFICKER_NEAR = "TRAFFICKER_NEAR", _("The trafficker or his people came near")
    THREATS = "THREATS", _("Threats")
    VIOLENCE = "VIOLENCE", _("Violence at home")
    DEBT = "DEBT", _("Debt presses")
    NO_INCOME = "NO_INCOME", _("No work and no school")
    SHUNNED = "SHUNNED", _("Is shunned or talked about")
    MARRIAGE_PRESSED = "MARRIAGE_PRESSED", _("Is pressed to marry")
    WANTS_AWAY = "WANTS_AWAY", _("Wants to leave with someone little known")


class Watch(TextChoices):
    CALM = "CALM", _("No sign")
    WATCHFUL = "WATCHFUL", _("Signs: see her within 30 days")
    ALARM = "ALARM", _("Danger: see her within 7 days")


class VillageTold(TextChoices):
    """Of a danger seen at a visit: whether those of her village who keep touch with her were told, or why not."""

    TOLD = "TOLD", _("Those in her village who keep touch with her were told that she is in trouble, not how it is known")
    NO_PERSON = "NO_PERSON", _("Nobody in her village was told: her case is not linked to a person of a register")
    NO_JOURNEY = "NO_JOURNEY", _("Nobody in her village was told: no journey of hers is open there")


class RepatriationState(TextChoices):
    OPEN = "OPEN", _("Under way")
    HANDED_OVER = "HANDED_OVER", _("Handed over in her country")
    STOPPED = "STOPPED", _("Stopped")


class LeaderField(TextChoices):
    """Framework, Promoting leadership of survivor; others of the village do this work too."""

    COUNSELLING = "COUNSELLING", _("Community counselling")
    MIGRATION = "MIGRATION", _("Safe migration centre")
    DISASTER = "DISASTER", _("Disaster management")
    PALLIATIVE = "PALLIATIVE", _("Palliative care")


class CorrectionState(TextChoices):
    ASKED = "ASKED", _("She asked for it")
    DONE = "DONE", pgettext_lazy("correction", "Corrected")
    KEPT = "KEPT", _("Not changed, with a reason told to her")
