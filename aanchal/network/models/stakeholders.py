"""Organisations and people who work: who they are, what changed, which two were one."""

from django.db import models
from django.db.models import F, Q

from aanchal.core.models import Record
from aanchal.network import terms
from aanchal.network.models.listings import Kept


def a_user(**more):
    """Who did it. Nobody is looked up by it: an index would be written with every row and never read."""
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, **more)


class Stakeholder(Record, Kept):
    """One organisation, or one person by the work she does. The contact is that of the office."""

    kind = models.CharField(max_length=17, choices=terms.StakeholderKind)
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    """The federation a group belongs to, the organisation a person works in."""
    size = models.PositiveIntegerField(null=True)
    """Members of a group, groups of a federation."""
    registration_no = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(max_length=120, blank=True)
    is_public = models.BooleanField(default=False)
    user = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    trained_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    confirmed_by = a_user()
    standing = models.CharField(max_length=6, choices=terms.RowState, default=terms.RowState.LIVE)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    source = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    source_key = models.CharField(max_length=120, blank=True)
    """Whose list it came with, and its key there: the same row of a file sent again is the same stakeholder."""
    made_in = models.ForeignKey("network.ImportFile", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = a_user()

    class Meta:
        indexes = [
            models.Index(fields=["place_no", "kind"], name="stakeholder_place"),
            models.Index(fields=["kind", "place", "name_key"], name="stakeholder_alike"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~Q(source_key="") & ~Q(standing="UNDONE"), name="stakeholder_key_once"
            ),
            models.CheckConstraint(condition=Q(is_public=False) | Q(kind__in=terms.PUBLIC_KINDS), name="stakeholder_public_office"),
            models.CheckConstraint(
                condition=Q(standing="MERGED", merged_into__isnull=False) | (~Q(standing="MERGED") & Q(merged_into=None)),
                name="stakeholder_merged_into",
            ),
            models.CheckConstraint(condition=Q(user=None) | Q(kind__in=terms.PEOPLE), name="stakeholder_user_is_a_person"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="stakeholder_not_its_own_parent"),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def category(self) -> terms.Category:
        return terms.CATEGORY[self.kind]

    @property
    def is_person(self) -> bool:
        return self.kind in terms.PEOPLE


class Change(Record):
    """What a row was before a change: by hand, by a file, by joining."""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="changes")
    place_no = models.BigIntegerField()
    version = models.PositiveIntegerField()
    """The version that the change made."""
    how = models.CharField(max_length=9, choices=terms.How)
    before = models.JSONField()
    file = models.ForeignKey("network.ImportFile", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = a_user()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stakeholder", "version"], name="change_once")]
        indexes = [models.Index(fields=["file"], condition=Q(file__isnull=False), name="change_of_file")]

    def __str__(self):
        return f"{self.how} {self.version}"


class Pair(Record):
    """Two rows that looked alike: joined, kept apart, or taken apart again."""

    stays = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="+")
    away = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    state = models.CharField(max_length=6, choices=terms.Likeness)
    moved = models.JSONField(default=dict)
    """What went over with the joining: table -> ids; and the fields that were filled."""
    at = models.DateTimeField()
    by = a_user()
    undone_at = models.DateTimeField(null=True)
    undone_by = a_user()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(stays=F("away")), name="pair_of_two"),
            models.UniqueConstraint(fields=["away"], condition=Q(state="SAME"), name="pair_joined_once"),
        ]

    def __str__(self):
        return self.state
