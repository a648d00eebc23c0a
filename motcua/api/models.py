"""What the machines' entrance stores: its keys."""

from django.db import models
from django.db.models import F, Q

from motcua.organisations.models import Agency
from motcua.people.models import Person


class ApiToken(models.Model):
    """Khóa truy cập: a program acts with it in the name of one person, with the posts that person holds at that moment.

    Only the hash of the secret is kept; the secret is shown once, when it is made. `agency` narrows an official with posts
    in several agencies to one of them.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100)
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_on = models.DateField()
    """The last day on which it opens the door."""
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["secret_hash"], name="api_token_secret_once"),
            models.CheckConstraint(condition=~Q(name=""), name="api_token_has_a_name"),
        ]
        indexes = [models.Index(F("person"), name="api_token_of_person")]

    def __str__(self) -> str:
        return self.name
