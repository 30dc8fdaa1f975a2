"""The campaign: what a village is to hear, the materials, the events, what people asked and remembered. Counts only."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value

from aanchal.activities import terms
from aanchal.activities.models.base import Placed
from aanchal.core.models import Amended, Record


class Material(Placed):
    """A poster, play or film in one language and version; a new version stands beside the one before."""

    title = models.CharField(max_length=120)
    language = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=8, choices=terms.Method)
    message = models.CharField(max_length=300)
    file = models.BinaryField(null=True)
    file_kind = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "title", "language", "version"], name="material_version_once")]

    def __str__(self):
        return f"{self.title} {self.version}"


class PlannedMessage(Placed):
    """What a village is to hear in a month: the message, the medium, the language."""

    month = models.DateField()
    """Its first day."""
    message = models.CharField(max_length=200)
    method = models.CharField(max_length=8, choices=terms.Method)
    language = models.CharField(max_length=40)
    material = models.ForeignKey(Material, null=True, on_delete=models.PROTECT, related_name="planned")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "month", "method", "message"], name="message_planned_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="message_of_a_month"),
        ]

    def __str__(self):
        return self.message


class CampaignEvent(Amended, Placed):
    """What was done in the campaign, and who came; of them those who had come to an event before are counted as reached already."""

    on = models.DateField()
    method = models.CharField(max_length=8, choices=terms.Method)
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=40)
    women = models.PositiveIntegerField(default=0)
    girls = models.PositiveIntegerField(default=0)
    men = models.PositiveIntegerField(default=0)
    boys = models.PositiveIntegerField(default=0)
    girls_0 = models.PositiveIntegerField(null=True)
    girls_12 = models.PositiveIntegerField(null=True)
    girls_16 = models.PositiveIntegerField(null=True)
    boys_0 = models.PositiveIntegerField(null=True)
    boys_12 = models.PositiveIntegerField(null=True)
    boys_16 = models.PositiveIntegerField(null=True)
    """Null where the event was recorded without the ages of children."""
    again_women = models.PositiveIntegerField(default=0)
    again_girls = models.PositiveIntegerField(default=0)
    again_men = models.PositiveIntegerField(default=0)
    again_boys = models.PositiveIntegerField(default=0)
    helplines = ArrayField(models.CharField(max_length=4, choices=terms.Helpline), default=list)
    cost_paise = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["place_no", "-on"], name="campaign_newest")]
        constraints = [
            *Amended.Meta.constraints,
            models.CheckConstraint(
                condition=Q(again_women__lte=F("women"), again_girls__lte=F("girls"), again_men__lte=F("men"), again_boys__lte=F("boys")),
                name="no_more_came_again_than_came",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{band}__isnull": True for band in bands}) | Q(**{child: sum((F(band) for band in bands), Value(0))}),
                    name=f"{child}_are_those_of_each_age",
                )
                for child, bands in (("girls", ("girls_0", "girls_12", "girls_16")), ("boys", ("boys_0", "boys_12", "boys_16")))
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def came(self) -> int:
        return sum(getattr(self, group) for group in terms.GROUPS)

    @property
    def reach(self) -> int:
        """People whom no event reached before."""
        return sum(getattr(self, group) - getattr(self, f"again_{group}") for group in terms.GROUPS)


class Question(Amended, Record):
    """What people asked at an event, and how often; no names."""

    event = models.ForeignKey(CampaignEvent, on_delete=models.PROTECT, related_name="questions")
    place_no = models.BigIntegerField()
    topic = models.CharField(max_length=8, choices=terms.Topic)
    words = models.CharField(max_length=200)
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [*Amended.Meta.constraints, models.CheckConstraint(condition=Q(times__gte=1), name="question_was_asked")]

    def __str__(self):
        return self.words


class Recall(Amended, Record):
    """Weeks later some people were asked what they remember of an event: how many, and how many did."""

    event = models.ForeignKey(CampaignEvent, on_delete=models.PROTECT, related_name="recalls")
    place_no = models.BigIntegerField()
    on = models.DateField()
    message = models.CharField(max_length=200)
    asked = models.PositiveIntegerField()
    remembered = models.PositiveIntegerField()

    class Meta:
        constraints = [
            *Amended.Meta.constraints,
            models.CheckConstraint(condition=Q(asked__gte=1, remembered__lte=F("asked")), name="no_more_remembered_than_asked"),
        ]

    def __str__(self):
        return f"{self.remembered} of {self.asked}"

    @property
    def percent(self) -> int:
        return self.remembered * 100 // self.asked
