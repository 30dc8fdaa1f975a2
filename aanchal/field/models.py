"""Published forms."""

from django.db import models

from aanchal.core.models import Record


class PublishedForm(Record):
    """One version of a form as phones receive it. Submissions of an older version stay accepted."""

    form_id = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    xform = models.BinaryField()
    published_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_id", "version"], name="form_version_once")]

    def __str__(self):
        return f"{self.form_id} {self.version}"
