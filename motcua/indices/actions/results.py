"""Official results as published, so that a province sees itself among all."""

import hashlib
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.text import squeeze, unaccented
from motcua.indices.events import ResultsImported
from motcua.indices.models import OfficialResult
from motcua.indices.rules.numbers import decimal_text, half_up
from motcua.indices.rules.verifying import read_published

_ADMITTED = frozenset({"leader", "controller", "administrator"})
_SCORE_DIGITS = 18


@transaction.atomic
def import_results(
    content: bytes, *, index: str, year: int, source: str, least: Fraction = Fraction(0), by: Actor, at: datetime
) -> int:
    """`unit,score[,rank]` of one index and year: all rows or none; an import of the same year takes its place."""
    if by.id is not None and not _ADMITTED & {str(role) for role in by.roles}:
        raise Refused(_("Việc này của lãnh đạo, cán bộ kiểm soát thủ tục hành chính hoặc quản trị."))
    if not source.strip():
        raise Refused(_("Hãy ghi nguồn của số liệu."))
    published = read_published(content, least)
    sha = hashlib.sha256(content).hexdigest()
    OfficialResult.objects.filter(index=index, year=year).delete()
    OfficialResult.objects.bulk_create(
        [
            OfficialResult(
                index=index,
                year=year,
                unit=unit,
                unit_key=unaccented(unit),
                score=None if score is None else Decimal(decimal_text(half_up(score, _SCORE_DIGITS))),
                rank=None if unit not in published.ranks else Decimal(decimal_text(published.ranks[unit])),
                source=squeeze(source)[:300],
                sha256=sha,
                imported_by_id=by.id,
                imported_at=at,
            )
            for unit, score in published.scores.items()
        ]
    )
    event = ResultsImported(index=index, year=year, units=len(published.scores), sha256=sha)
    journal.record(event, stream=f"indices.results:{unaccented(index).replace(' ', '-')}-{year}", by=by, at=at)
    return len(published.scores)
