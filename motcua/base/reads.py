"""The register of who read whose data (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from motcua.base.actors import Actor
from motcua.base.models import PersonalRead


def note_read(*, by: Actor, at: datetime, purpose: str, subject: str, ids: Sequence[int | str]) -> None:
    """Write one row for a page or an answer that shows unmasked personal data."""
    PersonalRead.objects.create(
        at=at,
        by=by.id,
        by_name=by.name,
        acting_for=by.acting_for,
        agency=by.agency,
        purpose=purpose[:200],
        subject=subject,
        ids=list(ids),
    )


_OWNED: Final[dict[str, Callable[[int], Sequence[int | str]]]] = {"people.person": lambda person: [person]}


def tell_owners(subject: str, owned: Callable[[int], Sequence[int | str]]) -> None:
    """An app says, when the program starts, which of its things hold a person's data, the newest first and a bounded number."""
    _OWNED[subject] = owned


def reads_of(person: int) -> QuerySet[PersonalRead]:
    """Who read what is known of a person, anywhere in the house, newest first; what the person opened is not among it."""
    about = Q(pk__in=[])
    for subject, owned in _OWNED.items():
        for one in owned(person):
            about |= Q(subject=subject, ids__contains=[one])
    return PersonalRead.objects.filter(about).exclude(by=person).order_by("-at", "-pk")
