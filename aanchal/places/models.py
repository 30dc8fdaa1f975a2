"""Places of the Local Government Directory, and what is published about them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from aanchal.places.rules import Interval
from aanchal.places.terms import Level, SeriesKind, Unit


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


class IndicatorSource(models.Model):
    """A file of secondary data as it was imported: where the values that point here came from."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.CharField(max_length=200)
    publisher = models.CharField(max_length=300)
    licence = models.CharField(max_length=200, blank=True)
    imported_at = models.DateTimeField()

    def __str__(self):
        return self.file_name


class IndicatorSeries(models.Model):
    """One figure of one edition, for the places of one level. Another edition is another series: both stand."""

    key = models.CharField(max_length=60)
    level = models.CharField(max_length=11, choices=Level)
    kind = models.CharField(max_length=8, choices=SeriesKind)
    year = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=120)
    unit = models.CharField(max_length=10, choices=Unit)
    more_is_worse = models.BooleanField()
    titles = models.JSONField()
    definitions = models.JSONField()
    publisher = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "level", "year", "edition"], name="indicator_series_once")]

    def __str__(self):
        return f"{self.key} {self.year}"

    @property
    def local_title(self) -> str:
        return in_language(self.titles)

    @property
    def local_definition(self) -> str:
        return in_language(self.definitions)


class IndicatorValue(models.Model):
    """The value of one place, and the line and code by which it came."""

    series = models.ForeignKey(IndicatorSeries, on_delete=models.PROTECT, related_name="values")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    value = models.FloatField()
    source = models.ForeignKey(IndicatorSource, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "place"], name="indicator_value_once")]
        indexes = [models.Index(fields=["place_no"], name="indicator_value_place")]

    def __str__(self):
        return f"{self.series_id} at {self.place_id}"


def in_language(texts: dict[str, str]) -> str:
    """In the reader's language, or in English."""
    return texts.get((get_language() or "en")[:2]) or texts["en"]
