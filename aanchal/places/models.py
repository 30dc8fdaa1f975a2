"""Places of the Local Government Directory."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from aanchal.places.rules import Interval
from aanchal.places.terms import Level


def _ancestor(**kwargs):
    return models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", **kwargs)


class Place(models.Model):
    """One row of the directory, carrying its own ancestors and its interval of numbers (`places.rules`)."""

    level = models.CharField(max_length=11, choices=Level)
    lgd_code = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120)
    names = models.JSONField(default=dict)
    nation = _ancestor()
    state = _ancestor()
    district = _ancestor()
    block = _ancestor()
    panchayat = _ancestor()
    village = _ancestor()
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    place_no = models.BigIntegerField(unique=True)
    last_no = models.BigIntegerField()
    census2011 = models.CharField(max_length=12, default="", blank=True)
    kind = models.CharField(max_length=4, default="", blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "lgd_code", "district"],
                name="place_code_once_in_a_district",
                nulls_distinct=False,
                condition=Q(lgd_code__isnull=False),
            ),
            models.CheckConstraint(condition=Q(last_no__gte=F("place_no")), name="place_interval_is_forward"),
        ]
        indexes = [
            models.Index(fields=["level", "lgd_code"], name="place_lgd"),
            models.Index(fields=["village"], name="place_village"),
        ]

    def __str__(self):
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the reader's language, or as the directory writes it."""
        return self.names.get((get_language() or "en")[:2]) or self.name

    @property
    def interval(self) -> Interval:
        return Interval(self.place_no, self.last_no)

    @property
    def parent(self) -> "Place | None":
        return self.village or self.panchayat or self.block or self.district or self.state or self.nation
