"""Who was told that something waits, when, and by what. Of what it is about there is a topic and an id, no name, no place."""

from django.db import models
from django.db.models import Q

from aanchal.core.models import Record
from aanchal.notices.terms import Channel, Topic


class Notice(Record):
    """Shown to one user in Aanchal. Of one topic and record, once a day."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="notices")
    topic = models.CharField(max_length=6, choices=Topic)
    about = models.UUIDField(null=True)
    on = models.DateField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic", "about", "on"], name="notice_once_a_day", nulls_distinct=False)]
        indexes = [models.Index(fields=["user", "-at"], name="notice_unseen", condition=Q(seen_at=None))]

    def __str__(self):
        return f"{self.topic} for {self.user_id}"


class PhoneCheck(Record):
    """A code was sent to a number that a worker says is hers. The code is kept as a hash; only she reads and changes her rows."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="phone_checks")
    phone = models.CharField(max_length=15)
    code_hash = models.BinaryField(max_length=32)
    on = models.DateField()
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"of {self.user_id} on {self.on}"


class Sending(Record):
    """A notice went out by a channel, or did not: tried once."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="sendings")
    channel = models.CharField(max_length=5, choices=Channel)
    at = models.DateTimeField()
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="sent_once")]

    def __str__(self):
        return f"{self.channel} of {self.notice_id}"
