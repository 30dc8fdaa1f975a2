"""Users, what they hold where, and the devices they send from."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from aanchal.access.roles import ROLES, Role
from aanchal.core.models import Record


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(Record, AbstractBaseUser):
    """A worker, leader or officer who signs in. Not a person of the village."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=15, blank=True)
    """Where an SMS may tell her that something waits."""
    language = models.CharField(max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    must_change_password = models.BooleanField(default=False)
    """Someone else has seen it: it opens only the page that changes it."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self):
        return self.username


class Posting(Record):
    """A user holds a role at a place, from a day until a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(max_length=30)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT)
    place_no = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="posting_ends_after_it_begins"),
            models.UniqueConstraint(fields=["user", "role", "place"], condition=Q(until=None), name="posting_held_once"),
        ]

    def __str__(self):
        return f"{self.role} at {self.place_id}"

    @property
    def held(self) -> Role:
        return ROLES[self.role]


class RolePermission(models.Model):
    """`roles.py` as rows, for the database's own rule; written by `aanchal migrate`, held equal by test."""

    role = models.CharField(max_length=30)
    permission = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="role_permission_once")]

    def __str__(self):
        return f"{self.role}: {self.permission}"


class Device(Record):
    """A phone that may send for its user. Its token is kept as a hash; revoking ends it at once."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(max_length=60)
    token_hash = models.BinaryField(max_length=32, unique=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Shown to whose phone it is: a phone somebody else enrolled speaks with her voice."""
    revoked_at = models.DateTimeField(null=True)
    last_seen_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    """The last day of its enrolment; a phone enrolled before this was kept has none."""
    wipe_asked_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.label
