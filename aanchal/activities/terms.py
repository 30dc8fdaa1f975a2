"""The words of task forces, meetings, trainings and campaign events."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Body(TextChoices):
    """The stakeholders of the Framework, by its five categories in their order."""

    CBO = "CBO", _("SHG, VO or CLF")
    SRLM = "SRLM", _("State Rural Livelihoods Mission")
    PRI = "PRI", _("Panchayat")
    POLICE = "POLICE", _("Police, AHTU")
    LABOUR = "LABOUR", _("Labour and Employment")
    WELFARE = "WELFARE", _("Social Welfare, Women and Child Development")
    AIDS = "AIDS", _("AIDS Control Society")
    CWC = "CWC", _("Child Welfare Committee")
    COMMISSION = "COMMISSION", _("Commission for Women or for Child Rights")
    LEGAL = "LEGAL", _("Legal Services Authority")
    NGO = "NGO", _("NGO or shelter home")
    OTHER = "OTHER", pgettext_lazy("body", "Another body")


class MeetingKind(TextChoices):
    TASK_FORCE = "TASK_FORCE", _("Task force meeting")
    WORKSHOP = "WORKSHOP", _("Consultative workshop")
    STAKEHOLDER = "STAKEHOLDER", _("Stakeholder meeting")


class State(TextChoices):
    PLANNED = "PLANNED", _("Planned")
    HELD = "HELD", _("Held")
    CANCELLED = "CANCELLED", _("Cancelled")


class PointState(TextChoices):
    OPEN = "OPEN", _("Open")
    DONE = "DONE", _("Done")
    DROPPED = "DROPPED", _("Dropped")


class Subject(TextChoices):
    """What the Framework asks a module to hold."""

    PREVALENCE = "PREVALENCE", _("Prevalence")
    FORMS = "FORMS", _("Forms of trafficking")
    IMPACT = "IMPACT", _("Impact")
    PREVENTION = "PREVENTION", _("Strategies to prevent")


class Audience(TextChoices):
    CBO = "CBO", _("Members of SHGs, VOs, CLFs")
    CRP = "CRP", _("CRPs and Gender CRPs")
    STAFF = "STAFF", _("Staff of the mission")
    COUNSELLOR = "COUNSELLOR", _("Counsellors")
    POLICE = "POLICE", _("Police officers")
    PROSECUTOR = "PROSECUTOR", _("Prosecutors")
    OFFICER = "OFFICER", _("Officers of departments")


class Sex(TextChoices):
    FEMALE = "FEMALE", _("Women")
    MALE = "MALE", _("Men")
    OTHER = "OTHER", pgettext_lazy("sex", "Other")


class Method(TextChoices):
    MEETING = "MEETING", _("Meeting in the village")
    PLAY = "PLAY", _("Street play, song")
    RALLY = "RALLY", _("Rally")
    FILM = "FILM", _("Film")
    SCHOOL = "SCHOOL", _("In a school")
    WALL = "WALL", _("Wall painting, poster")
    MEDIA = "MEDIA", _("Newspaper, radio")
    HELPLINE = "HELPLINE", _("Helpline made known")


class Helpline(TextChoices):
    """Numbers that the campaign makes known (Framework, Campaign: advertising the helplines)."""

    EMERGENCY = "112", _("112 emergency")
    CHILD = "1098", _("1098 for children")
    WOMEN = "181", _("181 for women")


class Topic(TextChoices):
    """What people ask about."""

    JOB = "JOB", _("Work far away, agents")
    MARRIAGE = "MARRIAGE", _("Marriage offers")
    MISSING = "MISSING", _("Someone who is missing")
    HELP = "HELP", _("Whom to call")
    SCHEME = "SCHEME", _("Schemes and entitlements")
    LAW = "LAW", _("The law")
    OTHER = "OTHER", pgettext_lazy("topic", "Something else")


class Rank(TextChoices):
    """Of officers; the police in their order."""

    CONSTABLE = "CONSTABLE", _("Constable, head constable")
    SUB_INSPECTOR = "SUB_INSPECTOR", _("ASI, sub-inspector")
    INSPECTOR = "INSPECTOR", _("Inspector")
    SUPERVISORY = "SUPERVISORY", _("DSP and above")
    PROSECUTOR = "PROSECUTOR", _("Prosecutor")
    DEPARTMENT = "DEPARTMENT", _("Officer of a department")


OFFICERS = (Audience.POLICE, Audience.PROSECUTOR, Audience.OFFICER)


class SessionMethod(TextChoices):
    TALK = "TALK", _("Talk")
    GROUP = "GROUP", _("Group work")
    CASE = "CASE", _("Case study")
    ROLE = "ROLE", _("Role play")
    FILM = "FILM", _("Film")
    PRACTICE = "PRACTICE", _("Practice")


class WhyLeft(TextChoices):
    """Why someone came to fewer days than there were."""

    DUTY = "DUTY", _("Called away to duty")
    HOME = "HOME", _("Needed at home")
    ILL = "ILL", _("Ill")
    TRAVEL = "TRAVEL", _("Too far, no transport")
    UNKNOWN = "UNKNOWN", _("Not known")


REACH = (
    ("women", _("Women, 18 and older")),
    ("girls", _("Girls under 18")),
    ("men", _("Men, 18 and older")),
    ("boys", _("Boys under 18")),
)
GROUPS = tuple(key for key, _label in REACH)
BANDS = {
    "girls": (("girls_0", _("Girls under 12")), ("girls_12", _("Girls of 12 to 15")), ("girls_16", _("Girls of 16 and 17"))),
    "boys": (("boys_0", _("Boys under 12")), ("boys_12", _("Boys of 12 to 15")), ("boys_16", _("Boys of 16 and 17"))),
}
"""Children by age as NCRB tells persons since 2021: under 12, 12 to below 16, 16 to below 18; from 18 on they are women and men."""
IN_BANDS = tuple(key for bands in BANDS.values() for key, _label in bands)
COUNTED = (*REACH, *(band for bands in BANDS.values() for band in bands))
CAME = tuple(one for key, label in REACH for one in BANDS.get(key, ((key, label),)))
"""How an event asks who came: adults, and children by age."""
