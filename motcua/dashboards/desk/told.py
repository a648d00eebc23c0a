"""The dossiers behind a figure with what tells one from the others; no person is named."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from motcua.base.clock import day_of
from motcua.dossiers import queries as dossiers
from motcua.measures.queries import rows as listed
from motcua.measures.queries.figures import Asked
from motcua.measures.rules.declared import Measure
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest

BATCH: Final = 500


class Told(NamedTuple):
    """One dossier: what it counts, its procedure, who has it, until when."""

    row: listed.Row
    procedure: str
    holder: str
    due_at: datetime | None


def told(request: PersonRequest, found: list[listed.Row]) -> list[Told]:
    """The rows with their words: three statements, however many rows."""
    mine = dossiers.seen_by(request.actor, request.now).filter(reference__in=[one.reference for one in found])
    known = {one.reference: one for one in mine.select_related("procedure_version")}
    names = organisations.names_on({one.holding_id for one in known.values()}, day_of(request.now), short=True)
    made = []
    for row in found:
        one = known.get(row.reference)
        version = one.procedure_version if one else None
        made.append(
            Told(
                row,
                (version.plain_name or version.name) if version else "",
                names.get(one.holding_id, "") if one else "",
                one.due_at if one else None,
            )
        )
    return made


def all_told(request: PersonRequest, measure: Measure, asked: Asked, *, most: int) -> Iterator[Told]:
    """All of them, read in batches; at most so many."""
    after, left = 0, most
    while left:
        page = listed.rows(measure, asked, after=after, limit=min(BATCH, left))
        yield from told(request, page.rows)
        left -= len(page.rows)
        if page.after is None:
            return
        after = page.after
