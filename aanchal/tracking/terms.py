"""The words of keeping touch."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JourneyKind(TextChoices):
    MIGRATION = "MIGRATION", _("Away for work")
    MARRIAGE = "MARRIAGE", _("Married far away")


class JourneyState(TextChoices):
    IN_TOUCH = "IN_TOUCH", _("In touch")
    SILENT = "SILENT", _("A check-in was missed")
    HOME = "HOME", _("Came home")
    SETTLED = "SETTLED", _("Ended, no more check-ins")
    MISSING = "MISSING", _("Reported missing")
    STRUCK = "STRUCK", _("Entered by mistake")


class Way(TextChoices):
    VISIT = "VISIT", _("Visit")
    CALL = "CALL", _("Call")
    MESSAGE = "MESSAGE", _("Message")


class Answer(TextChoices):
    WELL = "WELL", _("Well")
    TROUBLE = "TROUBLE", _("In trouble")
    NO_ANSWER = "NO_ANSWER", _("No answer")


class AlertKind(TextChoices):
    MISSED_CHECK_IN = "MISSED_CHECK_IN", _("A check-in was missed")
    TROUBLE = "TROUBLE", _("She or he is in trouble")
    MARRIAGE = "MARRIAGE", _("A marriage to look into")
    MISSING = "MISSING", _("Someone is missing")
    DEADLINE = "DEADLINE", _("A duty in law is late")
    NO_TRACE = "NO_TRACE", _("Left without trace")


class AlertState(TextChoices):
    OPEN = "OPEN", _("Open")
    SNOOZED = "SNOOZED", _("Put off until a day")
    MERGED = "MERGED", _("Part of another alert")
    CLOSED = "CLOSED", _("Closed")


class Step(TextChoices):
    CRP = "CRP", _("Gender CRP")
    VO = "VO", _("VO leader")
    BLOCK = "BLOCK", _("Block officer")
    AHTU = "AHTU", _("AHTU")


class Happening(TextChoices):
    RAISED = "RAISED", _("Raised")
    ESCALATED = "ESCALATED", _("Moved up: nobody answered in time")
    HANDED_UP = "HANDED_UP", _("Handed up by a person")
    SNOOZED = "SNOOZED", _("Put off")
    WOKEN = "WOKEN", _("Is due again")
    MERGED = "MERGED", _("Joined with another alert")
    TOOK_IN = "TOOK_IN", _("Took another alert in")
    PARTED = "PARTED", _("Stands by itself again: the other ended and did not answer it")
    CLOSED = "CLOSED", _("Closed")


class SnoozeReason(TextChoices):
    CALLS_ON_A_DAY = "CALLS_ON_A_DAY", _("Is known to call on a certain day")
    TRAVELLING = "TRAVELLING", _("Is travelling")
    NO_NETWORK = "NO_NETWORK", _("There is no network where they are")
    SOMEONE_GOES = "SOMEONE_GOES", _("Someone is on the way to them")
    POLICE_ASKED = "POLICE_ASKED", _("The police asked to wait")


class HandUpReason(TextChoices):
    DANGER = "DANGER", _("There is danger")
    NOT_REACHED = "NOT_REACHED", _("Every number was tried")
    BEYOND_ME = "BEYOND_ME", _("Someone with more authority is needed")


class Outcome(TextChoices):
    HEARD_SAFE = "HEARD_SAFE", _("Heard of: safe and well")
    HELP_GIVEN = "HELP_GIVEN", _("Was in trouble, help was given")
    CAME_HOME = "CAME_HOME", _("Came home")
    OWN_WISH = "OWN_WISH", _("An adult who does not want to be called")
    REPORTED_MISSING = "REPORTED_MISSING", _("Written into the missing register")
    VERIFIED = "VERIFIED", _("Checked and in order")
    PREVENTED = "PREVENTED", _("Stopped in time, she is safe")
    TRACED = "TRACED", _("Found")
    DUTY_DONE = "DUTY_DONE", _("The duty was done")
    NOT_DUE = "NOT_DUE", _("The duty does not apply here")
    NOT_SO = "NOT_SO", _("It was not so")
    MISTAKE = "MISTAKE", _("Entered by mistake")


class SearchState(TextChoices):
    REPORTED = "REPORTED", _("Told to the village")
    GD_ENTRY = "GD_ENTRY", _("General diary (GD) entry")
    FIR = "FIR", _("FIR registered")
    SEARCHING = "SEARCHING", _("The police are searching")
    WITH_AHTU = "WITH_AHTU", _("With the AHTU")
    SIGHTED = "SIGHTED", _("Seen somewhere, not yet home")
    TRACED = "TRACED", _("Found")
    RESTORED = "RESTORED", _("Back with the family")
    CLOSED = "CLOSED", _("Closed with an outcome")


class SearchOutcome(TextChoices):
    WITH_FAMILY = "WITH_FAMILY", _("Lives with the family again")
    SAFE_ELSEWHERE = "SAFE_ELSEWHERE", _("Safe in a home or with relatives")
    OWN_CHOICE = "OWN_CHOICE", _("An adult who lives elsewhere by own choice")
    DECEASED = "DECEASED", _("Found dead")
    NOT_MISSING = "NOT_MISSING", _("Was not missing")
    MISTAKE = "MISTAKE", _("Entered by mistake")


class Mark(TextChoices):
    """How sure we are of a duty's paragraph."""

    READ = "READ", _("Read at the source")
    UNVERIFIED = "UNVERIFIED", _("Unverified: ask a lawyer")


class Trace(TextChoices):
    """Which two records, laid side by side, do not fit."""

    LEFT_SILENT = "LEFT_SILENT", _("Left, and the family cannot reach her")
    GONE_FROM_HOME = "GONE_FROM_HOME", _("No longer told of at a visit, in no register")
    FAMILY_SAYS = "FAMILY_SAYS", _("The family says someone cannot be reached, no register says who")
