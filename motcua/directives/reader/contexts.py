"""What stands above a paragraph and holds for it."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.directives.reader.deadlines import Deadline
from motcua.directives.reader.leads import Lead


@dataclass
class Context:
    """What an opened item hands down to what stands in it."""

    lead: Lead | None = None
    default: bool = False
    partners: tuple[str, ...] = ()
    partner_words: str = ""
    excluded: bool = False
    lifted: bool = False
    money: bool = False
    due: Deadline | None = None
    opener: Lead | None = None
    orders: bool = False
    below: bool = False
    """The lead directs somebody, who does what stands in the list ("Bộ X chỉ đạo cơ quan Y:")."""
