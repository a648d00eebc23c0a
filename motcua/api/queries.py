"""Questions about keys. Nothing here writes."""

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from motcua.api.models import ApiToken
from motcua.api.rules import hash_of, post_used
from motcua.base import prepared
from motcua.base.actors import Actor
from motcua.base.prepared import Prepared
from motcua.people.models import Person
from motcua.people.queries import posts_on
from motcua.people.terms import Role


class Bearer(NamedTuple):
    """Who came in with a key."""

    token: int
    actor: Actor
    last_used_at: datetime | None


def bearer(secret: str, *, day: date) -> Bearer | None:
    """The person behind a secret with the posts of that day, in one statement; None for every secret that opens nothing."""
    row = _BEARER.first(secret_hash=hash_of(secret), day=day)
    if row is None:
        return None
    token, person, name, wanted, last_used_at, held = row
    agency, roles = post_used([(one["agency"], one["role"]) for one in held], wanted)
    actor = Actor(person, name, agency=agency, roles=roles | {Role.CITIZEN.value})
    return Bearer(token, actor, last_used_at)


def _bearers() -> QuerySet[ApiToken, tuple[Any, ...]]:
    day = prepared.day("day")
    posts = posts_on(day).filter(person=OuterRef("person")).order_by("pk")
    pairs = ArraySubquery(posts.values(pair=JSONObject(agency="agency_id", role="role")))
    return ApiToken.objects.filter(
        secret_hash=prepared.text("secret_hash"),
        revoked_at__isnull=True,
        expires_on__gte=day,
        person__is_active=True,
    ).values_list("pk", "person_id", "person__full_name", "agency_id", "last_used_at", pairs)


_BEARER: Final = Prepared(_bearers)


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """The keys of a person, newest first."""
    return ApiToken.objects.filter(person=person).order_by("-pk")
