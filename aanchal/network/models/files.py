"""A file of a list and its rows: what each would make, what became of it."""

from django.db import models

from aanchal.core.models import Record
from aanchal.network import terms
from aanchal.network.models.listings import Kept
from aanchal.network.models.stakeholders import Stakeholder, a_user

DIRECTORY = "directory"


class ImportFile(Record, Kept):
    """A list that somebody sent: checked row by row, written at once, taken back at once."""

    listed = models.CharField(max_length=20, default=DIRECTORY)
    """The directory, or the key of a `core.list_files.FileList`."""
    belongs = models.UUIDField(null=True)
    """What the whole file hangs on, of lists that do: a training."""
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    """As CSV once it was unpacked; until every row is checked."""
    headings = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=terms.FileState, default=terms.FileState.WAITING)
    fault = models.CharField(max_length=20, blank=True)
    rows = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    """Fate -> rows."""
    sent_at = models.DateTimeField()
    sent_by = a_user()
    step_at = models.DateTimeField(null=True)
    """When it last came a step further."""
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = a_user()

    class Meta:
        indexes = [models.Index(fields=["place_no", "-sent_at"], name="file_newest")]

    def __str__(self):
        return f"file {self.pk}"


class ImportRow(Record):
    """One row as it stands in the file, what it says, and what becomes of it."""

    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="lines", db_index=False)
    place_no = models.BigIntegerField()
    nth = models.PositiveIntegerField()
    """As the sheet numbers it: the headings are row 1."""
    cells = models.JSONField()
    fate = models.CharField(max_length=10, choices=terms.Fate)
    key = models.CharField(max_length=120, blank=True)
    parent_key = models.CharField(max_length=120, blank=True)
    told = models.JSONField(default=dict)
    """Columns of the stakeholder as the row says them."""
    faults = models.JSONField(default=list)
    """[column, code] of each thing that is wrong."""
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    """Who it is, or will be: a new one has the id of its row, before there is anyone. Of other lists nobody."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "nth"], name="import_row_once")]

    def __str__(self):
        return f"row {self.nth}"


class Touched(Record):
    """A record that a row made (nothing before) or changed, of lists that are written row by row; and how the file left it."""

    row = models.ForeignKey(ImportRow, on_delete=models.PROTECT, related_name="touched")
    place_no = models.BigIntegerField()
    nth = models.PositiveSmallIntegerField()
    table = models.CharField(max_length=60)
    thing = models.UUIDField(db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField()

    def __str__(self):
        return f"{self.table} {self.thing}"
