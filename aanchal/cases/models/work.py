"""What is written in a case: words about her are sealed."""

from django.db import models
from django.db.models import Q

from aanchal.cases import terms
from aanchal.cases.models.case import OfCase, _case, _some, _user
from aanchal.core.models import Sealed


class Assessment(Sealed, OfCase):
    """What was found of her, her household or her community; sealed."""

    case = _case("assessments")
    scope = models.CharField(max_length=10, choices=terms.Scope)
    danger = models.CharField(max_length=6, choices=terms.Danger)
    needs = _some(terms.Support)
    on = models.DateField()
    by = _user()

    def __str__(self):
        return f"{self.scope} of {self.case_id}"


class Goal(Sealed, OfCase):
    """What she wants to reach, in her words; sealed."""

    case = _case("goals")
    support = models.CharField(max_length=21, choices=terms.Support)
    is_her_wish = models.BooleanField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=7, choices=terms.GoalState, default=terms.GoalState.OPEN)
    set_on = models.DateField()
    ended_on = models.DateField(null=True)
    by = _user()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_on=None) | (~Q(state="OPEN") & Q(ended_on__isnull=False)), name="goal_ended_on_a_day"
            )
        ]

    def __str__(self):
        return f"goal of {self.case_id}"


class CaseTask(Sealed, OfCase):
    """Something to do, by whom, by when; what it is, is sealed."""

    case = _case("tasks")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="tasks")
    who = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="case_tasks")
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=terms.TaskState, default=terms.TaskState.OPEN)
    set_by = _user()
    ended_at = models.DateTimeField(null=True)
    ended_by = _user(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_at=None, ended_by=None)
                | (~Q(state="OPEN") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="case_task_ended_by_someone",
            )
        ]
        indexes = [models.Index(fields=["who", "due_on"], condition=Q(state="OPEN"), name="case_task_due")]

    def __str__(self):
        return f"task of {self.case_id}"


class CaseService(Sealed, OfCase):
    """Help that came: of what kind, from whom, on which day."""

    case = _case("services")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="services")
    support = models.CharField(max_length=21, choices=terms.Support)
    party = models.CharField(max_length=10, choices=terms.Party)
    on = models.DateField()
    by = _user()

    def __str__(self):
        return f"{self.support} of {self.case_id}"


class Visit(Sealed, OfCase):
    """She was met: where, by whom, whether she was safe; the note is sealed."""

    case = _case("visits")
    seen = models.CharField(max_length=7, choices=terms.Seen)
    danger = models.CharField(max_length=6, choices=terms.Danger)
    on = models.DateField()
    by = _user()

    def __str__(self):
        return f"visit of {self.case_id}"
