"""The register of who read whose data (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

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


def reads_about(subject: str, one_id: int | str) -> QuerySet[PersonalRead]:
    """Reads of one thing, newest first: what its owner may see."""
    return PersonalRead.objects.filter(subject=subject, ids__contains=[one_id]).order_by("-at", "-pk")
