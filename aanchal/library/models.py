"""Documents, their versions and words, who has read them; practices of the compendium; what of both is the public's. Nobody is named."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from aanchal.core import envelope
from aanchal.core.models import Record
from aanchal.library import terms
from aanchal.places.models import in_language


def _user():
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")


class Reaching(Record):
    """Read by whoever holds the library anywhere inside its place, or above it."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    last_no = models.BigIntegerField()

    class Meta:
        abstract = True


class Document(Reaching):
    """A paper that was issued. `told_size` is what its publisher says of its size; a record may stand without a file."""

    kind = models.CharField(max_length=11, choices=terms.Kind)
    number = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=400)
    dated_on = models.DateField(null=True)
    language = models.CharField(max_length=2, choices=terms.Language, default=terms.Language.EN)
    source = models.CharField(max_length=200, blank=True)
    told_size = models.CharField(max_length=20, blank=True)
    catalogue_no = models.PositiveSmallIntegerField(null=True, unique=True)
    """Its number in the list of the Anti Trafficking Cell; 21 is the compendium that stands below the list."""
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    standing = models.CharField(max_length=10, choices=terms.Standing, default=terms.Standing.IN_FORCE)
    withdrawn_words = models.CharField(max_length=300, blank=True)
    roles = ArrayField(models.CharField(max_length=30), default=list)
    """Who must say that they read it."""
    read_by_on = models.DateField(null=True)
    recorded_by = _user()
    recorded_at = models.DateTimeField()
    released_by = _user()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(standing="WITHDRAWN") | ~Q(withdrawn_words=""), name="document_withdrawn_why"),
            models.CheckConstraint(condition=Q(released_by=None) | ~Q(released_by=F("recorded_by")), name="document_released_by_another"),
        ]
        indexes = [
            models.Index(fields=["-dated_on", "-id"], name="document_newest"),
            models.Index(fields=["place_no"], name="document_place"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_public(self) -> bool:
        return self.released_at is not None


class Version(Reaching):
    """A file of a document, byte for byte as it came, sealed; a later one stands beside it. Everyone reads it when another than who added
    it has released it."""

    place = None
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    nth = models.PositiveSmallIntegerField()
    file_kind = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True)
    reading = models.CharField(max_length=8, choices=terms.Reading)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    by = _user()
    at = models.DateTimeField()
    released_by = _user()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "nth"], name="document_versions_in_order"),
            models.CheckConstraint(condition=Q(released_by=None) | ~Q(released_by=F("by")), name="version_released_by_another"),
            models.CheckConstraint(condition=Q(released_at=None) | ~Q(reading="FAILED"), name="version_read_before_release"),
        ]

    def __str__(self):
        return f"{self.nth} of {self.document_id}"

    def content(self) -> bytes:
        return envelope.opened(self.pk, self.wrapped_key).open("content", self.sealed)


class Indexed(models.Model):
    """The words of a document as they are searched (library.rules.vector). Asked by the function library_found only: behind a wall of
    rows PostgreSQL does not use an index for words. What a search is narrowed and ordered by stands here too: no other table is asked."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT, related_name="indexed")
    place_no = models.BigIntegerField()
    last_no = models.BigIntegerField()
    kind = models.CharField(max_length=11, choices=terms.Kind)
    language = models.CharField(max_length=2, choices=terms.Language)
    standing = models.CharField(max_length=10, choices=terms.Standing)
    dated_on = models.DateField(null=True)
    text = models.TextField(blank=True)
    title_words = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="library_words", fastupdate=False)]

    def __str__(self):
        return f"words of {self.document_id}"


class Acknowledgement(Record):
    """Someone who was asked has read a version."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="acknowledgements")
    nth = models.PositiveSmallIntegerField()
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "nth", "user"], name="acknowledged_once")]

    def __str__(self):
        return f"{self.document_id} by {self.user_id}"


class Practice(Record):
    """Something that worked, told by who saw it; in the compendium when a second person has published it."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=terms.Language, default=terms.Language.EN)
    organisation = models.CharField(max_length=160)
    problems = ArrayField(models.CharField(max_length=11, choices=terms.Problem))
    causes = ArrayField(models.CharField(max_length=11, choices=terms.Cause))
    was = models.TextField(max_length=2_000)
    done = models.TextField(max_length=6_000)
    came = models.TextField(max_length=2_000)
    state = models.CharField(max_length=9, choices=terms.PracticeState, default=terms.PracticeState.SUBMITTED)
    submitted_by = _user()
    submitted_at = models.DateTimeField()
    decided_by = _user()
    decided_at = models.DateTimeField(null=True)
    decide_words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("submitted_by")), name="practice_decided_by_another"),
            models.CheckConstraint(condition=~Q(state="RETURNED") | ~Q(decide_words=""), name="practice_returned_with_words"),
        ]
        indexes = [models.Index(fields=["place_no", "-submitted_at"], name="practice_of_place")]

    def __str__(self):
        return self.title


class OpenPaper(models.Model):
    """A document or practice as the public has it, under its own id. Its words stay; whether it still holds is told."""

    id = models.UUIDField(primary_key=True)
    place_no = models.BigIntegerField()
    place_names = models.JSONField()
    kind = models.CharField(max_length=11, choices=terms.Kind)
    number = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=400)
    dated_on = models.DateField(null=True)
    language = models.CharField(max_length=2, choices=terms.Language)
    source = models.CharField(max_length=200, blank=True)
    told_size = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField(null=True)
    file_kind = models.CharField(max_length=5, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    problems = ArrayField(models.CharField(max_length=11), default=list)
    causes = ArrayField(models.CharField(max_length=11), default=list)
    text = models.TextField(blank=True)
    told = models.JSONField(null=True)
    """Of a practice: what was wrong, what was done, what came of it."""
    standing = models.CharField(max_length=10, choices=terms.Standing, default=terms.Standing.IN_FORCE)
    superseded_by = models.UUIDField(null=True)
    published_at = models.DateTimeField()
    title_words = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="open_words", fastupdate=False),
            models.Index(fields=["-dated_on", "-id"], name="open_newest"),
        ]

    def __str__(self):
        return self.title

    @property
    def place_name(self) -> str:
        return in_language(self.place_names)


class OpenFile(models.Model):
    """The file of an open paper: in the clear, for it is everyone's."""

    paper = models.OneToOneField(OpenPaper, primary_key=True, on_delete=models.PROTECT, related_name="file")
    place_no = models.BigIntegerField()
    content = models.BinaryField()

    def __str__(self):
        return f"file of {self.paper_id}"
